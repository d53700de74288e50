"""`search`: the ranked hits of a query, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from index.engines.whoosh_engine import WhooshEngine
from index.highlighting import Snippet, one_line
from index.questions import Answer, Result
from index.searching import search
from search_service.commands.questions import links_of, params_of, query_command, settings_of
from search_service.dependencies import synonym_file
from search_service.logging_config import configure_logging
from search_service.rendering.citations import citation
from search_service.rendering.json_answer import json_bytes
from search_service.rendering.search_objects import search_object
from search_service.routes.answering import question_of
from search_service.search_params import SearchParams


@click.command(
    "search",
    epilog="""\b
Examples:
  minutes-search search skolskjuts --index var/index
  minutes-search search '"partnerskap lund" OR samverkan' --year 2016..2019 --limit 5
  minutes-search search bygglov --municipality lund --json | jq .total
""",
)
@query_command
@click.option(
    "--limit",
    type=click.IntRange(1, 100),
    default=10,
    show_default=True,
    show_envvar=True,
    help="Hits on a page.",
)
@click.option(
    "--page", type=click.IntRange(1), default=1, show_default=True, show_envvar=True, help="Which page."
)
@click.option(
    "--strict", is_flag=True, show_envvar=True, help="Refuse a query that has to be mended to be understood."
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    envvar="MINUTES_SEARCH_JSON",
    show_envvar=True,
    help="Print the JSON object that /api/v1/search answers.",
)
def search_command(query: str, *, limit: int, page: int, strict: bool, as_json: bool, **given: Any) -> None:
    """Print the sections that QUERY finds, best first.

    Without QUERY, the newest. Begin a QUERY with a minus sign behind `--`.
    """
    settings = settings_of(given)
    configure_logging(settings.log_level)
    window = settings.result_window
    numbers: dict[str, int | str] = {"per_page": limit, "page": page, "strict": str(strict).lower()}
    engine = WhooshEngine(settings.index_dir)
    try:
        params = params_of(query, given, manifest=engine.manifest(), window=window, **numbers)
        answer = search(engine, question_of(params, settings, synonym_file(settings)))
    finally:
        engine.close()
    if as_json:
        click.echo(json_bytes(search_object(answer, params, links_of(settings), window=window)))
    else:
        click.echo("\n".join(_answer_lines(answer, params)))


def _answer_lines(answer: Answer, params: SearchParams) -> Iterator[str]:
    """Yield the answer as lines for people; what matched is bold on a terminal."""
    hits = "1 träff" if answer.total == 1 else f"{answer.total} träffar"
    documents = "1 handling" if answer.total_documents == 1 else f"{answer.total_documents} handlingar"
    understood = f": {one_line(answer.interpreted)}" if answer.interpreted else ""
    yield f"{hits} i {documents}{understood}"
    yield from (f"Obs: {one_line(warning)}" for warning in answer.warnings)
    if answer.suggestion:
        yield f"Menade du: {one_line(answer.suggestion)}"
    for number, result in enumerate(answer.results, start=params.offset + 1):
        yield ""
        yield from _result_lines(number, result)


def _result_lines(number: int, result: Result) -> Iterator[str]:
    entry = result.entry
    score = "" if result.score is None else f"  ({result.score:.2f})"
    yield f"{number:3}. {click.style(one_line(entry.title), bold=True)}{score}"
    yield f"     {one_line(citation(entry))}"
    yield from (f"     {_marked(snippet)}" for snippet in result.snippets)
    yield f"     {one_line(entry.source)}  {entry.id}"


def _marked(snippet: Snippet) -> str:
    pieces, position = [], 0
    for start, end in snippet.ranges:
        pieces += [snippet.text[position:start], click.style(snippet.text[start:end], bold=True)]
        position = end
    return "".join([*pieces, snippet.text[position:]])
