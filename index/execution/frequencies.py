"""How often words stand in documents, each occurrence weighted by its zone: what BM25F saturates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.compiled import FLOAT64, INT32, NONE, UINT32, compiled, reads, writes
from index.execution import ragged, similarity, sums
from index.execution.deadline import Deadline
from index.execution.doc_sets import run_starts, slots
from index.execution.postings import Docs, Postings, ZoneFrequencies, bounds, one_after_the_other
from index.execution.reader import DocReader, IndexReader
from index.execution.word_line import Places
from index.fields import ZONES
from index.query import Scope

_BATCH: Final = 2**18
"""Postings that are added in one step, so that the deadline is asked often enough."""

_WORDS: Final = 2**11
"""Words that are counted in one step, likewise."""


@dataclass(frozen=True, slots=True, eq=False)
class Frequencies:
    """Documents and how often something stands in each, weighted by zones and their lengths.

    Attributes:
        docs: ascending.
        weights: float64, one a document, above 0.
    """

    docs: Docs
    weights: NDArray[np.float64]

    def between(self, first: int, last: int) -> Frequencies:
        """Return those of the documents from `first` up to `last`, numbered from 0."""
        low, high = bounds(self.docs, first, last)
        return Frequencies(self.docs[low:high] - np.int32(first), self.weights[low:high])


NOWHERE: Final = Frequencies(np.empty(0, np.int32), np.empty(0))


def of_keys(
    reader: DocReader, form: str, keys: Iterable[str], *, scope: Scope, deadline: Deadline
) -> Frequencies:
    """Return how often any of `keys` stands in each document that has one, in the zones of `scope`.

    In what order the weights of a document are added depends on the keys alone, so that the sums are the same
    to the last bit whatever the segments are.
    """
    total: NDArray[np.float64] | None = None
    waiting: list[Postings] = []
    length = 0
    for key in keys:
        deadline.check()
        postings = reader.postings(form, key)
        length += len(postings.docs)
        if waiting and length > _BATCH:
            docs, weights = _weighted(reader, one_after_the_other(waiting), scope)
            total = np.zeros(reader.size) if total is None else total
            sums.add(docs, weights, total)
            waiting, length = [], len(postings.docs)
        if len(postings.docs):
            waiting.append(postings)
    if not waiting:
        return NOWHERE
    docs, weights = _weighted(reader, one_after_the_other(waiting), scope)
    if total is not None:
        sums.add(docs, weights, total)
        return Frequencies(*sums.positive(total))
    return Frequencies(docs, weights) if len(waiting) == 1 else _summed(docs, weights, reader.size)


def of_words(reader: IndexReader, words: Sequence[str], *, scope: Scope, deadline: Deadline) -> Frequencies:
    """Return what `of_keys` does, for many forms as written, ascending."""
    counts = document_frequencies(reader, words, scope=Scope.ALL, deadline=deadline)
    total = np.zeros(reader.size)
    pieces = ragged.pieces(counts, _BATCH)
    for piece in pieces:
        deadline.check()
        docs, weights = _weighted(reader, reader.postings_of_any(words[piece]), scope)
        if len(pieces) == 1:
            return _summed(docs, weights, reader.size)
        sums.add(docs, weights, total)
    return Frequencies(*sums.positive(total))


def document_frequencies(
    reader: IndexReader, words: Sequence[str], *, scope: Scope, deadline: Deadline
) -> NDArray[np.int64]:
    """Return how many documents have each of some forms as written, ascending, in the zones of `scope`."""
    found = [np.empty(0, np.int64)]
    for start in range(0, len(words), _WORDS):
        deadline.check()
        found.append(reader.document_frequencies(words[start : start + _WORDS], scope))
    return np.concatenate(found)


def of_places(reader: DocReader, places: Places) -> Frequencies:
    """Return how many of `places` each document has, weighted."""
    zones = reader.line.zones(places)
    starts = np.flatnonzero(run_starts(zones))
    counts = np.diff(starts, append=len(zones))
    docs, numbers = (each.astype(np.int32) for each in np.divmod(zones.take(starts), len(ZONES)))
    weights = np.empty(len(docs))
    for number, zone in enumerate(ZONES):
        here = np.flatnonzero(numbers == number)
        weights[here] = _occurrences(reader, zone, docs.take(here), counts.take(here))
    return _summed(docs, weights, reader.size)


def docs_in(postings: Postings, scope: Scope) -> Docs:
    """Return the documents that have a term in the zones of `scope`."""
    zone = _zone_of(postings, scope)
    return postings.docs if zone is None else postings.docs.take(zone.at)


def _zone_of(postings: Postings, scope: Scope) -> ZoneFrequencies | None:
    """Return the frequencies in the one zone of `scope`; `None` when it is all of them."""
    return {Scope.ALL: None, Scope.TITLE: postings.title, Scope.DECISION: postings.decision}[scope]


def _weighted(reader: DocReader, postings: Postings, scope: Scope) -> tuple[Docs, NDArray[np.float64]]:
    """Return the documents of a posting list, and how often it has each, weighted; none of them changed."""
    only = _zone_of(postings, scope)
    if only is not None:
        docs = postings.docs.take(only.at)
        return docs, _occurrences(reader, scope.value, docs, only.freqs)
    docs = postings.docs
    weights = _occurrences(reader, "text", docs, postings.text)
    for name, zone in (("title", postings.title), ("decision", postings.decision)):
        sums.add(zone.at, _occurrences(reader, name, docs.take(zone.at), zone.freqs), weights)
    return docs, weights


def _occurrences(
    reader: DocReader, zone: str, docs: Docs, freqs: NDArray[np.integer[Any]]
) -> NDArray[np.float64]:
    """Return what some occurrences in one zone of each of `docs` weigh."""
    weights = np.empty(len(docs))
    _weigh(
        reader.norms(zone), docs, freqs.astype(np.uint32, copy=False), similarity.ZONE_WEIGHTS[zone], weights
    )
    return weights


def _summed(docs: Docs, weights: NDArray[np.float64], size: int) -> Frequencies:
    """Return the sums of the weights of each document, added in the order that they come."""
    places = slots([docs], size)
    totals = np.zeros(places.size)
    sums.add(places.at[0], weights, totals)
    found, weights = sums.positive(totals)
    return Frequencies(places.numbers(found), weights)


@compiled(NONE(reads(FLOAT64), reads(INT32), reads(UINT32), FLOAT64, writes(FLOAT64)))
def _weigh(
    norms: NDArray[np.float64],
    docs: Docs,
    freqs: NDArray[np.uint32],
    zone_weight: float,
    weights: NDArray[np.float64],
) -> None:
    for place in range(len(docs)):
        weights[place] = norms[docs[place]] * freqs[place] * zone_weight
