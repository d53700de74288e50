"""The engines by name."""

from __future__ import annotations

import importlib
from typing import Final

from scripts.benchmarks.engines.engine import BenchmarkedEngine

NAMES: Final = ("project", "tantivy", "sqlite")
"""In the order in which they are shown."""

_CLASSES: Final = {
    "project": ("scripts.benchmarks.engines.project", "ProjectEngine"),
    "tantivy": ("scripts.benchmarks.engines.tantivy", "TantivyEngine"),
    "sqlite": ("scripts.benchmarks.engines.sqlite", "SqliteEngine"),
}


class EngineNotInstalled(Exception):
    """An engine was asked for whose package is not there. The message says how to get it."""


def make_engine(name: str) -> BenchmarkedEngine:
    """Return the engine of that name, closed.

    Raises:
        EngineNotInstalled: it comes with the extra `bench`.
    """
    module, class_name = _CLASSES[name]
    try:
        found = getattr(importlib.import_module(module), class_name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise EngineNotInstalled(
            f"{name} is not installed. It comes with the extra bench: .venv/bin/pip install '.[bench]'. "
            f"To do without it: --only {','.join(each for each in NAMES if each != name)}"
        ) from error
    engine: BenchmarkedEngine = found()
    return engine
