"""`/api/v1/search` and `/api/v1/facets/{name}` by the contract, over a real index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from search_service.schemas.searches import SearchResponse
from tests.search_queries import QUERIES
from tests.web_client import BASE, Client, serving_collection


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving:
        yield serving


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
    assert answer["query"]["warnings"] == ["Samlingen har inga handlingar från 1999."]


def test_a_dnr_finds_its_case_in_any_written_form(client: Client) -> None:
    totals = {
        client.search(urlencode({name: written}))["total"]
        for name in ("q", "dnr")
        for written in ("KS 2018/0002", "KS2018/2", "dnr ks 2018-0002")
    }

    assert totals == {1}
