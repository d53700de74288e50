#!/usr/bin/env python3
"""Runs `minutes-search reindex` with the same arguments; for cron, from any folder, with any Python.

Where the project is not installed for the Python that runs this, its own `.venv` is used, and made first.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Replace this process by the command."""
    python = sys.executable
    if importlib.util.find_spec("search_service") is None:
        if subprocess.run([ROOT / "scripts" / "venv"], check=False).returncode:  # noqa: S603 -- our own script
            raise SystemExit(2)
        python = str(ROOT / ".venv" / "bin" / "python")
    os.execv(python, [python, "-m", "search_service", "reindex", *sys.argv[1:]])  # noqa: S606 -- our own command


if __name__ == "__main__":
    main()
