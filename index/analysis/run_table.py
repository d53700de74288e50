"""What is remembered of each distinct run of characters between spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.analysis.analyzer import Analyzer
from index.analysis.form_lists import Column, FormLists
from index.analysis.form_table import FormTable
from index.analysis.run_traits import NUMBERS, Trait, traits, traits_of_letters, traits_of_word

# Most runs are a word with a capital letter or with marks around it, of which nothing else depends than how
# long they are; but `w.` may be in an address, and short letters in brackets are a party.
_WORD: Final = re.compile(
    r"(?P<open>[(\"”]?)(?P<letters>[A-Za-zÅÄÖÉåäöé]{2,64})(?:[,;:!?)\"”]|(?<![wW])\.){0,3}"
)
_DIGITS: Final = re.compile("[0-9]+")
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
        of_words = {word: traits_of_word(word) for word in plain}
        forms: list[int] = []
        bits: list[int] = []
        for run, word in zip(self._new, words, strict=True):
            of_run = None
            if word is not None:
                number = self[word]
                of_word = self.traits.at(number) if number < first else of_words[word]
                of_run = of_word if run == word else _traits_of_written(run, word, of_word)
            if word is None or of_run is None:
                self._add_words(forms, bits)
                self._read(run)
            else:
                forms.append(self._form_table.number_of(word))
                bits.append(of_run)
        self._add_words(forms, bits)
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

    def _add_words(self, forms: list[int], bits: list[int]) -> None:
        """Add runs that are a word each, together, and empty the lists of them."""
        self.words.add_single(forms)
        self.widths.extend([1] * len(forms))
        self.traits.extend(bits)
        forms.clear()
        bits.clear()

    def _read(self, run: str) -> None:
        """Add a run of any kind."""
        if NUMBERS.fullmatch(run):
            # Of the runs that are no word, most: in a sixth of the time.
            places = [*enumerate(map(self._form_table.of_key, _DIGITS.findall(run)))]
            self.words.add((form, place) for place, form in places)
            self.widths.append(len(places))
        else:
            found = self._analyzer.read_run(run)
            self.words.add((self._form_table.of_token(token), token.position) for token in found)
            self.widths.append(found[-1].position + 1 if found else 0)
        self.traits.append(traits(run))


def _traits_of_written(run: str, word: str, bits: int) -> int | None:
    """Return the traits of a run that is a word with capital letters or marks, by those of the plain word.

    `None` for one that may be more than a word.
    """
    if run[0] in _OPENING and (bits != Trait.WORD or len(word) < _LONGER_THAN_PARTIES):
        return None
    return bits | traits_of_letters(run.strip(_MARKS))
