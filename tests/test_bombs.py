"""Hostile files among good ones: a run takes the good ones in, and says what it left out and why."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from corpus.reader_process import MEMORY_LIMIT
from index.engines.whoosh_engine import WhooshEngine
from index.guards import Guards
from index.indexing import Report, reindex
from index.request import SearchRequest
from tests.bombs import ANYTHING, READ, bombs
from tests.minutes_folder import write_minutes

_GOOD: Final = ("0-first.txt", "m-between.txt", "ö-last.txt")


class MemoryWatch:
    """The most memory that any reader of this process was seen to hold; 0 where there is no /proc.

    Any other child would not do: until it runs a program of its own it shows the memory of these tests.
    """

    def __init__(self) -> None:
        self.peak = 0
        self._ended = threading.Event()

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        watcher = threading.Thread(target=self._watch)
        watcher.start()
        try:
            yield
        finally:
            self._ended.set()
            watcher.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.05):
            for process in Path("/proc").glob("[0-9]*"):
                # A process may end while it is looked at.
                with contextlib.suppress(OSError):
                    # First what it runs: a child that has not begun to is not looked at for its memory.
                    if b"corpus.reader_process" not in (process / "cmdline").read_bytes():
                        continue
                    status = (process / "status").read_text()
                    fields = dict(line.split(":", 1) for line in status.splitlines())
                    if int(fields["PPid"]) == os.getpid() and "VmHWM" in fields:
                        self.peak = max(self.peak, int(fields["VmHWM"].split()[0]) * 1024)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[WhooshEngine, Report, MemoryWatch]]:
    """A run over a folder of all bombs, with good files before, between and after them."""
    minutes = tmp_path_factory.mktemp("minutes")
    for name, content in bombs().items():
        (minutes / name).write_bytes(content)
    for number, name in enumerate(_GOOD):
        write_minutes(minutes, name, word=f"gungställning{number}")
    os.mkfifo(minutes / "n-fifo.txt")
    (minutes / "n-link.txt").symlink_to(minutes / _GOOD[0])
    engine = WhooshEngine(tmp_path_factory.mktemp("index") / "index")
    watch = MemoryWatch()
    with watch.watching():
        report = reindex(minutes, engine, guards=Guards(allow_unreadable=True), processes=2)
    yield engine, report, watch
    engine.close()


def reasons(report: Report) -> Mapping[str, str]:
    return {failure.source: failure.reason for failure in report.unreadable}


def test_good_files_between_the_bombs_are_found(run: tuple[WhooshEngine, Report, MemoryWatch]) -> None:
    engine, _, _ = run

    sources = {hit.entry.source for hit in engine.scan(SearchRequest())}

    assert set(_GOOD) <= sources


def test_every_bomb_is_read_or_refused_by_name_for_a_reason(
    run: tuple[WhooshEngine, Report, MemoryWatch],
) -> None:
    engine, report, _ = run

    refused = reasons(report)
    read = {record.source for record in engine.manifest().documents.values()}

    assert refused.keys() | read == bombs().keys() | {*_GOOD, "n-fifo.txt", "n-link.txt"}
    assert not refused.keys() & read
    assert not {source: reason for source, reason in refused.items() if "internt fel" in reason}


def test_what_is_only_strange_is_read_and_what_is_a_bomb_is_refused(
    run: tuple[WhooshEngine, Report, MemoryWatch],
) -> None:
    _, report, _ = run

    refused = reasons(report).keys() - {"n-fifo.txt", "n-link.txt"} - ANYTHING

    assert refused == bombs().keys() - READ - ANYTHING


def test_no_reader_takes_more_memory_than_it_may(run: tuple[WhooshEngine, Report, MemoryWatch]) -> None:
    _, _, watch = run

    assert watch.peak < MEMORY_LIMIT
