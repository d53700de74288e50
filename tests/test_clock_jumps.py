"""A clock that is set back between two runs hides nothing that they added or removed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.engines.whoosh_engine import WhooshEngine
from index.request import SearchRequest, Sort
from search_service.settings import Settings
from tests.builders import document, section
from tests.feeds import ATOM, TOMBSTONE, read, texts
from tests.web_client import serving

FUTURE = datetime.datetime(2038, 1, 1, tzinfo=datetime.UTC)
PRESENT = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)


class Clock:
    """A clock that stands still until it is set."""

    time = FUTURE

    def __call__(self) -> datetime.datetime:
        """Return the time."""
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(tmp_path: Path, clock: Clock) -> Iterator[WhooshEngine]:
    with closing(WhooshEngine(tmp_path, now=clock)) as made:
        yield made


def put(engine: WhooshEngine, *sources: str) -> None:
    with engine.update() as writer:
        for source in sources:
            writer.put(document(source, section("1")))


def added(engine: WhooshEngine) -> list[str]:
    return [hit.entry.source for hit in engine.scan(SearchRequest(sort=Sort.ADDED))]


@pytest.mark.parametrize("is_rebuild", [False, True])
def test_what_is_added_after_the_clock_went_back_is_still_the_last_added(
    engine: WhooshEngine, clock: Clock, *, is_rebuild: bool
) -> None:
    put(engine, "a.txt", "b.txt")

    clock.time = PRESENT
    with engine.rebuild() if is_rebuild else engine.update() as writer:
        for source in ("a.txt", "b.txt", "c.txt"):
            writer.put(document(source, section("1")))
    put(engine, "d.txt")

    assert added(engine)[:2] == ["d.txt", "c.txt"]
    assert int(engine.manifest().generation) == 3


def test_what_is_removed_after_the_clock_went_back_is_still_the_last_removed(
    engine: WhooshEngine, clock: Clock
) -> None:
    put(engine, "a.txt", "b.txt", "c.txt")
    for source in ("c.txt", "a.txt", "b.txt"):
        with engine.update() as writer:
            writer.remove(source)
        clock.time -= datetime.timedelta(days=1)

    removed = [one.id.partition("-")[0] for one in engine.manifest().removed]

    assert removed == [document(source).id for source in ("b.txt", "a.txt", "c.txt")]


def test_a_feed_begins_with_what_came_and_went_after_the_clock_went_back(
    engine: WhooshEngine, clock: Clock, tmp_path: Path
) -> None:
    put(engine, *(f"{number}.txt" for number in range(30)))
    clock.time = PRESENT
    put(engine, "ny.txt")
    with engine.update() as writer:
        writer.remove("7.txt")

    with serving(Settings(index_dir=tmp_path)) as client:
        first = client.search("sort=-added&per_page=1")["results"][0]
        feed = read(client.get("/api/v1/search.atom?per_page=1"))

    assert first["source"] == "ny.txt"
    assert texts(feed, f"{ATOM}entry/{ATOM}updated") == [first["indexed_at"]]
    assert len(feed.findall(TOMBSTONE)) == 1


def test_a_clock_that_goes_on_from_there_is_believed_again(engine: WhooshEngine, clock: Clock) -> None:
    put(engine, "a.txt")
    clock.time = PRESENT
    put(engine, "b.txt")
    clock.time = FUTURE + datetime.timedelta(days=1)
    put(engine, "c.txt")

    assert added(engine) == ["c.txt", "b.txt", "a.txt"]
    assert engine.document(document("c.txt").id)[0].indexed_at == clock.time
