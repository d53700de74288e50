"""How many tokens a second the analysis makes of minutes, on one core."""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.document import ReadFailure
from corpus.reader import read_folder
from index.analysis.analyzer import Analyzer
from index.analysis.lexicon.lexicon import Lexicon
from index.analysis.lexicon.store import find_word_list
from index.analysis.lexicon.supply import LexiconSupply

ROOT = Path(__file__).resolve().parents[2]
DESCRIPTION = (
    "Read the minutes once, then make tokens of titles and texts, cold (a new analyzer each round) and warm"
    " (one that has seen the texts). Prints medians of CPU time, which other programs on the machine disturb"
    " least; on a busy machine they are still too low."
)


@dataclass(frozen=True, slots=True)
class Speed:
    """How long the rounds took, in CPU seconds, and what that is in tokens a second, by the median."""

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
    tokens = sum(len(analyzer.analyze(text)) for text in texts)
    cold = [_seconds(texts, Analyzer(lexicon).analyze) for _ in range(rounds)]
    warm = [_seconds(texts, analyzer.analyze) for _ in range(rounds)]
    return Figures(
        analysis=str(analyzer.version),
        sections=len(texts) // 2,
        characters=sum(map(len, texts)),
        tokens=tokens,
        cold=_speed(cold, tokens),
        warm=_speed(warm, tokens),
    )


def _seconds(texts: Sequence[str], analyze: Callable[[str], object]) -> float:
    # What other rounds left behind is no work of this one.
    gc.collect()
    start = time.process_time()
    for text in texts:
        analyze(text)
    return time.process_time() - start


def _speed(seconds: list[float], tokens: int) -> Speed:
    return Speed([round(each, 4) for each in seconds], round(tokens / max(statistics.median(seconds), 1e-9)))


def print_figures(figures: Figures) -> None:
    """Print the figures for people."""
    print(f"{figures.tokens:,} tokens of {figures.sections:,} sections, {figures.characters:,} characters")
    print(figures.analysis)
    for name, speed in (("cold", figures.cold), ("warm", figures.warm)):
        median = statistics.median(speed.seconds)
        print(
            f"{name}: {speed.tokens_per_second:,} tokens a second"
            f" (median of {len(speed.seconds)} rounds of {median:.2f} s)"
        )


def _rounds(written: str) -> int:
    rounds = int(written)
    if rounds < 1:
        raise ValueError(written)
    return rounds
