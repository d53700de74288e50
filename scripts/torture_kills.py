#!/usr/bin/env python3
"""Kills `reindex` with SIGKILL at random moments and checks what the index promises after each.

After every kill: the index opens, and holds exactly what the folder said either before or after
the change; what was open before goes on answering. After the next whole run: the index says
what the folder says, nothing of the killed runs is left, and no process of theirs is alive.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexMissing
from index.request import SearchRequest
from index.searching import Question, search

FIRST_FILES = 25
SECONDS_TO_VANISH = 10.0
MARK = "TORTURE_KILLS_BY"
MOST_ENTRIES = 10
"""Files and folders beside the segments that an index at rest may have, far above what it needs."""


AFFIXES = "SET UTF-8\nCOMPOUNDEND Y\nSFX A Y 1\nSFX A 0 en .\n"
WORDS = "2\nnämnd/AY\nförvaltning/AY\n"


class PromiseBroken(Exception):
    """The index was not as promised after a kill."""


@dataclass
class Folder:
    """A folder of invented minutes that changes, and what is in it: file name to its marker word."""

    path: Path
    chance: random.Random
    words: dict[str, str] = field(default_factory=dict)
    _made: int = 0

    def change(self, additions: int) -> None:
        """Add some files, rewrite some and now and then remove one."""
        for name in self.chance.sample(sorted(self.words), min(2, len(self.words))):
            self._write(name)
        for _ in range(additions):
            self._write(f"protokoll-{self._made:05d}.txt")
        if len(self.words) > FIRST_FILES and self.chance.random() < 0.5:
            gone = self.chance.choice(sorted(self.words))
            del self.words[gone]
            (self.path / gone).unlink()

    def _write(self, name: str) -> None:
        self._made += 1
        word = _marker(self._made)
        year, month, day = 2000 + self._made % 20, 1 + self._made % 12, 1 + self._made % 28
        sections = "\n\n".join(
            f"§ {number} Ärende {number} om {word}\n\nFörvaltningen har berett {word} i punkt {number}.\n\n"
            f"Beslut\nNämnden beslutar att godkänna {word}."
            for number in range(1, 2 + self.chance.randrange(20))
        )
        text = f"Dimmelunda kommun\nTekniska nämnden\nProtokoll {year}-{month:02d}-{day:02d}\n\n{sections}\n"
        (self.path / name).write_text(text, encoding="utf-8")
        self.words[name] = word


def _marker(number: int) -> str:
    """Return a word that no other number has and no stemmer shortens to another's."""
    letters = ""
    while number:
        number, digit = divmod(number, 20)
        letters += "bcdfghjklmnpqrstvwxz"[digit] + "o"
    return f"zyx{letters}qvist"


@dataclass
class Trial:
    """One index over one folder, and what happened to it.

    Attributes:
        lexicon: where the lexicon is kept, which a first run compiles.
        words: the word list that it compiles.
    """

    folder: Folder
    index: Path
    lexicon: Path
    words: Path
    old: dict[str, str] | None = None
    seconds: float = 4.0
    seen: Counter[str] = field(default_factory=Counter)

    def kill_once(self, *, rebuild: bool) -> bool:
        """Start a run, kill it, and check that the index is as before the run or as after it.

        Returns:
            Whether the run was still alive to be killed.
        """
        new = dict(self.folder.words)
        run = self._start(rebuild=rebuild)
        killed = self._wait_and_kill(run)
        found = _content(self.index)
        if found == new:
            self.seen["the new index was there"] += 1
            self.old = new
        elif found == self.old:
            self.seen["the old index was there"] += 1
        else:
            raise PromiseBroken(f"{self.index}: neither the old nor the new content: {found}")
        if found:
            _check_search(self.index, found)
        return killed

    def _start(self, *, rebuild: bool) -> subprocess.Popen[str]:
        folders = ["--minutes", self.folder.path, "--index", self.index]
        lexicon = ["--lexicon-dir", self.lexicon, "--word-list", self.words]
        command = [sys.executable, "-m", "search_service", "reindex", *folders, *lexicon]
        return subprocess.Popen(  # noqa: S603 -- our own command line
            [*command, *(["--rebuild"] if rebuild else [])],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, MARK: str(os.getpid())},
        )

    def _wait_and_kill(self, run: subprocess.Popen[str]) -> bool:
        """Kill at a moment of the whole run, or of the part in which it reads and writes."""
        started = time.monotonic()
        if self.folder.chance.random() < 0.7:
            assert run.stderr is not None  # noqa: S101 -- it is a pipe
            while "Reading" not in (line := run.stderr.readline()) and line:
                pass
        left = max(self.seconds - (time.monotonic() - started), 0.1)
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(self.folder.chance.uniform(0, left))
        run.kill()
        run.communicate()
        killed = run.returncode == -signal.SIGKILL
        self.seen["killed" if killed else "done before the kill, which does not count"] += 1
        return killed

    def run_whole(self) -> None:
        """Run to the end and check that the index says what the folder says, and nothing is left."""
        started = time.monotonic()
        run = self._start(rebuild=False)
        _, log = run.communicate(timeout=300)
        if run.returncode != 0:
            raise PromiseBroken(f"the run after a kill ended with status {run.returncode}:\n{log}")
        self.seconds = time.monotonic() - started
        self.old = dict(self.folder.words)
        if _content(self.index) != self.old:
            raise PromiseBroken(f"{self.index}: a whole run left {_content(self.index)}, not {self.old}")
        _check_leftovers(self.index)


def _content(index: Path) -> dict[str, str] | None:
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
    return next((word.rstrip(".") for word in text.split() if word.startswith("zyx")), "")


def _check_search(index: Path, content: dict[str, str]) -> None:
    engine = WhooshEngine(index)
    try:
        for source, word in content.items():
            found = {result.entry.source for result in search(engine, Question(word)).results}
            if found != {source}:
                raise PromiseBroken(f"{index}: {word} is found in {found}, not in {source}")
    finally:
        engine.close()


def _check_leftovers(index: Path) -> None:
    entries = [
        path for path in index.rglob("*") if path.is_dir() or path.suffix == ".tmp" or path.parent == index
    ]
    unfinished = [path for path in entries if path.name.endswith(".tmp")]
    if unfinished or len(entries) > MOST_ENTRIES:
        raise PromiseBroken(f"left over: {sorted(map(str, unfinished or entries))}")


def _check_processes() -> None:
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


def torture(work: Path, *, kills: int, seed: int) -> Counter[str]:
    """Kill `kills` runs below `work`; return what was seen how often.

    Raises:
        PromiseBroken: naming what was not as promised.
    """
    chance = random.Random(seed)  # noqa: S311 -- repeatable, not secret
    minutes = work / "minutes"
    minutes.mkdir()
    words = work / "words"
    words.mkdir()
    (words / "sv_SE.aff").write_text(AFFIXES, encoding="utf-8")
    (words / "sv_SE.dic").write_text(WORDS, encoding="utf-8")
    trial = Trial(Folder(minutes, chance), work / "index", work / "lexicon", words)
    trial.folder.change(FIRST_FILES)
    done = 0
    # A tenth of the kills hit the first run of all, which has nothing to fall back on.
    while done < max(1, kills // 10):
        if trial.old is not None:
            shutil.rmtree(trial.index)
            shutil.rmtree(trial.lexicon, ignore_errors=True)
            trial.old = None
        done += trial.kill_once(rebuild=False)
    trial.run_whole()
    before = WhooshEngine(work / "index")
    try:
        while done < kills:
            trial.folder.change(chance.randrange(1, 6))
            for _ in range(min(chance.choice((1, 1, 2, 3)), kills - done)):
                done += trial.kill_once(rebuild=chance.random() < 0.4)
            trial.run_whole()
            if before.manifest().documents.keys() != trial.folder.words.keys():
                raise PromiseBroken("an engine that was open all the time does not see the new index")
    finally:
        before.close()
    _check_processes()
    return trial.seen


def main() -> int:
    """Run from the command line; exit 1 when a promise was broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="torture-kills-"))
    started = time.monotonic()
    try:
        seen = torture(work, kills=options.kills, seed=options.seed)
    except PromiseBroken as broken:
        print(f"BROKEN (kept in {work}, seed {options.seed}): {broken}")
        return 1
    shutil.rmtree(work)
    for what, count in sorted(seen.items()):
        print(f"{count:4} {what}")
    seconds = time.monotonic() - started
    print(f"all promises kept over {options.kills} kills in {seconds:.0f} s, seed {options.seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
