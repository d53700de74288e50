"""Looks over the directory of a ZIP file before anything of it is unpacked.

What lies in the file without being part of the text (pictures, embedded ZIP files) is never unpacked and may
be as large as it likes, and what is part of it stops at a limit, however little it was packed into; but a
directory that no program writes is refused, whatever it would do.
"""

from __future__ import annotations

import zipfile
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from corpus.errors import ExtractionError

MAX_ENTRIES: Final = 10_000

_ENCRYPTED: Final = 0x1


def check(package: zipfile.ZipFile, *, size: int) -> None:
    """Refuse a package with too many, encrypted, repeated, overlapping or strangely named entries.

    Args:
        package: the opened file.
        size: its bytes.

    Raises:
        ExtractionError: with the reason in Swedish.
    """
    entries = package.infolist()
    if len(entries) > MAX_ENTRIES:
        raise ExtractionError(f"för stor DOCX (över {MAX_ENTRIES} delar)")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise ExtractionError("krypterad DOCX")
    # As the file has them: zipfile cuts names at a NUL and turns strokes around.
    names = [entry.orig_filename for entry in entries]
    if not all(map(_is_below, names)):
        raise ExtractionError("skadad DOCX (otillåtet namn på en del)")
    if len({name.casefold() for name in names}) < len(names):
        raise ExtractionError("skadad DOCX (två delar med samma namn)")
    if sum(entry.compress_size for entry in entries) > size:
        raise ExtractionError("skadad DOCX (delar som överlappar)")


def _is_below(name: str) -> bool:
    """Tell whether a name leads to a place below the package on every system."""
    windows = PureWindowsPath(name)
    return (
        "\0" not in name
        and not windows.drive
        and not windows.root
        and ".." not in (*windows.parts, *PurePosixPath(name).parts)
    )
