#!/usr/bin/env python3
"""Does to an index what machines and disks do, and checks what it promises after each time.

    .venv/bin/python scripts/torture.py [--only NAME,NAME] [--times N] [--seed N] [--minutes N]

`tests/RESILIENCY.md` has the last results.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from scripts.torturing.faults import inject_faults
from scripts.torturing.flips import change_files
from scripts.torturing.full_disk import fill_disk
from scripts.torturing.kills import kill_runs
from scripts.torturing.limit import Limit
from scripts.torturing.power_loss import cut_power
from scripts.torturing.promises import PromiseBroken

Torture = Callable[[Path, random.Random, Limit], Counter[str]]

TORTURES: dict[str, tuple[Torture, int]] = {
    "kills": (kill_runs, 1000),
    "flips": (change_files, 2000),
    "full-disk": (fill_disk, 40),
    "faults": (inject_faults, 200),
    "power-loss": (cut_power, 60),
}
"""What is done, and how often where nothing else is said."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; return 1 when a promise was broken."""
    options = _options(arguments)
    broken = 0
    for name in options.only:
        torture, times = TORTURES[name]
        broken += _run(name, torture, options, times=options.times or times)
    return 1 if broken else 0


def _run(name: str, torture: Torture, options: argparse.Namespace, *, times: int) -> bool:
    """Do one of the tortures, print its table; return whether a promise was broken."""
    work = Path(tempfile.mkdtemp(prefix=f"torture-{name}-"))
    started = time.monotonic()
    chance = random.Random(options.seed)  # noqa: S311 -- repeatable, not secret
    until = started + 60 * options.minutes / len(options.only)
    try:
        seen = torture(work, chance, Limit(times, until))
    except PromiseBroken as error:
        print(f"{name}: BROKEN (kept in {work}, seed {options.seed}): {error}")
        return True
    shutil.rmtree(work)
    print(f"{name}: all promises kept, seed {options.seed}, {time.monotonic() - started:.0f} s")
    for what, count in seen.items():
        print(f"{count:6} {what}")
    return False


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=600, help="all of it takes at most about so long")
    parser.add_argument("--times", type=int, help="how often each is done, else what the issue asks for")
    parser.add_argument("--only", type=_names, default=list(TORTURES), help=", ".join(TORTURES))
    return parser.parse_args(arguments)


def _names(text: str) -> list[str]:
    names = text.split(",")
    if not set(names) <= TORTURES.keys():
        raise argparse.ArgumentTypeError(f"expected some of {', '.join(TORTURES)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
