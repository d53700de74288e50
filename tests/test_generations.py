"""The folder of an index: what is refused, what is swept, what is kept."""

from __future__ import annotations

import datetime
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from index import checksums, generations, publishing
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexDamaged, IndexUnsafe
from index.request import FACETS, SearchRequest, Sort
from tests.analysis import parse
from tests.builders import document, section

KINDS_OF_FILES = (
    "MAIN_*.arrays",
    "MAIN_*.deleted",
    "catalog.arrays",
    "_MAIN_*.toc",
    "manifest.json",
    "SIZES",
    "SHA256SUMS",
)
FLIPS = 25
DAMAGED = "damaged"


def index_of(folder: Path, *sources: str) -> WhooshEngine:
    engine = WhooshEngine(folder)
    with engine.update() as writer:
        for source in sources:
            writer.put(document(source, section("1", text=f"skola {source}", decision="Bifall.")))
    return engine


def remove(folder: Path, source: str) -> None:
    engine = WhooshEngine(folder)
    with engine.update() as writer:
        writer.remove(source)
    engine.close()


def replace_file(file: Path, content: bytes) -> None:
    # Not written over: it is read-only, and other generations may share it.
    file.unlink()
    file.write_bytes(content)


def everything_answered(engine: WhooshEngine) -> list[Any]:
    """Ask the engine all there is to ask of it."""
    trees = [parse(text).tree for text in ("skola", "skola NOT b.txt", '"skola a.txt"', "beslut:bifall sk*")]
    return [
        *(engine.search(SearchRequest(tree, facets=FACETS, sort=sort)) for tree in trees for sort in Sort),
        list(engine.scan(SearchRequest())),
        engine.document("a.txt"),
        engine.manifest(),
        engine.completions().complete("sk", 10),
    ]


def everything_answered_or_damage(folder: Path) -> list[Any] | str:
    engine = WhooshEngine(folder)
    try:
        return everything_answered(engine)
    except IndexDamaged:
        return DAMAGED
    finally:
        engine.close()


def test_a_folder_that_everyone_may_write_to_is_not_opened(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    index_of(folder, "a.txt").close()
    folder.chmod(0o777)
    engine = WhooshEngine(folder)

    with pytest.raises(IndexUnsafe, match="chmod go-w"):
        engine.search(SearchRequest())


def test_generation_numbers_only_grow_and_only_the_one_before_is_kept(tmp_path: Path) -> None:
    engine = index_of(tmp_path, "a.txt")
    seen = [engine.manifest().generation]

    for name in "bcd":
        with engine.update() as writer:
            writer.put(document(f"{name}.txt", section("1")))
        seen.append(engine.manifest().generation)

    assert seen == sorted(seen, key=int)
    assert len(set(seen)) == len(seen)
    assert len(list((tmp_path / "generations").iterdir())) == 2
    engine.close()


def test_what_a_killed_run_left_is_swept_by_the_next(tmp_path: Path) -> None:
    engine = index_of(tmp_path, "a.txt")
    with publishing.lock(tmp_path):
        leftover = publishing.prepare(tmp_path, generations.current(tmp_path))

    with engine.update() as writer:
        writer.put(document("b.txt", section("1")))

    assert not leftover.exists()
    assert engine.search(SearchRequest()).total == 2
    engine.close()


def test_a_run_that_has_nothing_to_do_sweeps_what_was_killed_before_the_pointer_moved(
    tmp_path: Path,
) -> None:
    index_of(tmp_path, "a.txt").close()
    never_current = tmp_path / "generations" / "00000002"
    shutil.copytree(tmp_path / "generations" / "00000001", never_current)
    for name in ("CURRENT.tmp", "takedowns.json.tmp"):
        (tmp_path / name).write_text("half", encoding="utf-8")

    with publishing.lock(tmp_path):
        publishing.discard(publishing.prepare(tmp_path, generations.current(tmp_path)))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["CURRENT", "LOCK", "generations"]
    assert [*never_current.iterdir()] == []
    remove(tmp_path, "a.txt")
    assert generations.current(tmp_path).name == "00000003", "a number is used once"
    assert not never_current.exists()


def test_with_a_damaged_pointer_no_generation_is_swept(tmp_path: Path) -> None:
    index_of(tmp_path, "a.txt").close()
    remove(tmp_path, "a.txt")
    (tmp_path / "CURRENT").write_text("damaged", encoding="utf-8")

    with publishing.lock(tmp_path):
        publishing.discard(publishing.prepare(tmp_path, None))

    assert all(
        (tmp_path / "generations" / name / "SHA256SUMS").is_file() for name in ("00000001", "00000002")
    )


@pytest.mark.parametrize("pointer", ["", "../..", "99999999", "å", "x" * 5000, "\0"])
def test_a_pointer_to_nothing_is_damage_with_a_repair(tmp_path: Path, pointer: str) -> None:
    engine = index_of(tmp_path, "a.txt")
    (tmp_path / "CURRENT").write_text(pointer, encoding="utf-8")

    with pytest.raises(IndexDamaged, match="--rebuild"):
        engine.search(SearchRequest())
    with engine.rebuild() as writer:
        writer.put(document("b.txt", section("1")))

    assert engine.search(SearchRequest()).total == 1
    engine.close()


def test_a_missing_folder_is_damage_with_a_repair(tmp_path: Path) -> None:
    index_of(tmp_path, "a.txt").close()
    shutil.rmtree(generations.current(tmp_path))
    engine = WhooshEngine(tmp_path)

    with pytest.raises(IndexDamaged, match="--rebuild"):
        engine.search(SearchRequest())
    with engine.rebuild() as writer:
        writer.put(document("b.txt", section("1")))

    assert engine.search(SearchRequest()).total == 1
    engine.close()


@pytest.mark.parametrize("pattern", KINDS_OF_FILES)
@pytest.mark.parametrize("kept", [None, 0.0, 0.3, 0.9])
def test_a_file_missing_or_cut_short_is_damage_and_not_a_bug(
    tmp_path: Path, pattern: str, kept: float | None
) -> None:
    index_of(tmp_path, *(f"{name}.txt" for name in "abcdef")).close()
    remove(tmp_path, "b.txt")
    file = next(generations.current(tmp_path).glob(pattern))
    content = file.read_bytes()
    file.unlink()
    if kept is not None:
        file.write_bytes(content[: int(len(content) * kept)])
    engine = WhooshEngine(tmp_path)

    with pytest.raises(IndexDamaged, match="--rebuild"):
        engine.search(SearchRequest(parse("skola").tree, facets=FACETS))
    with engine.rebuild() as writer:
        writer.put(document("b.txt", section("1")))

    assert engine.search(SearchRequest()).total == 1
    engine.close()


def test_what_was_open_before_the_damage_goes_on_answering(tmp_path: Path) -> None:
    engine = index_of(tmp_path, "a.txt", "b.txt")
    before = everything_answered(engine)
    for file in generations.current(tmp_path).iterdir():
        file.unlink()

    found = everything_answered(engine)

    assert found == before
    engine.close()


@pytest.mark.parametrize("pattern", ["../../CURRENT", *KINDS_OF_FILES])
def test_no_answer_is_given_from_a_changed_byte(tmp_path: Path, pattern: str) -> None:
    """Either it is not read, and the answer is the same, or it is found."""
    index_of(tmp_path, *(f"{name}.txt" for name in "abcdef")).close()
    remove(tmp_path, "b.txt")
    engine = WhooshEngine(tmp_path)
    expected = everything_answered(engine)
    engine.close()
    generation = generations.current(tmp_path)
    file = next(generation.glob(pattern))
    content = file.read_bytes()
    chance = random.Random(pattern)  # noqa: S311 -- no secret

    for place in chance.sample(range(len(content)), min(FLIPS, len(content))):
        changed = bytearray(content)
        changed[place] ^= 1 << chance.randrange(8)
        replace_file(file, changed)
        answer = everything_answered_or_damage(tmp_path)

        assert answer in (expected, DAMAGED), (file, place)
        assert answer == DAMAGED or file.suffix == ".arrays", "only array files are not read as a whole"
        if file.parent == generation and file.name != "SHA256SUMS":
            assert len(list(checksums.damaged_files(generation))) == 1
        replace_file(file, content)

    assert everything_answered_or_damage(tmp_path) == expected


def test_a_disk_that_fails_while_a_run_is_published_leaves_the_answers_as_they_were(tmp_path: Path) -> None:
    engine = index_of(tmp_path, "a.txt", "b.txt")
    before = everything_answered(engine)

    def broken(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    with publishing.lock(tmp_path):
        unfinished = publishing.prepare(tmp_path, generations.current(tmp_path))
        with pytest.raises(OSError, match="Input/output"):
            publishing.publish(tmp_path, unfinished, fsync=broken)

    assert everything_answered(engine) == before
    assert everything_answered_or_damage(tmp_path) == before
    engine.close()


def test_a_generation_that_is_searched_is_not_removed(tmp_path: Path) -> None:
    reader = index_of(tmp_path, *(f"{name}.txt" for name in "abc"))
    hits = reader.scan(SearchRequest())
    found = [next(hits).entry.source]

    for name in "defg":
        index_of(tmp_path, f"{name}.txt").close()
    while_it_is_read = len(list((tmp_path / "generations").iterdir()))
    found += [hit.entry.source for hit in hits]
    reader.close()
    index_of(tmp_path, "h.txt").close()

    assert sorted(found) == ["a.txt", "b.txt", "c.txt"]
    assert while_it_is_read == 3
    assert len(list((tmp_path / "generations").iterdir())) == 2


def test_numbers_grow_also_when_the_clock_goes_back(tmp_path: Path) -> None:
    days = iter(datetime.datetime(year, 1, 1, tzinfo=datetime.UTC) for year in (2030, 1970, 2038, 1999) * 9)
    engine = WhooshEngine(tmp_path, now=lambda: next(days))
    seen = []

    for name in "abcd":
        with engine.update() as writer:
            writer.put(document(f"{name}.txt", section("1")))
        seen.append((engine.manifest().generation, engine.search(SearchRequest()).total))

    assert seen == [("1", 1), ("2", 2), ("3", 3), ("4", 4)]
    engine.close()
