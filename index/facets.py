"""Facets: the values of one property among the hits, labelled and in the order they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from corpus.document import DocumentType
from corpus.municipalities import by_slug
from corpus.slugs import slug
from index.collation import collation_key
from index.request import UNKNOWN
from index.results import FacetCounts

FACET_LABELS: Final = {"municipality": "Kommun", "year": "År", "committee": "Organ", "type": "Handling"}
TYPE_LABELS: Final = {
    DocumentType.MINUTES.value: "Protokoll",
    DocumentType.REPORT.value: "Tjänsteskrivelse",
    DocumentType.AGENDA.value: "Kallelse",
    DocumentType.ATTACHMENT.value: "Bilaga",
}
UNKNOWN_LABEL: Final = "Okänt"


class FacetValue(Struct, frozen=True, gc=False):
    """One value of a facet and how many sections a search restricted to it finds.

    Not a dataclass since an answer has a hundred of them, and those take longer to make than to count.
    """

    value: str
    label: str
    count: int
    selected: bool = False


class Facet(Struct, frozen=True):
    """The values of one property among the hits.

    Attributes:
        distinct: how many values have hits.
        truncated: whether some of them are left out of `values`.
        unknown: hits whose value could not be read.
    """

    name: str
    label: str
    values: tuple[FacetValue, ...]
    distinct: int
    truncated: bool
    unknown: int


def facet(
    name: str,
    counts: FacetCounts,
    *,
    selected: Sequence[str],
    size: int,
    labels: Mapping[str, Mapping[str, str]],
) -> Facet:
    """Return the counts of one facet with labels, in order.

    Args:
        name: one of `request.FACETS`.
        counts: what the engine counted.
        selected: the values chosen, listed beyond `size` and even at 0; when they are more than `size`
            (`year=1900..`), only those that have hits.
        size: how many values are listed at most.
        labels: facet to slug to the spelling that is shown.
    """
    found = dict(counts.counts)
    found.pop(UNKNOWN, None)
    distinct = len(found)
    if selected and len(selected) <= size:
        found = dict.fromkeys((value for value in selected if value != UNKNOWN), 0) | found
    values = _ordered(name, found, labels)
    listed = values[:size] + [value for value in values[size:] if value.value in selected]
    if selected:
        listed = [replace(value, selected=value.value in selected) for value in listed]
    if UNKNOWN in selected:
        listed.append(FacetValue(UNKNOWN, UNKNOWN_LABEL, counts.unknown, selected=True))
    is_cut = len(listed) < len(values)
    return Facet(name, FACET_LABELS[name], tuple(listed), distinct, is_cut, counts.unknown)


def _ordered(
    name: str, counts: Mapping[str, int], labels: Mapping[str, Mapping[str, str]]
) -> list[FacetValue]:
    """Return the values of a facet with their labels in the order they are shown."""
    if name == "year":
        return [FacetValue(value, value, counts[value]) for value in sorted(counts, key=int, reverse=True)]
    known = labels.get(name, {})
    rows = []
    for value, count in counts.items():
        label = known.get(value) or value_label(name, value, labels)
        rows.append((-count, _collated(label), value, label))
    rows.sort()
    return [FacetValue(value, label, -falling) for falling, _, value, label in rows]


def value_label(name: str, value: str, labels: Mapping[str, Mapping[str, str]]) -> str:
    """Return how a value of a facet is shown; `labels` holds the spellings that the index has learnt."""
    if value == UNKNOWN:
        return UNKNOWN_LABEL
    if name == "type":
        return TYPE_LABELS.get(value, value)
    label = labels.get(name, {}).get(value)
    if label is None and name == "municipality":
        # One of Sweden's without minutes here can be asked for all the same.
        municipality = by_slug(value)
        label = municipality.name if municipality else None
    return label or value


def cut(whole: Facet, values: Sequence[FacetValue], size: int) -> Facet:
    """Return the facet with the first `size` of `values`, and of the others those that are chosen."""
    kept = tuple(value for place, value in enumerate(values) if place < size or value.selected)
    distinct = sum(1 for value in values if value.count and value.value != UNKNOWN)
    return replace(whole, values=kept, distinct=distinct, truncated=len(kept) < len(values))


def begins(value: FacetValue, prefix: str) -> bool:
    """Tell whether a value's label or slug begins with `prefix`, however it is cased."""
    folded = slug(prefix)
    return value.label.casefold().startswith(prefix.casefold()) or (
        bool(folded) and value.value.startswith(folded)
    )


_collated = lru_cache(maxsize=10_000)(collation_key)
