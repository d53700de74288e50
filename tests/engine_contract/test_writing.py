"""What every engine does with what it is given: all of a run becomes visible, or none."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from corpus.document import Document, DocumentType, ReadFailure
from index.engine import SearchEngine
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexBusy
from index.request import SearchRequest, Sort
from tests.builders import document, section
from tests.corpora import SOURCES, documents
from tests.engine_contract.engines import SLOW_FIXTURE, MakeEngine, put


def ids(engine: SearchEngine, request: SearchRequest) -> list[str]:
    return [hit.entry.id for hit in engine.search(request).hits]


@SLOW_FIXTURE
@given(one=documents(SOURCES[0]))
def test_a_section_comes_back_as_it_was_put(make_engine: MakeEngine, one: Document) -> None:
    engine = make_engine()

    put(engine, one)

    entries = engine.document(one.id)
    assert [entry.id for entry in entries] == [section.id for section in one.sections]
    for entry, written in zip(entries, one.sections, strict=True):
        assert engine.section(written.id) == entry
        assert (entry.title, entry.text, entry.dnr, entry.decision) == (
            written.title,
            written.text,
            written.dnr,
            written.decision,
        )
        assert (entry.municipality, entry.committee, entry.date) == (
            one.municipality,
            one.committee,
            one.date,
        )


def test_changes_become_visible_together_at_a_clean_exit(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(engine, document("a.txt", section("1", text="skola")))

    with engine.update() as writer:
        writer.put(document("b.txt", section("1", text="skola")))
        writer.remove("a.txt")
        before = [hit.entry.source for hit in engine.scan(SearchRequest())]
    after = [hit.entry.source for hit in engine.scan(SearchRequest())]

    assert before == ["a.txt"]
    assert after == ["b.txt"]


@pytest.mark.parametrize("kind", ["update", "rebuild"])
def test_a_failed_run_changes_nothing(make_engine: MakeEngine, kind: str) -> None:
    engine = make_engine()
    put(engine, document("a.txt", section("1", text="skola")))
    generation = engine.manifest().generation

    with pytest.raises(RuntimeError), getattr(engine, kind)() as writer:
        writer.remove("a.txt")
        writer.put(document("b.txt", section("1", text="skola")))
        raise RuntimeError

    assert [hit.entry.source for hit in engine.scan(SearchRequest())] == ["a.txt"]
    assert engine.manifest().generation == generation
    put(engine, document("c.txt", section("1", text="skola")))
    assert engine.search(SearchRequest()).total == 2


def test_a_second_writer_is_refused_and_told_who_is_first(make_engine: MakeEngine) -> None:
    engine = make_engine()

    with engine.update() as writer:
        writer.put(document("a.txt", section("1")))
        with pytest.raises(IndexBusy, match="pid"), engine.update():
            pass

    assert engine.search(SearchRequest()).total == 1


def test_a_document_put_twice_in_one_run_is_there_once(make_engine: MakeEngine) -> None:
    engine = make_engine()

    put(
        engine,
        document("a.txt", section("1", text="bygglov")),
        document("a.txt", section("2", text="skola")),
    )

    assert [hit.entry.number for hit in engine.scan(SearchRequest())] == ["2"]
    assert engine.manifest().sections == 1


def test_content_keeps_the_time_it_was_first_indexed_at(tmp_path: Path) -> None:
    times = iter(datetime.datetime(2026, 1, day, tzinfo=datetime.UTC) for day in range(1, 29))
    engine = WhooshEngine(tmp_path, now=lambda: next(times))
    put(engine, document("a.txt", section("1")))
    first = engine.document(document("a.txt").id)[0].indexed_at

    with engine.rebuild() as writer:
        writer.put(document("a.txt", section("1")))
        writer.put(document("b.txt", section("1")))

    assert engine.document(document("a.txt").id)[0].indexed_at == first
    assert engine.document(document("b.txt").id)[0].indexed_at > first
    assert ids(engine, SearchRequest(sort=Sort.ADDED))[0].startswith(document("b.txt").id)
    engine.close()


def test_what_could_not_be_read_is_remembered(make_engine: MakeEngine) -> None:
    engine = make_engine()

    with engine.update() as writer:
        writer.report((ReadFailure("x.pdf", "krypterad"),))

    assert engine.manifest().failures == (ReadFailure("x.pdf", "krypterad"),)


def test_what_was_removed_is_remembered_until_it_is_back(make_engine: MakeEngine) -> None:
    engine = make_engine()
    kept, gone, cut = (document(f"{name}.txt", section("1"), section("2")) for name in "abc")
    put(engine, kept, gone, cut)
    was_there = {one.id for each in (kept, gone, cut) for one in each.sections}

    with engine.update() as writer:
        writer.remove(gone.source)
        writer.put(replace(cut, sections=cut.sections[:1], fingerprint="another"))
    first = engine.manifest().removed
    put(engine, gone)
    second = engine.manifest().removed
    with engine.rebuild() as writer:
        writer.put(kept)
    third = engine.manifest().removed

    assert {one.id for one in first} == {gone.sections[0].id, gone.sections[1].id, cut.sections[1].id}
    assert {one.id for one in first} < was_there
    assert [one.id for one in second] == [cut.sections[1].id]
    assert second[0] in first
    assert third == second


def test_the_latest_meeting_is_one_that_there_are_minutes_of(make_engine: MakeEngine) -> None:
    engine = make_engine()
    held, later = datetime.date(2024, 3, 4), datetime.date(2024, 5, 6)
    notice = document("a.txt", section("1"), type=DocumentType.AGENDA, date=later)

    put(engine, notice)
    before = engine.manifest().latest_meeting
    put(
        engine, notice, document("b.txt", section("1"), date=held), document("c.txt", section("1"), date=None)
    )

    assert before == later
    assert engine.manifest().latest_meeting == held
