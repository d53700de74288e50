"""What a filter names that no section of the collection is from.

Nothing is found then, whatever there is to find elsewhere: that is to be told from a search in vain.
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final, NamedTuple

from corpus import municipalities
from corpus.slugs import slug
from index.engine import SearchEngine
from index.query import And, AtLeast, DateRange, Keyword, MatchAll, Not, Or, Query
from index.query_fields import UNKNOWN, bodies_in
from index.request import Filters, SearchRequest

_HELD: Final = ("municipality", "committee", "year")
_YEAR: Final = "år:"
_ALIKE: Final = 0.6
_LONGEST_NAME: Final = 100
_Labels = Mapping[str, str]


class _Holdings(NamedTuple):
    """What sections are from: slugs, and years as digits."""

    municipality: frozenset[str]
    committee: frozenset[str]
    year: frozenset[str]


def absent(engine: SearchEngine, tree: Query, filters: Filters) -> tuple[str, ...]:
    """Return what is to be said, in Swedish, of municipalities, bodies and years that no section is from.

    Ask inside `SearchEngine.reading`. Of the filters beside the query, those on bodies are not looked at:
    an unknown one is refused.
    """
    leaves = list(_properties(tree))
    if not (leaves or filters.municipality or filters.year):
        return ()
    held: _Holdings = engine.remembered("holdings", lambda: _holdings(engine))
    places = engine.manifest().labels.get("municipality", {})
    said = [_of_place(name, places) for name in filters.municipality if _lacks(held.municipality, [name])]
    said += _of_years(filters.year, held)
    for leaf in leaves:
        said += _of_leaf(leaf, held, engine)
    return tuple(dict.fromkeys(said))


def _properties(tree: Query) -> Iterator[Keyword | DateRange]:
    """Yield what `kommun:`, `organ:` and `år:` have become, also where it is excluded."""
    match tree:
        case Keyword() if tree.field in _HELD:
            yield tree
        case DateRange() if tree.surface.startswith(_YEAR):
            yield tree
        case And() | Or() | AtLeast():
            for child in tree.children:
                yield from _properties(child)
        case Not():
            yield from _properties(tree.child)


def _holdings(engine: SearchEngine) -> _Holdings:
    facets = engine.search(SearchRequest(MatchAll(), facets=_HELD, limit=0)).facets
    return _Holdings(*(frozenset(facets[name].counts) for name in _HELD))


def _of_leaf(leaf: Keyword | DateRange, held: _Holdings, engine: SearchEngine) -> Iterator[str]:
    if isinstance(leaf, DateRange):
        yield from _of_open_years(leaf, held)
        return
    if leaf.field == "year":
        yield from _of_years(leaf.values, held)
        return
    value = leaf.surface.partition(":")[2].strip('"')
    labels = engine.manifest().labels.get(leaf.field, {})
    for name, slugs in bodies_in(leaf.field, value):
        if _lacks(getattr(held, leaf.field), slugs):
            is_place = leaf.field == "municipality"
            yield _of_place(name, labels) if is_place else _of_body(name, labels, engine)


def _lacks(held: frozenset[str], slugs: Iterable[str]) -> bool:
    """Tell whether none of the slugs is held; that some property could not be read is no name of anything."""
    wanted = set(slugs)
    return bool(wanted) and UNKNOWN not in wanted and wanted.isdisjoint(held)


def _of_place(name: str, labels: _Labels) -> str:
    found = municipalities.by_slug(name) or municipalities.known(name)
    if found is not None or name in labels:
        return f"Samlingen har inga handlingar från {found.name if found else labels[name]}."
    return f"Ingen kommun heter ”{name}” i samlingen.{_meant(name, labels)}"


def _of_body(name: str, labels: _Labels, engine: SearchEngine) -> str:
    # To compare a name with a thousand others takes some milliseconds.
    meant = engine.remembered(("meant body", name), lambda: _meant(name, labels))
    return f"Inget organ heter ”{name}” i samlingen.{meant}"


def _meant(name: str, labels: _Labels) -> str:
    found = difflib.get_close_matches(slug(name[:_LONGEST_NAME]), list(labels), n=1, cutoff=_ALIKE)
    return f" Menade du ”{labels[found[0]]}”?" if found else ""


def _of_years(years: Iterable[str], held: _Holdings) -> Iterator[str]:
    """Yield what is to be said of years in a row that nothing is from: not of the edges of a longer row."""
    numbers = sorted({int(year) for year in years if year != UNKNOWN})
    for _, row in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        first, *others = (year for _, year in row)
        if held.year.isdisjoint(map(str, (first, *others))):
            until = f"–{others[-1]}" if others else ""
            yield f"Samlingen har inga handlingar från {first}{until}."


def _of_open_years(span: DateRange, held: _Holdings) -> Iterator[str]:
    first, last = span.first or datetime.date.min, span.last or datetime.date.max
    if not any(first.year <= int(year) <= last.year for year in held.year if year != UNKNOWN):
        rest = f"{first.year} eller senare" if span.first else f"{last.year} eller tidigare"
        yield f"Samlingen har inga handlingar från {rest}."
