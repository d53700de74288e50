"""Measures how fast the service works, on minutes of your own or on the samples.

    .venv/bin/python scripts/benchmark.py analysis [--minutes DIR] [--json FILE]

`--help` behind each tells more.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.benchmarks import analysis  # noqa: E402 - runs without the project being installed


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one benchmark; return the exit status."""
    parser = argparse.ArgumentParser(description="Measure how fast the service works.")
    commands = parser.add_subparsers(dest="command", required=True)
    analysis.add_arguments(
        commands.add_parser(
            "analysis", help="text to tokens, in tokens a second", description=analysis.DESCRIPTION
        )
    )
    options = parser.parse_args(arguments)
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())
