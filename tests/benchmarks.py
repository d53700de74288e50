"""What the tests of the benchmark share."""

from __future__ import annotations

import importlib.util
import os

import pytest

HAS_TANTIVY = importlib.util.find_spec("tantivy") is not None

needs_tantivy = pytest.mark.skipif(
    # CI installs what the lock file says, and tantivy is in it.
    not HAS_TANTIVY and not os.environ.get("CI"),
    reason="tantivy is not installed; it comes with the extra bench",
)
