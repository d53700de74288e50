"""The export while it goes on: one at a time for a client, in one generation, within little memory."""

from __future__ import annotations

import socket
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.engines.whoosh_engine import WhooshEngine
from index.questions import Question
from index.searching import scan
from search_service.app import create_app
from search_service.links import Links
from search_service.rendering.result_lines import CHUNK_BYTES, in_chunks, result_lines
from search_service.rendering.result_objects import exported_object
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


def test_head_is_get_without_the_body_and_takes_no_slot_for_good(client: Client) -> None:
    got = client.get(f"{EXPORT_PATH}?q=taxa")

    for _ in range(3):
        headed = client.get(f"{EXPORT_PATH}?q=taxa", method="HEAD")
        assert (headed.status, headed.body) == (200, b"")
        assert {name: value for name, value in headed.headers.items() if name != "x-request-id"} == {
            name: value for name, value in got.headers.items() if name != "x-request-id"
        }


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
