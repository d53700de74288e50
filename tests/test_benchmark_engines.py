"""Each engine that is compared, with the same few sections: what it finds, counts and shows."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Committee, Document, DocumentType, Municipality, Section
from scripts.benchmarks.engines.engine import BenchmarkedEngine, Outcome
from scripts.benchmarks.engines.registry import NAMES, make_engine
from scripts.benchmarks.latency import best_clock, check, measure, outcomes
from scripts.benchmarks.queries import FILTERS, BenchmarkQuery, Kind
from tests.benchmarks import needs_tantivy

FILLER = "Nämnden går igenom frågan och lägger pappren i en pärm."
TEXTS = {
    ("sagaby", 2020): ["Badplatsen får en kaj av trä.", "Ny kaj beställs till hamnen."],
    ("sagaby", 2021): ["Kajen lagas & målas grön.", FILLER],
    ("fabelby", 2021): ["Ingen hamn byggs här.", "En grön båt sjunker vid kajen.", FILLER],
}


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=needs_tantivy if name == "tantivy" else ()) for name in NAMES],
)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BenchmarkedEngine]:
    """Give an engine with the sections of `TEXTS`."""
    made = make_engine(request.param)
    folder: Path = tmp_path_factory.mktemp("benchmark") / "index"
    made.prepare()
    made.build([_document(*key, texts) for key, texts in TEXTS.items()], folder)
    made.open(folder)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        (Kind.RARE, ("båt",), {"fabelby-2021-2"}),
        (Kind.COMMON, ("kaj",), {"sagaby-2020-1", "sagaby-2020-2", "sagaby-2021-1", "fabelby-2021-2"}),
        (Kind.EITHER, ("hamnen", "båt"), {"sagaby-2020-2", "fabelby-2021-1", "fabelby-2021-2"}),
        (Kind.BOTH, ("kaj", "grön"), {"sagaby-2021-1", "fabelby-2021-2"}),
        (Kind.THREE, ("kajen", "grön", "båt"), {"fabelby-2021-2"}),
        (Kind.PHRASE, ("ny", "kaj"), {"sagaby-2020-2"}),
        (Kind.PREFIX, ("badp",), {"sagaby-2020-1"}),
    ],
)
def test_every_kind_of_query_finds_what_was_planted(
    engine: BenchmarkedEngine, kind: Kind, words: tuple[str, ...], expected: set[str]
) -> None:
    found = _ask(engine, BenchmarkQuery(kind, words))

    assert found.total == len(expected)
    assert set(found.ids) == expected


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (
            Kind.BY_MUNICIPALITY,
            "sagaby",
            {"municipality": {"sagaby": 3, "fabelby": 1}, "year": {"2020": 2, "2021": 1}},
        ),
        (Kind.BY_YEAR, "2021", {"municipality": {"sagaby": 1, "fabelby": 1}, "year": {"2020": 2, "2021": 2}}),
        (Kind.BY_COMMITTEE, "badnamnden", {"committee": {"badnamnden": 4}}),
    ],
)
def test_a_filter_does_not_count_in_the_counts_of_its_own_property(
    engine: BenchmarkedEngine, kind: Kind, value: str, expected: dict[str, dict[str, int]]
) -> None:
    query = BenchmarkQuery(kind, ("kaj",), (kind.removeprefix("by "), value))

    found = _ask(engine, query)

    assert {name: dict(found.counts[name]) for name in expected} == expected
    assert found.total == len(found.ids)


def test_snippets_mark_what_was_found_and_are_html(engine: BenchmarkedEngine) -> None:
    found = _ask(engine, BenchmarkQuery(Kind.COMMON, ("laga",)))

    (snippet,) = found.snippets
    assert ">lagas<" in snippet
    assert "&amp;" in snippet


def test_the_top_ten_are_those_of_the_request(engine: BenchmarkedEngine) -> None:
    asked = engine.translate(BenchmarkQuery(Kind.COMMON, ("kaj",)))

    hits = engine.top_ten(asked)

    assert len(getattr(hits, "results", hits)) == 4


def test_every_query_is_timed_every_round(engine: BenchmarkedEngine) -> None:
    queries = [BenchmarkQuery(Kind.COMMON, ("kaj",)), BenchmarkQuery(Kind.RARE, ("båt",))]
    seen: list[int] = []

    latencies = measure([engine], queries, rounds=2, clock=best_clock()[1], progress=seen.append)[engine.name]

    assert sum(seen) == 6
    assert latencies.first.shape == (2,)
    assert latencies.request.shape == latencies.top_ten.shape == (2, 2)
    assert (latencies.request > 0).all()


def test_what_an_engine_finds_is_whole(engine: BenchmarkedEngine) -> None:
    query = BenchmarkQuery(Kind.COMMON, ("kaj",))

    found = outcomes([engine], [query])[engine.name]

    assert found[0].total == 4
    assert all(sum(counts.values()) == 4 for counts in found[0].counts.values())


@pytest.mark.parametrize("lacking", ["ids", "snippets", "counts", "total"])
def test_an_answer_that_lacks_something_is_no_measurement(engine: BenchmarkedEngine, lacking: str) -> None:
    less = {"ids": (), "snippets": (), "counts": {name: {} for name in FILTERS}, "total": 9}
    query = BenchmarkQuery(Kind.COMMON, ("kaj",))
    whole = _ask(engine, query)

    with pytest.raises(ValueError, match=engine.name):
        check(engine.name, query, replace(whole, **{lacking: less[lacking]}))


def _ask(engine: BenchmarkedEngine, query: BenchmarkQuery) -> Outcome:
    return engine.outcome(engine.request(engine.translate(query)))


def _document(municipality: str, year: int, texts: list[str]) -> Document:
    identity = f"{municipality}-{year}"
    return Document(
        id=identity,
        source=f"{municipality}/{year}.txt",
        fingerprint=identity,
        type=DocumentType.MINUTES,
        title="Badnämnden",
        municipality=Municipality(municipality, municipality.capitalize()),
        committee=Committee("badnamnden", "Badnämnden"),
        date=datetime.date(year, 5, 4),
        sections=tuple(
            Section(f"{identity}-{number}", str(number), "Ett ärende", (), text)
            for number, text in enumerate(texts, 1)
        ),
    )
