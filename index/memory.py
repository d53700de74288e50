"""How the C library's allocator treats the memory of this process; nothing where it is not glibc."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Final

# The numbers of parameters in `malloc.h`.
_M_ARENA_MAX: Final = -8
_M_MMAP_THRESHOLD: Final = -3
_M_TRIM_THRESHOLD: Final = -1

_LARGE: Final = 2**20
_KEPT: Final = 2**23


def keep_little() -> None:
    """Let threads to come keep little of the memory that they have done with.

    All take it from one heap. Else each has one of its own that keeps what is free in it: 90 MB after some
    hundred searches. They have no use for it, since one thread runs at a time. What is large is taken from
    the system each time and given back at once. Else what is small comes to stand behind it in the heap,
    which grew by 150 MB so in searches of a million sections.
    """
    _call("mallopt", _M_ARENA_MAX, 1)
    _call("mallopt", _M_MMAP_THRESHOLD, _LARGE)
    _call("mallopt", _M_TRIM_THRESHOLD, _KEPT)


def give_back() -> None:
    """Give what is free back to the system: after something large or a long search, not each one."""
    _call("malloc_trim", 0)


def _call(name: str, *numbers: int) -> None:
    function: Callable[..., int] | None = getattr(ctypes.CDLL(None), name, None)
    if function is not None:
        function(*numbers)
