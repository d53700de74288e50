"""The addresses that belong to one search: its other pages and formats, and those of facet values."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from search_service.canonical_query import CanonicalQuery
from search_service.links import Links, PageLinks, PageNumbers
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
    atom: str | None
    export: str | None


def bare(params: SearchParams) -> CanonicalQuery:
    """Return the query string without what belongs to one format or to one facet's list."""
    return params.canonical().without("format", "excel", "prefix", "size")


def page_links(
    params: SearchParams, numbers: PageNumbers, links: Links, *, form: str | None = None
) -> PageLinks:
    """Return the neighbours of a page of the JSON answer, or of the one in the format `form`."""
    whole = params.canonical().without("format", "prefix", "size", *(() if form else ("excel",)))
    return _page_links(whole, numbers, links, suffix=f".{form}" if form else "")


def _page_links(query: CanonicalQuery, numbers: PageNumbers, links: Links, *, suffix: str = "") -> PageLinks:
    def address(number: int) -> str:
        return links.search(query.replacing("page", str(number) if number > 1 else "").text, suffix)

    first = address(1)
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
        atom=None,
        export=None,
    )


def value_addresses(
    query: CanonicalQuery, params: SearchParams, facet: str, links: Links
) -> Callable[[str], str]:
    """Return what gives the search that choosing a value leads to, or that is left when it is dropped.

    All values of a facet have the same query string around them, so it is made once.

    Args:
        query: the search, `bare` of its parameters.
        params: its parameters.
        facet: whose values have the addresses.
        links: what addresses begin with.
    """
    selected = params.selected(facet)
    before, after = query.without("page").around(facet)
    before = links.search(before)

    def address(value: str) -> str:
        if value in selected:
            return links.search(bare(params.toggled(facet, value)).text)
        return f"{before}{value}{after}"

    return address
