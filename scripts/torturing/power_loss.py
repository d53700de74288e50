"""Cuts the power of a disk while `reindex` writes to it, and looks at what is there when it is back.

The disk is an ext4 filesystem in a file, behind a loop device. Shutting the filesystem down without its
journal, as the tests of the Linux filesystems do, loses what a power cut loses: all that was written and not
yet synced. It needs root, a loop device and `mkfs.ext4`.
"""

from __future__ import annotations

import fcntl
import gc
import os
import random
import shutil
import signal
import struct
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.torturing.faults import REINDEX
from scripts.torturing.limit import Limit
from scripts.torturing.minutes import Minutes
from scripts.torturing.promises import check_leftovers
from scripts.torturing.reindexing import ROOT, Failing

DISK_BYTES = 64 * 2**20
FS_IOC_SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = struct.pack("I", 2)
"""What is still in memory is lost, the journal too."""

AT_THE_END = 0.3
"""The share of the cuts that come when the run has ended with 0: nothing of it may be lost."""

PUBLISHING = 0.9
"""How far a run is when it begins to write most: the likeliest moment of a cut."""

TRIES = 100

PROGRAMS = ("mkfs.ext4", "mount", "umount")


class Disk:
    """A filesystem in a file, mounted at a folder.

    Args:
        work: where file and folder are made.
    """

    def __init__(self, work: Path) -> None:
        self.folder = work / "mounted"
        self._file = work / "disk"
        self.folder.mkdir()
        with self._file.open("wb") as file:
            file.truncate(DISK_BYTES)
        _do("mkfs.ext4", "-q", self._file)

    @contextmanager
    def mounted(self) -> Iterator[None]:
        """Mount it, and let go of it at the end."""
        self._mount()
        try:
            yield
        finally:
            self._unmount()

    def lose_power(self) -> None:
        """Lose what was not synced; all that is asked of the filesystem fails until `repower`."""
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, FS_IOC_SHUTDOWN, NO_LOG_FLUSH)
        finally:
            os.close(descriptor)

    def repower(self) -> None:
        """Mount it again as it was when the power went; call it when no process uses it."""
        self._unmount()
        self._mount()

    def _mount(self) -> None:
        _do("mount", "-o", "loop", self._file, self.folder)

    def _unmount(self) -> None:
        # What closed engines had mapped goes with the collector, and a killed process may not be gone yet.
        gc.collect()
        for _ in range(TRIES - 1):
            if _succeeds("umount", "--quiet", self.folder):
                return
            time.sleep(0.1)
        _do("umount", self.folder)


def cut_power(work: Path, chance: random.Random, limit: Limit) -> Counter[str]:
    """Cut the power of runs until `limit` is reached; return what was there afterwards.

    Raises:
        PromiseBroken: the index is neither as before nor as after, or older than what a run had ended with.
    """
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing or os.geteuid() != 0:
        return Counter({f"skipped, since it needs root and {', '.join(PROGRAMS)}": 1})
    disk = Disk(work)
    with disk.mounted():
        failing = Failing(disk.folder, Minutes(work / "minutes", chance))
        failing.begin()
        seconds = 2.0
        seen: Counter[str] = Counter()
        done = 0
        while not limit.reached(done):
            failing.minutes.change(chance.randrange(1, 4))
            waits = None if chance.random() < AT_THE_END else seconds * chance.triangular(0, 1.1, PUBLISHING)
            started = time.monotonic()
            status, log = _run_until(disk, failing, waits)
            if status is None:
                is_new = failing.check_content("after a power cut")
                seen[f"cut during the run, {'new' if is_new else 'old'} index"] += 1
            else:
                seconds = time.monotonic() - started
                seen[f"cut after {failing.check_ended(status, log)}"] += 1
            failing.run_whole()
            check_leftovers(failing.index)
            done += 1
    return seen


def _run_until(disk: Disk, failing: Failing, seconds: float | None) -> tuple[int | None, str]:
    """Run and cut the power after some seconds, or when the run has ended if that comes first.

    Returns:
        The exit status, `None` when the run was not over, and what it said.
    """
    run = subprocess.Popen(  # noqa: S603 -- our own program
        failing.command(REINDEX),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        _, log = run.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        status, log = None, ""
        disk.lose_power()
        # Its readers too.
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    else:
        disk.lose_power()
        status = run.returncode
    disk.repower()
    return status, log


def _do(*command: str | Path) -> None:
    if not _succeeds(*command):
        raise RuntimeError(f"{' '.join(map(str, command))} failed")


def _succeeds(*command: str | Path) -> bool:
    run = subprocess.run(list(map(str, command)), check=False, stdin=subprocess.DEVNULL)  # noqa: S603 -- as above
    return run.returncode == 0
