"""Loops over arrays as machine code: Numba makes it once on a machine and keeps it beside the module.

A step that NumPy cannot say in few passes, over letters, places or nodes of a trie, is a plain loop over
arrays, decorated with what it takes and returns:

    @compiled(INT64(reads(UINT8), writes(INT32)))
    def _line_starts(text, starts): ...

The code that is kept is made again when its own module changes, and only then: what is compiled calls nothing
compiled in another module and takes constants of other modules as arguments (`tests/test_compiled.py`).
"""

from __future__ import annotations

import logging
import pkgutil
import sys
from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from typing import Any, Final, ParamSpec, TypeVar

import numba
from numba import types

_LOGGER: Final = logging.getLogger(__name__)

_Arguments = ParamSpec("_Arguments")
_Returned = TypeVar("_Returned")

NONE: Final = types.void
BOOL: Final = types.boolean
UINT8: Final = types.uint8
UINT16: Final = types.uint16
UINT32: Final = types.uint32
UINT64: Final = types.uint64
INT32: Final = types.int32
INT64: Final = types.int64
FLOAT32: Final = types.float32
FLOAT64: Final = types.float64


def reads(element: Any) -> Any:
    """Return the type of a contiguous array that is only read, of one dimension; a writable one fits too."""
    return types.Array(element, 1, "C", readonly=True)


def writes(element: Any) -> Any:
    """Return the type of a contiguous array of one dimension that is written."""
    return types.Array(element, 1, "C")


def several(element: Any, count: int) -> Any:
    """Return the type of a tuple of so many of one type, of arrays that go together."""
    return types.UniTuple(element, count)  # type: ignore[no-untyped-call] # Numba has no types


def compiled(signature: Any) -> Callable[[Callable[_Arguments, _Returned]], Callable[_Arguments, _Returned]]:
    """Return a decorator that makes a function over arrays and numbers machine code, when it is defined.

    Other threads run meanwhile. An index outside of an array is not noticed, which saves a third of the time;
    the tests run with `NUMBA_BOUNDSCHECK=1`, where it raises `IndexError`.

    Args:
        signature: the types it takes and returns, `INT64(reads(UINT8), UINT32)`; or a list of such.
    """

    def compile_(function: Callable[_Arguments, _Returned]) -> Callable[_Arguments, _Returned]:
        compile_function = partial(numba.njit, signature, nogil=True, error_model="numpy")
        try:
            return compile_function(cache=True)(function)
        except Exception:  # no place to write, a full disk, or what a damaged file makes of pickle
            _say_not_kept()
            return compile_function(cache=False)(function)

    return compile_


@cache
def _say_not_kept() -> None:
    _LOGGER.warning(
        "Compiled code cannot be kept, or not be read, so each start takes up to half a minute. Remove the "
        "files *.nbi and *.nbc, or let NUMBA_CACHE_DIR name a folder that can be written."
    )


def compile_all() -> None:
    """Compile what is not yet compiled in this package, so that no later start has to."""
    package = sys.modules[__package__]
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        import_module(module.name)


if __name__ == "__main__":
    compile_all()
