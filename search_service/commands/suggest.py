"""`suggest`: completions of what is being typed, on the terminal."""

from __future__ import annotations

from typing import Any

import click

from index.engines.whoosh_engine import WhooshEngine
from index.highlighting import one_line
from index.searching import suggestions
from search_service.commands.options import setting_options
from search_service.dependencies import synonym_file
from search_service.logging_config import configure_logging
from search_service.rendering.json_answer import json_bytes
from search_service.routes.answering import question_of
from search_service.routes.suggest import MOST_SUGGESTIONS, suggestions_object
from search_service.search_params import SearchParams
from search_service.settings import Settings


@click.command(
    "suggest",
    epilog="""\b
Examples:
  minutes-search suggest skolskj --index var/index
  minutes-search suggest "KS 2019/" --json
""",
)
@setting_options("index_dir", "synonyms", "time_budget", "log_level")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    envvar="MINUTES_SUGGEST_JSON",
    show_envvar=True,
    help="Print the JSON object that /api/v1/suggest answers.",
)
@click.argument("text")
def suggest_command(text: str, *, as_json: bool, **given: Any) -> None:
    """Print what TEXT may become: words, titles, committees and dnr, at most ten.

    Beside each, its kind and in how many sections it is; those that are in most come first,
    and behind other words what has all of them in its name before words.
    """
    settings = Settings(**given)
    configure_logging(settings.log_level)
    engine = WhooshEngine(settings.index_dir)
    try:
        asked = question_of(SearchParams(q=text), settings, synonym_file(settings))
        found = suggestions(engine, engine.completions(), asked, limit=MOST_SUGGESTIONS)
    finally:
        engine.close()
    if as_json:
        click.echo(json_bytes(suggestions_object(found)))
        return
    for suggestion in found:
        click.echo(f"{suggestion.count:6}  {suggestion.kind.value:9}  {one_line(suggestion.text)}")
