import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.benchmark import main

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "benchmark.py"


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    """Return a folder with one document."""
    folder = tmp_path / "minutes" / "fablebo"
    folder.mkdir(parents=True)
    text = "Påhittade nämnden\nProtokoll\n2031-06-09\n\n§ 1 2031.001 PN\n\nBad\n\nBeslut\n\nBadet öppnas.\n"
    (folder / "protokoll.txt").write_text(text, encoding="utf-8")
    return folder.parent


def test_the_analysis_is_measured_cold_and_warm(
    minutes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"

    status = main(
        ["analysis", "--minutes", str(minutes), "--rounds", "2", "--without-lexicon", "--json", str(file)]
    )

    figures = json.loads(file.read_text("utf-8"))
    printed = capsys.readouterr().out
    assert status == 0
    assert figures["sections"] == 1
    assert figures["tokens"] > 2
    assert "lexicon none" in figures["analysis"]
    assert all(len(figures[name]["seconds"]) == 2 for name in ("cold", "warm"))
    assert f"{figures['warm']['tokens_per_second']:,} tokens a second" in printed


def test_a_folder_without_minutes_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["analysis", "--minutes", str(tmp_path), "--without-lexicon"])

    assert status == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_no_rounds_are_wrong_use() -> None:
    with pytest.raises(SystemExit) as raised:
        main(["analysis", "--rounds", "0"])

    assert raised.value.code == 2


def test_the_script_runs_as_a_program_and_says_what_it_can_measure() -> None:
    shown = subprocess.run([sys.executable, SCRIPT, "--help"], capture_output=True, text=True, check=True)

    assert "analysis" in shown.stdout
