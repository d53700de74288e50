"""How good a ranking is: the measures of information retrieval, for one query.

What is to be found are targets. A target that any of several sections would satisfy counts once, at the first
of them. As in trec_eval, the gain of a hit is its grade, discounted by the binary logarithm of its rank + 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from scripts.evaluation.judgements import Target


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured over the first k results of a query, each from 0 to 1.

    Attributes:
        recall: the share of the targets that were found.
        mrr: 1 divided by the rank of the first hit, 0 without one; its mean is the MRR.
        ndcg: the gain that was had, by rank, as a share of the best possible.
        p: hits divided by k, however many results there are.
        precision: hits divided by the results there are; 0 when there are none.
    """

    recall: float
    mrr: float
    ndcg: float
    p: float
    precision: float


NAMES = tuple(field.name for field in fields(Figures))


def measure(targets: Sequence[Target], results: Sequence[str], *, k: int) -> Figures:
    """Return the figures of one query that has targets.

    Args:
        targets: what should be found.
        results: the ids of the sections that were found, best first.
        k: how many of the results count.
    """
    shown = results[:k]
    wanted = frozenset[str]().union(*(target.sections for target in targets))
    is_hit = [section in wanted for section in shown]
    first = next((rank for rank, hit in enumerate(is_hit, start=1) if hit), None)
    gains, found = _gains(targets, shown)
    best = _discounted(sorted((target.grade for target in targets), reverse=True)[:k])
    return Figures(
        recall=found / len(targets),
        mrr=1 / first if first else 0.0,
        ndcg=_discounted(gains) / best,
        p=sum(is_hit) / k,
        precision=sum(is_hit) / len(shown) if shown else 0.0,
    )


def _gains(targets: Sequence[Target], shown: Iterable[str]) -> tuple[list[int], int]:
    """Return the gain at each rank, and how many targets were found."""
    left = sorted(targets, key=lambda target: -target.grade)
    gains = []
    for section in shown:
        target = next((target for target in left if section in target.sections), None)
        gains.append(target.grade if target else 0)
        if target:
            left.remove(target)
    return gains, len(targets) - len(left)


def _discounted(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def mean(figures: Sequence[Figures]) -> Figures | None:
    """Return the mean of each figure, `None` of nothing."""
    if not figures:
        return None
    return Figures(*(sum(getattr(one, name) for one in figures) / len(figures) for name in NAMES))
