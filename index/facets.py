"""Facets: the values of one property among the hits, labelled and in the order they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

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


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and how many sections a search restricted to it finds."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
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
    values = [
        FacetValue(value, value_label(name, value, labels), counts.counts.get(value, 0), value in selected)
        for value in dict.fromkeys((*counts.counts, *(selected if len(selected) <= size else ())))
        if value != UNKNOWN
    ]
    values.sort(key=_newest_first if name == "year" else _most_first)
    if UNKNOWN in selected:
        values.append(FacetValue(UNKNOWN, UNKNOWN_LABEL, counts.unknown, selected=True))
    whole = Facet(name, FACET_LABELS[name], (), distinct=0, truncated=False, unknown=counts.unknown)
    return cut(whole, values, size)


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


def _newest_first(value: FacetValue) -> int:
    return -int(value.value)


def _most_first(value: FacetValue) -> tuple[int, str, str]:
    return -value.count, collation_key(value.label), value.value
