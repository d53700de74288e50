"""What is taken down is remembered by every engine, and what is purged is on no disk."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given, settings

from corpus.document import Document
from corpus.takedowns import Takedown, TakedownKind
from index import taking_down
from index.engine import SearchEngine
from index.query import MatchAll
from index.request import SearchRequest
from tests.builders import document, section
from tests.corpora import apply, histories
from tests.engine_contract.engines import SLOW_FIXTURE, MakeEngine, put

NOW = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)


def test_what_is_taken_down_is_remembered_whatever_becomes_of_the_run(make_engine: MakeEngine) -> None:
    engine = make_engine()
    gone = document("a.txt", section("1", text="skola"))
    put(engine, gone)
    takedown = Takedown(
        gone.id, TakedownKind.DOCUMENT, NOW, gone=(gone.id, f"{gone.id}-1"), cases=(), contents=()
    )

    with pytest.raises(KeyboardInterrupt), engine.update() as writer:
        writer.take_down(takedown)
        raise KeyboardInterrupt
    before = engine.manifest().taken_down
    with engine.rebuild() as writer:
        writer.report(())

    assert before == frozenset()
    assert engine.takedowns() == (takedown,)
    assert engine.manifest().taken_down == {gone.id, f"{gone.id}-1"}


def test_it_does_not_matter_how_a_section_is_named_after_its_document(make_engine: MakeEngine) -> None:
    engine = make_engine()
    plain = document("a.txt", section("1", text="zebraben"), section("2", text="skola"))
    hyphenated = replace(
        plain,
        id="a-b-c",
        sections=tuple(replace(one, id=f"a-b-c-{one.number}") for one in plain.sections),
    )
    put(engine, hyphenated)

    taking_down.take_down(engine, taking_down.plan(engine, ["a-b-c-1"], now=NOW))

    assert [entry.id for entry in engine.document("a-b-c")] == ["a-b-c-2"]
    assert not on_disk(engine, "zebraben")


def test_after_a_purge_nothing_that_was_removed_is_on_disk(make_engine: MakeEngine) -> None:
    engine = make_engine()
    kept = document("a.txt", section("1", text="skola", title="Rutschkana"))
    put(engine, kept, document("b.txt", section("1", text="Zebraben och sandlåda", title="Gungställning")))
    put(engine, document("b.txt", section("1", text="ett ord", title="Ärende")))
    words = ("Zebraben", "zebraben", "Gungställning", "gungställning")
    before = [word for word in words if on_disk(engine, word)]
    hits = engine.search(SearchRequest(MatchAll())).hits

    engine.purge()

    assert before
    assert [word for word in words if on_disk(engine, word)] == []
    assert on_disk(engine, "Rutschkana")
    assert engine.search(SearchRequest(MatchAll())).hits == hits
    assert engine.vocabulary().count("zebraben") == 0


def test_a_purge_of_what_is_empty_leaves_an_empty_index(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(engine, document("a.txt", section("1", text="skola")))
    with engine.update() as writer:
        writer.remove("a.txt")

    engine.purge()
    put(engine, document("b.txt", section("1", text="skola")))

    assert engine.search(SearchRequest(MatchAll())).total == 1


@settings(SLOW_FIXTURE, max_examples=30)
@given(history=histories)
def test_a_purge_changes_no_answer(make_engine: MakeEngine, history: list[list[Document | str]]) -> None:
    engine = make_engine()
    apply(engine, history)
    before = engine.search(SearchRequest(MatchAll(), facets=("municipality", "year"), limit=100))

    engine.purge()

    after = engine.search(SearchRequest(MatchAll(), facets=("municipality", "year"), limit=100))
    assert after.hits == before.hits
    assert (after.facets, after.total) == (before.facets, before.total)


def on_disk(engine: SearchEngine, word: str) -> bool:
    """Tell whether a word is in any byte of an index."""
    return any(
        encoded in bytes(content)
        for _, content in engine.on_disk()
        for encoded in (word.encode(), word.encode("latin-1"))
    )
