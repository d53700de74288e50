"""Whoosh's table of contents of a generation, which says what segments there are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, EmptyIndexError

from index.engines.whoosh_codec import INDEX_NAME, ArraySegment
from index.engines.whoosh_schema import make_schema


def write_toc(segments: Sequence[ArraySegment], generation: int, folder: Path) -> None:
    """Write the table of contents of a generation in the making, in the place of the one before."""
    for old in folder.glob(f"_{INDEX_NAME}_*.toc"):
        old.unlink()
    TOC(make_schema(), list(segments), generation).write(FileStorage(str(folder)), INDEX_NAME)


def read_toc(folder: Path) -> list[ArraySegment]:
    """Return the segments of a generation, in order; none when there is no table of contents.

    It is unpickled: the folder must be one whose checksums were verified, or of this program's own making.
    """
    try:
        # With a schema given, that in the file is not unpickled.
        return list(TOC.read(FileStorage(str(folder)), INDEX_NAME, schema=make_schema()).segments)
    except EmptyIndexError:
        return []
