"""Words: where they stand in a text and which keys each is found under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from index.analysis.abbreviations import ABBREVIATIONS
from index.analysis.tokens import Token
from index.analysis.word_keys import WordKeys

MAX_WORD: Final = 128
"""Characters of a word that count. What is longer is no word, but must not break anything."""

_MAX_JOINED: Final = 8
"""Pieces of a hyphenated word above which it is no word as a whole."""

# Letters and digits with single marks between them: a word, or several that are written together.
_CHUNK: Final = re.compile(r"[^\W_]++(?:[-.:'&][^\W_]++)*+")
_RUN: Final = re.compile(r"[^\W_]+")
_HYPHENATED: Final = re.compile(r"[^\W_]+(?:[-'&][^\W_]+)*")
_HYPHENS: Final = re.compile(r"[-'&]")
_LETTER: Final = re.compile(r"[^\W_]")
_COLON_ENDING: Final = re.compile(
    r":(?:s|n|t|a|e|en|et|ns|ts|ens|ets|ar|er|or|arna|erna|orna|arnas|ernas|aren|arens|are|es|as)\Z"
)


def words(text: str, keys: WordKeys) -> tuple[Token, ...]:
    """Return the words of a normalised text, in order of position and then of length, the longest first.

    `ICLD:s` is icld; `bl.a` is one word; `kosten.baten` are two; a hyphenated word is itself and its
    pieces, and is also found under the form without hyphens (`e-post`, `epost`). Tokens of one exact form
    have the same keys.
    """
    found: list[Token] = []
    position = 0
    for chunk in _CHUNK.finditer(text):
        found += _words_of_chunk(chunk[0], position, chunk.start(), keys)
        position = found[-1].position + 1
    return tuple(found)


def _words_of_chunk(chunk: str, position: int, start: int, keys: WordKeys) -> Iterator[Token]:
    abbreviation = ABBREVIATIONS.get(chunk.casefold())
    if abbreviation is not None:
        yield _abbreviated(abbreviation, position, start, start + len(chunk), keys)
        return
    ending = _COLON_ENDING.search(chunk)
    body = chunk[: ending.start()] if ending else chunk
    for match in _HYPHENATED.finditer(body):
        for word in _hyphenated(match[0], position, start + match.start(), keys):
            position = word.position + 1
            is_last = ending is not None and word.end == start + len(body)
            yield word._replace(end=start + len(chunk)) if is_last else word


def _abbreviated(word: str, position: int, start: int, end: int, keys: WordKeys) -> Token:
    """Return an abbreviation; one that stands for a word (`s:a`) has the keys of that word."""
    if "." in word:
        return Token(word, (word,), (), position, start, end)
    stems, parts = keys.of(word)
    return Token(
        word, stems, tuple(part._replace(start=0, end=end - start) for part in parts), position, start, end
    )


def _hyphenated(word: str, position: int, start: int, keys: WordKeys) -> Iterator[Token]:
    runs = list(_RUN.finditer(word))
    if 1 < len(runs) <= _MAX_JOINED and len(word) <= MAX_WORD and not _HYPHENS.sub("", word).isdigit():
        yield _whole(word, position, start, keys)
    for place, run in enumerate(runs):
        yield _piece(run[0], position + place, start + run.start(), keys)


def _whole(word: str, position: int, start: int, keys: WordKeys) -> Token:
    """Return a hyphenated word as a whole; its parts are those that it has without hyphens."""
    exact = word.casefold()
    hyphenated, joined = keys.of(exact), keys.of(_HYPHENS.sub("", exact))
    letters = [match.start() for match in _LETTER.finditer(word)]
    # What casefolding makes longer (ß) has parts behind the last letter that is written.
    last = len(letters) - 1
    parts = tuple(
        part._replace(start=letters[min(part.start, last)], end=letters[min(part.end - 1, last)] + 1)
        for part in joined.parts
    )
    stems = tuple(dict.fromkeys((*hyphenated.stems, *joined.stems)))
    return Token(exact, stems, parts, position, start, start + len(word))


def _piece(run: str, position: int, start: int, keys: WordKeys) -> Token:
    exact = run[:MAX_WORD].casefold()
    stems, parts = keys.of(exact)
    if len(exact) > len(run):
        # What casefolding makes longer (ß) has parts behind the last letter that is written.
        end = len(run)
        parts = tuple(part._replace(start=min(part.start, end - 1), end=min(part.end, end)) for part in parts)
    return Token(exact, stems, parts, position, start, start + len(run))
