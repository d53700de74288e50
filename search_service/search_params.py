"""The parameters of a search as a value, written in one canonical form; `search_parsing` reads them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote, urlencode

from corpus.dnr import key as dnr_key
from index.query import Scope
from index.request import UNKNOWN, Filters, Group, Sort
from search_service import parameters as table
from search_service.parameters import FIRST_YEAR, LAST_YEAR

_SHORTEST_RANGE: Final = 3


@dataclass(frozen=True, slots=True)
class SearchParams:
    """What a search asks for, in the terms of the address.

    Attributes:
        dnr: as written; the index is asked by their keys.
        sort: `None` for the default, which depends on whether there is a `q`.
        format: `None` when the address does not say.
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
    page: int = 1
    per_page: int = 20
    group: Group = Group.SECTION
    facets: tuple[str, ...] = ("municipality", "year", "committee")
    facet_size: int = 50
    snippets: int = 1
    snippet_length: int = 240
    format: str | None = None
    excel: bool = False
    strict: bool = False
    prefix: str = ""
    size: int = 50

    @property
    def order(self) -> Sort:
        """The order of the hits, the default resolved."""
        return self.sort or (Sort.RELEVANCE if self.q else Sort.NEWEST)

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
            dnr=tuple(dict.fromkeys(filter(None, (dnr_key(written) for written in self.dnr)))),
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

    def query_string(self) -> str:
        """Return the canonical query string: equal searches have equal ones."""
        return urlencode(self.pairs(), quote_via=quote, safe=",")

    def _texts(self) -> list[tuple[str, str]]:
        default = SearchParams()
        return [
            ("q", self.q),
            ("municipality", _joined(self.municipality)),
            ("committee", _joined(self.committee)),
            ("year", year_ranges(self.year)),
            ("type", _joined(self.type)),
            ("date_from", self.date_from.isoformat() if self.date_from else ""),
            ("date_to", self.date_to.isoformat() if self.date_to else ""),
            ("dnr", _joined(self.dnr)),
            ("in", _unless(self.scope.value, default.scope.value)),
            ("sort", _unless(self.order.value, replace(self, sort=None).order.value)),
            ("page", _unless(str(self.page), str(default.page))),
            ("per_page", _unless(str(self.per_page), str(default.per_page))),
            ("group", _unless(self.group.value, default.group.value)),
            ("facets", _unless(",".join(self.facets) or table.NO_FACETS, ",".join(default.facets))),
            ("facet_size", _unless(str(self.facet_size), str(default.facet_size))),
            ("snippets", _unless(str(self.snippets), str(default.snippets))),
            ("snippet_length", _unless(str(self.snippet_length), str(default.snippet_length))),
            ("format", self.format or ""),
            ("excel", "true" if self.excel else ""),
            ("strict", "true" if self.strict else ""),
            ("prefix", self.prefix),
            ("size", _unless(str(self.size), str(default.size))),
        ]


def _joined(values: Iterable[str]) -> str:
    return ",".join(sorted(values))


def _unless(text: str, default: str) -> str:
    return "" if text == default else text


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
