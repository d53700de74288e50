"""Completion of diarienummer, however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus import dnr
from index.completion.prefixes import between
from index.texts import Counted, KeyTable, Rows, Texts

_Mask = npt.NDArray[np.bool_]

_LABEL: Final = re.compile(
    r"\A(?:d\.?\s?nr|diarie-?\s?(?:nummer|nr)|ärende-?\s?(?:nummer|nr))[\s.:]*", re.IGNORECASE
)
_TYPED: Final = re.compile(
    r"(?P<before>[^\W\d_]{0,10})[-/.:_ ]{0,3}(?P<first>\d{1,10})?"
    r"(?P<mark>[-/.:_ ]{1,3})?(?P<second>\d{1,10})?(?:[-/.:_ ]{1,3}|(?<=\d))?(?P<after>[^\W\d_]{0,10})"
)
_DIGITS: Final = re.compile(r"[0-9]+")
_WITHOUT_REGISTRY: Final = "DNR"
_YEAR: Final = 4
_PADDED: Final = 4
_LONGEST_NUMBER: Final = 10
_YEARS: Final = re.compile("(?:19|20)[0-9]{2}")
_KEY: Final = re.compile(r"([^\W\d_]{1,10}[0-9]{0,3})-([0-9]{1,4})-([0-9]{1,10})")


class CompletedCase(NamedTuple):
    """A dnr in its commonest spelling, and in how many sections it is in any."""

    text: str
    sections: int


class CaseCompletion:
    """The dnr of an index, to be found by any written form as far as it is typed. Never changes.

    Args:
        cases: dnr as written and in how many sections each is.
    """

    def __init__(self, cases: Counted) -> None:
        keys, self._texts, self._counts = _merged(cases)
        lengths = self._texts.lengths
        self._best_first = np.lexsort((lengths, -self._counts)).astype(np.int32)
        self._by_key = KeyTable(keys)
        registries: dict[str, int] = {}
        size = len(self._texts)
        self._registry, self._year, self._width = (np.empty(size, np.int32) for _ in range(3))
        numbers = np.empty(size, np.int64)
        for row, part in enumerate(map(_parts, keys, self._texts)):
            self._registry[row] = registries.setdefault(part.registry, len(registries))
            self._year[row], numbers[row], self._width[row] = part.year, part.number, part.width
        self._registries = list(registries)
        self._by_number = np.argsort(numbers, kind="stable").astype(np.int32)
        self._numbers = numbers[self._by_number]
        self._widths = sorted({_PADDED, *np.unique(self._width).tolist()})

    def complete(self, typed: str, limit: int) -> list[CompletedCase]:
        """Return the dnr that may become of what is typed, most sections first, then the shortest."""
        text = _plain(_LABEL.sub("", typed.strip()))
        if not text:
            return []
        mask = np.zeros(len(self._texts), np.bool_)
        mask[between(len(mask), text, lambda row: self._texts[row].casefold())] = True
        key = dnr.key(text) or dnr.key(f"dnr {text}") or ""
        mask[[row for row in self._by_key.maybe(key) if _key(self._texts[row]) == key]] = True
        for reading in _readings(text, key):
            mask |= self._matching(reading)
        best = self._best_first[mask[self._best_first]][:limit].tolist()
        return [CompletedCase(self._texts[row], int(self._counts[row])) for row in best]

    def _matching(self, reading: _Reading) -> _Mask:
        mask = np.ones(len(self._texts), np.bool_)
        if reading.number:
            mask = self._numbered(reading.number, is_whole=reading.is_whole_number)
        if reading.registry:
            fits = np.array([name.startswith(reading.registry) for name in self._registries], np.bool_)
            mask &= fits[self._registry]
        if reading.year:
            step = 10 ** (_YEAR - len(reading.year))
            years = (self._year >= int(reading.year) * step) & (self._year < (int(reading.year) + 1) * step)
            if reading.is_short_year:
                years |= self._year % 100 == int(reading.year)
            mask &= years
        return mask

    def _numbered(self, digits: str, *, is_whole: bool) -> _Mask:
        """Tell which numbers begin with `digits`: as they are, as written, or with zeros up to four."""
        mask = np.zeros(len(self._texts), np.bool_)
        value, typed = int(digits), len(digits)
        if is_whole:
            mask[self._between(value, value + 1)] = True
            return mask
        is_padded = digits.startswith("0")
        for length in self._widths if is_padded else range(typed, _LONGEST_NUMBER + 1):
            if length < typed:
                continue
            step = 10 ** (length - typed)
            rows = self._between(value * step, (value + 1) * step)
            if is_padded:
                widths = self._width[rows]
                rows = rows[(widths == length) | (np.maximum(widths, _PADDED) == length)]
            mask[rows] = True
        return mask

    def _between(self, low: int, high: int) -> Rows:
        start, end = np.searchsorted(self._numbers, (low, high))
        return self._by_number[start:end]


class _Parts(NamedTuple):
    """What a dnr consists of; `width` is how many digits its number is written with."""

    registry: str
    year: int
    number: int
    width: int


_NO_PARTS: Final = _Parts("", -1, -1, 1)
"""Of what is written as a dnr but has no key: it is found by its spelling alone."""


class _Reading(NamedTuple):
    """One way to understand what is typed of a dnr; what is empty is not typed yet."""

    registry: str
    year: str = ""
    number: str = ""
    is_whole_number: bool = False
    is_short_year: bool = False


def _readings(text: str, key: str) -> Iterator[_Reading]:
    """Yield the ways to understand a text: the year or the number first, with a mark between them or none.

    Args:
        text: what is typed.
        key: of the dnr that it is, if it is a whole one. Without a registry it is one of every registry.
    """
    whole = _KEY.fullmatch(key)
    if whole and whole[1] == _WITHOUT_REGISTRY:
        yield _Reading("", whole[2], whole[3], is_whole_number=True)
    typed = _TYPED.fullmatch(text)
    if typed is None or (typed["before"] and typed["after"]):
        return
    registry, first, second = typed["before"] or typed["after"], typed["first"] or "", typed["second"] or ""
    if not first:
        yield _Reading(registry)
    elif second or typed["mark"]:
        if len(first) == _YEAR:
            yield _Reading(registry, first, second)
        if len(second) <= _YEAR and (not _YEARS.fullmatch(first) or _YEARS.fullmatch(second)):
            is_short = len(second) == _YEAR // 2
            yield _Reading(registry, second, first, is_whole_number=True, is_short_year=is_short)
    else:
        if len(first) <= _YEAR:
            yield _Reading(registry, first)
        else:
            yield _Reading(registry, first[:_YEAR], first[_YEAR:])
        yield _Reading(registry, "", first)


def _parts(key: str, text: str) -> _Parts:
    case = _KEY.fullmatch(key)
    if case is None:
        return _NO_PARTS
    registry, year, number = case.groups()
    widths = [len(digits) for digits in _DIGITS.findall(text) if digits.lstrip("0") == number]
    shown = "" if registry == _WITHOUT_REGISTRY else registry.casefold()
    return _Parts(shown, int(year), int(number), max(widths, default=len(number)))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


class _Merged(NamedTuple):
    """Cases in order, each in its commonest spelling with the sections (int32) of all, and their keys."""

    keys: Texts
    texts: Texts
    counts: Rows


def _merged(cases: Counted) -> _Merged:
    spellings: dict[str, list[tuple[int, str]]] = {}
    rows = cases.rows
    for written, count in zip(cases.texts.take(rows), cases.counts[rows].tolist(), strict=True):
        text = " ".join(unicodedata.normalize("NFC", written).split())
        spellings.setdefault(_key(text), []).append((count, text))
    spellings.pop("", None)
    merged = [(max(found)[1], key, sum(count for count, _ in found)) for key, found in spellings.items()]
    merged.sort(key=lambda case: case[0].casefold())
    return _Merged(
        Texts.of(key for _, key, _ in merged),
        Texts.of(text for text, _, _ in merged),
        np.array([count for _, _, count in merged], np.int32),
    )


def _key(text: str) -> str:
    """Return the key of a dnr, of what is none the text itself."""
    return dnr.key(text) or text
