import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.benchmark import main
from scripts.benchmarks.queries import Kind
from tests.benchmarks import needs_tantivy

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "scripts" / "benchmark.py"
SAMPLES = ROOT / "corpus" / "samples" / "bjorkasa"


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
    assert all(len(figures[name]["seconds"]) == 2 for name in ("cold", "warm", "bulk_cold", "bulk_warm"))
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

    assert all(command in shown.stdout for command in ("analysis", "export"))
    assert all(option in shown.stdout for option in ("--sizes", "--large", "--folder", "--only", "--png"))


@pytest.fixture(scope="module")
def whole_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run the whole benchmark, small, as a program; return its folder and what it printed."""
    folder = tmp_path_factory.mktemp("benchmark")
    options = ["--sizes", "200", "--queries", "12", "--rounds", "1", "--http-seconds", "0.3"]
    files = ["--json", folder / "figures.json", "--png", folder / "latency.png", "--work", folder / "work"]
    ran = subprocess.run(
        [sys.executable, SCRIPT, *options, *files], stdout=subprocess.PIPE, text=True, check=True
    )
    return folder, ran.stdout


@pytest.fixture
def figures(whole_run: tuple[Path, str]) -> dict[str, Any]:
    """Return the figures of the small run."""
    found: dict[str, Any] = json.loads((whole_run[0] / "figures.json").read_text("utf-8"))
    return found


@needs_tantivy
def test_the_figures_have_the_keys_that_are_promised(figures: dict[str, Any]) -> None:
    engines = figures["sizes"]["200"]

    assert list(engines) == ["project", "tantivy", "sqlite"]
    for name, engine in engines.items():
        latencies = ["request_ms", "first_request_ms", "top_ten_ms"]
        latencies += ["http_ms"] if name != "sqlite" else []
        for key in latencies:
            assert 0 < engine[key]["p50"] <= engine[key]["p95"] <= engine[key]["p99"]
        for key in ("sections_per_cpu_s", "peak_rss_bytes", "disk_bytes", "open_ms", "anonymous_bytes"):
            assert engine[key] > 0
        assert set(engine["request_p50_ms_by_kind"]) <= set(Kind)
    assert engines["sqlite"]["http_ms"] is None


@needs_tantivy
def test_each_figure_has_its_ratio_to_that_of_tantivy(figures: dict[str, Any]) -> None:
    engines = figures["sizes"]["200"]

    expected = engines["project"]["request_ms"]["p50"] / engines["tantivy"]["request_ms"]["p50"]
    assert engines["project"]["ratios"]["request_ms.p50"] == pytest.approx(expected, abs=1e-3)
    assert set(engines["tantivy"]["ratios"].values()) == {1.0}


@needs_tantivy
def test_requests_a_second_are_measured_with_one_worker_and_with_two(figures: dict[str, Any]) -> None:
    for name in ("project", "tantivy"):
        served = figures["sizes"]["200"][name]["http"]
        assert list(served) == ["1_workers", "2_workers"]
        for rates in served.values():
            assert rates["requests_per_s"] > 0
            assert rates["requests_per_server_cpu_s"] > 0
            assert rates["answer_bytes"] > 500


@needs_tantivy
def test_what_is_printed_names_the_mix_the_matches_and_every_engine(whole_run: tuple[Path, str]) -> None:
    _, printed = whole_run

    assert "12 queries (one common word: " in printed
    assert "matches: project, tantivy, sqlite" in printed
    assert "200 sections" in printed
    assert "request p50, ms" in printed


@needs_tantivy
def test_the_picture_is_a_png_and_the_indexes_are_gone(whole_run: tuple[Path, str]) -> None:
    folder, _ = whole_run

    assert (folder / "latency.png").read_bytes().startswith(b"\x89PNG")
    assert list((folder / "work").iterdir()) == []


def test_minutes_of_ones_own_are_measured_with_the_engines_that_are_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"

    status = main(
        ["--folder", str(SAMPLES), "--only", "sqlite", "--queries", "5", "--rounds", "1", "--json", str(file)]
    )

    written = json.loads(file.read_text("utf-8"))
    ((sections, engines),) = written["sizes"].items()
    assert status == 0
    assert int(sections) >= 4
    assert list(engines) == ["sqlite"]
    assert "ratios" not in engines["sqlite"]
    assert written["corpus"] == str(SAMPLES)
    assert "sqlite" in capsys.readouterr().out


def test_a_folder_without_minutes_gives_no_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["--folder", str(tmp_path), "--only", "sqlite"])

    assert status == 2
    assert str(tmp_path) in capsys.readouterr().err


@pytest.mark.parametrize(
    "options", [["--sizes", "0"], ["--sizes", "many"], ["--only", "lucene"], ["--queries", "0"]]
)
def test_sizes_and_engines_that_there_are_not_are_wrong_use(options: list[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(options)

    assert raised.value.code == 2
