"""Where a search is run: a short one at once, a long one in a thread, each within its time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Final, TypeVar

from index.errors import SearchTimeout
from index.memory import give_back
from search_service.computing_time import ComputingTime

T = TypeVar("T")

TimeLeft = Callable[[], float]
"""Gives the seconds that are left."""

SHORT: Final = 0.05
"""Seconds that a search may keep all others waiting; most take far less."""

_SHORT_BESIDE_OTHERS: Final = 3 * SHORT
"""The same while threads are at work: they have the interpreter for most of that time, and to begin anew
among them would take longer still."""

_THREADS: Final = 2
"""Long searches at one time: more would only make each of them longer, and take more memory."""

_FOR_THE_GREEDY: Final = 1
"""Searches at one time of those who have had more than their share: with more of them at work, the event loop
would seldom be the one that the interpreter lets run next."""

_BUSY: Final = "Just nu väntar för många långa sökningar. Försök igen om några sekunder."


class _Lane:
    """Threads that run one search after another, and not more than can be done in time."""

    def __init__(self, threads: int, name: str, *, most: int) -> None:
        self._most = most
        self.threads = ThreadPoolExecutor(threads, name)
        self._waiting = 0

    @property
    def is_at_work(self) -> bool:
        """Whether a search is run."""
        return self._waiting > 0

    async def run(self, search: Callable[[], T]) -> T:
        """Return what `search` returns.

        Raises:
            SearchTimeout: too many are waiting.
        """
        if self._waiting >= self._most:
            raise SearchTimeout(_BUSY)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self.threads, search)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Return when the searches under way are done."""
        self.threads.shutdown()


class SearchThreads:
    """Runs searches so that none keeps the others waiting for long.

    Handing a search to a thread costs something and makes it no quicker. So it is begun at once, and only one
    that is not done in `SHORT` seconds begins anew in a thread. Those of a client that has had more than its
    share of the computing time wait for each other in a lane of their own, where there is nobody else.

    Args:
        time_budget: seconds that a search may take.
        most_waiting: searches that are in a lane at a time; of too many the last would not be done in time.
        computing_share: seconds of computing that a client is given each second.
    """

    def __init__(self, time_budget: float, *, most_waiting: int, computing_share: float) -> None:
        self._time_budget = time_budget
        self._long = _Lane(_THREADS, "search", most=most_waiting)
        self._greedy = _Lane(_FOR_THE_GREEDY, "greedy-search", most=most_waiting)
        self._computing_time = ComputingTime(computing_share, clock=time.monotonic)

    async def run(
        self, make: Callable[[TimeLeft], T], *, client: str | None = None, is_long: bool = False
    ) -> T:
        """Return what `make` returns.

        Args:
            make: is given the time that it has; may be called twice.
            client: who asks, as `Clients.name` has it; `None` has no share that it could exceed.
            is_long: whether it is known to take its time.

        Raises:
            SearchTimeout: it is not done when its time is over, waiting for a thread included.
        """
        ends = time.monotonic() + self._time_budget
        is_greedy = self._is_greedy(client)
        if not is_long and not is_greedy:
            is_busy = self._long.is_at_work or self._greedy.is_at_work
            short = time.monotonic() + (_SHORT_BESIDE_OTHERS if is_busy else SHORT)
            try:
                return self._counted(client, lambda: make(_until(min(ends, short))))
            except SearchTimeout:
                if self._time_budget <= SHORT:
                    raise
        lane = self._greedy if is_greedy else self._long
        loop = asyncio.get_running_loop()

        def search() -> T:
            started = time.thread_time()
            try:
                return make(_until(ends))
            finally:
                seconds = time.thread_time() - started
                if client is not None:
                    loop.call_soon_threadsafe(self._computing_time.spend, client, seconds)
                if seconds > SHORT:
                    # 1 to 4 ms; at a million sections, 45 MB that would lie between what is kept.
                    give_back()

        return await lane.run(search)

    def writer(self, client: str | None) -> Executor | None:
        """Return where what `client` has found is to be written, `None` for where everybody's is.

        A thread more at work would be one more that the event loop waits for.
        """
        return self._greedy.threads if self._is_greedy(client) else None

    def _is_greedy(self, client: str | None) -> bool:
        return client is not None and self._computing_time.is_over(client)

    def _counted(self, client: str | None, search: Callable[[], T]) -> T:
        if client is None:
            return search()
        started = time.thread_time()
        try:
            return search()
        finally:
            self._computing_time.spend(client, time.thread_time() - started)

    def close(self) -> None:
        """Return when the searches under way are done."""
        self._long.close()
        self._greedy.close()


def _until(moment: float) -> TimeLeft:
    return lambda: max(moment - time.monotonic(), 0.0)
