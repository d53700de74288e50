"""A folder that is not whole does not replace an index of one that was."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from index.errors import FolderShrank, TooManyUnreadable
from index.guards import Guards
from search_service.cli import main
from tests.minutes_folder import write_minutes

FOLDER = Path("minutes")
NUMBERS = st.integers(0, 2_000)


def refuses_documents(before: int, after: int, *, allow: bool = False) -> bool:
    try:
        Guards(allow_shrink=allow).check_documents(FOLDER, before=before, after=after)
    except FolderShrank:
        return True
    return False


def refuses_files(unreadable: int, files: int, *, allow: bool = False) -> bool:
    try:
        Guards(allow_unreadable=allow).check_unreadable(FOLDER, unreadable=unreadable, files=files)
    except TooManyUnreadable:
        return True
    return False


@given(NUMBERS, NUMBERS)
def test_more_than_a_tenth_of_the_documents_does_not_go_unasked(before: int, after: int) -> None:
    too_many = before - after > before / 10 and (before - after > 1 or not after)

    assert refuses_documents(before, after) == too_many
    assert not refuses_documents(before, after, allow=True)


@pytest.mark.parametrize(
    ("before", "after", "refused"),
    [
        (0, 0, False),
        (1, 0, True),
        (2, 1, False),
        (3, 1, True),
        (20, 18, False),
        (19, 17, True),
        (1000, 900, False),
        (1000, 899, True),
        (10, 500, False),
    ],
)
def test_the_border_of_a_shrunken_folder(before: int, after: int, *, refused: bool) -> None:
    assert refuses_documents(before, after) == refused


@given(NUMBERS, NUMBERS)
def test_more_than_a_fiftieth_of_the_files_is_not_unreadable_unasked(readable: int, unreadable: int) -> None:
    files = readable + unreadable

    assert refuses_files(unreadable, files) == (files >= 50 and unreadable > files / 50)
    assert not refuses_files(unreadable, files, allow=True)


def minutes_of(folder: Path, count: int) -> list[Path]:
    return [write_minutes(folder, f"{number:03}.txt", word=f"ord{number}") for number in range(count)]


def run(folder: Path, *arguments: str, **environment: str) -> Result:
    folders = ["--minutes", str(folder / "minutes"), "--index", str(folder / "index")]
    return CliRunner().invoke(main, ["reindex", "--word-list", "none", *folders, *arguments], env=environment)


def published(folder: Path) -> bytes:
    return (folder / "index" / "CURRENT").read_bytes()


@pytest.mark.parametrize("rebuild", [[], ["--rebuild"]])
def test_a_folder_that_shrank_ends_with_66_and_numbers_until_it_is_allowed(
    tmp_path: Path, rebuild: list[str]
) -> None:
    files = minutes_of(tmp_path / "minutes", 10)
    run(tmp_path)
    before = published(tmp_path)
    for file in files[:4]:
        file.unlink()

    refused = run(tmp_path, *rebuild)
    untouched = published(tmp_path)
    allowed = run(tmp_path, *rebuild, "--allow-shrink")

    assert (refused.exit_code, refused.stdout) == (66, "")
    assert "ger 6 handlingar, men indexet har 10" in refused.stderr
    assert "--allow-shrink" in refused.stderr
    assert untouched == before
    assert not list((tmp_path / "index").rglob("*.tmp"))
    assert allowed.exit_code == 0
    assert "6 documents" in allowed.stdout


def test_files_that_became_unreadable_are_documents_that_went(tmp_path: Path) -> None:
    files = minutes_of(tmp_path / "minutes", 10)
    run(tmp_path)
    for file in files[:4]:
        file.write_bytes(b"%PDF-1.7 " + file.name.encode())

    refused = run(tmp_path)

    assert refused.exit_code == 66
    assert "ger 6 handlingar, men indexet har 10" in refused.stderr


def test_a_folder_whose_files_were_moved_has_not_shrunk(tmp_path: Path) -> None:
    minutes_of(tmp_path / "minutes", 10)
    run(tmp_path)
    (tmp_path / "minutes").rename(tmp_path / "2021")
    (tmp_path / "minutes").mkdir()
    (tmp_path / "2021").rename(tmp_path / "minutes" / "2021")

    moved = run(tmp_path)

    assert moved.exit_code == 0
    assert "10 added, 0 updated, 10 removed" in moved.stdout


def test_a_damaged_index_has_nothing_to_shrink_from_when_it_is_rebuilt(tmp_path: Path) -> None:
    files = minutes_of(tmp_path / "minutes", 10)
    run(tmp_path)
    for file in files[:4]:
        file.unlink()
    (tmp_path / "index" / "CURRENT").write_bytes(b"\0")

    rebuilt = run(tmp_path, "--rebuild")

    assert rebuilt.exit_code == 0
    assert "6 documents" in rebuilt.stdout


def test_many_unreadable_files_end_with_65_until_a_variable_allows_them(tmp_path: Path) -> None:
    minutes_of(tmp_path / "minutes", 48)
    for number in range(2):
        # Not the same bytes: of two files that are the same, one is read.
        (tmp_path / "minutes" / f"x{number}.pdf").write_bytes(b"%%PDF-1.7 broken %d" % number)

    refused = run(tmp_path)
    allowed = run(tmp_path, MINUTES_REINDEX_ALLOW_UNREADABLE="1")
    nothing_new = run(tmp_path)

    assert (refused.exit_code, refused.stdout) == (65, "")
    assert "2 av 50 filer" in refused.stderr
    assert "--allow-unreadable" in refused.stderr
    assert allowed.exit_code == 0
    assert "48 documents" in allowed.stdout
    assert nothing_new.exit_code == 0
