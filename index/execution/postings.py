"""Posting lists as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Docs = NDArray[np.int32]
"""Document numbers, ascending, none twice."""


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Where one term stands in one field.

    Attributes:
        docs: int32, ascending, live documents only.
        freqs: int32, how often the term stands in each of `docs`.
    """

    docs: Docs
    freqs: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """At which places one term stands in one field.

    Attributes:
        keys: int64, `document << 32 | position`, ascending.
    """

    keys: NDArray[np.int64]
