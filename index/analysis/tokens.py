"""The token: one word or special form at a place in a text."""

from __future__ import annotations

from typing import NamedTuple


class Part(NamedTuple):
    """A part of a compound, at any level: `skol` and `skolskjuts` of `skolskjutsreglementet`.

    Attributes:
        word: its dictionary form, as it is shown (`skola`).
        keys: what it is found under, made of `word` as the stems of a word are.
        start: offset of its first character, counted from the start of the token.
        end: offset behind its last character, counted likewise.
    """

    word: str
    keys: tuple[str, ...]
    start: int
    end: int


class Token(NamedTuple):
    """What stands at one position.

    Several tokens may share a position (`14 november 2019` is three words and one date).

    Attributes:
        exact: the form as written, casefolded (`bygglovet`), or a special key (`d:20191114`).
        stems: the keys it is found under besides, in order of trust; the same for special keys.
        parts: the parts of a compound; empty for all other words and for special keys.
        position: counts words from 0.
        start: offset of its first character in the text that was given to the analysis.
        end: offset behind its last character.
    """

    exact: str
    stems: tuple[str, ...]
    parts: tuple[Part, ...]
    position: int
    start: int
    end: int
