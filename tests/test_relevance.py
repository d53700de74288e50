"""Searches over the sample minutes find what a person who read them would call a hit."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from scripts.evaluation import asking
from scripts.evaluation.judgements import Catalogue, JudgedQuery, judged_queries, missing_targets, read_lines
from scripts.evaluation.measures import Figures, mean
from scripts.evaluation.runs import Run
from scripts.evaluation.tables import miss_lines
from search_service.settings import Settings
from tests.lexicons import lexicon_folder

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpus" / "samples"
JUDGEMENTS = ROOT / "tests" / "data" / "judgements" / "samples.tsv"
COMPLETE = ("dnr", "date", "§ reference", "number and money", "NFD and soft hyphen")
"""Kinds of which everything has to be found."""


@pytest.fixture(scope="module")
def judged_and_run() -> tuple[list[JudgedQuery], Run]:
    settings = Settings(lexicon_dir=lexicon_folder())
    with asking.index_made(SAMPLES, settings) as engine:
        judged = judged_queries(read_lines(JUDGEMENTS), Catalogue(asking.entries(engine)))
        return judged, asking.run(engine, judged, settings, k=10)


@pytest.fixture(scope="module")
def judged(judged_and_run: tuple[list[JudgedQuery], Run]) -> list[JudgedQuery]:
    return judged_and_run[0]


@pytest.fixture(scope="module")
def run(judged_and_run: tuple[list[JudgedQuery], Run]) -> Run:
    return judged_and_run[1]


def average(run: Run, kind: str | None = None) -> Figures:
    found = mean(run.figures(kind))
    assert found is not None
    return found


def failing(run: Run) -> str:
    return "\n".join(["", *miss_lines(run)])


def test_there_are_enough_judged_queries_of_every_kind(judged: list[JudgedQuery]) -> None:
    kinds = Counter(query.kind for query in judged)

    assert len(judged) >= 200
    assert len(kinds) == 20
    assert min(kinds.values()) >= 10


def test_every_judged_hit_is_among_the_samples(judged: list[JudgedQuery]) -> None:
    assert missing_targets(judged) == []


def test_no_query_has_more_hits_than_results_are_looked_at(judged: list[JudgedQuery]) -> None:
    assert [query.query for query in judged if len(query.targets) > 10] == []


def test_no_editor_has_composed_what_is_meant_to_be_decomposed(judged: list[JudgedQuery]) -> None:
    queries = [query.query for query in judged if query.kind == "NFD and soft hyphen"]

    assert sum(not unicodedata.is_normalized("NFC", query) for query in queries) >= 4
    assert sum("\u00ad" in query for query in queries) >= 3


def test_nearly_everything_is_found(run: Run) -> None:
    assert average(run).recall >= 0.97, failing(run)


def test_the_first_result_is_nearly_always_a_hit(run: Run) -> None:
    assert average(run).mrr >= 0.95, failing(run)


@pytest.mark.parametrize("kind", COMPLETE)
def test_what_is_written_in_many_ways_is_found_in_all_of_them(run: Run, kind: str) -> None:
    assert average(run, kind).recall == 1, failing(run)


def test_what_is_not_there_finds_nothing(run: Run) -> None:
    found = {trap.query: trap.results for trap in run.traps() if trap.results}

    assert found == {}
