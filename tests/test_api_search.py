"""`/api/v1/search` and `/api/v1/facets/{name}` by the contract, over a real index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_service import parameters as table
from search_service.schemas.problems import Problem
from search_service.schemas.searches import FacetResponse, SearchResponse
from tests.web_client import BASE, Client, serving_collection


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving:
        yield serving


QUERIES = (
    "",
    "q=taxa",
    "q=bygglov+taxa&municipality=granvika",
    "q=taxa&year=2017..2019&committee=kommunstyrelsen,unknown",
    "q=beslutar&in=decision&type=report",
    "municipality=unknown",
    "q=godk%C3%A4nna+OR+skolskjuts&date_from=2017-06&sort=date",
    "q=kommun:granvika+taxa",
    "q=taxa+ordsomintefinns",
    "group=document&q=taxa",
    "group=case",
)


@pytest.mark.parametrize("query", QUERIES)
def test_an_answer_is_what_openapi_says(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/search?{query}&facets=municipality,year,committee,type")

    SearchResponse.model_validate_json(answer.body, strict=True)
    assert answer.headers["content-type"] == "application/json"


def test_an_answer_has_the_keys_of_the_contract(client: Client) -> None:
    answer = client.search("q=taxa&per_page=1")

    assert list(answer) == [
        *("query", "total", "total_documents", "total_cases", "page", "per_page", "pages"),
        *("links", "results", "facets", "index", "took_ms"),
    ]
    assert list(answer["query"]) == [
        *("q", "interpreted", "filters", "in", "sort", "group", "suggestion", "warnings"),
    ]
    assert list(answer["links"]) == [
        *("self", "first", "prev", "next", "last", "html", "csv", "jsonl", "atom", "export"),
    ]
    assert list(answer["results"][0]) == [
        *("id", "permalink", "api_url", "document_id", "source", "source_url", "type", "title", "section"),
        *("municipality", "committee", "date", "year", "dnr", "case_url", "decision", "score"),
        *("indexed_at", "snippets", "citation"),
    ]
    assert list(answer["facets"]) == ["municipality", "year", "committee"]
    assert list(answer["index"]) == ["generation", "documents", "sections", "latest_meeting"]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("per_page", [1, 7, 100])
def test_the_pages_add_up_to_the_total_without_repeats(client: Client, query: str, per_page: int) -> None:
    address: str | None = f"/api/v1/search?{query}&facets=none&per_page={per_page}"
    found: list[str] = []
    total = pages = None

    while address:
        answer = client.get(address).json
        total, pages = answer["total"], answer["pages"]
        found += [result["id"] for result in answer["results"]]
        address = answer["links"]["next"]

    assert total == len(found) == len(set(found))
    assert pages == -(-total // per_page)


@pytest.mark.parametrize("query", QUERIES)
def test_the_count_of_an_unselected_value_is_the_total_after_selecting_it(client: Client, query: str) -> None:
    facets = client.search(f"{query}&facets=municipality,year,committee,type&facet_size=500")["facets"]

    for name, facet in facets.items():
        for value in facet["values"]:
            if not value["selected"]:
                assert client.get(value["url"]).json["total"] == value["count"], (name, value)


@pytest.mark.parametrize("query", QUERIES)
def test_the_counts_and_unknown_of_an_unselected_facet_add_up_to_the_total(
    client: Client, query: str
) -> None:
    answer = client.search(f"{query}&facets=municipality,year,committee,type")

    for facet in answer["facets"].values():
        if not any(value["selected"] for value in facet["values"]):
            assert sum(value["count"] for value in facet["values"]) + facet["unknown"] == answer["total"]


@pytest.mark.parametrize("name", ["municipality", "committee", "year"])
def test_unknown_selects_what_could_not_be_read(client: Client, name: str) -> None:
    unknown = client.search()["facets"][name]["unknown"]

    answer = client.search(f"{name}=unknown")

    field = "date" if name == "year" else name
    assert answer["total"] == unknown > 0
    assert all(result[field] is None for result in answer["results"])
    assert {"value": "unknown", "count": unknown, "selected": True}.items() <= (
        answer["facets"][name]["values"][-1].items()
    )


def test_a_selected_value_is_listed_even_at_zero(client: Client) -> None:
    facets = client.search("q=taxa&year=1999&municipality=kiruna&facet_size=1")["facets"]

    assert {"value": 1999, "label": "1999", "count": 0, "selected": True}.items() <= (
        facets["year"]["values"][-1].items()
    )
    assert any(
        value["value"] == "kiruna" and value["count"] == 0 for value in facets["municipality"]["values"]
    )


def test_facet_values_are_ordered_by_count_then_in_swedish_and_years_newest_first(client: Client) -> None:
    facets = client.search()["facets"]

    assert [value["label"] for value in facets["municipality"]["values"]] == [
        "Björkåsa",
        "Granvika",
        "Älvrike",
    ]
    assert [value["label"] for value in facets["committee"]["values"]] == [
        *("Barn- och fritidsnämnden", "Kommunstyrelsen", "Åtgärdsnämnden", "Östra nämnden"),
    ]
    assert [value["value"] for value in facets["year"]["values"]] == [2021, 2020, 2019, 2018, 2017, 2016]


def test_a_facet_cut_short_says_so(client: Client) -> None:
    facet = client.search("facet_size=2")["facets"]["year"]

    assert len(facet["values"]) == 2
    assert facet["distinct"] == 6
    assert facet["truncated"] is True


def test_dropping_a_selected_value_leaves_the_others(client: Client) -> None:
    values = client.search("year=2017,2018")["facets"]["year"]["values"]

    url = next(value["url"] for value in values if value["value"] == 2017)

    assert client.get(url).json["query"]["filters"] == {"year": [2018]}


def test_filters_are_echoed_as_they_were_understood(client: Client) -> None:
    filters = client.search("year=2017..2018&municipality=mora,lund&date_to=2018-02&dnr=KS+2018/0002")[
        "query"
    ]["filters"]

    assert filters == {
        "municipality": ["mora", "lund"],
        "year": [2017, 2018],
        "date_to": "2018-02-28",
        "dnr": ["KS 2018/0002"],
    }


def test_a_page_past_the_end_is_empty_and_keeps_the_total(client: Client) -> None:
    total = client.search("q=taxa")["total"]

    answer = client.search("q=taxa&page=400")

    assert answer["results"] == []
    assert answer["total"] == total
    assert answer["links"]["next"] is None
    assert answer["links"]["prev"] == answer["links"]["last"]


def test_the_link_header_repeats_the_links(client: Client) -> None:
    answer = client.get("/api/v1/search?q=taxa&per_page=10&page=2")

    links = {
        relation: address
        for address, relation in re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers["link"])
    }

    assert links == {name: answer.json["links"][name] for name in ("first", "prev", "next", "last")}


def test_links_are_canonical_and_absolute(client: Client) -> None:
    answer = client.search("per_page=20&sort=relevance&year=2018,2016,2017&q=taxa&page=1&strict=false")

    assert answer["links"]["self"] == f"{BASE}/api/v1/search?q=taxa&year=2016..2018"
    assert answer["links"]["html"] == f"{BASE}/?q=taxa&year=2016..2018"
    assert client.get(answer["links"]["html"]).status == 200
    assert client.get(answer["links"]["csv"]).status == 200
    assert client.get(answer["links"]["jsonl"]).status == 200


@pytest.mark.parametrize("per_page", ["1", "5"])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_snippets_are_escaped_and_their_ranges_are_what_is_marked(
    client: Client, per_page: str, count: int
) -> None:
    answer = client.search(f"q=taxa&per_page={per_page}&snippets={count}&snippet_length=60")

    for result in answer["results"]:
        assert len(result["snippets"]) <= count
        assert bool(result["snippets"]) is (count > 0)
        for snippet in result["snippets"]:
            marked = [snippet["text"][start:end] for start, end in snippet["ranges"]]
            assert re.findall("<mark>(.*?)</mark>", snippet["html"]) == marked
            assert "<" not in re.sub("</?mark>", "", snippet["html"])
            assert len(snippet["text"]) <= 60


def test_the_score_is_null_only_without_a_query(client: Client) -> None:
    assert all(result["score"] is None for result in client.search()["results"])

    scores = [result["score"] for result in client.search("q=taxa")["results"]]

    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0


def test_when_nothing_has_all_words_those_that_have_most_are_found_and_it_is_said(client: Client) -> None:
    answer = client.search("q=taxa+ordsomintefinns")

    assert answer["total"] == client.search("q=taxa")["total"]
    assert len(answer["query"]["warnings"]) == 1
    assert client.search("q=taxa+ordsomintefinns&strict=true")["total"] == 0


def test_filters_that_leave_nothing_do_not_weaken_the_query(client: Client) -> None:
    answer = client.search("q=skolskjuts+bygglov&year=1999")

    assert answer["total"] == 0
    assert answer["query"]["warnings"] == []


def test_a_dnr_finds_its_case_in_any_written_form(client: Client) -> None:
    totals = {
        client.search(urlencode({name: written}))["total"]
        for name in ("q", "dnr")
        for written in ("KS 2018/0002", "KS2018/2", "dnr ks 2018-0002")
    }

    assert totals == {1}


ODD = [
    *(
        "14:30",
        "kosten/baten",
        "KS 2019/0835",
        '"',
        "(",
        ":::",
        "a:b",
        "\\",
        "ord\\",
        "*",
        "§",
        "😀",
        "(((((((((((",
        "~5",
    ),
    *(
        '"a b"~',
        '"a b"~99999999999',
        "OR",
        "NOT",
        "AND OR NOT",
        "-",
        "--a",
        "titel:",
        "datum:2019..",
        "år:x",
        "a*b*",
        "[a TO ö]",
    ),
    *(
        "?*",
        "a^2",
        "{!func}",
        "\x00",
        "\ufffd",
        "\u202e",
        "a\u0300" * 50,
        "' OR 1=1 --",
        "<script>",
        "%",
        "%00",
        "&&",
        "()",
    ),
]


@pytest.mark.parametrize("q", ODD)
@pytest.mark.parametrize("path", ["/api/v1/search", "/", "/api/v1/facets/year"])
def test_odd_text_is_interpreted_and_never_fails(client: Client, path: str, q: str) -> None:
    answer = client.get(f"{path}?q={quote(q)}")

    assert answer.status == 200, answer.text


def test_strict_makes_a_warning_an_error(client: Client) -> None:
    answer = client.get("/api/v1/search?q=%22a&strict=true")

    assert answer.status == 400
    assert answer.json["type"].endswith("#query-syntax")
    assert answer.json["errors"][0]["parameter"] == "q"


@pytest.mark.parametrize(
    ("q", "problem"),
    [
        ("a" * 513, "query-too-long"),
        ("å" * 10_000, "query-too-long"),
        (" ".join(f"ord{number}" for number in range(33)), "query-too-complex"),
        ("(" * 9 + "a" + ")" * 9, "query-too-complex"),
    ],
)
def test_a_query_too_large_is_refused_by_name(client: Client, q: str, problem: str) -> None:
    for path in ("/api/v1/search", "/", "/api/v1/facets/year", "/p/x"):
        answer = client.get(f"{path}?q={quote(q)}")

        assert answer.status == 400
        assert answer.json["type"].endswith(f"#{problem}")
        assert len(answer.body) < 2_000


def test_all_values_of_a_facet_can_be_had_and_narrowed(client: Client) -> None:
    answer = client.get("/api/v1/facets/committee?q=taxa&size=2")

    FacetResponse.model_validate_json(answer.body, strict=True)
    assert len(answer.json["values"]) == 2
    assert answer.json["distinct"] == 4
    assert answer.json["truncated"] is True
    for prefix in ("öst", "Ö", "ostra-n"):
        narrowed = client.get(f"/api/v1/facets/committee?prefix={quote(prefix)}").json
        assert [value["label"] for value in narrowed["values"]] == ["Östra nämnden"]


def test_a_chosen_value_is_listed_whatever_the_prefix(client: Client) -> None:
    answer = client.get("/api/v1/facets/committee?prefix=kommun&committee=ostra-namnden").json

    listed = {value["value"]: value["selected"] for value in answer["values"]}
    assert listed == {"kommunstyrelsen": False, "ostra-namnden": True}


def test_the_values_of_a_facet_are_those_of_the_search(client: Client) -> None:
    query = "q=taxa&municipality=granvika&year=2018"

    for name in ("municipality", "year", "committee", "type"):
        alone = client.get(f"/api/v1/facets/{name}?{query}&size=500").json
        beside = client.search(f"{query}&facets={name}&facet_size=500")["facets"][name]
        assert [(value["value"], value["count"], value["url"]) for value in alone["values"]] == [
            (value["value"], value["count"], value["url"].replace(f"&facets={name}&facet_size=500", ""))
            for value in beside["values"]
        ]


def test_a_facet_that_does_not_exist_is_not_found_and_the_others_are_named(client: Client) -> None:
    answer = client.get("/api/v1/facets/party")

    assert answer.status == 404
    assert answer.json["errors"][0]["allowed"] == ["municipality", "year", "committee", "type"]


NAMES = [parameter.name for parameter in table.SEARCH] + ["foo", "kommun", "", "prefix"]
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["1", "0", "-1", "true", "none", "2019", "2016..2019", "unknown", "granvika", "KS 2018/2"]
    ),
    st.text('"()-*:~ ANDORTNIE§/\\', max_size=30),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=4), st.sampled_from(["/api/v1/search", "/"])
)
def test_no_query_string_is_ever_an_error_of_ours(
    client: Client, pairs: list[tuple[str, str]], path: str
) -> None:
    query = "&".join(f"{quote(name)}={quote(value, errors='replace')}" for name, value in pairs)

    answer = client.get(f"{path}?{query}")

    assert answer.status in (200, 400)
    if answer.status == 400:
        Problem.model_validate_json(answer.body, strict=True)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=60),
    st.sampled_from([b"", b"q=", b"year=", b"dnr=", b"page=", b"prefix=", b"q=x&facets="]),
)
def test_no_bytes_are_ever_an_error_of_ours(client: Client, noise: bytes, start: bytes) -> None:
    for path in (b"/api/v1/search", b"/", b"/api/v1/facets/year"):
        answer = client.raw(path, start + noise)

        assert answer.status in (200, 400)
