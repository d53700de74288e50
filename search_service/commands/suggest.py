"""`suggest`: completions of what is being typed, on the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from index.engines.whoosh_engine import WhooshEngine
from index.highlighting import one_line
from search_service.commands.options import setting_options
from search_service.logging_config import configure_logging
from search_service.rendering.json_answer import json_bytes
from search_service.routes.suggest import MOST_SUGGESTIONS, suggestions_object


@click.command(
    "suggest",
    epilog="""\b
Examples:
  minutes-search suggest skolskj --index var/index
  minutes-search suggest "KS 2019/" --json
""",
)
@setting_options("index_dir", "log_level")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    envvar="MINUTES_SUGGEST_JSON",
    show_envvar=True,
    help="Print the JSON object that /api/v1/suggest answers.",
)
@click.argument("text")
def suggest_command(text: str, *, index_dir: Path, log_level: str, as_json: bool) -> None:
    """Print what TEXT may become: words, titles, committees and dnr, at most ten.

    Beside each, its kind and in how many sections it is; those that are in most come first.
    """
    configure_logging(log_level)
    engine = WhooshEngine(index_dir)
    try:
        found = engine.completions().complete(text, MOST_SUGGESTIONS)
    finally:
        engine.close()
    if as_json:
        click.echo(json_bytes(suggestions_object(found)))
        return
    for suggestion in found:
        click.echo(f"{suggestion.count:6}  {suggestion.kind.value:9}  {one_line(suggestion.text)}")
