"""Without Chromium the tests of the pages are skipped and say how to get it, or fail where it is required."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import chromium_or_skip


def executable(path: Path) -> str:
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_without_chromium_the_reason_of_the_skip_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        chromium_or_skip({"PATH": str(tmp_path)})


def test_without_chromium_nothing_passes_where_a_browser_is_required(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        chromium_or_skip({"PATH": str(tmp_path), "REQUIRE_BROWSER": "1"})


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_chromium_is_found_under_each_of_its_names(tmp_path: Path, name: str) -> None:
    there = executable(tmp_path / name)

    assert chromium_or_skip({"PATH": str(tmp_path)}) == there


def test_chromium_is_the_one_that_the_environment_names(tmp_path: Path) -> None:
    executable(tmp_path / "chromium")
    other = executable(tmp_path / "another")

    assert chromium_or_skip({"PATH": str(tmp_path), "CHROMIUM": other}) == other


def test_a_named_chromium_that_is_not_there_is_not_replaced_by_another(tmp_path: Path) -> None:
    executable(tmp_path / "chromium")

    with pytest.raises(pytest.skip.Exception):
        chromium_or_skip({"PATH": str(tmp_path), "CHROMIUM": str(tmp_path / "another")})
