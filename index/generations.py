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

They are made and removed by `index.publishing`; here they are found.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from index import checksums
from index.durable import UNFINISHED
from index.errors import REPAIR, IndexDamaged, IndexMissing, NoEarlierGeneration
from index.holds import Hold
from index.trust import entries, refuse_unsafe

POINTER: Final = "CURRENT"
"""The file in an index folder that names the current generation."""
FOLDER: Final = "generations"
"""The folder in an index folder that has all of them."""
_LONGEST_NAME: Final = 20


def current(folder: Path) -> Path:
    """Return the folder of the current generation.

    Raises:
        IndexMissing: nothing has been published here yet.
        IndexDamaged: the pointer is unreadable or names a generation that is not there.
        IndexUnsafe: others may write to the folder or to something in it.
    """
    refuse_unsafe(folder, folder / FOLDER, folder / POINTER)
    try:
        name, _, checksum = (folder / POINTER).read_text(encoding="ascii").strip().partition(" ")
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing(
            f"Det finns inget index i {folder}. Skapa det med: minutes-search reindex "
            f"--minutes KATALOG --index {folder}"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"Pekaren {folder / POINTER} kan inte läsas: {error}. {REPAIR}") from error
    generation = folder / FOLDER / name
    if not (is_number(name) and generation.is_dir()):
        raise IndexDamaged(f"Pekaren {folder / POINTER} anger något som inte finns. {REPAIR}")
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
    refuse_unsafe(folder, folder / FOLDER, folder / POINTER)
    name = generation.name if generation else pointed(folder)
    earlier = [old for old in all_published(folder) if is_number(name) and int(old.name) < int(name)]
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
        state = os.stat(f"{folder}/{POINTER}")  # noqa: PTH116 -- see above
    except OSError:
        return None
    return state.st_ino, state.st_mtime_ns, state.st_size


def name_of(generation: Path) -> str:
    """Return a generation's number as decimal digits, published or not."""
    return str(int(generation.name.removesuffix(UNFINISHED)))


def size_on_disk(generation: Path | None) -> int:
    """Return how many bytes the files of a generation have; 0 of one that is gone."""
    return sum(file.stat().st_size for file in generation.glob("*")) if generation else 0


def folder_of(folder: Path, generation: str) -> Path:
    """Return the folder of a published generation by its number as decimal digits."""
    return folder / FOLDER / f"{int(generation):08d}"


def all_published(folder: Path) -> list[Path]:
    """Return the folders of all generations that were published or about to be, the oldest first."""
    found = [path for path in (folder / FOLDER).glob("*") if is_number(path.name)]
    return sorted(found, key=lambda path: int(path.name))


def is_number(name: str) -> bool:
    """Return whether a folder of this name is a generation that was published, or about to be."""
    return name.isascii() and name.isdigit() and len(name) < _LONGEST_NAME


def pointed(folder: Path) -> str:
    """Return the name in the pointer, whatever it is; empty when there is none."""
    try:
        return (folder / POINTER).read_text(encoding="ascii", errors="replace").partition(" ")[0].strip()
    except OSError:
        return ""


def current_or_none(folder: Path) -> Path | None:
    """Return the current generation, `None` when there is none that can be used."""
    with suppress(IndexMissing, IndexDamaged):
        return current(folder)
    return None
