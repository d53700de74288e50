"""What an engine answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.entry import SectionEntry


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that was found, with its score (0.0 when nothing was scored)."""

    entry: SectionEntry
    score: float


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """How many matching sections have each value of one facet.

    The facet's own selection is ignored, all other filters are obeyed.

    Attributes:
        counts: value to count, only counts above 0.
        unknown: sections whose value could not be read.
    """

    counts: Mapping[str, int]
    unknown: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits, best first, with exact totals over all matches.

    Attributes:
        generation: the generation that every part of this page comes from.
        warnings: what the engine cut short, in Swedish, for the person who searched.
    """

    hits: tuple[Hit, ...]
    total: int
    total_documents: int
    total_cases: int
    facets: Mapping[str, FacetCounts] = field(default_factory=dict)
    generation: str = ""
    warnings: tuple[str, ...] = ()
