"""Evaluates a query tree to the documents that match and their scores."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from index.execution import counting, file_masks, matches
from index.execution.counting import Names
from index.execution.deadline import Deadline
from index.execution.doc_sets import union
from index.execution.file_counts import FileCounts, count_files
from index.execution.file_masks import FileMask
from index.execution.leaf_cache import LeafCache
from index.execution.leaves import LeafScorer
from index.execution.matches import Matches
from index.execution.postings import Docs
from index.execution.reader import IndexReader
from index.fields import COLUMNS
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
    Word,
)
from index.request import Filters

Leaf = Word | Phrase | Prefix | Keyword | DateRange | MatchAll

_NOTHING = Matches(np.empty(0, np.int32), None)


@dataclass(slots=True)
class Evaluator:
    """Evaluates trees on one reader; made anew for each request.

    Attributes:
        cache: what leaves matched before, on the same reader.
        max_expansions: how many words a prefix may stand for.
        warnings: what was cut short, in Swedish; filled while evaluating.
    """

    reader: IndexReader
    cache: LeafCache
    deadline: Deadline
    max_expansions: int
    warnings: list[str] = field(default_factory=list)

    def evaluate(self, query: Query) -> Matches:
        """Return the documents that match `query`, ascending, with their scores."""
        self.deadline.check()
        match query:
            case And():
                return self._and(query.children)
            case Or():
                return self._at_least(query.children, 1, 0)
            case AtLeast():
                return self._at_least(query.children, query.minimum, query.optional)
            case Not():
                return self._without(self._leaf(MatchAll()), self.evaluate(query.child))
            case MatchNone():
                return _NOTHING
            case _:
                return self._leaf(query)

    def keyword(self, name: str, values: Iterable[str]) -> Docs:
        """Return the live documents whose property `name` is one of `values`."""
        if name in COLUMNS:
            return self._documents_of(file_masks.having(self.reader, name, values))
        return union([self.reader.keyword(name, value) for value in values], self.reader.size)

    def all_of(self, parts: Sequence[Matches]) -> Matches:
        """Return the documents that are in all of `parts`, at least one, with their scores added in order."""
        if len(parts) == 1:
            return parts[0]
        rarest, *others = sorted(range(len(parts)), key=lambda place: len(parts[place].docs))
        docs = parts[rarest].docs
        scores = {rarest: parts[rarest].scores}
        for other in others:
            self.deadline.check()
            kept, found = matches.look_up(docs, parts[other], self.reader.size)
            if len(kept) < len(docs):
                docs = docs.take(kept)
                scores = {place: None if one is None else one.take(kept) for place, one in scores.items()}
            scores[other] = found
        return Matches(docs, matches.added([scores[place] for place in range(len(parts))]))

    def having_dnr(self, found: Matches, keys: Sequence[str]) -> Matches:
        """Return those of `found` that have one of the diarienummer; all of them when none is asked for.

        It is the only filter in which sections of one file may differ.
        """
        return self.all_of([found, Matches(self.keyword("dnr", keys), None)]) if keys else found

    def files_of(self, found: Matches) -> FileCounts:
        """Return how many of `found` each file of minutes has."""
        if found.leaf is None:
            return count_files(self.reader.files, found.docs)
        return self.cache.get(("files", found.leaf), lambda: count_files(self.reader.files, found.docs))

    def masks_of(self, filters: Filters) -> dict[str, FileMask]:
        """Return which files pass each filter that is set: the properties by their names, and `date`."""
        reader, held = self.reader, self.cache.get
        masks = {
            name: held(("mask", name, values), partial(file_masks.having, reader, name, values))
            for name in COLUMNS
            if (values := getattr(filters, name))
        }
        if filters.date_from or filters.date_to:
            masks["date"] = file_masks.dated(reader, filters.date_from, filters.date_to)
        return masks

    def cases_of(self, found: Matches) -> int:
        """Return how many different cases `found` belong to."""

        def count() -> np.int64:
            return np.int64(counting.distinct_cases(self.reader.cases, found.docs))

        return int(count() if found.leaf is None else self.cache.get(("cases", found.leaf), count))

    def facet_names(self, name: str) -> Names:
        """Return the values of the column `name`."""
        return self.cache.get(("names", name), lambda: np.array(self.reader.column(name).values, np.object_))

    def _and(self, children: Sequence[Query]) -> Matches:
        # All sections are no restriction.
        required = [self.evaluate(child) for child in children if not isinstance(child, Not | MatchAll)]
        found = self.all_of(required or [self.evaluate(MatchAll())])
        for child in children:
            if isinstance(child, Not):
                found = self._without(found, self.evaluate(child.child))
        return found

    def _at_least(self, children: Sequence[Query], minimum: int, optional: int) -> Matches:
        parts = [self.evaluate(child) for child in children]
        self.deadline.check()
        if len(parts) == 1 and minimum <= 1 and not optional:
            return parts[0]
        return matches.at_least(parts, minimum, self.reader.size, optional=optional)

    def _without(self, found: Matches, excluded: Matches) -> Matches:
        """Return the matches that are not excluded."""
        self.deadline.check()
        kept, _ = matches.look_up(found.docs, excluded, self.reader.size)
        if not len(kept):
            return found
        keep = np.ones(len(found.docs), np.bool_)
        keep[kept] = False
        return found.take(np.flatnonzero(keep))

    def _leaf(self, leaf: Leaf) -> Matches:
        """Return what a leaf matches, from the cache if it is held."""
        key = self._key(leaf)
        found = self.cache.get(key, lambda: replace(self._matches(leaf), leaf=key))
        self.warnings += found.warnings
        return found

    def _key(self, leaf: Leaf) -> Hashable:
        """Return what decides what a leaf matches."""
        match leaf:
            case Word():
                return Word, leaf.stems, leaf.exact, leaf.scope, leaf.parts, leaf.near
            case Phrase():
                return Phrase, leaf.words, leaf.slop, leaf.scope
            case Prefix():
                return Prefix, leaf.prefix, leaf.scope, self.max_expansions
            case Keyword():
                return Keyword, leaf.field, leaf.values
            case DateRange():
                return DateRange, leaf.first, leaf.last
            case MatchAll():
                return MatchAll

    def _matches(self, leaf: Leaf) -> Matches:
        scorer = LeafScorer(self.reader, self.deadline, self.max_expansions)
        match leaf:
            case Word():
                return scorer.word(leaf)
            case Phrase():
                return scorer.phrase(leaf)
            case Prefix():
                return scorer.prefix(leaf)
            case Keyword():
                return Matches(self.keyword(leaf.field, leaf.values), None)
            case DateRange():
                mask = file_masks.dated(self.reader, leaf.first, leaf.last)
                return Matches(self._documents_of(mask), None)
            case MatchAll():
                return Matches(self.reader.live, None)

    def _documents_of(self, wanted: FileMask) -> Docs:
        """Return the live documents of some files."""
        live = self._leaf(MatchAll())
        return live.docs.compress(self.files_of(live).spread(wanted))
