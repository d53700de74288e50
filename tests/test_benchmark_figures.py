from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from scripts.benchmarks.engines.registry import NAMES, EngineNotInstalled, make_engine
from scripts.benchmarks.figures import table, value_at, with_ratios
from scripts.benchmarks.latency import percentiles
from scripts.benchmarks.proc import anonymous_bytes, cpu_seconds, family, peak_bytes, resident_bytes


def test_percentiles_are_in_milliseconds_and_between_the_extremes() -> None:
    times = np.arange(1, 101) * 1_000_000

    found = percentiles(times)

    assert found == {"p50": 50.5, "p95": 95.05, "p99": 99.01, "mean": 50.5}


def test_ratios_are_to_tantivy_and_only_of_what_both_have() -> None:
    engines = {
        "project": {"request_ms": {"p50": 1.5}, "open_ms": 3.0},
        "tantivy": {"request_ms": {"p50": 2.0}},
    }

    found = with_ratios(engines)

    assert found["project"]["ratios"] == {"request_ms.p50": 0.75}
    assert found["tantivy"]["ratios"] == {"request_ms.p50": 1.0}


def test_without_tantivy_there_are_no_ratios() -> None:
    engines = {"project": {"open_ms": 3.0}}

    assert with_ratios(engines) == engines


def test_the_table_shows_each_figure_with_its_ratio_and_leaves_out_what_none_has() -> None:
    engines = {
        "project": {"request_ms": {"p50": 1.5}, "disk_bytes": 3e8},
        "tantivy": {"request_ms": {"p50": 2.0}, "disk_bytes": 2e8},
        "sqlite": {"request_ms": {"p50": 9.0}},
    }

    lines = table("12000", engines).splitlines()

    assert "12,000 sections" in lines[0]
    assert [line.split()[-5:] for line in lines if line.startswith("request p50")] == [
        ["1.50", "(0.75)", "2.00", "9.00", "(4.50)"]
    ]
    assert [line.split()[-4:] for line in lines if line.startswith("index on disk")] == [
        ["300", "(1.50)", "200", "–"]
    ]
    assert len(lines) == 4


@pytest.mark.parametrize("path", [("a", "b", "c"), ("x",), ("a",)])
def test_there_is_no_value_where_a_path_leads_nowhere(path: tuple[str, ...]) -> None:
    assert value_at({"a": {"b": 1.0}}, path) is None


def test_linux_says_what_a_process_and_its_children_take() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        members = list(family(os.getpid()))

        child.communicate(b"\n")

    assert members[0] == os.getpid()
    assert child.pid in members
    assert cpu_seconds(os.getpid()) > 0
    assert 0 < anonymous_bytes(os.getpid()) <= resident_bytes(os.getpid())
    assert peak_bytes(os.getpid()) > 0


def test_a_process_that_is_gone_takes_nothing() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()

    assert cpu_seconds(child.pid) == resident_bytes(child.pid) == anonymous_bytes(child.pid) == 0


def test_a_missing_engine_says_how_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    monkeypatch.delitem(sys.modules, "scripts.benchmarks.engines.tantivy", raising=False)

    with pytest.raises(EngineNotInstalled, match="--only project,sqlite"):
        make_engine("tantivy")


def test_engines_are_found_by_the_names_that_they_have() -> None:
    assert make_engine("project").name == "project"
    assert make_engine("sqlite").name == "sqlite"
    assert set(NAMES) == {"project", "tantivy", "sqlite"}
