"""`/metrics` over a real index, read as Prometheus reads it; with several processes, over a real server."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from search_service.settings import Settings
from tests.web_client import Client, collection, index, serving, serving_collection

SECONDS_TO_COUNT = 5

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with serving_collection(tmp_path) as serving_client:
        yield serving_client


def read(text: str) -> Samples:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def samples(client: Client) -> Samples:
    answer = client.get("/metrics")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return read(answer.text)


def requests(found: Samples, route: str, status: int, method: str = "GET") -> float:
    labels = frozenset({("route", route), ("status", str(status)), ("method", method)})
    return found.get(("minutes_http_requests_total", labels), 0)


def test_requests_are_counted_by_route_method_and_status(client: Client) -> None:
    client.search("q=taxa")
    client.get("/api/v1/search?q=taxa", method="HEAD")
    client.get("/api/v1/search?x=1")
    client.get("/api/v1/sections/finns-inte")
    client.get("/api/v1/cases/lund/KS%202019/0835")

    found = samples(client)

    assert requests(found, "/api/v1/search", 200) == 1
    assert requests(found, "/api/v1/search", 200, "HEAD") == 1
    assert requests(found, "/api/v1/search", 400) == 1
    assert requests(found, "/api/v1/sections/{section_id}", 404) == 1
    assert requests(found, "/api/v1/cases/{municipality}/{dnr:path}", 404) == 1


def test_what_anyone_can_make_up_makes_no_new_numbers(client: Client) -> None:
    for number in range(5):
        client.get(f"/påhittad-{number}?q=hemligt")
        client.get("/", method=f"METOD{number}")

    text = client.get("/metrics").text
    found = read(text)

    assert requests(found, "other", 404) == 5
    assert requests(found, "other", 405, "other") == 5
    assert "hemligt" not in text
    assert "METOD" not in text


def test_hits_and_seconds_are_distributions(client: Client) -> None:
    total = client.search("q=taxa")["total"]
    client.search("q=finnsinte")

    found = samples(client)

    assert found["minutes_search_hits_sum", frozenset()] == total
    assert found["minutes_search_hits_bucket", frozenset({("le", "0.0")})] == 1
    assert found["minutes_search_hits_count", frozenset()] == 2
    assert found["minutes_http_request_seconds_count", frozenset({("route", "/api/v1/search")})] == 2


def test_the_index_is_described_as_it_is_now(client: Client) -> None:
    described = client.search()["index"]

    found = samples(client)

    assert found["minutes_index_ready", frozenset()] == 1
    assert found["minutes_index_sections", frozenset()] == described["sections"]
    assert found["minutes_index_documents", frozenset()] == described["documents"]
    assert found["minutes_index_generation", frozenset()] == int(described["generation"])
    assert found["minutes_index_bytes", frozenset()] > 10_000


def test_without_an_index_there_are_numbers_all_the_same(tmp_path: Path) -> None:
    with serving(Settings(index_dir=tmp_path / "none")) as client:
        client.get("/api/v1/search")

        found = samples(client)

    assert found["minutes_index_ready", frozenset()] == 0
    assert requests(found, "/api/v1/search", 503) == 1


def searches_of(port: int) -> float:
    return requests(read(get(port, "/metrics")), "/api/v1/search", 200)


def test_several_processes_add_up_their_numbers(tmp_path: Path) -> None:
    index(tmp_path, collection())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = [sys.executable, "-m", "search_service", "serve", "--workers=2"]

    with subprocess.Popen(
        [*serve, f"--index={tmp_path}", f"--port={port}"], stderr=subprocess.DEVNULL
    ) as server:
        try:
            wait_until_ready(port)
            for _ in range(20):
                get(port, "/api/v1/search?q=taxa")
            # A request is counted when its answer has been sent, and the next one may ask the other process.
            deadline = time.monotonic() + SECONDS_TO_COUNT
            while searches_of(port) < 20 and time.monotonic() < deadline:
                time.sleep(0.05)
            counts = [searches_of(port) for _ in range(8)]
        finally:
            server.terminate()

    assert set(counts) == {20}


def get(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return str(answer.read().decode())


def wait_until_ready(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            get(port, "/readyz")
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
