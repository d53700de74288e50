from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from corpus.errors import MinutesFolderError
from index.engines.whoosh_engine import WhooshEngine
from index.errors import (
    FolderShrank,
    IndexBusy,
    IndexDamaged,
    IndexMissing,
    IndexUnconfirmed,
    TooManyUnreadable,
)
from index.indexing import reindex
from search_service.cli import main
from search_service.exit_status import status_of, statuses_line
from search_service.settings import settings_rows
from tests.minutes_folder import write_minutes

README = Path(__file__).resolve().parent.parent / "README.md"
CONTEXT = click.Context(main)
COMMANDS = {name: main.get_command(CONTEXT, name) for name in main.list_commands(CONTEXT)}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    minutes = folder / "minutes"
    write_minutes(minutes, "a.txt", word="sandlådan", number=7, date="2019-11-25")
    write_minutes(minutes, "b.txt", word="sandlådor och gungor", number=8, date="2021-03-04")
    write_minutes(minutes, "c.txt", word="klätterborgen", number=9, date="2022-05-06")
    engine = WhooshEngine(folder / "index")
    reindex(minutes, engine)
    engine.close()
    return folder / "index"


def run(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)


def options() -> Iterator[tuple[str, click.Option]]:
    for name, command in COMMANDS.items():
        for option in command.params if command else ():
            if isinstance(option, click.Option):
                yield name, option


def test_help_shows_every_command_the_exit_statuses_and_an_example() -> None:
    shown = run("--help")

    assert shown.exit_code == 0
    assert list(COMMANDS) == [
        "reindex",
        "serve",
        "search",
        "explain",
        "suggest",
        "verify",
        "rollback",
        "takedown",
        "sources",
    ]
    assert all(name in shown.stdout for name in (*COMMANDS, "Examples:", "Exit status"))


def test_the_readme_and_the_help_have_the_exit_statuses_of_the_code() -> None:
    readme, shown = (
        " ".join(README.read_text(encoding="utf-8").split()),
        " ".join(run("--help").stdout.split()),
    )

    assert statuses_line() in shown
    assert statuses_line() in readme.replace("`", "")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (IndexBusy(), 75),
        (IndexDamaged(), 70),
        (IndexMissing(), 2),
        (MinutesFolderError(), 2),
        (FolderShrank(), 66),
        (TooManyUnreadable(), 65),
        (OSError(28, "No space left on device"), 74),
        (IndexUnconfirmed(Path(), OSError()), 76),
    ],
)
def test_each_kind_of_error_has_a_status_of_its_own(error: Exception, code: int) -> None:
    assert status_of(error).code == code


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_shows_each_option_with_its_help_and_variable(name: str) -> None:
    words = run(name, "--help").stdout.split()

    for command, option in options():
        if command == name:
            variable = option.envvar or f"MINUTES_{name}_{option.name}".upper()
            assert set(option.opts) & {word.rstrip(",") for word in words}
            assert any(str(variable) in word for word in words), variable
            assert option.help


def test_settings_are_options_of_the_names_and_variables_in_their_table() -> None:
    of_serve = [option for command, option in options() if command == "serve"]

    assert [(option.name, option.opts, option.envvar, option.default) for option in of_serve] == [
        (row.field, [row.option], row.variable, row.default) for row in settings_rows()
    ]


def test_version_is_shown() -> None:
    shown = run("--version")

    assert shown.exit_code == 0
    assert shown.stdout.startswith("minutes-search, version ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["nonsense"],
        ["reindex"],
        ["reindex", "--minutes"],
        ["serve", "--port", "http"],
        ["search", "a", "b"],
        ["suggest"],
        ["suggest", "a", "b"],
        ["search", "--limit", "0"],
        ["search", "--sort", "sideways"],
        ["search", "--year", "soon"],
        ["search", "--municipality", "Å!"],
        ["search", "--date-from", "2019-02-30"],
        ["search", "--date-from", "2020", "--date-to", "2019"],
    ],
)
def test_wrong_use_ends_with_status_2_and_a_message_on_stderr(arguments: list[str], index: Path) -> None:
    result = run(*arguments, MINUTES_INDEX=str(index), MINUTES_DIR="")

    assert result.exit_code == 2
    assert "Error" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("minutes", "index_folder"),
    [("m", "m"), ("m", "m/index"), ("m/below", "m"), ("m", "m/below/../index"), ("link", "m/index")],
)
def test_an_index_and_its_minutes_keep_to_folders_of_their_own(
    tmp_path: Path, minutes: str, index_folder: str
) -> None:
    write_minutes(tmp_path / "m" / "below", "a.txt", word="sandlådan")
    (tmp_path / "link").symlink_to(tmp_path / "m")
    before = sorted(tmp_path.rglob("*"))

    for command in (["reindex"], ["reindex", "--rebuild"]):
        result = run(*command, "--minutes", tmp_path / minutes, "--index", tmp_path / index_folder)

        assert (result.exit_code, result.stdout) == (2, "")
        assert "one inside the other" in result.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_an_index_that_is_a_file_is_refused_by_name(tmp_path: Path) -> None:
    write_minutes(tmp_path / "minutes", "a.txt", word="sandlådan")
    (tmp_path / "index").write_text("mine")

    result = run("reindex", "--minutes", tmp_path / "minutes", "--index", tmp_path / "index")

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{tmp_path / 'index'}' is no folder" in result.stderr
    assert "Errno" not in result.stderr
    assert (tmp_path / "index").read_text() == "mine"


def test_an_error_of_the_system_is_a_sentence_that_names_the_file(tmp_path: Path) -> None:
    write_minutes(tmp_path / "minutes", "a.txt", word="sandlådan")
    lock = tmp_path / "index" / "LOCK"
    lock.mkdir(parents=True)

    result = run("reindex", "--minutes", tmp_path / "minutes", "--index", tmp_path / "index")

    assert (result.exit_code, result.stdout) == (74, "")
    assert str(lock) in result.stderr
    assert "Errno" not in result.stderr


def test_a_first_index_of_a_folder_without_minutes_is_made_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "minutes").mkdir()

    result = run("reindex", "--minutes", tmp_path / "minutes", "--index", tmp_path / "index")

    assert result.exit_code == 0
    assert "0 documents" in result.stdout
    assert "no minutes" in result.stderr


def test_a_bad_variable_is_named_with_its_value() -> None:
    result = run("serve", MINUTES_PORT="http")

    assert result.exit_code == 2
    assert all(part in result.stderr for part in ("MINUTES_PORT", "'http'", "whole number"))


def test_without_an_index_search_says_so_with_status_2(tmp_path: Path) -> None:
    result = run("search", "sandlåda", "--index", tmp_path / "none")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "none" in result.stderr


def test_search_prints_the_hits_best_first(index: Path) -> None:
    result = run("search", "sandlådan", "--index", index)

    assert result.exit_code == 0
    assert "a.txt" in result.stdout
    assert "2019-11-25" in result.stdout
    assert "c.txt" not in result.stdout


def test_a_filter_restricts_the_search_as_it_does_over_http(index: Path) -> None:
    result = run("search", "--year", "2021..2022", "--sort", "date", "--json", "--index", index)

    answer = json.loads(result.stdout)
    assert {hit["source"] for hit in answer["results"]} == {"b.txt", "c.txt"}
    assert [hit["date"] for hit in answer["results"]] == sorted(hit["date"] for hit in answer["results"])
    assert answer["total"] == len(answer["results"])


def test_a_repeated_filter_means_or(index: Path) -> None:
    result = run("search", "--year", "2019", "--year", "2022", "--json", "--index", index)

    assert {hit["year"] for hit in json.loads(result.stdout)["results"]} == {2019, 2022}


def test_pages_of_the_command_line_add_up(index: Path) -> None:
    whole = json.loads(run("search", "--json", "--index", index).stdout)

    pages = [
        json.loads(run("search", "--json", "--limit", "2", "--page", str(page), "--index", index).stdout)
        for page in range(1, whole["total"] // 2 + 2)
    ]

    ids = [hit["id"] for page in pages for hit in page["results"]]
    assert ids == [hit["id"] for hit in whole["results"]]


@pytest.mark.parametrize(
    "query", ["14:30", "kosten/baten", '"', "(", ":::", "a:b", "\\", "*", "§", "🙂", "-", "(((a", "NOT", "--"]
)
def test_odd_queries_are_answered(query: str, index: Path) -> None:
    searched = run("search", "--index", index, "--", query)
    explained = run("explain", "--index", index, "--", query)

    assert searched.exit_code == explained.exit_code == 0


def test_a_limit_of_the_settings_binds_the_command_line_too(index: Path) -> None:
    result = run("search", "sandlåda", "--index", index, MINUTES_MAX_QUERY_CHARACTERS="3")

    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")


def test_what_a_file_holds_cannot_command_a_terminal(tmp_path: Path) -> None:
    write_minutes(tmp_path / "minutes", "a.txt", word="\x1b[2J\x9bsandlådan\u202e")
    engine = WhooshEngine(tmp_path / "index")
    reindex(tmp_path / "minutes", engine)
    engine.close()

    shown = [run(name, "sandlådan", "--index", tmp_path / "index").stdout for name in ("search", "explain")]

    assert all("sandlådan" in text for text in shown)
    assert all(text.replace("\n", "").isprintable() for text in shown)
