"""What the service tells Prometheus of itself: no query texts, no addresses, only numbers.

With several worker processes each keeps its numbers in files of one folder, and any of them adds them up.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

MEDIA_TYPE: Final = CONTENT_TYPE_LATEST

_LOGGER: Final = logging.getLogger(__name__)

_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that the library looks at when it is imported, so before the processes begin."""

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
_HITS: Final = (0, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)

IndexFigures = dict[str, tuple[str, float]]
"""Name to what it is and its value."""


class Metrics:
    """The numbers of one service: requests, how long they took, how many hits searches had."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "minutes_http_requests",
            "Requests that were answered",
            ["route", "method", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "minutes_http_request_seconds",
            "How long answers took to make",
            ["route"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._hits = Histogram(
            "minutes_search_hits",
            "How many hits searches had",
            buckets=_HITS,
            registry=self._registry,
        )

    def answered(self, route: str, *, method: str, status: int, seconds: float) -> None:
        """Count an answer.

        Args:
            route: the pattern of its address: there are few of them, whatever is asked.
            method: of HTTP.
            status: likewise.
            seconds: what it took.
        """
        requests, took = self._of_route(route, method, status)
        requests.inc()
        took.observe(seconds)

    def _of_route(self, route: str, method: str, status: int) -> tuple[Counter, Histogram]:
        """Return the numbers of such answers; the library takes a hundredth of a request to find them."""
        key = route, method, status
        known = self._numbers.get(key)
        if known is None:
            known = self._requests.labels(route, method, str(status)), self._seconds.labels(route)
            self._numbers[key] = known
        return known

    def found(self, hits: int) -> None:
        """Count a search with so many hits."""
        self._hits.observe(hits)

    def exposition(self, index: IndexFigures) -> bytes:
        """Return all numbers in the text format, those of all processes together.

        Args:
            index: what is to be said of the index, as it is now.
        """
        registry = self._registry
        if os.environ.get(_FOLDER):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # the library's
        now = CollectorRegistry()
        now.register(_Gauges(index))
        return generate_latest(registry) + generate_latest(now)


class _Gauges(Collector):
    """Numbers as they are at the moment."""

    def __init__(self, figures: IndexFigures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        for name, (description, value) in self._figures.items():
            yield GaugeMetricFamily(name, description, value=value)


@contextmanager
def shared_by_processes(workers: int) -> Iterator[None]:
    """Let processes that begin inside add up their numbers."""
    if workers < 2:
        yield
        return
    try:
        shared = TemporaryDirectory(prefix="minutes-search-metrics-")
    except OSError as error:
        _LOGGER.warning("each process will tell /metrics of itself alone: %s", error)
        yield
        return
    with shared as folder:
        os.environ[_FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[_FOLDER]
