from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.benchmark import main
from scripts.benchmarks.building import build
from scripts.benchmarks.corpus import documents


def test_exports_are_measured_in_every_way_for_a_part_and_for_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, work = tmp_path / "figures.json", tmp_path / "work"
    work.mkdir()

    status = main(["export", "--sections", "200", "--work", str(work), "--json", str(file)])

    figures = json.loads(file.read_text("utf-8"))
    printed = capsys.readouterr().out
    assert status == 0
    assert [figure["way"] for figure in figures] == [
        way for way in ("JSON Lines", "CSV", "JSON Lines with text") for _ in range(2)
    ]
    for part, whole in zip(figures[::2], figures[1::2], strict=True):
        assert 0 < part["hits"] < whole["hits"] == 200
        assert 0 < part["bytes"] < whole["bytes"]
        for figure in (part, whole):
            assert 0 < figure["before_bytes"] <= figure["peak_bytes"] >= figure["after_bytes"] > 0
            assert figure["seconds"] > 0
            assert f"{figure['way']:20}  {figure['hits']:7,}" in printed
    assert list(work.iterdir()) == []


def test_an_index_that_there_is_is_measured_and_stays(tmp_path: Path) -> None:
    made = tmp_path / "made"
    build("project", documents(60, seed=3), made)
    before = sorted(path.name for path in made.rglob("*"))

    status = main(["export", "--index", str(made)])

    assert status == 0
    assert sorted(path.name for path in made.rglob("*")) == before


@pytest.mark.parametrize("sections", ["0", "-1", "many"])
def test_no_sections_are_wrong_use(sections: str) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["export", "--sections", sections])

    assert raised.value.code == 2
