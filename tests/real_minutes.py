"""The folder of real minutes, which is no part of the project: without it the tests on it are skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def real_minutes() -> Path:
    """Return the folder that `MINUTES_REAL` names; skip the test where it names none."""
    named = os.environ.get("MINUTES_REAL")
    if not named:
        pytest.skip("MINUTES_REAL does not point to the folder of real minutes")
    return Path(named)
