"""Matches per year through the facade, over the sample minutes and over a small collection."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from corpus.document import Document
from index.engine import SearchEngine
from index.engines.whoosh_engine import WhooshEngine
from index.errors import QuerySyntaxError, SearchTimeout
from index.query import Scope
from index.questions import Question
from index.request import BREAKDOWNS, FACETS, UNKNOWN, Filters, Group
from index.results import YearCounts
from index.searching import search, timeline, years_of
from scripts.evaluation import asking
from search_service.settings import Settings
from tests.builders import document, section
from tests.lexicons import lexicon_folder
from tests.web_client import index

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"

WORDS = st.sampled_from(
    (
        *("skolskjuts", "bygglov", "taxa", "budget", "detaljplan", "nämnden", "beslutar", "avslå"),
        *(
            "skolskjuds",
            "zzzzzz",
            '"',
            "-nämnden",
            "ELLER",
            "titel:taxa",
            "beslut:avslår",
            "skol*",
            "år:2019..",
        ),
    )
)
QUERIES = st.lists(WORDS, max_size=3).map(" ".join)


@pytest.fixture(scope="module")
def samples() -> Iterator[SearchEngine]:
    with asking.index_made(SAMPLES, Settings(lexicon_dir=lexicon_folder())) as engine:
        yield engine


@st.composite
def questions(draw: st.DrawFn, engine: SearchEngine) -> Question:
    facets = search(engine, Question(facets=FACETS, facet_size=500, limit=0)).facets

    def some(name: str) -> tuple[str, ...]:
        values = (UNKNOWN, *(value.value for value in facets[name].values))
        return tuple(draw(st.lists(st.sampled_from(values), max_size=2, unique=True)))

    year = st.integers(2015, 2026)
    return Question(
        draw(QUERIES),
        Filters(
            **{name: some(name) for name in FACETS if draw(st.integers(0, 3)) == 0},
            date_from=draw(st.none() | st.builds(datetime.date, year, st.just(6), st.just(1))),
            date_to=draw(st.none() | st.builds(datetime.date, year, st.just(9), st.just(30))),
        ),
        scope=draw(st.sampled_from((Scope.ALL, Scope.ALL, Scope.TITLE, Scope.DECISION))),
        group=draw(st.sampled_from(Group)),
    )


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_the_years_add_up_to_the_hits_of_the_search(samples: SearchEngine, data: st.DataObject) -> None:
    question = data.draw(questions(samples))
    whole = search(samples, replace(question, group=Group.SECTION))
    no_words = search(samples, replace(question, q="", scope=Scope.ALL, group=Group.SECTION))

    for by in (None, *BREAKDOWNS):
        years, answer = timeline(samples, question, by=by)

        assert answer.total == whole.total == sum(year.count for year in years)
        assert (answer.interpreted, answer.warnings) == (whole.interpreted, whole.warnings)
        assert sum(year.sections for year in years) == no_words.total
        for year in years:
            assert 0 <= year.count <= year.sections
            assert year.by.keys() == year.by_sections.keys()
            assert sum(year.by.values()) == (year.count if by else 0)
            assert all(0 <= count <= year.by_sections[value] for value, count in year.by.items())


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_a_year_counts_what_a_search_restricted_to_it_finds(
    samples: SearchEngine, data: st.DataObject
) -> None:
    question = replace(data.draw(questions(samples)), group=Group.SECTION)
    years, _ = timeline(samples, question, by="municipality")

    for year in years:
        value = UNKNOWN if year.year is None else str(year.year)
        filters = replace(question.filters, year=(value,))
        found = search(samples, replace(question, filters=filters, facets=("municipality",), facet_size=500))

        assert found.total == year.count
        for place, count in year.by.items():
            restricted = replace(filters, municipality=(place,))
            assert search(samples, replace(question, filters=restricted)).total == count


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    folder = tmp_path_factory.mktemp("index")
    index(folder, small_collection())
    opened = WhooshEngine(folder)
    yield opened
    opened.close()


def small_collection() -> list[Document]:
    return [
        document(
            "a.txt",
            section("1", text="taxa", dnr=("KS 2019/0835",)),
            section("2", text="skola"),
            date=datetime.date(2019, 3, 1),
        ),
        document("b.txt", section("1", text="taxa"), date=datetime.date(2019, 11, 1), municipality=None),
        document("c.txt", section("1", text="skola"), date=datetime.date(2020, 1, 1)),
        document("d.txt", section("1", text="taxa"), section("2", text="taxa"), date=None, committee=None),
    ]


def test_a_year_without_a_match_is_listed_when_it_has_sections(engine: WhooshEngine) -> None:
    years, answer = timeline(engine, Question("taxa"))

    assert answer.total == 4
    assert years == (YearCounts(2019, 2, 3), YearCounts(2020, 0, 1), YearCounts(None, 2, 2))


@pytest.mark.parametrize(
    ("filters", "years"),
    [
        (Filters(year=("2019",)), (YearCounts(2019, 2, 3),)),
        (Filters(year=("2018", "2020")), (YearCounts(2020, 0, 1),)),
        (Filters(year=(UNKNOWN,)), (YearCounts(None, 2, 2),)),
        (Filters(municipality=(UNKNOWN,)), (YearCounts(2019, 1, 1),)),
        (Filters(date_from=datetime.date(2019, 6, 1)), (YearCounts(2019, 1, 1), YearCounts(2020, 0, 1))),
        (
            Filters(dnr=("KS-2019-835",)),
            (YearCounts(2019, 1, 3), YearCounts(2020, 0, 1), YearCounts(None, 0, 2)),
        ),
        (Filters(year=("1999",)), ()),
    ],
)
def test_filters_on_a_file_narrow_what_is_counted_against_and_a_dnr_does_not(
    engine: WhooshEngine, filters: Filters, years: tuple[YearCounts, ...]
) -> None:
    assert timeline(engine, Question("taxa", filters))[0] == years


def test_what_could_not_be_read_is_counted_as_unknown(engine: WhooshEngine) -> None:
    by_place, _ = timeline(engine, Question("taxa"), by="municipality")
    by_body, _ = timeline(engine, Question("taxa"), by="committee")

    assert [year.by for year in by_place] == [{"granvika": 1, UNKNOWN: 1}, {"granvika": 0}, {"granvika": 2}]
    assert [year.by_sections for year in by_body] == [
        {"kommunstyrelsen": 3},
        {"kommunstyrelsen": 1},
        {UNKNOWN: 2},
    ]


def test_a_query_is_understood_as_a_search_understands_it(engine: WhooshEngine) -> None:
    years, answer = timeline(engine, Question("taxxa skola"))

    found = search(engine, Question("taxxa skola"))
    assert (answer.interpreted, answer.warnings) == (found.interpreted, found.warnings)
    assert found.warnings
    assert sum(year.count for year in years) == found.total > 0


def test_what_a_search_refuses_a_timeline_refuses(engine: WhooshEngine) -> None:
    with pytest.raises(QuerySyntaxError):
        timeline(engine, Question("(taxa", strict=True))
    with pytest.raises(SearchTimeout):
        timeline(engine, Question("taxa", time_budget=-1.0))


def test_the_years_of_an_answer_are_those_of_its_query_under_other_filters(engine: WhooshEngine) -> None:
    question = Question("taxa", Filters(year=("2019",)))

    with engine.reading():
        answer = search(engine, question)
        years = years_of(engine, replace(question, filters=Filters()), answer)

    assert years == timeline(engine, Question("taxa"))[0]
