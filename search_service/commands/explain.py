"""`explain`: how a query is understood, and why its best hits matched."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from typing import Any

import click

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon.lexicon import Lexicon
from index.analysis.lexicon.supply import LexiconSupply
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexMissing
from index.highlighting import one_line
from index.manifest import Manifest
from index.query import Query, Scope
from index.query_parser import ParsedQuery, parse
from index.questions import Answer
from index.searching import search
from search_service.commands.explained_hits import hit_lines
from search_service.commands.explained_query import analysis_line, token_lines, tree_lines
from search_service.commands.options import setting_options
from search_service.commands.questions import params_of, query_command, settings_of
from search_service.commands.reindex import word_list_of
from search_service.dependencies import synonym_file
from search_service.logging_config import configure_logging
from search_service.progress import compiling_progress
from search_service.routes.answering import limits_of, question_of
from search_service.settings import Settings


@click.command(
    "explain",
    epilog="""\b
Examples:
  minutes-search explain 'skolskjuts OR "särskilt boende"' --index var/index
  minutes-search explain titel:bygglov --year 2019 --limit 1
""",
)
@query_command
@setting_options("lexicon_dir", "word_list")
@click.option(
    "--limit",
    type=click.IntRange(0, 100),
    default=3,
    show_default=True,
    show_envvar=True,
    help="Hits that are explained.",
)
def explain_command(query: str, *, limit: int, **given: Any) -> None:
    """Print how QUERY is understood and why hits match.

    That is its tokens with their stems and the parts of compounds, its tree with the fields of the index
    that each word is looked for in, and for the best hits what each word adds to the score, field by
    field. Without an index, only how QUERY is understood.
    """
    settings = replace(settings_of(given), lexicon_dir=given["lexicon_dir"], word_list=given["word_list"])
    configure_logging(settings.log_level)
    with closing(WhooshEngine(settings.index_dir)) as engine:
        manifest = _manifest_of(engine)
        if isinstance(manifest, IndexMissing):
            lines = [*_lines_without_index(query, given, settings)]
            lines += ["", f"Hits        none: {one_line(str(manifest))}"]
        else:
            numbers = {"per_page": max(limit, 1), "snippets": 0}
            params = params_of(query, given, manifest=manifest, window=settings.result_window, **numbers)
            answer = search(engine, question_of(params, settings, synonym_file(settings)))
            lines = [*_query_lines(query, answer, answer.query, engine.analyzer())]
            lines += ["", f"Hits        {answer.total} in generation {answer.manifest.generation}"]
            lines += hit_lines(engine, answer.query, answer.results[:limit])
    click.echo("\n".join(lines))


def _manifest_of(engine: WhooshEngine) -> Manifest | IndexMissing:
    try:
        return engine.manifest()
    except IndexMissing as missing:
        return missing


def _lines_without_index(query: str, given: Mapping[str, Any], settings: Settings) -> Iterator[str]:
    """Yield how a query is understood without an index, by the lexicon that one would be made with."""
    with (
        compiling_progress(sys.stderr) as progress,
        LexiconSupply(settings.lexicon_dir, word_list_of(settings), progress=progress) as lexicons,
    ):
        file = lexicons.obtain()
        analyzer = Analyzer(Lexicon.open(file) if file else None)
    scope = Scope(given["in"] or Scope.ALL)
    synonyms = synonym_file(settings).synonyms(analyzer)
    parsed = parse(query, analyzer, scope=scope, limits=limits_of(settings), synonyms=synonyms)
    yield from _query_lines(query, parsed, parsed.tree, analyzer)


def _query_lines(
    query: str, understood: Answer | ParsedQuery, tree: Query, analyzer: Analyzer
) -> Iterator[str]:
    yield f"Query       {one_line(query)}"
    yield f"Understood  {one_line(understood.interpreted)}"
    yield from (f"Warning     {one_line(warning)}" for warning in understood.warnings)
    if isinstance(understood, Answer) and understood.suggestion:
        yield f"Suggestion  {one_line(understood.suggestion)}"
    yield f"Analysis    {analysis_line(analyzer.version)}"
    yield ""
    yield from token_lines(query, analyzer)
    yield ""
    yield "Tree"
    yield from tree_lines(tree)
