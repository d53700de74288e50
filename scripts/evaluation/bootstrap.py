"""Whether a difference between two runs is more than chance: the paired bootstrap.

The queries are drawn anew with replacement many times, each with its pair of figures; the middle 95 % of the
mean differences are the interval (Efron and Tibshirani 1993, chapter 13; for retrieval Sakai 2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 10_000
LEVEL = 0.95
SEED = 20_240_229
_DRAWN_AT_A_TIME = 2_000_000
"""Bounds the memory: indices of one block of resamples."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean difference with its interval; certain when the interval leaves out 0."""

    mean: float
    low: float
    high: float
    pairs: int

    @property
    def is_certain(self) -> bool:
        """Whether all of the interval is on one side of 0."""
        return self.low > 0 or self.high < 0


def difference(
    before: Sequence[float], after: Sequence[float], *, resamples: int = RESAMPLES, seed: int = SEED
) -> Difference | None:
    """Return by how much `after` is above `before`, pair by pair; `None` without pairs.

    The same figures give the same interval: the draws are seeded.
    """
    if len(before) != len(after):
        raise ValueError(f"{len(before)} figures cannot be paired with {len(after)}")
    if not before:
        return None
    differences = np.asarray(after, dtype=float) - np.asarray(before, dtype=float)
    means = _resampled_means(differences, resamples, seed)
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(means, [tail, 100 - tail])
    return Difference(float(differences.mean()), float(low), float(high), len(differences))


def _resampled_means(differences: np.ndarray, resamples: int, seed: int) -> np.ndarray:
    generator = np.random.default_rng(seed)
    count = len(differences)
    block = max(1, _DRAWN_AT_A_TIME // count)
    means = []
    for start in range(0, resamples, block):
        drawn = generator.integers(0, count, size=(min(block, resamples - start), count))
        means.append(differences[drawn].mean(axis=1))
    return np.concatenate(means)
