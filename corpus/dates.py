"""Finds dates as Swedish minutes write them: `2026-06-15`, `den 15 juni 2026`, `24-25 januari 2023`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH: Final = (
    r"(?P<{0}>jan(?:uari)?|febr?(?:uari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?"
    r"|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
# Of a meeting over several days the first counts: `24-25 januari 2023`, `den 24 och 25 januari 2023`.
_DAYS: Final = r"(?P<{0}>\d{{1,2}})(?::?e|:a)?(?:\s?(?:-|–|och|samt|,)\s?(?:den\s)?\d{{1,2}}(?::?e|:a)?)?"
_DATE: Final = re.compile(
    r"(?<![\d/.:-])(?:"
    r"(?P<iso_year>(?:19|20)\d\d)\s?[-–./]\s?(?P<iso_month>\d{1,2})\s?[-–./]\s?(?P<iso_day>\d{1,2})(?!\d|[-./:]\d)"
    r"|"
    + _DAYS.format("day")
    + r"\s{1,3}"
    + _MONTH.format("month")
    + r"(?:,?\s{1,3}(?P<year>(?:19|20)\d\d)(?!\d))?(?!\w)"
    r"|(?P<slash_day>\d{1,2})/(?P<slash_month>\d{1,2})(?:\s?[-–,/]?\s?(?P<slash_year>(?:19|20)\d\d)(?!\d))?(?![\d/])"
    r"|(?P<dot_day>\d{1,2})\.(?P<dot_month>\d{1,2})\.(?P<dot_year>(?:19|20)\d\d)(?!\d)"
    r"|(?P<short>\d{6})(?![\d/:-]|\s?kr)"
    r")",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in a text.

    Attributes:
        date: the first day where several are written.
        sure: whether the form is a date wherever it stands; `260615` and a day whose year had to be supplied
            are dates only where one is expected.
    """

    date: datetime.date
    start: int
    end: int
    sure: bool


def find_dates(text: str, *, year: int | None = None) -> Iterator[DateMatch]:
    """Finds the dates of a text, in order; `year` is supplied to a day and month that stand alone."""
    for match in _DATE.finditer(text):
        found = _read(match, year)
        if found is not None:
            date, sure = found
            yield DateMatch(date, match.start(), match.end(), sure)


def first_date(text: str, *, year: int | None = None) -> datetime.date | None:
    """Gives the first date of a text where one is expected, in whatever form."""
    return next((match.date for match in find_dates(text, year=year)), None)


def _read(match: re.Match[str], year: int | None) -> tuple[datetime.date, bool] | None:
    for form in ("iso", "dot", "slash"):
        if match[f"{form}_day"]:
            written = match[f"{form}_year"]
            date = _date(written or year, match[f"{form}_month"], match[f"{form}_day"])
            return None if date is None else (date, written is not None)
    if match["short"]:
        digits = match["short"]
        date = _date(2000 + int(digits[:2]), digits[2:4], digits[4:])
        return None if date is None else (date, False)
    month = 1 + _MONTHS.index(match["month"][:3].casefold())
    date = _date(match["year"] or year, month, match["day"])
    return None if date is None else (date, match["year"] is not None)


def _date(year: str | int | None, month: str | int, day: str | int) -> datetime.date | None:
    if year is None:
        return None
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
