"""A takedown that was stopped, could not be finished, or whose list is lost."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from index import generations
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexDamaged, IndexNotPurged, OperatorError, TakedownsLost
from tests.full_disk import more_than_the_disk_has_room_for
from tests.takedown.private_minutes import entries, run, run_reindex, saved, the_secret
from tests.takedown.unfinished import stop_taking_down
from tests.traces import bytes_below, has_any


@pytest.mark.parametrize("stage", ["remembered", "hidden"])
@pytest.mark.parametrize("next_run", ["reindex", "rebuild", "takedown", "takedown of another"])
def test_a_run_that_was_killed_is_finished_by_the_next(
    minutes: Path, index: Path, stage: str, next_run: str
) -> None:
    secret = the_secret(index)
    other = next(entry for entry in entries(index) if entry.source == "a.txt" and entry.number)
    with closing(WhooshEngine(index)) as engine:
        stop_taking_down(engine, secret.id, is_hidden=stage == "hidden")

    if "takedown" in next_run:
        said = run(index, other.id if next_run == "takedown of another" else secret.id)
        assert said.exit_code == 0
    else:
        run_reindex(minutes, index, rebuild=next_run == "rebuild")

    assert all(one.is_complete for one in saved(index))
    assert not has_any(bytes_below(index), "zebraben")
    assert secret.id not in {entry.id for entry in entries(index)}


def test_a_purge_completes_nothing_that_was_only_remembered(minutes: Path, index: Path) -> None:
    secret = the_secret(index)
    with closing(WhooshEngine(index)) as engine:
        # By a run that is killed between another one's publish and its purge.
        stop_taking_down(engine, secret.id)
        engine.purge()
    after_purge = [one.is_complete for one in saved(index)]
    run_reindex(minutes, index)

    assert after_purge == [False]
    assert [one.is_complete for one in saved(index)] == [True]
    assert not has_any(bytes_below(index), "zebraben")


def test_what_cannot_be_purged_is_said_and_hidden_and_purged_by_the_next_run(
    minutes: Path, index: Path
) -> None:
    secret = the_secret(index)
    (index / "generations" / "stray").write_text("not a generation", encoding="ascii")

    said = run(index, secret.id)
    hidden = secret.id not in {entry.id for entry in entries(index)}
    unfinished = [one.is_complete for one in saved(index)]
    (index / "generations" / "stray").unlink()
    run_reindex(minutes, index)

    assert said.exit_code == 76
    assert "kan stå kvar" in said.stderr
    assert "orört" not in said.stderr
    assert (hidden, unfinished) == (True, [False])
    assert [one.is_complete for one in saved(index)] == [True]
    assert not has_any(bytes_below(index), "zebraben")


def test_what_there_is_no_room_to_write_anew_is_said_and_stays_hidden(minutes: Path, index: Path) -> None:
    secret = the_secret(index)
    with closing(WhooshEngine(index)) as engine:
        stop_taking_down(engine, secret.id, is_hidden=True)
    ballast = more_than_the_disk_has_room_for(generations.current(index))

    with (
        closing(WhooshEngine(index)) as engine,
        pytest.raises(IndexNotPurged, match="kan stå kvar") as raised,
    ):
        engine.purge()
    ballast.unlink()
    hidden = secret.id not in {entry.id for entry in entries(index)}
    run_reindex(minutes, index)

    assert "kan stå kvar" in str(raised.value)
    assert "orört" not in str(raised.value)
    assert hidden
    assert [one.is_complete for one in saved(index)] == [True]
    assert not has_any(bytes_below(index), "zebraben")


@pytest.mark.parametrize("harm", ["cut", "gone"])
@pytest.mark.parametrize("rebuild", [False, True])
def test_without_the_list_nothing_is_written(minutes: Path, index: Path, harm: str, *, rebuild: bool) -> None:
    run(index, the_secret(index).id)
    listed = index / "takedowns.json"
    if harm == "cut":
        listed.write_bytes(listed.read_bytes()[:-20])
    else:
        listed.unlink()
    before = bytes_below(index)

    with pytest.raises(TakedownsLost, match=r"takedowns\.json"):
        run_reindex(minutes, index, rebuild=rebuild)

    assert bytes_below(index) == before


@pytest.mark.parametrize(
    "harm", ["no pointer", "empty pointer", "other pointer", "manifest", "records", "sums"]
)
@pytest.mark.parametrize("rebuild", [False, True])
def test_without_the_list_nothing_is_written_where_something_else_is_damaged_too(
    minutes: Path, index: Path, harm: str, *, rebuild: bool
) -> None:
    run(index, the_secret(index).id)
    current = generations.current(index)
    (index / "takedowns.json").unlink()
    match harm:
        case "no pointer":
            (index / "CURRENT").unlink()
        case "empty pointer":
            (index / "CURRENT").write_bytes(b"")
        case "other pointer":
            (index / "CURRENT").write_bytes(b"../x")
        case "manifest":
            cut(current / "manifest.json")
        case "records":
            cut(current / "documents.arrays")
        case _:
            cut(current / "SHA256SUMS")
    before = bytes_below(index)

    with pytest.raises(TakedownsLost if rebuild else OperatorError):
        run_reindex(minutes, index, rebuild=rebuild)

    assert bytes_below(index) == before


def cut(file: Path) -> None:
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(content[:-3])


def test_a_rebuild_of_a_damaged_index_obeys_the_list(minutes: Path, index: Path) -> None:
    run(index, the_secret(index).id)
    (generations.current(index) / "manifest.json").unlink()
    with pytest.raises(IndexDamaged):
        run_reindex(minutes, index)

    run_reindex(minutes, index, rebuild=True)

    assert not has_any(bytes_below(index), "zebraben")
