"""A picture of how latency grows with the size of the index."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.benchmarks.figures import value_at

_LINES = (("p50", "-"), ("p95", "--"), ("p99", ":"))


def can_draw() -> bool:
    """Tell whether there is what draws: matplotlib, of the extra `bench`."""
    return importlib.util.find_spec("matplotlib") is not None


def draw(sizes: Mapping[str, Mapping[str, Any]], file: Path) -> None:
    """Write a PNG: sections across, milliseconds up, both in powers of ten; a colour an engine."""
    import matplotlib as mpl  # noqa: PLC0415 - optional, and slow to load

    mpl.use("agg")
    from matplotlib import pyplot  # noqa: PLC0415 - likewise

    figure, axes = pyplot.subplots(figsize=(8, 5))
    for number, name in enumerate(dict.fromkeys(name for engines in sizes.values() for name in engines)):
        for percentile, style in _LINES:
            points = [
                (int(size), value_at(engines.get(name, {}), ("request_ms", percentile)))
                for size, engines in sizes.items()
            ]
            at, times = zip(*(point for point in points if point[1]), strict=True)
            axes.plot(at, times, style, marker="o", color=f"C{number}", label=f"{name} {percentile}")
    axes.set(xscale="log", yscale="log", xlabel="sections", ylabel="ms of a request (CPU)")
    axes.set_title("Ten best with snippets, and exact counts of three facets")
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend(fontsize="small", ncols=3)
    figure.tight_layout()
    figure.savefig(file, dpi=120)
    pyplot.close(figure)
