"""References to a § of minutes, as opposed to a § of a law."""

from __future__ import annotations

import re
from typing import Final

from index.analysis.spans import Special

_SIGN: Final = re.compile(
    r"[§Pp](?:(?<=§)(?P<double>§)?|(?<=[Pp])aragraf(?:en|(?P<plural>er(?:na)?))?)\s{0,3}(?=[0-9])"
)
_NUMBER: Final = r"[0-9]{1,4}(?![0-9])(?:[ ]?[a-z](?![^\W_]))?"
_TO: Final = r"\s{0,2}(?:-|–|—|till)\s{0,2}§{0,2}\s{0,2}"
_AND: Final = r"\s{0,2}(?:,|;|och|samt|&)\s{0,2}§{0,2}\s{0,2}"
_ONE_OR_RANGE: Final = re.compile(rf"{_NUMBER}(?:{_TO}{_NUMBER})?")
_LIST: Final = re.compile(rf"{_NUMBER}(?:(?:{_TO}|{_AND}){_NUMBER}){{0,60}}")
_ITEM: Final = re.compile(
    rf"(?P<to>{_TO})?(?<![0-9])(?P<number>[0-9]{{1,4}})(?![0-9])(?P<letter>[ ]?[a-z]\b)?"
)
# `53 § 2 st` and `2 kap. § 5` are law. A year before the sign (`12 oktober 2023 § 22`) is not.
_LAW_BEFORE: Final = re.compile(r"(?:(?<![0-9-])[0-9]{1,3} ?[a-z]? ?|\bkap\.? ?)\Z")
_MAX_NUMBERS: Final = 200


def section_references(text: str) -> list[Special]:
    """Return the references in a text: `§ 125`, `§§ 335–372` (each number of it), `paragraf 125`."""
    if "§" not in text and "aragraf" not in text:
        return []
    found: list[Special] = []
    done = 0
    for sign in _SIGN.finditer(text):
        start = sign.start()
        if start < done or _LAW_BEFORE.search(text, max(0, start - 8), start):
            continue
        form = _LIST if sign["double"] or sign["plural"] else _ONE_OR_RANGE
        match = form.match(text, sign.end())
        if match is None:
            continue
        done = match.end()
        found.append(Special(start, done, tuple(map(section_key, section_numbers(match[0])))))
    return found


def section_key(number: str) -> str:
    """Return the token for a § by its number."""
    return f"p:{number}"


def section_numbers(written: str) -> tuple[str, ...]:
    """Return the numbers that `12`, `12 a`, `12–15` or `12, 14-15 och 17` stands for, at most 200."""
    found: dict[str, None] = {}
    last = 0
    for item in _ITEM.finditer(written):
        number = int(item["number"])
        if item["to"] and last < number <= last + _MAX_NUMBERS:
            found.update(dict.fromkeys(map(str, range(last + 1, number + 1))))
        elif not item["to"]:
            found[f"{number}{(item['letter'] or '').strip()}"] = None
        last = number
    return tuple(found)[:_MAX_NUMBERS]
