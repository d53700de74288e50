"""The parameters of a search: every form they take, and what is refused by name."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import Scope
from index.request import Sort
from search_service import parameters as table
from search_service.errors import RequestError
from search_service.query_string import decoded_pairs
from search_service.search_params import SearchParams, year_ranges
from search_service.search_parsing import parse_search

KNOWN = {
    "municipality": {"granvika": "Granvika", "lund": "Lund"},
    "committee": {"tekniska-namnden": "Tekniska nämnden", "ks": "KS"},
}


def parsed(query: str, known: Mapping[str, Mapping[str, str]] = KNOWN) -> SearchParams:
    return parse_search(decoded_pairs(query.encode()), known=known)


def refused(query: str) -> RequestError:
    with pytest.raises(RequestError) as caught:
        parsed(query)
    return caught.value


def test_without_parameters_the_defaults_of_the_contract_hold() -> None:
    params = parsed("")

    assert params == SearchParams()
    assert (params.page, params.per_page, params.facet_size, params.snippets, params.snippet_length) == (
        1,
        20,
        50,
        1,
        240,
    )
    assert params.facets == ("municipality", "year", "committee")
    assert params.order is Sort.NEWEST


def test_with_a_query_the_order_is_relevance_unless_said_otherwise() -> None:
    assert parsed("q=taxa").order is Sort.RELEVANCE
    assert parsed("q=taxa&sort=date").order is Sort.OLDEST
    assert parsed("sort=-added").order is Sort.ADDED


@pytest.mark.parametrize(
    "query",
    ["municipality=lund,mora", "municipality=lund&municipality=mora", "municipality=mora,%20lund,,lund"],
)
def test_repeating_a_name_and_commas_mean_the_same(query: str) -> None:
    params = parsed(query)

    assert set(params.municipality) == {"lund", "mora"}
    assert params.query_string() == "municipality=lund,mora"


@pytest.mark.parametrize(
    ("year", "years"),
    [
        ("2019", ["2019"]),
        ("2019,2021", ["2019", "2021"]),
        ("2016..2019", ["2016", "2017", "2018", "2019"]),
        ("2019..2019", ["2019"]),
        ("unknown,2019", ["2019", "unknown"]),
        ("2198..", ["2198", "2199", "2200"]),
        ("..1801", ["1800", "1801"]),
        ("2200..,..1800", ["1800", "2200"]),
    ],
)
def test_years_are_single_listed_or_a_range(year: str, years: list[str]) -> None:
    assert list(parsed(f"year={year}").year) == years


@pytest.mark.parametrize(
    "year",
    [
        "19",
        "20191",
        "2019..2016",
        "..",
        "...2016",
        "2016...",
        "..1799",
        "2201..",
        "1799",
        "2201",
        "२०१९",
        "x",
        "-1",
    ],
)
def test_a_year_that_is_none_is_refused(year: str) -> None:
    error = refused(f"year={year}")

    assert error.problem == "invalid-value"
    assert error.errors[0].parameter == "year"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", (2020, 1, 1), (2020, 12, 31)),
        ("2020-02", (2020, 2, 1), (2020, 2, 29)),
        ("2020-02-03", (2020, 2, 3), (2020, 2, 3)),
    ],
)
def test_a_date_may_be_a_year_or_a_month_whose_ends_are_meant(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    params = parsed(f"date_from={text}&date_to={text}")

    assert params.date_from == datetime.date(*first)
    assert params.date_to == datetime.date(*last)


@pytest.mark.parametrize(
    "text", ["2019-02-30", "2019-13", "2019-00", "0000", "19", "2019-1", "2019-01-01T00:00", "x"]
)
def test_a_date_that_does_not_exist_is_refused(text: str) -> None:
    assert refused(f"date_from={text}").errors[0].parameter == "date_from"


def test_dates_that_cross_conflict() -> None:
    error = refused("date_from=2020&date_to=2019")

    assert error.problem == "conflicting-parameters"
    assert {wrong.parameter for wrong in error.errors} == {"date_from", "date_to"}


def test_no_facets_and_some_facets_conflict() -> None:
    assert refused("facets=none,year").problem == "conflicting-parameters"
    assert parsed("facets=none").facets == ()
    assert parsed("facets=type,year").facets == ("year", "type")


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("per_page", 1, 100), ("facet_size", 1, 500), ("snippets", 0, 5), ("snippet_length", 60, 600)],
)
def test_numbers_keep_to_their_range(name: str, least: int, most: int) -> None:
    assert getattr(parsed(f"{name}={least}"), name) == least
    assert getattr(parsed(f"{name}={most}"), name) == most
    for wrong in (least - 1, most + 1, "1.5", "x", "1e3", "٣", "0x10", "9" * 5000):
        error = refused(f"{name}={wrong}")
        assert error.problem == "invalid-value"
        assert error.errors[0].parameter == name


@pytest.mark.parametrize(
    "query", ["page=501", "page=101&per_page=100", f"page={'9' * 4000}", "page=10001&per_page=1"]
)
def test_a_page_outside_the_window_points_to_the_export(query: str) -> None:
    error = refused(query)

    assert error.problem == "result-window"
    assert "/export" in error.detail


def test_the_last_page_of_the_window_is_allowed() -> None:
    assert parsed("page=500").page == 500
    assert parsed("page=100&per_page=100").page == 100


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("kommune", "municipality"),
        ("kommun", "municipality"),
        ("Municipality", "municipality"),
        ("organ", "committee"),
        ("n%C3%A4mnd", "committee"),
        ("%C3%A5r", "year"),
        ("sida", "page"),
        ("perpage", "per_page"),
        ("datefrom", "date_from"),
    ],
)
def test_an_unknown_parameter_is_named_and_the_likely_one_offered(name: str, meant: str) -> None:
    error = refused(f"{name}=1")

    assert error.problem == "unknown-parameter"
    assert error.detail.endswith(f"Menade du '{meant}'?")
    assert error.errors[0].allowed == tuple(parameter.name for parameter in table.SEARCH)


def test_all_that_is_wrong_is_said_at_once() -> None:
    error = refused("kommun=lund&page=0&sort=best&q=a&q=b")

    assert [wrong.parameter for wrong in error.errors] == ["kommun", "sort", "q", "page"]


@pytest.mark.parametrize("name", [parameter.name for parameter in table.SEARCH if not parameter.many])
def test_a_parameter_of_one_value_is_not_taken_twice(name: str) -> None:
    error = refused(f"{name}=1&{name}=1")

    assert "repeated" in {wrong.reason for wrong in error.errors}


@pytest.mark.parametrize("name", [parameter.name for parameter in table.SEARCH])
def test_an_empty_field_of_a_form_is_as_absent(name: str) -> None:
    assert parsed(f"{name}=&{name}=%20") == SearchParams()


def test_an_unknown_parameter_is_refused_even_when_empty() -> None:
    assert refused("foo=").problem == "unknown-parameter"
    assert refused("foo").problem == "unknown-parameter"


@pytest.mark.parametrize("name", ["in", "sort", "group", "format", "strict", "type", "facets"])
def test_a_value_that_is_not_on_the_list_is_refused_with_the_list(name: str) -> None:
    error = refused(f"{name}=titles")

    assert error.problem == "invalid-value"
    assert error.errors[0].reason == "unknown"
    assert error.errors[0].allowed


@pytest.mark.parametrize(
    "slug", ["Lund", "../etc", "lund mora", "å", "-lund", "lund-", "a--b", "a" * 10 + "!", "upplandsbro"]
)
@pytest.mark.parametrize("name", ["municipality", "committee"])
def test_a_municipality_or_committee_is_a_slug(name: str, slug: str) -> None:
    assert refused(f"{name}={slug}").errors[0].parameter == name


@pytest.mark.parametrize(
    ("name", "written", "meant"),
    [
        ("municipality", "Lund", "lund"),
        ("municipality", "LUND", "lund"),
        ("municipality", "Lunds kommun", "lund"),
        ("municipality", "lunds-kommun", "lund"),
        ("municipality", "lunnd", "lund"),
        ("municipality", "alingsås", "alingsas"),
        ("municipality", "Upplands Väsby", "upplands-vasby"),
        ("municipality", "Malmö stad", "malmo"),
        ("committee", "Tekniska nämnden", "tekniska-namnden"),
        ("committee", "tekniska-nämnden", "tekniska-namnden"),
        ("committee", "tekniskanamnden", "tekniska-namnden"),
        ("committee", "KS", "ks"),
    ],
)
def test_a_name_written_for_people_is_answered_with_the_slug_that_is_meant(
    name: str, written: str, meant: str
) -> None:
    error = refused(f"{name}={quote(written)}")

    allowed = error.errors[0].allowed or ()
    assert error.detail.endswith(f"Menade du '{meant}'?")
    assert {*KNOWN[name], meant, "unknown"} == set(allowed)
    assert parsed(f"{name}={meant}").selected(name) == (meant,)


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        ("page=0", ["1.."]),
        ("per_page=101", ["1..100"]),
        ("snippets=x", ["0..5"]),
        ("date_from=igår", ["YYYY", "YYYY-MM", "YYYY-MM-DD"]),
        ("date_to=2019-02-30", ["YYYY", "YYYY-MM", "YYYY-MM-DD"]),
        ("year=i år", ["YYYY", "YYYY..YYYY", "YYYY..", "..YYYY", "unknown"]),
        ("strict=ja", ["true", "false"]),
        ("page=501", ["1..500"]),
    ],
)
def test_a_value_that_is_refused_comes_with_the_form_of_those_that_are_not(
    query: str, allowed: list[str]
) -> None:
    assert list(refused(query).errors[0].allowed or ()) == allowed


def test_every_form_that_is_named_for_a_dnr_is_taken() -> None:
    forms = refused("dnr=hej").errors[0].allowed or ()

    keys = {parsed(f"dnr={quote(form)}").filters().dnr for form in forms}

    assert len(forms) > 1
    assert len(keys) == 1


def test_a_municipality_whose_letters_another_has_can_be_asked_for() -> None:
    assert parsed("municipality=habo").municipality == ("habo",)


def test_a_municipality_is_one_of_the_index_or_of_sweden() -> None:
    params = parsed("municipality=granvika,kiruna,unknown&committee=tekniska-namnden,unknown")
    error = refused("municipality=granvik&committee=kiruna")

    assert params.municipality == ("granvika", "kiruna", "unknown")
    assert params.committee == ("tekniska-namnden", "unknown")
    assert [wrong.parameter for wrong in error.errors] == ["municipality", "committee"]
    assert "Menade du 'granvika'?" in error.detail


def test_a_dnr_is_taken_in_any_written_form_and_refused_when_it_is_none() -> None:
    keys = {
        parsed(f"dnr={written}").filters().dnr
        for written in ("KS+2019/0835", "KS2019/835", "dnr%20ks%202019-0835")
    }

    assert len(keys) == 1
    assert refused("dnr=hej").errors[0].parameter == "dnr"


def test_unescaped_utf8_is_read_as_curl_sends_it() -> None:
    assert parsed("q=förskola").q == parsed("q=f%C3%B6rskola").q == "förskola"


def test_decomposed_letters_are_composed_and_control_characters_become_spaces() -> None:
    assert parsed("q=fo%CC%88rskola").q == "förskola"
    assert parsed("q=a%00b%0Ac").q == "a b c"


def test_text_that_is_no_utf8_gives_replacement_characters() -> None:
    assert parsed("q=%FF%ED%A0%80").q == "\ufffd" * 4


def test_more_parameters_than_anyone_needs_are_refused() -> None:
    assert refused("&".join(["municipality=a"] * 501)).problem == "invalid-value"


def test_runs_of_years_are_written_as_ranges() -> None:
    assert (
        year_ranges(("2019", "2016", "2018", "2021", "2022", "unknown")) == "2016,2018,2019,2021,2022,unknown"
    )
    assert year_ranges(("2017", "2016", "2018")) == "2016..2018"
    assert year_ranges(parsed("year=2016..").year) == "2016.."
    assert year_ranges(parsed("year=..2016,2019").year) == "..2016,2019"
    assert year_ranges(parsed("year=1800..2200").year) == "1800..2200"
    assert year_ranges(("2200",)) == "2200"


slugs = st.lists(st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5})?", fullmatch=True), max_size=3, unique=True)
canonical = st.builds(
    SearchParams,
    q=st.text('abcåäö "&=+%#/?-:;,.\U0001f600', max_size=20).map(str.strip),
    municipality=slugs.map(lambda values: tuple(sorted(values))),
    year=st.lists(st.integers(1800, 2200).map(str), max_size=6, unique=True).map(
        lambda values: tuple(sorted(values))
    ),
    type=st.sampled_from(((), ("minutes",), ("agenda", "report"))),
    date_from=st.sampled_from((None, datetime.date(2019, 1, 2))),
    date_to=st.sampled_from((None, datetime.date(2020, 1, 2))),
    scope=st.sampled_from(Scope),
    page=st.integers(1, 100),
    per_page=st.integers(1, 100),
    facets=st.sampled_from(((), ("year",), ("municipality", "year", "committee"))),
    facet_size=st.integers(1, 500),
    snippets=st.integers(0, 5),
    snippet_length=st.integers(60, 600),
    strict=st.booleans(),
)


@given(canonical)
def test_the_canonical_query_string_reads_back_as_the_same_search(params: SearchParams) -> None:
    known = {"municipality": dict.fromkeys(params.municipality, "Namn")}

    again = parsed(params.query_string(), known)

    assert again == params
    assert again.query_string() == params.query_string()


@given(canonical)
def test_choosing_a_facet_value_and_dropping_it_again_gives_no_choice(params: SearchParams) -> None:
    chosen = params.toggled("committee", "tekniska-namnden")

    assert chosen.committee == ("tekniska-namnden",)
    assert chosen.page == 1
    assert chosen.toggled("committee", "tekniska-namnden").committee == ()


@given(st.binary(max_size=200))
def test_any_bytes_are_a_search_or_a_named_error(query: bytes) -> None:
    problem = None
    try:
        params = parse_search(decoded_pairs(query), known=KNOWN)
    except RequestError as error:
        problem = error.problem

    if problem is None:
        assert parsed(params.query_string()) == params
    else:
        assert problem in {"unknown-parameter", "invalid-value", "conflicting-parameters", "result-window"}
