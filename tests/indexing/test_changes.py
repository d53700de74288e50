"""What a run changes in the index: what is new, changed, moved or gone."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.discovery import SourceFile
from corpus.document import DocumentType, ReadFailure
from index import generations, publishing
from index import manifest as manifests
from index.engines.whoosh_engine import WhooshEngine
from index.guards import Guards
from index.indexing import compare, reindex
from index.manifest import DocumentRecord
from index.request import SearchRequest
from tests.minutes_folder import sources, write_minutes, write_unreadable


def texts(engine: WhooshEngine) -> str:
    return " ".join(f"{hit.entry.title} {hit.entry.text}" for hit in engine.scan(SearchRequest()))


def test_a_first_run_indexes_every_file(minutes: Path, engine: WhooshEngine) -> None:
    write_minutes(minutes, "a.txt", word="sandlåda")
    write_minutes(minutes, "nämnd/b.txt", word="gungställning")

    report = reindex(minutes, engine)

    assert (report.added, report.updated, report.removed, report.unchanged) == (2, 0, 0, 0)
    assert report.documents == 2
    assert report.sections == len(list(engine.scan(SearchRequest())))
    assert sources(engine) == {"a.txt", "nämnd/b.txt"}


def test_an_empty_folder_becomes_an_empty_index(minutes: Path, engine: WhooshEngine) -> None:
    report = reindex(minutes, engine)

    assert (report.documents, report.sections, report.unreadable) == (0, 0, ())
    assert engine.search(SearchRequest()).total == 0


def test_nothing_new_publishes_nothing(minutes: Path, engine: WhooshEngine) -> None:
    write_minutes(minutes, "a.txt", word="sandlåda")
    write_unreadable(minutes, "b.pdf")
    first = reindex(minutes, engine)

    second = reindex(minutes, engine)

    assert second.generation == first.generation
    assert (second.added, second.updated, second.removed, second.unchanged) == (0, 0, 0, 1)
    assert second.unreadable == first.unreadable
    assert (second.documents, second.sections) == (first.documents, first.sections)


def test_a_changed_file_replaces_what_it_said(minutes: Path, engine: WhooshEngine) -> None:
    write_minutes(minutes, "a.txt", word="sandlåda")
    write_minutes(minutes, "b.txt", word="gungställning")
    reindex(minutes, engine)

    write_minutes(minutes, "a.txt", word="klätterborg")
    report = reindex(minutes, engine)

    assert (report.added, report.updated, report.removed, report.unchanged) == (0, 1, 0, 1)
    assert "klätterborg" in texts(engine)
    assert "sandlåda" not in texts(engine)
    assert "gungställning" in texts(engine)


def test_changed_metadata_is_a_change_of_the_file(minutes: Path, engine: WhooshEngine) -> None:
    write_minutes(minutes, "a.txt", word="sandlåda")
    reindex(minutes, engine)

    (minutes / "a.txt.meta.json").write_text('{"committee": "Lekplatsnämnden"}', encoding="utf-8")
    report = reindex(minutes, engine)

    assert report.updated == 1
    committees = {hit.entry.committee.name for hit in engine.scan(SearchRequest()) if hit.entry.committee}
    assert committees == {"Lekplatsnämnden"}


def test_a_vanished_file_is_removed(minutes: Path, engine: WhooshEngine) -> None:
    write_minutes(minutes, "a.txt", word="sandlåda").unlink()
    write_minutes(minutes, "b.txt", word="gungställning")
    gone = write_minutes(minutes, "a.txt", word="sandlåda")
    reindex(minutes, engine)

    gone.unlink()
    report = reindex(minutes, engine)

    assert (report.removed, report.unchanged, report.documents) == (1, 1, 1)
    assert sources(engine) == {"b.txt"}


def test_a_moved_file_is_found_in_its_new_place_only(minutes: Path, engine: WhooshEngine) -> None:
    path = write_minutes(minutes, "a.txt", word="sandlåda")
    reindex(minutes, engine)

    path.rename(minutes / "z.txt")
    report = reindex(minutes, engine)

    assert (report.added, report.removed, report.documents) == (1, 1, 1)
    assert sources(engine) == {"z.txt"}


def test_a_rebuild_reads_everything_again_and_keeps_when_it_was_first_indexed(
    minutes: Path, tmp_path: Path
) -> None:
    days = iter(datetime.datetime(2024, 1, day, tzinfo=datetime.UTC) for day in range(1, 29))
    engine = WhooshEngine(tmp_path / "index", now=lambda: next(days))
    write_minutes(minutes, "a.txt", word="sandlåda")
    reindex(minutes, engine)
    before = list(engine.scan(SearchRequest()))

    report = reindex(minutes, engine, rebuild=True)

    assert (report.added, report.updated, report.unchanged, report.documents) == (1, 0, 0, 1)
    assert [hit.entry for hit in engine.scan(SearchRequest())] == [hit.entry for hit in before]
    engine.close()


def test_an_index_of_another_analysis_is_rebuilt(minutes: Path, engine: WhooshEngine) -> None:
    write_minutes(minutes, "a.txt", word="sandlåda")
    first = reindex(minutes, engine)
    publish_as_of_another_analysis(minutes.parent / "index")
    reopened = WhooshEngine(minutes.parent / "index")

    report = reindex(minutes, reopened)

    assert (report.added, report.unchanged) == (1, 0)
    assert int(report.generation) > int(first.generation)
    assert sources(reopened) == {"a.txt"}
    reopened.close()


def publish_as_of_another_analysis(index: Path) -> None:
    with publishing.lock(index):
        current = generations.current(index)
        unfinished = publishing.prepare(index, current)
        manifests.save(replace(manifests.load(current), analysis="another"), unfinished)
        publishing.publish(index, unfinished)


def test_one_folder_read_by_one_or_two_processes_gives_equal_indexes(minutes: Path, tmp_path: Path) -> None:
    for number in range(12):
        write_minutes(minutes, f"{number}.txt", word=f"ord{number}", number=number + 1)
    now = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
    engines = [WhooshEngine(tmp_path / name, now=lambda: now) for name in ("one", "two")]

    for processes, engine in enumerate(engines, start=1):
        reindex(minutes, engine, processes=processes)

    one, two = ([hit.entry for hit in engine.scan(SearchRequest())] for engine in engines)
    assert one == two
    for engine in engines:
        engine.close()


def test_progress_is_told_from_nothing_to_all(minutes: Path, engine: WhooshEngine) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write_minutes(minutes, name, word=f"ord {name}")
    told: list[tuple[int, int]] = []

    reindex(minutes, engine, progress=lambda done, total: told.append((done, total)))

    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


NAMES = [f"{letter}.txt" for letter in "abcd"]
CONTENTS = st.sampled_from(["sandlåda", "gungställning", "klätterborg", None])


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, CONTENTS)), min_size=2, max_size=3))
def test_after_any_changes_the_index_is_as_one_made_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, states: list[dict[str, str | None]]
) -> None:
    work = tmp_path_factory.mktemp("states")
    minutes, now = work / "minutes", datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
    minutes.mkdir()
    step_by_step, at_once = (WhooshEngine(work / name, now=lambda: now) for name in ("steps", "once"))

    for state in states:
        for name, word in state.items():
            (minutes / name).unlink(missing_ok=True)
            if word:
                write_minutes(minutes, name, word=f"{word} {name[0]}")
        # A folder that shrank is refused unless one says that it is meant.
        last = reindex(minutes, step_by_step, guards=Guards(allow_shrink=True))
    reindex(minutes, at_once)

    assert last.documents == sum(word is not None for word in states[-1].values())
    assert list(step_by_step.scan(SearchRequest())) == list(at_once.scan(SearchRequest()))
    step_by_step.close()
    at_once.close()


FINGERPRINTS = st.sampled_from(["", "1", "2"])
STATES = st.dictionaries(st.sampled_from("abcdef"), FINGERPRINTS)


@given(files=STATES, documents=STATES, failures=STATES)
def test_comparing_puts_every_file_in_exactly_one_place(
    files: dict[str, str], documents: dict[str, str], failures: dict[str, str]
) -> None:
    failures = {source: mark for source, mark in failures.items() if source not in documents}
    found = [SourceFile(source, Path(source), mark or "new", Path()) for source, mark in files.items()]

    difference = compare(
        found,
        {source: record(source, mark) for source, mark in documents.items()},
        [ReadFailure(source, "trasig", mark) for source, mark in failures.items()],
    )

    to_read = {file.source for file in difference.to_read}
    failing = {failure.source for failure in difference.failures}
    assert len(to_read) + len(failing) + difference.unchanged == len(files)
    assert not to_read & failing
    assert set(difference.vanished) == documents.keys() - files.keys()


def record(source: str, fingerprint: str) -> DocumentRecord:
    now = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
    return DocumentRecord(source, source, fingerprint, DocumentType.MINUTES, None, None, None, 1, now)
