"""What an index promises, looked at from outside."""

from __future__ import annotations

import os
import time
from pathlib import Path

from index import checksums, generations
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexMissing
from index.request import SearchRequest
from index.searching import Question, search
from scripts.torturing.minutes import MARKER

SECONDS_TO_VANISH = 10.0
MARK = "TORTURE_KILLS_BY"
"""The variable that tells the processes of a run, and of which run of this script."""

MOST_ENTRIES = 10
"""Files and folders beside the segments that an index at rest may have, far above what it needs."""


class PromiseBroken(Exception):
    """The index was not as promised after a kill."""


def content(index: Path) -> dict[str, str] | None:
    """Return the source and marker of every document in the index; `None` without an index."""
    engine = WhooshEngine(index)
    try:
        hits = list(engine.scan(SearchRequest()))
    except IndexMissing:
        return None
    finally:
        engine.close()
    return {hit.entry.source: _word_in(hit.entry.text) for hit in hits if hit.entry.number}


def _word_in(text: str) -> str:
    return next((word.rstrip(".") for word in text.split() if word.startswith(MARKER)), "")


def check_search(index: Path, expected: dict[str, str]) -> None:
    """Search for each marker; it is in its document alone."""
    engine = WhooshEngine(index)
    try:
        for source, word in expected.items():
            found = {result.entry.source for result in search(engine, Question(word)).results}
            if found != {source}:
                raise PromiseBroken(f"{index}: {word} is found in {found}, not in {source}")
    finally:
        engine.close()


def check_files(index: Path) -> None:
    """Read every byte of the current generation."""
    damage = list(checksums.damaged_files(generations.current(index)))
    if damage:
        raise PromiseBroken("; ".join(damage))


def check_leftovers(index: Path) -> None:
    """Look for what killed runs left."""
    entries = [
        path for path in index.rglob("*") if path.is_dir() or path.suffix == ".tmp" or path.parent == index
    ]
    unfinished = [path for path in entries if path.name.endswith(".tmp")]
    if unfinished or len(entries) > MOST_ENTRIES:
        raise PromiseBroken(f"left over: {sorted(map(str, unfinished or entries))}")


def check_processes() -> None:
    """Wait until no process of a killed run is alive (only Linux has /proc to look in)."""
    deadline = time.monotonic() + SECONDS_TO_VANISH
    while alive := [folder.name for folder in Path("/proc").glob("[0-9]*") if _is_ours(folder)]:
        if time.monotonic() > deadline:
            raise PromiseBroken(f"processes of killed runs are alive: {alive}")
        time.sleep(0.1)


def _is_ours(process: Path) -> bool:
    try:
        return f"{MARK}={os.getpid()}".encode() in (process / "environ").read_bytes().split(b"\0")
    except OSError:
        return False
