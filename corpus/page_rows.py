"""The lines of a text while it is judged which of them are page furniture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus import dnr
from corpus.furniture_patterns import Look, Sort, look, without_leader

_SENTENCE_ENDS = ".:;!?"
_LONGEST_DNR = 40


@dataclass(slots=True)
class Row:
    """A line while it is judged; an empty `text` is a space, or the edge of a page."""

    text: str
    page: int | None
    look: Look | None
    is_edge: bool = False  # the page before ends here, or the file begins
    goes: bool = False

    @property
    def is_anchor(self) -> bool:
        """Whether the row alone shows that a page ends or begins here."""
        return self.is_edge or self.is_a(Sort.CERTAIN)

    @property
    def is_body(self) -> bool:
        """Whether the row is text that stays, as far as is known."""
        return bool(self.text) and not self.goes

    def is_a(self, sort: Sort) -> bool:
        """Tell whether the row looks like furniture of the sort."""
        return self.look is not None and self.look.sort is sort


def rows_of(pages: Sequence[str], *, paged: bool) -> list[Row]:
    """Return a row for each line, and one for the edge above each page."""
    rows: list[Row] = []
    for number, page in enumerate(pages, 1):
        for sheet in page.split("\f"):
            rows.append(Row("", number if paged else None, None, is_edge=True))
            for text in sheet.splitlines():
                stripped = without_leader(text.strip("\ufeff\u200b \t\r"))
                rows.append(Row(stripped, number if paged else None, _look(stripped)))
    return rows


def _look(text: str) -> Look | None:
    if not text:
        return None
    may_be_dnr = len(text) <= _LONGEST_DNR and not text.isdigit() and any(map(str.isdigit, text))
    found = look(text)
    if found is not None and found.sort in {Sort.CERTAIN, Sort.FIXED}:
        return found
    return Look(Sort.LABEL, "") if may_be_dnr and dnr.key(text) is not None else found


def goes_on(above: str, below: str) -> bool:
    """Tell whether a sentence goes on from one line to the other."""
    if above[-1] in _SENTENCE_ENDS or below[0] in "§•-*":
        return False
    return below[0].islower() or above[-1] in ",-–\u00ad"
