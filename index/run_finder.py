"""Finds the few runs of a text, characters without white space, that may have a word which is sought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from index.text_scan import JOINT, LETTER, PAIRS, UNSURE, WINDOW, Scanned, known_pairs, letter, scan

_LETTERS: Final = bytes(letter(chr(byte)) for byte in range(256))
_JOINTS: Final = bytes(byte for byte in range(256) if _LETTERS[byte] == JOINT)
_PAIRS: Final = known_pairs()


class RunFinder:
    """Finds runs by the beginnings of words or of parts of words. May be used by several threads.

    Args:
        beginnings: folded and without hyphens; a run without any of them has nothing that is sought.
    """

    def __init__(self, beginnings: Iterable[str]) -> None:
        # What is no ASCII cannot be a folded beginning of a word that has only letters that are sure.
        letters = {_letters(one)[:WINDOW] for one in beginnings if one.isascii()} - {b""}
        self._letters = (bytes([UNSURE]), *letters)
        self._pairs = _PAIRS.copy()
        sought: list[int] = []
        for one in self._letters:
            code = 0
            for each in one:
                code = code << 7 | each
            sought += ((1 << 7 * len(one)) - 1, code)
            if len(one) > 1:
                self._pairs[code & PAIRS - 1] = 1
            else:
                self._pairs[code :: LETTER + 1] = 1
        self._sought = np.array(sought, np.int64)

    def find(self, texts: Sequence[str]) -> Scanned:
        """Return where such runs are in some texts, in order."""
        return scan(texts, self._pairs, self._sought)

    def may_have(self, word: str) -> bool:
        """Tell whether what is sought may be in a word."""
        return any(map(_letters(word).__contains__, self._letters))


def _letters(word: str) -> bytes:
    return word.encode("latin-1", "replace").translate(_LETTERS, _JOINTS)
