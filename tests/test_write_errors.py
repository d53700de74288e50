"""A disk that takes no more leaves nothing behind but the index as it was, and the message says so."""

from __future__ import annotations

import gc
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index import generations
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexNotWritten
from index.indexing import reindex
from index.request import SearchRequest
from tests.builders import document, section
from tests.full_disk import files_of_at_most, more_than_the_disk_has_room_for
from tests.minutes_folder import write_minutes

SIZES = (0, 100, 1_000, 3_000, 8_000)
"""Bytes that a file may have: from the first file of a run to its largest."""

REINDEX = """
import resource, sys

size = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

from search_service.cli import main

main(["reindex", "--word-list", "none", *sys.argv[2:]])
"""


def everything_below(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("size", SIZES)
def test_a_run_on_a_full_disk_ends_with_74_and_leaves_the_index_as_it_was(size: int, tmp_path: Path) -> None:
    minutes, index = tmp_path / "minutes", tmp_path / "index"
    write_minutes(minutes, "a.txt", word="sandlåda")
    with closing(WhooshEngine(index)) as engine:
        reindex(minutes, engine)
        before = everything_below(index / "generations")
        pointer = (index / "CURRENT").read_bytes()
        write_minutes(minutes, "b.txt", word="gungställning " * 500)

        done = subprocess.run(
            [sys.executable, "-c", REINDEX, str(size), "--minutes", minutes, "--index", index],
            capture_output=True,
            text=True,
            check=False,
        )

        assert (done.returncode, done.stdout) == (74, ""), done.stderr
        assert "indexet är orört" in done.stderr
        assert "Traceback" not in done.stderr
        assert everything_below(index / "generations") == before
        assert (index / "CURRENT").read_bytes() == pointer
        assert not list(index.rglob("*.tmp"))
        assert [hit.entry.source for hit in engine.scan(SearchRequest()) if hit.entry.number] == ["a.txt"]


def test_a_rebuild_that_there_is_no_room_for_is_not_begun(tmp_path: Path) -> None:
    minutes, index = tmp_path / "minutes", tmp_path / "index"
    write_minutes(minutes, "a.txt", word="sandlåda")
    with closing(WhooshEngine(index)) as engine:
        reindex(minutes, engine)
        ballast = more_than_the_disk_has_room_for(generations.current(index))

        with pytest.raises(IndexNotWritten, match=r"MB är lediga.*orört"):
            reindex(minutes, engine, rebuild=True)
        left = sorted(path.name for path in index.rglob("0*"))
        ballast.unlink()
        reindex(minutes, engine, rebuild=True)

        assert left == ["00000001"]
        assert engine.manifest().generation == "2"


def test_a_first_run_on_a_full_disk_leaves_no_index(tmp_path: Path) -> None:
    with (
        closing(WhooshEngine(tmp_path)) as engine,
        pytest.raises(IndexNotWritten, match="Ingenting publicerades"),
        files_of_at_most(1_000),
        engine.update() as writer,
    ):
        writer.put(document("a.txt", section("1", text="Sandlådan på torget. " * 50)))

    assert [path.name for path in tmp_path.rglob("*")] == ["LOCK", "generations"]


def test_what_could_not_be_written_is_not_kept_open(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)

    with (
        pytest.raises(IndexNotWritten, match=str(tmp_path)),
        files_of_at_most(3_000),
        engine.update() as writer,
    ):
        writer.put(document("a.txt", section("1", text="Sandlådan på torget. " * 50)))
    gc.collect()

    assert ".tmp" not in Path("/proc/self/maps").read_text(encoding="utf-8")
    engine.close()
