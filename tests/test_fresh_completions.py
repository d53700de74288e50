"""The completions of a running server, while its index changes."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from corpus.takedowns import Takedown, TakedownKind
from index.completion.completions import Completions
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexDamaged, OperatorError, SearchTimeout
from index.manifest import Manifest
from search_service.completions import FreshCompletions
from tests.builders import document, section

LONG = 30.0
NOW = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)


class HeldEngine(WhooshEngine):
    """An engine whose completions are not made before they may, and fail while there is an error."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.may = threading.Event()
        self.error: OperatorError | None = None

    def completions(self) -> Completions:
        """Return what can be completed, once it may be made."""
        self.may.wait()
        if self.error is not None:
            raise self.error
        return super().completions()


def write(engine: WhooshEngine, text: str) -> Manifest:
    """Put a text into the index; return what it says of itself after it."""
    with engine.update() as writer:
        writer.put(document("a.txt", section("1", text=text)))
    return engine.manifest()


def words(completions: Completions, typed: str) -> list[str]:
    return [suggestion.text for suggestion in completions.complete(typed)]


@contextmanager
def running(engine: HeldEngine) -> Iterator[FreshCompletions]:
    """Run the completions of an engine; what is held goes on at the end."""
    fresh = FreshCompletions(engine)
    fresh.start()
    try:
        yield fresh
    finally:
        engine.may.set()
        fresh.close()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[HeldEngine]:
    with closing(HeldEngine(tmp_path)) as made:
        yield made


def test_the_first_request_waits_for_the_first_completions(engine: HeldEngine) -> None:
    manifest = write(engine, "sandlåda")

    with running(engine) as fresh:
        before = fresh.at(manifest.state)
        threading.Timer(0.05, engine.may.set).start()
        found = fresh.wait_for(manifest, LONG)

        assert before is None
        assert engine.vocabulary().is_prepared
        assert (found.state, words(found.completions, "sand")) == (manifest.state, ["sandlåda"])
        assert fresh.at(manifest.state) is found


def test_a_request_is_given_up_when_there_are_no_completions_in_time(engine: HeldEngine) -> None:
    manifest = write(engine, "sandlåda")

    with running(engine) as fresh, pytest.raises(SearchTimeout):
        fresh.wait_for(manifest, 0.01)


def test_while_the_new_ones_are_made_the_last_are_used(engine: HeldEngine) -> None:
    first = write(engine, "sandlåda")
    engine.may.set()

    with running(engine) as fresh:
        old = fresh.wait_for(first, LONG)
        engine.may.clear()
        second = write(engine, "sandstrand")
        meanwhile = fresh.wait_for(second, LONG)
        engine.may.set()
        while (new := fresh.at(second.state)) is None:
            fresh.wait_for(second, LONG)

        assert meanwhile is old
        assert words(new.completions, "sand") == ["sandstrand"]


def test_what_was_taken_down_is_never_among_the_last(engine: HeldEngine) -> None:
    first = write(engine, "sandlåda")
    engine.may.set()

    with running(engine) as fresh:
        fresh.wait_for(first, LONG)
        engine.may.clear()
        with engine.update() as writer:
            writer.take_down(Takedown("x-1", TakedownKind.SECTION, NOW, gone=("x-1",), cases=(), contents=()))
        with pytest.raises(SearchTimeout):
            fresh.wait_for(engine.manifest(), 0.01)


def test_an_error_is_for_who_waits_and_passes_when_it_is_mended(engine: HeldEngine) -> None:
    manifest = write(engine, "sandlåda")
    engine.error = IndexDamaged("trasigt")
    engine.may.set()

    with running(engine) as fresh:
        with pytest.raises(IndexDamaged, match="trasigt"):
            fresh.wait_for(manifest, LONG)
        engine.error = None
        while fresh.at(manifest.state) is None:
            with_error_or_not(fresh, manifest)


def with_error_or_not(fresh: FreshCompletions, manifest: Manifest) -> None:
    try:
        fresh.wait_for(manifest, LONG)
    except IndexDamaged:
        threading.Event().wait(0.01)


def test_an_index_that_comes_later_is_noticed(engine: HeldEngine) -> None:
    engine.may.set()

    with running(engine) as fresh:
        manifest = write(engine, "sandlåda")

        assert words(fresh.wait_for(manifest, LONG).completions, "s") == ["sandlåda"]
