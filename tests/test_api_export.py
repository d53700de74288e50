"""The export: every result of a search in one answer, the same as its pages, within little memory."""

from __future__ import annotations

import json
import re
import socket
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from index.engines.whoosh_engine import WhooshEngine
from index.questions import Question
from index.searching import scan
from search_service.app import create_app
from search_service.links import Links
from search_service.parameters import EXPORT, OF_A_PAGE
from search_service.rendering.result_lines import CHUNK_BYTES, in_chunks, result_lines
from search_service.rendering.result_objects import exported_object
from search_service.schemas.sections import ExportedResult
from search_service.settings import Settings
from tests.builders import document, section
from tests.web_client import BASE, Client, index, listening, serving, serving_collection

EXPORT_PATH = "/api/v1/export"
SEVERAL_CHUNKS = 700
"""Sections that make an export of more bytes than are sent at a time."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving_client:
        yield serving_client


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("index")
    index(folder, [large_document("a.txt")])
    with serving(Settings(index_dir=folder)) as serving_client:
        yield serving_client


def large_document(source: str) -> Any:
    return document(source, *(section(str(n), text=f"taxa nummer {n}") for n in range(SEVERAL_CHUNKS)))


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


def test_head_is_get_without_the_body_and_takes_no_slot_for_good(client: Client) -> None:
    got = client.get(f"{EXPORT_PATH}?q=taxa")

    for _ in range(3):
        headed = client.get(f"{EXPORT_PATH}?q=taxa", method="HEAD")
        assert (headed.status, headed.body) == (200, b"")
        assert {name: value for name, value in headed.headers.items() if name != "x-request-id"} == {
            name: value for name, value in got.headers.items() if name != "x-request-id"
        }


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


def test_without_time_left_it_is_503_and_the_next_one_is_not_refused(tmp_path: Path) -> None:
    index(tmp_path, [document("a.txt", section("1", text="taxa"))])

    with serving(Settings(index_dir=tmp_path, time_budget=1e-9)) as client:
        problems = [client.get(f"{EXPORT_PATH}?q=taxa").json["type"] for _ in range(2)]

    assert [problem.partition("#")[2] for problem in problems] == ["timeout", "timeout"]


def test_a_second_export_of_a_client_is_429_while_the_first_goes_on(large: Client) -> None:
    with large.opened(EXPORT_PATH) as first:
        assert len(first.read()) >= CHUNK_BYTES
        refused = large.get(EXPORT_PATH)
        with large.opened(EXPORT_PATH, host="192.0.2.7") as other:
            assert other.status == 200
        search = large.get("/api/v1/search?q=taxa")
        while first.read():
            pass
    after = large.get(EXPORT_PATH)

    assert (refused.status, refused.json["type"]) == (429, f"{BASE}/docs/problems#rate-limited")
    assert int(refused.headers["retry-after"]) > 0
    assert (search.status, after.status) == (200, 200)


def test_as_many_exports_as_the_setting_says_go_on_at_a_time(tmp_path: Path) -> None:
    index(tmp_path, [large_document("a.txt")])

    with (
        serving(Settings(index_dir=tmp_path, exports_per_client=2)) as client,
        client.opened(EXPORT_PATH) as first,
        client.opened(EXPORT_PATH) as second,
    ):
        statuses = (first.status, second.status, client.get(EXPORT_PATH).status)

    assert statuses == (200, 200, 429)


def test_a_client_that_leaves_gives_back_its_slot_and_its_generation(tmp_path: Path) -> None:
    index(tmp_path, [large_document("a.txt")])
    exported = tmp_path / "generations" / "00000001"

    with serving(Settings(index_dir=tmp_path)) as client:
        with client.opened(EXPORT_PATH) as answer:
            answer.read()
            publish_twice(client, tmp_path)
            was_held = exported.exists()
        after = client.get(EXPORT_PATH)
        client.app.state.service.export_thread.submit(lambda: None).result()
        publish_twice(client, tmp_path)

    assert was_held
    assert after.status == 200
    assert not exported.exists()


def publish_twice(client: Client, folder: Path) -> None:
    """Publish generations until no one has a reason to keep one of before, but to read it."""
    for _ in range(2):
        generation = client.search()["index"]["generation"]
        index(folder, [document(f"{generation}.txt", section("1", text="taxa"))])
        client.search()


def test_an_export_goes_on_in_its_generation(tmp_path: Path) -> None:
    index(tmp_path, [large_document("a.txt")])

    with serving(Settings(index_dir=tmp_path)) as client, client.opened(EXPORT_PATH) as answer:
        body = answer.read()
        index(tmp_path, [document("b.txt", section("1", text="taxa"))])
        total = client.search()["total"]
        while chunk := answer.read():
            body += chunk

    assert total == SEVERAL_CHUNKS + 1
    assert len(body.splitlines()) == SEVERAL_CHUNKS


def test_over_a_socket_a_client_that_hangs_up_may_come_again(tmp_path: Path) -> None:
    index(tmp_path, [document("a.txt", *(section(str(n), text="taxa " * 5_000) for n in range(1_000)))])

    with listening(create_app(Settings(index_dir=tmp_path))) as port:
        statuses = [first_status(port) for _ in range(2)]
        while first_status(port) == 429:
            # The server has not noticed yet that the one before is gone.
            time.sleep(0.01)

    assert statuses[0] == 200


def first_status(port: int) -> int:
    """Return the status of an export of 25 MB, of which no more is read."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET /api/v1/export?fields=text HTTP/1.1\r\nHost: sok.test\r\n\r\n")
        return int(connection.recv(12).split()[1])


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


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_memory_does_not_grow_with_the_number_of_results(tmp_path: Path, form: str) -> None:
    """What grows is the number and the score of each match: some bytes, where a section has thousands."""
    few, many = 2_500, 8_000
    text = "taxa " * 400
    sections = [section(str(n), title="Få" if n < few else "Många", text=text) for n in range(many)]
    index(tmp_path, [document("a.txt", *sections)])
    engine = WhooshEngine(tmp_path)

    def peak(q: str) -> tuple[int, int]:
        results = scan(engine, Question(q))
        tracemalloc.start()
        hits = (exported_object(result, Links(BASE), with_text=True) for result in results)
        written = sum(map(len, in_chunks(result_lines(form, hits, with_text=True))))
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest, written

    peak("få")
    (of_few, _), (of_all, written) = peak("få"), peak("taxa")
    engine.close()

    assert written > many * len(text)
    assert of_all < of_few + 2 * CHUNK_BYTES < written / 8
