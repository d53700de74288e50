"""Files and folders that outlast a power cut once a function here has returned."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

Fsync = Callable[[int], None]
"""Makes what was written to a descriptor outlast a power cut, as `os.fsync`."""

UNFINISHED: Final = ".tmp"
"""How the name of what is still being written ends."""


def sync(path: Path, fsync: Fsync = os.fsync) -> None:
    """Make a file's contents durable, or which names a folder has.

    Raises:
        OSError: it could not be done. That is final: what was not written may be forgotten by the system.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(file: Path, content: bytes, *, mode: int, fsync: Fsync = os.fsync) -> None:
    """Put a file in the place of another, whole or not at all; durable once its folder is synced.

    A killed run leaves what it had written under the name with `UNFINISHED`. Call it under a lock.

    Args:
        file: its path.
        content: what it will have.
        mode: its permissions, whatever the umask is.
        fsync: what makes it durable.

    Raises:
        OSError: the file is as it was.
    """
    unfinished = file.with_name(f"{file.name}{UNFINISHED}")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fchmod(descriptor, mode)
        fsync(descriptor)
    unfinished.replace(file)


def make_folder(folder: Path) -> None:
    """Make a folder and those it stands in, durably; one that is there is left as it is.

    Raises:
        OSError: one of them cannot be made.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=0o750 if path == folder else 0o777, exist_ok=True)
        # One may make a folder where one may not list what is there.
        with suppress(PermissionError):
            sync(path.parent)
