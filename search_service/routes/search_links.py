"""The addresses that belong to one search: its other pages and formats, and those of facet values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from search_service.links import Links, PageLinks, PageNumbers
from search_service.search_params import SearchParams

_ANY: Final = "1999"
"""Stands for a value where every facet could have it; as written, since slugs and years need no escapes."""


def page_links(
    params: SearchParams, numbers: PageNumbers, links: Links, *, form: str | None = None
) -> PageLinks:
    """Return the neighbours of a page of the JSON answer, or of the one in the format `form`."""
    whole = replace(bare(params), excel=params.excel if form else False)

    def address(number: int) -> str:
        return links.search(replace(whole, page=number).query_string(), f".{form}" if form else "")

    return PageLinks(
        first=address(1),
        prev=address(numbers.prev) if numbers.prev else None,
        next=address(numbers.next) if numbers.next else None,
        last=address(numbers.last),
    )


def links_object(params: SearchParams, pages: PageLinks, links: Links) -> dict[str, str | None]:
    """Return the addresses of one search as the answer shows them."""
    query = bare(params).query_string()
    return {
        "self": links.search(query),
        "first": pages.first,
        "prev": pages.prev,
        "next": pages.next,
        "last": pages.last,
        "html": links.page(query),
        "csv": links.search(query, ".csv"),
        "jsonl": links.search(query, ".jsonl"),
        "atom": None,
        "export": None,
    }


def value_addresses(params: SearchParams, facet: str, links: Links) -> Callable[[str], str]:
    """Return what gives the search that choosing a value leads to, or that is left when it is dropped.

    All values of a facet have the same query string around them, so it is made once.
    """
    asked = bare(params)
    selected = asked.selected(facet)
    before, place, after = links.search(asked.choosing(facet, (_ANY,)).query_string()).partition(
        f"{facet}={_ANY}"
    )

    def address(value: str) -> str:
        if value in selected:
            return links.search(asked.toggled(facet, value).query_string())
        return f"{before}{place.removesuffix(_ANY)}{value}{after}"

    return address


def bare(params: SearchParams) -> SearchParams:
    """Return the search without what belongs to one format or to one facet's list."""
    return replace(params, format=None, excel=False, prefix="", size=SearchParams().size)
