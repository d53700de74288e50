"""README.sv.md: what it tells clerks to type and to write works."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import click
import pytest

from corpus.file_metadata import read_file_metadata
from search_service.cli import main
from search_service.settings import settings_rows
from tests.web_client import Client, serving_collection

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.sv.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"^\| `([^`]+)` \|", README, re.MULTILINE)
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()
]
OF_SCRIPTS = {"scripts/serve": "serve", "scripts/reindex.py": "reindex"}


def options_of(command: str) -> set[str]:
    found = main.get_command(click.Context(main), command)
    assert found is not None
    return {name for option in found.params if isinstance(option, click.Option) for name in option.opts}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving_client:
        yield serving_client


def test_the_readme_in_english_points_to_it() -> None:
    assert "(README.sv.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("query", QUERIES)
def test_what_it_says_can_be_typed_is_understood_whole(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/search?{urlencode({'q': query, 'strict': 'true'})}")

    assert answer.status == 200, answer.text


def test_it_shows_every_field_of_the_query_language() -> None:
    fields = set(re.findall(r"(\w+):", " ".join(QUERIES)))

    assert fields == {"titel", "beslut", "dnr", "kommun", "organ", "år", "datum", "person", "parti"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_a_script_variables_and_options_that_exist(command: str) -> None:
    words = shlex.split(command, comments=True)
    variables = [word.partition("=")[0] for word in words if re.match(r"[A-Z_]+=", word)]
    script, *arguments = words[len(variables) :]

    known = {row.variable for row in settings_rows()}
    options = options_of(OF_SCRIPTS[script]) if script in OF_SCRIPTS else set()
    assert os.access(ROOT / script, os.X_OK)
    assert set(variables) <= known
    assert {argument for argument in arguments if argument.startswith("--")} <= options


def test_the_example_of_metadata_is_taken_without_a_complaint(tmp_path: Path) -> None:
    example = re.search(r"```json\n(.*?)```", README, re.DOTALL)
    assert example is not None
    path = tmp_path / "meta.json"
    path.write_text(example[1], encoding="utf-8")

    read = read_file_metadata([path], tmp_path)

    assert read.warnings == ()
    assert read.municipality == json.loads(example[1])["municipality"]


def test_its_links_lead_to_files() -> None:
    targets = re.findall(r"\]\(([^)]+)\)", README)

    assert targets
    assert all((ROOT / target).is_file() for target in targets)
