"""`rollback`: makes the index what it was before the latest run."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from index.engines.whoosh_engine import WhooshEngine
from search_service.commands.options import setting_options
from search_service.logging_config import configure_logging


@click.command(
    "rollback",
    epilog="""\b
Examples:
  minutes-search rollback --index var/index
  MINUTES_INDEX=var/index minutes-search rollback
""",
)
@setting_options("index_dir", "log_level")
def rollback_command(*, index_dir: Path, log_level: str) -> None:
    """Publish the generation before the current one again.

    It gets a new number, since numbers only grow, and every byte of it is read first. Searches go
    on meanwhile. A second rollback takes the first one back. What was taken down does not come
    back: then there is no generation before, and nothing is done. The next reindex makes the index
    say what the folder of minutes says, so mend that first.
    """
    configure_logging(log_level)
    with closing(WhooshEngine(index_dir)) as engine:
        engine.roll_back()
        manifest = engine.manifest()
    click.echo(
        f"{len(manifest.documents)} documents, {manifest.sections} sections in generation "
        f"{manifest.generation}, as in the generation before the last"
    )
