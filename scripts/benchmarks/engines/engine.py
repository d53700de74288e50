"""What every engine that is compared can do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from corpus.document import Document
from scripts.benchmarks.queries import BenchmarkQuery

HITS = 10
"""How many hits a request returns."""
SNIPPET_LENGTH = 240
"""About how many characters a snippet has."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a request found, for comparing engines.

    Attributes:
        ids: of the sections, best first.
        snippets: one a hit, with marked words.
        counts: for each of `queries.FILTERS` how many matches have which value, where the filter by the same
            property does not count.
    """

    total: int
    ids: tuple[str, ...]
    snippets: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]]


class BenchmarkedEngine(Protocol):
    """An index in a folder that answers searches. For one thread.

    What `request` and `top_ten` take comes from `translate`, what they return is the engine's own: only they
    are timed.
    """

    name: str

    def prepare(self) -> None:
        """Make what an index needs that is not made of documents; no part of what is measured."""

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Index `documents` in a new folder, so that it will not get faster by merging further."""

    def open(self, folder: Path) -> None:
        """Get ready to answer."""

    def translate(self, query: BenchmarkQuery) -> Any:
        """Return a query as this engine is asked it."""

    def request(self, asked: Any) -> Any:
        """Return the ten best with their stored fields and snippets, how many match, and three counts."""

    def top_ten(self, asked: Any) -> Any:
        """Return the ten best with their stored fields."""

    def outcome(self, answer: Any) -> Outcome:
        """Return what `request` returned, as all engines say it."""

    def server(self, folder: Path, *, port: int, workers: int) -> Sequence[str]:
        """Return the command that serves the index over HTTP; empty for an engine that is not served."""

    def address(self, query: BenchmarkQuery) -> str:
        """Return path and parameters by which its server is asked."""

    def version(self) -> str:
        """Return what was measured."""

    def close(self) -> None:
        """Release what `open` took."""
