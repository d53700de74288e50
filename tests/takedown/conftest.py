"""Minutes with something private, an index of them, and a server of that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search_service.settings import Settings
from tests.minutes_folder import write_minutes
from tests.takedown.private_minutes import PRIVATE, run_reindex
from tests.web_client import Client, serving


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    folder = tmp_path / "minutes"
    write_minutes(folder, "a.txt", word="sandlåda")
    write_minutes(folder, "b.txt", word="gungställning", number=2)
    (folder / "c.txt").write_text(PRIVATE, encoding="utf-8")
    return folder


@pytest.fixture
def index(minutes: Path, tmp_path: Path) -> Path:
    run_reindex(minutes, tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def client(index: Path) -> Iterator[Client]:
    with serving(Settings(index_dir=index)) as made:
        yield made
