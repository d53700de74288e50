"""This project, asked as its web layer asks it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from corpus.document import Document
from index.analysis.lexicon.store import find_word_list
from index.analysis.lexicon.supply import LexiconSupply
from index.engines.whoosh_engine import WhooshEngine
from index.questions import Answer, Question
from index.request import Filters
from index.searching import search
from index.synonyms import SHIPPED, SynonymFile
from scripts.benchmarks.engines.engine import HITS, SNIPPET_LENGTH, Outcome
from scripts.benchmarks.queries import FILTERS, BenchmarkQuery, Kind

_LEXICONS: Final = Path(__file__).resolve().parents[3] / "var" / "lexicon"
_SECONDS: Final = 60
"""What a search may take: a benchmark is not to end since the machine is busy."""


class ProjectEngine:
    """`index.searching.search` with all that the service turns on: lexicon, synonyms, time budget."""

    name = "project"

    def __init__(self) -> None:
        self._engine: WhooshEngine | None = None
        self._synonyms = SynonymFile(SHIPPED)

    def prepare(self) -> None:
        """Compile the lexicon, unless it has been."""
        with LexiconSupply(_LEXICONS, find_word_list()) as lexicons:
            lexicons.obtain()

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Index as `reindex --rebuild` does, after the files have been read."""
        with LexiconSupply(_LEXICONS, find_word_list()) as lexicons:
            engine = WhooshEngine(folder, lexicons=lexicons)
            with engine.rebuild() as writer:
                for document in documents:
                    writer.put(document)
            engine.close()

    def open(self, folder: Path) -> None:
        """Open the current generation."""
        self._engine = WhooshEngine(folder)
        self._engine.manifest()

    def translate(self, query: BenchmarkQuery) -> tuple[Question, Question]:
        """Return the question of the request and that of the top ten."""
        text = text_of(query)
        filters = _filters(query)
        return (
            Question(
                text,
                filters,
                limit=HITS,
                facets=FILTERS,
                snippet_length=SNIPPET_LENGTH,
                time_budget=_SECONDS,
                synonyms=self._synonyms,
            ),
            Question(text, filters, limit=HITS, snippets=0, time_budget=_SECONDS, synonyms=self._synonyms),
        )

    def request(self, asked: tuple[Question, Question]) -> Answer:
        """Return the answer that becomes JSON."""
        return search(self._opened, asked[0])

    def top_ten(self, asked: tuple[Question, Question]) -> Answer:
        """Return the same without snippets and facets."""
        return search(self._opened, asked[1])

    def outcome(self, answer: Answer) -> Outcome:
        """Return what was found."""
        return Outcome(
            answer.total,
            tuple(result.entry.id for result in answer.results),
            tuple(snippet.html for result in answer.results for snippet in result.snippets),
            {
                name: {value.value: value.count for value in facet.values if value.count}
                for name, facet in answer.facets.items()
            },
        )

    def server(self, folder: Path, *, port: int, workers: int) -> Sequence[str]:
        """Return `minutes-search serve`."""
        given = {
            "index": folder,
            "port": port,
            "workers": workers,
            "time-budget": _SECONDS,
            "log-level": "ERROR",
        }
        options = [f"--{name}={value}" for name, value in given.items()]
        return (sys.executable, "-m", "search_service", "serve", *options)

    def address(self, query: BenchmarkQuery) -> str:
        """Return the search of the API."""
        parameters = {"q": text_of(query), "per_page": HITS, **dict([query.filter] if query.filter else ())}
        return f"/api/v1/search?{urlencode(parameters)}"

    def version(self) -> str:
        """Return what the words of the index are found by."""
        return str(self._opened.manifest().analysis)

    def close(self) -> None:
        """Close the generation."""
        if self._engine:
            self._engine.close()
            self._engine = None

    @property
    def _opened(self) -> WhooshEngine:
        if self._engine is None:
            raise ValueError("the index is not open")
        return self._engine


def _filters(query: BenchmarkQuery) -> Filters:
    wanted = {name: (value,) for name, value in [query.filter or ("", "")]}
    municipality, year, committee = (wanted.get(name, ()) for name in FILTERS)
    return Filters(municipality=municipality, committee=committee, year=year)


def text_of(query: BenchmarkQuery) -> str:
    """Return what a person types."""
    match query.kind:
        case Kind.EITHER:
            return " OR ".join(query.words)
        case Kind.PHRASE:
            return f'"{" ".join(query.words)}"'
        case Kind.PREFIX:
            return f"{query.words[0]}*"
        case _:
            return " ".join(query.words)
