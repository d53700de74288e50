"""What is found before an index is opened, and what by reading all of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import checksums
from index.errors import IndexDamaged
from index.segments.array_file import ArrayFile, ArrayFileWriter
from index.segments.array_format import BLOCK


def arrays(file: Path, *, first: int = 0) -> None:
    with ArrayFileWriter(file) as writer:
        writer.add("docs", np.arange(first, first + BLOCK, dtype=np.int32))


@pytest.fixture
def generation(tmp_path: Path) -> Path:
    folder = tmp_path / "generations" / "00000001"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_bytes(b'{"documents": {}}')
    (folder / "_MAIN_1.toc").write_bytes(b"toc")
    arrays(folder / "MAIN_a.arrays")
    checksums.write(folder, None)
    return folder


def change(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 0x10
    file.write_bytes(content)


@pytest.mark.parametrize("name", ["manifest.json", "_MAIN_1.toc", "SIZES"])
def test_each_byte_of_what_has_no_checksums_of_its_own_is_checked_at_opening(
    generation: Path, name: str
) -> None:
    for place in range((generation / name).stat().st_size):
        change(generation / name, place)

        with pytest.raises(IndexDamaged, match=f"{name} har ändrats.*--rebuild"):
            checksums.check_at_open(generation)
        change(generation / name, place)
    checksums.check_at_open(generation)


@pytest.mark.parametrize("name", ["manifest.json", "_MAIN_1.toc", "SIZES", "MAIN_a.arrays"])
@pytest.mark.parametrize("kept", [0.0, 0.5, 0.99])
def test_a_file_cut_short_or_missing_is_found_at_opening(generation: Path, name: str, kept: float) -> None:
    content = (generation / name).read_bytes()
    (generation / name).write_bytes(content[: int(kept * len(content))])

    with pytest.raises(IndexDamaged, match=f"{name} har ändrats"):
        checksums.check_at_open(generation)
    (generation / name).unlink()
    with pytest.raises(IndexDamaged, match=name):
        checksums.check_at_open(generation)


def test_another_array_file_of_the_same_size_is_found_at_opening(generation: Path) -> None:
    arrays(generation / "MAIN_a.arrays", first=1)

    with pytest.raises(IndexDamaged, match=r"MAIN_a\.arrays har ändrats"):
        checksums.check_at_open(generation)


def test_the_inside_of_an_array_file_is_left_to_the_file_itself(generation: Path) -> None:
    change(generation / "MAIN_a.arrays", BLOCK + 5)

    checksums.check_at_open(generation)

    with pytest.raises(IndexDamaged):
        ArrayFile.open(generation / "MAIN_a.arrays").whole("docs")


@pytest.mark.parametrize("name", ["manifest.json", "_MAIN_1.toc", "SIZES", "MAIN_a.arrays"])
def test_reading_everything_finds_a_change_in_any_file_and_names_only_that(
    generation: Path, name: str
) -> None:
    file = generation / name
    size = file.stat().st_size
    for place in {0, size // 3, size // 2, size - 1}:
        change(file, place)

        found = list(checksums.damaged_files(generation))

        assert found == [f"{file} har ändrats."]
        change(file, place)


def test_reading_everything_names_all_that_is_wrong(generation: Path) -> None:
    change(generation / "manifest.json", 0)
    (generation / "_MAIN_1.toc").unlink()
    (generation / "stray").write_bytes(b"?")

    found = list(checksums.damaged_files(generation))

    assert found == [
        f"{generation / '_MAIN_1.toc'} saknas.",
        f"{generation / 'manifest.json'} har ändrats.",
        f"{generation / 'stray'} hör inte till indexet; ta bort den.",
    ]


def test_reading_everything_says_how_far_it_is(generation: Path) -> None:
    seen: list[tuple[int, int]] = []

    list(checksums.damaged_files(generation, lambda done, total: seen.append((done, total))))

    size = sum(file.stat().st_size for file in generation.iterdir() if file.name != "SHA256SUMS")
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (size, size)


def test_a_file_is_intact_only_as_it_was_published(generation: Path) -> None:
    before = checksums.is_intact(generation, "manifest.json")
    change(generation / "manifest.json", 3)

    assert before
    assert not checksums.is_intact(generation, "manifest.json")
    assert not checksums.is_intact(generation, "unheard-of")
    assert not checksums.is_intact(generation / "nowhere", "manifest.json")
