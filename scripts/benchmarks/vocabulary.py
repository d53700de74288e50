"""A vocabulary of believable Swedish, most common word first, made from the lexicon's own word list."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.lexicon.affixes import Affixes, Entry, Role, expand, read_affixes, read_entries
from index.analysis.lexicon.store import find_word_list
from scripts.benchmarks.wording import FUNCTION_WORDS, STEMS

Strings = NDArray[np.object_]
"""One `str` each."""

_ENTRIES: Final = 40_000
_IN_COMPOUNDS: Final = 4_000
_COMPOUNDS: Final = 60_000
_MOST_FORMS: Final = 6
_GENITIVES: Final = 0.15
_LONGEST: Final = 12
_SHORTEST_PART: Final = 3
_LONGEST_PART: Final = 7
_STEEPNESS: Final = 1.45
_SHIFT: Final = 18.0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the corpus, all of them by rank.

    Attributes:
        beginnings, ends: what further compounds are made of.
    """

    words: Strings
    beginnings: Strings
    ends: Strings


@functools.cache
def make_vocabulary(seed: int) -> Vocabulary:
    """Return some 200,000 words; the same for the same seed and word list."""
    found = find_word_list()
    if found is None:
        raise FileNotFoundError("the word list of the lexicon is missing")
    chance = random.Random(seed)  # noqa: S311 - nothing is secret here
    affixes = read_affixes(found.affixes)
    entries = [entry for entry in read_entries(found.words, affixes) if _is_plain(entry.stem)]
    trade, others = _of_trade(entries), chance.sample(entries, min(_ENTRIES, len(entries)))
    ranks: dict[str, float] = {word: rank for rank, word in enumerate(FUNCTION_WORDS)}
    ranks |= {word: 40 + 3 * place for place, word in enumerate(STEMS)}
    _rank_forms(ranks, trade, affixes, chance, first=40, step=3)
    _rank_forms(ranks, others, affixes, chance, first=600, step=3.5)
    beginnings, ends = _compound_parts([*trade, *others[:_IN_COMPOUNDS]], affixes)
    for compound in _compounds(beginnings, ends, chance):
        ranks.setdefault(compound, chance.uniform(300, 3 * _COMPOUNDS))
    words = sorted(ranks, key=ranks.__getitem__)
    return Vocabulary(_strings(words), _strings(beginnings), _strings(ends))


def zipf(random: np.random.Generator, count: int, size: int) -> NDArray[np.int64]:
    """Return `count` ranks below `size`, small ones more often, as Mandelbrot corrected Zipf's law.

    The share of rank r is as 1 / (r + 18) ** 1.45. The minutes of one municipality have 1.6 % for the tenth
    word, 0.02 % for the 500th, and 8,400 different words in 300,000; this gives 1.4 %, 0.02 %, and 20,000,
    since many municipalities have more words than one.
    """
    exponent = 1 - _STEEPNESS
    low, high = (_SHIFT + 0.5) ** exponent, (size + _SHIFT + 0.5) ** exponent
    drawn = (low + random.random(count) * (high - low)) ** (1 / exponent) - (_SHIFT + 0.5)
    ranks: NDArray[np.int64] = np.minimum(drawn.astype(np.int64), size - 1)
    return ranks


def _is_plain(stem: str) -> bool:
    return stem.isalpha() and stem.islower() and 2 < len(stem) <= _LONGEST


def _of_trade(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries of the words of the trade, in the order in which those are listed."""
    order = {stem: place for place, stem in enumerate(STEMS)}
    return sorted((entry for entry in entries if entry.stem in order), key=lambda entry: order[entry.stem])


def _rank_forms(
    ranks: dict[str, float],
    entries: Sequence[Entry],
    affixes: Affixes,
    chance: random.Random,
    *,
    first: int,
    step: float,
) -> None:
    """Give the forms of words ranks from `first` on, those of one word further and further apart."""
    forms: dict[str, list[str]] = {}
    for form in expand(entries, affixes):
        # A genitive of each word would be too many.
        if form.roles & Role.WORD and (form.form[-1] != "s" or chance.random() < _GENITIVES):
            forms.setdefault(form.lemma, []).append(form.form)
    for place, (lemma, inflected) in enumerate(forms.items()):
        chosen = [lemma, *chance.sample(inflected, min(_MOST_FORMS, len(inflected)))]
        for number, word in enumerate(dict.fromkeys(chosen)):
            ranks.setdefault(word, (first + step * place) * (1 + number * chance.uniform(0.2, 1.5)))


def _compound_parts(entries: Iterable[Entry], affixes: Affixes) -> tuple[list[str], list[str]]:
    short = [entry for entry in entries if len(entry.stem) <= _LONGEST_PART]
    beginnings: dict[str, None] = {}
    ends: dict[str, None] = {}
    for form in expand(short, affixes):
        if form.roles & Role.FIRST and len(form.form) > _SHORTEST_PART:
            beginnings[form.form] = None
        if form.roles & Role.LAST and form.roles & Role.WORD and len(form.form) > _SHORTEST_PART:
            ends[form.form] = None
    return list(beginnings), list(ends)


def _compounds(beginnings: Sequence[str], ends: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Yield compounds; parts that come early are in more of them."""
    for _ in range(_COMPOUNDS):
        begin, end = (int(len(parts) * chance.random() ** 2) for parts in (beginnings, ends))
        yield beginnings[begin] + ends[end]


def _strings(words: Sequence[str]) -> Strings:
    return np.array(words, dtype=object)
