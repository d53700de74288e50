"""Diarienummer as people type them: with less around them than in minutes, and in small letters."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from corpus import dnr
from corpus.dnr.written import plain_dashes
from index.analysis.dates import MONTH_NAMES
from index.analysis.stop_words import STOP_WORDS

_LONGEST_REGISTRY: Final = 4
"""Letters in small type that may name a registry; more of them are a word."""

_LABEL: Final = re.compile(
    r"\s*(?:d\.?\s?nr|nr|diarie-?\s?(?:nummer|numret|nr)|ärende(?:t)?(?:-?\s?(?:nummer|numret|nr|id))?)"
    r"(?:[\s.:]+|(?=[0-9]))",
    re.IGNORECASE,
)
_MOST_LABELS: Final = 3
_LETTER: Final = "[A-Za-zÅÄÖÉåäöé]"
_CODE: Final = "[0-9 ./:_-]"
_WRITTEN: Final = re.compile(
    rf"(?:(?P<before>{_LETTER}{{1,10}})(?P<joint>[ ./:_-]{{0,4}}))?"
    rf"(?P<digits>[0-9]{_CODE}{{0,24}}(?:{_LETTER}{{2,8}}{_CODE}{{0,12}})?(?<=[0-9]))"
    rf"(?P<behind>[ ./:_-]{{0,3}})(?P<after>{_LETTER}{{1,10}})?"
)
_SPACED_DIGITS: Final = re.compile(r"[0-9] [0-9]")
_YEAR_AND_NUMBER: Final = re.compile(r"[0-9]{4} [0-9]{2,6}")
_BARE: Final = re.compile(
    r"(?<![\w/.:-])(?:(?:19|20)[0-9]{2}[-/.][0-9]{1,6}|[0-9]{1,6}/[0-9]{2}(?:[0-9]{2})?)(?![\w/:-]|\.[0-9])"
)
_ORDER: Final = re.compile(r"(?:19|20)[0-9]{2} ?[:/.-] ?[0-9]{1,6}|[0-9]{1,6} ?/ ?(?:19|20)[0-9]{2}")
_PERIOD: Final = re.compile(
    r"(?:19|20)[0-9]{2} ?[-.] ?(?:0[1-9]|1[0-2])"
    r"|(?:19|20)[0-9]{2} ?[-/.:] ?(?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}"
)
_SCHOOL_YEAR: Final = re.compile(r"(?:19|20)(?P<first>[0-9]{2}) ?[-/] ?(?P<second>[0-9]{2})")


class TypedCase(NamedTuple):
    """A case in a query.

    Attributes:
        key: of `corpus.dnr`.
        is_certain: it can hardly be anything else.
    """

    start: int
    end: int
    key: str
    is_certain: bool


def typed_cases(text: str) -> list[TypedCase]:
    """Return the cases among other words, in order of certainty: as in minutes, in small letters, bare."""
    found = [TypedCase(match.start, match.end, match.key, is_certain=True) for match in dnr.find(text)]
    capitals = text.upper()
    if len(capitals) == len(text):
        found += [
            TypedCase(match.start, match.end, match.key, is_certain=True)
            for match in dnr.find(capitals)
            if _may_be_registry(match.key.partition("-")[0]) and not _has_two_years(match.key)
        ]
    for match in _BARE.finditer(text):
        key = _bare_key(match[0])
        if key is not None:
            found.append(TypedCase(match.start(), match.end(), key, is_certain=False))
    kept: list[TypedCase] = []
    for case in found:
        if not any(case.start < other.end and other.start < case.end for other in kept):
            kept.append(case)
    return kept


def _may_be_registry(letters: str) -> bool:
    return len(letters) <= _LONGEST_REGISTRY and letters.lower() not in MONTH_NAMES


def whole_case(text: str) -> TypedCase | None:
    """Return the case that a text is, with or without a word such as `dnr` before it; `None` for other text.

    Alone it is one in more forms than among words: `8/2020`, `2020:008`. A month, a day, a range of years
    and a time of day are none, unless such a word says so.
    """
    text = plain_dashes(text)
    label = _behind_labels(text)
    end = len(text.rstrip(" \t\n.,;:"))
    written = text[label:end].lstrip()
    key = _labelled_key(written) if label else _unlabelled_key(written)
    if key is None:
        return None
    is_certain = bool(label) or any(match.key == key for match in dnr.find(written))
    return TypedCase(end - len(written), end, key, is_certain)


def _behind_labels(text: str) -> int:
    place = 0
    for _ in range(_MOST_LABELS):
        label = _LABEL.match(text, place)
        if label is None:
            break
        place = label.end()
    return place


def _labelled_key(written: str) -> str | None:
    return dnr.key(f"dnr {written}") if _is_code(written) else None


def _unlabelled_key(written: str) -> str | None:
    match = _WRITTEN.fullmatch(written)
    if match is None or not _is_code(written):
        return None
    letters = match["before"] or match["after"]
    if not letters:
        return _bare_key(written)
    if not letters.isupper() and letters.casefold() in STOP_WORDS | MONTH_NAMES:
        return None
    key = dnr.key(written)
    is_span = (match["joint"] or "").isspace() and "-" in match["digits"]
    return None if key is None or (is_span and _has_two_years(key)) else key


def _is_code(written: str) -> bool:
    """Tell whether a text is digits with the letters of a registry, rather than with a word beside them."""
    match = _WRITTEN.fullmatch(written)
    if match is None or (match["before"] and match["after"]):
        return False
    digits, before, after = match["digits"], match["before"] or "", match["after"] or ""
    if _SPACED_DIGITS.search(digits) and not (before and _YEAR_AND_NUMBER.fullmatch(digits)):
        return False
    is_apart = (match["joint"] or match["behind"]).isspace()
    letters = before or after
    return letters.isupper() or len(letters) <= _LONGEST_REGISTRY or not is_apart


def _bare_key(written: str) -> str | None:
    """Return the key of digits without letters or label, `None` when they are rather a period of time."""
    if _PERIOD.fullmatch(written):
        return None
    years = _SCHOOL_YEAR.fullmatch(written)
    if years and (int(years["first"]) + 1) % 100 == int(years["second"]):
        return None
    return dnr.key(written) or (dnr.key(f"dnr {written}") if _ORDER.fullmatch(written) else None)


def _has_two_years(key: str) -> bool:
    number = key.rsplit("-", 1)[1]
    return len(number) == 4 and number[:2] in {"19", "20"}
