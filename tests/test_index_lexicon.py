"""The lexicon that an index carries, and when an index has to be made anew."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index import generations, publishing
from index import manifest as manifests
from index.analysis.analyzer import Analyzer
from index.analysis.lexicon.store import WordList
from index.analysis.lexicon.supply import LexiconSupply
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexOutdated
from index.indexing import Report, reindex
from index.query import Word
from index.request import SearchRequest
from tests.minutes_folder import write_minutes
from tests.word_list import write_word_list


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    folder = tmp_path / "minutes"
    write_minutes(folder, "a.txt", word="skolskjutsreglementet")
    return folder


@pytest.fixture(scope="module")
def word_list(tmp_path_factory: pytest.TempPathFactory) -> WordList:
    return write_word_list(tmp_path_factory.mktemp("word-list"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory, word_list: WordList) -> Path:
    folder = tmp_path_factory.mktemp("compiled")
    with LexiconSupply(folder, word_list) as supply:
        assert supply.obtain()
    return folder


def run(minutes: Path, cache: Path, word_list: WordList | None, *, rebuild: bool = False) -> Report:
    with LexiconSupply(cache, word_list) as supply:
        engine = WhooshEngine(minutes.parent / "index", lexicons=supply)
        try:
            return reindex(minutes, engine, rebuild=rebuild)
        finally:
            engine.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[WhooshEngine]:
    """An engine that has an index and nothing else to take a lexicon from."""
    engine = WhooshEngine(tmp_path / "index")
    yield engine
    engine.close()


def by_part(engine: WhooshEngine) -> int:
    stems = engine.analyzer().analyze("skjuts")[0].stems
    return engine.search(SearchRequest(Word("skjuts", (), (), parts=stems))).total


def test_an_index_carries_its_lexicon_wherever_it_is_opened(
    minutes: Path, tmp_path: Path, word_list: WordList, cache: Path
) -> None:
    other = tmp_path / "other"
    run(minutes, shutil.copytree(cache, other), word_list)

    shutil.rmtree(other)
    engine = WhooshEngine((tmp_path / "index").rename(tmp_path / "moved"))

    assert engine.manifest().analysis == engine.analyzer().version
    assert engine.analyzer().version.lexicon
    assert by_part(engine) == 1
    engine.close()


def test_without_a_word_list_an_index_keeps_the_lexicon_it_has(
    minutes: Path, word_list: WordList, cache: Path, server: WhooshEngine
) -> None:
    first = run(minutes, cache, word_list)

    write_minutes(minutes, "b.txt", word="skolskjutsen")
    updated = run(minutes, cache, None)
    rebuilt = run(minutes, cache, None, rebuild=True)

    assert (updated.added, updated.unchanged) == (1, 1)
    assert first.analysis == updated.analysis == rebuilt.analysis == server.analyzer().version
    assert by_part(server) == 2


def test_without_any_lexicon_the_stemmer_alone_is_used(minutes: Path, server: WhooshEngine) -> None:
    report = reindex(minutes, server)

    assert report.analysis.lexicon is None
    assert by_part(server) == 0


def test_a_word_list_that_is_installed_later_rebuilds_the_index_and_says_so(
    minutes: Path, word_list: WordList, cache: Path, server: WhooshEngine, caplog: pytest.LogCaptureFixture
) -> None:
    reindex(minutes, server)
    caplog.set_level(logging.INFO)

    report = run(minutes, cache, word_list)
    again = run(minutes, cache, word_list)

    assert (report.added, report.unchanged, again.unchanged) == (1, 0, 1)
    assert f"The lexicon changed from none to {report.analysis.lexicon}: the index is rebuilt" in caplog.text
    assert caplog.text.count("is rebuilt") == 1
    assert by_part(server) == 1


def test_another_word_list_rebuilds_the_index(
    minutes: Path, tmp_path: Path, word_list: WordList, cache: Path, server: WhooshEngine
) -> None:
    first = run(minutes, cache, word_list)

    second = run(minutes, tmp_path / "cache", write_word_list(tmp_path / "newer", "väg/XY"))

    assert first.analysis != second.analysis == server.analyzer().version
    assert second.added == 1


def test_an_analyzer_stays_the_same_while_its_version_does(
    minutes: Path, word_list: WordList, cache: Path, server: WhooshEngine
) -> None:
    nothing = server.analyzer()
    run(minutes, cache, word_list)
    first = server.analyzer()

    write_minutes(minutes, "b.txt", word="skolskjutsen")
    run(minutes, cache, word_list)

    assert type(nothing) is Analyzer
    assert nothing is not first
    assert server.search(SearchRequest()).total == len(list(server.scan(SearchRequest())))
    assert server.analyzer() is first


def publish(index: Path, changed: dict[str, bytes]) -> None:
    """Publish the current generation anew with some files changed."""
    with publishing.lock(index):
        unfinished = publishing.prepare(index, generations.current(index))
        for name, content in changed.items():
            (unfinished / name).unlink()
            (unfinished / name).write_bytes(content)
        publishing.publish(index, unfinished)


def manifest_of(index: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((generations.current(index) / "manifest.json").read_bytes())
    return found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": 1}, "The schema changed from 1 to"),
        ({"analysis": {"rules": "0"}}, "The rules of the analysis changed from 0 to"),
        (
            {"analysis": {"stemmer": "snowball-swedish 2.2.0"}},
            "The stemmer changed from snowball-swedish 2.2.0 to ",
        ),
        ({"analysis": "schema 1; rules 1; snowball-swedish 3.0.1"}, "The manifest has the form of another"),
    ],
)
def test_an_index_of_another_version_is_refused_with_the_command_and_rebuilt_by_it(
    minutes: Path,
    tmp_path: Path,
    server: WhooshEngine,
    caplog: pytest.LogCaptureFixture,
    change: dict[str, Any],
    said: str,
) -> None:
    reindex(minutes, server)
    before = server.search(SearchRequest()).hits
    manifest = manifest_of(tmp_path / "index")
    for name, value in change.items():
        manifest[name] = {**manifest[name], **value} if isinstance(value, dict) else value
    publish(tmp_path / "index", {"manifest.json": json.dumps(manifest).encode()})

    with pytest.raises(IndexOutdated) as refused:
        server.search(SearchRequest())
    with pytest.raises(IndexOutdated), server.update():
        pass
    report = run(minutes, tmp_path / "cache", None)

    assert f"minutes-search reindex --minutes … --index {tmp_path / 'index'}" in str(refused.value)
    assert said in caplog.text
    assert "the index is rebuilt" in caplog.text
    assert report.added == 1
    # A rebuild is no news to those who follow what is added.
    assert server.search(SearchRequest()).hits == before


def test_a_lexicon_of_another_format_is_refused_and_replaced(
    minutes: Path, tmp_path: Path, word_list: WordList, cache: Path, server: WhooshEngine
) -> None:
    run(minutes, cache, word_list)
    publish(tmp_path / "index", {"lexicon.trie": b"another format"})

    with pytest.raises(IndexOutdated, match="minutes-search reindex"):
        server.search(SearchRequest())
    without = run(minutes, cache, None)
    with_it = run(minutes, cache, word_list)

    assert without.analysis.lexicon is None
    assert with_it.analysis.lexicon
    assert by_part(server) == 1


def test_a_damaged_lexicon_is_not_taken_over_by_a_rebuild(
    minutes: Path, tmp_path: Path, word_list: WordList, cache: Path
) -> None:
    other = shutil.copytree(cache, tmp_path / "other")
    run(minutes, other, word_list)
    file = generations.current(tmp_path / "index") / "lexicon.trie"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.unlink()
    file.write_bytes(content)

    report = run(minutes, tmp_path / "cache", None, rebuild=True)

    assert report.analysis.lexicon is None


def test_a_word_list_that_cannot_be_compiled_is_said_and_not_tried_at_the_cost_of_a_rebuild(
    minutes: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = write_word_list(tmp_path / "broken")
    broken.words.write_text("1\n!!!\n", encoding="utf-8")

    first = run(minutes, tmp_path / "cache", broken)
    second = run(minutes, tmp_path / "cache", broken)

    assert (first.added, first.analysis.lexicon) == (1, None)
    assert (second.added, second.unchanged, second.generation) == (0, 1, first.generation)
    assert "could not be compiled" in caplog.text
    assert "with the stemmer alone" in caplog.text


def test_a_folder_that_cannot_be_written_keeps_no_lexicon_but_gives_one(
    minutes: Path, tmp_path: Path, word_list: WordList, caplog: pytest.LogCaptureFixture, server: WhooshEngine
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")

    report = run(minutes, tmp_path / "file" / "cache", word_list)

    assert report.analysis.lexicon
    assert "cannot be kept in" in caplog.text
    assert by_part(server) == 1


def test_a_lexicon_that_is_not_wanted_is_not_compiled(
    minutes: Path, tmp_path: Path, word_list: WordList, cache: Path
) -> None:
    run(minutes, cache, word_list)

    report = run(minutes, tmp_path / "empty", word_list)

    assert report.unchanged == 1
    assert not (tmp_path / "empty").exists()


def test_records_are_read_from_a_manifest_of_any_form(
    minutes: Path, tmp_path: Path, server: WhooshEngine
) -> None:
    reindex(minutes, server)
    generation = generations.current(tmp_path / "index")
    manifest = manifests.load(generation)

    manifests.save(replace(manifest, schema="old"), generation)  # type: ignore[arg-type] # as an older one is

    assert manifests.history(generation).documents == manifest.documents
