"""What a single word is found under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple, TypeVar

from index.analysis.abbreviations import ABBREVIATIONS
from index.analysis.compounds.splitter import CompoundPart, CompoundSplitter, Parts, all_levels
from index.analysis.folding import without_accents
from index.analysis.lexicon.affixes import Role
from index.analysis.lexicon.lexicon import Lexicon
from index.analysis.stemming import STEMS
from index.analysis.steps import Step
from index.analysis.tokens import Part
from index.analysis.word_stems import LEMMAS, WordStems, distinct

_MAX_TYPES: Final = 100_000
_MOST_PARTS: Final = 50_000
_MOST_REMEMBERED: Final = 10_000
_UNKNOWN: Final = ""

_Written = tuple[str, tuple[str, ...], bool]
"""A part: its letters, its dictionary forms, and whether it is the last of its word."""

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Keys(NamedTuple):
    """What a word is found under.

    Attributes:
        stems: its own stem, then those of its dictionary forms.
        parts: its parts when it is a compound, placed in the word as given.
    """

    stems: tuple[str, ...]
    parts: tuple[Part, ...]


class WordKeys:
    """Finds the keys of casefolded words and remembers them. May be used by several threads.

    Its stems say `WordStems`. A compound is also found under the stems of its parts' dictionary forms.

    Args:
        lexicon: none for the stemmer alone.
        without: the steps to leave out.
    """

    def __init__(self, lexicon: Lexicon | None, without: frozenset[Step]) -> None:
        self._lexicon = lexicon
        self._splitter = CompoundSplitter(lexicon) if lexicon else None
        self._stems = WordStems(lexicon, self._splitter, without)
        self._has_parts = self._splitter is not None and Step.PARTS not in without
        self._known: dict[str, Keys] = {}
        self._split: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._joined: dict[tuple[str, str], str | None] = {}
        # Parts are far fewer than words.
        self._of_parts: dict[_Written, tuple[str, tuple[str, ...]]] = {}

    @property
    def splitter(self) -> CompoundSplitter | None:
        """What splits words, `None` without a lexicon."""
        return self._splitter

    def of(self, word: str) -> Keys:
        """Return the keys of a word."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= _MAX_TYPES:
                self._known.clear()
            found = self._known[word] = self._read(word)
        return found

    def read(self, words: Sequence[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return the stems of words and the distinct keys of their parts; for those who remember them.

        Many at a time take a quarter of the time each.
        """
        folded = [*map(without_accents, words)]
        split = self._splitter.split_all(folded) if self._splitter else None
        stems = self._stems.of(folded, split)
        if split is None or not self._has_parts:
            return [(found, ()) for found in stems]
        levels = [
            all_levels(word, parts) if parts and len(word) == len(written) else ()
            for word, parts, written in zip(folded, split, words, strict=True)
        ]
        of_parts = self._with_parts(zip(folded, levels, strict=True))
        return [
            (found, _keys_of_parts(word, parts, of_parts) if parts else ())
            for word, found, parts in zip(folded, stems, levels, strict=True)
        ]

    def of_parts(self, word: str) -> tuple[tuple[str, ...], ...]:
        """Return the keys of each smallest part of a compound, in order; none for a word that is none."""
        found = self._split.get(word)
        if found is None:
            found = _remembered(self._split, word, self._split_up(without_accents(word)))
        return found

    def changed_beginnings(self) -> Iterator[tuple[str, str]]:
        """Yield words, or their beginnings, that may begin otherwise than what they are found under."""
        yield from STEMS.items()
        yield from ABBREVIATIONS.items()
        yield from ((word, lemma) for word, lemmas in LEMMAS.items() for lemma in lemmas)
        yield from self._lexicon.beginnings if self._lexicon else ()
        yield from self._splitter.first_parts.items() if self._splitter else ()

    def is_name(self, word: str) -> bool:
        """Tell whether the lexicon has a word as a name and as nothing else."""
        readings = self._lexicon.readings(without_accents(word)) if self._lexicon else ()
        return bool(readings) and all(reading.roles & Role.NAME for reading in readings)

    def joined(self, left: str, right: str) -> str | None:
        """Return two words as one when the lexicon has it or it is a compound of them, otherwise `None`."""
        words = (left, right)
        # In one step: between two, another thread may forget what was found.
        found = self._joined.get(words, _UNKNOWN)
        if found == _UNKNOWN:
            found = _remembered(self._joined, words, self._join(left, right))
        return found

    def _split_up(self, word: str) -> tuple[tuple[str, ...], ...]:
        if self._splitter is None or not self._has_parts:
            return ()
        return tuple(part.keys for part in self._parts(word, self._splitter.split(word)))

    def _join(self, left: str, right: str) -> str | None:
        first, second = without_accents(left), without_accents(right)
        if self._lexicon is None or self._splitter is None or not (first.isalpha() and second.isalpha()):
            return None
        is_word = first + second in self._lexicon or self._splitter.joins(first, second)
        return left + right if is_word else None

    def _read(self, word: str) -> Keys:
        folded = without_accents(word)
        if word.isdigit():
            return Keys((folded,), ())
        split = self._splitter.split(folded) if self._splitter else ()
        (stems,) = self._stems.of([folded], [split])
        has_parts = split and self._has_parts and len(folded) == len(word)
        return Keys(stems, self._parts(folded, all_levels(folded, split)) if has_parts else ())

    def _parts(self, word: str, parts: Parts) -> tuple[Part, ...]:
        of_parts = self._with_parts([(word, parts)])
        return tuple(Part(*of_parts[_written(part, word)], part.start, part.end) for part in parts)

    def _with_parts(self, words: Iterable[tuple[str, Parts]]) -> dict[_Written, tuple[str, tuple[str, ...]]]:
        """Return the dictionary forms and keys of all parts of words, at least."""
        # One that another thread still reads stays as it is.
        known = self._of_parts if len(self._of_parts) < _MOST_PARTS else {}
        self._of_parts = known
        new = {
            written: None
            for word, parts in words
            for part in parts
            if (written := _written(part, word)) not in known
        }
        lemmas = [*map(self._lemmas, new)]
        distinct_lemmas = [*dict.fromkeys(chain.from_iterable(lemmas))]
        stems = dict(zip(distinct_lemmas, self._stems.of(distinct_lemmas), strict=True))
        for written, of_part in zip(new, lemmas, strict=True):
            known[written] = of_part[0], distinct(chain.from_iterable(map(stems.__getitem__, of_part)))
        return known

    def _lemmas(self, written: _Written) -> tuple[str, ...]:
        """Return the dictionary forms of a part."""
        surface, lemmas, is_last = written
        bare = surface.removesuffix("s")
        is_genitive = not is_last and surface not in lemmas
        if is_genitive and self._lexicon is not None and bare in self._lexicon.lemmas(bare):
            # The list makes ansvars- of the verb ansvara, but it is the noun that has an s there.
            return distinct((bare, *lemmas))
        return lemmas


def _written(part: CompoundPart, word: str) -> _Written:
    start, end, lemmas = part
    return word[start:end], lemmas, end == len(word)


def _keys_of_parts(
    word: str, parts: Parts, of_parts: dict[_Written, tuple[str, tuple[str, ...]]]
) -> tuple[str, ...]:
    """Return the distinct keys of the parts of a word."""
    found: dict[str, None] = {}
    size = len(word)
    for start, end, lemmas in parts:
        for key in of_parts[word[start:end], lemmas, end == size][1]:
            found[key] = None
    return tuple(found)


def _remembered(memory: dict[_Key, _Value], key: _Key, value: _Value) -> _Value:
    """Return `value`, and keep it for those who ask again for what a query had: few words of many."""
    if len(memory) >= _MOST_REMEMBERED:
        memory.clear()
    memory[key] = value
    return value
