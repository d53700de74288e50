"""Variation without chance: what is picked depends on a key alone."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def pick(options: Sequence[T], key: str) -> T:
    """The same option for the same key, on every machine."""
    return options[zlib.crc32(key.encode()) % len(options)]


def pick_several(options: Sequence[T], count: int, key: str) -> tuple[T, ...]:
    """`count` different options in a made order that depends on the key alone."""
    order = sorted(range(len(options)), key=lambda place: zlib.crc32(f"{key}/{place}".encode()))
    return tuple(options[place] for place in order[:count])
