"""What the files of a generation must be: their SHA-256, and of array files the size and the end.

::

    SHA256SUMS   the checksum of each file but itself (`sha256sum -c` knows the format)
    SIZES        the size and the last bytes of each array file

Array files are most of an index and have checksums of their own for each part that is read, so opening an
index hashes only the other files. The end of an array file is a checksum over all those it has, which
tells it from every other array file without reading it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from index.errors import REPAIR, IndexDamaged, OperatorError
from index.segments.array_file import ArrayFile

Progress = Callable[[int, int], None]
"""Called with how many bytes are done, and of how many."""

CHECKSUMS: Final = "SHA256SUMS"
ARRAYS: Final = ".arrays"

_SIZES: Final = "SIZES"
_END: Final = 24
_PIECE: Final = 1 << 22


def write(generation: Path, base: Path | None) -> None:
    """Write the two files over all others of an unfinished generation.

    The checksum of a file that `base` shares is taken over, not computed again: it costs no time, and what
    has changed on the disk since stays found.

    Args:
        generation: its folder.
        base: the generation before, if any.

    Raises:
        IndexDamaged: a new array file does not say what was written to it.
    """
    known = _shared(generation, base) if base else {}
    files = _files(generation)
    for file in files:
        if file.suffix == ARRAYS and file.name not in known:
            with closing(ArrayFile.open(file)) as arrays:
                arrays.verify()
    sizes = "".join(f"{_size_and_end(file)}  {file.name}\n" for file in files if file.suffix == ARRAYS)
    _write_anew(generation / _SIZES, sizes)
    listed = sorted([*files, generation / _SIZES])
    lines = [f"{known.get(file.name) or _digest(file)}  {file.name}\n" for file in listed]
    _write_anew(generation / CHECKSUMS, "".join(lines))


def is_own(name: str) -> bool:
    """Tell whether a file belongs to one generation alone, since it describes the others."""
    return name in {CHECKSUMS, _SIZES}


def digest(generation: Path) -> str | None:
    """Return a checksum over all checksums of a generation, `None` when it has none."""
    return _digest(generation / CHECKSUMS)


def check_at_open(generation: Path) -> None:
    """Check what an index is opened from: all of it but the inside of array files, which check themselves.

    Raises:
        IndexDamaged: names the first file that is missing, cut short or changed.
    """
    listed = _listed(generation)
    arrays = {name for name in listed if name.endswith(ARRAYS)}
    for name in listed.keys() - arrays:
        _check(generation / name, _digest(generation / name), listed[name])
    sizes = _table(generation / _SIZES) if arrays else {}
    for name in arrays:
        _check(generation / name, _size_and_end(generation / name), sizes.get(name))


def last_written(generation: Path) -> Mapping[int, tuple[int, int]]:
    """Return the size and the time of the last change of each array file by its inode; nothing is read.

    No run writes to a file that is published, so where they differ later, something else did. A file put in
    the place of one is another inode: who has the old one mapped still reads what was published.
    """
    found = {}
    with suppress(OSError), os.scandir(generation) as files:
        for said in (file.stat() for file in files if file.name.endswith(ARRAYS)):
            found[said.st_ino] = said.st_size, said.st_mtime_ns
    return found


def damaged_files(generation: Path, progress: Progress = lambda _done, _total: None) -> Iterator[str]:
    """Read every byte of a generation; yield for each file that is not what was published what is wrong.

    Raises:
        IndexDamaged: the list of its files cannot be read.
    """
    listed = _listed(generation)
    total = sum(_size(generation / name) for name in listed)
    done = 0
    for name, expected in listed.items():
        file = generation / name
        size = _size(file)
        found = _digest(file, partial(_advance, progress, done, total))
        if found != expected:
            yield f"{file} {_what(file, found)}."
        elif file.suffix == ARRAYS:
            yield from _changed_arrays(file)
        done += size
    for file in _files(generation):
        if file.name not in listed:
            yield f"{file} hör inte till indexet; ta bort den."


def is_intact(generation: Path, name: str) -> bool:
    """Tell whether a published generation has a file of this name, as it was published."""
    try:
        expected = _listed(generation).get(name)
    except IndexDamaged:
        return False
    return expected is not None and _digest(generation / name) == expected


def _advance(progress: Progress, before: int, total: int, read: int) -> None:
    progress(before + read, total)


def _changed_arrays(file: Path) -> Iterator[str]:
    """Yield what is wrong with an array file as its own checksums have it."""
    try:
        with closing(ArrayFile.open(file)) as arrays:
            arrays.verify()
    except OperatorError as error:
        yield str(error)


def _shared(generation: Path, base: Path) -> Mapping[str, str]:
    """Return the checksums of the files that a generation shares with the one before by hard links."""
    shared = {}
    with suppress(IndexDamaged):
        for name, checksum in _listed(base).items():
            with suppress(OSError):
                if not is_own(name) and (generation / name).samefile(base / name):
                    shared[name] = checksum
    return shared


def _listed(generation: Path) -> dict[str, str]:
    return _table(generation / CHECKSUMS)


def _table(file: Path) -> dict[str, str]:
    """Return what stands before two spaces by the name that stands after them."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"{file} kan inte läsas: {error}. {REPAIR}") from error
    return {name: value for value, _, name in (line.partition("  ") for line in lines)}


def _files(generation: Path) -> list[Path]:
    return sorted(file for file in generation.iterdir() if not is_own(file.name))


def _write_anew(file: Path, content: str) -> None:
    # Never over the file that is there: another generation may share it by a hard link.
    file.unlink(missing_ok=True)
    file.write_text(content, encoding="utf-8")


def _digest(file: Path, progress: Callable[[int], None] = lambda _read: None) -> str | None:
    """Return the SHA-256 of a file in hexadecimal, `None` when it cannot be read."""
    try:
        with file.open("rb") as stream:
            return _hashed(stream, progress)
    except OSError:
        return None


def _hashed(stream: BinaryIO, progress: Callable[[int], None]) -> str:
    hashed = hashlib.sha256()
    while piece := stream.read(_PIECE):
        hashed.update(piece)
        progress(stream.tell())
    return hashed.hexdigest()


def _size_and_end(file: Path) -> str | None:
    try:
        with file.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(size - _END, 0))
            return f"{size} {stream.read(_END).hex()}"
    except OSError:
        return None


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _check(file: Path, found: str | None, expected: str | None) -> None:
    if found != expected:
        raise IndexDamaged(f"{file} {_what(file, found)}. {REPAIR}")


def _what(file: Path, found: str | None) -> str:
    """Return what is the matter with a file of which something else was found, `None` if nothing."""
    if found is not None:
        return "har ändrats"
    return "kan inte läsas" if file.exists() else "saknas"
