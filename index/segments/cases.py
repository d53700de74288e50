"""The cases of the sections of a segment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class CaseLists:
    """The cases of every document, in the order that its dnr are written, none twice.

    Attributes:
        starts: integers, one a document and one more; document d's cases are
            `codes[starts[d]:starts[d + 1]]`.
        codes: int32, numbers of terms in the untokenised field `case`.
    """

    starts: NDArray[np.integer]
    codes: NDArray[np.int32]
