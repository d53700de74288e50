"""What every engine finds by cases, spellings and parts of words, and what it says when it cannot."""

from __future__ import annotations

import datetime

import pytest

from index.errors import IndexMissing, SearchTimeout
from index.fields import NEAR
from index.query import Keyword, MatchAll, Prefix, Word
from index.request import SearchRequest
from tests.builders import document, section
from tests.engine_contract.engines import MakeEngine, put


def test_nothing_indexed_is_said_and_not_shown_as_nothing_found(make_engine: MakeEngine) -> None:
    engine = make_engine()

    with pytest.raises(IndexMissing):
        engine.search(SearchRequest())


def test_a_case_is_found_in_every_spelling_by_date(make_engine: MakeEngine) -> None:
    engine = make_engine()
    late = document("b.txt", section("4", dnr=("KS2019/835",)), date=datetime.date(2020, 1, 1))
    early = document("a.txt", section("9", dnr=("dnr ks 2019-0835",)), date=datetime.date(2019, 1, 1))
    other = document("c.txt", section("9", dnr=("KS 2019/0836",)))
    put(engine, late, early, other)

    found = engine.case("granvika", "KS-2019-835")

    assert [entry.source for entry in found] == ["a.txt", "b.txt"]


def test_the_most_frequent_spelling_of_a_committee_is_shown_for_all(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(
        engine,
        document("a.txt", section("1"), committee="Kultur- och fritidsnämnden"),
        document("b.txt", section("1"), committee="Kultur- och fritidsnämnden"),
        document("c.txt", section("1"), committee="Kultur och fritidsnämnden"),
    )

    names = {hit.entry.committee.name for hit in engine.scan(SearchRequest()) if hit.entry.committee}

    assert names == {"Kultur- och fritidsnämnden"}


def test_a_prefix_that_stands_for_too_many_words_is_cut_and_says_so(make_engine: MakeEngine) -> None:
    engine = make_engine()
    words = " ".join(f"skol{chr(97 + i)}{chr(97 + j)}" for i in range(6) for j in range(6))
    put(
        engine,
        document("a.txt", section("1", text=words + " skolaa")),
        document("b.txt", section("1", text="skolff")),
    )

    page = engine.search(SearchRequest(Prefix("skol*", "skol"), max_expansions=5))

    assert page.warnings
    assert "36" in page.warnings[0]
    assert page.total == 2


def test_a_search_without_time_left_is_given_up(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(engine, document("a.txt", section("1")))

    with pytest.raises(SearchTimeout):
        engine.search(SearchRequest(MatchAll(), time_budget=-1.0))


def test_an_unknown_id_is_none_and_not_an_error(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(engine, document("a.txt", section("1")))

    assert engine.section("../../etc/passwd") is None
    assert engine.document("") == ()
    assert engine.case("granvika", "KS-1-1") == ()
    assert engine.search(SearchRequest(Keyword("", "id", ("é\x00",)))).total == 0


def words_apart(words: int) -> str:
    return " ".join(["reglemente", *["och"] * (words - 1), "skolan"])


@pytest.mark.parametrize(
    ("text", "total"),
    [
        (words_apart(1), 1),
        (words_apart(NEAR), 1),
        (words_apart(NEAR + 1), 0),
        ("skolan och skolskjutsreglementet", 1),
        ("skolskjutsreglementet", 1),
        ("skolskjuts", 0),
        ("reglemente", 0),
    ],
)
def test_the_parts_of_a_compound_are_found_near_each_other_in_any_order_and_in_compounds(
    make_engine: MakeEngine, text: str, total: int
) -> None:
    engine = make_engine()
    put(engine, document("a.txt", section("1", text=text)))
    analyzer = engine.analyzer()
    groups = tuple(analyzer.analyze(word)[0].stems for word in ("skola", "reglemente"))

    page = engine.search(SearchRequest(Word("", (), (), near=groups)))

    assert page.total == total


def test_the_parts_of_a_compound_in_two_zones_are_not_near_each_other(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(engine, document("a.txt", section("1", title="skola", text="reglemente")))
    groups = tuple(engine.analyzer().analyze(word)[0].stems for word in ("skola", "reglemente"))

    page = engine.search(SearchRequest(Word("", (), (), near=groups)))

    assert page.total == 0


def test_the_word_itself_counts_for_more_than_its_parts_and_those_for_more_than_one_part(
    make_engine: MakeEngine,
) -> None:
    engine = make_engine()
    texts = {
        "exact": "skolskjuts och mer",
        "stem": "skolskjutsen och mer",
        "near": "skolan skjuts mer",
        "part": "bygglovsavgift och skjutsreglemente",
    }
    put(engine, *(document(f"{name}.txt", section("1", text=text)) for name, text in texts.items()))
    skola, skjuts, whole = (engine.analyzer().analyze(word)[0] for word in ("skola", "skjuts", "skolskjuts"))
    word = Word("", whole.stems, (whole.exact,), parts=skjuts.stems, near=(skola.stems, skjuts.stems))

    hits = engine.search(SearchRequest(word)).hits

    assert [hit.entry.source.partition(".")[0] for hit in hits] == list(texts)
    assert len({hit.score for hit in hits}) == len(hits)


def test_the_words_of_nothing_cannot_be_had(make_engine: MakeEngine) -> None:
    engine = make_engine()

    with pytest.raises(IndexMissing):
        engine.vocabulary()
    with pytest.raises(IndexMissing):
        engine.completions()
    assert engine.analyzer().analyze("skolan")
