"""BM25F: how much a word says about a section.

Robertson, Zaragoza, Taylor: Simple BM25 Extension to Multiple Weighted Fields (CIKM 2004). The
frequencies of a word in the zones are added, each divided by its zone's length and multiplied
by its zone's weight, before one saturation.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.compiled import FLOAT64, NONE, compiled, reads, writes

K1: Final = 1.2
"""How fast a repeated word stops counting (the usual value)."""

ZONE_WEIGHTS: Final = {"title": 4.0, "text": 1.0, "decision": 1.0}
"""What one occurrence counts. A decision is part of the text too, so its words count twice."""

LENGTH_NORMALISATION: Final = {"title": 0.4, "text": 0.75, "decision": 0.4}
"""BM25's b: titles and decisions differ in length for reasons that say little about the matter."""

FORM_BOOSTS: Final = {"stem": 1.0, "parts": 0.4, "near": 0.5, "exact": 0.6}
"""What a word counts for in each of the ways it may match.

A part of a compound says less than the word itself, and so do its parts when they only stand near
each other: of these three the best counts. The very form that was typed says more than another form of the
word: it is added.
"""

PHRASE_BOOST: Final = FORM_BOOSTS["stem"] + FORM_BOOSTS["exact"]
"""A phrase is as good as its words would be: found, and in the form that was typed."""


def norms(lengths: NDArray[np.int64], live: NDArray[np.int32], b: float) -> NDArray[np.float64]:
    """Return 1 / (1 - b + b · length / average) for each document.

    Args:
        lengths: tokens in the zone, one a document.
        live: the documents that the average is taken over.
        b: the share of the length that counts, 0 to 1.
    """
    total = int(lengths[live].sum())
    average = total / len(live) if total else 1.0
    return np.asarray(1.0 / (1.0 - b + b * lengths / average), dtype=np.float64)


def idf(matches: int, documents: int) -> float:
    """Return the weight of a word that `matches` of `documents` sections have (Lucene's form)."""
    return float(np.log1p((documents - matches + 0.5) / (matches + 0.5)))


def saturate(frequencies: NDArray[np.float64], boost: float) -> NDArray[np.float64]:
    """Return the weighted frequencies, bent so that none exceeds K1 + 1, times `boost`."""
    scores = np.empty(len(frequencies))
    _saturate(frequencies, boost * (K1 + 1.0), scores)
    return scores


@compiled(NONE(reads(FLOAT64), FLOAT64, writes(FLOAT64)))
def _saturate(frequencies: NDArray[np.float64], limit: float, scores: NDArray[np.float64]) -> None:
    for place in range(len(frequencies)):
        scores[place] = frequencies[place] * limit / (frequencies[place] + K1)
