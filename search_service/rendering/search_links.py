"""The addresses that belong to one search: its other pages and formats, and those of facet values."""

from __future__ import annotations

import msgspec

from search_service.canonical_query import CanonicalQuery
from search_service.links import Links, PageLinks, PageNumbers
from search_service.parameters import OF_A_PAGE
from search_service.search_params import SearchParams


class LinksObject(msgspec.Struct, frozen=True, gc=False):
    """Other pages and formats of one search."""

    self: str
    first: str
    prev: str | None
    next: str | None
    last: str
    html: str
    csv: str
    jsonl: str
    atom: str
    export: str


def bare(params: SearchParams) -> CanonicalQuery:
    """Return the query string without what belongs to one format, to one facet's list or to a timeline."""
    return params.canonical.without("format", "excel", "prefix", "size", "by")


def whole(query: CanonicalQuery) -> CanonicalQuery:
    """Return the query string of every result of a search, without what only shapes a page."""
    return query.without(*(parameter.name for parameter in OF_A_PAGE))


def page_links(
    params: SearchParams, numbers: PageNumbers, links: Links, *, form: str | None = None
) -> PageLinks:
    """Return the neighbours of a page of the JSON answer, or of the one in the format `form`."""
    whole = params.canonical.without("format", "prefix", "size", *(() if form else ("excel",)))
    return _page_links(whole, numbers, links, suffix=f".{form}" if form else "")


def _page_links(query: CanonicalQuery, numbers: PageNumbers, links: Links, *, suffix: str = "") -> PageLinks:
    first = links.search(query.without("page").text, suffix)
    before, after = query.around("page")

    def address(number: int) -> str:
        return links.search(f"{before}{number}{after}", suffix) if number > 1 else first

    return PageLinks(
        first=first,
        prev=address(numbers.prev) if numbers.prev else None,
        next=address(numbers.next) if numbers.next else None,
        last=address(numbers.last) if numbers.last > 1 else first,
    )


def links_object(query: CanonicalQuery, numbers: PageNumbers, links: Links) -> LinksObject:
    """Return the addresses of one search, `bare` of its parameters, as the answer shows them."""
    text = query.text
    pages = _page_links(query, numbers, links)
    return LinksObject(
        self=links.search(text),
        first=pages.first,
        prev=pages.prev,
        next=pages.next,
        last=pages.last,
        html=links.page(text),
        csv=links.search(text, ".csv"),
        jsonl=links.search(text, ".jsonl"),
        atom=links.search(query.without("sort", "page").text, ".atom"),
        export=links.export(whole(query).text),
    )


def around_values(query: CanonicalQuery, facet: str, links: Links) -> tuple[str, str]:
    """Return what stands before and after a value of `facet` in the address that choosing it leads to.

    Args:
        query: the first page of the search, `bare` of its parameters.
        facet: whose values have the addresses.
        links: what addresses begin with.
    """
    before, after = query.around(facet)
    return links.search(before), after


def without_value(params: SearchParams, facet: str, value: str, links: Links) -> str:
    """Return the address of the search that is left when a chosen value is dropped."""
    return links.search(bare(params.toggled(facet, value)).text)
