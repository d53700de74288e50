"""Whether the tests of the pages can run, and what happens when they cannot."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from scripts.browser.chromium import HOW_TO_INSTALL, find_chromium


def chromium_or_skip(environ: Mapping[str, str]) -> str:
    """Return the path of Chromium; without it skip, or fail where `REQUIRE_BROWSER=1`."""
    executable = find_chromium(environ)
    if executable is not None:
        return executable
    if environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"REQUIRE_BROWSER=1, but {HOW_TO_INSTALL}")
    pytest.skip(HOW_TO_INSTALL)
