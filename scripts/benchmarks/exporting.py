"""Exports over HTTP: how fast they come, and that they take no more memory for ten times the hits."""

from __future__ import annotations

import argparse
import http.client
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from scripts.benchmarks.building import build
from scripts.benchmarks.corpus import documents
from scripts.benchmarks.engines.project import ProjectEngine
from scripts.benchmarks.load import ServerFailed
from scripts.benchmarks.peak_memory import PeakMemory
from scripts.benchmarks.serving import Server

DESCRIPTION: Final = """\
Index generated minutes, serve them in a process of its own, and read exports of all sections, and of about a
tenth of them (those of one municipality), to their end. Prints how long that took, and how much memory beyond
mapped files the server had before, at most, and after it.
"""
_WAYS: Final = {
    "JSON Lines": {"format": "jsonl"},
    "CSV": {"format": "csv"},
    "JSON Lines with text": {"format": "jsonl", "fields": "text"},
}
_PIECE: Final = 1 << 18
_SECONDS_BETWEEN_LOOKS: Final = 0.05
_SECONDS_OF_SILENCE: Final = 60
_MEGABYTE: Final = 1e6


@dataclass(frozen=True, slots=True)
class Exported:
    """What one export took.

    Attributes:
        way: one of `_WAYS`.
        hits: how many there are, each of them a line.
        seconds: from the request to the last byte.
        server_cpu_seconds: what the server took of them.
        before_bytes, peak_bytes, after_bytes: memory of the server beyond the files that it maps.
    """

    way: str
    hits: int
    bytes: int
    seconds: float
    server_cpu_seconds: float
    before_bytes: int
    peak_bytes: int
    after_bytes: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the subcommand."""
    parser.add_argument("--sections", type=_sections, default=100_000, help="to generate, else 100,000")
    parser.add_argument("--seed", type=int, default=1, help="of the minutes, else 1")
    parser.add_argument("--index", type=Path, help="folder of an index that there is, instead")
    parser.add_argument("--work", type=Path, help="folder for the index, else a temporary one")
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure, and print what was found."""
    with _index(options) as folder, Server(ProjectEngine(), folder, workers=1) as server:
        server.wait_for("/api/v1/search")
        figures = measure(server)
    print_figures(figures)
    if options.json:
        written = json.dumps([asdict(each) for each in figures], indent=2)
        options.json.write_text(f"{written}\n", encoding="utf-8")
    return 0


@contextmanager
def _index(options: argparse.Namespace) -> Iterator[Path]:
    """Give the folder of the index: the one that there is, or one that is made and is gone in the end."""
    if options.index:
        yield options.index
        return
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=options.work) as folder:
        build("project", documents(options.sections, seed=options.seed), Path(folder))
        yield Path(folder)


def measure(server: Server) -> list[Exported]:
    """Return what each way took, of a tenth of the sections and of all."""
    facets = _asked(server, "/api/v1/search?facets=municipality&facet_size=500&per_page=1")
    total = facets["total"]
    values = facets["facets"]["municipality"]["values"]
    tenth = min(values, key=lambda value: abs(value["count"] - total / 10))
    searches = (({"municipality": tenth["value"]}, tenth["count"]), ({}, total))
    # So that the first that is measured is no first.
    for way in _WAYS:
        export(server, way, searches[0][0], hits=tenth["count"])
    return [export(server, way, search, hits=hits) for way in _WAYS for search, hits in searches]


def export(server: Server, way: str, search: dict[str, str], *, hits: int) -> Exported:
    """Read one export to its end.

    Raises:
        ServerFailed: it is none, or has not a line for each of the hits.
    """
    before = server.anonymous_bytes()
    cpu, start = server.cpu_seconds(), time.perf_counter()
    with PeakMemory(server.anonymous_bytes, seconds=_SECONDS_BETWEEN_LOOKS) as peak:
        size, lines = _read(server, f"/api/v1/export?{urlencode(search | _WAYS[way])}")
    seconds = time.perf_counter() - start
    cpu = server.cpu_seconds() - cpu
    after = server.anonymous_bytes()
    if lines != hits + (way == "CSV"):
        raise ServerFailed(f"{lines} lines for {hits} hits")
    return Exported(way, hits, size, seconds, cpu, before, max(before, peak.bytes, after), after)


def print_figures(figures: Sequence[Exported]) -> None:
    """Print the figures for people."""
    width = max(map(len, _WAYS))
    print(f"{'':{width}}     hits       MB  seconds   MB/s  CPU, s  memory before, at most, after, MB")
    for each in figures:
        megabytes = each.bytes / _MEGABYTE
        memory = (each.before_bytes, each.peak_bytes, each.after_bytes)
        print(
            f"{each.way:{width}}  {each.hits:7,}  {megabytes:7.1f}  {each.seconds:7.2f}"
            f"  {megabytes / each.seconds:5.1f}  {each.server_cpu_seconds:6.2f}"
            f"  {'  '.join(f'{taken / _MEGABYTE:6.1f}' for taken in memory)}"
        )


def _asked(server: Server, target: str) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_SECONDS_OF_SILENCE)
    connection.request("GET", target)
    found = json.load(connection.getresponse())
    connection.close()
    return found


def _read(server: Server, target: str) -> tuple[int, int]:
    """Return how many bytes an answer has, and how many lines; none of it is kept."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_SECONDS_OF_SILENCE)
    connection.request("GET", target)
    answer = connection.getresponse()
    if answer.status != http.client.OK:
        raise ServerFailed(f"the server answered {answer.status} {answer.read(500)!r}")
    size = lines = 0
    while piece := answer.read1(_PIECE):
        size += len(piece)
        lines += piece.count(b"\n")
    connection.close()
    return size, lines


def _sections(written: str) -> int:
    sections = int(written)
    if sections < 1:
        raise ValueError(written)
    return sections
