"""Where a search is run, so that a long one keeps nobody waiting."""

from __future__ import annotations

import asyncio
import http.client
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from index.engine import SearchEngine
from index.errors import SearchTimeout
from index.query import MatchAll
from index.request import SearchRequest
from index.results import SearchPage
from search_service.app import create_app
from search_service.computing_time import AT_ONCE, LONGEST_DEBT, ComputingTime
from search_service.search_threads import SHORT, SearchThreads, TimeLeft
from search_service.setting_kinds import NONE
from search_service.settings import Settings
from tests.builders import document, section
from tests.web_client import Client, index, listening, serving

MOST_WAITING, SHARE = 10, 0.05


@pytest.fixture
def threads() -> Iterator[SearchThreads]:
    made = SearchThreads(30.0, most_waiting=MOST_WAITING, computing_share=SHARE)
    yield made
    made.close()


def test_a_short_search_is_run_at_once_by_the_one_who_asks(threads: SearchThreads) -> None:
    assert asyncio.run(threads.run(lambda _: threading.get_ident())) == threading.get_ident()


def test_a_long_search_is_run_by_another_thread(threads: SearchThreads) -> None:
    thread = asyncio.run(threads.run(lambda _: threading.get_ident(), is_long=True))

    assert thread != threading.get_ident()


LEAVES_MUCH = """
import asyncio, os, time
import numpy as np
from index.memory import keep_little
from scripts.benchmarks.proc import anonymous_bytes
from search_service.search_threads import SHORT, SearchThreads

kept = []

def search(_time_left):
    end = time.thread_time() + 2 * SHORT
    while time.thread_time() < end:
        made = [np.ones(100_000, np.uint8) for _ in range(1000)]
    # What is free below it cannot go back from the end of the heap.
    kept.append(made[-1])

keep_little()
before = anonymous_bytes(os.getpid())
threads = SearchThreads(30.0, most_waiting=10, computing_share=0.05)
asyncio.run(threads.run(search, is_long=True))
print(anonymous_bytes(os.getpid()) - before)
threads.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /proc to look in")
def test_a_long_search_gives_back_the_memory_that_it_has_done_with() -> None:
    said = subprocess.run([sys.executable, "-c", LEAVES_MUCH], capture_output=True, text=True, check=True)

    assert int(said.stdout) < 30_000_000, "of the 100 MB that it took"


def test_a_search_that_turns_out_to_be_long_begins_anew_in_a_thread_with_the_time_that_is_left(
    threads: SearchThreads,
) -> None:
    tries: list[tuple[bool, float]] = []
    caller = threading.get_ident()

    def make(time_left: TimeLeft) -> str:
        tries.append((threading.get_ident() == caller, time_left()))
        if time_left() <= SHORT:
            raise SearchTimeout("för lång")
        return "klar"

    answer = asyncio.run(threads.run(make))

    (at_once, short), (again_at_once, long) = tries
    assert answer == "klar"
    assert (at_once, again_at_once) == (True, False)
    assert 0 < short <= SHORT < long <= 30.0


def test_a_search_that_is_never_done_is_given_up_when_its_time_is_over() -> None:
    threads = SearchThreads(0.2, most_waiting=MOST_WAITING, computing_share=SHARE)

    def make(time_left: TimeLeft) -> None:
        while time_left():
            pass
        raise SearchTimeout("för lång")

    with pytest.raises(SearchTimeout):
        asyncio.run(threads.run(make))

    threads.close()


def test_while_long_searches_run_others_are_answered(threads: SearchThreads) -> None:
    done = threading.Event()

    async def ask() -> tuple[list[int], list[bool]]:
        long = [asyncio.create_task(threads.run(lambda _: done.wait(30), is_long=True)) for _ in range(9)]
        short = [await threads.run(lambda _, number=number: number) for number in range(20)]
        done.set()
        return short, await asyncio.gather(*long)

    assert asyncio.run(ask()) == (list(range(20)), [True] * 9)


def computing(seconds: float) -> Callable[[TimeLeft], str]:
    """Return a search that computes for so long, whatever time it has; gives the name of its thread."""

    def make(_: TimeLeft) -> str:
        end = time.thread_time() + seconds
        while time.thread_time() < end:
            pass
        return threading.current_thread().name

    return make


def test_who_has_had_more_than_a_share_waits_in_a_lane_of_its_own(threads: SearchThreads) -> None:
    async def ask() -> tuple[str, ...]:
        first = await threads.run(computing(2 * AT_ONCE), client="greedy")
        return (
            first,
            await threads.run(computing(0), client="greedy"),
            await threads.run(computing(0), client="other"),
            await threads.run(computing(0), client=None),
        )

    main = threading.current_thread().name
    first, second, other, ours = asyncio.run(ask())

    assert (first, other, ours) == (main, main, main)
    assert second.startswith("greedy-search")


def test_what_is_computed_in_a_thread_counts_too(threads: SearchThreads) -> None:
    async def ask() -> str:
        await threads.run(computing(2 * AT_ONCE), client="a", is_long=True)
        return await threads.run(computing(0), client="a")

    assert asyncio.run(ask()).startswith("greedy-search")


def test_however_many_greedy_searches_wait_those_of_others_are_answered(threads: SearchThreads) -> None:
    done = threading.Event()

    async def ask() -> tuple[list[str], list[Any]]:
        await threads.run(computing(2 * AT_ONCE), client="greedy")
        waiting = [
            asyncio.create_task(threads.run(lambda _: done.wait(30), client="greedy"))
            for _ in range(2 * MOST_WAITING)
        ]
        long = [await threads.run(computing(0), client="other", is_long=True) for _ in range(9)]
        done.set()
        return long, await asyncio.gather(*waiting, return_exceptions=True)

    long, waited = asyncio.run(ask())

    assert all(name.startswith("search") for name in long)
    assert waited.count(True) == MOST_WAITING
    assert sum(isinstance(each, SearchTimeout) for each in waited) == MOST_WAITING


def test_a_share_is_paid_back_by_rest() -> None:
    now = [0.0]
    times = ComputingTime(SHARE, clock=lambda: now[0])

    times.spend("a", 1_000_000.0)
    was_over = times.is_over("a")
    now[0] += LONGEST_DEBT / SHARE

    assert was_over
    assert not times.is_over("a")
    assert not times.is_over("b")


@given(st.lists(st.floats(0, 1), max_size=50), st.floats(1, 100))
def test_who_takes_no_more_than_its_share_is_never_over(spent: list[float], pause: float) -> None:
    now = [0.0]
    times = ComputingTime(SHARE, clock=lambda: now[0])

    for part in spent:
        times.spend("a", min(part * SHARE * pause, 0.99 * AT_ONCE))
        assert not times.is_over("a")
        now[0] += pause + 1e-6


class HeldEngine:
    """An engine whose searches for words wait until they are let go; browsing does not."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine
        self.is_waiting = threading.Event()
        self.let_go = threading.Event()

    def search(self, request: SearchRequest) -> SearchPage:
        if not isinstance(request.query, MatchAll):
            self.is_waiting.set()
            self.let_go.wait(30)
        return self._engine.search(request)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


def get(port: int, address: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", address)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    index(tmp_path, [document("a.txt", section("1", title="Förskola"))])
    return create_app(Settings(index_dir=tmp_path, time_budget=60))


@pytest.mark.parametrize("path", ["/api/v1/search", "/", "/api/v1/facets/year", "/api/v1/search.csv"])
def test_a_server_answers_others_while_it_runs_a_long_search(app: FastAPI, path: str) -> None:
    with listening(app) as port, ThreadPoolExecutor(1) as clients:
        held = HeldEngine(app.state.service.engine)
        app.state.service = replace(app.state.service, engine=held)

        long = clients.submit(get, port, f"{path}?q=f%C3%B6rsk*")
        held.is_waiting.wait(30)
        others = [get(port, address) for address in ("/api/v1/search", "/", "/healthz") * 5]
        was_done = long.done()
        held.let_go.set()

        assert others == [200] * 15
        assert not was_done
        assert long.result(30) == 200


class RecordingThreads:
    """Runs what it is given as the threads of a service do, and knows for whom."""

    def __init__(self, threads: SearchThreads) -> None:
        self._threads = threads
        self.asked: list[tuple[str | None, bool]] = []

    async def run(
        self, make: Callable[[TimeLeft], Any], *, client: str | None = None, is_long: bool = False
    ) -> Any:
        self.asked.append((client, is_long))
        return await self._threads.run(make, client=client, is_long=is_long)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._threads, name)


@pytest.fixture
def recorded(tmp_path: Path) -> Iterator[tuple[Client, RecordingThreads, dict[str, str]]]:
    """A client that is counted, the threads that it is answered in, and the ids of §§ by number."""
    index(
        tmp_path,
        [
            document(
                "a.txt", section("1", text="taxa " * 30_000), section("2", text="taxa", dnr=("KS 1/2019",))
            )
        ],
    )
    with serving(Settings(index_dir=tmp_path, trusted_proxies=NONE)) as client:
        ids = {result["section"]: result["id"] for result in client.search()["results"]}
        threads = RecordingThreads(client.app.state.service.threads)
        client.app.state.service = replace(client.app.state.service, threads=threads)
        yield client, threads, ids


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/api/v1/search?q=taxa", "/api/v1/facets/year", "/api/v1/timeline", "/p/{id}?q=taxa"),
        *("/api/v1/sections/{id}", "/api/v1/documents/{document}", "/api/v1/suggest?q=tax", "/docs"),
        *("/api/v1/cases/granvika/KS%202019-1", "/c/granvika/KS%202019-1"),
    ],
)
def test_whatever_is_computed_counts_as_the_clients_share(
    recorded: tuple[Client, RecordingThreads, dict[str, str]], address: str
) -> None:
    client, threads, ids = recorded
    path = address.format(id=ids["2"], document=ids["2"].rpartition("-")[0])

    answer = client.get(path)

    assert answer.status == 200
    assert threads.asked == [("127.0.0.1", False)]


def test_a_long_section_is_marked_beside_the_event_loop(
    recorded: tuple[Client, RecordingThreads, dict[str, str]],
) -> None:
    client, threads, ids = recorded

    answers = [client.get(f"/p/{ids[number]}?q=taxa") for number in ("1", "2")]

    assert [answer.status for answer in answers] == [200, 200]
    assert threads.asked == [("127.0.0.1", True), ("127.0.0.1", False)]
