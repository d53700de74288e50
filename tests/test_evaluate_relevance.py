"""`evaluate.py relevance` from judged queries to tables."""

import json

import pytest

from scripts.evaluate import main
from tests.minutes_folder import write_minutes

JUDGEMENTS = """query\tkind\tid\tgrade
torgfontänen\tinflection\tdimmelunda/ett.txt#§12\t2
isbanan\tinflection\tdimmelunda/tva.txt#§13\t2
dnr:"KS 2031/99"\tzero-hit trap\t-\t0
"""


@pytest.fixture
def folder(tmp_path):
    minutes = tmp_path / "minutes"
    write_minutes(minutes, "dimmelunda/ett.txt", word="torgfontänen", number=12)
    write_minutes(minutes, "dimmelunda/tva.txt", word="isbanan", number=13)
    (tmp_path / "judgements.tsv").write_text(JUDGEMENTS, encoding="utf-8")
    return tmp_path


def evaluate(folder, *arguments):
    common = [
        "relevance",
        "--judgements",
        str(folder / "judgements.tsv"),
        "--minutes",
        str(folder / "minutes"),
    ]
    return main([*common, *map(str, arguments)])


def cells(line):
    return [cell for cell in line.split("  ") if cell.strip()]


def test_the_figures_are_printed_by_kind_and_in_total(folder, capsys):
    status = evaluate(folder)

    printed = capsys.readouterr()
    rows = [[cell.strip() for cell in cells(line)] for line in printed.out.splitlines()[1:]]
    assert status == 0
    assert rows == [
        ["kind", "queries", "recall@10", "MRR@10", "nDCG@10", "P@10", "precision", "traps empty"],
        ["inflection", "2", "1.000", "1.000", "1.000", "0.100", "1.000", "–"],
        ["zero-hit trap", "1", "–", "–", "–", "–", "–", "1 of 1"],
        ["all", "3", "1.000", "1.000", "1.000", "0.100", "1.000", "1 of 1"],
    ]
    assert "Asked 3 queries" in printed.err


def test_a_run_that_was_kept_is_compared_query_by_query(folder, capsys):
    evaluate(folder, "--save", folder / "before.json")
    write_minutes(folder / "minutes", "dimmelunda/ett.txt", word="brandposten", number=12)
    capsys.readouterr()

    status = evaluate(folder, "--compare", folder / "before.json", "--misses")

    printed = capsys.readouterr().out
    assert status == 0
    assert "-0.500 [-1.000, +0.000]" in printed
    assert "'torgfontänen' no hit among 0; misses dimmelunda/ett.txt#§12" in printed


def test_the_kept_run_says_what_was_found(folder):
    evaluate(folder, "--save", folder / "run.json")

    kept = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    by_query = {answer["query"]: answer for answer in kept["answers"]}
    assert by_query["isbanan"]["figures"]["mrr"] == 1
    assert by_query["isbanan"]["results"][0].endswith("-13")
    assert by_query['dnr:"KS 2031/99"']["results"] == []


def test_steps_are_left_out_one_at_a_time(folder, capsys):
    (folder / "judgements.tsv").write_text(
        "isbanan frågan torgfontänen\trelaxed\tdimmelunda/tva.txt#§13\t2\n", encoding="utf-8"
    )

    status = evaluate(folder, "--ablate", "relaxation,exact")

    rows = {line.split("  ")[0]: line for line in capsys.readouterr().out.splitlines()}
    assert status == 0
    assert "-1.000 [-1.000, -1.000]*" in rows["without relaxation"]
    assert "+0.000 [+0.000, +0.000]" in rows["without exact"]


def test_a_hit_that_is_not_in_the_index_is_told_on_stderr(folder, capsys):
    (folder / "judgements.tsv").write_text("isbanan\thead\tdimmelunda/tre.txt\t2\n", encoding="utf-8")

    status = evaluate(folder)

    assert status == 0
    assert "not in the index: dimmelunda/tre.txt" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--compare", "missing.json"], "missing.json"),
        (["--compare", "judgements.tsv"], "is no saved run"),
    ],
)
def test_what_cannot_be_done_is_said_with_status_2(folder, capsys, monkeypatch, arguments, problem):
    monkeypatch.chdir(folder)

    status = evaluate(folder, *arguments)

    assert status == 2
    assert problem in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong", [["--ablate", "magic"], ["--k", "0"], ["--k", "1000"], ["--index", "there"]]
)
def test_arguments_that_make_no_sense_are_wrong_use(folder, capsys, wrong):
    with pytest.raises(SystemExit) as stopped:
        evaluate(folder, *wrong)

    assert stopped.value.code == 2
    assert wrong[0] in capsys.readouterr().err


def test_runs_over_different_numbers_of_results_are_not_compared(folder, capsys):
    evaluate(folder, "--save", folder / "before.json")

    status = evaluate(folder, "--compare", folder / "before.json", "--k", "5")

    assert status == 2
    assert "the first 10 and the first 5" in capsys.readouterr().err
