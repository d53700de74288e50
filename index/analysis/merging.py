"""Puts together what the steps of the analysis find in one text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import itemgetter

from index.analysis.characters import Characters
from index.analysis.spans import Special
from index.analysis.tokens import Part, Token

_start = itemgetter(Token._fields.index("start"))


def with_elliptic(words: list[Token], found: list[Token]) -> list[Token]:
    """Put the keys of elliptic words to those of the words that are written in their place."""
    for place, elliptic in places_of_elliptic(words, found):
        written = words[place]
        stems = tuple(dict.fromkeys((*written.stems, *elliptic.stems)))
        parts = tuple(dict.fromkeys((*written.parts, *elliptic.parts)))
        words[place] = written._replace(stems=stems, parts=parts)
    return words


def places_of_elliptic(words: list[Token], found: list[Token]) -> list[tuple[int, Token]]:
    """Return elliptic words with the index of the word that is written in the place of each."""
    places = []
    for elliptic in found:
        place = bisect_left(words, elliptic.start, key=_start)
        if place < len(words) and words[place][-2:] == elliptic[-2:]:
            places.append((place, elliptic))
    return places


def with_specials(words: list[Token], found: list[Special]) -> list[Token]:
    """Put each special token behind the others at the position of the first word in its span."""
    if not found:
        return words
    merged = words.copy()
    # From the last to the first, so that the places in `words` are right in `merged` too.
    for first, tokens in reversed(tokens_of_specials(words, found)):
        position = words[first].position
        after = first + 1
        while after < len(words) and words[after].position == position:
            after += 1
        merged[after:after] = tokens
    return merged


def tokens_of_specials(words: Sequence[Token], found: list[Special]) -> list[tuple[int, list[Token]]]:
    """Return the tokens of each special that has a word, with the index of the first word in its span."""
    starts = list(map(_start, words))
    placed = []
    for start, end, keys in found:
        first = bisect_left(starts, start)
        if first and words[first - 1].end > start:
            first -= 1
        if first < len(words):
            position = words[first].position
            tokens = [tuple.__new__(Token, (key, (key,), (), position, start, end)) for key in keys]
            placed.append((first, tokens))
    return placed


def moved_back(tokens: Iterable[Token], characters: Characters) -> list[Token]:
    """Return the tokens with offsets in the original text."""
    starts, ends = characters.starts or [], characters.ends or []
    return [
        Token(
            exact,
            stems,
            _parts_moved_back(parts, start, starts, ends),
            position,
            starts[start],
            ends[end - 1],
        )
        for exact, stems, parts, position, start, end in tokens
    ]


def _parts_moved_back(
    parts: tuple[Part, ...], start: int, starts: list[int], ends: list[int]
) -> tuple[Part, ...]:
    first = starts[start]
    return tuple(
        Part(word, keys, starts[start + begin] - first, ends[start + end - 1] - first)
        for word, keys, begin, end in parts
    )
