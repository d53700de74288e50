"""Search by brute force: loops over the tokens of every section, nothing shared with the engine but
the analysis and the constants of the similarity. Slow and plain on purpose.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from corpus import dnr
from corpus.document import Document, Section
from index.analysis.analyzer import Analyzer
from index.execution import similarity
from index.query import (
    And,
    AtLeast,
    DateRange,
    Keyword,
    MatchAll,
    MatchNone,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Scope,
    Word,
)
from index.request import Filters, Group, SearchRequest, Sort
from tests.analysis import PLAIN

ZONES = ("title", "text", "decision")
SCOPES = {Scope.ALL: ZONES, Scope.TITLE: ("title",), Scope.DECISION: ("decision",)}


@dataclass(frozen=True)
class Row:
    """One section as the oracle sees it: its tokens by zone and its properties."""

    document: Document
    section: Section
    ordinal: int
    exact: Mapping[str, list[tuple[str, int]]]
    stems: Mapping[str, list[tuple[str, int]]]
    parts: Mapping[str, list[tuple[str, int]]]
    lengths: Mapping[str, int]

    def value(self, facet: str) -> str | None:
        """Return the value that the section has in a facet."""
        document = self.document
        return {
            "municipality": document.municipality and document.municipality.slug,
            "committee": document.committee and document.committee.slug,
            "type": document.type.value,
            "year": str(document.date.year) if document.date else None,
        }[facet]

    def cases(self) -> list[tuple[str | None, str]]:
        """Return the section's cases, municipality and dnr, in the order that they are written."""
        place = self.value("municipality")
        keys = [(place, key) for written in self.section.dnr if (key := dnr.key(written))]
        return list(dict.fromkeys(keys))

    def group(self, group: Group) -> object:
        """Return what the sections of one result have in common."""
        if group is Group.DOCUMENT:
            return self.document.id
        return self.cases()[0] if group is Group.CASE and self.cases() else self.section.id

    def dnr_keys(self) -> set[str]:
        """Return the keys of the section's diarienummer, with registry and without."""
        keys = {key for written in self.section.dnr if (key := dnr.key(written))}
        return keys | {f"DNR-{key.split('-', 1)[1]}" for key in keys}


def rows_of(documents: Iterable[Document], analyzer: Analyzer = PLAIN) -> list[Row]:
    """Return the rows of all sections of `documents`."""
    return [
        _row(document, section, ordinal, analyzer)
        for document in documents
        for ordinal, section in enumerate(document.sections)
    ]


def _row(document: Document, section: Section, ordinal: int, analyzer: Analyzer) -> Row:
    texts = {
        "title": section.title,
        "text": section.text,
        "decision": section.decision.text if section.decision else "",
    }
    tokens = {zone: analyzer.analyze(text) for zone, text in texts.items()}
    own = _own_keys(section)
    return Row(
        document,
        section,
        ordinal,
        exact={
            zone: sorted({(t.exact, t.position) for t in found} | (own if zone == "title" else set()))
            for zone, found in tokens.items()
        },
        stems={
            zone: sorted(
                {(stem, t.position) for t in found for stem in t.stems} | (own if zone == "title" else set())
            )
            for zone, found in tokens.items()
        },
        parts={
            zone: sorted({(key, t.position) for t in found for part in t.parts for key in part.keys})
            for zone, found in tokens.items()
        },
        lengths={zone: len(found) for zone, found in tokens.items()},
    )


def _own_keys(section: Section) -> set[tuple[str, int]]:
    """Return what the section's § and dnr add to its title, at a place where no other word is."""
    keys = {f"p:{section.number}"} if section.number else set()
    for written in section.dnr:
        if key := dnr.key(written):
            keys |= {f"dnr:{key}", f"dnr:DNR-{key.split('-', 1)[1]}"}
    return {(key, 10_000) for key in keys}


@dataclass(frozen=True)
class Oracle:
    """Answers like an engine, over rows in a list."""

    rows: list[Row]

    def scores(self, query: Query) -> dict[str, float]:
        """Return the score of every section that matches, by id."""
        match query:
            case Word() | Phrase() | Prefix():
                return self._scored(query)
            case Keyword():
                return self._where(lambda row: _has(row, query.field, query.values))
            case DateRange():
                return self._where(lambda row: _in_range(row, query.first, query.last))
            case And():
                return self._counted(query.children, len(query.children))
            case Or():
                return self._counted(query.children, 1)
            case AtLeast():
                return self._counted(query.children, query.minimum, query.optional)
            case Not():
                excluded = self.scores(query.child)
                return self._where(lambda row: row.section.id not in excluded)
            case MatchAll():
                return self._where(lambda _: True)
            case MatchNone():
                return {}

    def ranking(self, request: SearchRequest) -> list[tuple[str, float]]:
        """Return every match, or the first of each group, with its score in the order asked for."""
        scores = self.scores(request.query)
        kept = self._kept(request, None)
        kept.sort(key=lambda row: _order(row, request.sort, scores[row.section.id]))
        first: dict[object, Row] = {}
        for row in kept:
            first.setdefault(row.group(request.group), row)
        return [(row.section.id, scores[row.section.id]) for row in first.values()]

    def totals(self, request: SearchRequest) -> tuple[int, int]:
        """Return from how many documents the matching sections are, and how many cases they belong to."""
        kept = self._kept(request, None)
        cases = {case for row in kept for case in row.cases()}
        return len({row.document.id for row in kept}), len(cases)

    def facet(self, request: SearchRequest, name: str) -> tuple[dict[str, int], int]:
        """Return the counts of a facet, its own selection ignored, and the unknown."""
        pairs = {(row.value(name), row.group(request.group)) for row in self._kept(request, name)}
        counts = Counter(value for value, _ in pairs)
        unknown = counts.pop(None, 0)
        return {value: count for value, count in counts.items() if value}, unknown

    def _kept(self, request: SearchRequest, ignored: str | None) -> list[Row]:
        """Return the rows that match and pass all filters but the one that is ignored."""
        scores = self.scores(request.query)
        return [
            row for row in self.rows if row.section.id in scores and passes(row, request.filters, ignored)
        ]

    def _where(self, condition: Callable[[Row], bool]) -> dict[str, float]:
        return {row.section.id: 0.0 for row in self.rows if condition(row)}

    def _counted(self, children: tuple[Query, ...], minimum: int, optional: int = 0) -> dict[str, float]:
        counts: Counter[str] = Counter()
        totals: dict[str, float] = {}
        for place, child in enumerate(children):
            for section_id, score in self.scores(child).items():
                counts[section_id] += place < len(children) - optional
                totals[section_id] = totals.get(section_id, 0.0) + score
        return {
            section_id: score for section_id, score in totals.items() if counts[section_id] >= max(1, minimum)
        }

    def _scored(self, leaf: Word | Phrase | Prefix) -> dict[str, float]:
        found = {
            row.section.id: forms
            for row in self.rows
            if any((forms := self._frequencies(row, leaf)).values())
        }
        matches, documents = len(found), len(self.rows)
        idf = math.log(1 + (documents - matches + 0.5) / (matches + 0.5))
        # As exactly as an index holds them.
        return {
            section_id: float(np.float32(idf * _saturated(leaf, forms)))
            for section_id, forms in found.items()
        }

    def _frequencies(self, row: Row, leaf: Word | Phrase | Prefix) -> dict[str, float]:
        total = {"stem": 0.0, "parts": 0.0, "near": 0.0, "exact": 0.0}
        for zone in SCOPES[leaf.scope]:
            weight = similarity.ZONE_WEIGHTS[zone] * self._norm(row, zone)
            if isinstance(leaf, Word):
                total["stem"] += weight * sum(term in leaf.stems for term, _ in row.stems[zone])
                total["parts"] += weight * sum(term in leaf.parts for term, _ in row.parts[zone])
                total["near"] += weight * _windows(_groups(row, zone, leaf), 8)
                total["exact"] += weight * sum(term in leaf.exact for term, _ in row.exact[zone])
            elif isinstance(leaf, Prefix):
                words = [term for term, _ in row.exact[zone] if ":" not in term]
                total["exact"] += weight * sum(word.startswith(leaf.prefix) for word in words)
            else:
                total["exact"] += weight * _phrases(row.exact[zone], leaf)
        return total

    def _norm(self, row: Row, zone: str) -> float:
        total = sum(other.lengths[zone] for other in self.rows)
        average = total / len(self.rows) if total else 1.0
        b = similarity.LENGTH_NORMALISATION[zone]
        return 1 / (1 - b + b * row.lengths[zone] / average)


def passes(row: Row, filters: Filters, ignored: str | None) -> bool:
    """Return whether a section passes all filters but the one that is ignored."""
    for facet in ("municipality", "committee", "type", "year"):
        wanted = getattr(filters, facet)
        if wanted and facet != ignored and (row.value(facet) or "unknown") not in wanted:
            return False
    if (filters.date_from or filters.date_to) and not _in_range(row, filters.date_from, filters.date_to):
        return False
    return not filters.dnr or bool(row.dnr_keys() & set(filters.dnr))


def _saturated(leaf: Word | Phrase | Prefix, forms: dict[str, float]) -> float:
    boost = similarity.FORM_BOOSTS
    k1 = similarity.K1
    bent = {form: value * (k1 + 1) / (k1 + value) for form, value in forms.items()}
    if isinstance(leaf, Phrase):
        return (boost["stem"] + boost["exact"]) * bent["exact"]
    ways = [boost[form] * bent[form] for form in ("stem", "parts", "near")]
    return max(ways) + boost["exact"] * bent["exact"]


def _groups(row: Row, zone: str, word: Word) -> list[set[int]]:
    """Return for each part of a word where it stands, alone or in a compound."""
    places = [*row.stems[zone], *row.parts[zone]]
    return [{position for term, position in places if term in group} for group in word.near]


def _phrases(tokens: list[tuple[str, int]], phrase: Phrase) -> int:
    places = [{position for term, position in tokens if term == word} for word in phrase.words]
    if phrase.slop:
        return _windows(places, phrase.slop)
    return sum(all(start + offset in places[offset] for offset in range(len(places))) for start in places[0])


def _windows(places: list[set[int]], slop: int) -> int:
    """Return at how many places a window of `slop` positions begins that has something of each set."""
    starts: set[int] = set().union(*places)
    return sum(
        all(any(start <= place <= start + slop for place in found) for found in places) for start in starts
    )


def _has(row: Row, field: str, values: tuple[str, ...]) -> bool:
    if field == "id":
        return row.section.id in values
    if field == "document_id":
        return row.document.id in values
    if field == "dnr":
        return bool(row.dnr_keys() & set(values))
    if field == "section":
        return (row.section.number or "").casefold() in values
    return (row.value(field) or "unknown") in values


def _in_range(row: Row, first: object, last: object) -> bool:
    date = row.document.date
    return date is not None and (first is None or date >= first) and (last is None or date <= last)  # type: ignore[operator] # both are dates


def _order(row: Row, sort: Sort, score: float) -> tuple[object, ...]:
    date = row.document.date.toordinal() if row.document.date else None
    newest = (date is None, -(date or 0), row.document.source, row.ordinal)
    if sort is Sort.RELEVANCE:
        return (-round(score, 9), *newest)
    if sort is Sort.OLDEST:
        return (date is None, date or 0, row.document.source, row.ordinal)
    return newest
