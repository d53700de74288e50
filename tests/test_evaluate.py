import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.evaluate import main
from scripts.evaluation.decisions import read_labels
from scripts.evaluation.extraction import DEFAULT_GOLD, title_hash
from tests.real_minutes import real_minutes

MINUTES = "Påhittade nämnden\nProtokoll\n2031-06-09\n\n§ 1 2031.001 BN\n\nBad\n\nBeslut\n\nBadet öppnas.\n"


def gold(folder, rows):
    folder.mkdir()
    header = "source\tnumber\tdnr\ttitle_sha256"
    lines = ["\t".join(row) for row in rows]
    (folder / "sections.tsv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return folder


def test_right_wrong_missing_and_spurious_sections_are_counted(tmp_path, capsys):
    minutes = tmp_path / "minutes" / "fablebo"
    minutes.mkdir(parents=True)
    for name in ("right.txt", "wrong.txt"):
        (minutes / name).write_text(f"{MINUTES}\n\n{name}\n", encoding="utf-8")
    title = title_hash("bad")
    rows = [
        ("fablebo/right.txt", "1", "BN 2031/1", title),
        ("fablebo/wrong.txt", "2", "", title),
    ]
    folder = gold(tmp_path / "gold", rows)
    out = tmp_path / "out.json"
    arguments = ["--minutes", tmp_path / "minutes", "--gold", folder, "--json", out]

    status = main(["extraction", *map(str, arguments)])

    figures = json.loads(out.read_text(encoding="utf-8"))["fablebo"]
    assert status == 0
    assert (figures["expected"], figures["found"], figures["missing"], figures["spurious"]) == (2, 1, 1, 1)
    assert figures["right"] == {"title": 1, "dnr": 1}
    assert "fablebo/wrong.txt: § 2 is missing" in capsys.readouterr().out


def test_sections_of_real_minutes_are_found_with_title_and_dnr(tmp_path):
    main(["extraction", "--minutes", str(real_minutes()), "--json", str(tmp_path / "out.json")])

    figures = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    for folder in ("alingsas", "goteborg"):
        result = figures[folder]
        assert result["found"] >= 0.98 * result["expected"]
        assert result["spurious"] <= 0.02 * result["expected"]
        assert result["right"]["title"] >= 0.97 * result["expected"]
        assert result["right"]["dnr"] >= 0.97 * result["expected"]


DECISIONS = """# What is said above the labels.
source	number	label
fablebo/a.txt	1	final
fablebo/a.txt	2	proposal
fablebo/a.txt	3	referred
fablebo/a.txt	4	none
fablebo/a.txt	5	final
fablebo/a.txt	6	final
"""
DECIDING = """Påhittade nämnden
Protokoll
2031-06-09

§ 1 Bad

Beslut

Badet öppnas.

§ 2 Lek

Beslut

Nämnden föreslår att kommunfullmäktige beslutar att stänga leken.

§ 3 Park

Beslut

Ärendet bordläggs.

§ 4 Prat

Rektor berättar.

§ 5 Torg

Beslut

Ärendet bordläggs.
"""


def test_told_decisions_are_counted_by_label_and_misses_are_listed(tmp_path, capsys):
    folder = tmp_path / "minutes" / "fablebo"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(DECIDING, encoding="utf-8")
    labels = tmp_path / "labels.tsv"
    labels.write_text(DECISIONS, encoding="utf-8")
    out = tmp_path / "out.json"
    arguments = ["--minutes", tmp_path / "minutes", "--gold", labels, "--json", out, "--misses"]

    status = main(["decisions", *map(str, arguments)])

    figures = json.loads(out.read_text(encoding="utf-8"))
    printed = capsys.readouterr().out
    assert status == 0
    assert (figures["total"], figures["right"]) == (6, 4)
    assert figures["confusion"]["final"] == {"final": 1, "missing": 1, "referred": 1}
    assert "66.7 % right" in printed
    assert "fablebo/a.txt: § 5 is final, told as referred" in printed


@pytest.mark.parametrize("row", ["fablebo/a.txt\t7\tperhaps", "fablebo/a.txt\t1\tfinal"])
def test_a_label_that_is_unknown_or_given_twice_is_refused(tmp_path, row):
    labels = tmp_path / "labels.tsv"
    labels.write_text(DECISIONS + row + "\n", encoding="utf-8")

    with pytest.raises(ValueError, match="unknown label or twice"):
        read_labels(labels)


@pytest.mark.parametrize("name", ["decisions.tsv", "decisions_held_out.tsv"])
def test_proposals_referrals_and_decisions_of_real_minutes_are_told_apart(tmp_path, name):
    out = tmp_path / "out.json"

    main(
        [
            "decisions",
            "--minutes",
            str(real_minutes()),
            "--gold",
            str(DEFAULT_GOLD / name),
            "--json",
            str(out),
        ]
    )

    figures = json.loads(out.read_text(encoding="utf-8"))
    assert figures["right"] >= 0.95 * figures["total"]


def test_each_subcommand_explains_itself(capsys):
    for subcommand in ("decisions", "extraction", "relevance"):
        with pytest.raises(SystemExit) as stopped:
            main([subcommand, "--help"])

        assert stopped.value.code == 0
        assert "--minutes" in capsys.readouterr().out


def test_the_script_runs_from_another_folder(tmp_path):
    script = Path(__file__).resolve().parents[1] / "scripts" / "evaluate.py"

    done = subprocess.run(
        [sys.executable, str(script), "relevance", "--help"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )

    assert "--judgements" in done.stdout
