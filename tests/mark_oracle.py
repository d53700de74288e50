"""Marks by brute force: a loop over the tokens of a text for each leaf, nothing shared with the marker."""

from __future__ import annotations

from collections.abc import Iterator

from index.analysis.analyzer import Analyzer
from index.analysis.characters import normalize
from index.analysis.tokens import Token
from index.fields import NEAR
from index.marks import Mark
from index.query import Phrase, Prefix, Word
from index.query_tree import Leaf
from tests.analysis import PLAIN


def plain_marks(text: str, leaves: tuple[Leaf, ...], analyzer: Analyzer = PLAIN) -> list[Mark]:
    """Return the marks by a loop over all the tokens of the text for each leaf."""
    characters = normalize(text)
    tokens = analyzer.analyze(characters.text)
    found = []
    for place, leaf in enumerate(leaves):
        for start, end, is_whole in _of_leaf(tokens, leaf):
            mark = Mark(start, end, 1 << place, is_whole << place)
            if characters.starts is not None and characters.ends is not None:
                mark = mark._replace(start=characters.starts[start], end=characters.ends[end - 1])
            found.append(mark)
    merged: list[Mark] = []
    for mark in sorted(found):
        if merged and mark.start <= merged[-1].end:
            start, end, bits, whole = merged[-1]
            merged[-1] = Mark(start, max(end, mark.end), bits | mark.leaves, whole | mark.whole)
        else:
            merged.append(mark)
    return merged


def _of_leaf(tokens: list[Token], leaf: Leaf) -> Iterator[tuple[int, int, bool]]:
    match leaf:
        case Word():
            for token in tokens:
                if token.exact in leaf.exact or set(token.stems) & set(leaf.stems):
                    yield token.start, token.end, True
                for part in token.parts:
                    if set(part.keys) & set(leaf.parts):
                        yield token.start + part.start, token.start + part.end, False
            yield from _near_each_other(tokens, leaf.near)
        case Prefix():
            for token in tokens:
                if token.exact.startswith(leaf.prefix) and ":" not in token.exact:
                    yield token.start, token.end, True
        case Phrase():
            yield from ((start, end, True) for start, end in _of_phrase(tokens, leaf))


def _near_each_other(
    tokens: list[Token], groups: tuple[tuple[str, ...], ...]
) -> Iterator[tuple[int, int, bool]]:
    found = [
        (token.position, token.start + start, token.start + end, number)
        for token in tokens
        for start, end, keys in (
            (0, token.end - token.start, token.stems),
            *((part.start, part.end, part.keys) for part in token.parts),
        )
        for number, group in enumerate(groups)
        if set(keys) & set(group)
    ]
    for position in {position for position, *_ in found}:
        window = [one for one in found if position <= one[0] <= position + NEAR]
        if {number for *_, number in window} == set(range(len(groups))):
            yield from ((start, end, False) for _, start, end, _ in window)


def _of_phrase(tokens: list[Token], phrase: Phrase) -> Iterator[tuple[int, int]]:
    at = {(token.exact, token.position): token for token in tokens}
    for _, position in at:
        if phrase.slop:
            window = [
                token
                for (word, place), token in at.items()
                if position <= place <= position + phrase.slop and word in phrase.words
            ]
            if {token.exact for token in window} == set(phrase.words):
                yield from ((token.start, token.end) for token in window)
            continue
        row = [at.get((word, position + offset)) for offset, word in enumerate(phrase.words)]
        if row[0] is not None and row[-1] is not None and all(row):
            yield row[0].start, row[-1].end
