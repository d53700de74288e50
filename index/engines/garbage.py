"""The garbage collector, while very much is remembered."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_COLLECT_AFTER: Final = 50_000
"""New objects before it looks at them: after 700, as usual, it takes a tenth of the time of indexing."""


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Let the garbage collector of the process look seldom at what is new, since next to none is garbage.

    For one at a time: who leaves first sets it back.
    """
    earlier = gc.get_threshold()
    # 0 is never.
    gc.set_threshold(max(earlier[0], _COLLECT_AFTER) if earlier[0] else 0, *earlier[1:])
    try:
        yield
    finally:
        gc.set_threshold(*earlier)
