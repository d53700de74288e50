"""The stems that a word is found under: its own, and those of its dictionary forms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from index.analysis.compounds.splitter import CompoundSplitter, Parts, lemmas_of
from index.analysis.definite_forms import indefinite_stem
from index.analysis.lexicon.affixes import Role
from index.analysis.lexicon.lexicon import Entry, Lexicon
from index.analysis.stemming import Stemmer
from index.analysis.steps import Step
from index.analysis.stop_words import STOP_WORDS

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
_MOST_LEMMAS: Final = 50_000

Stems = tuple[str, ...]


class WordStems:
    """Finds the stems of folded words, of many at a time. May be used by several threads.

    A word is found under the stem that Snowball's algorithm gives, and under the stems of what the lexicon
    says are its dictionary forms: *skolan* under *skolan* and *skol*, as *skola* is. It is a set because a
    form often has several readings, and it is stems because that joins them with words that the lexicon
    does not know. A word that the lexicon has as a name only is no form of another: *Johanna* is not *Johan*.
    A dictionary form of which the algorithm makes another word stays whole, and so do its forms: *lagret* is
    found under *lager*, not under *lag*.

    Args:
        lexicon: none for the stemmer alone.
        splitter: gives the dictionary forms of words that the lexicon does not know.
        without: the steps to leave out.
    """

    def __init__(
        self, lexicon: Lexicon | None, splitter: CompoundSplitter | None, without: frozenset[Step]
    ) -> None:
        self._stemmer = Stemmer()
        self._lexicon = lexicon
        self._splitter = splitter
        self._has_lemmas = Step.LEMMAS not in without
        self._has_definite = Step.DEFINITE not in without
        # Forms share their dictionary forms: what each is found under, and its stem.
        self._of_lemmas: dict[str, tuple[str, str]] = {}

    def of(self, words: Sequence[str], split: Sequence[Parts] | None = None) -> list[Stems]:
        """Return the stems of words: the own stem of each, then those of its dictionary forms.

        Args:
            words: folded.
            split: the smallest parts of each, where they are known.
        """
        stems = self._stemmer.stems(words)
        if self._lexicon is None or self._splitter is None or not self._has_lemmas:
            return [self._indefinite(word, stem) for word, stem in zip(words, stems, strict=True)]
        entries = [*map(self._lexicon.entry, self._lexicon.numbers(words))]
        split = split or self._splitter.split_all(
            [word if not entry.lemmas else "" for word, entry in zip(words, entries, strict=True)]
        )
        lemmas = [*map(_lemmas, words, entries, split)]
        of_lemmas = self._with_lemmas(lemmas)
        return [
            _keys(word, stem, found, of_lemmas) if found is not None else _own_keys(word, stem, entry)
            for word, stem, entry, found in zip(words, stems, entries, lemmas, strict=True)
        ]

    def _indefinite(self, word: str, stem: str) -> Stems:
        definite = indefinite_stem(word, stem, self._stemmer.stem) if self._has_definite else None
        return distinct((stem, definite or stem))

    def _with_lemmas(self, lists: Iterable[Sequence[str] | None]) -> dict[str, tuple[str, str]]:
        """Return what all lemmas of lists, at least, are found under."""
        # One that another thread still reads stays as it is.
        known = self._of_lemmas if len(self._of_lemmas) < _MOST_LEMMAS else {}
        self._of_lemmas = known
        new = [
            *{lemma for found in (*lists, *LEMMAS.values()) for lemma in found or () if lemma not in known}
        ]
        for lemma, stem in zip(new, self._stemmer.stems(new), strict=True):
            known[lemma] = lemma if self._is_another_word(stem, lemma) else stem, stem
        return known

    def _is_another_word(self, stem: str, lemma: str) -> bool:
        """Tell whether what the algorithm takes for an ending is none: *lager* is not *lag*."""
        if self._lexicon is None or stem == lemma:
            return False
        if lemma.endswith("ad") and f"{lemma}er" in self._lexicon:
            # Snowball takes -ad for the ending of a participle: arkad is not ark, fasad is not fas.
            return True
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


def _lemmas(word: str, entry: Entry, parts: Parts) -> Sequence[str] | None:
    """Return the dictionary forms of a word, in order, `None` for one that is no form of another."""
    if len(word) < _SHORTEST or word in STOP_WORDS:
        return None
    if not entry.lemmas:
        return None if entry.names else sorted(set(lemmas_of(word, parts)))
    if len(entry.lemmas) == 1:
        strip, add = entry.lemmas[0]
        return (word[: len(word) - strip] + add,)
    return sorted([word[: len(word) - strip] + add for strip, add in entry.lemmas])


def _keys(word: str, stem: str, lemmas: Sequence[str], of_lemmas: dict[str, tuple[str, str]]) -> Stems:
    """Return the keys of a word by its stem, its dictionary forms and what these are found under."""
    known = [*filter(_is_dictionary_form, LEMMAS.get(word, lemmas))]
    keys = [of_lemmas[lemma][0] for lemma in known]
    if word in lemmas:
        return distinct((of_lemmas[word][0], *keys))
    # What is no key of its dictionary form is none of a form either: värdet is of värde, not of värd.
    is_of_another = stem not in keys and any(stem == of_lemmas[lemma][1] for lemma in known)
    return distinct(keys if is_of_another else (stem, *keys))


def _is_dictionary_form(lemma: str) -> bool:
    """Tell whether forms may be found under a lemma: not under a letter's name or a stop word."""
    return len(lemma) > 1 and lemma not in STOP_WORDS


def _own_keys(word: str, stem: str, entry: Entry) -> Stems:
    """Return the keys of a word that is no form of another: its stem, or what `_name_keys` gives."""
    is_name = entry.names and not entry.lemmas and len(word) >= _SHORTEST and word not in STOP_WORDS
    return _name_keys(word, entry) if is_name else (stem,)


def _name_keys(name: str, entry: Entry) -> Stems:
    """Return the keys of a name: itself, without the ending of the genitive or the article."""
    lemmas = {name[: len(name) - strip] + add for strip, add in entry.names}
    if name in lemmas:
        return (name,)
    plain = name.removesuffix("s")
    for ending in ("", "n", "en", "et"):
        bare = plain.removesuffix(ending)
        if plain.endswith(ending) and bare in lemmas and (not ending or len(bare) >= _SHORTEST_WITH_ARTICLE):
            return distinct((plain, bare))
    return (name,)


def distinct(keys: Iterable[str]) -> Stems:
    """Return keys without those that come again."""
    return tuple(dict.fromkeys(keys))
