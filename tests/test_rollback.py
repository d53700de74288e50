"""`rollback` publishes the generation before under a new number, or changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index import generations
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexBusy, NoEarlierGeneration
from index.request import FACETS, SearchRequest
from index.results import SearchPage
from search_service.cli import main
from tests.builders import document, section
from tests.takedown.unfinished import stop_taking_down


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    return WhooshEngine(tmp_path / "index")


def put(engine: WhooshEngine, source: str) -> None:
    with engine.update() as writer:
        writer.put(document(source, section("1", text=f"skola {source}", decision="Bifall.")))


def answered(engine: WhooshEngine) -> SearchPage:
    return engine.search(SearchRequest(facets=FACETS))


def run(index: Path) -> Result:
    return CliRunner().invoke(main, ["rollback", "--index", str(index)])


def everything_below(folder: Path) -> dict[str, bytes]:
    # The lock says who held it last.
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "LOCK")
    return {str(path): path.read_bytes() for path in files}


def test_the_generation_before_is_answered_from_again_under_a_new_number(engine: WhooshEngine) -> None:
    put(engine, "a.txt")
    before = answered(engine)
    put(engine, "b.txt")

    engine.roll_back()

    after = answered(engine)
    assert (before.generation, after.generation) == ("1", "3")
    assert (after.hits, after.total, after.facets) == (before.hits, before.total, before.facets)
    assert list(engine.manifest().documents) == ["a.txt"]
    engine.close()


def test_a_second_rollback_takes_the_first_one_back(engine: WhooshEngine) -> None:
    put(engine, "a.txt")
    put(engine, "b.txt")

    engine.roll_back()
    engine.roll_back()

    assert sorted(engine.manifest().documents) == ["a.txt", "b.txt"]
    assert engine.manifest().generation == "4"
    engine.close()


def test_the_next_run_goes_on_from_what_was_rolled_back_to(engine: WhooshEngine) -> None:
    put(engine, "a.txt")
    put(engine, "b.txt")
    engine.roll_back()

    put(engine, "c.txt")

    assert sorted(engine.manifest().documents) == ["a.txt", "c.txt"]
    assert answered(engine).total == 2
    engine.close()


def test_a_damaged_generation_is_left_by_a_rollback(engine: WhooshEngine, tmp_path: Path) -> None:
    put(engine, "a.txt")
    put(engine, "b.txt")
    shutil.rmtree(generations.current(tmp_path / "index"))

    done = run(tmp_path / "index")

    assert done.exit_code == 0
    assert done.stdout.startswith("1 documents, 1 sections in generation 3")
    assert list(engine.manifest().documents) == ["a.txt"]
    engine.close()


def test_without_a_generation_before_nothing_is_done_with_status_2(
    engine: WhooshEngine, tmp_path: Path
) -> None:
    put(engine, "a.txt")
    before = everything_below(tmp_path)

    done = run(tmp_path / "index")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "ingen tidigare generation" in done.stderr
    assert everything_below(tmp_path) == before
    engine.close()


def test_where_there_is_no_index_there_is_nothing_to_go_back_to(engine: WhooshEngine) -> None:
    with pytest.raises(NoEarlierGeneration):
        engine.roll_back()


def test_a_generation_before_that_is_damaged_is_not_published(engine: WhooshEngine, tmp_path: Path) -> None:
    put(engine, "a.txt")
    first = generations.current(tmp_path / "index")
    put(engine, "b.txt")
    file = next(first.glob("catalog.arrays"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.unlink()
    file.write_bytes(content)
    before = everything_below(tmp_path)

    done = run(tmp_path / "index")

    assert (done.exit_code, done.stdout) == (70, "")
    assert "catalog.arrays har ändrats" in done.stderr
    assert everything_below(tmp_path) == before
    engine.close()


def test_a_rollback_during_another_run_is_refused(engine: WhooshEngine) -> None:
    put(engine, "a.txt")
    put(engine, "b.txt")

    with engine.update(), pytest.raises(IndexBusy):
        engine.roll_back()

    assert sorted(engine.manifest().documents) == ["a.txt", "b.txt"]
    engine.close()


def test_what_a_takedown_was_begun_on_is_not_published_again(engine: WhooshEngine) -> None:
    put(engine, "a.txt")
    put(engine, "b.txt")
    stop_taking_down(engine, engine.manifest().documents["a.txt"].id)

    with pytest.raises(NoEarlierGeneration, match="takedown"):
        engine.roll_back()

    assert engine.manifest().generation == "2"
    engine.close()


def test_what_was_hidden_before_its_takedown_was_killed_is_not_published_again(engine: WhooshEngine) -> None:
    put(engine, "a.txt")
    put(engine, "b.txt")
    stop_taking_down(engine, engine.manifest().documents["a.txt"].id, is_hidden=True)

    with pytest.raises(NoEarlierGeneration, match="takedown"):
        engine.roll_back()

    assert list(engine.manifest().documents) == ["b.txt"]
    engine.close()
