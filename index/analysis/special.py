"""Special tokens: what means one thing in several written forms, dates, cases, §§, amounts and parties.

Each gives a key that no word can have (it contains a colon):

======================  =========================================================
``d:20191114``          a day: `den 14 november 2019`, `2019-11-14`, `14/11 2019`
``dnr:KS-2019-835``     a case, by `corpus.dnr.key`; also `dnr:DNR-2019-835`, without registry
``p:125``               a § of minutes
``n:360000``            a number: `360.000 kr`, `360 tkr`, `0,36 mkr`
``party:l``             the party of somebody: `(L)`, `yrkande från L`
``url:…`` ``mail:…``    an address as a whole
======================  =========================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from typing import Final

from corpus import dnr
from index.analysis.addresses import addresses
from index.analysis.amounts import amounts
from index.analysis.dates import dates
from index.analysis.parties import MAY_BE_FROM, parties
from index.analysis.section_references import section_references
from index.analysis.spans import Special

_SIGN: Final = re.compile(rf"[\d(@]|://|[wW]\.|{MAY_BE_FROM.pattern}")
"""Without any of these a text has no special tokens; half of the titles have none."""

WALL: Final = "\n|\n"
"""What no finder reads on behind, or looks before: with it between them texts are read as each alone."""

_Finder = tuple[tuple[str, ...], Callable[[str], list[Special]]]


def _cases(text: str) -> list[Special]:
    return [Special(match.start, match.end, case_keys(match.key)) for match in dnr.find(text)]


_FINDERS: Final[tuple[_Finder, ...]] = (
    (("url", "mail"), addresses),
    (("d",), dates),
    (("dnr",), _cases),
    (("p",), section_references),
    (("n",), amounts),
    (("party",), parties),
)
"""What finds special tokens, the surest first, each with the kinds of key it gives."""


def specials(text: str) -> list[Special]:
    """Return the special tokens of a normalised text, in order and without overlaps.

    Where two readings overlap the surer one stands: a date is no dnr, and neither is an amount.
    """
    return _merged(text, _FINDERS) if _SIGN.search(text) else []


def specials_with(text: str, keys: AbstractSet[str]) -> list[Special]:
    """Return those of the special tokens of a normalised text that have one of `keys`.

    Quicker than to look for all, most of all where there are none.
    """
    needed = 0
    for place, (kinds, find) in enumerate(_FINDERS, start=1):
        wanted = {key for key in keys if key.partition(":")[0] in kinds and _may_hold(text, key)}
        if wanted and any(not wanted.isdisjoint(special.keys) for special in find(text)):
            needed = place
    found = _merged(text, _FINDERS[:needed])
    return [special for special in found if not keys.isdisjoint(special.keys)]


def is_special(key: str) -> bool:
    """Tell whether a key is that of a special token, not of a word."""
    return ":" in key


def case_keys(key: str) -> tuple[str, ...]:
    """Return the tokens for a case from its key in `corpus.dnr`: with its registry, and by number alone.

    Within a municipality people leave the registry out: `2019/0835` for `KS 2019/0835`.
    """
    _, year, number = key.rsplit("-", 2)
    return tuple(dict.fromkeys((f"dnr:{key}", f"dnr:DNR-{year}-{number}")))


def _may_hold(text: str, key: str) -> bool:
    """Tell from the digits in a text whether it may hold a case or a day; other keys may stand anywhere."""
    kind, _, value = key.partition(":")
    if kind == "dnr":
        return value.rpartition("-")[2] in text
    return kind != "d" or value[:4] in text


def _merged(text: str, finders: Iterable[_Finder]) -> list[Special]:
    found: list[Special] = []
    for _, find in finders:
        more = find(text)
        found = _merge(found, more) if more and found else found or more
    return found


def _merge(surer: list[Special], others: Iterable[Special]) -> list[Special]:
    """Add those of `others` that overlap none of `surer`; both are in order."""
    merged: list[Special] = []
    place = 0
    for other in others:
        while place < len(surer) and surer[place].end <= other.start:
            merged.append(surer[place])
            place += 1
        if place == len(surer) or other.end <= surer[place].start:
            merged.append(other)
    return merged + surer[place:]
