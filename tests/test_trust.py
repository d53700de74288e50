"""An index that others can change is not opened: opening it runs what its files say."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index import generations
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexUnsafe
from index.request import SearchRequest
from tests.builders import document, section

PLACES: dict[str, Callable[[Path], Path]] = {
    "the folder": lambda index: index,
    "the folder of generations": lambda index: index / "generations",
    "the pointer": lambda index: index / "CURRENT",
    "the generation": generations.current,
    "the manifest": lambda index: generations.current(index) / "manifest.json",
    "the table of segments": lambda index: next(generations.current(index).glob("*.toc")),
}
INSIDE = {name: place for name, place in PLACES.items() if name != "the folder"}


@pytest.fixture
def index(tmp_path: Path) -> Path:
    put(tmp_path / "index")
    return tmp_path / "index"


def put(folder: Path) -> None:
    with closing(WhooshEngine(folder)) as engine, engine.update() as writer:
        writer.put(document("a.txt", section("1", text="skola")))


def total(index: Path) -> int:
    with closing(WhooshEngine(index)) as engine:
        return engine.search(SearchRequest()).total


@pytest.mark.parametrize("others", [0o020, 0o002, 0o022])
@pytest.mark.parametrize("place", PLACES)
def test_what_others_may_write_to_is_refused_with_the_command_that_mends_it(
    index: Path, place: str, others: int
) -> None:
    path = PLACES[place](index)
    mode = path.stat().st_mode
    path.chmod(mode | others)

    with pytest.raises(IndexUnsafe, match=f"chmod go-w {path}"):
        total(index)
    path.chmod(mode)

    assert total(index) == 1


@pytest.mark.parametrize("place", INSIDE)
def test_a_link_inside_an_index_is_refused(index: Path, tmp_path: Path, place: str) -> None:
    path = INSIDE[place](index)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(IndexUnsafe, match=str(path)):
        total(index)


def test_the_folder_itself_may_be_named_by_a_link(index: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(index)

    assert total(tmp_path / "link") == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("place", INSIDE)
def test_what_belongs_to_somebody_else_is_refused(index: Path, place: str) -> None:
    os.chown(INSIDE[place](index), 12345, -1)

    with pytest.raises(IndexUnsafe, match="chown"):
        total(index)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_of_the_folder_is_trusted(index: Path) -> None:
    for path in (index, *index.rglob("*")):
        os.chown(path, 12345, -1)

    assert total(index) == 1


def test_nothing_is_written_where_others_may_write(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    folder.chmod(0o777)

    with pytest.raises(IndexUnsafe, match="chmod go-w"):
        put(folder)

    assert not list(folder.iterdir())


def test_an_index_made_under_a_loose_umask_can_be_opened(tmp_path: Path) -> None:
    before = os.umask(0o002)
    try:
        put(tmp_path / "index")
    finally:
        os.umask(before)

    assert total(tmp_path / "index") == 1
