"""Generations: whole, immutable states of an index folder, and the pointer to the current one.

::

    index folder/
        CURRENT              the pointer: name of the current generation, SHA-256 of its SHA256SUMS
        LOCK                 held by the one process that writes, with its pid inside
        generations/
            00000007/        one generation; never changed after it was published
                SHA256SUMS   the checksum of each of its files (`sha256sum -c` knows the format)
            00000008.tmp/    a generation in the making; swept by the next run when its maker died

A run prepares a folder of its own, beginning with hard links to the files of the generation
before, and publishes it by renaming the folder and then replacing the pointer. Every file is
fsynced before the rename and every folder after it, so the pointer never names what a power
cut could take away.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from index.errors import IndexBusy, IndexDamaged, IndexMissing, IndexUnsafe

_POINTER: Final = "CURRENT"
_LOCK: Final = "LOCK"
_FOLDER: Final = "generations"
_UNFINISHED: Final = ".tmp"
_CHECKSUMS: Final = "SHA256SUMS"
_LONGEST_NAME: Final = 20


def current(folder: Path) -> Path:
    """Return the folder of the current generation.

    Raises:
        IndexMissing: nothing has been published here yet.
        IndexDamaged: the pointer is unreadable or names a generation that is not there.
        IndexUnsafe: everyone may write to the folder.
    """
    _refuse_unsafe(folder)
    try:
        name, _, checksum = (folder / _POINTER).read_text(encoding="ascii").strip().partition(" ")
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing(
            f"Det finns inget index i {folder}. Skapa det med: minutes-search reindex "
            f"--minutes KATALOG --index {folder}"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"Pekaren {folder / _POINTER} kan inte läsas: {error}. {_REPAIR}") from error
    generation = folder / _FOLDER / name
    if not (name.isdigit() and len(name) < _LONGEST_NAME and generation.is_dir()):
        raise IndexDamaged(f"Pekaren {folder / _POINTER} anger något som inte finns. {_REPAIR}")
    if _checksum(generation / _CHECKSUMS) != checksum:
        raise IndexDamaged(f"{generation / _CHECKSUMS} har ändrats eller saknas. {_REPAIR}")
    return generation


def verify(generation: Path) -> None:
    """Check each file of a published generation against its checksum.

    Raises:
        IndexDamaged: names the first file that is missing, cut short or changed.
    """
    for line in (generation / _CHECKSUMS).read_text(encoding="utf-8").splitlines():
        checksum, _, name = line.partition("  ")
        if _checksum(generation / name) != checksum:
            raise IndexDamaged(f"{generation / name} har ändrats eller saknas. {_REPAIR}")


def is_intact(generation: Path, name: str) -> bool:
    """Tell whether a published generation has a file of this name, as it was published."""
    try:
        lines = (generation / _CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    return f"{_checksum(generation / name)}  {name}" in lines


def _checksum(file: Path) -> str | None:
    """Return the SHA-256 of a file in hexadecimal, `None` when it cannot be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _refuse_unsafe(folder: Path) -> None:
    """Refuse a folder that others can write to: opening an index runs what its files say."""
    for path in (folder, folder / _FOLDER):
        with suppress(OSError):
            if path.stat().st_mode & stat.S_IWOTH:
                raise IndexUnsafe(
                    f"Alla kan skriva i {path}; ett index därifrån öppnas inte. Kör: chmod o-w {path}"
                )


def pointer_state(folder: Path) -> tuple[int, int, int] | None:
    """Return what changes when a generation is published; `None` without a pointer.

    One `stat`: cheap enough to ask before every request.
    """
    try:
        state = (folder / _POINTER).stat()
    except OSError:
        return None
    return state.st_ino, state.st_mtime_ns, state.st_size


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold the right to write to `folder`.

    Raises:
        IndexBusy: another process holds it; the message names its pid.
    """
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
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


def prepare(folder: Path, base: Path | None) -> Path:
    """Return a new unfinished generation with hard links to the files of `base`.

    What a killed run left behind is removed first. Call it under the lock.
    """
    generations = folder / _FOLDER
    generations.mkdir(mode=0o750, exist_ok=True)
    for leftover in generations.glob(f"*{_UNFINISHED}"):
        shutil.rmtree(leftover)
    unfinished = generations / f"{_next_number(folder):08d}{_UNFINISHED}"
    unfinished.mkdir(mode=0o750)
    for file in sorted(base.iterdir()) if base else ():
        if file.name != _CHECKSUMS:
            os.link(file, unfinished / file.name)
    return unfinished


def name_of(generation: Path) -> str:
    """Return a generation's number as decimal digits, published or not."""
    return str(int(generation.name.removesuffix(_UNFINISHED)))


def publish(folder: Path, unfinished: Path) -> Path:
    """Make an unfinished generation the current one, durably; return its new folder.

    The generation before is kept, since readers may be about to open it; older ones go.
    """
    kept = {unfinished.name.removesuffix(_UNFINISHED), _current_name(folder)}
    files = sorted(unfinished.iterdir())
    checksums = unfinished / _CHECKSUMS
    checksums.write_text("".join(f"{_checksum(file)}  {file.name}\n" for file in files), encoding="utf-8")
    for file in (*files, checksums):
        _fsync(file)
    _fsync(unfinished)
    published = unfinished.with_name(unfinished.name.removesuffix(_UNFINISHED))
    unfinished.rename(published)
    _fsync(published.parent)
    replacement = folder / f"{_POINTER}{_UNFINISHED}"
    replacement.write_text(f"{published.name} {_checksum(published / _CHECKSUMS)}\n", encoding="ascii")
    _fsync(replacement)
    replacement.replace(folder / _POINTER)
    _fsync(folder)
    for old in published.parent.iterdir():
        if old.name not in kept:
            shutil.rmtree(old)
    return published


def discard(unfinished: Path) -> None:
    """Remove a generation that will not be published."""
    shutil.rmtree(unfinished, ignore_errors=True)


def _next_number(folder: Path) -> int:
    numbers = [int(path.name) for path in (folder / _FOLDER).iterdir() if path.name.isdigit()]
    return max([*numbers, int(_current_name(folder))]) + 1


def _current_name(folder: Path) -> str:
    """Return the name of the current generation's folder, `0` when there is none that can be used."""
    with suppress(IndexMissing, IndexDamaged):
        return current(folder).name
    return "0"


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_REPAIR: Final = "Bygg om indexet med: minutes-search reindex --rebuild"
