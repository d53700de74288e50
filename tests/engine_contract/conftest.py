"""The engines that must pass the tests of this folder, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest

from index.analysis.lexicon.supply import LexiconSupply
from index.engine import SearchEngine
from index.engines.segment_writer import SegmentPolicy
from index.engines.whoosh_engine import WhooshEngine
from tests.engine_contract.engines import MakeEngine
from tests.word_list import write_word_list


@pytest.fixture(scope="session")
def lexicons(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LexiconSupply]:
    folder = tmp_path_factory.mktemp("lexicon")
    with LexiconSupply(folder / "compiled", write_word_list(folder)) as supply:
        yield supply


@pytest.fixture(params=["whoosh"])
def make_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, lexicons: LexiconSupply
) -> Iterator[MakeEngine]:
    """Return what makes an empty engine of the kind under test."""
    made: list[SearchEngine] = []
    policies = cycle((SegmentPolicy(run=3, choose=lambda _: []), SegmentPolicy()))

    def make() -> SearchEngine:
        assert request.param == "whoosh"
        # Every other engine has a segment for each run, and merges only what one run wrote.
        engine = WhooshEngine(tmp_path_factory.mktemp("index"), lexicons=lexicons, policy=next(policies))
        made.append(engine)
        return engine

    yield make
    for engine in made:
        engine.close()
