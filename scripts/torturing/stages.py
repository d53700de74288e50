"""The stages of a run: when to kill to hit one, and which one a kill has hit.

A stage begins when a file that marks it appears in the index folder, which is looked at without pause. A
killed run leaves the stack of its threads, so which stage was hit is known and not guessed.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import time
from enum import Enum
from pathlib import Path

JUNK = 3000
"""Files of an old generation that a run has to remove: enough to be met at it."""

_FRAME = re.compile(r'File "([^"]+)", line \d+ in (\S+)')


class Stage(Enum):
    """What a run was at."""

    ANY = "at any moment"
    READING = "while files are read"
    SPILLING = "while a run of sections is spilled"
    MERGING = "while segments are merged"
    CATALOG = "while the catalog is written"
    CLOSING = "while the manifest and the checksums are written"
    SYNCING = "while files are made durable, before the rename"
    POINTING = "between the rename and the pointer"
    REMOVING = "while old generations are removed"


AIMED_AT = tuple(Stage)

_PAUSES = {
    Stage.READING: 0.4,
    Stage.SPILLING: 0.03,
    Stage.MERGING: 0.01,
    Stage.CATALOG: 0.0,
    Stage.REMOVING: 0.02,
}
_PAUSE = 0.003
_GLANCE = 0.0002
"""Seconds between two looks; the shortest stages take some thousandths."""


class Watch:
    """Looks at the index folder while a run works.

    Args:
        index: the index folder, before the run.
        junk: the folder that `leave_junk` returned.
    """

    def __init__(self, index: Path, junk: Path) -> None:
        self._index = index
        self._junk = junk
        self._folder = index / "generations"
        self._pointer = _pointer(index)
        self._published = set(_names(self._folder))
        # What the generation before has is linked into the new one; only new files mark a stage.
        self._known = {name for folder in self._published for name in _names(self._folder / folder)}

    def wait(self, run: subprocess.Popen[bytes], stage: Stage) -> bool:
        """Wait until `stage` begins; tell whether it did before the run ended."""
        while run.poll() is None:
            if self._begun(stage):
                return True
            time.sleep(_GLANCE)
        return False

    def _begun(self, stage: Stage) -> bool:
        unfinished = [name for name in _names(self._folder) if name.endswith(".tmp")]
        names = set(_names(self._folder / unfinished[0])) if unfinished else set()
        new = names - self._known
        segments = [name for name in new if name.startswith("MAIN_") and name.endswith(".arrays")]
        writing = any(name.startswith("MAIN_") and name.endswith(".arrays.part") for name in new)
        match stage:
            case Stage.READING:
                return bool(unfinished)
            case Stage.SPILLING:
                return writing
            case Stage.MERGING:
                return writing and len(segments) > 1
            case Stage.CATALOG:
                return "catalog.arrays.part" in names
            case Stage.CLOSING:
                return any(name.endswith(".toc") for name in new)
            case Stage.SYNCING:
                return "SHA256SUMS" in names
            case Stage.POINTING:
                return self._has_new_generation() and _pointer(self._index) == self._pointer
            case Stage.REMOVING:
                return len(_names(self._junk)) < JUNK
            case Stage.ANY:
                return True

    def hit(self, stack: str) -> Stage | None:
        """Return what a run was at when it was killed, `None` when it had not begun or had done its work."""
        frames = [(Path(file).name, function) for file, function in _FRAME.findall(stack)]
        if any(function == "remove_unless_held" for _, function in frames):
            return Stage.REMOVING
        if ("publishing.py", "publish") in frames:
            if ("checksums.py", "write") in frames:
                return Stage.CLOSING
            if _pointer(self._index) != self._pointer:
                return None
            return Stage.POINTING if self._has_new_generation() else Stage.SYNCING
        return next((stage for function, stage in _FUNCTIONS if function in frames), None)

    def _has_new_generation(self) -> bool:
        return any(name.isdigit() and name not in self._published for name in _names(self._folder))


_FUNCTIONS = (
    (("segment_writer.py", "_merge"), Stage.MERGING),
    (("segment_writer.py", "_spill"), Stage.SPILLING),
    (("catalog.py", "write_catalog"), Stage.CATALOG),
    (("whoosh_update.py", "finish"), Stage.CLOSING),
    (("indexing.py", "reindex"), Stage.READING),
)


def longest_pause(stage: Stage, seconds: float) -> float:
    """Return how long after a stage has begun it can still be met; a whole run takes `seconds`."""
    return seconds if stage is Stage.ANY else _PAUSES.get(stage, _PAUSE)


def leave_junk(index: Path, chance: random.Random) -> Path:
    """Fill a generation that a run will remove, so that it takes a while; return its folder.

    It is one from long ago, which is removed first, or the one before, which is removed last.
    """
    current = _pointer(index).partition(b" ")[0].decode()
    before = sorted(name for name in _names(index / "generations") if name.isdigit() and name < current)
    folder = index / "generations" / chance.choice(["00000000", *before[-1:]])
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(JUNK):
        (folder / f"junk-{number}").touch()
    (folder / "SHA256SUMS").touch()
    return folder


def _pointer(index: Path) -> bytes:
    try:
        return (index / "CURRENT").read_bytes()
    except OSError:
        return b""


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 -- the fastest way to look
    except OSError:
        return []
