"""How long requests take: all engines in one process, one after the other for each query, in CPU time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scripts.benchmarks.engines.engine import HITS, BenchmarkedEngine, Outcome
from scripts.benchmarks.queries import FILTERS, BenchmarkQuery

_COARSE: Final = 1e-5
"""Seconds; a clock that ticks in such steps cannot tell engines apart."""

Clock = Callable[[], int]
Progress = Callable[[int], None]
"""Called with the number of queries that all engines have answered since the last call."""


@dataclass(frozen=True, slots=True)
class Latencies:
    """How long an engine took, in nanoseconds.

    Attributes:
        first: each query for the first time, int64 of shape (queries,).
        request: each query again, int64 of shape (rounds, queries).
        top_ten: the same without snippets and counts, int64 of shape (rounds, queries).
    """

    first: NDArray[np.int64]
    request: NDArray[np.int64]
    top_ten: NDArray[np.int64]


def best_clock() -> tuple[str, Clock]:
    """Return the clock that requests are timed with, and its name: CPU time where that is exact enough."""
    if time.get_clock_info("process_time").resolution <= _COARSE:
        return "CPU time", time.process_time_ns
    return "wall time", time.perf_counter_ns


def measure(
    engines: Sequence[BenchmarkedEngine],
    queries: Sequence[BenchmarkQuery],
    *,
    rounds: int,
    clock: Clock,
    progress: Progress,
) -> dict[str, Latencies]:
    """Ask every engine every query, once as the first time and then in `rounds` rounds.

    Which engine comes first changes from query to query.
    """
    names = [engine.name for engine in engines]
    first = {name: np.zeros(len(queries), dtype=np.int64) for name in names}
    request = {name: np.zeros((rounds, len(queries)), dtype=np.int64) for name in names}
    top_ten = {name: np.zeros((rounds, len(queries)), dtype=np.int64) for name in names}
    asked = {engine.name: [engine.translate(query) for query in queries] for engine in engines}
    for number in range(rounds + 1):
        for place in range(len(queries)):
            for engine in _rotated(engines, place + number):
                times = first[engine.name] if number == 0 else request[engine.name][number - 1]
                times[place] = _timed(engine.request, asked[engine.name][place], clock)
            if number:
                for engine in _rotated(engines, place + number):
                    times = top_ten[engine.name][number - 1]
                    times[place] = _timed(engine.top_ten, asked[engine.name][place], clock)
            progress(1)
    return {name: Latencies(first[name], request[name], top_ten[name]) for name in names}


def outcomes(
    engines: Iterable[BenchmarkedEngine], queries: Sequence[BenchmarkQuery]
) -> dict[str, list[Outcome]]:
    """Return what every engine finds, after looking whether it is whole.

    Raises:
        ValueError: an engine leaves out hits, snippets or counts: it would be measured at less work.
    """
    found: dict[str, list[Outcome]] = {}
    for engine in engines:
        found[engine.name] = [engine.outcome(engine.request(engine.translate(query))) for query in queries]
        for query, outcome in zip(queries, found[engine.name], strict=True):
            check(engine.name, query, outcome)
    return found


def percentiles(times: NDArray[Any]) -> Mapping[str, float]:
    """Return mean and percentiles, in milliseconds, of times in nanoseconds, one a query."""
    found = dict(zip(("p50", "p95", "p99"), np.percentile(times, (50, 95, 99)) / 1e6, strict=True))
    return {name: round(float(value), 4) for name, value in (found | {"mean": times.mean() / 1e6}).items()}


def _timed(ask: Callable[[Any], Any], asked: Any, clock: Clock) -> int:
    start = clock()
    answer = ask(asked)
    taken = clock() - start
    # Let go here: freeing an answer is no work of the next engine.
    del answer
    return taken


def _rotated(engines: Sequence[BenchmarkedEngine], by: int) -> Sequence[BenchmarkedEngine]:
    at = by % len(engines)
    return (*engines[at:], *engines[:at])


def check(name: str, query: BenchmarkQuery, outcome: Outcome) -> None:
    """Look whether an engine did all the work.

    Raises:
        ValueError: it leaves out hits, snippets or counts.
    """
    expected = min(outcome.total, HITS)
    if not len(outcome.ids) == len(outcome.snippets) == expected:
        raise ValueError(f"{name} returns {len(outcome.ids)} hits of {outcome.total} for {query}")
    for facet in FILTERS:
        if query.filter and query.filter[0] == facet:
            counted = outcome.counts[facet].get(query.filter[1], 0)
        else:
            counted = sum(outcome.counts[facet].values())
        if counted != outcome.total:
            raise ValueError(f"{name} counts {counted} by {facet} of {outcome.total} for {query}")
