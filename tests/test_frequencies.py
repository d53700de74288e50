"""Posting lists of a size at which work is done in pieces, against sums over all at once."""

from __future__ import annotations

import numpy as np
import pytest

from index.execution import frequencies
from index.execution.deadline import Deadline
from index.execution.leaves import LeafScorer
from index.execution.postings import Postings, ZoneFrequencies
from index.query import Phrase, Scope, Word
from tests.synthetic_reader import SyntheticReader, in_text, line_of

SIZE = 300_000


def large(seed: int) -> Postings:
    made = np.random.default_rng(seed)
    docs = np.flatnonzero(made.random(SIZE) < 0.7).astype(np.int32)
    at = np.flatnonzero(made.random(len(docs)) < 0.1).astype(np.int32)
    title = ZoneFrequencies(at, made.integers(1, 3, len(at)).astype(np.uint8))
    every_second = np.ascontiguousarray(at[::2])
    decision = ZoneFrequencies(every_second, made.integers(1, 3, len(every_second)).astype(np.uint16))
    return Postings(docs, made.integers(0, 300, len(docs)).astype(np.uint16) + np.uint16(1), title, decision)


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_frequencies_of_many_large_lists_are_their_sum(count: int, scope: Scope) -> None:
    terms = {("exact", str(number)): large(number) for number in range(count)}
    reader = SyntheticReader(SIZE, terms)
    expected = np.zeros(SIZE)
    for postings in terms.values():
        for zone, weight, at, freqs in (
            (Scope.TITLE, 4.0, postings.title.at, postings.title.freqs),
            (Scope.ALL, 1.0, np.arange(len(postings.docs)), postings.text),
            (Scope.DECISION, 1.0, postings.decision.at, postings.decision.freqs),
        ):
            name = "text" if zone is Scope.ALL else zone.value
            docs = postings.docs[at]
            if scope in (Scope.ALL, zone):
                expected[docs] += weight * freqs * reader.norms(name)[docs]

    keys = [key for _, key in terms]
    found = frequencies.of_keys(reader, "exact", keys, scope=scope, deadline=Deadline(None))

    assert found.docs.tolist() == np.flatnonzero(expected).tolist()
    assert found.weights == pytest.approx(expected[found.docs])


@pytest.mark.parametrize("slop", [0, 3])
def test_phrases_in_many_documents_are_found_in_all_of_them(slop: int) -> None:
    size = 3_000
    docs = np.arange(size, dtype=np.uint32)
    texts = line_of(size).begins[:, 1]
    places = {
        # In every third document the words stand apart.
        ("exact", "a"): np.sort(np.concatenate([texts + np.uint32(place) for place in range(0, 2000, 20)])),
        ("exact", "b"): texts + np.where(docs % 3 == 0, np.uint32(2010), np.uint32(1)),
    }
    terms = {("exact", "a"): in_text(docs, [100] * size), ("exact", "b"): in_text(docs)}
    scorer = LeafScorer(SyntheticReader(size, terms, places), Deadline(None), 1000)

    found = scorer.phrase(Phrase("", ("a", "b"), slop))

    assert found.docs.tolist() == docs[docs % 3 != 0].tolist()


def test_parts_near_each_other_are_found_in_all_of_many_documents() -> None:
    size = 5_000
    docs = np.arange(size, dtype=np.uint32)
    texts = line_of(size).begins[:, 1]
    places = {("stem", "a"): texts + np.uint32(5), ("parts", "b"): texts + docs % 30}
    terms = {key: in_text(docs) for key in places}
    scorer = LeafScorer(SyntheticReader(size, terms, places), Deadline(None), 1000)

    found = scorer.word(Word("ab", (), (), near=(("a",), ("b",))))

    assert found.docs.tolist() == docs[docs % 30 <= 13].tolist()
