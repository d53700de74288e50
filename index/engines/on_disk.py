"""All bytes that an index has on disk, for who looks for traces of what was removed."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from index.engines.whoosh_codec import INDEX_NAME, SEGMENT_EXTENSION
from index.segments.segment import Segment


def everything(folder: Path) -> Iterator[tuple[str, bytes | memoryview]]:
    """Yield each file below an index folder, and what is compressed in it, also of sections that are deleted.

    A content is valid until the next is asked for.

    Yields:
        Where it is, and the content.
    """
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        where = path.relative_to(folder).as_posix()
        with path.open("rb") as file:
            if path.stat().st_size:
                with (
                    mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
                    memoryview(mapped) as view,
                ):
                    yield where, view
        if path.name.startswith(INDEX_NAME) and path.suffix == SEGMENT_EXTENSION:
            with closing(Segment.open(path)) as segment:
                for doc in range(segment.size):
                    yield f"{where}, section {doc}", segment.stored.encoded_section(doc)
