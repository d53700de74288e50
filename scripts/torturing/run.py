"""One run of `reindex` that says where it was when SIGUSR1 ended it.

That signal kills as SIGKILL does, without any handler of Python's, after the stacks of all threads were
written to a file.
"""

from __future__ import annotations

import argparse
import faulthandler
import signal
import sys
from contextlib import closing
from pathlib import Path

from index.analysis.lexicon.store import WordList, find_word_list
from index.analysis.lexicon.supply import LexiconSupply
from index.engines.segment_writer import SegmentPolicy
from index.engines.whoosh_engine import WhooshEngine
from index.guards import Guards
from index.indexing import reindex
from search_service.cli import main as command_line

IN_PIECES = SegmentPolicy(run=40)
"""Few sections in memory at a time, so that few files make several segments to merge."""


def main() -> None:
    """Run the command line, or the same in small pieces so that there is something to spill and to merge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stack", type=Path, required=True)
    parser.add_argument("--minutes", type=Path, required=True)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--lexicon", type=Path, required=True)
    parser.add_argument("--word-list", type=Path, required=True)
    parser.add_argument("--rebuild", action="store_true")
    parser.add_argument("--in-pieces", action="store_true")
    options = parser.parse_args()
    with options.stack.open("wb", buffering=0) as stack:
        # The handler that was there before, the system's own, then ends the process.
        faulthandler.register(signal.SIGUSR1, file=stack, chain=True)
        if options.in_pieces:
            in_pieces(options)
        else:
            folders = ["--minutes", options.minutes, "--index", options.index]
            lexicon = ["--lexicon-dir", options.lexicon, "--word-list", options.word_list]
            rebuild = ["--rebuild"] if options.rebuild else []
            command_line(["reindex", "--allow-shrink", *map(str, [*folders, *lexicon]), *rebuild])


def in_pieces(options: argparse.Namespace) -> None:
    """Do what the command line does, in small pieces."""
    words: WordList | None = find_word_list(options.word_list)
    with (
        LexiconSupply(options.lexicon, words) as lexicons,
        closing(WhooshEngine(options.index, lexicons=lexicons, policy=IN_PIECES)) as engine,
    ):
        reindex(options.minutes, engine, rebuild=options.rebuild, guards=Guards(allow_shrink=True))


if __name__ == "__main__":
    sys.exit(main())
