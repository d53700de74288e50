"""Generations: whole, immutable states of an index folder, and the pointer to the current one.

::

    index folder/
        CURRENT              the pointer: name of the current generation, SHA-256 of its SHA256SUMS
        LOCK                 held by the one process that writes, with its pid inside
        takedowns.json       what is to stay out (`index.takedown_list`)
        generations/
            00000007/        one generation; never changed after it was published
                SHA256SUMS   the checksum of each of its files; locked (shared) by those who read it
            00000008.tmp/    a generation in the making; swept by the next run when its maker died, also one
                             that had its name already, of which an empty folder keeps the number

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

from index import checksums
from index.durable import UNFINISHED, Fsync, make_folder, replace, sync
from index.errors import (
    REPAIR,
    IndexBusy,
    IndexDamaged,
    IndexMissing,
    IndexUnconfirmed,
    NoEarlierGeneration,
)
from index.holds import Hold, remove_unless_held
from index.trust import entries, refuse_unsafe

_POINTER: Final = "CURRENT"
_LOCK: Final = "LOCK"
_FOLDER: Final = "generations"
_LONGEST_NAME: Final = 20
_READ_ONLY: Final = 0o440


def current(folder: Path) -> Path:
    """Return the folder of the current generation.

    Raises:
        IndexMissing: nothing has been published here yet.
        IndexDamaged: the pointer is unreadable or names a generation that is not there.
        IndexUnsafe: others may write to the folder or to something in it.
    """
    refuse_unsafe(folder, folder / _FOLDER, folder / _POINTER)
    try:
        name, _, checksum = (folder / _POINTER).read_text(encoding="ascii").strip().partition(" ")
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing(
            f"Det finns inget index i {folder}. Skapa det med: minutes-search reindex "
            f"--minutes KATALOG --index {folder}"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"Pekaren {folder / _POINTER} kan inte läsas: {error}. {REPAIR}") from error
    generation = folder / _FOLDER / name
    if not (_is_number(name) and generation.is_dir()):
        raise IndexDamaged(f"Pekaren {folder / _POINTER} anger något som inte finns. {REPAIR}")
    refuse_unsafe(folder, *entries(generation))
    if checksums.digest(generation) != checksum:
        raise IndexDamaged(f"{generation / checksums.CHECKSUMS} har ändrats eller saknas. {REPAIR}")
    return generation


def hold(folder: Path) -> Hold:
    """Return a hold on the current generation of an index folder.

    Raises:
        IndexMissing, IndexDamaged, IndexUnsafe: as `current`.
    """
    while True:
        before = pointer_state(folder)
        try:
            return Hold(current(folder))
        except IndexDamaged:
            if pointer_state(folder) == before:
                raise
            # What the pointer named was removed since newer ones were published.


def hold_before(folder: Path, generation: Path | None = None) -> Hold:
    """Return a hold on the generation before another.

    Args:
        folder: of the index.
        generation: the other; without it, the one that the pointer names, which may be damaged itself.

    Raises:
        NoEarlierGeneration: there is none.
        IndexDamaged, IndexUnsafe: as `current`.
    """
    refuse_unsafe(folder, folder / _FOLDER, folder / _POINTER)
    name = generation.name if generation else _pointed(folder)
    earlier = [old for old in all_published(folder) if _is_number(name) and int(old.name) < int(name)]
    if not earlier:
        raise NoEarlierGeneration(
            f"Det finns ingen tidigare generation att gå tillbaka till i {folder}: ingen har publicerats "
            "före den som gäller, eller de togs bort. Indexet är orört."
        )
    refuse_unsafe(folder, *entries(earlier[-1]))
    return Hold(earlier[-1])


def pointer_state(folder: Path) -> tuple[int, int, int] | None:
    """Return what changes when a generation is published; `None` without a pointer.

    One `stat`: cheap enough to ask before every request.
    """
    try:
        # Not of a `Path`: putting that together takes as long as the system does.
        state = os.stat(f"{folder}/{_POINTER}")  # noqa: PTH116 -- see above
    except OSError:
        return None
    return state.st_ino, state.st_mtime_ns, state.st_size


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
    generations = folder / _FOLDER
    make_folder(generations)
    name = f"{_next_number(folder):08d}"
    _sweep(folder)
    _refuse_without_room(generations, room)
    unfinished = generations / f"{name}{UNFINISHED}"
    unfinished.mkdir(mode=0o750)
    for file in sorted(base.iterdir()) if base else ():
        if not checksums.is_own(file.name):
            os.link(file, unfinished / file.name)
    return unfinished


def _sweep(folder: Path) -> None:
    """Remove what killed runs left, and old generations that are no longer held."""
    for file in folder.glob(f"*{UNFINISHED}"):
        file.unlink()
    for leftover in (folder / _FOLDER).glob(f"*{UNFINISHED}"):
        shutil.rmtree(leftover)
    current_one = _current_or_none(folder)
    if current_one is None:
        # Any of them may be what a damaged pointer named.
        return
    older = [old for old in all_published(folder) if int(old.name) < int(current_one.name)]
    for old in older[:-1]:
        remove_unless_held(old)
    for abandoned in all_published(folder)[len(older) + 1 :]:
        remove_unless_held(abandoned)
        # Its number stays taken: a power cut may have taken back the pointer to what was already read.
        abandoned.mkdir(mode=0o750, exist_ok=True)


def name_of(generation: Path) -> str:
    """Return a generation's number as decimal digits, published or not."""
    return str(int(generation.name.removesuffix(UNFINISHED)))


def _refuse_without_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        reason = f"det behövs omkring {needed >> 20} MB, och {free >> 20} MB är lediga"
        raise OSError(errno.ENOSPC, reason, str(folder))


def size_on_disk(generation: Path | None) -> int:
    """Return how many bytes the files of a generation have; 0 of one that is gone."""
    return sum(file.stat().st_size for file in generation.glob("*")) if generation else 0


def folder_of(folder: Path, generation: str) -> Path:
    """Return the folder of a published generation by its number as decimal digits."""
    return folder / _FOLDER / f"{int(generation):08d}"


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
    before = _current_or_none(folder)
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
        if _pointed(folder) != published.name:
            discard(unfinished)
            discard(published)
        raise
    try:
        sync(folder, fsync)
    except OSError as error:
        raise IndexUnconfirmed(folder, error) from error
    # What cannot be removed is left to the next run: the new generation is published whatever happens here.
    with suppress(OSError):
        for old in all_published(folder):
            if old not in (published, before):
                remove_unless_held(old)
    return published


def remove_others(folder: Path) -> None:
    """Remove all generations but the current one, durably, also such as are held: what is open can be read.

    Call it under the lock.

    Raises:
        OSError: one of them cannot be removed.
    """
    kept = current(folder)
    for other in (folder / _FOLDER).iterdir():
        if other != kept:
            shutil.rmtree(other)
    sync(folder / _FOLDER)


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
    replace(folder / _POINTER, content.encode("ascii"), mode=0o640, fsync=fsync)


def discard(unfinished: Path) -> None:
    """Remove a generation that will not be published."""
    shutil.rmtree(unfinished, ignore_errors=True)


def all_published(folder: Path) -> list[Path]:
    """Return the folders of all generations that were published or about to be, the oldest first."""
    found = [path for path in (folder / _FOLDER).glob("*") if _is_number(path.name)]
    return sorted(found, key=lambda path: int(path.name))


def _next_number(folder: Path) -> int:
    """Return a number above all that were ever seen, also when the pointer or its folder is damaged."""
    pointed = _pointed(folder)
    return (
        max(
            [
                0,
                int(pointed) if _is_number(pointed) else 0,
                *(int(path.name) for path in all_published(folder)),
            ]
        )
        + 1
    )


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdigit() and len(name) < _LONGEST_NAME


def _pointed(folder: Path) -> str:
    """Return the name in the pointer, whatever it is; empty when there is none."""
    try:
        return (folder / _POINTER).read_text(encoding="ascii", errors="replace").partition(" ")[0].strip()
    except OSError:
        return ""


def _current_or_none(folder: Path) -> Path | None:
    """Return the current generation, `None` when there is none that can be used."""
    with suppress(IndexMissing, IndexDamaged):
        return current(folder)
    return None
