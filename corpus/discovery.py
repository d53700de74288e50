"""Finds the files of minutes in a folder.

Every regular file below the folder whose name ends in one of `SUFFIXES` is minutes, except hidden files, lock
files of word processors (`~$…`), and a `README` or `LICENSE`. Symbolic links are not followed.

Byte-identical files are the same minutes and are listed once: a copy that has a `.meta.json` of its own goes
before one that has not, otherwise the first in the order of `source`. The metadata of the copy that is left
out does not count.
"""

from __future__ import annotations

import hashlib
import itertools
import logging
import os
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Final

from corpus.errors import MinutesFolderError
from corpus.file_metadata import FILE_METADATA_SUFFIX, metadata_paths
from corpus.personal_numbers import MASK, mask

READING_VERSION: Final = b"3"
"""Raise it when the same files give other documents than before: all are then read again."""

SUFFIXES = frozenset({".pdf", ".docx", ".html", ".htm", ".txt", ".md"})

_ABOUT_THE_FOLDER = frozenset({"readme", "license", "licence"})
_CHUNK = 1 << 20

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of minutes that is there to be read.

    Attributes:
        source: path below the folder of minutes, NFC, with forward slashes; personal numbers are masked.
        fingerprint: SHA-256 over the file and the `meta.json` files that apply to it.
        folder: the folder of minutes.
        metadata_paths: the `meta.json` files that apply, nearest first.
    """

    source: str
    path: Path
    fingerprint: str
    folder: Path
    metadata_paths: tuple[Path, ...] = ()


def discover(folder: Path) -> list[SourceFile]:
    """List the files of minutes below `folder`, by source.

    A file that cannot be opened is listed too, so that reading it reports the failure.

    Raises:
        MinutesFolderError: the folder, or one below it, is missing or cannot be listed.
    """
    found: dict[str, SourceFile] = {}
    originals: dict[bytes, SourceFile] = {}
    for path in _in_order(folder):
        content = _digest(path)
        file = _source_file(path, folder, content)
        if MASK in file.source:
            file = replace(file, source=_distinct(file.source, found))
        same = found.get(file.source) or (originals.get(content) if content else None)
        if same is None:
            kept = file
        else:
            kept = _preferred(same, file)
            _logger.info("%s and %s are the same minutes; reading %s", same.source, file.source, kept.source)
            del found[same.source]
        found[kept.source] = kept
        originals[content] = kept
    return sorted(found.values(), key=lambda file: file.source)


def _distinct(source: str, others: Container[str]) -> str:
    """Return a masked source, numbered when another file has the same."""
    stem, suffix = os.path.splitext(source)  # noqa: PTH122 # a source is no path of this machine
    numbered = (f"{stem} ({number}){suffix}" for number in itertools.count(2))
    return next(one for one in itertools.chain([source], numbered) if one not in others)


def _preferred(first: SourceFile, second: SourceFile) -> SourceFile:
    return second if _has_own_metadata(second) and not _has_own_metadata(first) else first


def _has_own_metadata(file: SourceFile) -> bool:
    return any(path.name == file.path.name + FILE_METADATA_SUFFIX for path in file.metadata_paths)


def _in_order(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise MinutesFolderError(f"Mappen med protokoll finns inte: {folder}")
    return sorted(_minutes_below(folder), key=lambda path: (_source(path, folder), os.fsencode(path)))


def _minutes_below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=_cannot_list):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent, name)
            if _is_minutes(name) and path.is_file() and not path.is_symlink():
                yield path


def _cannot_list(error: OSError) -> None:
    raise MinutesFolderError(f"Mappen kan inte läsas: {error.filename} ({error.strerror})") from error


def _is_minutes(name: str) -> bool:
    path = PurePath(name)
    return (
        path.suffix.lower() in SUFFIXES
        and not name.startswith((".", "~$"))
        and path.stem.casefold() not in _ABOUT_THE_FOLDER
    )


def _source_file(path: Path, folder: Path, content: bytes) -> SourceFile:
    applying = metadata_paths(path, folder)
    digest = hashlib.sha256(READING_VERSION + content)
    for applied in applying:
        digest.update(
            applied.relative_to(folder).as_posix().encode("utf-8", "replace") + b"\0" + _digest(applied)
        )
    return SourceFile(_source(path, folder), path, digest.hexdigest(), folder, applying)


def _source(path: Path, folder: Path) -> str:
    # A name that is not UTF-8 comes as lone surrogates, which no answer could carry.
    below = path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return mask(unicodedata.normalize("NFC", below))[0]


def _digest(path: Path) -> bytes:
    """Return the SHA-256 of the file's content, or nothing when it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return b""
    return digest.digest()
