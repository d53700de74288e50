"""Tells how far a title reaches that is broken over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import hyphens
from corpus.document import PartKind
from corpus.furniture import Line
from corpus.heading_numbers import is_number_line
from corpus.part_headings import kind_of

LONGEST_LINE = 220
_FORTS = re.compile(r"\(?\b(?:[Ff]orts(?:\.|ättning)?|FORTS\.?)\)?\W*$")
_FORTS_FIRST = re.compile(r"^\s{0,3}\((?:[Ff]orts(?:\.|ättning)?|FORTS\.?)\)")
_OPEN_END = re.compile(
    r"(?:[,(/&–-]|[–-]\s*|\b(?:och|samt|eller|i|på|av|för|med|till|om|från|vid|mellan|under|per|enligt"
    r"|inom|mot|över"
    r"|gällande|avseende|angående|rörande|beträffande|kring|the|of|att|som|den|det|de|ett|en|nya|St|kv"
    r"|kv\.|nr|dnr|stads|kommuns))$"
)
_ITEM = re.compile(r"(?:[•·●▪‣*–-]\s|\d{1,2}[.)]\s|[A-ZÅÄÖa-z][/)]\s)")
_SENTENCE = re.compile(r"[.!?](?:\s|$)")
_ABBREVIATION_DOT = re.compile(
    r"\b(?:m\.\s?fl|m\.\s?m|bl\.\s?a|t\.\s?ex|kap|nr|kv|f\.\s?d|s\.\s?k|st|dnr|p)\.", re.IGNORECASE
)
_TITLES_THAT_HEAD_PARTS = frozenset(
    {
        "information",
        "informationer",
        "orientering",
        "yttrande",
        "yttranden",
        "remiss",
        "remisser",
        "handlingar",
    }
)
_MOST_WORDS_OF_A_HEADING = 2
_MOST_TITLE_LINES = 7
_NEARLY_FULL = 0.65
_RAGGED = 6


class TitleLines:
    """The lines of a title, while it is read."""

    def __init__(self, lines: list[str], *, contents_title: str | None, width: int, body_width: int) -> None:
        self._lines = lines
        self._body_width = body_width
        self._wanted = folded(contents_title) if contents_title else None
        self._width = width

    @property
    def text(self) -> str:
        """The lines as one, with single spaces."""
        return " ".join(_joined(self._lines).split())

    def take(self, lines: Sequence[Line], at: int, end: int) -> int:
        """Read on from a line; return the line after the last of the title."""
        if not self._lines:
            while at < end and not lines[at].text:
                at += 1
            if at >= end or not _may_begin_title(lines[at].text):
                return at
            self._lines.append(without_continuation(lines[at].text))
            at += 1
        while at < end and len(self._lines) < _MOST_TITLE_LINES and lines[at].text:
            if folded(self.text) == self._wanted or not self._continues(lines, at, end):
                break
            self._lines.append(lines[at].text)
            at += 1
        return at

    def _continues(self, lines: Sequence[Line], at: int, end: int) -> bool:
        """Tell whether the line belongs to the title that stands above it."""
        text = lines[at].text
        if kind_of(text) is not None or is_number_line(text) or len(text) > LONGEST_LINE:
            return False
        longer = folded(_joined([*self._lines, text]))
        if self._wanted is not None and self._wanted.startswith(longer):
            return True
        if goes_on(self._lines[-1], text, width=self._width):
            return not self._width or self._is_title_line(lines, at, end)
        if len(self._lines[-1]) < self._width * _NEARLY_FULL or not self._width or _ITEM.match(text):
            return False
        if self._is_larger_type:
            return self._is_title_line(lines, at, end)
        return _ends_at_heading(lines, at, end, self._width)

    @property
    def _is_larger_type(self) -> bool:
        """Whether titles are so much narrower than the text that they are set in larger type."""
        return self._body_width > self._width + 2 * _RAGGED

    def _is_title_line(self, lines: Sequence[Line], at: int, end: int) -> bool:
        text = lines[at].text
        if text[0].islower() or _OPEN_END.search(self._lines[-1]):
            return True
        if self._is_larger_type:
            return len(text) <= self._width + _RAGGED and not _ends_sentence(text)
        return not _is_prose(lines, at, end, self._width)


def _may_begin_title(text: str) -> bool:
    """Tell whether the first line below the § is its title: `Information` may be, `Beslut` is not."""
    if kind_of(text) in {None, PartKind.OTHER} or len(text.split()) > _MOST_WORDS_OF_A_HEADING:
        return True
    return text.strip(": ").casefold() in _TITLES_THAT_HEAD_PARTS


def goes_on(above: str, text: str, *, width: int) -> bool:
    """Tell whether a title goes on from one line to the next."""
    if _ends_sentence(above):
        return False
    if hyphens.ends_with_hyphen(above) or _OPEN_END.search(above):
        return True
    if _ITEM.match(text) and not text.startswith(("- ", "– ")):
        return False
    if not width:
        return False
    return text[0].islower() or text[0] in "(–-&" or _was_broken(above, text, width)


def without_continuation(text: str) -> str:
    """Return a line without `forts.` at its end."""
    return _FORTS.sub("", _FORTS_FIRST.sub("", text)).strip() or text


def _ends_sentence(text: str) -> bool:
    return text.endswith((".", ":", "!")) and not _ABBREVIATION_DOT.search(text[-8:])


def _was_broken(above: str, text: str, width: int) -> bool:
    """Tell whether the first word of the line had no room in the line above."""
    return len(above) + 1 + len(text.split(" ", 1)[0]) > width


def _is_prose(lines: Sequence[Line], at: int, end: int, width: int) -> bool:
    """Tell whether running text begins at the line: it is wider than titles are, or has a full stop."""
    block = _block(lines, at, end)
    text = _ABBREVIATION_DOT.sub("", " ".join(block))
    return any(len(line) > width + _RAGGED for line in block) or bool(_SENTENCE.search(text))


def _block(lines: Sequence[Line], at: int, end: int) -> list[str]:
    """Return the lines down to a space or the heading of a part."""
    block: list[str] = []
    for line in lines[at : min(end, at + _MOST_TITLE_LINES)]:
        if not line.text or kind_of(line.text) is not None:
            break
        block.append(line.text)
    return block


def _ends_at_heading(lines: Sequence[Line], at: int, end: int, width: int) -> bool:
    """Tell whether nothing but the rest of a title stands before the heading of a part."""
    after = at + len(_block(lines, at, end))
    is_heading = after < end and bool(lines[after].text) and kind_of(lines[after].text) is not None
    is_list = any(_ITEM.match(text) for text in _block(lines, at, end))
    return is_heading and not is_list and not _is_prose(lines, at, end, width)


def _joined(title: Sequence[str]) -> str:
    joined = title[0] if title else ""
    for line in title[1:]:
        joined = hyphens.join(joined, line) if hyphens.ends_with_hyphen(joined) else f"{joined} {line}"
    return joined


def folded(title: str) -> str:
    """Return a title as titles are compared."""
    return " ".join(title.casefold().split())
