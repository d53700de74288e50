"""Looks for what is left of a text: pieces of it, in other texts and in bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_LENGTH: Final = 32
"""Characters of a stretch: whatever is copied whole and is twice as long has one of them in it."""
_ENCODINGS: Final = ("utf-8", "latin-1")


def stretches(text: str) -> Iterator[str]:
    """Yield a text in pieces of one length; nothing of a text that is shorter."""
    for start in range(0, len(text) - _LENGTH + 1, _LENGTH):
        yield text[start : start + _LENGTH]
    if len(text) > _LENGTH:
        yield text[-_LENGTH:]


def found_in(text: str, wanted: Iterable[str]) -> Iterator[str]:
    """Yield those of some stretches that stand in a text."""
    return (stretch for stretch in wanted if stretch in text)


def places_of(wanted: Iterable[str], contents: Iterable[tuple[str, bytes | memoryview]]) -> Iterator[str]:
    """Yield the names of the contents that have any of some stretches, in an encoding of stored texts."""
    patterns = {encoded for stretch in wanted for encoded in _encoded(stretch)}
    if not patterns:
        return
    pattern = re.compile(b"|".join(map(re.escape, sorted(patterns))))
    for where, content in contents:
        if pattern.search(content):
            yield where


def _encoded(stretch: str) -> Iterator[bytes]:
    for encoding in _ENCODINGS:
        try:
            yield stretch.encode(encoding)
        except UnicodeEncodeError:
            continue
