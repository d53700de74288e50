"""What every engine says of years without a match, of undated and of chosen values."""

from __future__ import annotations

import datetime

import pytest

from index.errors import IndexMissing, SearchTimeout
from index.query import Keyword, MatchAll, MatchNone
from index.request import UNKNOWN, Filters, SearchRequest
from index.results import YearCounts
from tests.builders import document, section
from tests.engine_contract.engines import MakeEngine, put


def test_a_timeline_lists_years_without_a_match_and_the_undated_last(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(
        engine,
        document("a.txt", section("1"), section("2"), date=datetime.date(2019, 1, 1), municipality=None),
        document("b.txt", section("1"), date=None),
        document("c.txt", section("1"), date=datetime.date(987, 1, 1)),
    )
    request = SearchRequest(Keyword("", "section", ("2",)))

    years = engine.timeline(request, "municipality")

    assert years == (
        YearCounts(987, 0, 1),
        YearCounts(2019, 1, 2, {UNKNOWN: 1}, {UNKNOWN: 2}),
        YearCounts(None, 0, 1),
    )


def test_chosen_values_are_in_a_timeline_though_they_do_not_match(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(
        engine,
        document("a.txt", section("1")),
        document("b.txt", section("1"), municipality="Älvrike"),
        document("c.txt", section("1"), municipality="Björkåsa"),
    )
    chosen = Filters(municipality=("granvika", "bjorkasa", "borta"))

    (year,) = engine.timeline(SearchRequest(MatchNone(), chosen), "municipality")

    assert (year.count, year.sections) == (0, 2)
    assert year.by == {"bjorkasa": 0, "granvika": 0}
    assert year.by_sections == {"bjorkasa": 1, "granvika": 1}


def test_a_timeline_of_an_index_without_minutes_is_empty(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(engine)

    assert engine.timeline(SearchRequest()) == ()
    assert engine.timeline(SearchRequest(filters=Filters(year=("2019", UNKNOWN))), "committee") == ()


def test_a_timeline_says_when_it_cannot_be_made(make_engine: MakeEngine) -> None:
    engine = make_engine()

    with pytest.raises(IndexMissing):
        engine.timeline(SearchRequest())
    put(engine, document("a.txt", section("1")))
    with pytest.raises(SearchTimeout):
        engine.timeline(SearchRequest(MatchAll(), time_budget=-1.0))
