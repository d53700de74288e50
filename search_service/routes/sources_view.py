"""What the page of sources shows: the objects of `/api/v1/sources` by municipality, with their sums."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from corpus.document import Committee, Municipality
from index.request import UNKNOWN
from search_service.canonical_query import CanonicalQuery
from search_service.rendering.coverage import SourceObject, SourcesObject, UnreadableObject
from search_service.search_params import SearchParams

_UNKNOWN_PLACE: Final = "Okänd kommun"
_UNKNOWN_BODY: Final = "Okänt organ"

UNFOLDED: Final = 5
"""So many municipalities are seen in full at once; more are a list to unfold."""

UNFOLDED_FILES: Final = 20
"""So many files that could not be read are seen at once."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The sums over some sources.

    Attributes:
        missing: the number of § numbers that documents declare but do not have.
    """

    bodies: int
    documents: int
    sections: int
    first_date: datetime.date | None
    last_date: datetime.date | None
    missing: int


@dataclass(frozen=True, slots=True)
class BodyView:
    """One committee; `query` is that of the search for all its §§."""

    name: str
    query: str
    source: SourceObject


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One municipality; `query` is that of the search for all its §§."""

    name: str
    query: str
    extent: Extent
    bodies: tuple[BodyView, ...]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What the index covers, to be shown.

    Attributes:
        known: the number of municipalities, those that could not be told left out.
        unfolded: whether the municipalities are seen in full.
    """

    extent: Extent
    known: int
    places: tuple[PlaceView, ...]
    unfolded: bool
    unreadable: Sequence[UnreadableObject]
    unreadable_unfolded: bool
    generation: str
    updated: datetime.datetime


def coverage_view(covered: SourcesObject) -> CoverageView:
    """Return how the answer of `/api/v1/sources` is shown, in its order."""
    places = tuple(
        _place_view(list(sources))
        for _, sources in groupby(covered.sources, key=lambda one: one.municipality)
    )
    return CoverageView(
        extent=_extent(covered.sources),
        known=len({one.municipality.slug for one in covered.sources if one.municipality}),
        places=places,
        unfolded=len(places) <= UNFOLDED,
        unreadable=covered.unreadable,
        unreadable_unfolded=len(covered.unreadable) <= UNFOLDED_FILES,
        generation=covered.generation,
        updated=covered.updated,
    )


def _place_view(sources: Sequence[SourceObject]) -> PlaceView:
    municipality = sources[0].municipality
    query = SearchParams(municipality=(_slug(municipality),)).canonical
    return PlaceView(
        name=municipality.name if municipality else _UNKNOWN_PLACE,
        query=query.text,
        extent=_extent(sources),
        bodies=tuple(_body_view(source, query) for source in sources),
    )


def _body_view(source: SourceObject, place: CanonicalQuery) -> BodyView:
    committee = source.committee
    query = place.replacing("committee", _slug(committee))
    return BodyView(committee.name if committee else _UNKNOWN_BODY, query.text, source)


def _slug(body: Municipality | Committee | None) -> str:
    return body.slug if body else UNKNOWN


def _extent(sources: Sequence[SourceObject]) -> Extent:
    return Extent(
        bodies=sum(source.committee is not None for source in sources),
        documents=sum(source.documents for source in sources),
        sections=sum(source.sections for source in sources),
        first_date=min((source.first_date for source in sources if source.first_date), default=None),
        last_date=max((source.last_date for source in sources if source.last_date), default=None),
        missing=sum(len(one.numbers) for source in sources for one in source.missing_sections),
    )
