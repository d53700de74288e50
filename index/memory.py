"""How the C library's allocator treats the memory of this process; nothing where it is not glibc."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Final

_M_ARENA_MAX: Final = -8
"""The number of that parameter in `malloc.h`."""


def use_one_heap() -> None:
    """Let all threads to come take memory from one heap.

    Else each has one of its own that keeps what is free in it: 90 MB after some hundred searches. They have
    no use for it, since one thread runs at a time.
    """
    _call("mallopt", _M_ARENA_MAX, 1)


def give_back() -> None:
    """Give what is free back to the system: after something large was made, not after each search."""
    _call("malloc_trim", 0)


def _call(name: str, *numbers: int) -> None:
    function: Callable[..., int] | None = getattr(ctypes.CDLL(None), name, None)
    if function is not None:
        function(*numbers)
