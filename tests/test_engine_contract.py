"""What every engine must do, whatever it is made of; each test runs against each engine."""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from corpus.document import Document, ReadFailure
from index.analysis.lexicon.supply import LexiconSupply
from index.engine import SearchEngine
from index.engines.segment_writer import SegmentPolicy
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexBusy, IndexMissing, SearchTimeout
from index.fields import NEAR
from index.query import Keyword, MatchAll, MatchNone, Prefix, Word
from index.request import BREAKDOWNS, UNKNOWN, Filters, Group, SearchRequest, Sort
from index.results import YearCounts
from tests.builders import document, section
from tests.corpora import SOURCES, apply, documents, histories, requests
from tests.oracle import Oracle, rows_of
from tests.timeline_oracle import timeline
from tests.word_list import write_word_list

MakeEngine = Callable[[], SearchEngine]


@pytest.fixture(scope="module")
def lexicons(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LexiconSupply]:
    folder = tmp_path_factory.mktemp("lexicon")
    with LexiconSupply(folder / "compiled", write_word_list(folder)) as supply:
        yield supply


@pytest.fixture(params=["whoosh"])
def make_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, lexicons: LexiconSupply
) -> Iterator[MakeEngine]:
    """Return what makes an empty engine of the kind under test."""
    made: list[SearchEngine] = []
    policies = cycle((SegmentPolicy(run=3, choose=lambda _: []), SegmentPolicy()))

    def make() -> SearchEngine:
        assert request.param == "whoosh"
        # Every other engine has a segment for each run, and merges only what one run wrote.
        engine = WhooshEngine(tmp_path_factory.mktemp("index"), lexicons=lexicons, policy=next(policies))
        made.append(engine)
        return engine

    yield make
    for engine in made:
        engine.close()


def put(engine: SearchEngine, *made: Document) -> None:
    with engine.update() as writer:
        for one in made:
            writer.put(one)


def ids(engine: SearchEngine, request: SearchRequest) -> list[str]:
    return [hit.entry.id for hit in engine.search(request).hits]


def live_at_the_end(history: list[list[Document | str]]) -> list[Document]:
    live: dict[str, Document] = {}
    for run in history:
        for change in run:
            if isinstance(change, str):
                live.pop(change, None)
            else:
                live[change.source] = change
    return list(live.values())


SLOW_FIXTURE = settings(
    deadline=None,
    max_examples=60,
    # The engine is made anew for each example by the factory that the fixture returns.
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


@settings(SLOW_FIXTURE, max_examples=130)
@given(history=histories, asked=st.lists(requests, min_size=8, max_size=8))
def test_hits_scores_totals_and_facets_are_those_of_brute_force(
    make_engine: MakeEngine, history: list[list[Document | str]], asked: list[SearchRequest]
) -> None:
    engine = make_engine()
    apply(engine, history)
    oracle = Oracle(rows_of(live_at_the_end(history), engine.analyzer()))

    for request in asked:
        page = engine.search(replace(request, limit=1000))
        expected = oracle.ranking(request)

        assert [hit.entry.id for hit in page.hits] == [section_id for section_id, _ in expected]
        assert [hit.score for hit in page.hits] == pytest.approx([score for _, score in expected])
        assert page.total == len(expected)
        for name, counts in page.facets.items():
            assert (dict(counts.counts), counts.unknown) == oracle.facet(request, name)


@settings(SLOW_FIXTURE, max_examples=100)
@given(history=histories, asked=st.lists(requests, min_size=5, max_size=5))
def test_the_years_of_what_matches_are_those_of_brute_force(
    make_engine: MakeEngine, history: list[list[Document | str]], asked: list[SearchRequest]
) -> None:
    engine = make_engine()
    apply(engine, history)
    oracle = Oracle(rows_of(live_at_the_end(history), engine.analyzer()))

    for request in asked:
        total = engine.search(replace(request, group=Group.SECTION)).total
        for by in (None, *BREAKDOWNS):
            years = engine.timeline(request, by)

            assert list(years) == timeline(oracle, request, by)
            assert sum(year.count for year in years) == total
            assert all(sum(year.by.values()) == year.count for year in years if by)


@SLOW_FIXTURE
@given(history=histories, request_=requests)
def test_pages_partition_the_hits(
    make_engine: MakeEngine, history: list[list[Document | str]], request_: SearchRequest
) -> None:
    engine = make_engine()
    apply(engine, history)
    everything = [hit.entry.id for hit in engine.scan(request_)]

    paged: list[str] = []
    for offset in range(0, len(everything) + 3, 3):
        page = engine.search(replace(request_, offset=offset, limit=3))
        assert page.total == len(everything)
        paged.extend(hit.entry.id for hit in page.hits)

    assert paged == everything
    assert len(set(paged)) == len(paged)


@SLOW_FIXTURE
@given(history=histories, request_=requests)
def test_an_index_grown_in_runs_answers_like_one_built_at_once(
    make_engine: MakeEngine, history: list[list[Document | str]], request_: SearchRequest
) -> None:
    grown, built = make_engine(), make_engine()
    apply(grown, history)
    with built.rebuild() as writer:
        for one in live_at_the_end(history):
            writer.put(one)

    left, right = grown.search(request_), built.search(request_)

    assert [(hit.entry.id, hit.score) for hit in left.hits] == [
        (hit.entry.id, hit.score) for hit in right.hits
    ]
    assert (left.total, left.total_documents, left.total_cases) == (
        right.total,
        right.total_documents,
        right.total_cases,
    )
    assert left.facets == right.facets


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


def test_nothing_indexed_is_said_and_not_shown_as_nothing_found(make_engine: MakeEngine) -> None:
    engine = make_engine()

    with pytest.raises(IndexMissing):
        engine.search(SearchRequest())


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


def test_a_case_is_found_in_every_spelling_by_date(make_engine: MakeEngine) -> None:
    engine = make_engine()
    late = document("b.txt", section("4", dnr=("KS2019/835",)), date=datetime.date(2020, 1, 1))
    early = document("a.txt", section("9", dnr=("dnr ks 2019-0835",)), date=datetime.date(2019, 1, 1))
    other = document("c.txt", section("9", dnr=("KS 2019/0836",)))
    put(engine, late, early, other)

    found = engine.case("granvika", "KS-2019-835")

    assert [entry.source for entry in found] == ["a.txt", "b.txt"]


def test_the_most_frequent_spelling_of_a_committee_is_shown_for_all(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(
        engine,
        document("a.txt", section("1"), committee="Kultur- och fritidsnämnden"),
        document("b.txt", section("1"), committee="Kultur- och fritidsnämnden"),
        document("c.txt", section("1"), committee="Kultur och fritidsnämnden"),
    )

    names = {hit.entry.committee.name for hit in engine.scan(SearchRequest()) if hit.entry.committee}

    assert names == {"Kultur- och fritidsnämnden"}


def test_a_prefix_that_stands_for_too_many_words_is_cut_and_says_so(make_engine: MakeEngine) -> None:
    engine = make_engine()
    words = " ".join(f"skol{chr(97 + i)}{chr(97 + j)}" for i in range(6) for j in range(6))
    put(
        engine,
        document("a.txt", section("1", text=words + " skolaa")),
        document("b.txt", section("1", text="skolff")),
    )

    page = engine.search(SearchRequest(Prefix("skol*", "skol"), max_expansions=5))

    assert page.warnings
    assert "36" in page.warnings[0]
    assert page.total == 2


def test_a_search_without_time_left_is_given_up(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(engine, document("a.txt", section("1")))

    with pytest.raises(SearchTimeout):
        engine.search(SearchRequest(MatchAll(), time_budget=-1.0))


def test_a_timeline_lists_years_without_a_match_and_the_undated_last(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(
        engine,
        document("a.txt", section("1"), section("2"), date=datetime.date(2019, 1, 1), municipality=None),
        document("b.txt", section("1"), date=None),
        document("c.txt", section("1"), date=datetime.date(987, 1, 1)),
    )
    request = SearchRequest(Keyword("", "section", ("2",)))

    years = engine.timeline(request, "municipality")

    assert years == (
        YearCounts(987, 0, 1),
        YearCounts(2019, 1, 2, {UNKNOWN: 1}, {UNKNOWN: 2}),
        YearCounts(None, 0, 1),
    )


def test_chosen_values_are_in_a_timeline_though_they_do_not_match(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(
        engine,
        document("a.txt", section("1")),
        document("b.txt", section("1"), municipality="Älvrike"),
        document("c.txt", section("1"), municipality="Björkåsa"),
    )
    chosen = Filters(municipality=("granvika", "bjorkasa", "borta"))

    (year,) = engine.timeline(SearchRequest(MatchNone(), chosen), "municipality")

    assert (year.count, year.sections) == (0, 2)
    assert year.by == {"bjorkasa": 0, "granvika": 0}
    assert year.by_sections == {"bjorkasa": 1, "granvika": 1}


def test_a_timeline_of_an_index_without_minutes_is_empty(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(engine)

    assert engine.timeline(SearchRequest()) == ()
    assert engine.timeline(SearchRequest(filters=Filters(year=("2019", UNKNOWN))), "committee") == ()


def test_a_timeline_says_when_it_cannot_be_made(make_engine: MakeEngine) -> None:
    engine = make_engine()

    with pytest.raises(IndexMissing):
        engine.timeline(SearchRequest())
    put(engine, document("a.txt", section("1")))
    with pytest.raises(SearchTimeout):
        engine.timeline(SearchRequest(MatchAll(), time_budget=-1.0))


def test_what_could_not_be_read_is_remembered(make_engine: MakeEngine) -> None:
    engine = make_engine()

    with engine.update() as writer:
        writer.report((ReadFailure("x.pdf", "krypterad"),))

    assert engine.manifest().failures == (ReadFailure("x.pdf", "krypterad"),)


def test_an_unknown_id_is_none_and_not_an_error(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(engine, document("a.txt", section("1")))

    assert engine.section("../../etc/passwd") is None
    assert engine.document("") == ()
    assert engine.case("granvika", "KS-1-1") == ()
    assert engine.search(SearchRequest(Keyword("", "id", ("é\x00",)))).total == 0


def words_apart(words: int) -> str:
    return " ".join(["reglemente", *["och"] * (words - 1), "skolan"])


@pytest.mark.parametrize(
    ("text", "total"),
    [
        (words_apart(1), 1),
        (words_apart(NEAR), 1),
        (words_apart(NEAR + 1), 0),
        ("skolan och skolskjutsreglementet", 1),
        ("skolskjutsreglementet", 1),
        ("skolskjuts", 0),
        ("reglemente", 0),
    ],
)
def test_the_parts_of_a_compound_are_found_near_each_other_in_any_order_and_in_compounds(
    make_engine: MakeEngine, text: str, total: int
) -> None:
    engine = make_engine()
    put(engine, document("a.txt", section("1", text=text)))
    analyzer = engine.analyzer()
    groups = tuple(analyzer.analyze(word)[0].stems for word in ("skola", "reglemente"))

    page = engine.search(SearchRequest(Word("", (), (), near=groups)))

    assert page.total == total


def test_the_parts_of_a_compound_in_two_zones_are_not_near_each_other(make_engine: MakeEngine) -> None:
    engine = make_engine()
    put(engine, document("a.txt", section("1", title="skola", text="reglemente")))
    groups = tuple(engine.analyzer().analyze(word)[0].stems for word in ("skola", "reglemente"))

    page = engine.search(SearchRequest(Word("", (), (), near=groups)))

    assert page.total == 0


def test_the_word_itself_counts_for_more_than_its_parts_and_those_for_more_than_one_part(
    make_engine: MakeEngine,
) -> None:
    engine = make_engine()
    texts = {
        "exact": "skolskjuts och mer",
        "stem": "skolskjutsen och mer",
        "near": "skolan skjuts mer",
        "part": "bygglovsavgift och skjutsreglemente",
    }
    put(engine, *(document(f"{name}.txt", section("1", text=text)) for name, text in texts.items()))
    skola, skjuts, whole = (engine.analyzer().analyze(word)[0] for word in ("skola", "skjuts", "skolskjuts"))
    word = Word("", whole.stems, (whole.exact,), parts=skjuts.stems, near=(skola.stems, skjuts.stems))

    hits = engine.search(SearchRequest(word)).hits

    assert [hit.entry.source.partition(".")[0] for hit in hits] == list(texts)
    assert len({hit.score for hit in hits}) == len(hits)


@SLOW_FIXTURE
@given(history=histories)
def test_the_vocabulary_counts_the_sections_that_have_each_word(
    make_engine: MakeEngine, history: list[list[Document | str]]
) -> None:
    engine = make_engine()
    apply(engine, history)

    words = engine.vocabulary()

    rows = rows_of(live_at_the_end(history), engine.analyzer())
    counts = Counter(
        word
        for row in rows
        for word in {word for zone in ("title", "text") for word, _ in row.exact[zone]}
        if ":" not in word
    )
    assert {word: words.count(word) for word in words} == counts


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


def test_the_words_of_nothing_cannot_be_had(make_engine: MakeEngine) -> None:
    engine = make_engine()

    with pytest.raises(IndexMissing):
        engine.vocabulary()
    with pytest.raises(IndexMissing):
        engine.completions()
    assert engine.analyzer().analyze("skolan")


def test_what_was_removed_is_remembered_until_it_is_back(make_engine: MakeEngine) -> None:
    engine = make_engine()
    kept, gone, cut = (document(f"{name}.txt", section("1"), section("2")) for name in "abc")
    put(engine, kept, gone, cut)
    was_there = {one.id for each in (kept, gone, cut) for one in each.sections}

    with engine.update() as writer:
        writer.remove(gone.source)
        writer.put(dataclasses.replace(cut, sections=cut.sections[:1], fingerprint="another"))
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
