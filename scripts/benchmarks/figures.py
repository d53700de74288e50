"""The figures of a run, as `--json` writes them, and the table that is printed of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from scripts.benchmarks.building import Built
from scripts.benchmarks.engines.engine import Outcome
from scripts.benchmarks.latency import Latencies, percentiles
from scripts.benchmarks.opening import Opened
from scripts.benchmarks.queries import BenchmarkQuery, Kind

Figures = dict[str, Any]

REFERENCE: Final = "tantivy"
"""The engine that the others are compared with."""

_MEGABYTE: Final = 1e6
_PERCENTILES: Final = ("p50", "p95", "p99")
_ROWS: Final = (
    *((f"request {name}, ms", ("request_ms", name), 1.0) for name in _PERCENTILES),
    *((f"request the first time {name}, ms", ("first_request_ms", name), 1.0) for name in _PERCENTILES),
    *((f"top ten {name}, ms", ("top_ten_ms", name), 1.0) for name in _PERCENTILES),
    ("sections indexed per CPU second", ("sections_per_cpu_s",), 1.0),
    ("peak memory of indexing, MB", ("peak_rss_bytes",), _MEGABYTE),
    ("index on disk, MB", ("disk_bytes",), _MEGABYTE),
    ("opening, ms", ("open_ms",), 1.0),
    ("first answer after opening, ms", ("first_answer_ms",), 1.0),
    ("memory beyond mapped files, MB", ("anonymous_bytes",), _MEGABYTE),
    *((f"HTTP {name}, one connection, ms", ("http_ms", name), 1.0) for name in _PERCENTILES),
    *(
        (f"HTTP {label}, {workers} worker(s)", ("http", f"{workers}_workers", key), unit)
        for workers in (1, 2)
        for label, key, unit in (
            ("requests a second", "requests_per_s", 1.0),
            ("requests per server CPU second", "requests_per_server_cpu_s", 1.0),
            ("memory of a worker beyond mapped files, MB", "anonymous_bytes", _MEGABYTE),
        )
    ),
    ("matches a query, mean", ("matches", "mean"), 1.0),
)


def engine_figures(
    queries: Sequence[BenchmarkQuery],
    *,
    built: Built,
    opened: Opened,
    latencies: Latencies,
    outcomes: Sequence[Outcome],
    over_http: Mapping[str, Any] | None,
) -> Figures:
    """Return the figures of one engine; `over_http` is `None` for an engine that is not served."""
    request = np.median(latencies.request, axis=0)
    totals = np.array([outcome.total for outcome in outcomes])
    return {
        "request_ms": percentiles(request),
        "top_ten_ms": percentiles(np.median(latencies.top_ten, axis=0)),
        "sections_per_cpu_s": round(built.sections / max(built.cpu_seconds, 1e-6), 1),
        "peak_rss_bytes": built.peak_rss_bytes,
        "disk_bytes": built.disk_bytes,
        "open_ms": round(opened.open_ms, 3),
        "http_ms": None,
        "first_request_ms": percentiles(latencies.first),
        "request_p50_ms_by_kind": _by_kind(queries, request),
        "matches": {"mean": round(float(totals.mean()), 1), "p50": float(np.median(totals))},
        "indexing_cpu_s": round(built.cpu_seconds, 3),
        "indexing_s": round(built.seconds, 3),
        "first_open_ms": round(opened.first_open_ms, 3),
        "first_answer_ms": round(opened.first_answer_ms, 3),
        "anonymous_bytes": opened.anonymous_bytes,
        "version": opened.version,
        **(over_http or {}),
    }


def with_ratios(engines: Mapping[str, Figures]) -> dict[str, Figures]:
    """Return the figures of one size with each one's ratio to the reference in the same run."""
    reference = engines.get(REFERENCE)
    if reference is None:
        return dict(engines)
    return {name: {**figures, "ratios": _ratios(figures, reference)} for name, figures in engines.items()}


def table(size: str, engines: Mapping[str, Figures]) -> str:
    """Return the figures of one size for people: a column an engine, each figure with its ratio."""
    head = ["", *engines]
    rows = [[label, *_cells(engines, path, unit)] for label, path, unit in _ROWS]
    rows += [[f"p50 of {kind}, ms", *_cells(engines, ("request_p50_ms_by_kind", kind), 1.0)] for kind in Kind]
    filled = [row for row in rows if any(cell != "–" for cell in row[1:])]
    widths = [max(len(row[column]) for row in (head, *filled)) for column in range(len(head))]
    lines = [f"{int(size):,} sections; in brackets how many times the figure of {REFERENCE}"]
    for row in (head, *filled):
        label, *cells = row
        shown = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        lines.append("  ".join((label.ljust(widths[0]), *shown)).rstrip())
    return "\n".join(lines)


def _by_kind(queries: Sequence[BenchmarkQuery], request: Any) -> dict[str, float]:
    kinds = np.array([query.kind.value for query in queries])
    return {kind: round(float(np.median(request[kinds == kind])) / 1e6, 4) for kind in Kind if kind in kinds}


def _cells(engines: Mapping[str, Figures], path: tuple[str, ...], unit: float) -> Iterator[str]:
    reference = value_at(engines.get(REFERENCE, {}), path)
    for name, figures in engines.items():
        value = value_at(figures, path)
        if value is None:
            yield "–"
        elif reference and name != REFERENCE:
            yield f"{_shown(value / unit)} ({value / reference:.2f})"
        else:
            yield _shown(value / unit)


def _ratios(figures: Figures, reference: Figures) -> dict[str, float]:
    found = {}
    for _, path, _ in _ROWS:
        value, other = value_at(figures, path), value_at(reference, path)
        if value is not None and other:
            found[".".join(path)] = round(value / other, 4)
    return found


def value_at(figures: Mapping[str, Any], path: tuple[str, ...]) -> float | None:
    """Return the number that stands at a path of keys, `None` when there is none."""
    found: Any = figures
    for key in path:
        if not isinstance(found, Mapping):
            return None
        found = found.get(key)
    return found if isinstance(found, int | float) else None


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
