"""The facade: what a question becomes, over a real engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from index.collation import collation_key
from index.engine import SearchEngine
from index.engines.whoosh_engine import WhooshEngine
from index.errors import QuerySyntaxError, SearchTimeout
from index.query import Scope
from index.questions import Question
from index.request import Filters, Group, SearchRequest, Sort
from index.results import SearchPage
from index.searching import count, facet_values, scan, search
from index.sections import case, section_in_place
from index.synonyms import SynonymFile
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


def test_at_least_half_of_the_words_are_asked_for_when_no_section_has_all(engine: WhooshEngine) -> None:
    answer = search(engine, Question("avgift avfall bygglov skolskjuts"))

    assert answer.total == 3
    assert answer.warnings == ("Ingen paragraf har alla 4 orden. Här är de som har minst 2 av dem.",)


def test_fewer_than_half_of_the_words_are_not_enough(engine: WhooshEngine) -> None:
    answer = search(engine, Question("simhall borta saknas"))

    assert answer.total == 0
    assert answer.warnings == ("”borta” och ”saknas” finns inte i samlingen.",)


def test_a_word_that_is_nowhere_does_not_count_and_is_named(engine: WhooshEngine) -> None:
    answer = search(engine, Question("avgift avfall xyzzy"))

    assert answer.total == 3
    assert answer.interpreted == "avgift OCH avfall"
    assert answer.warnings == ("”xyzzy” finns inte i samlingen och räknas inte.",)


def test_the_tree_that_was_run_is_the_one_that_is_shown(engine: WhooshEngine) -> None:
    answer = search(engine, Question("avgift avfall bygglov skolskjuts"))

    assert answer.interpreted == "minst 2 av (avgift, avfall, bygglov, skolskjuts)"


def test_a_misspelt_word_is_searched_as_the_one_that_was_meant(engine: WhooshEngine) -> None:
    answer = search(engine, Question("Avfal bygglåv", facets=("municipality",)))
    meant = search(engine, Question("avfall bygglov", facets=("municipality",)))

    assert answer.interpreted == "avfall OCH bygglov"
    assert answer.warnings == (
        "Inget träffar ”Avfal”. Sökte i stället på ”avfall”.",
        "Inget träffar ”bygglåv”. Sökte i stället på ”bygglov”.",
    )
    assert (answer.total, answer.facets) == (meant.total, meant.facets)
    assert answer.suggestion is None
    assert all(result.snippets[0].ranges for result in answer.results)


def test_strict_replaces_no_word_but_says_which_may_have_been_meant(engine: WhooshEngine) -> None:
    answer = search(engine, Question("avgift bygglåv", strict=True))

    assert (answer.total, answer.warnings) == (0, ())
    assert answer.interpreted == "avgift OCH bygglåv"
    assert answer.suggestion == "avgift bygglov"


def test_filters_do_not_decide_what_is_replaced(engine: WhooshEngine) -> None:
    here = Filters(municipality=("alvrike",))

    assert search(engine, Question("skolskjuts", here)).warnings == ()
    assert search(engine, Question("skolsjuts", here)).interpreted == "skolskjuts"


def test_in_quotes_nothing_is_replaced_but_a_guess_is_made(engine: WhooshEngine) -> None:
    answer = search(engine, Question('"avgift avfal" simhall'))

    assert answer.suggestion == '"avgift avfall" simhall'
    assert "avfal" in answer.warnings[0]
    assert answer.interpreted == "simhall"


@pytest.mark.parametrize("q", ["ark", "stadga", "kris", "xyz"])
def test_what_the_collection_has_only_within_other_words_is_not_found(engine: WhooshEngine, q: str) -> None:
    answer = search(engine, Question(q))

    assert (answer.total, answer.warnings, answer.interpreted) == (0, (), q)


def test_synonyms_find_what_is_called_something_else(engine: WhooshEngine, tmp_path: Path) -> None:
    file = tmp_path / "synonymer.txt"
    file.write_text("badhus => simhall\nSOP, avfall bygglov", encoding="utf-8")
    synonyms = SynonymFile(file)

    answer = search(engine, Question("badhus", synonyms=synonyms))
    phrase = search(engine, Question("sop", synonyms=synonyms))

    assert (answer.total, answer.interpreted, answer.warnings) == (2, "badhus (även simhall)", ())
    assert (phrase.total, phrase.interpreted, phrase.warnings) == (2, "sop (även avfall bygglov)", ())
    assert search(engine, Question('"badhus"', synonyms=synonyms)).total == 0


class CountingEngine:
    """Counts the searches that an engine is asked for."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine
        self.searches = 0

    def search(self, request: SearchRequest) -> SearchPage:
        self.searches += 1
        return self._engine.search(request)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


@pytest.mark.parametrize(
    "q",
    [
        *("", "avgift", "avgift bygglov", "skol*", '"avgift avfall"', "KS 2019/0835"),
        *("bygglov OR skolskjuts", "avgift -skolskjuts", "titel:taxa", "2019-11-25"),
    ],
)
def test_a_query_that_finds_something_asks_the_index_once(engine: WhooshEngine, q: str) -> None:
    counting: Any = CountingEngine(engine)

    search(counting, Question(q, facets=("municipality", "year")))

    assert counting.searches == 1


def test_no_time_is_no_answer_whatever_is_tried(engine: WhooshEngine) -> None:
    with pytest.raises(SearchTimeout):
        search(engine, Question("avgift bygglåv", time_budget=1e-9))


MISSPELT = "avgiftx xbygglov simhalll skolskjutsx"


def test_without_time_for_other_words_the_answer_says_so_and_is_not_remembered(engine: WhooshEngine) -> None:
    question = Question(MISSPELT)

    cut = search(engine, replace(question, correction_budget=1e-9))
    whole = search(engine, question)

    assert (cut.total, cut.suggestion) == (0, None)
    assert "Tiden räckte inte till att leta efter andra stavningar av orden." in cut.warnings
    assert whole.total > 0
    assert not any("Tiden" in warning for warning in whole.warnings)
    assert search(engine, replace(question, correction_budget=1e-9)) == whole


@pytest.mark.parametrize("q", ["avgift", "avgift bygglov", '"avgift avfall"', "skol*", "KS 2019/0835", ""])
def test_who_needs_no_other_words_needs_no_time_for_them(engine: WhooshEngine, q: str) -> None:
    assert search(engine, Question(q, correction_budget=1e-9)) == search(engine, Question(q))


def test_what_cannot_carry_a_warning_takes_the_whole_time_or_is_given_up(engine: WhooshEngine) -> None:
    question = Question("skolskjutsy", correction_budget=1e-9)

    assert list(scan(engine, question)) == list(scan(engine, Question("skolskjuts")))
    with pytest.raises(SearchTimeout):
        scan(engine, replace(question, q="skolskjutsz", time_budget=1e-9))


soup = st.lists(
    st.sampled_from(
        [
            *("avgift", "avfall", "bygglåv", "Bygglov", "skolskjutts", "borta", "och", "Älvrikee", "taxa"),
            *("KS 2019/0835", "2019-11-25", "by*", '"avgift avfal"', "titel:", "kommun:granvika", "e-post"),
            *('"', "(", ")", "-", "OR", "NOT", "AND", "~3", "§ 7", "?"),
        ]
    ),
    max_size=9,
).map(" ".join)


_OF_THE_COLLECTION = ("Samlingen har inga handlingar från ", "Ingen kommun heter ", "Inget organ heter ")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    q=st.one_of(soup, st.text(max_size=30)),
    strict=st.booleans(),
    scope=st.sampled_from(Scope),
    filters=st.sampled_from([Filters(), Filters(municipality=("alvrike",)), Filters(year=("1999",))]),
)
def test_any_query_gets_an_answer(
    engine: WhooshEngine,
    q: str,
    strict: bool,  # noqa: FBT001 -- by name
    scope: Scope,
    filters: Filters,
) -> None:
    try:
        answer = search(engine, Question(q, filters, scope, strict=strict, facets=("municipality",)))
    except QuerySyntaxError:
        assert strict
        return

    assert answer.total >= len(answer.results)
    assert answer.suggestion is None or search(engine, Question(answer.suggestion)) is not None
    # That the collection lacks what a filter names is no fault of the query.
    about_the_query = [one for one in answer.warnings if not one.startswith(_OF_THE_COLLECTION)]
    assert not (strict and about_the_query)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    q=st.one_of(soup, st.text(max_size=30)),
    strict=st.booleans(),
    scope=st.sampled_from(Scope),
    sort=st.sampled_from(Sort),
    group=st.sampled_from(Group),
    filters=st.sampled_from([Filters(), Filters(municipality=("alvrike",)), Filters(year=("1999",))]),
)
def test_a_scan_has_what_a_search_has(
    engine: WhooshEngine,
    q: str,
    strict: bool,  # noqa: FBT001 -- by name
    scope: Scope,
    sort: Sort,
    group: Group,
    filters: Filters,
) -> None:
    question = Question(q, filters, scope, sort, group, offset=1, limit=1, strict=strict, facets=("year",))
    try:
        answer = search(engine, replace(question, offset=0, limit=100, snippets=0))
    except QuerySyntaxError:
        with pytest.raises(QuerySyntaxError):
            scan(engine, question)
        return

    scanned = list(scan(engine, question))

    assert scanned == [replace(result, snippets=()) for result in answer.results]
    assert len(scanned) == answer.total


def test_a_scan_without_time_left_is_given_up_before_its_first_result(engine: WhooshEngine) -> None:
    with pytest.raises(SearchTimeout):
        scan(engine, Question("avgift", time_budget=1e-9))


def test_a_scan_that_is_closed_has_no_more_results(engine: WhooshEngine) -> None:
    results = scan(engine, Question("avgift"))
    next(results)

    results.close()
    results.close()

    assert list(results) == []


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.sampled_from(["avgift", "avfall", "bygglov", "skolskjuts", "simhall"]), min_size=1, max_size=9
    )
)
def test_words_that_are_all_found_are_never_changed(engine: WhooshEngine, words: list[str]) -> None:
    answer = search(engine, Question(" OR ".join(words)))

    assert answer.interpreted == " ELLER ".join(dict.fromkeys(words))
    assert (answer.warnings, answer.suggestion) == ((), None)


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
