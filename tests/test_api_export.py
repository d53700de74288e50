"""The export: every result of a search in one answer, the same as its pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from search_service.parameters import EXPORT, OF_A_PAGE
from search_service.schemas.sections import ExportedResult
from search_service.settings import Settings
from tests.web_client import BASE, Client, serving, serving_collection

EXPORT_PATH = "/api/v1/export"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving_client:
        yield serving_client


def lines(client: Client, query: str) -> list[dict[str, Any]]:
    answer = client.get(f"{EXPORT_PATH}?{query}")
    assert answer.status == 200, answer.text
    return answer.lines


@pytest.mark.parametrize("query", ["", "q=taxa", "q=taxa&fields=text", "fields=text&group=case"])
def test_a_line_is_what_openapi_says(client: Client, query: str) -> None:
    exported = client.get(f"{EXPORT_PATH}?{query}").body.splitlines()

    assert exported
    for line in exported:
        ExportedResult.model_validate_json(line, strict=True)
        written = json.loads(line)
        assert "snippets" not in written
        assert ("score" in written, "text" in written) == ("q=" in query, "fields" in query)


def test_the_text_is_that_of_the_section(client: Client) -> None:
    first = lines(client, "q=taxa&fields=text")[0]
    excel = client.get(f"{EXPORT_PATH}?q=taxa&fields=text&format=csv&excel=true")
    row = excel.rows(delimiter=";")[0]

    assert first["text"] == row["text"] == client.get(f"/api/v1/sections/{first['id']}").json["text"]


@pytest.mark.parametrize(
    ("query", "accept", "media_type", "name"),
    [
        ("", "*/*", "application/x-ndjson", "traffar.jsonl"),
        ("?format=csv", "application/json", "text/csv; charset=utf-8", "traffar.csv"),
        ("", "text/csv", "text/csv; charset=utf-8", "traffar.csv"),
        ("", "text/html,*/*;q=0.8", "application/x-ndjson", "traffar.jsonl"),
    ],
)
def test_it_is_a_file_in_the_format_asked_for(
    client: Client, query: str, accept: str, media_type: str, name: str
) -> None:
    answer = client.get(EXPORT_PATH + query, headers={"Accept": accept})

    assert answer.headers["content-type"] == media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "content-length" not in answer.headers


def test_no_results_are_an_empty_file_or_the_names_of_the_columns(client: Client) -> None:
    names = client.get("/api/v1/search.csv?q=ordsomintefinns").body

    assert client.get(f"{EXPORT_PATH}?q=ordsomintefinns").body == b""
    assert client.get(f"{EXPORT_PATH}?q=ordsomintefinns&format=csv").body == names


def test_a_search_leads_to_all_of_its_results(client: Client) -> None:
    links = client.search("q=taxa&year=2019&group=document&page=2&per_page=1&facets=none&snippets=0")["links"]

    exported = client.get(links["export"])

    assert links["export"] == f"{BASE}{EXPORT_PATH}?q=taxa&year=2019&group=document"
    assert [line["id"] for line in exported.lines] == [
        result["id"] for result in client.search("q=taxa&year=2019&group=document")["results"]
    ]


def test_the_page_leads_to_the_whole_result_as_csv(client: Client) -> None:
    page = client.get("/?q=taxa&page=2&per_page=3").text

    assert f'href="{BASE}{EXPORT_PATH}?q=taxa&amp;format=csv"' in page


def test_a_page_outside_the_window_is_no_concern_of_the_export(client: Client) -> None:
    refused = client.get("/api/v1/search?q=taxa&page=501")

    answer = client.get(f"{EXPORT_PATH}?q=taxa&page=501")

    assert EXPORT_PATH in refused.json["detail"]
    assert answer.body == client.get(f"{EXPORT_PATH}?q=taxa").body != b""


def test_what_shapes_a_page_has_no_effect_but_must_be_right(client: Client) -> None:
    plain = client.get(f"{EXPORT_PATH}?q=taxa")
    shapes = "page=2&per_page=1&facets=none&facet_size=3&snippets=4&snippet_length=600"

    shaped = client.get(f"{EXPORT_PATH}?q=taxa&{shapes}")

    assert (shaped.body, shaped.headers["etag"]) == (plain.body, plain.headers["etag"])
    for parameter in OF_A_PAGE:
        wrong = client.get(f"{EXPORT_PATH}?q=taxa&{parameter.name}=0x")
        assert (wrong.status, wrong.json["errors"][0]["parameter"]) == (400, parameter.name)
        assert wrong.json["errors"][0]["allowed"]


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("foo=1", "unknown-parameter"),
        ("prefix=a", "unknown-parameter"),
        ("format=json", "invalid-value"),
        ("format=csv&format=jsonl", "invalid-value"),
        ("fields=parts", "invalid-value"),
        ("fields=text,parts", "invalid-value"),
        ("page=0", "invalid-value"),
        ("per_page=101", "invalid-value"),
        ("snippet_length=601", "invalid-value"),
        ("facets=none,year", "conflicting-parameters"),
        ("excel=true", "conflicting-parameters"),
        ("date_from=2020&date_to=2019", "conflicting-parameters"),
        (f"q={'a' * 513}", "query-too-long"),
        (f"q={'(' * 9}taxa{')' * 9}", "query-too-complex"),
        ("q=taxa+)&strict=true", "query-syntax"),
        ("municipality=granvik", "invalid-value"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_wrong_request_is_refused_before_anything_is_sent(
    client: Client, query: str, problem: str, method: str
) -> None:
    answer = client.get(f"{EXPORT_PATH}?{query}", method=method)
    told = client.get(f"{EXPORT_PATH}?{query}")

    assert answer.status == told.status == 400
    assert told.json["type"].endswith(f"#{problem}")


@pytest.mark.parametrize(
    "q", ["14:30", "kosten/baten", '"', "(", ":::", "a:b", "x\\", "*", "§", "🏫", "\0", "%"]
)
def test_whatever_is_typed_is_exported_as_it_is_searched(client: Client, q: str) -> None:
    exported = lines(client, f"q={quote(q)}")

    assert len(exported) == client.search(f"q={quote(q)}")["total"]


def test_what_cannot_be_given_is_406_with_the_formats_there_are(client: Client) -> None:
    answer = client.get(EXPORT_PATH, headers={"Accept": "application/json"})

    assert answer.status == 406
    assert answer.json["errors"][0]["allowed"] == ["application/x-ndjson", "text/csv"]


def test_an_unchanged_export_is_304_and_another_is_another(client: Client) -> None:
    tag = client.get(f"{EXPORT_PATH}?q=taxa").headers["etag"]
    others = {
        client.get(f"{EXPORT_PATH}?{query}").headers["etag"]
        for query in ("q=taxa&format=csv", "q=taxa&fields=text", "q=taxa&sort=date", "q=avgift")
    }

    for condition in (tag, tag.removeprefix("W/"), "*"):
        again = client.get(f"{EXPORT_PATH}?q=taxa", headers={"If-None-Match": condition})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert client.get(f"{EXPORT_PATH}?format=jsonl&q=taxa").headers["etag"] == tag
    assert len({tag, *others}) == 5


def test_without_an_index_the_export_is_503(tmp_path: Path) -> None:
    with serving(Settings(index_dir=tmp_path / "saknas")) as client:
        answers = [client.get(EXPORT_PATH) for _ in range(2)]

    assert [answer.status for answer in answers] == [503, 503]
    assert "retry-after" in answers[1].headers


def test_the_openapi_document_describes_the_export(client: Client) -> None:
    described = client.get("/openapi.json").json

    operation = described["paths"][EXPORT_PATH]["get"]
    taken = [parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "query"]
    assert taken == [one.name for one in EXPORT]
    answered = operation["responses"]["200"]["content"]
    name = answered["application/x-ndjson"]["schema"]["items"]["$ref"].rpartition("/")[2]
    line = described["components"]["schemas"][name]
    assert "text/csv" in answered
    assert "429" in operation["responses"]
    assert set(line["properties"]) == set(lines(client, "q=taxa&fields=text")[0])
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(line)))
    assert references
    assert references <= set(described["components"]["schemas"])
    assert EXPORT_PATH in client.get("/docs").text
