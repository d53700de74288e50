"""A set of words with a number each, as an automaton in one array: words share their beginnings and endings.

An edge is 64 bits: where the edges begin of the node that it leads to, 0 when it has none; the number of
the word that ends there, 0 for none; a bit for the last edge of a node; its letter. The edges of a node stand
side by side, by letter. The first element is no edge but where those begin that all words begin with.

It is smaller than the words themselves, is read as it is mapped, and a compiled loop over the letters of many
texts takes some 0.1 µs a text, which no library that is asked for one text at a time can do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.compiled import INT64, NONE, UINT8, UINT32, compiled, reads, writes

MOST_LETTERS: Final = 255
MOST_NUMBERS: Final = (1 << 23) - 1

Longs = NDArray[np.int64]
Codes = NDArray[np.uint32]
Letters = NDArray[np.uint8]

_MOST_REMEMBERED: Final = 1 << 20
"""How many nodes are known by their edges; one that is not known any more is written again."""


class Alphabet:
    """Letters as numbers from 1, in the order of their code points.

    Args:
        letters: in order, at most 255.

    Attributes:
        letters: as given.
        numbers: uint8, by code point: the number of each letter, 0 for what is none. The last is for all that
            have a higher code point.
    """

    def __init__(self, letters: str) -> None:
        self.letters = letters
        codes = [*map(ord, letters)]
        self.numbers = np.zeros(max(codes, default=0) + 2, np.uint8)
        self.numbers[codes] = np.arange(1, len(codes) + 1)


def code_points(words: Sequence[str]) -> tuple[Codes, Longs]:
    """Return the letters of words, uint32 one after the other, and where each word ends, int64."""
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32)
    return codes, np.cumsum(np.fromiter(map(len, words), np.int64, len(words)))


def automaton(words: Sequence[str], numbers: Iterable[int], alphabet: Alphabet) -> Longs:
    """Return the edges of an automaton, int64.

    Args:
        words: sorted, distinct and not empty.
        numbers: one for each, from 1.
        alphabet: has all their letters.
    """
    codes, ends = code_points(words)
    longest = max(map(len, words), default=0)
    remembered = min(2 * len(codes), _MOST_REMEMBERED)
    of_words = np.fromiter(numbers, np.int64, len(words))
    edges = np.empty(len(codes) + 2, np.int64)
    size = _minimal(alphabet.numbers.take(codes), ends, of_words, longest, remembered, edges)
    return edges[:size].copy()


def number_of(edges: Longs, word: str, alphabet: Alphabet) -> int:
    """Return the number of a word, 0 when the automaton does not have it."""
    codes = np.frombuffer(word.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _number(edges, alphabet.numbers, codes, 0, len(codes))


def numbers_of(edges: Longs, words: Sequence[str], alphabet: Alphabet) -> list[int]:
    """Return the numbers of words, 0 for those that the automaton does not have."""
    numbers = np.zeros(len(words), np.int64)
    _look_up(edges, alphabet.numbers, *code_points(words), numbers)
    found: list[int] = numbers.tolist()
    return found


@compiled(INT64(writes(INT64), INT64, writes(INT64), INT64, INT64, writes(INT64)))
def _kept(edges: Longs, size: int, path: Longs, begin: int, count: int, register: Longs) -> int:
    """Return where the edges of a node stand already, `size` when they are put there now."""
    path[begin + count - 1] |= 0x100
    mixed = np.uint64(count)
    for place in range(begin, begin + count):
        mixed = (mixed ^ np.uint64(path[place])) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    slot = np.int64(mixed % np.uint64(len(register)))
    known = register[slot]
    is_same = known > 0 and known + count <= size
    for offset in range(count):
        is_same = is_same and edges[known + offset] == path[begin + offset]
    if is_same:
        return int(known)
    # In place of another, which may then be written twice: a few in a thousand are.
    register[slot] = size
    for offset in range(count):
        edges[size + offset] = path[begin + offset]
    return size


@compiled(INT64(reads(UINT8), reads(INT64), reads(INT64), INT64, INT64, writes(INT64)))
def _minimal(
    letters: Letters, ends: Longs, numbers: Longs, longest: int, remembered: int, edges: Longs
) -> int:
    """Put the edges for words into `edges`: with each word the nodes that it does not share with the last.

    Returns:
        How many there are.
    """
    register = np.zeros(remembered + 1, np.int64)
    # The nodes on the way to the last word, which may still get edges.
    path = np.zeros((longest + 1) * 256, np.int64)
    counts = np.zeros(longest + 1, np.int64)
    size, previous, length, begin = 1, 0, 0, 0
    for word in range(len(ends) + 1):
        end = ends[word] if word < len(ends) else begin
        most = min(length, end - begin)
        shared = 0
        while shared < most and letters[previous + shared] == letters[begin + shared]:
            shared += 1
        for depth in range(length - 1, shared, -1):
            node = _kept(edges, size, path, depth * 256, counts[depth], register)
            size = max(size, node + counts[depth])
            path[(depth - 1) * 256 + counts[depth - 1] - 1] |= node << 32
            counts[depth] = 0
        for depth in range(shared, end - begin):
            path[depth * 256 + counts[depth]] = np.int64(letters[begin + depth])
            counts[depth] += 1
        if end > begin:
            path[(end - begin - 1) * 256 + counts[end - begin - 1] - 1] |= numbers[word] << 9
        previous, length, begin = begin, end - begin, end
    edges[0] = 0
    if counts[0]:
        edges[0] = _kept(edges, size, path, 0, counts[0], register)
        size = max(size, edges[0] + counts[0])
    return size


@compiled(INT64(reads(INT64), reads(UINT8), reads(UINT32), INT64, INT64))
def _number(edges: Longs, alphabet: Letters, codes: Codes, begin: int, end: int) -> int:
    """Return the number of the word of the letters `codes[begin:end]`, 0 for none."""
    node, number = edges[0], 0
    for place in range(begin, end):
        code = np.int64(codes[place])
        letter = np.int64(alphabet[code if code < len(alphabet) else len(alphabet) - 1])
        if node == 0 or letter == 0:
            return 0
        while edges[node] & 0xFF < letter and not edges[node] & 0x100:
            node += 1
        edge = edges[node]
        if edge & 0xFF != letter:
            return 0
        number, node = edge >> 9 & 0x7FFFFF, edge >> 32
    return number


@compiled(NONE(reads(INT64), reads(UINT8), reads(UINT32), reads(INT64), writes(INT64)))
def _look_up(edges: Longs, alphabet: Letters, codes: Codes, ends: Longs, numbers: Longs) -> None:
    """Put the number of each word into `numbers`."""
    begin = 0
    for word in range(len(ends)):
        numbers[word] = _number(edges, alphabet, codes, begin, ends[word])
        begin = ends[word]
