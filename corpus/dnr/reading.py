"""What the digits of a dnr say with the letters beside them: the registry, the year and the number."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final

from corpus.registries import can_be_registry, is_statute

UNPREFIXED: Final = "DNR"
"""What stands in a key for the registry of a number without letters."""


class Place(IntEnum):
    """How much the place alone says for it: nothing, a heading, or a word such as `dnr` before it."""

    RUNNING = 1
    HEADING = 2
    LABELLED = 3


def read(
    core: re.Match[str], letters: str, place: Place, *, spaced: bool = False, after: bool = False
) -> str | None:
    """Makes the key of digits and letters, `None` where they say something else (a date, a law, a range)."""
    if not can_be_registry(letters):
        return None
    if core["unit"] is not None:
        return (
            make_key(letters + core["unit"], century(core["unit_year"][-2:]), int(core["unit_number"]))
            if letters
            else None
        )
    if core["fused"] is not None:
        return make_key(letters, int(core["fused_year"]), int(core["fused"]))
    if core["middle"] is not None:
        known = can_be_registry(core["middle"])
        return (
            make_key(core["middle"], int(core["year"]), int(core["number"]))
            if known and not core["tail"]
            else None
        )
    first, mark, second = core["first"], core["mark"], core["second"]
    if is_date(core) or (mark == ":" and is_statute(letters)):
        return None
    lettered = bool(letters) and not after
    if place is not Place.LABELLED and _is_other(core, lettered=lettered, spaced=spaced, place=place):
        return None
    year = _year_and_number(first, mark, second, free=bool(letters) or place is Place.LABELLED)
    return None if year is None else make_key(letters, *year)


def _year_and_number(first: str, mark: str | None, second: str, *, free: bool) -> tuple[int, int] | None:
    if _is_year(first):
        return int(first), int(second)
    if _is_year(second):
        return (int(second), int(first)) if len(first) < 6 or mark != "-" else None
    slash = mark == "/" or (free and mark != ":")
    if slash and len(second) == 2 and (len(first) >= 3 or free):
        return century(second), int(first)
    if slash and free and len(first) == 2 and len(second) >= 3:
        return century(first), int(second)
    return None


def _is_other(core: re.Match[str], *, lettered: bool, spaced: bool, place: Place) -> bool:
    """Whether digits without a label are rather a month, a range of years, a school year or a statute."""
    first, mark, second = core["first"], core["mark"], core["second"]
    years = _is_year(first) and _is_year(second)
    month = _is_year(first) and mark in "-." and len(second) == 2 and 1 <= int(second) <= 12
    if lettered:
        strict = place is Place.RUNNING
        short = not _is_year(first) and not _is_year(second) and (mark != "/" or len(first) + len(second) < 5)
        return strict and (short or month or (years and spaced and mark == "-"))
    next_year = _is_year(first) and len(second) == 2 and int(second) == (int(first) + 1) % 100
    month_first = _is_year(second) and len(first) <= 2 and int(first) <= 12 and not first.startswith("00")
    return mark == ":" or years or month or next_year or month_first


def is_date(core: re.Match[str]) -> bool:
    """Whether the digits are the head of `2019-11-25` or `2019.12.05`."""
    tail = (core["tail"] or "").lstrip("-/.:")
    return (
        core["mark"] in ("-", ".", "/")
        and _is_year(core["first"])
        and len(core["second"]) <= 2
        and 1 <= int(core["second"]) <= 12
        and len(tail) == 2
        and tail.isdigit()
    )


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and "1950" <= digits <= "2099"


def century(two_digits: str) -> int:
    """Return the year that two digits of it mean."""
    year = int(two_digits)
    return 1900 + year if year >= 70 else 2000 + year


def is_capitals(letters: str) -> bool:
    """Whether letters are written as the short name of a registry."""
    return len(letters) >= 2 and letters[0].isupper() and letters[-1].isupper()


def make_key(letters: str, year: int, number: int) -> str | None:
    """Makes the key of a case; there is no case 0."""
    return f"{letters.upper() or UNPREFIXED}-{year}-{number}" if number else None
