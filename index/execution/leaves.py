"""Scores the leaves of a query that stand in the text: words, phrases and prefixes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.execution import frequencies, similarity, sums
from index.execution.deadline import Deadline
from index.execution.doc_sets import common, slots
from index.execution.frequencies import NOWHERE, Frequencies
from index.execution.matches import Matches
from index.execution.phrases import adjacent, near
from index.execution.postings import ZONE_NUMBERS, Docs
from index.execution.reader import IndexReader, Term
from index.execution.word_line import Places
from index.fields import NEAR, NEAR_FORMS, ZONES
from index.query import Phrase, Prefix, Scope, Word

_RARE: Final = 4
"""Where words share fewer than 1 in 4 of the documents of one, only its places in those are read."""


@dataclass(frozen=True, slots=True)
class LeafScorer:
    """Finds and scores what leaves match; for one request."""

    reader: IndexReader
    deadline: Deadline
    max_expansions: int

    def word(self, word: Word) -> Matches:
        """Return the documents that have a word in any of the ways that it may match."""
        keys = {"stem": word.stems, "parts": word.parts, "exact": word.exact}
        found = {form: self._keys(form, keys[form], word.scope) for form in keys}
        if word.near:
            groups = [tuple(product(NEAR_FORMS, group)) for group in word.near]
            found["near"] = frequencies.of_places(self.reader, self.windows(groups, NEAR, word.scope))
        return self._scored(found, similarity.FORM_BOOSTS)

    def phrase(self, phrase: Phrase) -> Matches:
        """Return the documents that have a phrase."""
        found = frequencies.of_places(self.reader, self.phrase_places(phrase))
        return self._scored({"exact": found}, {"exact": similarity.PHRASE_BOOST})

    def prefix(self, prefix: Prefix) -> Matches:
        """Return the documents that have a word that begins with a prefix."""
        words, warnings = self.expansions(prefix)
        weights = frequencies.of_words(self.reader, words, scope=prefix.scope, deadline=self.deadline)
        found = self._scored({"exact": weights}, similarity.FORM_BOOSTS)
        return Matches(found.docs, found.scores, warnings=warnings)

    def expansions(self, prefix: Prefix) -> tuple[Sequence[str], tuple[str, ...]]:
        """Return the words that a prefix stands for, in order, and what to say when they are not all.

        When there are too many, they are those that most documents have.
        """
        words = self.reader.beginning_with(prefix.prefix)
        if len(words) <= self.max_expansions:
            return words, ()
        found = frequencies.document_frequencies(
            self.reader, words, scope=prefix.scope, deadline=self.deadline
        )
        counts = dict(zip(words, found.tolist(), strict=True))
        ranked = sorted(filter(counts.__getitem__, words), key=lambda word: (-counts[word], word))
        if len(ranked) <= self.max_expansions:
            return sorted(ranked), ()
        warning = (
            f"{prefix.prefix}* står för {len(ranked)} ord; bara de {self.max_expansions} vanligaste söktes."
        )
        return sorted(ranked[: self.max_expansions]), (warning,)

    def phrase_places(self, phrase: Phrase) -> Places:
        """Return where a phrase begins."""
        groups = [(("exact", word),) for word in phrase.words]
        if phrase.slop:
            return self.windows(groups, phrase.slop, phrase.scope)
        return adjacent(self._places_together(groups, phrase.scope))

    def windows(self, groups: Sequence[Sequence[Term]], slop: int, scope: Scope) -> Places:
        """Return where windows of `slop` positions begin that have a term of each group.

        Args:
            groups: at least one; each term stands for the others of its group.
            slop: how many positions the first and the last may be apart.
            scope: the zones that are looked in.
        """
        return near(self._places_together(groups, scope), slop)

    def _places_together(self, groups: Sequence[Sequence[Term]], scope: Scope) -> list[Places]:
        """Return the places that each group has, in the documents that have all groups and maybe others."""
        lists = [
            [frequencies.docs_in(self.reader.postings(*term), scope) for term in group] for group in groups
        ]
        docs = common(lists, self.reader.size)
        places = []
        for group, of_terms in zip(groups, lists, strict=True):
            self.deadline.check()
            is_worth = len(docs) * _RARE < sum(map(len, of_terms))
            places.append(self._in_scope(self.reader.places(group, docs if is_worth else None), scope))
        return places

    def _in_scope(self, places: Places, scope: Scope) -> Places:
        if scope is Scope.ALL:
            return places
        return places.compress(self.reader.line.zones(places) % len(ZONES) == ZONE_NUMBERS[scope.value])

    def _keys(self, form: str, keys: Sequence[str], scope: Scope) -> Frequencies:
        return frequencies.of_keys(self.reader, form, keys, scope=scope, deadline=self.deadline)

    def _scored(self, forms: Mapping[str, Frequencies], boosts: Mapping[str, float]) -> Matches:
        """Return the documents that match in any of the forms, scored as one word."""
        self.deadline.check()
        found = {
            form: Frequencies(each.docs, similarity.saturate(each.weights, boosts[form]))
            for form, each in forms.items()
            if len(each.docs)
        }
        docs, scores = _best_and_exact(found, self.reader.size)
        scores *= similarity.idf(len(docs), len(self.reader.live))
        return Matches(docs, scores.astype(np.float32))


def _best_and_exact(forms: Mapping[str, Frequencies], size: int) -> tuple[Docs, NDArray[np.float64]]:
    """Return the documents of any form with the best of their weights, and that of the exact form on top."""
    if len(forms) <= 1:
        only = next(iter(forms.values()), NOWHERE)
        return only.docs, only.weights
    places = slots([each.docs for each in forms.values()], size)
    best = np.zeros(places.size)
    for form, at in sorted(zip(forms, places.at, strict=True), key=lambda each: each[0] == "exact"):
        (sums.add if form == "exact" else sums.raise_to)(at, forms[form].weights, best)
    found, scores = sums.positive(best)
    return places.numbers(found), scores
