"""A server that is told to stop while it is asked: what it has begun it finishes, and no answer is cut."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from search_service.commands.serve import SECONDS_TO_DRAIN
from search_service.settings import Settings
from tests.builders import document, section
from tests.web_client import index

ROOT = Path(__file__).resolve().parent.parent
UNIT = ROOT / "scripts" / "deploy" / "minutes-search.service"
CLIENTS = 8


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    text = "Nämnden beslutar om skolskjuts i glesbygd. " * 200
    index(
        folder,
        [
            document(f"{number}.txt", *(section(str(n), title="Skolskjuts", text=text) for n in range(1, 31)))
            for number in range(40)
        ],
    )
    return folder


@contextmanager
def served(folder: Path, *, workers: int) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run `serve` as it is run anywhere; gives the process and its port."""
    port = free_port()
    command = [sys.executable, "-m", "search_service", "serve", "--index", str(folder)]
    environment = {**os.environ, "MINUTES_LOG_LEVEL": "WARNING"}
    process = subprocess.Popen(
        [*command, "--port", str(port), "--workers", str(workers)], cwd=ROOT, env=environment
    )
    try:
        # With several workers one may answer before the other has come.
        for _ in range(4 * workers):
            wait_for_answer(port, process)
        yield process, port
    finally:
        process.kill()
        process.wait()


def wait_for_answer(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None
        try:
            with connected(port) as connection:
                ask(connection, "/healthz")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError


def connected(port: int) -> closing[http.client.HTTPConnection]:
    return closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30))


def ask(connection: http.client.HTTPConnection, address: str) -> int:
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    return answer.status


class Asking:
    """Clients that ask one thing after another over connections that are kept, until none is taken any more.

    Attributes:
        statuses: of whole answers.
        cut: what was begun and not finished, or never answered.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self.statuses: list[int] = []
        self.cut: list[Exception] = []
        self.begun = threading.Semaphore(0)

    def run(self, address: str) -> None:
        with connected(self._port) as connection:
            while True:
                try:
                    connection.connect()
                except ConnectionError:
                    return
                try:
                    while connection.sock is not None:
                        self.statuses.append(ask(connection, address))
                        self.begun.release()
                except (http.client.HTTPException, ConnectionError) as error:
                    self.cut.append(error)
                    return


@pytest.mark.parametrize("workers", [1, 2])
def test_told_to_stop_under_load_a_server_answers_what_it_was_asked_and_ends_well(
    index_folder: Path, workers: int
) -> None:
    with served(index_folder, workers=workers) as (process, port), ThreadPoolExecutor(CLIENTS) as clients:
        asking = Asking(port)
        addresses = ("/api/v1/search?q=skolskjuts", "/?q=skolskj*", "/api/v1/search.csv?q=beslutar", "/docs")
        runs = [clients.submit(asking.run, addresses[n % len(addresses)]) for n in range(CLIENTS)]
        for _ in range(20 * CLIENTS):
            asking.begun.acquire()

        process.send_signal(signal.SIGTERM)
        status = process.wait(SECONDS_TO_DRAIN + 10)
        for run in runs:
            run.result()

    assert status == 0
    assert asking.cut == []
    assert set(asking.statuses) == {200}


def test_an_export_under_way_is_finished_when_its_client_reads_on(index_folder: Path) -> None:
    with served(index_folder, workers=1) as (process, port), connected(port) as connection:
        connection.request("GET", "/api/v1/export?fields=text")
        answer = connection.getresponse()
        begun = answer.read(1_000)

        process.send_signal(signal.SIGTERM)
        time.sleep(1)
        whole = begun + answer.read()
        status = process.wait(SECONDS_TO_DRAIN + 10)

    assert whole.count(b"\n") == 1_200
    assert status == 0


def test_an_export_that_nobody_reads_does_not_keep_the_server_for_long(index_folder: Path) -> None:
    with served(index_folder, workers=1) as (process, port), connected(port) as connection:
        connection.request("GET", "/api/v1/export?fields=text")
        answer = connection.getresponse()

        process.send_signal(signal.SIGTERM)
        status = process.wait(SECONDS_TO_DRAIN + 10)
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            answer.read()

    assert status == 0


def test_the_unit_gives_a_server_the_time_that_it_takes_to_stop() -> None:
    given = int(re.findall(r"^TimeoutStopSec=(\d+)$", UNIT.read_text(), re.MULTILINE)[0])

    assert given > SECONDS_TO_DRAIN + Settings().time_budget + 2
