"""Array files: what is written is read back, and nothing is read from what has changed."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from index.errors import IndexDamaged, IndexOutdated
from index.segments.array_file import ArrayFile, ArrayFileWriter
from index.segments.array_format import BLOCK

DTYPES = [
    np.dtype(kind)
    for kind in ("?", "i1", "u1", "<i2", "<u2", ">i4", "<u4", ">i8", "<u8", "<f2", "<f4", ">f8")
]
PIECES = st.sampled_from(DTYPES).flatmap(
    lambda dtype: st.lists(arrays.arrays(dtype, st.integers(0, 40)), min_size=1, max_size=3)
)
FILES = st.dictionaries(st.text(min_size=1, max_size=5), PIECES, max_size=6)
SEVERAL_BLOCKS = 5 * BLOCK // 4 + 7


def written(path: Path, **content: NDArray[Any]) -> Path:
    with ArrayFileWriter(path) as file:
        for name, array in content.items():
            file.add(name, array)
    return path


def everything(path: Path) -> dict[str, list[Any]]:
    with closing(ArrayFile.open(path)) as file:
        return {name: file.whole(name).tolist() for name in file.names}


def small_file(folder: Path) -> Path:
    return written(
        folder / "MAIN_a.arrays",
        docs=np.arange(5, dtype=np.int32),
        empty=np.empty(0, np.uint16),
        live=np.array([True, False, True]),
        weights=np.linspace(0, 1, 4),
    )


@given(content=FILES)
def test_what_was_written_in_pieces_is_read_back_as_a_whole(content: dict[str, list[NDArray[Any]]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "x.arrays")

        with ArrayFileWriter(path) as writer:
            for name, parts in content.items():
                for part in parts:
                    writer.append(name, part)
        file = ArrayFile.open(path)

        assert file.names == tuple(content)
        for name, parts in content.items():
            expected = np.concatenate(parts)
            found = file.whole(name)
            np.testing.assert_array_equal(found, expected)
            assert found.dtype == expected.dtype.newbyteorder("<") == file.dtype(name)
            assert file.length(name) == len(expected)
            assert found.ctypes.data % 64 == 0
            assert not found.flags.writeable


@given(
    array=st.sampled_from(DTYPES[1:]).map((np.arange(SEVERAL_BLOCKS) % 100).astype),
    bounds=st.tuples(st.integers(0, SEVERAL_BLOCKS), st.integers(0, SEVERAL_BLOCKS)).map(sorted),
)
def test_a_slice_is_what_a_slice_of_the_whole_is(array: NDArray[Any], bounds: list[int]) -> None:
    start, stop = bounds
    with TemporaryDirectory() as folder:
        path = written(Path(folder, "x.arrays"), before=np.zeros(100, np.int8), array=array)

        found = ArrayFile.open(path).slice("array", start, stop)

        np.testing.assert_array_equal(found, array[start:stop])


@pytest.mark.parametrize(("start", "stop"), [(-1, 2), (2, 1), (0, 6), (6, 6), (2**40, 2**40 + 1)])
def test_a_range_that_an_array_does_not_have_is_refused(tmp_path: Path, start: int, stop: int) -> None:
    file = ArrayFile.open(small_file(tmp_path))

    with pytest.raises(IndexError):
        file.slice("docs", start, stop)


def test_every_changed_byte_is_found(tmp_path: Path) -> None:
    path = small_file(tmp_path)
    content = path.read_bytes()

    for place in range(len(content)):
        for change in (0x01, 0x80, 0xFF):
            changed = bytearray(content)
            changed[place] ^= change
            path.write_bytes(changed)

            with pytest.raises(IndexDamaged, match=r"MAIN_a\.arrays .*--rebuild"):
                everything(path)


def test_a_file_cut_at_any_length_is_not_opened(tmp_path: Path) -> None:
    path = small_file(tmp_path)
    content = path.read_bytes()

    for length in range(len(content)):
        path.write_bytes(content[:length])

        with pytest.raises(IndexDamaged, match=r"MAIN_a\.arrays .*--rebuild"):
            ArrayFile.open(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content + b"\0",
        lambda content: content + content,
        lambda content: b"\0" * len(content),
        lambda content: content[: len(content) // 2] + b"\0" * (len(content) - len(content) // 2),
        lambda content: b"\0" + content,
    ],
)
def test_a_file_that_became_another_is_not_opened(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    path = small_file(tmp_path)
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(IndexDamaged, match=r"MAIN_a\.arrays .*--rebuild"):
        ArrayFile.open(path)


def test_a_missing_file_is_damage_with_a_repair(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match=r"x\.arrays saknas.*--rebuild"):
        ArrayFile.open(tmp_path / "x.arrays")


def test_a_folder_in_the_place_of_a_file_is_damage_with_a_repair(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="--rebuild"):
        ArrayFile.open(tmp_path)


def test_a_file_of_another_format_version_is_outdated(tmp_path: Path) -> None:
    folder = tmp_path / "generations" / "00000001"
    folder.mkdir(parents=True)
    path = small_file(folder)
    content = bytearray(path.read_bytes())
    start = content[:8] + struct.pack("<I", 2)
    content[:16] = start + struct.pack("<I", zlib.crc32(start))
    path.write_bytes(content)

    with pytest.raises(IndexOutdated, match="reindex") as caught:
        ArrayFile.open(path)

    assert str(tmp_path) in str(caught.value)
    assert "MAIN_a.arrays" in caught.value.changes[0]


def test_a_changed_block_stops_only_what_is_read_from_it(tmp_path: Path) -> None:
    array = np.arange(4 * BLOCK, dtype=np.uint8)
    path = written(tmp_path / "x.arrays", array=array)
    with path.open("r+b") as stream:
        stream.seek(2 * BLOCK + 5)
        stream.write(b"\xff")
    file = ArrayFile.open(path)

    found = file.slice("array", 0, 2 * BLOCK - 64)

    np.testing.assert_array_equal(found, array[: 2 * BLOCK - 64])
    for _ in range(2):
        with pytest.raises(IndexDamaged, match="block 3 av 5"):
            file.slice("array", 2 * BLOCK - 64, 2 * BLOCK - 63)
        with pytest.raises(IndexDamaged):
            file.whole("array")
        with pytest.raises(IndexDamaged):
            file.verify()


@given(
    ranges=st.lists(
        st.tuples(st.integers(0, 4 * BLOCK), st.integers(0, 3 * BLOCK) | st.just(0)), min_size=1, max_size=5
    )
)
def test_ranges_are_refused_when_one_of_them_has_changed(ranges: list[tuple[int, int]]) -> None:
    array = np.arange(4 * BLOCK, dtype=np.uint8)
    bounds = [(start, min(start + length, len(array))) for start, length in ranges]
    starts = np.array([start for start, _ in bounds])
    lengths = np.array([stop - start for start, stop in bounds])
    with TemporaryDirectory() as folder:
        path = written(Path(folder) / "x.arrays", array=array)
        with path.open("r+b") as stream:
            stream.seek(2 * BLOCK + 5)
            stream.write(b"\xff")
        one_by_one, together = ArrayFile.open(path), ArrayFile.open(path)

        try:
            for start, stop in bounds:
                if start < stop:
                    one_by_one.slice("array", start, stop)
        except IndexDamaged:
            for _ in range(2):
                with pytest.raises(IndexDamaged, match="block 3 av 5"):
                    together.ranges("array", starts, lengths)
        else:
            found = together.ranges("array", starts, lengths)
            for start, stop in bounds:
                np.testing.assert_array_equal(found[start:stop], array[start:stop])


def test_verify_finds_what_no_array_stands_in(tmp_path: Path) -> None:
    path = written(tmp_path / "x.arrays", a=np.zeros(1, np.uint8), b=np.zeros(BLOCK, np.uint8))
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)

    with pytest.raises(IndexDamaged):
        ArrayFile.open(path).verify()


def test_threads_share_a_file(tmp_path: Path) -> None:
    array = np.arange(20 * BLOCK, dtype=np.uint32)
    file = ArrayFile.open(written(tmp_path / "x.arrays", array=array))
    together = threading.Barrier(4)

    def read(seed: int) -> bool:
        chance = np.random.default_rng(seed)
        together.wait()
        starts = chance.integers(0, len(array), 300)
        return all(
            np.array_equal(file.slice("array", start, start + 9), array[start : start + 9])
            for start in np.minimum(starts, len(array) - 9).tolist()
        )

    with ThreadPoolExecutor(4) as threads:
        right = list(threads.map(read, range(4)))

    assert all(right)


def test_an_array_outlives_the_file_it_came_from(tmp_path: Path) -> None:
    path = small_file(tmp_path)
    file = ArrayFile.open(path)
    docs = file.whole("docs")

    file.close()
    path.unlink()

    assert docs.tolist() == [0, 1, 2, 3, 4]
    with pytest.raises(KeyError):
        file.whole("docs")


def test_a_file_without_arrays_can_be_read(tmp_path: Path) -> None:
    file = ArrayFile.open(written(tmp_path / "x.arrays"))

    file.verify()

    assert file.names == ()


def test_an_error_while_writing_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), ArrayFileWriter(tmp_path / "x.arrays") as writer:
        writer.add("a", np.arange(BLOCK))
        raise ZeroDivisionError

    assert list(tmp_path.iterdir()) == []


def test_writing_in_the_place_of_a_file_leaves_its_other_names_as_they_were(tmp_path: Path) -> None:
    path = small_file(tmp_path)
    before = everything(path)
    (tmp_path / "linked.arrays").hardlink_to(path)

    written(path, other=np.arange(3))

    assert everything(tmp_path / "linked.arrays") == before
    assert everything(path) == {"other": [0, 1, 2]}


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((2, 2)),
        np.float64(1) + np.zeros(()),
        np.array(["å"]),
        np.array([None]),
        np.zeros(2, complex),
        np.zeros(2, "M8[D]"),
        np.zeros(2, np.longdouble),
    ],
)
def test_only_rows_of_numbers_can_be_written(tmp_path: Path, array: NDArray[Any]) -> None:
    with (
        ArrayFileWriter(tmp_path / "x.arrays") as writer,
        pytest.raises(ValueError, match="cannot be written"),
    ):
        writer.add("array", array)


def test_an_array_is_written_in_one_go(tmp_path: Path) -> None:
    with ArrayFileWriter(tmp_path / "x.arrays") as writer:
        writer.add("a", np.arange(3))
        with pytest.raises(ValueError, match="twice"):
            writer.add("a", np.arange(3))
        with pytest.raises(ValueError, match="not <f8"):
            writer.append("a", np.zeros(2))
        writer.add("b", np.arange(3))
        with pytest.raises(ValueError, match="another array"):
            writer.append("a", np.arange(3))

    assert everything(tmp_path / "x.arrays") == {"a": [0, 1, 2], "b": [0, 1, 2]}
