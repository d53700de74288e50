"""While one run writes, every command that would write ends at once with 75 and changes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.engines.whoosh_engine import WhooshEngine
from index.indexing import reindex
from index.request import SearchRequest
from search_service.cli import main
from tests.minutes_folder import write_minutes


@pytest.mark.parametrize(
    "command",
    [
        "reindex --minutes {minutes}",
        "reindex --rebuild --minutes {minutes}",
        "takedown {section}",
        "rollback",
    ],
)
def test_a_second_writer_ends_with_75_and_changes_nothing(tmp_path: Path, command: str) -> None:
    minutes, index = tmp_path / "minutes", tmp_path / "index"
    first, second = WhooshEngine(index), WhooshEngine(index)
    for number, name in enumerate(("a.txt", "b.txt"), start=1):
        write_minutes(minutes, name, word="sandlåda", number=number)
        reindex(minutes, first)
    write_minutes(minutes, "c.txt", word="klätterborg")
    [section, _] = (hit.entry.id for hit in second.scan(SearchRequest()))

    with first.update() as writer:
        writer.remove("a.txt")
        before = state_of(index)
        refused = CliRunner().invoke(
            main, [*command.format(minutes=minutes, section=section).split(), "--index", str(index)]
        )
        after = state_of(index)

    assert (refused.exit_code, refused.stdout) == (75, "")
    assert f"pid {os.getpid()}" in refused.stderr
    assert after == before
    assert [hit.entry.source for hit in second.scan(SearchRequest())] == ["b.txt"]
    first.close()
    second.close()


def state_of(folder: Path) -> dict[Path, tuple[int, bytes]]:
    """Return what every file below a folder is and has."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.stat().st_ino, path.read_bytes()) for path in files}
