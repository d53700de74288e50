"""When Python's garbage collector looks at what there is, next to none of which is garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_COLLECT_AFTER: Final = 50_000
"""New objects before it looks at them. After 700, as usual, it takes a tenth of the time of indexing, and now
and then an answer waits for it."""


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Let it look seldom at what is new.

    For one at a time in a process: who leaves first sets it back.
    """
    earlier = gc.get_threshold()
    # 0 is never.
    gc.set_threshold(max(earlier[0], _COLLECT_AFTER) if earlier[0] else 0, *earlier[1:])
    try:
        yield
    finally:
        gc.set_threshold(*earlier)


@contextmanager
def frozen() -> Iterator[None]:
    """Let it look seldom at what is new, and never again at what is there now."""
    gc.collect()
    gc.freeze()
    try:
        with collected_seldom():
            yield
    finally:
        gc.unfreeze()
