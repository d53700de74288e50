"""The lexicon and the table of compounds as the arrays that the compiled splitter reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis.compounds import cheapest
from index.analysis.compounds.table import CompoundTable
from index.analysis.lexicon.automaton import Alphabet, Letters, Longs, automaton
from index.analysis.lexicon.lexicon import Lexicon


class SplitterArrays(NamedTuple):
    """What `cheapest.split_all` reads.

    Attributes:
        lexicon: edges, entries and readings of the lexicon; its rules; which declensions are alike; the edges
            of the table's words. All int64.
        alphabet: uint8, by code point: the numbers of letters, 0 for what is no letter.
        most_readings: how many an entry of the lexicon has.
    """

    lexicon: cheapest.Lexicon
    alphabet: Letters
    most_readings: int


def splitter_arrays(lexicon: Lexicon, table: CompoundTable) -> SplitterArrays:
    """Make the arrays, which takes some ms."""
    firsts = lexicon.arrays.entries & 0xFFFFFFFF
    return SplitterArrays(
        (
            *lexicon.arrays,
            _rules(lexicon),
            _alike(lexicon.declensions),
            _words_of_table(table, lexicon.alphabet),
        ),
        _letters_alone(lexicon.alphabet),
        int(np.diff(firsts).max()),
    )


def _rules(lexicon: Lexicon) -> Longs:
    """Return for each rule how many letters go, where those that come begin, how many, whether they are an s.

    The letters come behind the rules.
    """
    packed: list[int] = []
    letters: list[int] = []
    for strip, add in lexicon.rules:
        begin = len(lexicon.rules) + len(letters)
        packed.append(strip | begin << 16 | len(add) << 40 | (add == "s") << 56)
        letters += lexicon.alphabet.numbers.take([*map(ord, add)]).tolist()
    return np.array(packed + letters, np.int64)


def _alike(declensions: list[str]) -> Longs:
    """Return which declensions inflect alike (`inflect_alike`): a row of bits each, behind its length."""
    flags = sorted(set("".join(declensions)))
    of_each = _packed(
        np.array([[flag in declension for flag in flags] for declension in declensions], np.bool_)
    )
    is_part = ((of_each[:, None] & ~of_each) == 0).all(axis=2)
    is_empty = (of_each == 0).all(axis=1)
    rows = _packed((is_part | is_part.T) & np.equal.outer(is_empty, is_empty))
    return np.concatenate(([rows.shape[1]], rows.ravel()))


def _packed(rows: NDArray[np.bool_]) -> Longs:
    """Return rows of truth values as bits, the first of each 64 the lowest."""
    width = 64 * (rows.shape[1] // 64 + 1)
    padded = np.pad(rows, ((0, 0), (0, width - rows.shape[1])))
    return np.packbits(padded, axis=1, bitorder="little").view(np.int64)


def _words_of_table(table: CompoundTable, alphabet: Alphabet) -> Longs:
    bits: defaultdict[str, int] = defaultdict(int)
    kinds: Iterable[tuple[Iterable[str], int]] = (
        (table.first, cheapest.FIRST_OF_TABLE),
        (table.last, cheapest.LAST_OF_TABLE),
        (table.not_first, cheapest.NOT_FIRST),
        (table.not_last, cheapest.NOT_LAST),
        (table.whole, cheapest.WHOLE),
    )
    for words, bit in kinds:
        for word in words:
            bits[word] |= bit
    # A word with a letter that no form of the lexicon has is nowhere.
    words = sorted(word for word in bits if set(word) <= set(alphabet.letters))
    return automaton(words, [bits[word] for word in words], alphabet)


def _letters_alone(alphabet: Alphabet) -> Letters:
    """Return the numbers of letters, but none for a hyphen: what has one is no compound."""
    numbers = alphabet.numbers.copy()
    numbers[[ord(letter) for letter in alphabet.letters if not letter.isalpha()]] = 0
    return numbers
