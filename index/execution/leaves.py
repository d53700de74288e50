"""Scores the leaves of a query that stand in the text: words, phrases and prefixes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product, repeat
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.execution import frequencies, similarity, sums
from index.execution.deadline import Deadline
from index.execution.doc_ranges import RANGE, DocRange, ranges
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
    range_size: int = RANGE

    def word(self, word: Word) -> Matches:
        """Return the documents that have a word in any of the ways that it may match."""
        keys = {"stem": word.stems, "parts": word.parts, "exact": word.exact}
        places = self._places_together(_near_groups(word), word.scope) if word.near else repeat([])

        def forms(part: DocRange, places: Sequence[Places]) -> dict[str, Frequencies]:
            found = {
                form: frequencies.of_keys(part, form, keys[form], scope=word.scope, deadline=self.deadline)
                for form in keys
            }
            return found | ({"near": _of_windows(part, places, NEAR)} if places else {})

        return self._scored(forms, places, similarity.FORM_BOOSTS)

    def phrase(self, phrase: Phrase) -> Matches:
        """Return the documents that have a phrase."""
        places = self._places_together(_groups(phrase), phrase.scope)

        def forms(part: DocRange, places: Sequence[Places]) -> dict[str, Frequencies]:
            return {"exact": _of_windows(part, places, phrase.slop)}

        return self._scored(forms, places, {"exact": similarity.PHRASE_BOOST})

    def prefix(self, prefix: Prefix) -> Matches:
        """Return the documents that have a word that begins with a prefix."""
        words, warnings = self.expansions(prefix)
        whole = frequencies.of_words(self.reader, words, scope=prefix.scope, deadline=self.deadline)

        def forms(part: DocRange, _: Sequence[Places]) -> dict[str, Frequencies]:
            return {"exact": whole.between(part.first, part.last)}

        found = self._scored(forms, repeat([]), similarity.FORM_BOOSTS)
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
        return self._windows(self._places_together(_groups(phrase), phrase.scope), phrase.slop)

    def near_places(self, word: Word) -> Places:
        """Return where windows begin that have the parts of a word near each other."""
        return self._windows(self._places_together(_near_groups(word), word.scope), NEAR)

    def _windows(self, places: Iterator[Sequence[Places]], slop: int) -> Places:
        found = [_windows(of_range, slop) for of_range in places]
        return np.concatenate([np.empty(0, self.reader.line.begins.dtype), *found])

    def _places_together(self, groups: Sequence[Sequence[Term]], scope: Scope) -> Iterator[Sequence[Places]]:
        """Yield for each range each group's places, in what has all groups and maybe more."""
        lists = [
            [frequencies.docs_in(self.reader.postings(*term), scope) for term in group] for group in groups
        ]
        docs = common(lists, self.reader.size)
        counts = [sum(map(len, of_terms)) for of_terms in lists]
        del lists
        of_groups = [
            self._places_by_range(group, count, docs if len(docs) * _RARE < count else None)
            for group, count in zip(groups, counts, strict=True)
        ]
        for found in zip(*of_groups, strict=True):
            yield [self._in_scope(places, scope) for places in found]

    def _places_by_range(self, group: Sequence[Term], count: int, within: Docs | None) -> Iterator[Places]:
        """Yield for each range the places of a group that has so many postings."""
        self.deadline.check()
        if self.range_size < min(count, self.reader.size):
            yield from self.reader.places_by_range(group, self.range_size, within)
        else:
            places = self.reader.places(group, within)
            yield from (part.places_of(places) for part in ranges(self.reader, self.range_size))

    def _in_scope(self, places: Places, scope: Scope) -> Places:
        if scope is Scope.ALL:
            return places
        return places.compress(self.reader.line.zones(places) % len(ZONES) == ZONE_NUMBERS[scope.value])

    def _scored(
        self,
        forms: Callable[[DocRange, Sequence[Places]], Mapping[str, Frequencies]],
        places: Iterable[Sequence[Places]],
        boosts: Mapping[str, float],
    ) -> Matches:
        """Return the documents that match in any of the forms, scored as one word.

        Args:
            forms: gives what a range has in each form.
            places: of words that stand together, for each range; no more ranges' than there are.
            boosts: what each form counts.
        """
        docs, scores = [], []
        for part, of_range in zip(ranges(self.reader, self.range_size), places, strict=False):
            self.deadline.check()
            found, weights = _best_and_exact(_saturated(forms(part, of_range), boosts), part.size)
            docs.append(found + np.int32(part.first) if part.first else found)
            scores.append(weights)
        idf = similarity.idf(sum(map(len, docs)), len(self.reader.live))
        return Matches(
            np.concatenate(docs), np.concatenate([(each * idf).astype(np.float32) for each in scores])
        )


def _near_groups(word: Word) -> list[tuple[Term, ...]]:
    """Return the terms of each of the parts of a word that are looked for near each other."""
    return [tuple(product(NEAR_FORMS, group)) for group in word.near]


def _groups(phrase: Phrase) -> list[tuple[Term]]:
    return [(("exact", word),) for word in phrase.words]


def _windows(words: Sequence[Places], slop: int) -> Places:
    """Return where words begin that stand side by side; in windows of `slop` positions if it is not 0."""
    return near(words, slop) if slop else adjacent(words)


def _of_windows(part: DocRange, words: Sequence[Places], slop: int) -> Frequencies:
    """Return how often words stand so in the documents of a range."""
    return frequencies.of_places(part, _windows(words, slop))


def _saturated(forms: Mapping[str, Frequencies], boosts: Mapping[str, float]) -> dict[str, Frequencies]:
    """Return the forms that there are, with what each counts for as its weights."""
    return {
        form: Frequencies(each.docs, similarity.saturate(each.weights, boosts[form]))
        for form, each in forms.items()
        if len(each.docs)
    }


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
