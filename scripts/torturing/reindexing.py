"""Runs `reindex` so that it fails, and checks that the index is as before or as after, and said to be so."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from index.engines.whoosh_engine import WhooshEngine
from index.guards import Guards
from index.indexing import reindex
from scripts.torturing.minutes import FIRST_FILES, Minutes
from scripts.torturing.promises import PromiseBroken, check_files, check_leftovers, check_search, content

ROOT = Path(__file__).parents[2]
UNTOUCHED = "indexet är orört"
NOT_PUBLISHED = {65, 66, 74, 75}
STATUSES = {0, 1, 2, 65, 66, 70, 74, 75, 76}


@dataclass
class Failing:
    """An index over a folder that changes before each run.

    Attributes:
        old: what the index holds: the source and the marker of each document.
    """

    work: Path
    minutes: Minutes
    old: dict[str, str] = field(default_factory=dict)

    @property
    def index(self) -> Path:
        """The index folder."""
        return self.work / "index"

    def begin(self) -> None:
        """Make the minutes and the first index."""
        self.minutes.path.mkdir()
        self.minutes.change(FIRST_FILES)
        self.run_whole()

    def run_whole(self) -> None:
        """Run without failures, and check that nothing is left of those before."""
        with closing(WhooshEngine(self.index)) as engine:
            reindex(self.minutes.path, engine, guards=Guards(allow_shrink=True))
        self.old = dict(self.minutes.words)
        self._check(self.old)
        check_leftovers(self.index)

    def run_failing(self, before: Sequence[str], program: str, *arguments: str) -> str:
        """Run `program`, which calls the command line, and check what is there afterwards.

        Args:
            before: a command that runs another, empty for none.
            program: in Python.
            arguments: what it takes beside those of `reindex`.

        Returns:
            What happened.

        Raises:
            PromiseBroken: the index is neither as before nor as after, or not as the run said.
        """
        run = subprocess.run(  # noqa: S603 -- our own program
            [*before, *self.command(program, *arguments)],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
            timeout=300,
            check=False,
        )
        return self.check_ended(run.returncode, run.stderr)

    def command(self, program: str, *arguments: str) -> list[str]:
        """Return what runs `program`, which calls the command line, with `reindex` after `arguments`."""
        folders = ["--minutes", str(self.minutes.path), "--index", str(self.index)]
        options = ["--word-list", "none", "--allow-shrink"]
        return [sys.executable, "-c", program, *arguments, "reindex", *options, *folders]

    def check_ended(self, status: int, log: str) -> str:
        """Check what is there after a run that ended by itself; return what happened.

        Raises:
            PromiseBroken: the index is neither as before nor as after, or not as the run said.
        """
        said = f"status {status}: {log[-2000:]}"
        is_new = self.check_content(f"after {said}")
        if status not in STATUSES:
            raise PromiseBroken(f"ended with {said}")
        if status == 0 and not is_new:
            raise PromiseBroken(f"the old content after {said}")
        if status in NOT_PUBLISHED and is_new:
            raise PromiseBroken(f"the new content after {said}")
        if UNTOUCHED in log and is_new:
            raise PromiseBroken(f"the new content although it was said to be untouched, {said}")
        return f"exit {status}, {'new' if is_new else 'old'} index"

    def check_content(self, when: str) -> bool:
        """Check that the index is as before the run or as after it; return whether it is as after.

        Raises:
            PromiseBroken: it is neither.
        """
        new, found = dict(self.minutes.words), content(self.index)
        if found not in (self.old, new):
            raise PromiseBroken(f"neither the old nor the new content {when}")
        self._check(found or {})
        is_new = found == new
        if is_new:
            self.old = new
        return is_new

    def _check(self, expected: dict[str, str]) -> None:
        if content(self.index) != expected:
            raise PromiseBroken(f"{self.index} does not say what the folder says")
        check_files(self.index)
        check_search(self.index, dict(sorted(expected.items())[:3]))
