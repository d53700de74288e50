"""Judged queries: which sections a person would call a hit, and how good a one.

A file is UTF-8, one judgement a line, columns parted by tabs, in one of two forms, with or without a
header line that begins with `query`:

`query, kind, id, grade`
    What is a hit is named by `id`: a section id; a source, the path of a file below the minutes (any of its
    sections counts, once); `source#§12`, the § of that number; `source#text`, `source#forstasida`, a
    section without a number, by the last part of its id.
`query, kind, source, snippet` (the header names `snippet`, or it is said that there are snippets)
    What is a hit is the section of that source whose title or text holds the snippet, white space aside. When
    several sections hold it, any of them counts, once. A column `grade` may follow.

The grade is 2 for a section about what was asked, 1 for one that mentions it, 0 for none; 2 where it is not
said. A query has as many lines as hits. A trap, which must find nothing, has one line with `-` for the id.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.entry import SectionEntry

NOTHING = "-"
DEFAULT_GRADE = 2
PLACES = ("id", "section", "section_id", "source")
FORM = ("query", "kind", "id", "grade")
SNIPPET_FORM = ("query", "kind", "source", "snippet", "grade")


class JudgementError(Exception):
    """A file of judgements cannot be understood; the message names the line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file; `snippet` is `None` in the form without."""

    query: str
    kind: str
    place: str
    snippet: str | None
    grade: int


@dataclass(frozen=True, slots=True)
class Target:
    """Something to be found: any of `sections`, none of them when `written` names what is not there."""

    written: str
    sections: frozenset[str]
    grade: int


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query and all that it should find; a trap should find nothing."""

    query: str
    kind: str
    targets: tuple[Target, ...]

    @property
    def is_trap(self) -> bool:
        """Whether nothing should be found."""
        return not self.targets


def read_lines(path: Path, *, has_snippets: bool = False) -> list[Line]:
    """Return the lines of a file.

    Args:
        path: the file.
        has_snippets: a file without a header is in the form with snippets.

    Raises:
        JudgementError: a line has too few columns or no grade where one should be.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    header: Sequence[str] = SNIPPET_FORM if has_snippets else FORM
    first = 0
    if rows and rows[0] and rows[0][0].strip().casefold() == "query":
        header, first = [name.strip().casefold() for name in rows[0]], 1
    where = next((name for name in PLACES if name in header), None)
    if where is None or "kind" not in header:
        raise JudgementError(f"{path}: the header has no column {'kind' if where else ' or '.join(PLACES)}")
    found = []
    for number, row in enumerate(rows[first:], start=first + 1):
        if any(cell.strip() for cell in row):
            found.append(_line(dict(zip(header, row, strict=False)), where, f"{path}:{number}"))
    return found


def _line(cells: Mapping[str, str], where: str, at: str) -> Line:
    query, kind, place = (cells.get(name, "") for name in ("query", "kind", where))
    place = place.strip()
    if not (query.strip() and kind.strip() and place):
        raise JudgementError(f"{at}: a line has query, kind and {where}, parted by tabs")
    grade = cells.get("grade", "").strip()
    if grade and not (grade.isascii() and grade.isdigit()):
        raise JudgementError(f"{at}: the grade is a whole number, not {grade!r}")
    snippet = cells.get("snippet")
    default = 0 if place == NOTHING else DEFAULT_GRADE
    return Line(query, kind.strip(), place, snippet or None, int(grade) if grade else default)


class Catalogue:
    """Finds the sections that a judgement names."""

    def __init__(self, entries: Iterable[SectionEntry]) -> None:
        self._entries: dict[str, SectionEntry] = {}
        self._by_source: dict[str, list[SectionEntry]] = {}
        for entry in entries:
            self._entries[entry.id] = entry
            self._by_source.setdefault(entry.source, []).append(entry)

    def sections(self, line: Line) -> frozenset[str]:
        """Return the ids of the sections that `line` names, none when nothing is there."""
        source, mark, name = line.place.rpartition("#")
        if line.snippet is not None:
            wanted = _plain(line.snippet)
            candidates = self._by_source.get(line.place, ())
            return frozenset(
                entry.id for entry in candidates if any(wanted in text for text in _texts(entry))
            )
        if line.place in self._entries:
            return frozenset({line.place})
        if mark and source in self._by_source:
            return frozenset(entry.id for entry in self._by_source[source] if _is_named(entry, name))
        return frozenset(entry.id for entry in self._by_source.get(line.place, ()))


def _is_named(entry: SectionEntry, name: str) -> bool:
    if name.startswith("§"):
        return entry.number == name.removeprefix("§").strip()
    return entry.id.removeprefix(entry.document_id) == f"-{name}"


def _texts(entry: SectionEntry) -> tuple[str, str]:
    return _plain(entry.title), _plain(entry.text)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())


def judged_queries(lines: Iterable[Line], catalogue: Catalogue) -> list[JudgedQuery]:
    """Return the queries in the order of their first lines.

    Raises:
        JudgementError: a query is a trap and has hits, or is neither.
    """
    by_query: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        by_query.setdefault((line.query, line.kind), []).append(line)
    return [_judged(query, kind, group, catalogue) for (query, kind), group in by_query.items()]


def _judged(query: str, kind: str, lines: Sequence[Line], catalogue: Catalogue) -> JudgedQuery:
    is_trap = any(line.place == NOTHING for line in lines)
    hits = [line for line in lines if line.grade > 0]
    if is_trap == bool(hits):
        problem = (
            "should find nothing and something" if is_trap else f"has neither a hit nor a line {NOTHING!r}"
        )
        raise JudgementError(f"The query {query!r} ({kind}) {problem}")
    targets: dict[tuple[str, str | None], Target] = {}
    for line in sorted(hits, key=lambda line: -line.grade):
        written = f"{line.place}: {line.snippet}" if line.snippet else line.place
        targets.setdefault((line.place, line.snippet), Target(written, catalogue.sections(line), line.grade))
    return JudgedQuery(query, kind, tuple(targets.values()))


def missing_targets(judged: Iterable[JudgedQuery]) -> list[str]:
    """Return what is judged a hit and is not in the index, each once."""
    written = (target.written for one in judged for target in one.targets if not target.sections)
    return list(dict.fromkeys(written))
