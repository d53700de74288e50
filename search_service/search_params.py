"""The parameters of a search as a value, written in one canonical form; `search_parsing` reads them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from corpus.dnr import key as dnr_key
from index.query import Scope
from index.request import UNKNOWN, Filters, Group, Sort
from search_service import parameters as table
from search_service.canonical_query import CanonicalQuery
from search_service.parameters import FIRST_YEAR, LAST_YEAR

_SHORTEST_RANGE: Final = 3

_FIRST_PAGE: Final = 1
_PER_PAGE: Final = 20
_FACETS: Final = ("municipality", "year", "committee")
_FACET_SIZE: Final = 50
_SNIPPETS: Final = 1
_SNIPPET_LENGTH: Final = 240
_SIZE: Final = 50


class SearchParams(Struct, frozen=True, dict=True):
    """What a search asks for, in the terms of the address.

    Attributes:
        dnr: as written; the index is asked by their keys.
        sort: `None` for the default, which depends on whether there is a `q`.
        format: `None` when the address does not say.
        by: the property that years are counted by, `None` for none.
    """

    q: str = ""
    municipality: tuple[str, ...] = ()
    committee: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    dnr: tuple[str, ...] = ()
    scope: Scope = Scope.ALL
    sort: Sort | None = None
    page: int = _FIRST_PAGE
    per_page: int = _PER_PAGE
    group: Group = Group.SECTION
    facets: tuple[str, ...] = _FACETS
    facet_size: int = _FACET_SIZE
    snippets: int = _SNIPPETS
    snippet_length: int = _SNIPPET_LENGTH
    format: str | None = None
    excel: bool = False
    fields: tuple[str, ...] = ()
    strict: bool = False
    prefix: str = ""
    size: int = _SIZE
    by: str | None = None

    @property
    def order(self) -> Sort:
        """The order of the hits, the default resolved."""
        return self.sort or _usual_order(self.q)

    @property
    def offset(self) -> int:
        """How many hits stand before this page."""
        return (self.page - 1) * self.per_page

    def filters(self) -> Filters:
        """Return the restrictions as the engine takes them."""
        return Filters(
            municipality=self.municipality,
            committee=self.committee,
            type=self.type,
            year=self.year,
            date_from=self.date_from,
            date_to=self.date_to,
            dnr=tuple(dict.fromkeys(filter(None, map(dnr_key, self.dnr)))),
        )

    def selected(self, facet: str) -> tuple[str, ...]:
        """Return the values of `facet` that are asked for."""
        values: tuple[str, ...] = getattr(self, facet)
        return values

    def toggled(self, facet: str, value: str) -> SearchParams:
        """Return the search that choosing `value` in `facet` leads to, from its first page.

        Choosing replaces what was chosen in that facet, so that the count beside the value is what
        will be shown; choosing a chosen value drops it.
        """
        chosen = self.selected(facet)
        left = tuple(other for other in chosen if other != value) if value in chosen else (value,)
        return self.choosing(facet, left)

    def choosing(self, facet: str, values: tuple[str, ...]) -> SearchParams:
        """Return the search with `values` chosen in `facet`, from its first page."""
        chosen: dict[str, Any] = {facet: values}
        return replace(self, page=1, **chosen)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters that differ from their defaults, in the order of the table."""
        return [(name, text) for name, text in self._texts() if text]

    @cached_property
    def canonical(self) -> CanonicalQuery:
        """The canonical query string: equal searches have equal ones."""
        return CanonicalQuery.of(self._texts())

    def query_string(self) -> str:
        """Return the canonical query string as it stands in an address."""
        return self.canonical.text

    def _texts(self) -> tuple[tuple[str, str], ...]:
        """Return all names in the order of the table with their values, empty for the default."""
        usual = _usual_order(self.q)
        return (
            ("q", self.q),
            ("municipality", _joined(self.municipality)),
            ("committee", _joined(self.committee)),
            ("year", year_ranges(self.year) if self.year else ""),
            ("type", _joined(self.type)),
            ("date_from", self.date_from.isoformat() if self.date_from else ""),
            ("date_to", self.date_to.isoformat() if self.date_to else ""),
            ("dnr", _joined(self.dnr)),
            ("in", "" if self.scope is Scope.ALL else self.scope.value),
            ("sort", "" if self.sort is None or self.sort is usual else self.sort.value),
            ("page", _unless(self.page, _FIRST_PAGE)),
            ("per_page", _unless(self.per_page, _PER_PAGE)),
            ("group", "" if self.group is Group.SECTION else self.group.value),
            ("facets", "" if self.facets == _FACETS else ",".join(self.facets) or table.NO_FACETS),
            ("facet_size", _unless(self.facet_size, _FACET_SIZE)),
            ("snippets", _unless(self.snippets, _SNIPPETS)),
            ("snippet_length", _unless(self.snippet_length, _SNIPPET_LENGTH)),
            ("format", self.format or ""),
            ("excel", "true" if self.excel else ""),
            ("fields", _joined(self.fields)),
            ("strict", "true" if self.strict else ""),
            ("prefix", self.prefix),
            ("size", _unless(self.size, _SIZE)),
            ("by", self.by or ""),
        )


def _usual_order(q: str) -> Sort:
    return Sort.RELEVANCE if q else Sort.NEWEST


def _joined(values: Iterable[str]) -> str:
    return ",".join(sorted(values)) if values else ""


def _unless(number: int, default: int) -> str:
    return "" if number == default else str(number)


def year_ranges(years: Iterable[str]) -> str:
    """Write years in one way: runs of three or more as a range, open where it ends with all years."""
    numbers = sorted(int(year) for year in years if year != UNKNOWN)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    pieces = [_run(run) for run in runs]
    return ",".join([*pieces, UNKNOWN] if UNKNOWN in years else pieces)


def _run(run: list[int]) -> str:
    if len(run) < _SHORTEST_RANGE:
        return ",".join(map(str, run))
    first, last = run[0], run[-1]
    if first > FIRST_YEAR:
        return f"{first}.." if last == LAST_YEAR else f"{first}..{last}"
    return f"..{last}" if last < LAST_YEAR else f"{first}..{last}"
