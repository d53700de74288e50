"""Masks Swedish personal identity numbers and co-ordination numbers.

A number is masked when its date exists and its check digit is right (Folkbokföringslagen 18 §; Skatteverket,
SKV 704 and SKV 707: Luhn over the ten digits; a co-ordination number has 60 added to the day). The "month" of
an organisation number is 20 or more, so it is never one.
"""

from __future__ import annotations

import datetime
import re

MASK = "******-****"

_HYPHENS = "-+\u00ad\u2010-\u2015\u2212\ufe63\uff0d"
_SPACE = "[ \t\u00a0\u2000-\u200b\u202f\u2060]"
_CANDIDATE = re.compile(
    rf"(?<![0-9])(?P<century>18|19|20)?(?P<date>[0-9]{{6}})"
    rf"(?P<separator>{_SPACE}?[{_HYPHENS}]\s?|{_SPACE}|\n|)"
    rf"(?P<serial>[0-9]{{4}})(?![0-9])"
)
_ALONE = re.compile(rf"\W*{_CANDIDATE.pattern}\W*")
# What makes ten digits in a row, or two lines of a table, a person's number.
_CONTEXT = re.compile(
    r"person(?:liga\s+)?n(?:umme)?r|pers\.?\s?nr|p\.?nr\b|samordningsn|född|\bf\.\s?$", re.IGNORECASE
)
_CONTEXT_REACH = 60
_COORDINATION_DAYS = 60
_CENTURIES = ("18", "19", "20")


def mask(text: str) -> tuple[str, int]:
    """Return the text with every number masked, and how many there were.

    Ten digits in a row are masked only after words such as *personnummer* or *född*; so are digits on two
    lines without a hyphen. Of a date and a time of day with a space between (`260615 1406`) one in ten is
    masked: those with the check digit of a person.
    """
    count = 0

    def masked(match: re.Match[str]) -> str:
        nonlocal count
        if not _is_personal(match):
            return match[0]
        count += 1
        return MASK

    return _CANDIDATE.sub(masked, text), count


def has_number(text: str) -> bool:
    """Tell whether any number may be in a text, also ten digits without a word that says what they are.

    Of telephone numbers with 070 every twentieth counts as one: this is for what may be hidden without harm.
    """
    return any(map(_is_valid, _CANDIDATE.finditer(text)))


def asks_for_number(value: str) -> bool:
    """Tell whether a value that is searched for asks for a number.

    It does when it is one in any form and nothing else, quotes and the like apart, or has one in it that
    `mask` would mask. What `mask` leaves, such as a telephone number among words, may be searched for.
    """
    alone = _ALONE.fullmatch(value)
    return (alone is not None and _is_valid(alone)) or mask(value)[1] > 0


def _is_personal(match: re.Match[str]) -> bool:
    return _is_valid(match) and (not _needs_context(match) or _has_context(match))


def _is_valid(match: re.Match[str]) -> bool:
    return _is_date(match["century"], match["date"]) and _has_check_digit(match["date"] + match["serial"])


def _needs_context(match: re.Match[str]) -> bool:
    separator = match["separator"]
    return separator == "\n" or (separator == "" and match["century"] is None)


def _has_context(match: re.Match[str]) -> bool:
    return bool(_CONTEXT.search(match.string, max(0, match.start() - _CONTEXT_REACH), match.start()))


def _is_date(century: str | None, date: str) -> bool:
    year, month, day = date[:2], int(date[2:4]), int(date[4:])
    if day > _COORDINATION_DAYS:
        day -= _COORDINATION_DAYS
    return any(_exists(int(one + year), month, day) for one in ([century] if century else _CENTURIES))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _has_check_digit(digits: str) -> bool:
    doubled = (int(digit) * (2 - index % 2) for index, digit in enumerate(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
