"""`sources`: what the index covers, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click

from index.engines.whoosh_engine import WhooshEngine
from index.highlighting import one_line
from search_service.commands.options import setting_options
from search_service.logging_config import configure_logging
from search_service.rendering.coverage import SourcesObject, sources_object
from search_service.rendering.json_answer import json_bytes


@click.command(
    "sources",
    epilog="""\b
Examples:
  minutes-search sources --index var/index
  minutes-search sources --json
""",
)
@setting_options("index_dir", "log_level")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    envvar="MINUTES_SOURCES_JSON",
    show_envvar=True,
    help="Print the JSON object that /api/v1/sources answers.",
)
def sources_command(*, index_dir: Path, log_level: str, as_json: bool) -> None:
    """Print what is indexed of whom, which § numbers are missing, and which files could not be read.

    Beside each committee the number of its documents and sections, its first and its last meeting.
    """
    configure_logging(log_level)
    with closing(WhooshEngine(index_dir)) as engine:
        found = sources_object(engine.manifest())
    click.echo(json_bytes(found) if as_json else "\n".join(_lines(found)))


def _lines(found: SourcesObject) -> Iterator[str]:
    for source in found.sources:
        names = [body.name for body in (source.municipality, source.committee) if body]
        meetings = f"{source.first_date or '–'} – {source.last_date or '–'}"
        name = one_line(", ".join(names)) or "Okänt"
        yield f"{source.documents:6} {source.sections:7}  {meetings:23}  {name}"
        for missing in source.missing_sections:
            yield f"missing: {one_line(missing.source)}: § {', '.join(missing.numbers)}"
    for failure in found.unreadable:
        yield f"unreadable: {one_line(failure.source)}: {failure.reason}"
