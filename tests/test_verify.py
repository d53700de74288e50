"""`verify` says what is damaged and how to repair it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index import generations
from index.engines.whoosh_engine import WhooshEngine
from index.indexing import reindex
from index.request import SearchRequest
from search_service.cli import main
from tests.minutes_folder import write_minutes
from tests.takedown.unfinished import stop_taking_down


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify")
    for number in range(3):
        write_minutes(folder / "minutes", f"{number}.txt", word="sandlådan", number=number + 1)
    engine = WhooshEngine(folder / "index")
    reindex(folder / "minutes", engine)
    engine.close()
    return folder / "index"


@pytest.fixture
def index(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "index")


def run(index: Path) -> Result:
    return CliRunner().invoke(main, ["verify", "--index", str(index)])


def files(index: Path) -> list[Path]:
    return sorted(generations.current(index).iterdir())


def test_a_sound_index_is_said_to_be_sound(index: Path) -> None:
    said = run(index)

    assert said.exit_code == 0
    assert said.stdout == (
        f"generation 1 is sound: {len(files(index))} files, "
        f"{sum(file.stat().st_size for file in files(index)) / 1e6:.1f} MB\n"
    )
    assert said.stderr == ""


def test_a_changed_byte_in_any_file_is_said_with_the_file_and_the_repair(index: Path) -> None:
    for file in [index / "CURRENT", *files(index)]:
        before = file.read_bytes()
        changed = bytearray(before)
        changed[len(changed) // 2] ^= 0x20
        file.unlink()
        file.write_bytes(changed)

        said = run(index)
        file.write_bytes(before)

        assert said.exit_code == 70, file
        assert file.name in said.stdout or file.name == "CURRENT"
        assert f"minutes-search reindex --rebuild --minutes … --index {index}" in said.stdout
    assert run(index).exit_code == 0


def test_every_damaged_file_is_named(index: Path) -> None:
    first, second, *_ = (file for file in files(index) if file.suffix == ".arrays")
    first.unlink()
    content = second.read_bytes()
    second.unlink()
    second.write_bytes(content[:-1])

    said = run(index)

    assert said.exit_code == 70
    assert f"{first} saknas." in said.stdout
    assert f"{second} har ändrats." in said.stdout


def test_a_missing_folder_of_files_is_damage(index: Path) -> None:
    shutil.rmtree(generations.current(index))

    assert run(index).exit_code == 70


@pytest.mark.parametrize("content", [None, "["])
def test_a_lost_list_of_takedowns_is_said(index: Path, content: str | None) -> None:
    engine = WhooshEngine(index)
    stop_taking_down(engine, next(engine.scan(SearchRequest())).entry.id, is_hidden=True)
    engine.close()
    before = run(index)
    listed = index / "takedowns.json"
    listed.unlink()
    if content is not None:
        listed.write_text(content, encoding="ascii")

    said = run(index)

    assert before.exit_code == 0
    assert said.exit_code == 70
    assert str(listed) in said.stdout
    assert "säkerhetskopia" in said.stdout
    assert "--rebuild" not in said.stdout


def test_where_there_is_no_index_nothing_is_sound_or_damaged(tmp_path: Path) -> None:
    said = run(tmp_path / "nowhere")

    assert said.exit_code == 2
    assert said.stdout == ""
    assert "minutes-search reindex" in said.stderr


def test_what_is_checked_is_not_changed_and_can_be_searched_meanwhile(index: Path) -> None:
    engine = WhooshEngine(index)
    manifest = engine.manifest()

    said = run(index)

    assert said.exit_code == 0
    assert engine.manifest() == manifest
    engine.close()
