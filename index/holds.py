"""Holds: while a reader of any process has one, no process removes the files of its generation."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

from index.checksums import CHECKSUMS
from index.errors import REPAIR, IndexDamaged


class Hold:
    """The right to read a generation: a shared lock on its list of checksums, until `release`.

    A process that dies lets go of what it held.

    Attributes:
        folder: of the generation.
    """

    def __init__(self, folder: Path) -> None:
        """Take hold.

        Raises:
            IndexDamaged: the generation is being removed, or was.
        """
        self.folder = folder
        self._descriptor: int | None = None
        file = folder / CHECKSUMS
        try:
            self._descriptor = os.open(file, os.O_RDONLY)
            fcntl.flock(self._descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
            # Who removed it between the two lines left us the lock of a file without a name.
            there = os.path.samestat(os.fstat(self._descriptor), file.stat())
        except (FileNotFoundError, BlockingIOError):
            there = False
        if not there:
            self.release()
            raise IndexDamaged(f"{folder} togs bort när den skulle öppnas. {REPAIR}")

    def release(self) -> None:
        """Let go; once more does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def remove_unless_held(folder: Path) -> None:
    """Remove a generation that no one holds; what cannot be removed now is left to the next run."""
    try:
        descriptor = os.open(folder / CHECKSUMS, os.O_RDONLY)
    except FileNotFoundError:
        # A run was killed while it removed the generation. Without this file no one can hold it.
        shutil.rmtree(folder, ignore_errors=True)
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        # Held.
        return
    finally:
        os.close(descriptor)
