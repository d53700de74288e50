from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.discovery import discover
from corpus.document import ReadFailure
from corpus.errors import MinutesFolderError
from corpus.reader import read, read_folder
from tests.factories import write, write_metadata


def sources(folder: Path) -> list[str]:
    return [file.source for file in discover(folder)]


def test_files_of_minutes_are_found_at_every_depth_in_order(tmp_path: Path) -> None:
    for name in ["b.PDF", "a/c.docx", "a/b/d.html", "a.htm", "a.txt", "z.Md"]:
        write(tmp_path, name, name)

    assert sources(tmp_path) == ["a.htm", "a.txt", "a/b/d.html", "a/c.docx", "b.PDF", "z.Md"]


def test_what_is_not_minutes_is_left_out(tmp_path: Path) -> None:
    for name in [
        ".a.pdf",
        ".git/b.pdf",
        "~$c.docx",
        "README.md",
        "LICENSE.txt",
        "d.xlsx",
        "e.pdf.meta.json",
        "pdf",
    ]:
        write(tmp_path, name, name)
    write_metadata(tmp_path, "meta.json", title="x")
    (tmp_path / "g.pdf").mkdir()

    assert sources(tmp_path) == []


def reasons(folder: Path) -> dict[str, str]:
    """What is wrong with each file that cannot be read."""
    return {
        failure.source: failure.reason for failure in read_folder(folder) if isinstance(failure, ReadFailure)
    }


def test_symbolic_links_are_named_and_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "outside/a.pdf", "a")
    write(tmp_path, "minutes/b.txt", "b")
    (tmp_path / "minutes/c.pdf").symlink_to(tmp_path / "outside/a.pdf")
    (tmp_path / "minutes/d").symlink_to(tmp_path / "outside")
    (tmp_path / "minutes/e.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "minutes/f.txt").symlink_to("f.txt")

    found = sources(tmp_path / "minutes")

    assert found == ["b.txt", "c.pdf", "d", "e.txt", "f.txt"]
    assert reasons(tmp_path / "minutes") == dict.fromkeys(
        ["c.pdf", "d", "e.txt", "f.txt"], "symbolisk länk, följs inte"
    )


def test_what_is_no_file_is_named_and_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    os.mkfifo(tmp_path / "meta.json")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "b.txt"))

        found = reasons(tmp_path)

    assert found == {"a.pdf": "ingen vanlig fil (en FIFO)", "b.txt": "ingen vanlig fil (en sockel)"}


def test_a_file_whose_folder_became_a_link_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, "minutes/a/b.txt", "Ärende")
    [file] = discover(tmp_path / "minutes")
    (tmp_path / "minutes/a").rename(tmp_path / "elsewhere")
    (tmp_path / "minutes/a").symlink_to(tmp_path / "elsewhere")

    result = read(file)

    assert isinstance(result, ReadFailure)
    assert result.reason == "symbolisk länk, följs inte"


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(1 << 40)

    found = reasons(tmp_path)

    assert found == {"a.txt": "för stor fil (1 099 511 627 776 byte, högst 209 715 200)"}


def test_folders_in_folders_beyond_the_longest_path_do_not_stop_the_run(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "Ärende")
    at = os.open(tmp_path, os.O_RDONLY)
    for _ in range(2_100):
        os.mkdir("ab", dir_fd=at)
        above, at = at, os.open("ab", os.O_RDONLY, dir_fd=at)
        os.close(above)
    os.close(at)

    first, second = discover(tmp_path)
    failure = read(second)
    subprocess.run(["rm", "-rf", tmp_path / "ab"], check=True)  # shutil recurses

    assert first.source == "a.txt"
    assert isinstance(failure, ReadFailure)
    assert failure.reason == "ingen vanlig fil (en mapp, för långt ned)"


@given(
    names=st.sets(
        st.text(st.sampled_from("aå\u030a\u202e\n\x01\udce5\x7f"), min_size=1, max_size=5), max_size=6
    )
)
def test_every_file_is_listed_whatever_its_name_by_a_source_that_is_seen(names: set[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, name in enumerate(sorted(names)):
            write(Path(folder), f"{name}.txt", str(number))

        listed = discover(Path(folder))

        assert sorted(file.path.name for file in listed) == sorted(f"{name}.txt" for name in names)
        assert len({file.source for file in listed}) == len(names)
        assert all(unicodedata.category(letter)[0] != "C" for file in listed for letter in file.source)


def test_a_name_as_long_as_names_can_be_is_read(tmp_path: Path) -> None:
    name = "a" * 251 + ".txt"
    write(tmp_path, name, "Ärende")

    assert sources(tmp_path) == [name]


def test_a_decomposed_name_is_composed_in_the_source_and_still_opens(tmp_path: Path) -> None:
    write(tmp_path, "A\u030angby/O\u0308versyn.txt", "text")

    [file] = discover(tmp_path)

    assert file.source == "Ångby/Översyn.txt"
    assert file.path.read_bytes() == b"text"


def test_a_name_that_is_not_utf_8_gives_a_source_that_can_be_written_out(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe5r.txt")).write_text("text")

    [file] = discover(tmp_path)

    assert file.source.encode() == "\ufffdr.txt".encode()
    assert file.path.read_bytes() == b"text"


def test_byte_identical_files_are_listed_once_the_first_by_source(tmp_path: Path) -> None:
    for name in ["b/x.pdf", "a/y.pdf", "c.pdf"]:
        write(tmp_path, name, "same")
    write(tmp_path, "d.pdf", "other")

    assert sources(tmp_path) == ["a/y.pdf", "d.pdf"]


def test_of_identical_files_one_with_metadata_of_its_own_is_kept(tmp_path: Path) -> None:
    for name in ["a.pdf", "b.pdf", "c.pdf"]:
        write(tmp_path, name, "same")
    write_metadata(tmp_path, "b.pdf.meta.json", title="b")
    write_metadata(tmp_path, "c.pdf.meta.json", title="c")

    assert sources(tmp_path) == ["b.pdf"]


def test_the_fingerprint_changes_with_the_file_and_with_the_metadata_that_apply(tmp_path: Path) -> None:
    path = write(tmp_path, "a/x.pdf", "1")
    seen = [discover(tmp_path)[0].fingerprint]

    def look() -> None:
        seen.append(discover(tmp_path)[0].fingerprint)

    path.write_text("2")
    look()
    write_metadata(tmp_path, "meta.json", title="rot")
    look()
    write_metadata(tmp_path, "a/meta.json", title="mapp")
    look()
    own = write_metadata(tmp_path, "a/x.pdf.meta.json", title="egen")
    look()
    write_metadata(tmp_path, "a/x.pdf.meta.json", title="egen, ändrad")
    look()

    assert len(set(seen)) == len(seen)
    own.unlink()
    assert discover(tmp_path)[0].fingerprint == seen[3]


def test_the_fingerprint_is_the_same_in_another_folder_and_at_another_time(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write(tmp_path, f"{folder}/a/x.pdf", "1")
        write_metadata(tmp_path, f"{folder}/meta.json", title="rot")
    os.utime(tmp_path / "two/a/x.pdf", (0, 0))

    [one], [two] = discover(tmp_path / "one"), discover(tmp_path / "two")

    assert one.fingerprint == two.fingerprint


def test_metadata_of_a_neighbour_do_not_apply(tmp_path: Path) -> None:
    write(tmp_path, "a/x.pdf", "1")
    before = discover(tmp_path)[0]
    write_metadata(tmp_path, "b/meta.json", title="annan")
    write_metadata(tmp_path, "a/y.pdf.meta.json", title="annan")

    assert discover(tmp_path) == [before]


@pytest.mark.parametrize("name", ["missing", "file.txt"])
def test_a_folder_that_is_not_there_is_the_operators_error(tmp_path: Path, name: str) -> None:
    write(tmp_path, "file.txt", "text")

    with pytest.raises(MinutesFolderError, match=name):
        discover(tmp_path / name)
