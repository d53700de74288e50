"""Publishes generations: one writer at a time, and either the whole of what it made or nothing.

A run prepares a folder of its own, beginning with hard links to the files of the generation
before, and publishes it by renaming the folder and then replacing the pointer. Every file is
fsynced before the rename and every folder after it, so the pointer never names what a power
cut could take away. An error on the way leaves the generation before as the current one.
A generation is removed when a newer one is published, unless it is the one before, which readers may be
about to open, or a reader of whatever process holds it; then a later run removes it. After a takedown none is
kept: what is mapped can be read on, as its file goes when it is let go of.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from index import checksums, generations
from index.durable import UNFINISHED, Fsync, make_folder, replace, sync
from index.errors import IndexBusy, IndexUnconfirmed
from index.holds import remove_unless_held
from index.trust import refuse_unsafe

_LOCK: Final = "LOCK"
_READ_ONLY: Final = 0o440


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold the right to write to `folder`.

    Raises:
        IndexBusy: another process holds it; the message names its pid.
        IndexUnsafe: others may write to the folder.
    """
    make_folder(folder)
    refuse_unsafe(folder)
    with (folder / _LOCK).open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "okänd"
            raise IndexBusy(
                f"En annan process (pid {holder}) skriver redan till indexet i {folder}. "
                "Vänta tills den är klar och kör igen."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def prepare(folder: Path, base: Path | None, *, room: int = 0) -> Path:
    """Return a new unfinished generation with hard links to the files of `base`.

    What killed runs left behind and old generations that are no longer held are removed first. Call it
    under the lock.

    Args:
        folder: of the index.
        base: the generation that it begins with, `None` for nothing.
        room: bytes that will be written at least, as far as that is known.

    Raises:
        OSError: the disk has less room than that, or is broken.
    """
    parent = folder / generations.FOLDER
    make_folder(parent)
    name = f"{_next_number(folder):08d}"
    _sweep(folder)
    _refuse_without_room(parent, room)
    unfinished = parent / f"{name}{UNFINISHED}"
    unfinished.mkdir(mode=0o750)
    for file in sorted(base.iterdir()) if base else ():
        if not checksums.is_own(file.name):
            os.link(file, unfinished / file.name)
    return unfinished


def publish(folder: Path, unfinished: Path, *, fsync: Fsync = os.fsync) -> Path:
    """Make an unfinished generation the current one, durably; return its new folder.

    The generation before is kept, since readers may be about to open it, and those that are held;
    older ones go.

    Args:
        folder: of the index.
        unfinished: from `prepare`.
        fsync: what makes a file or folder durable. An error of it is final: what could not be made
            durable is not tried again but thrown away.

    Raises:
        OSError: the disk is full or broken; the current generation is the one of before.
        IndexDamaged: a new file does not say what was written; the current generation is the one of before.
        IndexUnconfirmed: the new generation is the current one, but a power cut might undo that.
    """
    before = generations.current_or_none(folder)
    published = unfinished.with_name(unfinished.name.removesuffix(UNFINISHED))
    try:
        checksums.write(unfinished, before)
        for file in unfinished.iterdir():
            _settle(file, fsync)
        sync(unfinished, fsync)
        unfinished.rename(published)
        sync(published.parent, fsync)
        _point_to(folder, published, fsync)
    except BaseException:
        if generations.pointed(folder) != published.name:
            discard(unfinished)
            discard(published)
        raise
    try:
        sync(folder, fsync)
    except OSError as error:
        raise IndexUnconfirmed(folder, error) from error
    # What cannot be removed is left to the next run: the new generation is published whatever happens here.
    with suppress(OSError):
        for old in generations.all_published(folder):
            if old not in (published, before):
                remove_unless_held(old)
    return published


def remove_others(folder: Path) -> None:
    """Remove all generations but the current one, durably, also such as are held: what is open can be read.

    Call it under the lock.

    Raises:
        OSError: one of them cannot be removed.
    """
    kept = generations.current(folder)
    for other in (folder / generations.FOLDER).iterdir():
        if other != kept:
            shutil.rmtree(other)
    sync(folder / generations.FOLDER)


def _settle(file: Path, fsync: Fsync) -> None:
    """Make a file read-only and durable."""
    # A file that is shared with another folder may be another user's.
    with suppress(PermissionError):
        file.chmod(_READ_ONLY)
    sync(file, fsync)


def _point_to(folder: Path, published: Path, fsync: Fsync) -> None:
    """Replace the pointer: what makes a generation the current one."""
    content = f"{published.name} {checksums.digest(published)}\n"
    # What its group could write would not be opened.
    replace(folder / generations.POINTER, content.encode("ascii"), mode=0o640, fsync=fsync)


def discard(unfinished: Path) -> None:
    """Remove a generation that will not be published."""
    shutil.rmtree(unfinished, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Remove what killed runs left, and old generations that are no longer held."""
    for file in folder.glob(f"*{UNFINISHED}"):
        file.unlink()
    for leftover in (folder / generations.FOLDER).glob(f"*{UNFINISHED}"):
        shutil.rmtree(leftover)
    current_one = generations.current_or_none(folder)
    if current_one is None:
        # Any of them may be what a damaged pointer named.
        return
    older = [old for old in generations.all_published(folder) if int(old.name) < int(current_one.name)]
    for old in older[:-1]:
        remove_unless_held(old)
    for abandoned in generations.all_published(folder)[len(older) + 1 :]:
        remove_unless_held(abandoned)
        # Its number stays taken: a power cut may have taken back the pointer to what was already read.
        abandoned.mkdir(mode=0o750, exist_ok=True)


def _next_number(folder: Path) -> int:
    """Return a number above all that were ever seen, also when the pointer or its folder is damaged."""
    names = [generations.pointed(folder), *(path.name for path in generations.all_published(folder))]
    return max((int(name) for name in names if generations.is_number(name)), default=0) + 1


def _refuse_without_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        reason = f"det behövs omkring {needed >> 20} MB, och {free >> 20} MB är lediga"
        raise OSError(errno.ENOSPC, reason, str(folder))
