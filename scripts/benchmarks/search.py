"""The benchmark of searching and indexing: what `benchmark.py` does without a command."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from tqdm import tqdm

from corpus.document import Document, ReadFailure
from corpus.reader import read_folder
from index.garbage import frozen
from scripts.benchmarks import chart, serving
from scripts.benchmarks.building import Built, build
from scripts.benchmarks.corpus import documents
from scripts.benchmarks.engines.engine import BenchmarkedEngine, Outcome
from scripts.benchmarks.engines.registry import NAMES, EngineNotInstalled, make_engine
from scripts.benchmarks.figures import Figures, engine_figures, table, with_ratios
from scripts.benchmarks.latency import best_clock, measure, outcomes
from scripts.benchmarks.opening import measure_opening
from scripts.benchmarks.queries import BenchmarkQuery, Kind, Sampler, make_queries, shares

DESCRIPTION: Final = """\
Index the same minutes with this project, tantivy and SQLite FTS5, ask all of them the same queries, and
print how long it took, with ratios to tantivy in the same run. A request is what the service does for a
search: the ten best with their stored fields and a marked snippet each, the exact total, and exact counts by
municipality, year and committee. Times are CPU time: engines take turns query by query, and percentiles are
over queries, of each query's median over the rounds. Indexing is done as often, in turn (a million sections
once), and its median counts. A busy machine still disturbs them; ratios are disturbed less.
"""
EXAMPLES: Final = """\
examples:
  benchmark.py --sizes 10000,100000 --json figures.json --png latency.png
  benchmark.py --sizes 10000 --only project,tantivy --no-http
  benchmark.py --folder minutes
  benchmark.py analysis --help      how fast text becomes tokens
  benchmark.py export --help        what an export takes of time and memory
"""
_DEFAULT_SIZES: Final = (10_000, 100_000)
_LARGE: Final = 1_000_000
_WARMING: Final = 20
"""Queries of another seed that are asked before any is timed, so that code and files have been touched."""
_EXAMPLES_OF_A_KIND: Final = 3
_COMPARED: Final = (Kind.COMMON, Kind.MEDIUM, Kind.RARE)


@dataclass(frozen=True, slots=True)
class Minutes:
    """A corpus: how many sections it has, and what yields its documents, the same each time."""

    sections: int
    documents: Callable[[], Iterable[Document]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--sizes", type=_sizes, help="sections to generate, else 10000,100000")
    parser.add_argument(
        "--large", action="store_true", help="also 1,000,000 sections: hours, and 10 GB of disk"
    )
    parser.add_argument(
        "--folder", "--minutes", type=Path, help="a folder of minutes, instead of generated ones"
    )
    parser.add_argument("--queries", type=_at_least_one, default=300, help="how many are asked, else 300")
    parser.add_argument("--rounds", type=_at_least_one, default=3, help="how often each is timed, else 3")
    parser.add_argument("--seed", type=int, default=1, help="of corpus and queries, else 1")
    parser.add_argument("--only", type=_names, default=NAMES, help=f"engines, of {','.join(NAMES)}")
    parser.add_argument("--no-http", action="store_true", help="do not measure servers")
    parser.add_argument(
        "--http-seconds", type=float, default=30.0, help="how long each server is asked, else 30 seconds"
    )
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    parser.add_argument("--png", type=Path, help="picture of latency over size")
    parser.add_argument("--work", type=Path, help="folder for the indexes, else a temporary one")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure every size; return the exit status."""
    try:
        engines = [make_engine(name) for name in options.only]
    except EngineNotInstalled as error:
        print(error, file=sys.stderr)
        return 2
    if options.png and not chart.can_draw():
        print("--png needs matplotlib, of the extra bench: .venv/bin/pip install '.[bench]'", file=sys.stderr)
        return 2
    corpora = _corpora(options)
    if not any(minutes.sections for minutes in corpora):
        print(f"No minutes could be read in {options.folder}.", file=sys.stderr)
        return 2
    report: Figures = {"sizes": {}, **_about(options)}
    for minutes in corpora:
        with _folder(options.work) as folder:
            figures = _Run(options, minutes, engines, folder).measure()
        report["sizes"][str(minutes.sections)] = figures
        print(table(str(minutes.sections), figures), end="\n\n", flush=True)
        if options.json:
            options.json.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if options.png:
        chart.draw(report["sizes"], options.png)
    return 0


class _Run:
    """Measures engines on one corpus, in a folder for their indexes."""

    def __init__(
        self,
        options: argparse.Namespace,
        minutes: Minutes,
        engines: Sequence[BenchmarkedEngine],
        folder: Path,
    ) -> None:
        self._options = options
        self._minutes = minutes
        self._engines = engines
        self._folder = folder

    def measure(self) -> dict[str, Figures]:
        """Return the figures of each engine."""
        built, queries, warming = self._build()
        latencies, found = self._ask(queries, warming)
        opened = {name: measure_opening(name, self._folder / name, queries) for name in built}
        over_http = {} if self._options.no_http else self._serve(queries)
        return with_ratios(
            {
                name: engine_figures(
                    queries,
                    built=built[name],
                    opened=opened[name],
                    latencies=latencies[name],
                    outcomes=found[name],
                    over_http=over_http.get(name),
                )
                for name in built
            }
        )

    def _build(self) -> tuple[dict[str, Built], list[BenchmarkQuery], list[BenchmarkQuery]]:
        """Let each engine index; return also the queries, taken from the corpus on the way, and others."""
        sampler = Sampler(self._options.seed)
        built: dict[str, list[Built]] = {engine.name: [] for engine in self._engines}
        is_large = self._minutes.sections >= _LARGE
        for turn in range(1 if is_large else self._options.rounds):
            for name, earlier in built.items():
                if earlier:
                    shutil.rmtree(self._folder / name)
                made = self._minutes.documents()
                if turn == 0 and name == self._engines[0].name:
                    made = sampler.watch(made)
                with self._bar(f"{name} indexes", "section", self._minutes.sections) as bar:
                    earlier.append(build(name, _sections_counted(made, bar), self._folder / name))
        sample = sampler.sections()
        queries, warming = (
            make_queries(sample, count, seed=seed)
            for count, seed in (
                (self._options.queries, self._options.seed),
                (_WARMING, self._options.seed + 1),
            )
        )
        _print_mix(queries)
        return {name: _median(each) for name, each in built.items()}, queries, warming

    def _ask(
        self, queries: list[BenchmarkQuery], warming: list[BenchmarkQuery]
    ) -> tuple[dict[str, Any], dict[str, list[Outcome]]]:
        rounds = self._options.rounds
        name, clock = best_clock()
        with ExitStack() as stack:
            for engine in self._engines:
                engine.open(self._folder / engine.name)
                stack.callback(engine.close)
            outcomes(self._engines, warming)
            # As the service has it.
            stack.enter_context(frozen())
            with self._bar(f"requests, {name}", "query", len(queries) * (rounds + 1)) as bar:
                latencies = measure(self._engines, queries, rounds=rounds, clock=clock, progress=bar.update)
            found = outcomes(self._engines, queries)
        _print_totals(queries, found)
        return latencies, found

    def _serve(self, queries: list[BenchmarkQuery]) -> dict[str, dict[str, Any]]:
        served = [
            (engine, self._folder / engine.name)
            for engine in self._engines
            if engine.server(self._folder, port=0, workers=1)
        ]
        with self._bar("HTTP", "burst", serving.BURSTS) as bar:
            return serving.measure_serving(
                served, queries, seconds=self._options.http_seconds, progress=bar.update
            )

    def _bar(self, what: str, unit: str, total: int) -> Any:
        description = f"{self._minutes.sections:,}: {what}"
        # Where no one is watching, seldom: each showing is a line of a log.
        interval = 1 if sys.stderr.isatty() else 10
        return tqdm(desc=description, unit=f" {unit}", total=total, mininterval=interval)


def _corpora(options: argparse.Namespace) -> list[Minutes]:
    if options.folder:
        read = [document for document in read_folder(options.folder) if not isinstance(document, ReadFailure)]
        return [Minutes(sum(len(document.sections) for document in read), lambda: read)]
    sizes = dict.fromkeys([*(options.sizes or _DEFAULT_SIZES), *([_LARGE] if options.large else [])])
    return [Minutes(size, partial(documents, size, seed=options.seed)) for size in sizes]


def _about(options: argparse.Namespace) -> Figures:
    """Return what the figures depend on beside the code."""
    return {
        "corpus": str(options.folder) if options.folder else "generated",
        "seed": options.seed,
        "queries": options.queries,
        "rounds": options.rounds,
        "clock": best_clock()[0],
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
    }


@contextmanager
def _folder(work: Path | None) -> Iterator[Path]:
    """Give a folder for the indexes, which is gone in the end."""
    if work:
        work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=work) as folder:
        yield Path(folder)


def _median(built: Iterable[Built]) -> Built:
    by_time = sorted(built, key=lambda each: each.cpu_seconds)
    return by_time[len(by_time) // 2]


def _sections_counted(documents: Iterable[Document], bar: Any) -> Iterator[Document]:
    for document in documents:
        yield document
        bar.update(len(document.sections))


def _print_mix(queries: Sequence[BenchmarkQuery]) -> None:
    mix = ", ".join(f"{kind}: {count}" for kind, count in shares(len(queries)).items() if count)
    print(f"{len(queries)} queries ({mix})", flush=True)


def _print_totals(queries: Sequence[BenchmarkQuery], found: dict[str, list[Outcome]]) -> None:
    """Print how many sections each engine finds, so that no one takes different work for the same."""
    print(f"matches: {', '.join(found)}")
    for kind in _COMPARED:
        places = [place for place, query in enumerate(queries) if query.kind is kind]
        for place in places[:_EXAMPLES_OF_A_KIND]:
            totals = ", ".join(f"{outcomes[place].total:,}" for outcomes in found.values())
            print(f"  {queries[place].words[0]}: {totals}")
    means = ", ".join(
        f"{sum(outcome.total for outcome in outcomes) / len(outcomes):,.0f}" for outcomes in found.values()
    )
    print(f"  mean of all queries: {means}", end="\n\n", flush=True)


def _at_least_one(written: str) -> int:
    number = int(written)
    if number < 1:
        raise ValueError(written)
    return number


def _sizes(written: str) -> list[int]:
    return [_at_least_one(size) for size in written.split(",")]


def _names(written: str) -> list[str]:
    names = written.split(",")
    if not set(names) <= set(NAMES):
        raise ValueError(written)
    return [name for name in NAMES if name in names]
