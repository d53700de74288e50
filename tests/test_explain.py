"""`explain` and `suggest` on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.engines.whoosh_engine import WhooshEngine
from index.indexing import reindex
from index.query import And, MatchAll, Not, Or, Query, Word
from search_service.cli import main
from search_service.commands.explained_query import tree_lines
from tests.lexicons import lexicon_folder
from tests.minutes_folder import write_minutes


def run(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index without a lexicon."""
    folder = tmp_path_factory.mktemp("explain")
    write_minutes(folder / "minutes", "a.txt", word="sandlådan", number=7, date="2019-11-25")
    write_minutes(folder / "minutes", "b.txt", word="sandlådor och gungor", number=8, date="2021-03-04")
    engine = WhooshEngine(folder / "index")
    reindex(folder / "minutes", engine)
    engine.close()
    return folder / "index"


@pytest.fixture(scope="module")
def swedish(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index with the whole lexicon."""
    folder = tmp_path_factory.mktemp("swedish")
    write_minutes(folder / "minutes", "a.txt", word="skolskjutsreglementet", number=7)
    folders = ("--minutes", folder / "minutes", "--index", folder / "index")
    made = run("reindex", *folders, "--lexicon-dir", lexicon_folder())
    assert made.exit_code == 0, made.output
    return folder / "index"


def parts_of(shown: str) -> list[str]:
    """Return the parts in an explanation of one word."""
    return re.findall(r"^ *parts: (\w+(?:, \w+)*)$", shown, re.MULTILINE)[0].split(", ")


def test_the_parts_of_a_compound_are_shown(swedish: Path) -> None:
    result = run("explain", "skolskjutsreglementet", "--index", swedish)

    assert result.exit_code == 0
    assert {"skola", "skolskjuts", "skjuts", "reglemente"} <= set(parts_of(result.stdout))
    assert re.search(r"^Analysis .*; stemmer snowball.*; lexicon (?!none)", result.stdout, re.MULTILINE)


def test_a_hit_through_a_part_says_so(swedish: Path) -> None:
    reasons = run("explain", "skjuts", "--index", swedish).stdout.partition("Hits")[2]

    assert re.search(r"\+\d\.\d+  text_parts ×", reasons)
    assert "met in text: skjuts" in reasons
    assert "stem" not in reasons


def test_parts_near_each_other_are_shown_with_where_they_are_looked_for(swedish: Path) -> None:
    shown = run("explain", "skolreglementen", "--index", swedish).stdout

    assert re.search(r"near: \(.*\) \+ \(.*\) within 8 positions in title_stem .*text_parts", shown)
    assert "text_near ×" in shown.partition("Hits")[2]


def test_without_an_index_the_query_is_explained_with_the_lexicon_there_is(tmp_path: Path) -> None:
    folders = ("--index", tmp_path / "none", "--lexicon-dir", lexicon_folder())

    result = run("explain", "skolskjutsreglementet", *folders)

    assert result.exit_code == 0
    assert {"skola", "skolskjuts", "skjuts", "reglemente"} <= set(parts_of(result.stdout))
    assert "Word 'skolskjutsreglementet'" in result.stdout
    assert re.search(r"^Hits +none: .*reindex", result.stdout, re.MULTILINE)
    assert not (tmp_path / "none").exists()


def test_without_an_index_and_a_word_list_the_stemmer_alone_is_said_to_work(tmp_path: Path) -> None:
    result = run("explain", "bygglovet", "--index", tmp_path, MINUTES_WORD_LIST="none")

    assert result.exit_code == 0
    assert "lexicon none: the stemmer alone" in result.stdout
    assert "parts:" not in result.stdout.partition("Tree")[0]
    assert not list(tmp_path.iterdir())


def test_tokens_tree_fields_and_why_a_hit_matched_are_shown(index: Path) -> None:
    result = run("explain", "sandlådan -gungor", "--index", index)

    assert result.exit_code == 0
    for part in ("Tokens", "Tree", "Word 'sandlådan'", "Not", "title_stem", "text_exact", "stemmer alone"):
        assert part in result.stdout
    reasons = result.stdout.partition("Hits")[2]
    assert "sandlådan" in reasons
    assert "gungor" not in reasons


@pytest.mark.parametrize(
    "query", ["sandlåda", "sandlådor gungor", '"sandlådor och gungor"', "sand*", "§ 7", "titel:x OR gungor"]
)
def test_what_the_fields_add_up_to_is_the_score(query: str, index: Path) -> None:
    hits = json.loads(run("search", query, "--json", "--index", index).stdout)["results"]

    shown = run("explain", query, "--index", index).stdout.partition("Hits")[2]

    for hit in hits:
        lines = shown.partition(f"({hit['id']})")[2].partition("  score")[0].splitlines()
        words = [float(line.split()[0]) for line in lines if re.match(r" +[+]\d+\.\d{4}  [A-Z]", line)]
        fields = [float(line.split()[0]) for line in lines if re.match(r" +[+]\d+\.\d{4}  [a-z]", line)]
        total = float(lines[-1])
        assert total == pytest.approx(hit["score"], abs=1e-3)
        assert sum(words) == pytest.approx(total, abs=1e-3)
        assert sum(fields) == pytest.approx(total, abs=1e-3)


def test_what_was_replaced_or_may_have_been_meant_is_said(index: Path) -> None:
    shown = run("explain", "sandladan", "--index", index).stdout

    assert re.search(r"^Warning .*sandlådan", shown, re.MULTILINE)
    assert "Word 'sandlådan'" in shown


def test_a_tree_of_any_depth_is_shown() -> None:
    tree: Query = MatchAll()
    for _ in range(5000):
        tree = Not(And((tree, Or((Word("a", ("a",), ("a",)),)))))

    lines = list(tree_lines(tree))

    assert len(lines) == 6 * 5000 + 1


def test_suggestions_are_printed_with_their_kind_and_count(index: Path) -> None:
    lines = [line.split() for line in run("suggest", "sandl", "--index", index).stdout.splitlines()]

    assert lines
    assert all(line[0].isdigit() and line[1] in ("word", "title", "committee", "dnr") for line in lines)
    assert lines[0][2].startswith("sandlåd")


def test_suggestions_are_printed_as_json_too(index: Path) -> None:
    suggestions = json.loads(run("suggest", "sandl", "--json", "--index", index).stdout)["suggestions"]

    assert suggestions[0].keys() == {"text", "kind", "count", "filter"}
    assert json.loads(run("suggest", "", "--json", "--index", index).stdout) == {"suggestions": []}


def test_without_an_index_suggest_says_so_with_status_2(tmp_path: Path) -> None:
    result = run("suggest", "sand", "--index", tmp_path / "none")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "none" in result.stderr


def test_what_is_covered_is_printed_as_lines_and_as_the_answer_of_the_interface(index: Path) -> None:
    lines = run("sources", "--index", index).stdout.splitlines()

    covered = json.loads(run("sources", "--json", "--index", index).stdout)

    assert len(lines) >= len(covered["sources"]) >= 1
    assert str(covered["sources"][0]["sections"]) in lines[0].split()
    assert covered.keys() == {"sources", "unreadable", "generation", "updated"}
