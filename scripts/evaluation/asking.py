"""Asks an index the judged queries, in the way that the HTTP interface asks it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from msgspec.structs import replace

from index.analysis.lexicon.store import WordList, find_word_list
from index.analysis.lexicon.supply import LexiconSupply
from index.analysis.steps import Step
from index.engine import SearchEngine
from index.engines.whoosh_engine import WhooshEngine
from index.entry import SectionEntry
from index.errors import QueryError
from index.indexing import reindex
from index.request import SearchRequest
from index.searching import Answer, search
from scripts.evaluation.judgements import JudgedQuery
from scripts.evaluation.measures import measure
from scripts.evaluation.runs import Answered, Run
from search_service.commands.reindex import reader_processes
from search_service.dependencies import synonym_file
from search_service.errors import RequestError
from search_service.progress import compiling_progress, reading_progress
from search_service.routes.answering import question_of
from search_service.search_parsing import parse_search
from search_service.setting_kinds import NONE
from search_service.settings import Settings


@contextmanager
def index_made(
    minutes: Path, settings: Settings, *, without: frozenset[Step] = frozenset()
) -> Iterator[SearchEngine]:
    """Give an engine over a new index of a folder, in a temporary place; it omits the steps in `without`.

    How far it is goes to stderr. The settings say which lexicon is used.
    """
    with (
        tempfile.TemporaryDirectory(prefix="evaluate-") as folder,
        compiling_progress(sys.stderr) as compiling,
        LexiconSupply(settings.lexicon_dir, _word_list(settings), progress=compiling) as lexicons,
        closing(WhooshEngine(Path(folder) / "index", lexicons=lexicons, without=without)) as engine,
    ):
        with reading_progress(sys.stderr) as progress:
            reindex(minutes, engine, progress=progress, processes=reader_processes())
        yield engine


@contextmanager
def index_opened(folder: Path) -> Iterator[SearchEngine]:
    """Give an engine over an index as it is."""
    with closing(WhooshEngine(folder)) as engine:
        yield engine


def _word_list(settings: Settings) -> WordList | None:
    if settings.word_list == NONE:
        return None
    return find_word_list(Path(settings.word_list) if settings.word_list else None)


def entries(engine: SearchEngine) -> Iterable[SectionEntry]:
    """Return all sections of an index."""
    return (hit.entry for hit in engine.scan(SearchRequest()))


class Asker:
    """Asks an index as the interface does with no parameter but `q`; without a time limit.

    Args:
        engine: the index.
        settings: those of the service.
        k: how many results are wanted.
    """

    def __init__(self, engine: SearchEngine, settings: Settings, *, k: int) -> None:
        self._engine = engine
        self._settings = settings
        self._synonyms = synonym_file(settings)
        self._k = k

    def ask(self, query: str) -> Answer:
        """Return the answer to a query.

        Raises:
            RequestError, QueryError: the interface would refuse it.
        """
        pairs = [("q", query), ("per_page", str(self._k))]
        labels = self._engine.manifest().labels
        params = parse_search(pairs, known=labels, result_window=self._settings.result_window)
        question = question_of(params, self._settings, self._synonyms)
        return search(self._engine, replace(question, time_budget=None))

    def answered(self, judged: JudgedQuery) -> Answered:
        """Return what a judged query finds, with its figures; a refused query finds nothing."""
        try:
            answer = self.ask(judged.query)
        except (RequestError, QueryError) as error:
            return _assessed(judged, (), (f"refused: {error}",), self._k)
        found = tuple(result.entry.id for result in answer.results)
        return _assessed(judged, found, answer.warnings, self._k)


def _assessed(judged: JudgedQuery, found: tuple[str, ...], warnings: tuple[str, ...], k: int) -> Answered:
    return Answered(
        query=judged.query,
        kind=judged.kind,
        results=found,
        figures=None if judged.is_trap else measure(judged.targets, found, k=k),
        missed=tuple(one.written for one in judged.targets if not one.sections.intersection(found)),
        warnings=warnings,
    )


def run(engine: SearchEngine, judged: Iterable[JudgedQuery], settings: Settings, *, k: int) -> Run:
    """Return the answers to all queries, with their figures over the first `k` results."""
    asker = Asker(engine, settings, k=k)
    return Run(k, str(engine.manifest().analysis), tuple(asker.answered(one) for one in judged))
