"""Publishing generations of made-up files: what outlasts errors, who is kept, what is swept."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from index import checksums, generations, publishing
from index.errors import IndexBusy, IndexDamaged, IndexMissing, IndexUnconfirmed
from index.segments.array_file import ArrayFileWriter

FILES = {"manifest.json": b"{}", "_MAIN_1.toc": b"toc", "lexicon.trie": b"trie" * 1000}
STEPS_TO_POINTER = 10
"""How often a publish of `FILES` and one array file fsyncs: seven files, two folders, the pointer."""


class BrokenDisk:
    """An `fsync` that fails once, at the given call."""

    def __init__(self, fails_at: int) -> None:
        self.calls = 0
        self._fails_at = fails_at

    def __call__(self, descriptor: int) -> None:
        self.calls += 1
        if self.calls == self._fails_at:
            raise OSError(5, "Input/output error")
        os.fsync(descriptor)


def write(generation: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (generation / name).unlink(missing_ok=True)
        (generation / name).write_bytes(content)


def write_arrays(generation: Path, name: str = "MAIN_a.arrays", *, size: int = 1000) -> None:
    with ArrayFileWriter(generation / name) as writer:
        writer.add("docs", np.arange(size, dtype=np.int32))


def publish_first(folder: Path) -> Path:
    with publishing.lock(folder):
        unfinished = publishing.prepare(folder, None)
        write(unfinished, FILES)
        write_arrays(unfinished)
        return publishing.publish(folder, unfinished)


def publish_next(folder: Path, **files: bytes) -> Path:
    with publishing.lock(folder):
        unfinished = publishing.prepare(folder, generations.current(folder))
        write(unfinished, files)
        return publishing.publish(folder, unfinished)


def numbers(folder: Path) -> list[int]:
    return sorted(int(path.name) for path in (folder / "generations").iterdir())


def content(generation: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in generation.iterdir()}


@contextmanager
def held_by_another_process(folder: Path) -> Iterator[subprocess.Popen[str]]:
    program = (
        "import sys; from pathlib import Path; from index import generations; "
        "held = generations.hold(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield holder
        finally:
            holder.kill()


def test_what_is_published_is_current_whole_and_read_only(tmp_path: Path) -> None:
    published = publish_first(tmp_path)

    found = generations.current(tmp_path)

    assert found == published
    assert FILES.items() <= content(found).items()
    assert {stat.S_IMODE(file.stat().st_mode) for file in found.iterdir()} == {0o440}
    checksums.check_at_open(found)
    assert list(checksums.damaged_files(found)) == []


def test_sha256sum_knows_the_format_of_the_checksums(tmp_path: Path) -> None:
    published = publish_first(tmp_path)

    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=published, capture_output=True, check=False
    )

    assert checked.returncode == 0
    assert checked.stdout.count(b": OK") == len(content(published)) - 1


def test_a_generation_shares_the_files_that_did_not_change(tmp_path: Path) -> None:
    first = publish_first(tmp_path)
    before = content(first)

    second = publish_next(tmp_path, **{"manifest.json": b"[]"})

    assert content(first) == before
    assert (second / "MAIN_a.arrays").samefile(first / "MAIN_a.arrays")
    assert (second / "manifest.json").read_bytes() == b"[]"
    assert list(checksums.damaged_files(second)) == []


def test_what_changed_on_the_disk_is_not_made_right_by_the_next_generation(tmp_path: Path) -> None:
    first = publish_first(tmp_path)
    changed = bytearray((first / "lexicon.trie").read_bytes())
    changed[7] ^= 1
    (first / "lexicon.trie").write_bytes(changed)

    second = publish_next(tmp_path, **{"manifest.json": b"[]"})

    with pytest.raises(IndexDamaged, match=r"lexicon\.trie har ändrats.*--rebuild"):
        checksums.check_at_open(second)


@pytest.mark.parametrize("fails_at", range(1, STEPS_TO_POINTER + 1))
def test_an_error_of_fsync_leaves_the_generation_before(tmp_path: Path, fails_at: int) -> None:
    first = publish_first(tmp_path)
    before, pointer = content(first), (tmp_path / "CURRENT").read_bytes()

    with publishing.lock(tmp_path):
        unfinished = publishing.prepare(tmp_path, first)
        write_arrays(unfinished, "MAIN_b.arrays")
        with pytest.raises(OSError, match="Input/output error"):
            publishing.publish(tmp_path, unfinished, fsync=BrokenDisk(fails_at))

    assert generations.current(tmp_path) == first
    assert (tmp_path / "CURRENT").read_bytes() == pointer
    assert content(first) == before
    assert numbers(tmp_path) == [1]
    assert publish_next(tmp_path).name == "00000002"


def test_after_the_pointer_is_replaced_no_error_says_that_the_old_index_is_there(tmp_path: Path) -> None:
    first = publish_first(tmp_path)
    disk = BrokenDisk(STEPS_TO_POINTER + 1)

    with publishing.lock(tmp_path):
        unfinished = publishing.prepare(tmp_path, first)
        write_arrays(unfinished, "MAIN_b.arrays")
        with pytest.raises(IndexUnconfirmed, match="är publicerat"):
            publishing.publish(tmp_path, unfinished, fsync=disk)

    assert disk.calls == STEPS_TO_POINTER + 1
    assert generations.current(tmp_path).name == "00000002"


def test_each_file_and_folder_is_made_durable_before_the_pointer_moves(tmp_path: Path) -> None:
    synced: list[tuple[str, bool]] = []
    first = publish_first(tmp_path)

    def fsync(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        synced.append((str(path), generations.current(tmp_path) == first))

    with publishing.lock(tmp_path):
        unfinished = publishing.prepare(tmp_path, first)
        write_arrays(unfinished, "MAIN_b.arrays")
        published = publishing.publish(tmp_path, unfinished, fsync=fsync)

    before = {path for path, earlier in synced if earlier}
    assert {str(unfinished / name) for name in content(published)} <= before
    assert {str(unfinished), str(unfinished.parent), str(tmp_path / "CURRENT.tmp")} <= before
    assert synced[-1] == (str(tmp_path), False)


def test_an_array_file_that_does_not_say_what_was_written_is_not_published(tmp_path: Path) -> None:
    first = publish_first(tmp_path)

    with publishing.lock(tmp_path):
        unfinished = publishing.prepare(tmp_path, first)
        write_arrays(unfinished, "MAIN_b.arrays", size=100_000)
        changed = bytearray((unfinished / "MAIN_b.arrays").read_bytes())
        changed[200_000] ^= 1
        (unfinished / "MAIN_b.arrays").write_bytes(changed)
        with pytest.raises(IndexDamaged, match=r"MAIN_b\.arrays"):
            publishing.publish(tmp_path, unfinished)

    assert generations.current(tmp_path) == first
    assert numbers(tmp_path) == [1]


def test_numbers_only_grow_also_when_the_pointer_or_the_folders_are_damaged(tmp_path: Path) -> None:
    publish_first(tmp_path)
    for _ in range(3):
        publish_next(tmp_path)

    (tmp_path / "CURRENT").write_text("x", encoding="ascii")
    after_a_damaged_pointer = publish_first(tmp_path)
    for generation in list((tmp_path / "generations").iterdir()):
        for file in generation.iterdir():
            file.unlink()
        generation.rmdir()
    after_all_folders_went = publish_first(tmp_path)

    assert int(after_a_damaged_pointer.name) == 5
    assert int(after_all_folders_went.name) == 6


def test_only_the_generation_before_is_kept_when_no_one_reads(tmp_path: Path) -> None:
    publish_first(tmp_path)

    for _ in range(4):
        publish_next(tmp_path)

    assert numbers(tmp_path) == [4, 5]


def test_a_generation_that_is_held_is_removed_by_the_run_after_the_release(tmp_path: Path) -> None:
    first = publish_first(tmp_path)
    held = generations.hold(tmp_path)
    before = content(first)

    for _ in range(3):
        publish_next(tmp_path)
    numbers_while_held, content_while_held = numbers(tmp_path), content(held.folder)
    held.release()
    held.release()
    with publishing.lock(tmp_path):
        publishing.discard(publishing.prepare(tmp_path, None))

    assert numbers_while_held == [1, 3, 4]
    assert content_while_held == before
    assert numbers(tmp_path) == [3, 4]


def test_a_generation_that_another_process_holds_is_kept_until_that_process_dies(tmp_path: Path) -> None:
    publish_first(tmp_path)

    with held_by_another_process(tmp_path):
        for _ in range(2):
            publish_next(tmp_path)
        while_it_lived = numbers(tmp_path)
    publish_next(tmp_path)

    assert while_it_lived == [1, 2, 3]
    assert numbers(tmp_path) == [3, 4]


def test_a_generation_that_was_removed_cannot_be_held(tmp_path: Path) -> None:
    publish_first(tmp_path)
    second = publish_next(tmp_path)
    for file in second.iterdir():
        file.unlink()

    with pytest.raises(IndexDamaged, match="--rebuild"):
        generations.hold(tmp_path)


def test_a_generation_half_removed_by_a_killed_run_is_removed_by_the_next(tmp_path: Path) -> None:
    first = publish_first(tmp_path)
    for _ in range(2):
        publish_next(tmp_path)
    first.mkdir()
    (first / "manifest.json").write_bytes(b"{}")

    publish_next(tmp_path)

    assert numbers(tmp_path) == [3, 4]


def test_a_generation_that_was_never_pointed_to_keeps_its_number_to_itself(tmp_path: Path) -> None:
    first = publish_first(tmp_path)
    # As after a kill between the two renames.
    (tmp_path / "generations" / "00000002").mkdir()

    third = publish_next(tmp_path)

    assert third.name == "00000003"
    assert numbers(tmp_path) == [int(first.name), 3]


def test_two_runs_cannot_write_at_a_time(tmp_path: Path) -> None:
    with (
        publishing.lock(tmp_path),
        pytest.raises(IndexBusy, match=f"pid {os.getpid()}"),
        publishing.lock(tmp_path),
    ):
        pass


def test_a_folder_without_an_index_is_missing_and_not_damaged(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="minutes-search reindex"):
        generations.hold(tmp_path / "nowhere")
