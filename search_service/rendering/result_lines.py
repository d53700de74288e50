"""Writes results as lines: those of a page and those of an export in one way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from search_service.rendering.csv_answer import csv_lines
from search_service.rendering.json_answer import json_lines
from search_service.rendering.result_objects import ResultObject

CHUNK_BYTES: Final = 64 * 1024
"""Bytes that are sent at a time: some sixty results, written in a few milliseconds."""


def result_lines(
    form: str, hits: Iterable[ResultObject], *, excel: bool = False, with_text: bool = False
) -> Iterator[bytes]:
    """Yield the lines of a file of results, each with its end of line.

    Args:
        form: `csv` or `jsonl`.
        hits: objects as `result_object` or `exported_object` makes them; taken one at a time.
        excel: only for CSV, see `csv_lines`.
        with_text: whether the objects have the text of their §.
    """
    return csv_lines(hits, excel=excel, with_text=with_text) if form == "csv" else json_lines(hits)


def in_chunks(lines: Iterable[bytes], size: int = CHUNK_BYTES) -> Iterator[bytes]:
    """Yield `lines` put together to `size` bytes or somewhat more, at the end to what is left."""
    held: list[bytes] = []
    length = 0
    for line in lines:
        held.append(line)
        length += len(line)
        if length >= size:
            yield b"".join(held)
            held, length = [], 0
    if held:
        yield b"".join(held)
