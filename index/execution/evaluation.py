"""Evaluates a query tree to the documents that match and their scores."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from index.execution import similarity
from index.execution.deadline import Deadline
from index.execution.matches import Matches, at_least, both, unscored, without
from index.execution.phrases import Places, adjacent, near, near_groups, per_document
from index.execution.postings import Docs, Postings
from index.execution.reader import IndexReader, day
from index.fields import NEAR, NEAR_FORMS, ZONES_IN, field_name
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
from index.request import UNKNOWN

_COLUMNS = frozenset({"municipality", "committee", "type", "year"})


@dataclass(slots=True)
class Evaluator:
    """Evaluates trees on one reader; made anew for each request.

    Attributes:
        max_expansions: how many words a prefix may stand for.
        warnings: what was cut short, in Swedish; filled while evaluating.
    """

    reader: IndexReader
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
                return without(unscored(self.reader.live), self.evaluate(query.child).docs)
            case _:
                return self._leaf(query)

    def _leaf(self, query: Word | Phrase | Prefix | Keyword | DateRange | MatchAll | MatchNone) -> Matches:
        match query:
            case Word():
                return self._word(query)
            case Phrase():
                return self._phrase(query)
            case Prefix():
                return self._prefix(query)
            case Keyword():
                return unscored(self.keyword(query.field, query.values))
            case DateRange():
                return unscored(self._live(self.dated(query.first, query.last)))
            case MatchAll():
                return unscored(self.reader.live)
            case MatchNone():
                return unscored(np.empty(0, np.int32))

    def keyword(self, name: str, values: Iterable[str]) -> Docs:
        """Return the live documents whose property `name` is one of `values`."""
        if name in _COLUMNS:
            return self._live(self.having(name, values))
        found = [self.reader.postings(name, value).docs for value in values]
        return np.unique(np.concatenate([*found, np.empty(0, np.int32)]))

    def having(self, column: str, values: Iterable[str]) -> NDArray[np.bool_]:
        """Return for every document whether its value in `column` is one of `values`."""
        codes = self.reader.column(column).codes
        wanted = np.zeros(codes.shape, np.bool_)
        for value in values:
            code = -1 if value == UNKNOWN else self.reader.column(column).code(value)
            wanted |= codes == code
        return wanted

    def dated(self, first: datetime.date | None, last: datetime.date | None) -> NDArray[np.bool_]:
        """Return for every document whether its meeting's date is known and in the range."""
        dates = self.reader.dates
        wanted = dates > 0
        if first is not None:
            wanted &= dates >= day(first)
        if last is not None:
            wanted &= dates <= day(last)
        return wanted

    def _live(self, wanted: NDArray[np.bool_]) -> Docs:
        live = self.reader.live
        return live[wanted[live]]

    def _and(self, children: Sequence[Query]) -> Matches:
        required = [self.evaluate(child) for child in children if not isinstance(child, Not)]
        excluded = [self.evaluate(child.child).docs for child in children if isinstance(child, Not)]
        matches = required[0] if required else unscored(self.reader.live)
        for other in required[1:]:
            matches = both(matches, other)
        for docs in excluded:
            matches = without(matches, docs)
        return matches

    def _at_least(self, children: Sequence[Query], minimum: int, optional: int) -> Matches:
        parts = [self.evaluate(child) for child in children]
        return at_least(parts, minimum, self.reader.size, optional=optional)

    def _word(self, word: Word) -> Matches:
        keys = {"stem": word.stems, "parts": word.parts, "exact": word.exact}
        found = {form: self._frequencies(word.scope, form, keys[form]) for form in keys if keys[form]}
        if word.near:
            found["near"] = self._near(word)
        return self._scored(found)

    def _prefix(self, prefix: Prefix) -> Matches:
        return self._scored({"exact": self._frequencies(prefix.scope, "exact", self.expansions(prefix))})

    def _phrase(self, phrase: Phrase) -> Matches:
        total = np.zeros(self.reader.size)
        for zone in ZONES_IN[phrase.scope]:
            self.deadline.check()
            words = [self.reader.positions(field_name(zone, "exact"), word).keys for word in phrase.words]
            places = near(words, phrase.slop) if phrase.slop else adjacent(words)
            self._add(total, zone, Postings(*per_document(places)))
        # A phrase is as good as its words would be: found, and in the form that was typed.
        return self._scored({"stem": total, "exact": total})

    def _near(self, word: Word) -> NDArray[np.float64]:
        """Return how often all groups of `word.near` stand near each other in every document, weighted."""
        total = np.zeros(self.reader.size)
        for zone in ZONES_IN[word.scope]:
            fields = [field_name(zone, form) for form in NEAR_FORMS]
            groups = [self._places(product(fields, group)) for group in word.near]
            if all(groups):
                self._add(total, zone, Postings(*per_document(near_groups(groups, NEAR))))
        return total

    def _places(self, terms: Iterable[tuple[str, str]]) -> list[Places]:
        """Return the places of each term, field and key, that stands anywhere."""
        found = []
        for name, key in terms:
            self.deadline.check()
            found.append(self.reader.positions(name, key).keys)
        return [places for places in found if len(places)]

    def _frequencies(self, scope: Scope, form: str, keys: Iterable[str]) -> NDArray[np.float64]:
        """Return how often any of `keys` stands in every document, weighted (dense, float64)."""
        total = np.zeros(self.reader.size)
        for zone in ZONES_IN[scope]:
            for key in keys:
                self.deadline.check()
                self._add(total, zone, self.reader.postings(field_name(zone, form), key))
        return total

    def _add(self, total: NDArray[np.float64], zone: str, postings: Postings) -> None:
        weighted = similarity.ZONE_WEIGHTS[zone] * postings.freqs
        total[postings.docs] += weighted * self.reader.norms(zone)[postings.docs]

    def _scored(self, forms: Mapping[str, NDArray[np.float64]]) -> Matches:
        """Return the documents that match in any of the forms, scored as one word."""
        found = np.zeros(self.reader.size, np.bool_)
        for frequencies in forms.values():
            found |= frequencies != 0
        docs = np.flatnonzero(found).astype(np.int32)
        if not len(docs):
            return unscored(docs)
        scores = similarity.combined({form: frequencies[docs] for form, frequencies in forms.items()})
        return Matches(docs, scores * similarity.idf(len(docs), len(self.reader.live)))

    def expansions(self, prefix: Prefix) -> list[str]:
        """Return the words that begin with the prefix; the most frequent when there are too many."""
        frequencies: dict[str, int] = {}
        for zone in ZONES_IN[prefix.scope]:
            for word in self.reader.terms(field_name(zone, "exact"), prefix.prefix):
                # A colon marks special keys (dates, dnr, parties), which no one types as a word.
                if ":" not in word:
                    frequencies[word] = frequencies.get(word, 0)
        if len(frequencies) <= self.max_expansions:
            return sorted(frequencies)
        for zone in ZONES_IN[prefix.scope]:
            for word in frequencies:
                self.deadline.check()
                frequencies[word] += len(self.reader.postings(field_name(zone, "exact"), word).docs)
        self.warnings.append(
            f"{prefix.prefix}* står för {len(frequencies)} ord; "
            f"bara de {self.max_expansions} vanligaste söktes."
        )
        ranked = sorted(frequencies, key=lambda word: (-frequencies[word], word))
        return sorted(ranked[: self.max_expansions])
