"""What a run does with files and folders that are wrong, and processes that die."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from corpus.discovery import SourceFile
from corpus.document import Document, ReadFailure
from corpus.errors import MinutesFolderError
from corpus.reader_pool import ReaderPool
from index.engines.whoosh_engine import WhooshEngine
from index.errors import FolderShrank, IndexBusy
from index.guards import Guards
from index.indexing import reindex
from tests.minutes_folder import sources, write_minutes, write_unreadable


def test_wrong_metadata_is_a_warning_and_stops_nothing(minutes: Path, engine: WhooshEngine) -> None:
    write_minutes(minutes, "a.txt", word="sandlåda")
    (minutes / "a.txt.meta.json").write_text('{"kommitté": "Lekplatsnämnden"}', encoding="utf-8")

    report = reindex(minutes, engine)

    assert report.documents == 1
    assert [(warning.source, "kommitté" in warning.warning) for warning in report.warnings] == [
        ("a.txt", True)
    ]


def test_an_unreadable_file_is_reported_and_the_rest_indexed(minutes: Path, engine: WhooshEngine) -> None:
    write_minutes(minutes, "a.txt", word="sandlåda")
    write_unreadable(minutes, "b.pdf")

    report = reindex(minutes, engine)

    assert report.documents == 1
    assert [failure.source for failure in report.unreadable] == ["b.pdf"]
    assert all(failure.reason for failure in report.unreadable)
    assert engine.manifest().failures == report.unreadable


def test_a_file_that_became_unreadable_is_removed_and_reported(minutes: Path, engine: WhooshEngine) -> None:
    write_minutes(minutes, "a.txt", word="sandlåda")
    path = write_minutes(minutes, "b.txt", word="gungställning")
    reindex(minutes, engine)

    path.write_bytes(b"")
    report = reindex(minutes, engine)

    assert (report.removed, report.updated, report.documents) == (1, 0, 1)
    assert [failure.source for failure in report.unreadable] == ["b.txt"]
    assert sources(engine) == {"a.txt"}


def test_a_file_that_became_readable_is_no_longer_reported(minutes: Path, engine: WhooshEngine) -> None:
    (minutes / "a.txt").write_bytes(b"")
    reindex(minutes, engine)

    write_minutes(minutes, "a.txt", word="sandlåda")
    report = reindex(minutes, engine)

    assert (report.added, report.unreadable) == (1, ())
    assert engine.manifest().failures == ()


def test_an_unreadable_file_that_vanished_is_no_longer_reported(minutes: Path, engine: WhooshEngine) -> None:
    write_minutes(minutes, "a.txt", word="sandlåda")
    bad = write_unreadable(minutes, "b.pdf")
    first = reindex(minutes, engine)

    bad.unlink()
    second = reindex(minutes, engine)

    assert second.unreadable == engine.manifest().failures == ()
    assert int(second.generation) > int(first.generation)


def test_a_folder_that_is_missing_changes_nothing(minutes: Path, engine: WhooshEngine) -> None:
    write_minutes(minutes, "a.txt", word="sandlåda")
    reindex(minutes, engine)

    with pytest.raises(MinutesFolderError):
        reindex(minutes / "missing", engine)

    assert sources(engine) == {"a.txt"}


def test_a_second_writer_is_refused_even_when_nothing_is_new(minutes: Path, engine: WhooshEngine) -> None:
    write_minutes(minutes, "a.txt", word="sandlåda")
    reindex(minutes, engine)

    with engine.update(), pytest.raises(IndexBusy, match=str(os.getpid())):
        reindex(minutes, engine)


@pytest.mark.parametrize(
    ("number", "reason", "mark"),
    [
        (signal.SIGKILL, "SIGKILL", "mark of b.txt"),
        (signal.SIGSEGV, "SIGSEGV", "mark of b.txt"),
        # The machine may have been busy, so it is tried again.
        (signal.SIGALRM, "sekunder", ""),
        (signal.SIGXCPU, "sekunder processortid", "mark of b.txt"),
    ],
)
def test_a_reader_process_that_dies_costs_one_file(
    minutes: Path, number: signal.Signals, reason: str, mark: str
) -> None:
    write_slow(minutes / "b.txt")
    files = [
        source_file(write_minutes(minutes, "a.txt", word="sandlåda")),
        source_file(minutes / "b.txt"),
        source_file(write_minutes(minutes, "c.txt", word="gungställning")),
    ]

    with ReaderPool(1) as pool:
        results = pool.read_all(files)
        first = next(results)
        (reader,) = pool._readers
        threading.Timer(0.2, reader._process.send_signal, [number]).start()
        second, third = results

    assert isinstance(first, Document)
    assert isinstance(second, ReadFailure)
    assert (second.source, second.fingerprint) == ("b.txt", mark)
    assert reason in second.reason
    assert isinstance(third, Document)


def test_leaving_the_pool_ends_its_processes_at_once(minutes: Path) -> None:
    write_slow(minutes / "b.txt")
    files = [source_file(write_minutes(minutes, "a.txt", word="sandlåda")), source_file(minutes / "b.txt")]

    with ReaderPool(1) as pool:
        next(pool.read_all(files))
        time.sleep(0.1)
        (reader,) = pool._readers

    assert reader._process.poll() is not None


def source_file(path: Path) -> SourceFile:
    return SourceFile(path.name, path, f"mark of {path.name}", path.parent)


def test_an_emptied_folder_does_not_empty_the_index_unless_asked(tmp_path: Path) -> None:
    minutes = tmp_path / "minutes"
    minutes.mkdir()
    (minutes / "a.txt").write_text("Granvika kommun\n\n§ 1 Ärende\n\nBeslut\n\nBifall.\n", encoding="utf-8")
    engine = WhooshEngine(tmp_path / "index")
    reindex(minutes, engine)
    (minutes / "a.txt").unlink()

    for rebuild in (False, True):
        with pytest.raises(FolderShrank, match="--allow-shrink"):
            reindex(minutes, engine, rebuild=rebuild)
    kept = len(engine.manifest().documents)
    reindex(minutes, engine, guards=Guards(allow_shrink=True))

    assert kept == 1
    assert not engine.manifest().documents
    engine.close()


def write_slow(path: Path) -> Path:
    """Write a file that takes many times longer to read than the tests wait; return its path."""
    path.write_text("".join(f"§ {at} Ärende\n\nBeslut\n\nBifall.\n\n" for at in range(16_000)))
    return path
