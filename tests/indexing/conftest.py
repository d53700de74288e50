"""A folder of minutes, and an index of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.engines.whoosh_engine import WhooshEngine


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    folder = tmp_path / "minutes"
    folder.mkdir()
    return folder


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[WhooshEngine]:
    engine = WhooshEngine(tmp_path / "index")
    yield engine
    engine.close()
