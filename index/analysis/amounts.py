"""Numbers and sums of money, whatever their separators and units."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from index.analysis.spans import Special

SCALES: Final = {
    **dict.fromkeys(("kr", "kronor", "sek", ":-"), 1),
    **dict.fromkeys(("tkr", "kkr", "ksek", "tusen"), 1_000),
    **dict.fromkeys(("mkr", "mnkr", "msek", "miljon", "miljoner", "milj"), 1_000_000),
    **dict.fromkeys(("mdkr", "mdr", "miljard", "miljarder"), 1_000_000_000),
}
"""What a number with a unit is multiplied by."""

_UNITS: Final = "|".join(sorted((unit for unit in SCALES if unit.isalpha()), key=len, reverse=True))

_AMOUNT: Final = re.compile(
    rf"""
    (?P<whole>(?P<grouped>[0-9]{{1,3}}(?:[ .][0-9]{{3}}){{1,5}})|[0-9]{{1,15}})(?![0-9])
    (?:,(?P<decimals>[0-9]{{1,4}})(?![0-9]))?
    (?:\s?(?P<unit>(?a:{_UNITS}))\b(?:\s(?:kr|kronor|sek)\b)?|(?P<dash>:-))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Digits of which what follows, or their number, may make an amount; a year, most of what has as many digits,
# only by what follows. Begins with a plain class: `re` then skips to the digits.
_MORE: Final = r"[ .][0-9]{3}|,[0-9]|\s?[tkmsTKMS]|:-"
_CANDIDATE: Final = re.compile(
    rf"[0-9](?<![0-9][0-9])(?!(?:(?<=1)9|(?<=2)0)[0-9]{{2}}(?![0-9]|{_MORE}))"
    rf"(?:[0-9]{{3,14}}+(?![0-9]|[-/:][0-9])|[0-9]{{0,14}}+(?={_MORE}))"
)
_SEPARATORS: Final = re.compile("[ .]")
_PART_OF_A_CODE: Final = frozenset("./-:,§")


def amounts(text: str) -> list[Special]:
    """Return the amounts in a text.

    A number is one when it has a unit, is written in groups of three digits, or has at least four digits
    and is no year. `521 tkr` is both 521 and 521000, the scaled one last.
    """
    found: list[Special] = []
    done = 0
    for candidate in _CANDIDATE.finditer(text):
        start = candidate.start()
        if start < done or _continues_a_code(text, start):
            continue
        match = _AMOUNT.match(text, start)
        if match is None:
            continue
        done = match.end()
        if _counts(match, text):
            found.append(Special(start, done, _keys(match)))
    return found


def _continues_a_code(text: str, start: int) -> bool:
    """Tell whether what stands right before makes the digits part of a code, a clock time or a word."""
    before = text[max(0, start - 3) : start]
    if before.rstrip().endswith("§"):
        return True
    before = before[-2:]
    if not before or before[-1].isspace():
        return False
    return before[-1].isalnum() or (before[-1] in _PART_OF_A_CODE and before[0].isalnum())


def _counts(match: re.Match[str], text: str) -> bool:
    if match["unit"] or match["dash"]:
        return True
    after = text[match.end() : match.end() + 2]
    if after[:1].isalnum() or (after[:1] in _PART_OF_A_CODE and after[1:].isdigit()):
        return False
    whole = match["whole"]
    if match["grouped"]:
        return whole[0] != "0"
    is_year = len(whole) == 4 and whole[:2] in {"19", "20"}
    return len(whole) >= 4 and whole[0] != "0" and not is_year


def _keys(match: re.Match[str]) -> tuple[str, ...]:
    whole = _SEPARATORS.sub("", match["whole"])
    number = Decimal(f"{whole}.{match['decimals'] or 0}")
    scale = SCALES[(match["unit"] or ":-").lower()]
    keys = (_key(number), _key(number * scale)) if number == int(number) else (_key(number * scale),)
    return tuple(dict.fromkeys(keys))


def _key(number: Decimal) -> str:
    return f"n:{int(number)}" if number == int(number) else f"n:{number.normalize():f}"
