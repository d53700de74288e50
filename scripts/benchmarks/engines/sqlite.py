"""SQLite's full text search (FTS5), from the standard library.

- It has no Swedish stemmer. Words are stemmed in Python, each once, before they are indexed and asked for, in
  a table without contents of its own; what is shown stands in an ordinary table.
- Ranked by its `bm25`, the title counting twice; the ten best by `ORDER BY rank LIMIT 10`, which it has an
  optimisation for.
- The three counts come from one `GROUP BY` over one number that stands for municipality, year and committee.
- Its `snippet` would show stems. A snippet is made in Python instead: the text around its first word that
  matches, each match marked.
"""

from __future__ import annotations

import functools
import html
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import snowballstemmer

from corpus.document import Document
from scripts.benchmarks.engines.engine import HITS, SNIPPET_LENGTH, Outcome
from scripts.benchmarks.queries import FILTERS, BenchmarkQuery, Kind, values_of

_FILE: Final = "sections.db"
_WORD: Final = re.compile(r"\w+")
_COLUMNS: Final = ("number", "id", "title", "text", "dnr", *FILTERS, "date", "source")
_SCHEMA: Final = """
    CREATE TABLE sections (
        number INTEGER PRIMARY KEY, id, title, text, dnr, municipality, year, committee, date, source
    );
    CREATE TABLE groups (number INTEGER PRIMARY KEY, municipality, year, committee);
    CREATE TABLE members (number INTEGER PRIMARY KEY, grouped INTEGER);
    CREATE VIRTUAL TABLE words USING fts5(title, text, content='', tokenize='unicode61 remove_diacritics 0');
    INSERT INTO words (words, rank) VALUES ('rank', 'bm25(2.0, 1.0)');
"""
_HITS: Final = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
_FILTERED: Final = """
    SELECT words.rowid FROM words JOIN members ON members.number = words.rowid
    WHERE words MATCH ? AND grouped IN (SELECT value FROM json_each(?)) ORDER BY rank LIMIT ?
"""
_COUNTS: Final = """
    SELECT grouped, count(*) FROM words JOIN members ON members.number = words.rowid
    WHERE words MATCH ? GROUP BY grouped
"""
_SECTION: Final = "SELECT * FROM sections WHERE number = ?"


class Asked(NamedTuple):
    """A query in SQLite's syntax, its filter, and what tells which words of a text it matches."""

    text: str
    filter: tuple[str, str] | None
    matches: Callable[[str], bool]


class SqliteEngine:
    """A database with an index of words."""

    name = "sqlite"

    def __init__(self) -> None:
        self._connection: sqlite3.Connection | None = None
        self._groups: dict[int, tuple[str, ...]] = {}
        self._stem = functools.cache(snowballstemmer.stemmer("swedish").stemWord)

    def prepare(self) -> None:
        """Do nothing: there is nothing to make."""

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Index in one transaction, and merge the index of words to one piece."""
        folder.mkdir(parents=True)
        connection = sqlite3.connect(folder / _FILE)
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        groups: dict[tuple[str, ...], int] = {}
        number = 0
        for document in documents:
            grouped = groups.setdefault(tuple(values_of(document).values()), len(groups))
            for row in _rows(document):
                number += 1
                connection.execute("INSERT INTO sections VALUES (?,?,?,?,?,?,?,?,?,?)", (number, *row))
                connection.execute("INSERT INTO members VALUES (?, ?)", (number, grouped))
                connection.execute(
                    "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
                    (number, self._stemmed(row[1]), self._stemmed(row[2])),
                )
        connection.executemany(
            "INSERT INTO groups VALUES (?, ?, ?, ?)", ((at, *values) for values, at in groups.items())
        )
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        connection.commit()
        connection.execute("VACUUM")
        connection.close()

    def open(self, folder: Path) -> None:
        """Open the database read-only, mapped into memory, with a large cache."""
        connection = sqlite3.connect(f"file:{folder / _FILE}?mode=ro&immutable=1", uri=True)
        connection.executescript("PRAGMA mmap_size = 8000000000; PRAGMA cache_size = -256000;")
        groups = connection.execute("SELECT * FROM groups")
        self._groups = {number: values for number, *values in groups}
        self._connection = connection

    def translate(self, query: BenchmarkQuery) -> Asked:
        """Return the query as an FTS5 expression of stems."""
        stems = [self._stem(word) for word in query.words]
        quoted = [f'"{stem}"' for stem in stems]
        match query.kind:
            case Kind.EITHER:
                return Asked(" OR ".join(quoted), query.filter, self._among(stems))
            case Kind.PHRASE:
                return Asked(f'"{" ".join(stems)}"', query.filter, self._among(stems))
            case Kind.PREFIX:
                prefix = query.words[0]
                return Asked(f'"{prefix}"*', query.filter, lambda word: self._stem(word).startswith(prefix))
            case _:
                return Asked(" AND ".join(quoted), query.filter, self._among(stems))

    def request(self, asked: Asked) -> Mapping[str, Any]:
        """Return an answer of dicts and lists, ready to become JSON."""
        hits = self._hits(asked)
        counts, total = self._counts(asked)
        return {
            "total": total,
            "results": [{**hit, "snippet": _snippet(hit["text"], asked.matches)} for hit in hits],
            "facets": counts,
        }

    def top_ten(self, asked: Asked) -> list[dict[str, Any]]:
        """Return the hits alone."""
        return self._hits(asked)

    def outcome(self, answer: Mapping[str, Any]) -> Outcome:
        """Return what was found."""
        hits = answer["results"]
        ids, snippets = (tuple(hit[name] for hit in hits) for name in ("id", "snippet"))
        return Outcome(answer["total"], ids, snippets, answer["facets"])

    def server(self, folder: Path, *, port: int, workers: int) -> Sequence[str]:
        """Return nothing: it is not served."""
        del folder, port, workers
        return ()

    def address(self, query: BenchmarkQuery) -> str:
        """Return nothing."""
        del query
        return ""

    def version(self) -> str:
        """Return the version of the library."""
        return sqlite3.sqlite_version

    def close(self) -> None:
        """Close the database."""
        if self._connection:
            self._connection.close()
            self._connection = None

    @property
    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ValueError("the index is not open")
        return self._connection

    def _stemmed(self, text: str) -> str:
        return " ".join([self._stem(word) for word in _WORD.findall(text.lower())])

    def _among(self, stems: list[str]) -> Callable[[str], bool]:
        wanted = frozenset(stems)
        return lambda word: self._stem(word) in wanted

    def _hits(self, asked: Asked) -> list[dict[str, Any]]:
        if asked.filter:
            place, value = FILTERS.index(asked.filter[0]), asked.filter[1]
            within = [number for number, values in self._groups.items() if values[place] == value]
            found = self._opened.execute(_FILTERED, (asked.text, json.dumps(within), HITS))
        else:
            found = self._opened.execute(_HITS, (asked.text, HITS))
        return [self._section(number) for (number,) in found.fetchall()]

    def _section(self, number: int) -> dict[str, Any]:
        (row,) = self._opened.execute(_SECTION, (number,))
        return dict(zip(_COLUMNS, row, strict=True))

    def _counts(self, asked: Asked) -> tuple[dict[str, dict[str, int]], int]:
        """Return the counts of each property, where its own filter does not count, and how many match."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in FILTERS}
        total = 0
        for grouped, count in self._opened.execute(_COUNTS, (asked.text,)):
            values = dict(zip(FILTERS, self._groups[grouped], strict=True))
            fits = asked.filter is None or values[asked.filter[0]] == asked.filter[1]
            total += count if fits else 0
            for name, value in values.items():
                if fits or (asked.filter is not None and asked.filter[0] == name):
                    counts[name][value] += count
        return {name: dict(counter) for name, counter in counts.items()}, total


def _rows(document: Document) -> Iterator[tuple[str, ...]]:
    shared = (*values_of(document).values(), str(document.date or ""), document.source)
    for section in document.sections:
        yield (section.id, section.title, section.text, " ".join(section.dnr), *shared)


def _snippet(text: str, matches: Callable[[str], bool]) -> str:
    """Return the text around its first match, up to the length of a snippet, with matches marked."""
    first = next((word for word in _WORD.finditer(text) if matches(word[0].lower())), None)
    start = max(first.start() - SNIPPET_LENGTH // 4, 0) if first else 0
    start = text.rfind(" ", 0, start) + 1
    stop = text.rfind(" ", start, start + SNIPPET_LENGTH) if start + SNIPPET_LENGTH < len(text) else len(text)
    marked: list[str] = []
    place = start
    for word in _WORD.finditer(text, start, stop):
        if matches(word[0].lower()):
            marked += (html.escape(text[place : word.start()]), f"<b>{html.escape(word[0])}</b>")
            place = word.end()
    return "".join((*marked, html.escape(text[place:stop])))
