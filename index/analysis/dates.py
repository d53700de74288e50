"""Days: written with digits or with the name of the month."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Final, NamedTuple

from index.analysis.spans import Special

_MONTHS: Final = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
_MONTH: Final = {name: number for number, name in enumerate(_MONTHS, start=1)} | {
    **{name[:3]: number for number, name in enumerate(_MONTHS, start=1)},
    "sept": 9,
}
_NAMES: Final = "|".join(sorted(_MONTH, key=len, reverse=True))

MONTH_NAMES: Final = frozenset(_MONTH)
"""The names of the months, also shortened."""

# Digits of which what follows may make a date. Begins with a plain class: `re` then skips to the digits.
_CANDIDATE: Final = re.compile(
    r"[0-9](?<![0-9/§][0-9])[0-9]{0,3}+(?![0-9])"
    r"(?=[-/][0-9]|[.:e]{0,2}(?:\s?[-–—]\s?[0-9]{1,2})?\s{1,3}(?i:jan|feb|ma[rj]|apr|ju[nl]|aug|sep|okt|nov|dec))"
)
_DATE: Final = re.compile(
    rf"""
      (?P<iso>(?:19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}})(?!-?[0-9])
    | (?P<day>[0-9]{{1,2}})(?:\.|:?e)?
      (?:
        (?:\s?[-–—]\s?(?P<last>[0-9]{{1,2}}))?\s{{1,3}}(?P<name>(?a:{_NAMES}))\.?,?\s{{1,3}}
        | /(?P<month>[0-9]{{1,2}})(?:\s?[-–]\s?|\s{{1,2}}|/)
      )
      (?P<year>(?:19|20)[0-9]{{2}})(?![0-9])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MONTH_OF_YEAR: Final = re.compile(
    r"(?<![\w/.:-])(?P<year>(?:19|20)[0-9]{2})-(?P<month>0[1-9]|1[0-2])(?![\w/:-]|\.[0-9])"
)
_LOOSE_DAY: Final = re.compile(
    r"(?<![\w/.:-])(?P<year>(?:19|20)[0-9]{2})(?P<mark>[-./])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
    r"(?![\w/:-]|\.[0-9])"
)
# 13.2.2019, 14-11-2019, 14/11-19: the day first.
_DAY_FIRST: Final = re.compile(
    r"(?<![\w/.:-])(?P<day>[0-9]{1,2})(?:(?P<mark>[-./])(?P<month>[0-9]{1,2})(?P=mark)(?P<year>(?:19|20)[0-9]{2})"
    r"|/(?P<month_of_short>[0-9]{1,2})-(?P<short>[0-9]{2}))(?![\w/:-]|\.[0-9])"
)
_COMPACT_DAY: Final = re.compile(
    r"(?<![\w/.:-])(?P<year>(?:19|20)[0-9]{2})(?P<month>[01][0-9])(?P<day>[0-3][0-9])(?![\w/:-]|\.[0-9])"
)
_CENTURY: Final = "20"


class DatedSpan(NamedTuple):
    """A stretch of text that stands for the days from `first` to `last`, both inclusive."""

    start: int
    end: int
    first: datetime.date
    last: datetime.date


def dates(text: str) -> list[Special]:
    """Return the days in a text: `2019-11-14`, `14 november 2019`, `24-25 januari 2023`, `14/11 2019`."""
    found: list[Special] = []
    done = 0
    for candidate in _CANDIDATE.finditer(text):
        start = candidate.start()
        match = _DATE.match(text, start) if start >= done else None
        if match is None:
            continue
        done = match.end()
        keys = _keys(match)
        if keys:
            found.append(Special(start, done, keys))
    return found


def months(text: str) -> list[DatedSpan]:
    """Return the months written as `2019-11`, which nothing else is joined to."""
    return [
        DatedSpan(match.start(), match.end(), *_whole_month(int(match["year"]), int(match["month"])))
        for match in _MONTH_OF_YEAR.finditer(text)
    ]


def _whole_month(year: int, month: int) -> tuple[datetime.date, datetime.date]:
    days = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, 1), datetime.date(year, month, days)


def loose_days(text: str) -> list[DatedSpan]:
    """Return the days written in other ways than minutes do: `2019.11.25`, `20191125`, `25.11.2019`."""
    found: list[DatedSpan] = []
    for pattern in (_LOOSE_DAY, _COMPACT_DAY, _DAY_FIRST):
        for match in pattern.finditer(text):
            written = match.groupdict()
            year = written["year"] or _CENTURY + written["short"]
            day = _date(int(year), int(written["month"] or written["month_of_short"]), int(written["day"]))
            if day is not None:
                found.append(DatedSpan(match.start(), match.end(), day, day))
    return found


def key_date(key: str) -> datetime.date:
    """Return the day that a token of `date_key` stands for."""
    digits = key.partition(":")[2]
    return datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def date_key(date: datetime.date) -> str:
    """Return the token for a day."""
    # Not by strftime, which takes five times the time.
    return f"d:{date.year:04}{date.month:02}{date.day:02}"


def _keys(match: re.Match[str]) -> tuple[str, ...]:
    if match["iso"]:
        return _iso_keys(match["iso"])
    year = int(match["year"])
    month = _MONTH[match["name"].lower()] if match["name"] else int(match["month"])
    days = [int(day) for day in (match["day"], match["last"]) if day]
    return tuple(date_key(date) for day in days if (date := _date(year, month, day)))


def _iso_keys(written: str) -> tuple[str, ...]:
    digits = written.replace("-", "")
    # Most days of minutes need no calendar.
    is_sure = "01" <= digits[4:6] <= "12" and "01" <= digits[6:] <= "28"
    is_day = is_sure or _date(int(digits[:4]), int(digits[4:6]), int(digits[6:])) is not None
    return (f"d:{digits}",) if is_day else ()


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
