"""What the search page shows besides the answer: filters, links, the ways out of an empty result."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from index.facets import FACET_LABELS, Facet, FacetValue, value_label
from index.query import Scope
from index.query_lexer import clean
from index.questions import Answer
from index.request import UNKNOWN, Group, Sort
from index.searching import count
from search_service.dependencies import Service
from search_service.links import PageNumbers
from search_service.rendering.html import counted, swedish_date, thousands
from search_service.routes.answering import question_of
from search_service.search_params import SearchParams, year_ranges
from search_service.search_threads import TimeLeft

SCOPES: Final = (
    (Scope.ALL.value, "hela paragrafen"),
    (Scope.TITLE.value, "rubriken"),
    (Scope.DECISION.value, "beslutet"),
)
ORDERS: Final = (
    ("", "bästa träff först"),
    (Sort.NEWEST.value, "nyast först"),
    (Sort.OLDEST.value, "äldst först"),
    (Sort.ADDED.value, "senast inlagt först"),
)
SHOWN_VALUES: Final = 8
"""Values of a facet that are seen at once; the rest unfolds."""

LISTED_VALUES: Final = 24
"""Values of a facet in the page unless `facet_size` says otherwise: the page stays light."""

_MATCHING: Final = (
    "q",
    "municipality",
    "committee",
    "year",
    "type",
    "date_from",
    "date_to",
    "dnr",
    "scope",
    "strict",
)
_UNITS: Final = {
    Group.SECTION: ("paragraf", "paragrafer"),
    Group.DOCUMENT: ("handling", "handlingar"),
    # A § without a dnr stands for itself among the cases.
    Group.CASE: ("ärende eller paragraf utan diarienummer", "ärenden och paragrafer utan diarienummer"),
}
_PAGES_AROUND: Final = 2
_FORM_FIELDS: Final = frozenset({"q", "in", "sort", "date_from", "date_to", "dnr", "page", "format", "excel"})


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter in force, and the query string without it."""

    label: str
    value: str
    query: str


@dataclass(frozen=True, slots=True)
class Drop:
    """A filter that an empty result could do without, and what it would then find."""

    label: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet as a list to tick: the values seen at once, those that unfold, how many stay out."""

    name: str
    label: str
    shown: tuple[FacetValue, ...]
    rest: tuple[FacetValue, ...]
    hidden: int
    distinct: int
    unknown: int
    unknown_selected: bool
    all_url: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """One of the links between pages; `query` is `None` for a gap."""

    label: str
    query: str | None
    current: bool = False
    rel: str = ""


def queried(params: SearchParams) -> str:
    """Return the query string with its question mark, empty for a search without parameters."""
    query = params.query_string()
    return f"?{query}" if query else ""


def page_query(params: SearchParams, number: int | None) -> str | None:
    """Return the query string of another page, `None` when there is no such page."""
    return queried(replace(params, page=number)) if number else None


def hit_query(params: SearchParams) -> str:
    """Return the query string that a § is opened with, so that what was searched is marked there."""
    return queried(SearchParams(q=params.q, scope=params.scope)) if params.q else ""


def suggestion_query(params: SearchParams, suggestion: str | None) -> str | None:
    """Return the query string of the search that may have been meant, `None` when there is none."""
    return queried(replace(params, q=suggestion, page=1)) if suggestion else None


def matching_query(params: SearchParams) -> str:
    """Return what of the query string decides which sections are found."""
    return SearchParams(**{name: getattr(params, name) for name in _MATCHING}).query_string()


def heading(answer: Answer, params: SearchParams) -> str:
    """Return the heading of the page, which is its title too."""
    if params.q and params.group is Group.SECTION:
        return f"{counted(answer.total, 'träff', 'träffar')} på {quoted(params.q)}"
    groups = f"{thousands(answer.total)} {unit(answer, params)}"
    return f"{groups} med träff på {quoted(params.q)}" if params.q else f"{groups} ur kommunala protokoll"


def quoted(q: str) -> str:
    """Return what was searched for in Swedish quotation marks; where it has phrases, theirs are enough.

    `taxa` gives ”taxa”, `"inte beviljas" skola` gives ”inte beviljas” skola. A mark that has no pair
    is left out.
    """
    curled = clean(q).replace('"', "”")
    if curled.count("”") % 2:
        curled = curled.replace("”", "").strip() or q
    return curled if "”" in curled else f"”{curled}”"


def unit(answer: Answer, params: SearchParams) -> str:
    """Return what the hits are, in the number that there is of them."""
    one, several = _UNITS[params.group]
    return one if answer.total == 1 else several


def active_filters(params: SearchParams, answer: Answer) -> list[ActiveFilter]:
    """Return the filters in force, each with the way to drop it."""
    return [
        ActiveFilter(label, value, queried(replace(without, page=1)))
        for label, value, without in _each_filter(params, answer)
    ]


def _each_filter(params: SearchParams, answer: Answer) -> Iterator[tuple[str, str, SearchParams]]:
    labels = answer.manifest.labels
    for facet in ("municipality", "committee", "type"):
        for value in params.selected(facet):
            rest = tuple(other for other in params.selected(facet) if other != value)
            yield FACET_LABELS[facet], value_label(facet, value, labels), params.choosing(facet, rest)
    for span in year_ranges(params.year).split(",") if params.year else ():
        others = tuple(year for year in params.year if not _is_in(year, span))
        yield FACET_LABELS["year"], _span_label(span), params.choosing("year", others)
    if params.date_from:
        yield "Från", swedish_date(params.date_from), replace(params, date_from=None)
    if params.date_to:
        yield "Till", swedish_date(params.date_to), replace(params, date_to=None)
    for dnr in params.dnr:
        yield "Diarienummer", dnr, replace(params, dnr=tuple(other for other in params.dnr if other != dnr))
    if params.scope is not Scope.ALL:
        yield "Sök i", dict(SCOPES)[params.scope.value], replace(params, scope=Scope.ALL)


def _is_in(year: str, span: str) -> bool:
    first, dots, last = span.partition("..")
    return year == span if not dots or year == UNKNOWN else (first or year) <= year <= (last or year)


def _span_label(span: str) -> str:
    """Return `2016–2019` for `2016..2019`, `från 2019` for `2019..`, `till 2016` for `..2016`."""
    first, dots, last = span.partition("..")
    if not dots:
        return value_label("year", span, {})
    return f"{first}–{last}" if first and last else f"från {first}" if first else f"till {last}"


def unfiltered(params: SearchParams) -> SearchParams:
    """Return the search with its words alone."""
    return replace(
        params,
        municipality=(),
        committee=(),
        type=(),
        year=(),
        date_from=None,
        date_to=None,
        dnr=(),
        scope=Scope.ALL,
        page=1,
    )


def drops(service: Service, params: SearchParams, answer: Answer, time_left: TimeLeft) -> list[Drop]:
    """Return for an empty result what each filter less would find, where that is something."""

    def hits(fewer: SearchParams) -> int:
        asked = question_of(fewer, service.settings, service.synonyms, seconds=time_left())
        return count(service.engine, asked)

    names = dict.fromkeys(name for name, _, _ in _each_filter(params, answer))
    found = [
        Drop(f"filtret {name}", hits(fewer), queried(fewer))
        for name, fewer in ((name, replace(_without(params, name), page=1)) for name in names)
    ]
    if len(names) > 1:
        bare = unfiltered(params)
        found.append(Drop("något filter", hits(bare), queried(bare)))
    return [drop for drop in found if drop.count]


def _without(params: SearchParams, label: str) -> SearchParams:
    facets = {shown: name for name, shown in FACET_LABELS.items()}
    if label in facets:
        return params.choosing(facets[label], ())
    if label == "Från":
        return replace(params, date_from=None)
    if label == "Till":
        return replace(params, date_to=None)
    return replace(params, dnr=()) if label == "Diarienummer" else replace(params, scope=Scope.ALL)


def facet_view(facet: Facet, params: SearchParams, all_url: str) -> FacetView:
    """Return one facet as it is listed; chosen values are always seen."""
    given = params.facet_size != SearchParams().facet_size
    listed = facet.values if given else _first(facet.values, LISTED_VALUES)
    known = [value for value in listed if value.value != UNKNOWN or value.selected]
    shown = _first(known, SHOWN_VALUES)
    rest = tuple(value for value in known if value not in shown)
    if len(rest) == 1:
        shown, rest = tuple(known), ()
    return FacetView(
        name=facet.name,
        label=facet.label,
        shown=shown,
        rest=rest,
        hidden=max(0, facet.distinct - len(known)),
        distinct=facet.distinct,
        unknown=facet.unknown,
        unknown_selected=any(value.value == UNKNOWN for value in known),
        all_url=all_url,
    )


def _first(values: Iterable[FacetValue], size: int) -> tuple[FacetValue, ...]:
    return tuple(value for place, value in enumerate(values) if place < size or value.selected)


def hidden_fields(params: SearchParams, facets: Iterable[FacetView]) -> list[tuple[str, str]]:
    """Return what the form must send besides its visible fields."""
    visible = _FORM_FIELDS | {facet.name for facet in facets}
    return [(name, value) for name, value in params.pairs() if name not in visible]


def pagination(params: SearchParams, numbers: PageNumbers) -> list[PageLink]:
    """Return the links between pages: the neighbours, the first, the last and those around."""
    if numbers.last == 1 and params.page == 1:
        return []
    around = range(params.page - _PAGES_AROUND, params.page + _PAGES_AROUND + 1)
    wanted = sorted({1, numbers.last, *(number for number in around if 1 <= number <= numbers.last)})
    links = [_page_link(params, "Föregående", numbers.prev, rel="prev")] if numbers.prev else []
    for before, number in pairwise((0, *wanted)):
        if number - before > 1:
            links.append(PageLink("…", None))
        links.append(_page_link(params, thousands(number), number, current=number == params.page))
    return [*links, _page_link(params, "Nästa", numbers.next, rel="next")] if numbers.next else links


def _page_link(
    params: SearchParams, label: str, number: int, *, current: bool = False, rel: str = ""
) -> PageLink:
    return PageLink(label, queried(replace(params, page=number)), current, rel)


def curl_command(address: str) -> str:
    """Return the command that gets the same answer, quoted for a shell."""
    return f"curl -s {shlex.quote(address)}"
