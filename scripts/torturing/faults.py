"""Lets the k-th call of one kind to the system fail, for one k after another (needs `strace`)."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

from scripts.torturing.limit import Limit
from scripts.torturing.minutes import Minutes
from scripts.torturing.reindexing import Failing

CALLS = ("fsync", "rename", "link", "mkdir", "chmod", "unlink", "flock", "write", "ftruncate")
"""Those that change something; without others, such as `mmap`, the interpreter itself does not begin."""

MOST_CALLS = 20
"""The last of a kind that fails: a run over these few files has some 5 to 50 of each."""

ERRORS = ("EIO", "ENOSPC")

REINDEX = "import sys; from search_service.cli import main; main(sys.argv[1:])"


def inject_faults(work: Path, chance: random.Random, limit: Limit) -> Counter[str]:
    """Inject faults until `limit` is reached; return how the runs ended, and how many met their fault.

    Raises:
        PromiseBroken: naming the call.
    """
    strace = shutil.which("strace")
    if strace is None:
        return Counter({"skipped, since strace is not installed": 1})
    failing = Failing(work, Minutes(work / "minutes", chance))
    failing.begin()
    seen: Counter[str] = Counter()
    log = work / "strace"
    done = 0
    while not limit.reached(done):
        call, error = CALLS[done % len(CALLS)], chance.choice(ERRORS)
        when = chance.randrange(1, MOST_CALLS)
        failing.minutes.change(1)
        inject = [f"--trace={call}", f"--inject={call}:error={error}:when={when}"]
        ended = failing.run_failing([strace, "-f", "-o", str(log), *inject], REINDEX)
        seen[ended] += 1
        if "INJECTED" in log.read_text(encoding="utf-8", errors="replace"):
            seen["met by a fault"] += 1
            seen[f"met by a fault of {call}"] += 1
        failing.run_whole()
        done += 1
    return seen
