"""What an engine answers.

What every search makes is a struct: a frozen dataclass sets each field by a call of its own, which together
took a twentieth of a request.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from msgspec import Struct, field

from index.entry import SectionEntry
from index.query import Query


class Hit(Struct, frozen=True, gc=False):
    """A section that was found, with its score (0.0 when nothing was scored)."""

    entry: SectionEntry
    score: float


class FacetCounts(Struct, frozen=True, gc=False):
    """How many results there are with each value of one facet: what a search restricted to it finds.

    The facet's own selection is ignored, all other filters are obeyed. In a grouped search groups are
    counted, each for all values that its matching sections have.

    Attributes:
        counts: value to count, only counts above 0.
        unknown: the results whose value could not be read.
    """

    counts: Mapping[str, int]
    unknown: int


class SearchPage(Struct, frozen=True):
    """One page of hits, best first, with exact totals over all matches.

    Attributes:
        hits: of a group, the section that comes first in the order asked for.
        total: how many sections match, or groups in a grouped search.
        total_documents: from how many files of minutes the matching sections are, however they are grouped.
        total_cases: how many different cases they belong to.
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


@dataclass(frozen=True, slots=True)
class YearCounts:
    """The sections of one year of meetings: how many match, and among how many.

    Attributes:
        year: of the meeting; `None` for the sections of files whose date is unknown.
        count: the sections that match and pass the filters.
        sections: the indexed sections that pass the filters on what all sections of a file share, whether
            they match or not; at least 1.
        by: value to `count` of the sections that have it, where counts by a property were asked for; its
            sum is `count`.
        by_sections: value to `sections`, of the same values.
    """

    year: int | None
    count: int
    sections: int
    by: Mapping[str, int] = dataclass_field(default_factory=dict)
    by_sections: Mapping[str, int] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldScore:
    """What a leaf of a query is worth in one field of one section.

    Attributes:
        field: such as `title_stem`; `text_near` for the parts of a compound near each other in the text.
        frequency: how often it stands there.
        score: its share of the score, or what it would be when it does not count.
        counts: whether it is part of the score: of stem, parts and near only the best is.
    """

    field: str
    frequency: int
    score: float
    counts: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """A leaf of a query by which a section was found.

    Attributes:
        score: what it adds to the section's score: the sum of the fields that count.
        fields: where it stands; empty for a filter.
    """

    leaf: Query
    score: float
    fields: tuple[FieldScore, ...] = ()
