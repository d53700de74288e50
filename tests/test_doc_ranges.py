"""Leaves scored range by range, against all documents at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.execution.deadline import Deadline
from index.execution.doc_ranges import ranges
from index.execution.leaves import LeafScorer
from index.execution.matches import Matches
from index.execution.postings import Postings, ZoneFrequencies
from index.query import Phrase, Prefix, Scope, Word
from tests.synthetic_reader import SyntheticReader, line_of

SIZE = 40
FORMS = ("stem", "parts", "exact")
WORDS = ("ab", "ac", "b")

Ask = Callable[[LeafScorer, Scope], Matches]
ASKED: dict[str, Ask] = {
    "word": lambda scorer, scope: scorer.word(
        Word("", WORDS[:2], WORDS[:1], parts=WORDS, near=((WORDS[0],), WORDS[1:]), scope=scope)
    ),
    "phrase": lambda scorer, scope: scorer.phrase(Phrase("", WORDS[:2], 0, scope)),
    "words near each other": lambda scorer, scope: scorer.phrase(Phrase("", WORDS, 5, scope)),
    "prefix": lambda scorer, scope: scorer.prefix(Prefix("a", scope)),
}


def reader(seed: int) -> SyntheticReader:
    made = np.random.default_rng(seed)
    begins = line_of(SIZE).begins.ravel()
    terms = {(form, word): postings(made) for form in FORMS for word in WORDS}
    places = {
        term: np.unique(made.choice(begins, 60) + made.integers(0, 8, 60).astype(np.uint32)) for term in terms
    }
    return SyntheticReader(SIZE, terms, places)


def postings(made: np.random.Generator) -> Postings:
    docs = np.flatnonzero(made.random(SIZE) < made.random()).astype(np.int32)
    title, decision = (few(made, len(docs)) for _ in range(2))
    return Postings(docs, made.integers(1, 9, len(docs)).astype(np.uint8), title, decision)


def few(made: np.random.Generator, size: int) -> ZoneFrequencies:
    at = np.flatnonzero(made.random(size) < 0.3).astype(np.int32)
    return ZoneFrequencies(at, made.integers(1, 4, len(at)).astype(np.uint8))


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("asked", ASKED)
@given(st.integers(0, 10_000), st.integers(1, SIZE + 1))
def test_ranges_have_together_what_all_documents_have_at_once(
    asked: str, scope: Scope, seed: int, size: int
) -> None:
    read = reader(seed)
    at_once = ASKED[asked](LeafScorer(read, Deadline(None), 1000), scope)

    found = ASKED[asked](LeafScorer(read, Deadline(None), 1000, range_size=size), scope)

    assert found.docs.tolist() == at_once.docs.tolist()
    assert found.scores is not None
    assert at_once.scores is not None
    assert found.scores.tolist() == at_once.scores.tolist()


def test_an_empty_index_is_one_empty_range() -> None:
    (only,) = ranges(SyntheticReader(0, {}))

    assert only.size == 0
    assert len(only.postings("stem", "a").docs) == 0
