"""Finds the files of minutes in a folder.

Every file below the folder whose name ends in one of `SUFFIXES` is minutes, except hidden files, lock files
of word processors (`~$…`), and a `README` or `LICENSE`. Symbolic links are not followed, FIFOs and devices
not opened: what has the name of minutes and is no regular file is listed, and so is a link to a folder, so
that reading it reports the reason.

Byte-identical files are the same minutes and are listed once: a copy that has a `.meta.json` of its own goes
before one that has not, otherwise the first in the order of `source`. The metadata of the copy that is left
out does not count.
"""

from __future__ import annotations

import errno
import hashlib
import itertools
import logging
import os
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath, PurePosixPath
from typing import Final

from corpus.clean_text import visible_name
from corpus.errors import ExtractionError, MinutesFolderError
from corpus.file_metadata import FILE_METADATA_SUFFIX, metadata_paths
from corpus.personal_numbers import MASK, mask
from corpus.regular_files import MAX_FILE_BYTES, open_regular

READING_VERSION: Final = b"4"
"""Raise it when the same files give other documents than before: all are then read again."""

SUFFIXES = frozenset({".pdf", ".docx", ".html", ".htm", ".txt", ".md"})

_ABOUT_THE_FOLDER = frozenset({"readme", "license", "licence"})
_CHUNK = 1 << 20
_MARK_LENGTH = 8

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of minutes that is there to be read.

    Attributes:
        source: path below the folder of minutes, NFC, with forward slashes; personal numbers are masked; what
            no one sees (control and direction characters, bytes that are not UTF-8) is U+FFFD. Two that look
            alike are told apart.
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
        content = _digest(path, folder)
        file = _source_file(path, folder, content)
        same = originals.get(content) if content else None
        kept = file if same is None else _preferred(same, file)
        if same is not None:
            _logger.info("%s and %s are the same minutes; reading %s", same.source, file.source, kept.source)
            del found[same.source]
        if kept.source in found:
            kept = replace(kept, source=_told_apart(kept, found))
        found[kept.source] = kept
        originals[content] = kept
    return sorted(found.values(), key=lambda file: file.source)


def _preferred(first: SourceFile, second: SourceFile) -> SourceFile:
    return second if _has_own_metadata(second) and not _has_own_metadata(first) else first


def _told_apart(file: SourceFile, others: Container[str]) -> str:
    """Return a source of its own for a file, where another has the same but for what is not shown."""
    source = PurePosixPath(file.source)
    if MASK in file.source:
        # No hash of the path: the number that is not shown could be found by trying them all.
        marks: Iterator[str] = (f" ({number})" for number in itertools.count(2))
    else:
        digest = hashlib.sha256(os.fsencode(_below(file))).hexdigest()
        marks = (f"~{digest[:length]}" for length in range(_MARK_LENGTH, len(digest) + 1))
    named = (str(source.with_name(f"{source.stem}{mark}{source.suffix}")) for mark in marks)
    return next(name for name in named if name not in others)


def _below(file: SourceFile) -> Path:
    return file.path.relative_to(file.folder)


def _has_own_metadata(file: SourceFile) -> bool:
    return any(path.name == file.path.name + FILE_METADATA_SUFFIX for path in file.metadata_paths)


def _in_order(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise MinutesFolderError(f"Mappen med protokoll finns inte: {folder}")
    return sorted(_minutes_below(folder), key=lambda path: (_source(path, folder), os.fsencode(path)))


def _minutes_below(folder: Path) -> Iterator[Path]:
    # Not os.walk, which recurses in Python 3.11: folders may lie in one another thousands deep.
    waiting = [folder]
    while waiting:
        parent = waiting.pop()
        try:
            with os.scandir(parent) as entries:
                for entry in entries:
                    path = parent / entry.name
                    if entry.is_dir(follow_symlinks=False):
                        waiting += [] if entry.name.startswith(".") else [path]
                    elif _is_minutes(entry.name) or (
                        not entry.name.startswith(".") and _is_linked_folder(entry)
                    ):
                        yield path
        except OSError as error:
            # The system has a longest path, which no operator can mend: the folder is reported as unreadable.
            if error.errno != errno.ENAMETOOLONG:
                raise MinutesFolderError(f"Mappen kan inte läsas: {parent} ({error.strerror})") from error
            yield parent


def _is_linked_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() and entry.is_dir()


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
            applied.relative_to(folder).as_posix().encode("utf-8", "replace")
            + b"\0"
            + _digest(applied, folder)
        )
    return SourceFile(_source(path, folder), path, digest.hexdigest(), folder, applying)


def _source(path: Path, folder: Path) -> str:
    # A name that is not UTF-8 comes as lone surrogates, which no answer could carry.
    below = path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return mask(visible_name(unicodedata.normalize("NFC", below)))[0]


def _digest(path: Path, folder: Path) -> bytes:
    """Return the SHA-256 of the file's content, or nothing when it cannot be read or is too large to be."""
    digest = hashlib.sha256()
    try:
        with open_regular(path, folder) as stream:
            if os.fstat(stream.fileno()).st_size > MAX_FILE_BYTES:
                return b""
            # Not to the end: the file may grow as fast as it is read.
            for _ in range(MAX_FILE_BYTES // _CHUNK):
                chunk = stream.read(_CHUNK)
                if not chunk:
                    break
                digest.update(chunk)
    except (OSError, ExtractionError):
        return b""
    return digest.digest()
