"""Where a search is run: a short one at once, a long one in a thread, each within its time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from index.errors import SearchTimeout

T = TypeVar("T")

TimeLeft = Callable[[], float]
"""Gives the seconds that are left."""

SHORT: Final = 0.05
"""Seconds that a search may keep all others waiting; most take far less."""

_THREADS: Final = 2
"""Long searches at one time: more would only make each of them longer, and take more memory."""


class SearchThreads:
    """Runs searches so that none keeps the others waiting for long.

    Handing a search to a thread costs something and makes it no quicker. So it is begun at once, and only one
    that is not done in `SHORT` seconds begins anew in a thread.
    """

    def __init__(self, time_budget: float) -> None:
        self._time_budget = time_budget
        self._threads = ThreadPoolExecutor(_THREADS, "search")

    async def run(self, make: Callable[[TimeLeft], T], *, is_long: bool = False) -> T:
        """Return what `make` returns.

        Args:
            make: is given the time that it has; may be called twice.
            is_long: whether it is known to take its time.

        Raises:
            SearchTimeout: it is not done when its time is over, waiting for a thread included.
        """
        ends = time.monotonic() + self._time_budget
        if not is_long:
            try:
                return make(_until(min(ends, time.monotonic() + SHORT)))
            except SearchTimeout:
                if self._time_budget <= SHORT:
                    raise
        return await asyncio.get_running_loop().run_in_executor(self._threads, make, _until(ends))

    def close(self) -> None:
        """Return when the searches under way are done."""
        self._threads.shutdown()


def _until(moment: float) -> TimeLeft:
    return lambda: max(moment - time.monotonic(), 0.0)
