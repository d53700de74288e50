"""A server whose index is damaged answers from the last sound generation, and says so."""

from __future__ import annotations

import json
import logging
import os
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index import generations
from index.engines import served_generation
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexDamaged, OperatorError
from index.request import SearchRequest
from search_service.settings import Settings
from tests.builders import document, section
from tests.takedown.unfinished import stop_taking_down
from tests.web_client import serving

ARRAYS = 0.05
"""A place in an array file that is not looked at before it is asked for: at the end stands what is."""


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def put(index: Path, source: str) -> None:
    engine = WhooshEngine(index)
    with engine.update() as writer:
        writer.put(document(source, section("1", text="skola " * 20_000)))
    engine.close()


def sources(engine: WhooshEngine) -> list[str]:
    return sorted(hit.entry.source for hit in engine.scan(SearchRequest()))


def change(file: Path, place: float = 0.5) -> None:
    content = bytearray(file.read_bytes())
    content[int(place * len(content))] ^= 1
    file.unlink()
    file.write_bytes(content)


def break_pointer(index: Path) -> None:
    (index / "CURRENT").write_text("x", encoding="ascii")


def break_manifest(index: Path) -> None:
    change(generations.current(index) / "manifest.json")


def remove_files(index: Path) -> None:
    shutil.rmtree(generations.current(index))


def let_others_write(index: Path) -> None:
    (generations.current(index) / "manifest.json").chmod(0o666)


def remove_pointer(index: Path) -> None:
    (index / "CURRENT").unlink()


@pytest.mark.parametrize(
    "damage", [break_pointer, break_manifest, remove_files, let_others_write, remove_pointer]
)
def test_what_cannot_be_opened_is_not_answered_from_while_another_is_open(index: Path, damage: Any) -> None:
    put(index, "a.txt")
    engine = WhooshEngine(index, falls_back=True)
    before = sources(engine)
    put(index, "b.txt")

    damage(index)
    after, trouble = sources(engine), engine.trouble()

    assert before == after == ["a.txt"]
    assert isinstance(trouble, OperatorError)
    engine.close()


@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize("is_hidden", [True, False])
def test_what_was_taken_down_is_not_answered_from_an_earlier_generation(
    index: Path, *, is_open: bool, is_hidden: bool
) -> None:
    put(index, "a.txt")
    put(index, "b.txt")
    reader = WhooshEngine(index, falls_back=True)
    if is_open:
        sources(reader)
    with closing(WhooshEngine(index)) as writer:
        stop_taking_down(writer, writer.manifest().documents["a.txt"].id, is_hidden=is_hidden)
    break_manifest(index)

    for _ in range(2):
        if is_open and not is_hidden:
            # The newest is open; that it was changed since is not seen before it is read again.
            assert sources(reader) == ["a.txt", "b.txt"]
        else:
            with pytest.raises(IndexDamaged):
                sources(reader)
    reader.close()


def test_damage_that_is_met_does_not_lead_back_behind_a_takedown(index: Path) -> None:
    put(index, "a.txt")
    put(index, "b.txt")
    put(index, "c.txt")
    with closing(WhooshEngine(index)) as writer:
        stop_taking_down(writer, writer.manifest().documents["a.txt"].id, is_hidden=True)
    change(generations.current(index) / "catalog.arrays", ARRAYS)
    engine = WhooshEngine(index, falls_back=True)

    for _ in range(3):
        with pytest.raises(IndexDamaged):
            sources(engine)

    assert engine.manifest().generation == "4"
    engine.close()


def test_a_list_of_takedowns_that_cannot_be_read_forbids_every_earlier_generation(index: Path) -> None:
    put(index, "a.txt")
    put(index, "b.txt")
    (index / "takedowns.json").write_text("[", encoding="ascii")
    break_manifest(index)
    engine = WhooshEngine(index, falls_back=True)

    with pytest.raises(IndexDamaged):
        sources(engine)

    engine.close()


def test_the_trouble_is_logged_once_and_over_with_the_next_sound_generation(
    index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(index, "a.txt")
    engine = WhooshEngine(index, falls_back=True)
    sources(engine)
    put(index, "b.txt")
    break_manifest(index)
    caplog.set_level(logging.ERROR)

    for _ in range(3):
        sources(engine)
    with WhooshEngine(index).rebuild() as writer:
        writer.put(document("c.txt", section("1")))
    after = sources(engine)

    assert ["manifest.json har ändrats" in record.getMessage() for record in caplog.records] == [True]
    assert after == ["c.txt"]
    assert engine.trouble() is None
    engine.close()


def test_damage_that_is_met_while_answering_leads_to_the_generation_before(index: Path) -> None:
    put(index, "a.txt")
    put(index, "b.txt")
    change(generations.current(index) / "catalog.arrays", ARRAYS)
    engine = WhooshEngine(index, falls_back=True)

    with pytest.raises(IndexDamaged, match=r"catalog\.arrays.*--rebuild"):
        sources(engine)
    after = sources(engine)

    assert after == ["a.txt"]
    assert "catalog.arrays" in str(engine.trouble())
    engine.close()


@pytest.fixture
def looking(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked at each request whether the files have changed, not every second."""
    monkeypatch.setattr(served_generation, "SECONDS_TO_LOOK", 0.0)


@pytest.mark.usefixtures("looking")
def test_what_is_written_over_while_it_is_in_use_is_checked_again(
    index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(index, "a.txt")
    put(index, "b.txt")
    engine = WhooshEngine(index, falls_back=True)
    before = sources(engine)
    file = generations.current(index) / "catalog.arrays"
    content = bytearray(file.read_bytes())
    content[int(ARRAYS * len(content))] ^= 1
    file.write_bytes(content)

    with pytest.raises(IndexDamaged, match=r"catalog\.arrays"):
        sources(engine)
    after = sources(engine)

    assert (before, after) == (["a.txt", "b.txt"], ["a.txt"])
    assert [each.getMessage() for each in caplog.records if "in use" in each.getMessage()] == [
        f"Files in {file.parent} were changed while they were in use. Run `minutes-search verify`."
    ]
    engine.close()


@pytest.mark.usefixtures("looking")
def test_what_is_cut_short_while_it_is_in_use_is_not_read_again(index: Path) -> None:
    put(index, "a.txt")
    put(index, "b.txt")
    engine = WhooshEngine(index, falls_back=True)
    before = sources(engine)
    os.truncate(generations.current(index) / "catalog.arrays", 100)

    after = sources(engine)

    assert (before, after) == (["a.txt", "b.txt"], ["a.txt"])
    engine.close()


def test_damage_without_a_generation_before_is_never_answered_from(index: Path) -> None:
    put(index, "a.txt")
    change(generations.current(index) / "catalog.arrays", ARRAYS)
    engine = WhooshEngine(index, falls_back=True)

    for _ in range(3):
        with pytest.raises(IndexDamaged, match=r"catalog\.arrays.*--rebuild"):
            sources(engine)
    with pytest.raises(IndexDamaged):
        engine.trouble()
    engine.close()


def test_a_server_that_starts_on_a_damaged_index_answers_from_the_generation_before(index: Path) -> None:
    put(index, "a.txt")
    put(index, "b.txt")
    break_manifest(index)
    engine = WhooshEngine(index, falls_back=True)

    assert sources(engine) == ["a.txt"]
    assert "manifest.json" in str(engine.trouble())
    engine.close()


def test_no_run_writes_over_another_generation_than_the_newest(index: Path) -> None:
    put(index, "a.txt")
    engine = WhooshEngine(index, falls_back=True)
    sources(engine)
    put(index, "b.txt")
    break_manifest(index)

    with pytest.raises(IndexDamaged), engine.update() as writer:
        writer.put(document("c.txt", section("1")))

    assert sources(engine) == ["a.txt"]
    engine.close()


def test_readiness_and_metrics_say_that_the_service_is_degraded(index: Path) -> None:
    put(index, "a.txt")

    with serving(Settings(index_dir=index)) as client:
        before = client.get("/readyz")
        put(index, "b.txt")
        break_manifest(index)
        after, metrics = client.get("/readyz"), client.get("/metrics").text
        found = json.loads(client.get("/api/v1/search?q=skola").text)

    assert before.json == {"status": "ready", "generation": "1"}
    assert (after.status, after.json) == (200, {"status": "degraded", "generation": "1"})
    assert "minutes_index_ready 1.0" in metrics
    assert "minutes_index_degraded 1.0" in metrics
    assert found["total"] == 1


def test_a_server_with_nothing_sound_is_not_ready(index: Path) -> None:
    put(index, "a.txt")
    change(generations.current(index) / "catalog.arrays", ARRAYS)

    with serving(Settings(index_dir=index)) as client:
        searched = client.get("/api/v1/search?q=skola")
        ready, metrics = client.get("/readyz"), client.get("/metrics").text

    assert (searched.status, ready.status) == (503, 503)
    assert "minutes_index_ready 0.0" in metrics
