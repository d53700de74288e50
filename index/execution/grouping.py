"""Groups of sections: those of one case, of which the best stands for all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.execution.postings import Docs
from index.execution.reader import Cases


def by_case(cases: Cases, docs: Docs) -> NDArray[np.int64]:
    """Return numbers of groups by the case that is written first in each document.

    A document without a case is a group of its own. Not all numbers are used.
    """
    groups = cases.first.take(docs, mode="clip").astype(np.int64)
    alone = np.flatnonzero(groups < 0)
    groups[alone] = cases.distinct + np.arange(len(alone))
    return groups
