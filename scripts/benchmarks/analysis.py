"""How many tokens a second the analysis makes of minutes on one core: of one text, and of many at once."""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.document import ReadFailure
from corpus.reader import read_folder
from index.analysis.analyzer import Analyzer
from index.analysis.bulk import BulkAnalyzer
from index.analysis.lexicon.lexicon import Lexicon
from index.analysis.lexicon.store import find_word_list
from index.analysis.lexicon.supply import LexiconSupply

ROOT = Path(__file__).resolve().parents[2]
DESCRIPTION = (
    "Read the minutes once, then make tokens of titles and texts, cold (a new analyzer each round) and warm"
    " (one that has seen the texts), one by one as for a query (cold, warm) and many at once as for an index"
    " (bulk_cold, bulk_warm). The rounds of all take turns. Prints the best CPU time of each, which other"
    " programs on the machine disturb least."
)
BATCH = 300
"""Texts that are analysed at once."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How long the rounds took, in CPU seconds, and what the best of them is in tokens a second."""

    seconds: list[float]
    tokens_per_second: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a run, as `--json` writes them."""

    analysis: str
    sections: int
    characters: int
    tokens: int
    cold: Speed
    warm: Speed
    bulk_cold: Speed
    bulk_warm: Speed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the subcommand."""
    parser.add_argument(
        "--minutes",
        type=Path,
        default=ROOT / "corpus" / "samples",
        help="folder of minutes, else the samples",
    )
    parser.add_argument("--rounds", type=_rounds, default=5, help="how often each is measured, else 5")
    parser.add_argument(
        "--lexicon-dir",
        type=Path,
        default=ROOT / "var" / "lexicon",
        help="folder where the compiled lexicon is kept",
    )
    parser.add_argument("--word-list", type=Path, help="hunspell word list, else our own")
    parser.add_argument("--without-lexicon", action="store_true", help="measure the stemmer alone")
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure, and print what was found."""
    texts = read_texts(options.minutes)
    if not texts:
        print(f"No minutes could be read in {options.minutes}.", file=sys.stderr)
        return 2
    word_list = None if options.without_lexicon else find_word_list(options.word_list)
    with LexiconSupply(options.lexicon_dir, word_list) as lexicons:
        file = lexicons.obtain()
        lexicon = Lexicon.open(file) if file else None
        figures = measure(texts, lexicon, rounds=options.rounds)
    print_figures(figures)
    if options.json:
        options.json.write_text(json.dumps(asdict(figures), indent=2) + "\n", encoding="utf-8")
    return 0


def read_texts(folder: Path) -> list[str]:
    """Return the title and the text of every section."""
    return [
        text
        for outcome in read_folder(folder)
        if not isinstance(outcome, ReadFailure)
        for section in outcome.sections
        for text in (section.title, section.text)
    ]


def measure(texts: Sequence[str], lexicon: Lexicon | None, *, rounds: int) -> Figures:
    """Return how fast the texts become tokens."""
    analyzer = Analyzer(lexicon)
    bulk = BulkAnalyzer(analyzer)
    tokens = sum(len(analyzer.analyze(text)) for text in texts)
    _each_batch(bulk, texts)
    ways: dict[str, Callable[[], object]] = {
        "cold": lambda: _each(Analyzer(lexicon), texts),
        "warm": lambda: _each(analyzer, texts),
        "bulk_cold": lambda: _each_batch(BulkAnalyzer(Analyzer(lexicon)), texts),
        "bulk_warm": lambda: _each_batch(bulk, texts),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            seconds[name].append(_seconds(way))
    return Figures(
        analysis=str(analyzer.version),
        sections=len(texts) // 2,
        characters=sum(map(len, texts)),
        tokens=tokens,
        **{name: _speed(taken, tokens) for name, taken in seconds.items()},
    )


def _each(analyzer: Analyzer, texts: Sequence[str]) -> None:
    for text in texts:
        analyzer.analyze(text)


def _each_batch(bulk: BulkAnalyzer, texts: Sequence[str]) -> None:
    for start in range(0, len(texts), BATCH):
        bulk.analyze(texts[start : start + BATCH])


def _seconds(way: Callable[[], object]) -> float:
    # What other rounds left behind is no work of this one.
    gc.collect()
    start = time.process_time()
    way()
    return time.process_time() - start


def _speed(seconds: list[float], tokens: int) -> Speed:
    return Speed([round(each, 4) for each in seconds], round(tokens / max(min(seconds), 1e-9)))


def print_figures(figures: Figures) -> None:
    """Print the figures for people."""
    print(f"{figures.tokens:,} tokens of {figures.sections:,} sections, {figures.characters:,} characters")
    print(figures.analysis)
    speeds = {
        "cold": figures.cold,
        "warm": figures.warm,
        "many at once, cold": figures.bulk_cold,
        "many at once, warm": figures.bulk_warm,
    }
    for name, speed in speeds.items():
        print(
            f"{name}: {speed.tokens_per_second:,} tokens a second"
            f" (best of {len(speed.seconds)} rounds, {min(speed.seconds):.2f} s)"
        )


def _rounds(written: str) -> int:
    rounds = int(written)
    if rounds < 1:
        raise ValueError(written)
    return rounds
