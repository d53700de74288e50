"""Merges what is stored of sections: copied as it is compressed, where dictionaries are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.execution import ragged
from index.segments.frames import SAMPLES, Compressor, trained
from index.segments.spool import Spool
from index.segments.stored import StoredEntries, StoredWriter

_BATCH: Final = 2048

Source = tuple[StoredEntries, NDArray[np.int64], NDArray[np.int64]]
"""Stored sections, the numbers of those that are left, and of their files of minutes; both ascending."""


def merge_stored(spool: Spool, sources: Sequence[Source], *, anew: bool = False) -> None:
    """Write the stored sections and files of several segments, one segment behind the other.

    Args:
        spool: where they go.
        sources: the segments, with what is left of each.
        anew: compress all with a dictionary made of what is left, since others have stretches of what is not.
    """
    dictionary = _new_dictionary(sources) if anew else _dictionary(sources)
    writer = StoredWriter(spool, Compressor(dictionary))
    for stored, docs, files in sources:
        writer.add_files([stored.encoded_file(number) for number in files.tolist()])
        for start in range(0, len(docs), _BATCH):
            batch = docs[start : start + _BATCH]
            if stored.dictionary == dictionary and not anew:
                _copy(writer, stored, batch)
            else:
                writer.add_sections(list(map(stored.encoded_section, batch.tolist())))
            stored.release()


def _copy(writer: StoredWriter, stored: StoredEntries, docs: NDArray[np.int64]) -> None:
    first, last = int(docs[0]), int(docs[-1]) + 1
    starts, frames = stored.frames(first, last)
    if len(docs) < last - first:
        lengths = np.diff(starts)[docs - first]
        frames = ragged.elements(frames, starts[docs - first], lengths)
    else:
        lengths = np.diff(starts)
    writer.copy_frames(lengths, frames)


def _dictionary(sources: Sequence[Source]) -> bytes:
    """Return that of the segment with the most sections; a new one when none has one and there are many."""
    having = [source for source in sources if source[0].dictionary]
    if having:
        return max(having, key=lambda source: len(source[1]))[0].dictionary
    return _new_dictionary(sources)


def _new_dictionary(sources: Sequence[Source]) -> bytes:
    if sum(len(docs) for _, docs, _ in sources) < SAMPLES:
        return b""
    return trained(list(islice(_sections(sources), SAMPLES)))


def _sections(sources: Sequence[Source]) -> Iterator[bytes]:
    for stored, docs, _ in sources:
        yield from map(stored.encoded_section, docs.tolist())
