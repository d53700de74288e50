"""The token: one word or special form at a place in a text."""

from __future__ import annotations

from typing import NamedTuple


class Token(NamedTuple):
    """What stands at one position.

    Several tokens may share a position (`14 november 2019` is three words and one date).

    Attributes:
        exact: the form as written, casefolded (`bygglovet`), or a special key (`d:20191114`).
        stems: the keys it is found under besides, in order of trust; the same for special keys.
        position: counts words from 0.
        start: offset of its first character in the text that was given to the analysis.
        end: offset behind its last character.
    """

    exact: str
    stems: tuple[str, ...]
    position: int
    start: int
    end: int
