"""`evaluate.py relevance`: how well searches find what a person would call a hit."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from index.analysis.steps import Step
from index.engine import SearchEngine
from index.errors import SearchEngineError
from scripts.evaluation import asking, judgements, runs, tables
from search_service.setting_kinds import NONE
from search_service.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpus" / "samples"
FAILED = 2

DESCRIPTION = f"""\
Asks an index the judged queries of a file, exactly as /api/v1/search does with all parameters at their
defaults, and prints how good the answers are, by kind of query and in total:

  recall@k   the share of what should be found that is among the first k results
  MRR@k      1 divided by the rank of the first hit, on average
  nDCG@k     how near the order is to the best one, by grade (gain: the grade, as in trec_eval)
  P@k        hits among the first k results, divided by k
  precision  hits among the first k results, divided by the results there are (0 when there are none)
  traps      queries that must find nothing, and how many of them find nothing

{judgements.__doc__}"""

EPILOG = """\
examples (tests/data/judgements/samples.tsv are the judged queries over the sample minutes):
  .venv/bin/python scripts/evaluate.py relevance --judgements FILE --misses
  .venv/bin/python scripts/evaluate.py relevance --judgements FILE --minutes DIR --save before.json
  .venv/bin/python scripts/evaluate.py relevance --judgements FILE --minutes DIR --compare before.json
  .venv/bin/python scripts/evaluate.py relevance --judgements FILE --minutes DIR --ablate parts,lemmas

Tables go to stdout, progress and what is wrong with the judgements to stderr. An interval is of the mean
difference: paired bootstrap, 95 %, seeded; a * marks one that leaves out 0. Exit status: 0 done, 2 not done.
"""


class UsageProblem(Exception):
    """The arguments do not fit each other."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `relevance`."""
    parser.add_argument(
        "--judgements", type=Path, required=True, metavar="FILE", help="the judged queries (TSV)"
    )
    parser.add_argument(
        "--snippets",
        action="store_true",
        help="the file has no header and names hits by source and snippet",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--minutes",
        type=Path,
        default=SAMPLES,
        metavar="DIR",
        help="index this folder, in a temporary place (default: the sample minutes)",
    )
    where.add_argument("--index", type=Path, metavar="DIR", help="ask this index as it is")
    parser.add_argument(
        "--lexicon-dir",
        type=Path,
        default=Path(os.environ.get("LEXICON_DIR") or Settings().lexicon_dir),
        metavar="DIR",
        help="where the compiled Swedish lexicon is kept (default: LEXICON_DIR, else var/lexicon)",
    )
    parser.add_argument(
        "--word-list",
        default=os.environ.get("MINUTES_WORD_LIST"),
        metavar="PATH",
        help=f"hunspell word list for it, {NONE} to do without (default: MINUTES_WORD_LIST, else the"
        " one that comes with the program)",
    )
    parser.add_argument(
        "--synonyms",
        default=os.environ.get("MINUTES_SYNONYMS"),
        metavar="FILE",
        help=f"synonyms, {NONE} to do without (default: MINUTES_SYNONYMS, else those that come along)",
    )
    parser.add_argument("--k", type=_results, default=10, metavar="N", help="results that count (default 10)")
    parser.add_argument("--misses", action="store_true", help="also print each query that is answered badly")
    parser.add_argument(
        "--save", type=Path, metavar="RUN.json", help="keep the answers and figures in this file"
    )
    parser.add_argument(
        "--compare",
        type=Path,
        metavar="RUN.json",
        help="print the difference to an earlier run, with intervals",
    )
    parser.add_argument(
        "--ablate",
        type=_steps,
        default=(),
        metavar="STEP[,STEP]",
        help="run again without each of these steps and print what is lost; all for each in turn: "
        + ", ".join(Step),
    )
    parser.set_defaults(run=run_relevance)


def _results(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 100):  # the interface gives 100 at most
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 100")
    return int(text)


def _steps(text: str) -> tuple[Step, ...]:
    if text == "all":
        return tuple(Step)
    try:
        return tuple(Step(name.strip()) for name in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}; there are all, {', '.join(Step)}") from None


def run_relevance(options: argparse.Namespace) -> int:
    """Ask, measure, print; return the exit status."""
    try:
        _run(options)
    except (UsageProblem, judgements.JudgementError, runs.RunError, SearchEngineError, OSError) as error:
        print(f"evaluate.py relevance: {error}", file=sys.stderr)
        return FAILED
    return 0


def _run(options: argparse.Namespace) -> None:
    if options.ablate and options.index:
        raise UsageProblem("--ablate indexes anew for every step: it takes --minutes, not --index")
    lines = judgements.read_lines(options.judgements, has_snippets=options.snippets)
    before = runs.load(options.compare) if options.compare else None
    with _opened(options) as engine:
        judged = judgements.judged_queries(lines, judgements.Catalogue(asking.entries(engine)))
        _complain(judged)
        full = _asked(engine, judged, options)
    print(f"{options.judgements}; {full.analysis}")
    _print(tables.run_lines(full))
    if options.misses:
        _print(["", "Not as it should be:", *tables.miss_lines(full)])
    if options.save:
        runs.save(full, options.save)
    if before:
        _print(["", f"Difference to {options.compare}:"])
        _print(tables.difference_lines({tables.TOTAL: runs.compared(before, full)}, options.k))
    if options.ablate:
        _ablate(options, judged, full)


def _ablate(options: argparse.Namespace, judged: Sequence[judgements.JudgedQuery], full: runs.Run) -> None:
    rows = {}
    for step in options.ablate:
        print(f"Without {step}:", file=sys.stderr)
        with _opened(options, without=frozenset({step})) as engine:
            ablated = _asked(engine, judged, options)
        rows[f"without {step}"] = runs.compared(full, ablated)
    _print(["", "Difference to the full run:"])
    _print(tables.difference_lines(rows, options.k))


def _opened(
    options: argparse.Namespace, *, without: frozenset[Step] = frozenset()
) -> AbstractContextManager[SearchEngine]:
    """Return the engine to ask: over the index that is named, or over one made for this run."""
    if options.index:
        return asking.index_opened(options.index)
    return asking.index_made(options.minutes, _settings(options), without=without)


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(lexicon_dir=options.lexicon_dir, word_list=options.word_list, synonyms=options.synonyms)


def _asked(
    engine: SearchEngine, judged: Sequence[judgements.JudgedQuery], options: argparse.Namespace
) -> runs.Run:
    found = asking.run(engine, judged, _settings(options), k=options.k)
    print(f"Asked {len(judged)} queries", file=sys.stderr)
    return found


def _complain(judged: Sequence[judgements.JudgedQuery]) -> None:
    missing = judgements.missing_targets(judged)
    for written in missing:
        print(f"Judged a hit, but not in the index: {written}", file=sys.stderr)
    if missing:
        print(f"{len(missing)} judged hits are not in the index and count as not found", file=sys.stderr)


def _print(lines: Sequence[str] | Iterator[str]) -> None:
    for line in lines:
        print(line)
