"""What a segment must say, found by loops over the tokens of `Analyzer.analyze`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from corpus import dnr
from index.analysis.analyzer import Analyzer
from index.analysis.form_table import is_hidden
from index.entry import SectionEntry, own_references, searched_title
from index.execution.postings import Docs, Postings
from index.fields import ZONES
from index.segments.packed_places import begins_of_zones
from index.segments.segment import Segment

Place = tuple[int, int, int]
"""Document, number of the zone, position."""

Words = Mapping[str, Mapping[str, set[Place]]]
"""The places of each key of each form of words."""


def zone_texts(entry: SectionEntry) -> tuple[str, str, str]:
    """Return the texts of a section's zones, in their order."""
    return searched_title(entry), entry.text, entry.decision.text if entry.decision else ""


def words_of(entries: Sequence[SectionEntry], analyzer: Analyzer) -> Words:
    """Return where every key stands."""
    found: dict[str, dict[str, set[Place]]] = {form: defaultdict(set) for form in ("exact", "stem", "parts")}
    for doc, entry in enumerate(entries):
        for zone, text in enumerate(zone_texts(entry)):
            last = 0
            for token in analyzer.analyze(text):
                last = token.position
                place = (doc, zone, token.position)
                found["exact"][token.exact].add(place)
                for stem in token.stems:
                    found["stem"][stem].add(place)
                for key in (key for part in token.parts for key in part.keys):
                    found["parts"][key].add(place)
            for key in own_references(entry) if ZONES[zone] == "title" else ():
                found["exact"][key].add((doc, zone, last + 2))
                found["stem"][key].add((doc, zone, last + 2))
    return found


def lengths_of(entries: Iterable[SectionEntry], analyzer: Analyzer) -> list[tuple[int, ...]]:
    """Return the number of tokens in each zone of each section."""
    return [tuple(len(analyzer.analyze(text)) for text in zone_texts(entry)) for entry in entries]


def values_of(entry: SectionEntry) -> dict[str, set[str]]:
    """Return what a section's untokenised fields have in them."""
    cases = {key for written in entry.dnr if (key := dnr.key(written))}
    return {
        "id": {entry.id},
        "document_id": {entry.document_id},
        "case": cases,
        "dnr": cases | {f"DNR-{key.split('-', 1)[1]}" for key in cases},
        "section": {entry.number.casefold()} if entry.number else set(),
        "whole_title": {searched_title(entry)} - {""},
        "written_dnr": set(entry.dnr),
    }


def words_in(segment: Segment) -> Words:
    """Return where every key stands in a segment, but hidden forms."""
    return {
        form: {key: set(places_of(segment, form, key)) for key in segment.terms(form) if not is_hidden(key)}
        for form in ("exact", "stem", "parts")
    }


def place_of(packed: int) -> Place:
    """Return the parts of a place."""
    return packed >> 32, packed >> 29 & 7, packed & (1 << 29) - 1


def counts_of(places: Iterable[Place]) -> dict[int, tuple[int, int, int]]:
    """Return how often each zone of each document is among some places."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for doc, zone, _ in places:
        counts[doc][zone] += 1
    return {doc: (zones[0], zones[1], zones[2]) for doc, zones in counts.items()}


def counts_in(postings: Postings) -> dict[int, tuple[int, int, int]]:
    """Return how often a term stands in each zone of its documents."""
    title = dict(zip(postings.title.at.tolist(), postings.title.freqs.tolist(), strict=True))
    decision = dict(zip(postings.decision.at.tolist(), postings.decision.freqs.tolist(), strict=True))
    return {
        doc: (title.get(at, 0), text, decision.get(at, 0))
        for at, (doc, text) in enumerate(zip(postings.docs.tolist(), postings.text.tolist(), strict=True))
    }


def places_of(segment: Segment, form: str, key: str, within: Docs | None = None) -> list[Place]:
    """Return where a key stands in a segment."""
    places = segment.places([(form, key)], begins_of_zones(segment.size), within)
    return [place_of(place) for place in places.tolist()]
