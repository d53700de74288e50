"""Kills `reindex` at every stage of its work and checks what the index promises after each kill.

After every kill: the index opens, every byte of it is sound, and it holds exactly what the folder said
either before or after the change; what was open before goes on answering. After the next whole run: the
index says what the folder says, nothing of the killed runs is left, and no process of theirs is alive.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from index.engines.whoosh_engine import WhooshEngine
from scripts.torturing.limit import Limit
from scripts.torturing.minutes import FIRST_FILES, Minutes
from scripts.torturing.promises import (
    MARK,
    PromiseBroken,
    check_files,
    check_leftovers,
    check_processes,
    check_search,
    content,
)
from scripts.torturing.stages import AIMED_AT, Stage, Watch, leave_junk, longest_pause

AFFIXES = "SET UTF-8\nCOMPOUNDEND Y\nSFX A Y 1\nSFX A 0 en .\n"
WORDS = "2\nnämnd/AY\nförvaltning/AY\n"
SEARCHES = 8
"""Markers that are searched for after each kill; all of them are compared by reading."""

RUN = Path(__file__).parent / "run.py"


@dataclass
class Trial:
    """One index over one folder, and what happened to it.

    Attributes:
        lexicon: where the lexicon is kept, which a first run compiles.
        words: the word list that it compiles.
        old: what the index holds.
        seconds: what a whole run takes.
        tried: how many kills were aimed at each stage.
        hit: how many met each.
        seen: what was found afterwards.
    """

    minutes: Minutes
    index: Path
    lexicon: Path
    words: Path
    old: dict[str, str] | None = None
    seconds: float = 4.0
    tried: Counter[Stage] = field(default_factory=Counter)
    hit: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)

    def kill_once(self, *, rebuild: bool) -> bool:
        """Start a run, kill it, and check that the index is as before the run or as after it.

        Returns:
            Whether the run was still alive to be killed.
        """
        new = dict(self.minutes.words)
        killed = self._run_and_kill(rebuild=rebuild)
        found = content(self.index)
        if found == new:
            self.seen["the new index was there"] += 1
            self.old = new
        elif found == self.old:
            self.seen["the old index was there"] += 1
        else:
            raise PromiseBroken(f"{self.index}: neither the old nor the new content: {found}")
        if found:
            check_files(self.index)
            sample = self.minutes.chance.sample(sorted(found), min(SEARCHES, len(found)))
            check_search(self.index, {source: found[source] for source in sample})
        return killed

    def _run_and_kill(self, *, rebuild: bool) -> bool:
        """Kill at the stage that was least aimed at until now."""
        stage = min(AIMED_AT, key=lambda each: self.tried[each])
        self.tried[stage] += 1
        watch = Watch(self.index, leave_junk(self.index, self.minutes.chance))
        self._stack.unlink(missing_ok=True)
        # Only a run in pieces, over many files, has something to merge.
        merges = stage is Stage.MERGING
        in_pieces = merges or self.minutes.chance.random() < 0.75
        run = self._start(rebuild=rebuild or merges, in_pieces=in_pieces)
        if watch.wait(run, stage):
            time.sleep(self.minutes.chance.uniform(0, longest_pause(stage, self.seconds)))
        run.send_signal(signal.SIGUSR1)
        _, log = run.communicate()
        if run.returncode == 0:
            self.seen["done before the kill, which does not count"] += 1
            return False
        if run.returncode != -signal.SIGUSR1:
            raise PromiseBroken(f"a run ended with status {run.returncode} by itself:\n{log.decode()}")
        met = watch.hit(self._stack.read_text(encoding="utf-8") if self._stack.exists() else "")
        self.hit[met.value if met else "before it began or after it was published"] += 1
        return True

    @property
    def _stack(self) -> Path:
        return self.index.with_name("stack")

    def _start(self, *, rebuild: bool, in_pieces: bool) -> subprocess.Popen[bytes]:
        folders = ["--minutes", self.minutes.path, "--index", self.index, "--stack", self._stack]
        lexicon = ["--lexicon", self.lexicon, "--word-list", self.words]
        return subprocess.Popen(  # noqa: S603 -- our own script
            [
                *(sys.executable, RUN, *folders, *lexicon),
                *(["--rebuild"] if rebuild else []),
                *(["--in-pieces"] if in_pieces else []),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, MARK: str(os.getpid()), "PYTHONPATH": str(Path(__file__).parents[2])},
        )

    def run_whole(self) -> None:
        """Run to the end and check that the index says what the folder says, and nothing is left."""
        started = time.monotonic()
        run = self._start(rebuild=False, in_pieces=False)
        _, log = run.communicate(timeout=300)
        if run.returncode != 0:
            raise PromiseBroken(f"the run after a kill ended with status {run.returncode}:\n{log.decode()}")
        self.seconds = time.monotonic() - started
        self.old = dict(self.minutes.words)
        found = content(self.index)
        if found != self.old:
            raise PromiseBroken(f"{self.index}: a whole run left {found}, not {self.old}")
        check_files(self.index)
        check_leftovers(self.index)


def kill_runs(work: Path, chance: random.Random, limit: Limit) -> Counter[str]:
    """Kill runs below `work` until `limit` is reached; return what happened how often.

    Raises:
        PromiseBroken: naming what was not as promised.
    """
    minutes = work / "minutes"
    minutes.mkdir()
    words = work / "words"
    words.mkdir()
    (words / "sv_SE.aff").write_text(AFFIXES, encoding="utf-8")
    (words / "sv_SE.dic").write_text(WORDS, encoding="utf-8")
    trial = Trial(Minutes(minutes, chance), work / "index", work / "lexicon", words)
    trial.minutes.change(FIRST_FILES)
    done = 0
    # A tenth of the kills hit the first run of all, which has nothing to fall back on.
    while done < max(1, limit.times // 10) and not limit.reached(done):
        if trial.old is not None:
            shutil.rmtree(trial.index)
            shutil.rmtree(trial.lexicon, ignore_errors=True)
            trial.old = None
        done += trial.kill_once(rebuild=False)
    trial.run_whole()
    before = WhooshEngine(work / "index")
    try:
        while not limit.reached(done):
            trial.minutes.change(chance.randrange(1, 6))
            for _ in range(min(chance.choice((1, 2, 3, 4)), limit.times - done)):
                done += trial.kill_once(rebuild=chance.random() < 0.4)
            trial.run_whole()
            print(f"{done} of {limit.times} kills …", file=sys.stderr, flush=True)
            if before.manifest().documents.keys() != trial.minutes.words.keys():
                raise PromiseBroken("an engine that was open all the time does not see the new index")
    finally:
        before.close()
    check_processes()
    # A stage that was never hit shows, too: the name of a function in `stages` may have changed.
    stages = {stage.value: 0 for stage in Stage if stage is not Stage.ANY}
    return Counter({"kills": done, **stages, **trial.hit, **trial.seen})
