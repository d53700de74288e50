"""What is searched for: queries of fixed kinds in fixed shares, of words that stand in the corpus."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from corpus.document import Document
from index.analysis.stop_words import STOP_WORDS

FILTERS: Final = ("municipality", "year", "committee")
"""What can be filtered by, and what is counted."""

_SAMPLE: Final = 3_000
"""Sections that words are taken from."""
_COMMON: Final = 0.05
_RARE: Final = 0.005
"""In which share of the sections a word is common, and below which it is rare."""
_LEAST_WORD: Final = 3
_MOST_TRIES: Final = 10_000

_WORD: Final = re.compile(r"[^\W\d_]+")
_PHRASE: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,2}")


class Kind(StrEnum):
    """What a query is like."""

    COMMON = "one common word"
    MEDIUM = "one medium word"
    RARE = "one rare word"
    EITHER = "either of two"
    BOTH = "both of two"
    THREE = "all of three"
    PHRASE = "phrase"
    PREFIX = "prefix"
    BY_MUNICIPALITY = "by municipality"
    BY_YEAR = "by year"
    BY_COMMITTEE = "by committee"


MIX: Final = {
    Kind.COMMON: 14,
    Kind.MEDIUM: 14,
    Kind.RARE: 10,
    Kind.EITHER: 12,
    Kind.BOTH: 14,
    Kind.THREE: 8,
    Kind.PHRASE: 10,
    Kind.PREFIX: 6,
    Kind.BY_MUNICIPALITY: 4,
    Kind.BY_YEAR: 4,
    Kind.BY_COMMITTEE: 4,
}
"""How many of a hundred queries are of which kind."""


@dataclass(frozen=True, slots=True)
class BenchmarkQuery:
    """A query, before an engine's syntax.

    Attributes:
        words: one, or as many as the kind says; of a prefix its letters.
        filter: a name of `FILTERS` and the value that hits must have.
    """

    kind: Kind
    words: tuple[str, ...]
    filter: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class SampledSection:
    """A section that queries are made of, with what it can be filtered by."""

    text: str
    words: tuple[str, ...]
    values: dict[str, str]


class Sampler:
    """Keeps an even sample of the sections that go by.

    The words of a section are those that a person would search: no function words, no numbers.
    """

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - nothing is secret here
        self._kept: list[tuple[Document, int]] = []
        self._seen = 0

    def watch(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield `documents` as they are."""
        for document in documents:
            for place in range(len(document.sections)):
                self._see(document, place)
            yield document

    def _see(self, document: Document, place: int) -> None:
        self._seen += 1
        if len(self._kept) < _SAMPLE:
            self._kept.append((document, place))
        elif (at := self._chance.randrange(self._seen)) < _SAMPLE:
            self._kept[at] = (document, place)

    def sections(self) -> list[SampledSection]:
        """Return the sample."""
        return [_sampled(document, place) for document, place in self._kept]


def make_queries(sample: list[SampledSection], count: int, *, seed: int) -> list[BenchmarkQuery]:
    """Return `count` queries in the shares of `MIX`, in an order that mixes the kinds.

    Raises:
        ValueError: the sample has no words for a kind of query.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing is secret here
    maker = _Maker(sample, chance)
    kinds = [kind for kind, share in shares(count).items() for _ in range(share)]
    chance.shuffle(kinds)
    return [maker.make(kind) for kind in kinds]


def shares(count: int) -> dict[Kind, int]:
    """Return how many of `count` queries are of which kind: as `MIX` says, rounded to the right sum."""
    found: dict[Kind, int] = {}
    total = taken = 0
    for kind, share in MIX.items():
        total += share
        found[kind] = count * total // sum(MIX.values()) - taken
        taken += found[kind]
    return found


class _Maker:
    """Makes queries of one sample."""

    def __init__(self, sample: list[SampledSection], chance: random.Random) -> None:
        self._sample = sample
        self._chance = chance
        self._sections = Counter(word for section in sample for word in set(section.words))

    def make(self, kind: Kind) -> BenchmarkQuery:
        """Return a query of a kind that has a hit: what it asks for stands in one section of the sample."""
        for _ in range(_MOST_TRIES):
            section = self._chance.choice(self._sample)
            words = self._words(kind, section)
            if words is not None:
                name = kind.removeprefix("by ") if kind.startswith("by ") else None
                return BenchmarkQuery(kind, words, (name, section.values[name]) if name else None)
        raise ValueError(f"the minutes are too few or too short for queries of the kind '{kind}'")

    def _words(self, kind: Kind, section: SampledSection) -> tuple[str, ...] | None:
        match kind:
            case Kind.COMMON:
                return self._one(section, lambda word: self._share(word) >= _COMMON)
            case Kind.RARE:
                return self._one(section, self._is_rare)
            case Kind.EITHER | Kind.BOTH:
                return self._several(section, 2)
            case Kind.THREE:
                return self._several(section, 3)
            case Kind.PHRASE:
                return self._phrase(section)
            case Kind.PREFIX:
                return self._prefix(section)
            case _:
                return self._one(
                    section, lambda word: not self._is_rare(word) and self._share(word) < _COMMON
                )

    def _one(self, section: SampledSection, fits: Callable[[str], bool]) -> tuple[str] | None:
        fitting = [word for word in section.words if fits(word)]
        return (self._chance.choice(fitting),) if fitting else None

    def _several(self, section: SampledSection, count: int) -> tuple[str, ...] | None:
        """Return words of one section, none so rare that it decides alone."""
        known = sorted({word for word in section.words if not self._is_rare(word)})
        return tuple(self._chance.sample(known, count)) if len(known) >= count else None

    def _phrase(self, section: SampledSection) -> tuple[str, ...] | None:
        found = [
            words
            for match in _PHRASE.finditer(section.text)
            if not STOP_WORDS.issuperset(words := tuple(match[0].lower().split()))
        ]
        return self._chance.choice(found) if found else None

    def _prefix(self, section: SampledSection) -> tuple[str] | None:
        long = [word for word in section.words if len(word) > 6 and not self._is_rare(word)]
        return (self._chance.choice(long)[: self._chance.randint(4, 6)],) if long else None

    def _is_rare(self, word: str) -> bool:
        return self._share(word) < _RARE or self._sections[word] == 1

    def _share(self, word: str) -> float:
        return self._sections[word] / len(self._sample)


def _sampled(document: Document, place: int) -> SampledSection:
    text = document.sections[place].text
    found = (word.lower() for word in _WORD.findall(text))
    words = tuple(word for word in found if len(word) >= _LEAST_WORD and word not in STOP_WORDS)
    return SampledSection(text, words, values_of(document))


def values_of(document: Document) -> dict[str, str]:
    """Return the values of `FILTERS` that a document's sections have; `unknown` where it has none."""
    return {
        "municipality": document.municipality.slug if document.municipality else "unknown",
        "year": str(document.date.year) if document.date else "unknown",
        "committee": document.committee.slug if document.committee else "unknown",
    }
