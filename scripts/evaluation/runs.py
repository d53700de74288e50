"""A run: what an index answered to every judged query, with its figures; kept as JSON to compare with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scripts.evaluation.bootstrap import Difference, difference
from scripts.evaluation.measures import NAMES, Figures

EMPTY = "empty"
"""The figure of traps: 1 for one that found nothing."""

_FORMAT = 1


class RunError(Exception):
    """A file is no saved run, or two runs cannot be compared."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A query, what was found, and how good that is.

    Attributes:
        results: the ids of the first sections, best first.
        figures: `None` of a trap.
        missed: the targets that are not among the results.
        warnings: what the answer said of itself.
    """

    query: str
    kind: str
    results: tuple[str, ...]
    figures: Figures | None
    missed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_trap(self) -> bool:
        """Whether nothing should have been found."""
        return self.figures is None

    def figure(self, name: str) -> float | None:
        """Return one of `NAMES`, or `EMPTY`; `None` when this query has none of that name."""
        if name == EMPTY:
            return float(not self.results) if self.is_trap else None
        return None if self.figures is None else float(getattr(self.figures, name))


@dataclass(frozen=True, slots=True)
class Run:
    """All answers of one index; `analysis` says what its words were made with."""

    k: int
    analysis: str
    answers: tuple[Answered, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of queries in the order of the judgements."""
        return tuple(dict.fromkeys(answer.kind for answer in self.answers))

    def figures(self, kind: str | None = None) -> list[Figures]:
        """Return the figures of all queries of a kind, or of all."""
        return [answer.figures for answer in self.of_kind(kind) if answer.figures is not None]

    def traps(self, kind: str | None = None) -> list[Answered]:
        """Return the traps of a kind, or all."""
        return [answer for answer in self.of_kind(kind) if answer.is_trap]

    def of_kind(self, kind: str | None) -> Iterator[Answered]:
        """Yield the answers of a kind, or all."""
        return (answer for answer in self.answers if kind in (None, answer.kind))


def compared(before: Run, after: Run) -> dict[str, Difference | None]:
    """Return the difference of each figure over the queries that both runs have.

    Raises:
        RunError: the runs count different numbers of results.
    """
    if before.k != after.k:
        raise RunError(f"The runs count the first {before.k} and the first {after.k} results")
    earlier = {(answer.query, answer.kind): answer for answer in before.answers}
    pairs = [
        (earlier[answer.query, answer.kind], answer)
        for answer in after.answers
        if (answer.query, answer.kind) in earlier
    ]
    return {name: difference(*_columns(pairs, name)) for name in (*NAMES, EMPTY)}


def _columns(
    pairs: Iterable[tuple[Answered, Answered]], name: str
) -> tuple[Sequence[float], Sequence[float]]:
    figures = [(before.figure(name), after.figure(name)) for before, after in pairs]
    both = [(before, after) for before, after in figures if before is not None and after is not None]
    return [before for before, _ in both], [after for _, after in both]


def save(run: Run, path: Path) -> None:
    """Write a run to a file."""
    described = {"format": _FORMAT, **asdict(run)}
    path.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> Run:
    """Return a run from a file.

    Raises:
        RunError: the file is no saved run.
    """
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
        if described["format"] != _FORMAT:
            raise RunError(f"{path} is of another format; make it anew")
        answers = tuple(_answered(one) for one in described["answers"])
        return Run(int(described["k"]), str(described["analysis"]), answers)
    except (ValueError, KeyError, TypeError) as error:
        raise RunError(f"{path} is no saved run: {error!r}") from error


def _answered(described: dict[str, Any]) -> Answered:
    figures = described["figures"]
    return Answered(
        query=described["query"],
        kind=described["kind"],
        results=tuple(described["results"]),
        figures=None if figures is None else Figures(**figures),
        missed=tuple(described["missed"]),
        warnings=tuple(described["warnings"]),
    )
