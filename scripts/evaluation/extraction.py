"""`evaluate.py extraction`: how well minutes are read, against gold files made by hand.

The gold files hold facts only: numbers, dates, dnr, and a hash of each title.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus import dnr
from corpus.document import Document, ReadFailure, Section
from corpus.reader import read_folder

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_GOLD = ROOT / "tests" / "data" / "gold"
HASH_DIGITS = 12
FIELDS = ("municipality", "committee", "date", "type")


@dataclass(frozen=True, slots=True)
class GoldSection:
    """What is known of one §."""

    number: str
    dnr: frozenset[str]
    title_hash: str


@dataclass(slots=True)
class FolderResult:
    """The counts of one folder, and each failure in words."""

    documents: int = 0
    expected: int = 0
    found: int = 0
    missing: int = 0
    spurious: int = 0
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """Return the counts for a machine."""
        return {
            "documents": self.documents,
            "expected": self.expected,
            "found": self.found,
            "missing": self.missing,
            "spurious": self.spurious,
            "right": dict(self.right),
            "wrong": dict(self.wrong),
            "unknown": dict(self.unknown),
            "failures": self.failures,
        }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `extraction`."""
    parser.add_argument("--minutes", type=Path, required=True, metavar="DIR", help="folder of minutes")
    parser.add_argument("--gold", type=Path, default=DEFAULT_GOLD, metavar="DIR", help="folder of gold files")
    parser.add_argument("--json", type=Path, metavar="FILE", help="file to write the figures to")
    parser.set_defaults(run=run_extraction)


def run_extraction(options: argparse.Namespace) -> int:
    """Read the folder and compare sections and metadata with the gold files."""
    sections = read_sections(options.gold / "sections.tsv")
    documents = read_documents(options.gold / "documents.tsv")
    results: dict[str, FolderResult] = {}
    seen: set[str] = set()
    for outcome in read_folder(options.minutes):
        result = results.setdefault(outcome.source.split("/")[0], FolderResult())
        seen.add(outcome.source)
        if isinstance(outcome, ReadFailure):
            result.failures.append(f"{outcome.source}: {outcome.reason}")
            continue
        result.documents += 1
        if outcome.source in sections:
            compare_sections(outcome, sections[outcome.source], result)
        if outcome.source in documents:
            compare_metadata(outcome, documents[outcome.source], result)
    for source in sorted((sections.keys() | documents.keys()) - seen):
        folder = results.setdefault(source.split("/")[0], FolderResult())
        folder.failures.append(f"{source}: in the gold, not in the folder")
    print_results(results)
    if options.json:
        figures = {name: result.as_json() for name, result in results.items()}
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


def read_sections(path: Path) -> dict[str, list[GoldSection]]:
    """Return the gold sections by source."""
    found: dict[str, list[GoldSection]] = {}
    for row in _rows(path):
        section = GoldSection(row["number"], _keys(row["dnr"].split(",")), row["title_sha256"])
        found.setdefault(row["source"], []).append(section)
    return found


def read_documents(path: Path) -> dict[str, Mapping[str, str]]:
    """Return the gold metadata by source; nothing when there is no such file."""
    return {row["source"]: row for row in _rows(path)} if path.exists() else {}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _keys(written: Iterable[str]) -> frozenset[str]:
    return frozenset(dnr.key(one) or one for one in written if one)


def title_hash(title: str) -> str:
    """Return what a gold file holds in place of a title: a hash that case and white space do not change."""
    normalised = " ".join(title.split()).casefold()
    return hashlib.sha256(normalised.encode()).hexdigest()[:HASH_DIGITS]


def compare_sections(document: Document, gold: Sequence[GoldSection], result: FolderResult) -> None:
    """Count the sections that are there, missing or too many, and their titles and dnr."""
    is_whole_text = all(not section.number for section in gold)
    found: dict[str, Section] = {}
    for section in document.sections:
        if section.number is None and not (is_whole_text and section.id.endswith("-text")):
            continue
        number = section.number or ""
        if number in found or number not in {known.number for known in gold}:
            result.spurious += 1
            result.failures.append(f"{document.source}: § {number} is spurious ({section.title[:60]})")
        found.setdefault(number, section)
    for known in gold:
        result.expected += 1
        if known.number not in found:
            result.missing += 1
            result.failures.append(f"{document.source}: § {known.number} is missing")
            continue
        result.found += 1
        _compare_section(document.source, found[known.number], known, result)


def _compare_section(source: str, section: Section, known: GoldSection, result: FolderResult) -> None:
    checks = {
        "title": title_hash(section.title) == known.title_hash,
        "dnr": _keys(section.dnr) == known.dnr,
    }
    for name, is_right in checks.items():
        (result.right if is_right else result.wrong)[name] += 1
        if not is_right:
            shown = section.title if name == "title" else ", ".join(section.dnr)
            result.failures.append(f"{source}: § {known.number} {name} is wrong ({shown})")


def compare_metadata(document: Document, known: Mapping[str, str], result: FolderResult) -> None:
    """Count the fields that are right, wrong or unknown; unknown is right where the gold is empty."""
    values = {
        "municipality": document.municipality.slug if document.municipality else "",
        "committee": document.committee.slug if document.committee else "",
        "date": document.date.isoformat() if document.date else "",
        "type": document.type.value,
    }
    for name in FIELDS:
        if name not in known:
            continue
        if values[name] == known[name]:
            result.right[name] += 1
        elif values[name]:
            result.wrong[name] += 1
            right = known[name] or "known"
            result.failures.append(f"{document.source}: {name} is {values[name]}, not {right}")
        else:
            result.unknown[name] += 1
            result.failures.append(f"{document.source}: {name} is unknown, should be {known[name]}")


def print_results(results: Mapping[str, FolderResult]) -> None:
    """Print the figures of each folder, then each failure."""
    for folder, result in sorted(results.items()):
        print(f"{folder}: {result.documents} documents")
        if result.expected:
            print(
                f"  §: {result.expected} expected, {result.found} found, {result.missing} missing,"
                f" {result.spurious} spurious"
            )
        for name in ("title", "dnr", *FIELDS):
            total = result.right[name] + result.wrong[name] + result.unknown[name]
            if total:
                share = 100 * result.right[name] / total
                print(
                    f"  {name}: {share:.1f} % right ({result.right[name]} right, {result.wrong[name]} wrong,"
                    f" {result.unknown[name]} unknown)"
                )
        for failure in result.failures:
            print(f"    {failure}")
