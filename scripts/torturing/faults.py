"""Lets the k-th call of one kind to the system fail, for one k after another (needs `strace`)."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from pathlib import Path

from scripts.torturing.limit import Limit
from scripts.torturing.minutes import Minutes
from scripts.torturing.reindexing import Failing

CALLS = ("fsync", "rename", "link", "mkdir", "chmod", "unlink", "flock", "write", "ftruncate")
"""Those that change something; without others, such as `mmap`, the interpreter itself does not begin."""

ERRORS = ("EIO", "ENOSPC")

_CALL = re.compile(r"^\d+ +(\w+)\(", re.MULTILINE)

REINDEX = "import sys; from search_service.cli import main; main(sys.argv[1:])"


def inject_faults(work: Path, chance: random.Random, limit: Limit) -> Counter[str]:
    """Let runs meet faults until `limit` is reached; return how they ended.

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
    failing.minutes.change(1)
    failing.run_failing([strace, "-f", "-o", str(log), f"--trace={','.join(CALLS)}"], REINDEX)
    calls = Counter(_CALL.findall(_read(log)))
    done = 0
    while not limit.reached(done):
        call, error = chance.choice(sorted(calls)), chance.choice(ERRORS)
        when = chance.randint(1, calls[call])
        failing.minutes.change(1)
        inject = [f"--trace={call}", f"--inject={call}:error={error}:when={when}"]
        ended = failing.run_failing([strace, "-f", "-o", str(log), *inject], REINDEX)
        failing.run_whole()
        # A run has not the same calls as the one that was counted.
        if "INJECTED" not in _read(log):
            seen["not met by its fault, which does not count"] += 1
            continue
        seen[ended] += 1
        seen[f"met by a fault of {call}"] += 1
        done += 1
    return seen


def _read(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")
