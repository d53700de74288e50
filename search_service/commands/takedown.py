"""`takedown`: removes sections or documents from every answer and every file of the index, for good."""

from __future__ import annotations

import datetime
from contextlib import closing
from pathlib import Path
from typing import Final

import click

from index.engines.whoosh_engine import WhooshEngine
from index.taking_down import Plan, plan, take_down
from search_service.commands.options import setting_options
from search_service.logging_config import configure_logging

TRACES: Final = 70
"""Exit status when a file of the index still has some of the text."""


@click.command(
    "takedown",
    epilog="""\b
Examples:
  minutes-search takedown axryrky60b-59 --index var/index --dry-run
  minutes-search takedown axryrky60b-59 --index var/index --reason "ärende 2026-17"
  minutes-search takedown axryrky60b --index var/index
""",
)
@setting_options("index_dir", "log_level")
@click.option("--dry-run", is_flag=True, show_envvar=True, help="Say what would go; change nothing.")
@click.option(
    "--reason",
    show_envvar=True,
    help="Note for the list of takedowns, such as a case number; it is shown to no one else.",
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
def takedown_command(
    ids: tuple[str, ...], *, index_dir: Path, log_level: str, dry_run: bool, reason: str | None
) -> None:
    """Remove the sections or documents with these IDs from the index and every file of it.

    An ID is the last part of a permalink (a section), or the document_id of a hit (all its
    sections). Other sections of that day that say the same go with them. They are in no answer
    from the next request on; their addresses answer 410. When the command ends with 0, no file in
    the folder of the index has the text any more.

    IDs and hashes of what they said are kept in takedowns.json in that folder, so that no later
    reindex brings the text back, also not from another file of that day. Keep a copy of it.

    The exit status is 0 when all is gone, 70 when a trace was found, and what `minutes-search
    --help` says when something went wrong. Run it again then: what was begun is finished.
    """
    configure_logging(log_level)
    with closing(WhooshEngine(index_dir)) as engine:
        wanted = plan(engine, ids, now=datetime.datetime.now(datetime.UTC), reason=reason)
        if wanted.unknown:
            raise click.UsageError(f"The index has nothing with the id {', '.join(wanted.unknown)}.")
        traces = () if dry_run else take_down(engine, wanted)
    click.echo("\n".join(_lines(wanted, "would go" if dry_run else "gone")))
    if traces:
        click.echo("\n".join(f"some of the text is still in {trace}" for trace in traces))
        click.echo(f"Run: minutes-search reindex --rebuild --minutes … --index {index_dir}")
        raise SystemExit(TRACES)


def _lines(wanted: Plan, fate: str) -> list[str]:
    """Return what goes, without its words: a terminal and a log are files too."""
    lines = [
        f"{fate}: {entry.id}  {entry.source}" + (f"  § {entry.number}" if entry.number else "")
        for entry in wanted.sections
    ]
    documents = len({entry.document_id for entry in wanted.sections})
    return [*lines, f"{len(wanted.sections)} sections of {documents} documents {fate}"]
