"""Words: where they stand in a text and which keys each is found under."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from index.analysis.abbreviations import ABBREVIATIONS
from index.analysis.definite_forms import indefinite_stem
from index.analysis.stemming import Stemmer

CHUNK: Final = re.compile(r"[^\W_]+(?:[-.:'&][^\W_]+)*")
"""Letters and digits with single marks between them: a word, or several that are written together."""

MAX_WORD: Final = 128
"""Characters of a word that count. What is longer is no word, but must not break anything."""

_MAX_JOINED: Final = 8
"""Pieces of a hyphenated word above which it is no word as a whole."""

_RUN: Final = re.compile(r"[^\W_]+")
_HYPHENATED: Final = re.compile(r"[^\W_]+(?:[-'&][^\W_]+)*")
_HYPHENS: Final = re.compile(r"[-'&]")
_COLON_ENDING: Final = re.compile(
    r":(?:s|n|t|a|e|en|et|ns|ts|ens|ets|ar|er|or|arna|erna|orna|arnas|ernas|aren|arens|are|es|as)\Z"
)


class Piece(NamedTuple):
    """A word in a chunk: its keys, its position and its span, both counted from the chunk's."""

    exact: str
    stems: tuple[str, ...]
    position: int
    start: int
    end: int


def pieces(chunk: str, stemmer: Stemmer) -> tuple[Piece, ...]:
    """Return the words of a chunk, in order of position and then of length, the longest first.

    `ICLD:s` is icld; `bl.a` is one word; `kosten.baten` are two; a hyphenated word is itself and its
    pieces, and is also found under the form without hyphens (`e-post`, `epost`).
    """
    abbreviation = ABBREVIATIONS.get(chunk.casefold())
    if abbreviation is not None:
        return (Piece(abbreviation, (abbreviation,), 0, 0, len(chunk)),)
    ending = _COLON_ENDING.search(chunk)
    body = chunk[: ending.start()] if ending else chunk
    found: list[Piece] = []
    position = 0
    for match in _HYPHENATED.finditer(body):
        words = _hyphenated(match[0], position, match.start(), stemmer)
        position = words[-1].position + 1
        found += words
    if ending:
        found = [piece._replace(end=len(chunk)) if piece.end == len(body) else piece for piece in found]
    return tuple(found)


def _hyphenated(word: str, position: int, start: int, stemmer: Stemmer) -> list[Piece]:
    runs = list(_RUN.finditer(word))
    words = [_piece(run[0], position + place, start + run.start(), stemmer) for place, run in enumerate(runs)]
    if 1 < len(runs) <= _MAX_JOINED and len(word) <= MAX_WORD and not _HYPHENS.sub("", word).isdigit():
        exact = word.casefold()
        stems = _stems(exact, _HYPHENS.sub("", exact), stemmer=stemmer)
        words.insert(0, Piece(exact, stems, position, start, start + len(word)))
    return words


def _piece(run: str, position: int, start: int, stemmer: Stemmer) -> Piece:
    exact = run[:MAX_WORD].casefold()
    return Piece(exact, _stems(exact, stemmer=stemmer), position, start, start + len(run))


def _stems(*words: str, stemmer: Stemmer) -> tuple[str, ...]:
    """Return the keys of a word with one or more spellings, each once, the surest first."""
    stems = [stemmer.stem(word) for word in words]
    further = [indefinite_stem(word, stem, stemmer.stem) for word, stem in zip(words, stems, strict=True)]
    return tuple(dict.fromkeys((*stems, *filter(None, further))))
