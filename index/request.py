"""What is asked of an engine."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Final

from msgspec import Struct, field

from index.query import MatchAll, Query

UNKNOWN: Final = "unknown"
"""The facet value of sections whose property could not be read."""

FACETS: Final = ("municipality", "year", "committee", "type")
"""The facets there are, in the order they are shown."""

BREAKDOWNS: Final = ("municipality", "committee")
"""The properties by whose values the sections of a year can be counted."""


class Sort(StrEnum):
    """Order of the hits."""

    RELEVANCE = "relevance"
    NEWEST = "-date"
    OLDEST = "date"
    ADDED = "-added"


class Group(StrEnum):
    """What one result stands for; of a group, the section that comes first in the order asked for is shown.

    A section belongs to the case whose dnr is written first in it. One without a dnr is a group of its own.
    """

    SECTION = "section"
    DOCUMENT = "document"
    CASE = "case"


class Filters(Struct, frozen=True):
    """Restrictions beside the query. Values of one name are alternatives; names combine.

    Attributes:
        municipality, committee, type, year: facet values (slugs; years as digits; `unknown`).
        date_from, date_to: inclusive.
        dnr: dnr keys (`corpus.dnr.key`).
    """

    municipality: tuple[str, ...] = ()
    committee: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    dnr: tuple[str, ...] = ()


class SearchRequest(Struct, frozen=True):
    """One search. `facets` names the facets to count; `offset` and `limit` cut the page."""

    query: Query = field(default_factory=MatchAll)
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    group: Group = Group.SECTION
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
    time_budget: float | None = None
    """Seconds after which the search is given up with `SearchTimeout`; `None` for no limit."""
    max_expansions: int = 1000
    """How many words a prefix may stand for; when there are more, the most frequent count."""
