"""Infers the date of a meeting, or of a report, never that of its adjustment, notice or attachments."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from corpus.dates import DateMatch, find_dates, first_date
from corpus.head_noise import MEETING_WORD, names_body_only, without_noise
from corpus.metadata.header import Field, Header, Label

_NEAR: Final = 60
_TOP_LINES: Final = 15
_FEWEST_REPEATS: Final = 2
_HEAD_LINES: Final = 3
_ON_EVERY_PAGE: Final = 3
_PAGE_EDGE: Final = re.compile(
    r"(?i).{0,80}(?:justerandes? sign|utdragsbestyrkande|diarienummer|sida|protokoll|\d\s?\(\d{1,4}\))",
    re.DOTALL,
)
_YEAR: Final = re.compile(r"(?<![\d./:-])(?:19|20)\d\d(?!\d)")
_STOPS: Final = (Label.ADJUSTMENT, Label.NOTICE, Label.STORAGE, Label.DOCUMENT_DATE)
_MEETING_BEFORE: Final = re.compile(
    r"(?i)(?:sammanträde|möte|protokoll|kallelse|föredragningslista)\w*[^\n.§]{0,40}\Z"
)
_OTHER_BEFORE: Final = re.compile(
    r"(?i)(?:juster|anslag|anslås|beslut|daterad|skrivelse|ankom|bilaga|utskrift|gäller)"
)


def infer_date(header: Header, *, is_meeting: bool) -> datetime.date | None:
    """Infers the date, the strongest evidence first, `None` where nothing says it clearly.

    Args:
        header: the head of the text.
        is_meeting: minutes and agendas have the date of the meeting, other documents their own.
    """
    year = _only_year(header)
    # Of the fields the first counts more: minutes of other bodies can follow in the same file.
    sources = (_labelled, _placed, _headed, _repeated) if is_meeting else (_document_date, _headed, _repeated)
    for source in sources:
        found = list(source(header, year))
        if found:
            return _clear(found)
    return None


def _clear(found: list[datetime.date]) -> datetime.date | None:
    """Gives the first date unless another stands more often; then neither is sure, except on every page."""
    best, count = Counter(found).most_common(1)[0]
    if count == found.count(found[0]):
        return found[0]
    return best if count > _ON_EVERY_PAGE * found.count(found[0]) else None


def _labelled(header: Header, year: int | None) -> Iterator[datetime.date]:
    for value in _values(header, Label.MEETING_DATE):
        near = value[:_NEAR] if len(value) < _NEAR or first_date(value[:_NEAR], year=year) else value
        found = next(_expected(near, year), None)
        if found is not None:
            yield found.date


def _placed(header: Header, year: int | None) -> Iterator[datetime.date]:
    for value in _values(header, Label.PLACE_TIME):
        found = next(_expected(value[:200], year), None)
        if found is not None:
            yield found.date


def _document_date(header: Header, year: int | None) -> Iterator[datetime.date]:
    for field in header.fields[:_TOP_LINES]:
        if field.label is Label.DOCUMENT_DATE:
            found = next(_expected(field.value[:_NEAR], year), None)
            if found is not None:
                yield found.date
                return


def _headed(header: Header, year: int | None) -> Iterator[datetime.date]:
    """Reads dates on short lines of the opening with nothing else on them but what a heading holds."""
    for line in (*header.top[:_TOP_LINES], *header.lines[:3]):
        yield from (found.date for found in _on_head_line(line, year))


def _repeated(header: Header, year: int | None) -> Iterator[datetime.date]:
    """Reads dates that stand alone on a line more than once, one of them at the edge of a page."""
    alone: Counter[datetime.date] = Counter()
    edged: set[datetime.date] = set()
    for index, line in enumerate(header.lines):
        if len(line) >= _NEAR:
            continue
        for found in _on_head_line(line, year):
            if found.sure:
                alone[found.date] += 1
                if index < _HEAD_LINES or _PAGE_EDGE.match(" ".join(header.lines[index - 1 : index + 2 : 2])):
                    edged.add(found.date)
    return (
        date
        for date, count in alone.items()
        for _ in range(count)
        if count >= _FEWEST_REPEATS and date in edged
    )


def _on_head_line(line: str, year: int | None) -> Iterator[DateMatch]:
    found = [match for match in find_dates(line, year=year) if match.sure or MEETING_WORD.search(line)]
    if not found or line.endswith(".") or _OTHER_BEFORE.search(line[: found[0].start]):
        return
    rest = without_noise(line)
    titled = MEETING_WORD.search(line) or _MEETING_BEFORE.search(line[: found[0].start])
    if not rest or titled or names_body_only(rest):
        yield found[0]


def _values(header: Header, label: Label) -> Iterator[str]:
    """Gives the values of a label; an empty one has its value in the stack of values that follows."""
    for index, field in enumerate(header.fields):
        if field.label is label:
            yield field.value or _stacked(header.fields[index + 1 : index + 5])


def _stacked(following: tuple[Field, ...]) -> str:
    for field in following:
        if field.label in _STOPS:
            return ""
        if field.value:
            return field.value
    return ""


def _expected(text: str, year: int | None) -> Iterator[DateMatch]:
    for found in find_dates(text, year=year):
        if not _OTHER_BEFORE.search(text[: found.start]):
            yield found


def _only_year(header: Header) -> int | None:
    """Gives the year of the head, for a day and month without one, if it names only one."""
    years = {int(year) for line in header.top[:_TOP_LINES] for year in _YEAR.findall(line)}
    return years.pop() if len(years) == 1 else None
