"""The facade: what a question becomes, over a real engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.whoosh_engine import WhooshEngine
from index.errors import QuerySyntaxError
from index.facets import collation_key
from index.request import Filters
from index.searching import Question, case, count, facet_values, search, section_in_place
from tests.builders import document, section
from tests.web_client import index


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    folder = tmp_path_factory.mktemp("index")
    index(
        folder,
        [
            document(
                "a.txt",
                section("1", title="Taxa", text="avgift avfall bygglov", dnr=("KS 2019/0835",)),
                section("2", title="Skola", text="avgift avfall skolskjuts"),
                section("3", title="Idrott", text="avgift simhall"),
            ),
            document(
                "b.txt",
                section("7", title="Taxa", text="avgift avfall bygglov", dnr=("KS2019/835",)),
                municipality="Älvrike",
            ),
            document("c.txt", section("9", text="simhall"), municipality=None, committee=None, date=None),
        ],
    )
    opened = WhooshEngine(folder)
    yield opened
    opened.close()


def test_as_many_of_the_words_as_any_section_has_are_asked_for(engine: WhooshEngine) -> None:
    answer = search(engine, Question("avgift avfall bygglov skolskjuts"))

    assert answer.total == 3
    assert answer.warnings == ("Ingen paragraf har alla 4 orden. Här är de som har minst 3 av dem.",)


def test_fewer_than_half_of_the_words_are_not_enough(engine: WhooshEngine) -> None:
    answer = search(engine, Question("simhall borta saknas"))

    assert answer.total == 0
    assert answer.warnings == ()


def test_filters_and_exclusions_stay_required_when_words_are_given_up(engine: WhooshEngine) -> None:
    assert search(engine, Question("avgift borta kommun:granvika")).total == 3
    assert search(engine, Question("avgift borta -skolskjuts")).total == 3
    assert search(engine, Question("avgift borta", Filters(municipality=("alvrike",)))).total == 1


def test_words_are_not_given_up_when_it_is_the_filter_that_leaves_nothing(engine: WhooshEngine) -> None:
    answer = search(
        engine, Question("simhall avgift", Filters(municipality=("alvrike",)), facets=("municipality",))
    )

    assert answer.total == 0
    assert answer.warnings == ()
    assert {value.value: value.count for value in answer.facets["municipality"].values} == {
        "granvika": 1,
        "alvrike": 0,
    }


def test_strict_gives_up_no_word_and_refuses_what_must_be_mended(engine: WhooshEngine) -> None:
    assert search(engine, Question("avgift borta", strict=True)).total == 0
    with pytest.raises(QuerySyntaxError):
        search(engine, Question('"avgift', strict=True))


def test_counting_says_what_searching_finds(engine: WhooshEngine) -> None:
    for question in (Question("avgift"), Question("avgift borta"), Question(), Question("saknas")):
        assert count(engine, question) == search(engine, question).total


def test_every_value_of_a_facet_is_had_however_few_are_listed(engine: WhooshEngine) -> None:
    question = Question(facet_size=1)

    facet, _ = facet_values(engine, question, name="municipality")
    narrowed, _ = facet_values(engine, replace(question, facet_size=5), name="municipality", prefix="äl")

    assert (facet.distinct, facet.truncated, facet.unknown, len(facet.values)) == (2, True, 1, 1)
    assert [value.label for value in narrowed.values] == ["Älvrike"]


def test_a_section_stands_between_its_neighbours(engine: WhooshEngine) -> None:
    sections = engine.document(search(engine, Question("skolskjuts")).results[0].entry.document_id)

    placed = [section_in_place(engine, one.id) for one in sections]

    assert [
        (p.previous and p.previous.number, p.entry.number, p.following and p.following.number)
        for p in placed
        if p
    ] == [
        (None, "1", "2"),
        ("1", "2", "3"),
        ("2", "3", None),
    ]
    assert section_in_place(engine, "ingen") is None


def test_a_case_is_found_by_any_form_of_its_dnr_in_its_own_municipality(engine: WhooshEngine) -> None:
    found = case(engine, "alvrike", "dnr ks 2019-0835")

    assert found is not None
    assert found.written == "KS2019/835"
    assert [one.number for one in found.sections] == ["7"]
    assert case(engine, "granvika", "KS 2020/1") is None
    assert case(engine, "granvika", "inget nummer") is None


def test_the_swedish_alphabet_ends_with_three_letters_of_its_own() -> None:
    names = [
        "Örebro",
        "Ängelholm",
        "Åmål",
        "Zorn",
        "Älmhult",
        "Askersund",
        "Åre",
        "Öckerö",
        "Édeby",
        "Eda",
        "Fagersta",
    ]

    assert sorted(names, key=collation_key) == [
        *(
            "Askersund",
            "Eda",
            "Édeby",
            "Fagersta",
            "Zorn",
            "Åmål",
            "Åre",
            "Älmhult",
            "Ängelholm",
            "Öckerö",
            "Örebro",
        ),
    ]


@given(st.text(max_size=20), st.text(max_size=20))
def test_the_collation_key_does_not_care_for_case(first: str, second: str) -> None:
    assert collation_key(first.upper().lower()) == collation_key(first.upper().lower().casefold())
    assert isinstance(collation_key(first) < collation_key(second), bool)
