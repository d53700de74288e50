"""A place of a word as one number, as segments are made of them and Whoosh's matchers tell them.

`document << 32 | zone << 29 | position`. Searches use `index.execution.word_line` instead, in half the bytes.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.fields import ZONES

PackedPlaces = NDArray[np.int64]
"""Ascending, none twice."""

ZONE_SHIFT: Final = 29
DOCUMENT_SHIFT: Final = 32


def begins_of_zones(size: int) -> PackedPlaces:
    """Return the places of position 0 in each zone of `size` documents; shape (size, zones)."""
    docs = np.arange(size, dtype=np.int64) << DOCUMENT_SHIFT
    return docs[:, np.newaxis] + (np.arange(len(ZONES)) << ZONE_SHIFT)
