"""Finds the few runs of a text, characters without white space, that may have a word which is sought.

The text is first written in one byte a character: small letters without what stands above them. Beginnings
of words are looked for in that, which costs a hundredth of looking at each run.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from index.analysis.folding import fold

_UNSURE: Final = b"?"
"""What is not Latin-1, and letters that are several when they are folded: a run with it is looked at."""

_JOINT: Final = b"-"
"""What may stand between the letters of a word."""

_UNPRINTABLE: Final = b"\x00"

_JOINTS: Final = frozenset("-'&`:´\u00ad")
_SIGNS: Final = "–”…•"
"""What is not Latin-1 either, but common, and no part of a word; a dash between digits joins no letters."""


class RunFinder:
    """Finds runs by the beginnings of words or of parts of words. May be used by several threads.

    Args:
        beginnings: folded and without hyphens; a run without any of them has nothing that is sought.
    """

    def __init__(self, beginnings: Iterable[str]) -> None:
        plain = {sketched(one).replace(_JOINT, b"") for one in beginnings if one.isascii()} - {b""}
        # What has another one in it is found with that one.
        shortest = {one for one in plain if not any(other in one for other in plain if other != one)}
        self._sought = (_UNSURE, *sorted(shortest))
        # What may stand behind a joint in it.
        self._joined = frozenset(b"".join([one[1:] for one in shortest]))

    def find(self, sketch: bytes) -> list[tuple[int, int]]:
        """Return where such runs begin and end in a sketched text, in order.

        White space beyond Latin-1 may be inside a run.
        """
        found: dict[int, int] = {}
        find, rfind, length = sketch.find, sketch.rfind, len(sketch)
        for sought in self._sought:
            place = find(sought)
            while place >= 0:
                end = find(b" ", place)
                if end < 0:
                    end = length
                found[rfind(b" ", 0, place) + 1] = end
                place = find(sought, end)
        if _JOINT in sketch:
            self._find_joined(sketch, found)
        return sorted(found.items())

    def _find_joined(self, sketch: bytes, found: dict[int, int]) -> None:
        """Put to `found` the runs that have what is sought when their joints are taken away."""
        find, joined, last = sketch.find, self._joined, len(sketch) - 1
        place = find(_JOINT)
        # A joint at the end of a run joins nothing.
        while 0 <= place < last:
            if sketch[place + 1] in joined:
                start, end = run_around(sketch, place)
                if start not in found and self._is_in(sketch[start:end].replace(_JOINT, b"")):
                    found[start] = end
            place = find(_JOINT, place + 1)

    def may_have(self, word: str) -> bool:
        """Tell whether what is sought may be in a word."""
        return self._is_in(sketched(word).replace(_JOINT, b""))

    def _is_in(self, run: bytes) -> bool:
        return any(map(run.__contains__, self._sought))


def run_around(sketch: bytes, place: int) -> tuple[int, int]:
    """Return where the run begins and ends that has the character at `place`, as `RunFinder` finds it."""
    end = sketch.find(b" ", place)
    return sketch.rfind(b" ", 0, place) + 1, len(sketch) if end < 0 else end


def sketched(text: str) -> bytes:
    """Return a text in one byte a character: small letters without what stands above them."""
    return _in_latin(text).translate(_SKETCH)


def sketched_line(text: str) -> bytes | None:
    """Return the same of a text all of which can be printed, in which the only white space is spaces.

    `None` for any other text.
    """
    sketch = _in_latin(text).translate(_SKETCH_OF_LINE)
    if _UNPRINTABLE in sketch or (_UNSURE in sketch and not text.isprintable()):
        return None
    return sketch


def is_plain(sketch: bytes) -> bool:
    """Tell whether all letters of a sketched text are there as they were, only folded."""
    return _UNSURE not in sketch


def _in_latin(text: str) -> bytes:
    for sign in _SIGNS:
        text = text.replace(sign, ".")
    return text.encode("latin-1", "replace")


def _sketched(byte: int) -> bytes:
    character = chr(byte)
    if character.isspace():
        return b" "
    if character in _JOINTS:
        return _JOINT
    folded = fold(character.casefold())
    if not character.isalnum():
        return _UNSURE if character == "?" else b"."
    return folded.encode() if folded.isascii() and len(folded) == 1 else _UNSURE


def _sketched_in_line(byte: int) -> bytes:
    return _sketched(byte) if chr(byte).isprintable() else _UNPRINTABLE


_SKETCH: Final = b"".join(map(_sketched, range(256)))
_SKETCH_OF_LINE: Final = b"".join(map(_sketched_in_line, range(256)))
