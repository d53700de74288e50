"""What is remembered of each distinct run of characters between spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from index.analysis.analyzer import Analyzer
from index.analysis.form_lists import Column, FormLists
from index.analysis.form_table import FormTable
from index.analysis.run_traits import Trait, traits, traits_of_letters

# Most runs are a word with a capital letter or with marks around it, of which nothing else depends than how
# long they are; but `w.` may be in an address, and short letters in brackets are a party.
_WORD: Final = re.compile(
    r"(?P<open>[(\"”]?)(?P<letters>[A-Za-zÅÄÖÉåäöé]{2,64})(?:[,;:!?)\"”]|(?<![wW])\.){0,3}"
)
_OPENING: Final = ("(", '"', "”")
_MARKS: Final = '("”,;:!?).'
_LONGER_THAN_PARTIES: Final = 5
_WORDS_AT_A_TIME: Final = 1_000


class RunTable(dict[str, int]):
    """The numbers of the runs that were seen.

    Attributes:
        words: the forms of the words of each run, at places counted from its first.
        widths: how many positions these take.
        traits: bits of `Trait`.
    """

    def __init__(self, analyzer: Analyzer, forms: FormTable) -> None:
        self._analyzer = analyzer
        self._form_table = forms
        self.clear()

    def clear(self) -> None:
        """Forget everything; the numbers that were given are not valid then."""
        super().clear()
        self._new: list[str] = []
        self.words = FormLists()
        self.widths = Column()
        self.traits = Column()

    def numbers_of(self, runs: Sequence[str]) -> list[int]:
        """Return the numbers of runs, none of them empty; those that are new get one."""
        numbers = list(map(self.__getitem__, runs))
        self._read_new()
        return numbers

    def __missing__(self, run: str) -> int:
        # Read together with the other new ones of the batch: that takes a third of the time.
        self._new.append(run)
        number = self[run] = len(self)
        return number

    def _read_new(self) -> None:
        """Read the runs that have a number only, and the plain words that they are made of."""
        first = len(self) - len(self._new)
        # It grows: a word that is written with a capital letter may be new without it too.
        words = [self._plain_word(run) for run in self._new]
        plain = [word for run, word in zip(self._new, words, strict=True) if run == word]
        for start in range(0, len(plain), _WORDS_AT_A_TIME):
            self._form_table.add_words(plain[start : start + _WORDS_AT_A_TIME], self._analyzer.keys_of_words)
        bits = {word: traits(word) for word in plain}
        for run, word in zip(self._new, words, strict=True):
            if word is None:
                self._read(run)
                continue
            number = self[word]
            of_word = self.traits.at(number) if number < first else bits[word]
            if run == word:
                self._add_word(word, of_word)
            else:
                self._read_written(run, word, of_word)
        self._new = []

    def _plain_word(self, run: str) -> str | None:
        """Return the word that a run is but for capital letters and marks, and give it a number too."""
        match = _WORD.fullmatch(run)
        if match is None:
            return None
        word = match["letters"].casefold()
        if word != run:
            self[word]
        return word

    def _read_written(self, run: str, word: str, bits: int) -> None:
        """Add a run that is a word with capital letters or marks, by the traits of the plain word."""
        letters = run.strip(_MARKS)
        if run[0] in _OPENING and (bits != Trait.WORD or len(word) < _LONGER_THAN_PARTIES):
            self._read(run)
        else:
            self._add_word(word, bits | traits_of_letters(letters))

    def _add_word(self, word: str, bits: int) -> None:
        self._add(((self._form_table.number_of(word), 0),), 1, bits)

    def _read(self, run: str) -> None:
        """Add a run of any kind."""
        found = self._analyzer.read_run(run)
        forms = ((self._form_table.of_token(token), token.position) for token in found)
        self._add(forms, found[-1].position + 1 if found else 0, traits(run))

    def _add(self, forms: Iterable[tuple[int, int]], width: int, bits: int) -> None:
        self.words.add(forms)
        self.widths.append(width)
        self.traits.append(bits)
