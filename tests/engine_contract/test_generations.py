"""What every engine answers while something else is written: all from one generation."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from index.query import MatchAll
from index.request import SearchRequest
from tests.builders import document, section
from tests.engine_contract.engines import MakeEngine, put


def test_a_scan_that_began_goes_on_in_its_generation(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(engine, document("a.txt", section("1")), document("b.txt", section("1")))

    scan = engine.scan(SearchRequest())
    first = next(scan)
    with engine.rebuild() as writer:
        writer.put(document("c.txt", section("1")))
    put(engine, document("d.txt", section("1")))
    rest = list(scan)

    assert [first.entry.source, *(hit.entry.source for hit in rest)] == ["a.txt", "b.txt"]
    assert engine.search(SearchRequest()).total == 2


def test_a_scan_that_began_while_reading_stays_in_that_generation_in_every_thread(
    make_engine: MakeEngine,
) -> None:
    engine = make_engine()
    put(
        engine,
        document("a.txt", section("1")),
        document("b.txt", section("1")),
        document("c.txt", section("1")),
    )

    with engine.reading():
        put(engine, document("d.txt", section("1")))
        scan = engine.scan(SearchRequest())
        found = [next(scan)]
    with engine.rebuild() as writer:
        writer.put(document("e.txt", section("1")))
    assert engine.search(SearchRequest()).total == 1
    for _ in range(2):
        with ThreadPoolExecutor(1) as other:
            found.append(other.submit(next, scan).result())

    assert [hit.entry.source for hit in found] == ["a.txt", "b.txt", "c.txt"]
    assert next(scan, None) is None


def test_what_can_be_completed_follows_what_is_indexed(make_engine: MakeEngine) -> None:
    engine = make_engine()
    one = document(
        "a.txt", section("1", title="Skolskjutsar", dnr=("KS 2019/0835",)), committee="Skolnämnden"
    )
    put(engine, one, document("b.txt", section("1", text="Sandlåda"), section("2"), committee="Skolnämnden"))

    before = engine.completions().complete("sko")
    cases = engine.completions().complete("KS 2019/8")
    with engine.update() as writer:
        writer.remove("a.txt")
    after = engine.completions().complete("sko")

    assert {(found.text, found.kind.value, found.count) for found in before} == {
        ("skolskjutsar", "word", 1),
        ("Skolskjutsar", "title", 1),
        ("Skolnämnden", "committee", 3),
    }
    assert [(found.text, found.count) for found in cases] == [("KS 2019/0835", 1)]
    assert [(found.text, found.count) for found in after] == [("Skolnämnden", 2)]
    assert "skolskjutsar" not in engine.vocabulary()


def test_a_vocabulary_is_made_once_a_generation(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(engine, document("a.txt", section("1", text="skola")))

    first, again = engine.vocabulary(), engine.vocabulary()
    put(engine, document("b.txt", section("1", text="skola")))

    assert first is again
    assert (first.count("skola"), engine.vocabulary().count("skola")) == (1, 2)
    assert engine.completions() is engine.completions()


def test_what_is_asked_together_is_answered_from_one_generation(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(engine, document("a.txt", section("1", text="skola")))
    every = SearchRequest(MatchAll())

    with engine.reading():
        before = engine.manifest()
        put(engine, document("b.txt", section("1", text="sandlåda")))
        inside = (engine.search(every).total, engine.vocabulary().count("sandlåda"), engine.manifest())
    outside = (engine.search(every).total, engine.vocabulary().count("sandlåda"))

    assert inside == (1, 0, before)
    assert outside == (2, 1)


def test_what_is_written_while_reading_goes_on_from_what_is_newest(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(engine, document("a.txt", section("1", text="skola")))

    with engine.reading():
        put(engine, document("b.txt", section("1", text="sandlåda")))
        put(engine, document("c.txt", section("1", text="gunga")))

    assert sorted(engine.manifest().documents) == ["a.txt", "b.txt", "c.txt"]
