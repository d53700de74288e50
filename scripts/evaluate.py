"""Measures how well minutes are read, and how well searches find; against judgements made by hand.

    .venv/bin/python scripts/evaluate.py extraction --minutes DIR
    .venv/bin/python scripts/evaluate.py decisions --minutes DIR [--misses]
    .venv/bin/python scripts/evaluate.py relevance --judgements FILE [--minutes DIR]

`--help` behind each tells more.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.evaluation import decisions, extraction, relevance  # noqa: E402 - runs without the project being installed


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one evaluation; return the exit status."""
    parser = argparse.ArgumentParser(
        description="Measure how well minutes are read, and how well searches find."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    extraction.add_arguments(
        commands.add_parser("extraction", help="sections, titles, dnr and metadata of documents")
    )
    decisions.add_arguments(
        commands.add_parser("decisions", help="whether proposals, referrals and decisions are told apart")
    )
    relevance.add_arguments(
        commands.add_parser(
            "relevance",
            help="what judged queries find",
            description=relevance.DESCRIPTION,
            epilog=relevance.EPILOG,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    options = parser.parse_args(arguments)
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())
