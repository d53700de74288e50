"""`evaluate.py decisions`: are proposals, referrals and decisions told apart, against labels made by hand.

A gold file holds where a § stands and its label, no word of it. What a label means is said in its first
lines.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.document import DecisionKind, Document, ReadFailure, Section
from corpus.reader import read_folder
from scripts.evaluation.extraction import DEFAULT_GOLD

NONE = "none"
"""The label of a § in which nothing is decided."""
MISSING = "missing"
"""What stands in place of a label where the § was not found."""
LABELS = (*(kind.value for kind in DecisionKind), NONE)

Place = tuple[str, str]
"""The source of a document and the number of a §, which is empty for a text without a §."""


@dataclass(slots=True)
class DecisionResult:
    """How often each label was told as what, by (label, told), and each miss as (place, label, told)."""

    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[tuple[Place, str, str]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """The number of labelled §§."""
        return self.told.total()

    @property
    def right(self) -> int:
        """The number of §§ that were told as they are labelled."""
        return sum(count for (label, told), count in self.told.items() if label == told)

    def as_json(self) -> dict[str, object]:
        """Return the figures for a machine."""
        confusion: dict[str, dict[str, int]] = {}
        for (label, told), count in sorted(self.told.items()):
            confusion.setdefault(label, {})[told] = count
        return {"total": self.total, "right": self.right, "confusion": confusion}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `decisions`."""
    parser.add_argument("--minutes", type=Path, required=True, metavar="DIR", help="folder of minutes")
    parser.add_argument(
        "--gold",
        type=Path,
        default=DEFAULT_GOLD / "decisions.tsv",
        metavar="FILE",
        help="file of labels (another is decisions_held_out.tsv beside it)",
    )
    parser.add_argument("--misses", action="store_true", help="list what was told wrongly")
    parser.add_argument("--json", type=Path, metavar="FILE", help="file to write the figures to")
    parser.set_defaults(run=run_decisions)


def run_decisions(options: argparse.Namespace) -> int:
    """Read the folder and compare the kinds of decisions with the labels."""
    gold = read_labels(options.gold)
    result = compare(gold, told_in(options.minutes, {source for source, _ in gold}))
    print_result(result, misses=options.misses)
    if options.json:
        options.json.write_text(json.dumps(result.as_json(), indent=2) + "\n", encoding="utf-8")
    return 0


def read_labels(path: Path) -> dict[Place, str]:
    """Return the label of each place; lines that begin with `#` are comments.

    Raises:
        ValueError: a label is unknown, or a place is labelled twice.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(
            (line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        labels: dict[Place, str] = {}
        for row in rows:
            place = (row["source"], row["number"])
            if row["label"] not in LABELS or place in labels:
                raise ValueError(f"{path}: {row['source']} § {row['number']}: unknown label or twice")
            labels[place] = row["label"]
    return labels


def told_in(minutes: Path, sources: set[str]) -> dict[Place, str]:
    """Return what the reader tells of each § of these sources."""
    told: dict[Place, str] = {}
    for outcome in read_folder(minutes):
        if isinstance(outcome, ReadFailure) or outcome.source not in sources:
            continue
        told |= _told(outcome)
    return told


def _told(document: Document) -> dict[Place, str]:
    return {
        (document.source, section.number or ""): _label(section)
        for section in document.sections
        if section.number is not None or section.id.endswith("-text")
    }


def _label(section: Section) -> str:
    kind = section.decision.kind if section.decision else None
    return kind.value if kind else NONE


def compare(gold: Mapping[Place, str], told: Mapping[Place, str]) -> DecisionResult:
    """Return how often each label was told as what; a § that was not found is told as `missing`."""
    result = DecisionResult()
    for place, label in gold.items():
        found = told.get(place, MISSING)
        result.told[label, found] += 1
        if found != label:
            result.misses.append((place, label, found))
    return result


def print_result(result: DecisionResult, *, misses: bool) -> None:
    """Print the accuracy, how often each label was told as what, and on demand each miss."""
    share = 100 * result.right / result.total if result.total else 0.0
    print(f"{result.total} sections: {share:.1f} % right ({result.right} right)")
    columns = (*LABELS, MISSING)
    print(f"  {'labelled':<10}" + "".join(f"{name:>10}" for name in columns))
    for label in LABELS:
        print(f"  {label:<10}" + "".join(f"{result.told[label, name]:>10}" for name in columns))
    if misses:
        for (source, number), label, found in result.misses:
            print(f"    {source}: § {number or '–'} is {label}, told as {found}")
