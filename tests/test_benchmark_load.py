from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scripts.benchmarks.load import Client, ServerFailed, run_task

BODY = b"x" * 300_000


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(500 if self.path == "/broken" else 200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    """Give a server that remembers what it was asked."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    made.asked = []
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.mark.parametrize("connections", [1, 4])
def test_a_task_asks_for_its_targets_in_turn_and_times_each_answer(
    server: ThreadingHTTPServer, connections: int
) -> None:
    task = {
        "port": server.server_port,
        "targets": ["/a", "/b"],
        "connections": connections,
        "seconds": 60,
        "requests": 10,
    }

    found = run_task(task)

    assert sorted(server.asked) == ["/a"] * 5 + ["/b"] * 5
    assert len(found["latencies"]) == 10
    assert min(found["latencies"]) > 0
    assert found["bytes"] > 10 * len(BODY)


def test_no_request_is_begun_when_the_time_is_over(server: ThreadingHTTPServer) -> None:
    client = Client(server.server_port, ["/a"], 3)

    client.run(seconds=0, requests=1_000)

    client.close()
    assert len(client.latencies) == len(server.asked) == 3


def test_an_answer_that_is_an_error_ends_the_task(server: ThreadingHTTPServer) -> None:
    client = Client(server.server_port, ["/broken"], 1)

    with pytest.raises(ServerFailed, match="500"):
        client.run(seconds=60, requests=1)

    client.close()
