"""Lets no file grow beyond a size, as on a disk that is full, at one size after another."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from scripts.torturing.limit import Limit
from scripts.torturing.minutes import Minutes
from scripts.torturing.promises import PromiseBroken, check_leftovers
from scripts.torturing.reindexing import Failing

FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from search_service.cli import main
main(sys.argv[2:])
"""


def fill_disk(work: Path, chance: random.Random, limit: Limit) -> Counter[str]:
    """Run at sizes from nothing to that of the largest file; return how the runs ended.

    Raises:
        PromiseBroken: naming the size.
    """
    failing = Failing(work, Minutes(work / "minutes", chance))
    failing.begin()
    largest = max(file.stat().st_size for file in failing.index.rglob("*") if file.is_file())
    seen: Counter[str] = Counter()
    done = 0
    while not limit.reached(done):
        failing.minutes.change(1)
        # Evenly in the logarithm: small files are many.
        size = int((largest * 1.1) ** (done / max(limit.times - 1, 1)))
        ended = failing.run_failing((), FULL, str(size))
        if "exit 74, old" not in ended and "exit 0, new" not in ended:
            raise PromiseBroken(f"with files of at most {size} bytes: {ended}")
        check_leftovers(failing.index)
        seen[ended] += 1
        failing.run_whole()
        done += 1
    return seen
