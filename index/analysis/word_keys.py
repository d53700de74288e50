"""What a single word is found under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

from index.analysis.abbreviations import ABBREVIATIONS
from index.analysis.compounds.splitter import CompoundPart, CompoundSplitter
from index.analysis.definite_forms import indefinite_stem
from index.analysis.folding import without_accents
from index.analysis.lexicon.affixes import Role
from index.analysis.lexicon.lexicon import Lexicon
from index.analysis.stemming import STEMS, Stemmer
from index.analysis.steps import Step
from index.analysis.stop_words import STOP_WORDS
from index.analysis.tokens import Part

_SHORTEST: Final = 3
_SHORTEST_WITH_ARTICLE: Final = 6
"""Letters of a name that may have an ending like an article: Västlänken, but not Ellen."""

LEMMAS: Final = {
    **dict.fromkeys(("andra", "bort", "hos", "nästan"), ()),
    "finns": ("finnas",),
    "ges": ("ge",),
    "god": ("god",),
    "goda": ("god",),
    "internet": ("internet",),
    **dict.fromkeys(("män", "mäns", "männen", "männens"), ("mannen",)),
    "order": ("order",),
    "tas": ("ta",),
    **dict.fromkeys(("varan", "varans"), ("varor",)),
    "väster": ("väst",),
}
"""The dictionary forms of common words that the lexicon takes for forms of rare ones (*andrum*, *tum*)."""

WORDS_APART: Final = frozenset(("boka", "kosta", "leda", "måla", "tulla", "värde", "väga"))
"""Words that have the stem of another which has nothing to do with them (*bok*, *kost*, *led*)."""

_WORD_OR_NAME: Final = Role.WORD | Role.NAME
_MAX_TYPES: Final = 100_000
_MOST_LEMMAS: Final = 50_000
_MOST_REMEMBERED: Final = 10_000
_UNKNOWN: Final = ""

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

    A word is found under the stem that Snowball's algorithm gives, and under the stems of what the lexicon
    says are its dictionary forms: *skolan* under *skolan* and *skol*, as *skola* is. It is a set because a
    form often has several readings, and it is stems because that joins them with words that the lexicon
    does not know. A word that the lexicon has as a name only is no form of another: *Johanna* is not *Johan*.
    A dictionary form of which the algorithm makes another word stays whole, and so do its forms: *lagret* is
    found under *lager*, not under *lag*.

    Args:
        lexicon: none for the stemmer alone.
        without: the steps to leave out.
    """

    def __init__(self, lexicon: Lexicon | None, without: frozenset[Step]) -> None:
        # The dictionary forms and the parts of words are far fewer than words.
        self._stem = Stemmer().stem
        self._stem_of_lemma = lru_cache(_MOST_LEMMAS)(self._stem_unless_another)
        self._stems_of_lemma = lru_cache(_MOST_LEMMAS)(self._stems)
        self._found_part = lru_cache(_MOST_LEMMAS)(self._find_part)
        self._lexicon = lexicon
        self._splitter = CompoundSplitter(lexicon) if lexicon else None
        self._has_lemmas = Step.LEMMAS not in without
        self._has_parts = Step.PARTS not in without
        self._has_definite = Step.DEFINITE not in without
        self._known: dict[str, Keys] = {}
        self._split: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._joined: dict[tuple[str, str], str | None] = {}

    @property
    def splitter(self) -> CompoundSplitter | None:
        """What splits words, `None` without a lexicon."""
        return self._splitter

    def of(self, word: str) -> Keys:
        """Return the keys of a word."""
        found = self._known.get(word)
        if found is None:
            folded = without_accents(word)
            found = Keys(self._stems(folded), self._parts(folded) if len(folded) == len(word) else ())
            if len(self._known) >= _MAX_TYPES:
                self._known.clear()
            self._known[word] = found
        return found

    def read(self, word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the stems of a word and the distinct keys of its parts; for those who remember them."""
        folded = without_accents(word)
        stems = self._stems(folded)
        if self._splitter is None or not self._has_parts or len(folded) != len(word):
            return stems, ()
        parts = self._splitter.parts(folded)
        if not parts:
            return stems, ()
        found: dict[str, None] = {}
        for start, end, lemmas in parts:
            found.update(dict.fromkeys(self._found_part(folded[start:end], lemmas, _place(end, folded))[1]))
        return stems, tuple(found)

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
        return tuple(self._part(part, word).keys for part in self._splitter.split(word))

    def _join(self, left: str, right: str) -> str | None:
        first, second = without_accents(left), without_accents(right)
        if self._lexicon is None or self._splitter is None or not (first.isalpha() and second.isalpha()):
            return None
        is_word = first + second in self._lexicon or self._splitter.joins(first, second)
        return left + right if is_word else None

    def _stems(self, word: str) -> tuple[str, ...]:
        stem = self._stem(word)
        if self._lexicon is None or not self._has_lemmas:
            definite = indefinite_stem(word, stem, self._stem) if self._has_definite else None
            return _distinct((stem, definite or stem))
        if len(word) < _SHORTEST or word in STOP_WORDS:
            return (stem,)
        lemmas: set[str] = set()
        names: set[str] = set()
        for lemma, roles, _ in self._lexicon.readings(word):
            if roles & Role.WORD:
                (names if roles & Role.NAME else lemmas).add(lemma)
        if names and not lemmas:
            return _name_keys(word, names)
        if not lemmas and self._splitter is not None:
            lemmas.update(self._splitter.lemmas(word))
        known = [*filter(_is_dictionary_form, LEMMAS[word] if word in LEMMAS else sorted(lemmas))]
        keys = [*map(self._stem_of_lemma, known)]
        if word in lemmas:
            return _distinct((self._stem_of_lemma(word), *keys))
        # What is no key of its dictionary form is none of a form either: värdet is of värde, not of värd.
        is_of_another = stem not in keys and stem in map(self._stem, known)
        return _distinct(keys if is_of_another else (stem, *keys))

    def _stem_unless_another(self, lemma: str) -> str:
        if lemma.endswith("ad") and self._lexicon is not None and f"{lemma}er" in self._lexicon:
            # Snowball takes -ad for the ending of a participle: arkad is not ark, fasad is not fas.
            return lemma
        stem = self._stem(lemma)
        return lemma if self._is_another_word(stem, lemma) else stem

    def _is_another_word(self, stem: str, lemma: str) -> bool:
        """Tell whether what the algorithm takes for an ending is none: *lager* is not *lag*."""
        if self._lexicon is None or stem == lemma:
            return False
        # With a plural in -ar it is like granne, of which the list may have other forms under the stem.
        if lemma not in WORDS_APART and (
            lemma.removeprefix(stem) not in {"e", "er"} or (lemma[-1] == "e" and f"{stem}ar" in self._lexicon)
        ):
            return False
        words = self._lexicon.readings(lemma)
        # A form that the list has as a word of its own (ligger) does not inflect.
        inflects = any(reading.lemma == lemma and reading.declension for reading in words)
        is_form = any(reading.lemma == stem for reading in words)
        return inflects and not is_form and self._is_common_word(stem)

    def _is_common_word(self, word: str) -> bool:
        """Tell whether a word is a dictionary form, and not of a name."""
        readings = self._lexicon.readings(word) if self._lexicon else ()
        return any(
            reading.lemma == word and reading.roles & _WORD_OR_NAME == Role.WORD for reading in readings
        )

    def _parts(self, word: str) -> tuple[Part, ...]:
        if self._splitter is None or not self._has_parts:
            return ()
        return tuple(self._part(part, word) for part in self._splitter.parts(word))

    def _part(self, part: CompoundPart, word: str) -> Part:
        start, end, lemmas = part
        return Part(*self._found_part(word[start:end], lemmas, _place(end, word)), start, end)

    def _find_part(self, surface: str, lemmas: tuple[str, ...], place: int) -> tuple[str, tuple[str, ...]]:
        """Return the dictionary form of a part and what it is found under."""
        lemmas = lemmas or (surface,)
        bare = surface.removesuffix("s")
        is_genitive = place == Role.FIRST and surface not in lemmas
        if is_genitive and self._lexicon is not None and bare in self._lexicon.lemmas(bare):
            # The list makes ansvars- of the verb ansvara, but it is the noun that has an s there.
            lemmas = _distinct((bare, *lemmas))
        return lemmas[0], _distinct(stem for lemma in lemmas for stem in self._stems_of_lemma(lemma))


def _place(end: int, word: str) -> int:
    """Return which part of a word one is that ends somewhere: the last, or one that others follow."""
    return Role.LAST if end == len(word) else Role.FIRST


def _remembered(memory: dict[_Key, _Value], key: _Key, value: _Value) -> _Value:
    """Return `value`, and keep it for those who ask again for what a query had: few words of many."""
    if len(memory) >= _MOST_REMEMBERED:
        memory.clear()
    memory[key] = value
    return value


def _is_dictionary_form(lemma: str) -> bool:
    """Tell whether forms may be found under a lemma: not under a letter's name or a stop word."""
    return len(lemma) > 1 and lemma not in STOP_WORDS


def _name_keys(name: str, lemmas: set[str]) -> tuple[str, ...]:
    """Return the keys of a name: itself, without the ending of the genitive or the article."""
    if name in lemmas:
        return (name,)
    plain = name.removesuffix("s")
    for ending in ("", "n", "en", "et"):
        bare = plain.removesuffix(ending)
        if plain.endswith(ending) and bare in lemmas and (not ending or len(bare) >= _SHORTEST_WITH_ARTICLE):
            return _distinct((plain, bare))
    return (name,)


def _distinct(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))
