"""The folder of an index: what is refused, what is swept, what is kept."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from index import generations
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexDamaged, IndexUnsafe
from index.request import FACETS, SearchRequest
from tests.analysis import parse
from tests.builders import document, section


def index_of(folder: Path, *sources: str) -> WhooshEngine:
    engine = WhooshEngine(folder)
    with engine.update() as writer:
        for source in sources:
            writer.put(document(source, section("1", text=f"skola {source}", decision="Bifall.")))
    return engine


def test_a_folder_that_everyone_may_write_to_is_not_opened(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    index_of(folder, "a.txt").close()
    folder.chmod(0o777)
    engine = WhooshEngine(folder)

    with pytest.raises(IndexUnsafe, match="chmod o-w"):
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
    with generations.lock(tmp_path):
        leftover = generations.prepare(tmp_path, generations.current(tmp_path))

    with engine.update() as writer:
        writer.put(document("b.txt", section("1")))

    assert not leftover.exists()
    assert engine.search(SearchRequest()).total == 2
    engine.close()


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


@pytest.mark.parametrize("pattern", ["*.seg", "*.toc", "manifest.json", "SHA256SUMS"])
@pytest.mark.parametrize("kept", [0.0, 0.3, 0.9])
def test_a_file_cut_short_is_damage_and_not_a_bug(tmp_path: Path, pattern: str, kept: float) -> None:
    index_of(tmp_path, *(f"{name}.txt" for name in "abcdef")).close()
    (file,) = generations.current(tmp_path).glob(pattern)
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * kept)])
    engine = WhooshEngine(tmp_path)

    with pytest.raises(IndexDamaged, match="--rebuild"):
        engine.search(SearchRequest(parse("skola").tree, facets=FACETS))
    with engine.rebuild() as writer:
        writer.put(document("b.txt", section("1")))

    assert engine.search(SearchRequest()).total == 1
    engine.close()


@pytest.mark.parametrize("seed", range(30))
def test_a_changed_byte_in_any_file_is_found_before_an_answer_is_given_from_it(
    tmp_path: Path, seed: int
) -> None:
    index_of(tmp_path, *(f"{name}.txt" for name in "abcdef")).close()
    chance = random.Random(seed)  # noqa: S311 -- no secret
    files = [tmp_path / "CURRENT", *sorted(generations.current(tmp_path).iterdir())]
    file = chance.choice(files)
    content = bytearray(file.read_bytes())
    content[chance.randrange(len(content) - 1)] ^= chance.randrange(1, 256)
    file.write_bytes(content)
    engine = WhooshEngine(tmp_path)

    with pytest.raises(IndexDamaged, match="--rebuild"):
        engine.search(SearchRequest(parse("skola").tree, facets=FACETS))
