"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import settings

# Compiled loops say in tests when they reach beyond an array, also in processes that are started; they are
# kept apart from those that run without the check.
os.environ["NUMBA_BOUNDSCHECK"] = "1"
os.environ["NUMBA_CACHE_DIR"] = str(Path(__file__).parents[1] / ".compiled-for-tests")

# How long an example takes depends on what else the machine does; no test asserts a time.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")
