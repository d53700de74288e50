"""The span of a special token."""

from __future__ import annotations

from typing import NamedTuple


class Special(NamedTuple):
    """A stretch of text with the keys of what it means."""

    start: int
    end: int
    keys: tuple[str, ...]
