"""Whose files an index may be opened from: opening it runs what its files say.

The folder is the operator's word: its owner is trusted, and so are root and the user that runs this. Nobody
else may be able to change what is in it, by owning it or by its mode, and nothing in it may lead elsewhere.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from index.errors import IndexUnsafe


def refuse_unsafe(folder: Path, *inside: Path) -> None:
    """Refuse a folder, or something inside it, that others can change.

    Args:
        folder: of the index; it may be named by a link.
        inside: files and folders in it; what is missing is passed over.

    Raises:
        IndexUnsafe: names what it is and the command that mends it.
    """
    with suppress(OSError):
        there = folder.stat()
        _refuse_writable(folder, there)
        trusted = {0, os.geteuid(), there.st_uid}
        for path in inside:
            with suppress(FileNotFoundError, NotADirectoryError):
                _refuse(path, path.lstat(), trusted)


def entries(folder: Path) -> tuple[Path, ...]:
    """Return a folder and what is in it, for `refuse_unsafe`; also when another process removes it."""
    with suppress(OSError):
        return (folder, *folder.iterdir())
    return (folder,)


def _refuse(path: Path, found: os.stat_result, trusted: set[int]) -> None:
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        raise IndexUnsafe(
            f"{path} är varken fil eller katalog (kanske en länk); ett index öppnas inte med den. "
            f"Kör: rm {path}"
        )
    if found.st_uid not in trusted:
        raise IndexUnsafe(
            f"{path} tillhör en annan användare än indexets katalog; ett index öppnas inte med den. "
            f"Kör: chown {os.geteuid()} {path}"
        )
    _refuse_writable(path, found)


def _refuse_writable(path: Path, found: os.stat_result) -> None:
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise IndexUnsafe(
            f"Andra kan skriva i {path}; ett index därifrån öppnas inte. Kör: chmod go-w {path}"
        )
