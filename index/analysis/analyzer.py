"""The front door of the analysis: a text becomes tokens, the same for index, query and highlighting."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from index.analysis.abbreviations import ABBREVIATIONS
from index.analysis.amounts import SCALES
from index.analysis.beginnings import Beginnings
from index.analysis.characters import Characters, normalize
from index.analysis.dates import MONTH_NAMES
from index.analysis.definite_forms import NO_NOUNS
from index.analysis.elliptic import NO_HEADS, EllipticFinder, EllipticWord
from index.analysis.folding import FOREIGN_LETTERS, without_accents
from index.analysis.lexicon.lexicon import Lexicon
from index.analysis.merging import (
    moved_back,
    places_of_elliptic,
    with_elliptic,
    with_specials,
)
from index.analysis.parties import PARLIAMENT
from index.analysis.special import specials
from index.analysis.stemming import STEMS, stemmer_version
from index.analysis.steps import STEPS_OF_INDEX, Step
from index.analysis.stop_words import STOP_WORDS
from index.analysis.tokens import Token
from index.analysis.version import AnalysisVersion
from index.analysis.word_keys import Keys, WordKeys
from index.analysis.word_stems import LEMMAS, WORDS_APART
from index.analysis.words import words

RULES_VERSION: Final = "5"
"""To be raised by every change after which a text gives other tokens."""

_MAX_RUNS: Final = 100_000
_LONGEST_KEPT: Final = 64


class Analyzer:
    """Makes tokens of text. May be used by several threads.

    Each distinct word is analysed once: text has few of them (600,000 words, 20,000 distinct). The memory of
    them is shared by the threads; that two of them may analyse the same word at the same time does no harm.

    Args:
        lexicon: where words, dictionary forms and compounds come from; the stemmer alone when there is none.
        without: steps that are left out, for an evaluation.
    """

    def __init__(self, lexicon: Lexicon | None = None, *, without: frozenset[Step] = frozenset()) -> None:
        self.without = without
        self._lexicon = lexicon
        self._keys = WordKeys(lexicon, without)
        self._runs = _Runs(self._keys)
        self._beginnings = Beginnings(self._keys.changed_beginnings())
        self._elliptic_finder = None
        if lexicon is not None and self._keys.splitter is not None and Step.ELLIPTIC not in without:
            self._elliptic_finder = EllipticFinder(lexicon, self._keys.splitter)

    def analyze(self, text: str) -> list[Token]:
        """Return the tokens of a text, by position; offsets refer to `text` as given.

        Words stand at consecutive positions. A hyphenated word is, before its pieces, also there as a
        whole, and special tokens share the position of the first word that they are written with. No stop
        words are removed.
        """
        characters = normalize(text)
        tokens = self._words(characters.text)
        elliptic = self._elliptic(characters.text)
        if elliptic:
            tokens = with_elliptic(tokens, elliptic)
        if Step.SPECIALS not in self.without:
            tokens = with_specials(tokens, specials(characters.text))
        return tokens if characters.starts is None else moved_back(tokens, characters)

    def words_of_run(self, run: str) -> tuple[Token, ...]:
        """Return the tokens of a stretch of text without white space, but no special ones, from memory.

        Quick for those who look for words only: no word goes across white space, except where a soft
        hyphen parts it at the end of a line.
        """
        return self._runs[run].words

    def read_run(self, run: str) -> tuple[Token, ...]:
        """Return the same without remembering it, for those who remember more than that."""
        return _read_run(run, self._keys)

    def keys_of_words(self, words: Sequence[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return the stems of casefolded words and the distinct keys of the parts of each, likewise."""
        return self._keys.read(words)

    def elliptic_words(
        self, text: str, *, may_be: Callable[[str], bool] = bool, is_plain: bool = False
    ) -> list[Token]:
        """Return the words of a text that are only in part written out, by where that part stands.

        `analyze` puts their keys to the word that is there; for `kultur- och utbildningsnämnden` this gives
        *kulturnämnden*, at *kultur*. Their position is 0. None without a lexicon.

        Args:
            text: where they are looked for.
            may_be: tells of a whole word, casefolded and without accents, whether it is wanted.
            is_plain: `text` has only Latin-1 letters, each one character, which need not be normalised.
        """
        characters = Characters(text) if is_plain else normalize(text)
        found = self._elliptic(characters.text, may_be)
        return found if characters.starts is None else moved_back(found, characters)

    def elliptic_at_words(self, text: str) -> list[Token]:
        """Return the words that are only in part written out at the positions of those in their place."""
        characters = normalize(text)
        found = self._elliptic(characters.text)
        words = self._words(characters.text) if found else []
        tokens = [
            elliptic._replace(position=words[place].position)
            for place, elliptic in places_of_elliptic(words, found)
        ]
        return tokens if characters.starts is None else moved_back(tokens, characters)

    def beginnings(self, key: str) -> frozenset[str]:
        """Return beginnings of which each word that is found under `key`, or has a part that is, has one.

        See `index.analysis.beginnings`: the word is to be folded and without hyphens.
        """
        return self._beginnings.of(key)

    def is_word(self, form: str) -> bool:
        """Tell whether a form is in the lexicon; without one nothing is."""
        return self._lexicon is not None and without_accents(form.casefold()) in self._lexicon

    def is_name(self, form: str) -> bool:
        """Tell whether a form is in the lexicon as a name and as nothing else."""
        return self._keys.is_name(form.casefold())

    def compound(self, word: str) -> tuple[tuple[str, ...], ...]:
        """Return the keys of each part of a compound, parts that are no compounds themselves, in order.

        Nothing for a word that is none, and without a lexicon.
        """
        return self._keys.of_parts(word.casefold())

    def joins(self, left: str, right: str) -> str | None:
        """Return the word that two neighbours are when written together (`skol skjuts`), `None` if none."""
        return self._keys.joined(left.casefold(), right.casefold())

    @property
    def version(self) -> AnalysisVersion:
        """What the tokens depend on beside the text."""
        left_out = "".join(f" without {step}" for step in sorted(self.without & STEPS_OF_INDEX))
        splitter = self._keys.splitter
        lexicon = (
            f"{self._lexicon.version} split by {splitter.version}" if self._lexicon and splitter else None
        )
        return AnalysisVersion(f"{RULES_VERSION}-{_checksum()}{left_out}", stemmer_version(), lexicon)

    def _elliptic(self, text: str, may_be: Callable[[str], bool] = bool) -> list[Token]:
        if self._elliptic_finder is None:
            return []
        return [
            _elliptic_token(word, self._keys.of(word.word))
            for word in self._elliptic_finder.find(text)
            if may_be(word.word)
        ]

    def _words(self, text: str) -> list[Token]:
        """Return the words of a normalised text."""
        words: list[Token] = []
        # The class's own constructor is written in Python and takes twice the time.
        add, new = words.append, tuple.__new__
        position = offset = 0
        # No word has a space or a line's end in it, so what is remembered is the runs between them: to split
        # there costs a tenth of what it costs to look for words, and most runs are one word.
        for found, width, length in map(self._runs.__getitem__, text.replace("\n", " ").split(" ")):
            for exact, stems, parts, place, start, end in found:
                add(new(Token, (exact, stems, parts, position + place, offset + start, offset + end)))
            position += width
            offset += length
        return words


class _Run(NamedTuple):
    """The words of a run of characters without white space.

    Attributes:
        words: with positions and offsets from its beginning.
        width: how many positions they take.
        length: characters to the beginning of the next run.
    """

    words: tuple[Token, ...]
    width: int
    length: int


class _Runs(dict[str, _Run]):
    """The runs that were seen, as far as it is worth remembering them."""

    def __init__(self, keys: WordKeys) -> None:
        self._keys = keys

    def __missing__(self, written: str) -> _Run:
        found = _read_run(written, self._keys)
        run = _Run(found, found[-1].position + 1 if found else 0, len(written) + 1)
        if len(written) <= _LONGEST_KEPT:
            if len(self) >= _MAX_RUNS:
                self.clear()
            self[written] = run
        return run


def _read_run(written: str, keys: WordKeys) -> tuple[Token, ...]:
    characters = normalize(written)
    found = words(characters.text, keys)
    return found if characters.starts is None else tuple(moved_back(found, characters))


def _elliptic_token(found: EllipticWord, keys: Keys) -> Token:
    """Return the token of an elliptic word, with those of its parts that are written at least in part."""
    word, begin, start, end = found
    length = end - start
    parts = tuple(
        part._replace(start=max(part.start - begin, 0), end=min(part.end - begin, length))
        for part in keys.parts
        if part.end > begin and part.start < begin + length
    )
    return Token(word, keys.stems, parts, 0, start, end)


def _checksum() -> str:
    """Return what changes with any table of the rules."""
    words = map(sorted, (STOP_WORDS, NO_HEADS, NO_NOUNS, WORDS_APART, PARLIAMENT, MONTH_NAMES))
    mappings = (ABBREVIATIONS, STEMS, LEMMAS, FOREIGN_LETTERS, SCALES)
    tables = (*words, *(sorted(mapping.items()) for mapping in mappings))
    return hashlib.sha256(repr(tables).encode()).hexdigest()[:8]
