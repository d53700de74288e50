"""Measures how fast the service works, beside the engines that one could use instead.

    .venv/bin/python scripts/benchmark.py [--sizes 10000,100000] [--json FILE] [--png FILE]
    .venv/bin/python scripts/benchmark.py analysis [--minutes DIR] [--json FILE]
    .venv/bin/python scripts/benchmark.py export [--sections 100000] [--index DIR] [--json FILE]

`--help` behind each tells more.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.benchmarks import analysis, exporting, search  # noqa: E402 - runs without the project being installed

_SUBCOMMANDS = {"analysis": analysis, "export": exporting}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one benchmark; return the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    subcommand = _SUBCOMMANDS.get(given[0]) if given else None
    if subcommand:
        prog = f"benchmark.py {given[0]}"
        parser = argparse.ArgumentParser(prog=prog, description=subcommand.DESCRIPTION)
        subcommand.add_arguments(parser)
        options = parser.parse_args(given[1:])
    else:
        parser = argparse.ArgumentParser(
            description=search.DESCRIPTION,
            epilog=search.EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        search.add_arguments(parser)
        options = parser.parse_args(given)
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())
