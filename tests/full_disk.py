"""Disks that take no more."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MORE = 2**30


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file of this process grow above `size` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def more_than_the_disk_has_room_for(generation: Path) -> Path:
    """Put a file into a generation, all holes, of more bytes than the disk could take once more."""
    ballast = generation / "ballast"
    with ballast.open("wb") as file:
        file.truncate(shutil.disk_usage(generation).free + _MORE)
    return ballast
