"""`reindex`: makes the index say what the folder of minutes says now."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from index.analysis.lexicon.store import WordList, find_word_list
from index.analysis.lexicon.supply import LexiconSupply
from index.engines.whoosh_engine import WhooshEngine
from index.guards import FEWEST_FILES, MOST_GONE, MOST_UNREADABLE, Guards
from index.indexing import Report, reindex
from search_service.commands.options import setting_options
from search_service.errors import ReportNotWritten
from search_service.exit_status import LEFT_OUT
from search_service.logging_config import configure_logging
from search_service.progress import compiling_progress, reading_progress
from search_service.setting_kinds import NONE
from search_service.settings import Settings

_LOGGER: Final = logging.getLogger(__name__)

_STANDARD_OUTPUT = Path("-")


def _in_a_folder(_context: click.Context, _parameter: click.Parameter, file: Path | None) -> Path | None:
    """Refuse a report that could not be written when the run is done."""
    if file is not None and not file.absolute().parent.is_dir():
        raise click.BadParameter(f"{str(file.parent)!r} is no folder.")
    return file


@click.command(
    "reindex",
    epilog="""\b
Examples:
  minutes-search reindex --minutes minutes --index var/index
  minutes-search reindex --minutes minutes --index var/index --rebuild --report report.json
  MINUTES_DIR=minutes MINUTES_INDEX=var/index minutes-search reindex --strict
""",
)
@setting_options(
    "minutes_dir", "index_dir", "lexicon_dir", "word_list", "log_level", required=("minutes_dir",)
)
@click.option(
    "--rebuild", is_flag=True, show_envvar=True, help="Start from nothing; repairs any state of the index."
)
@click.option(
    "--strict", is_flag=True, show_envvar=True, help="Exit with status 1 when a file could not be read."
)
@click.option(
    "--allow-shrink",
    is_flag=True,
    show_envvar=True,
    help=f"Publish also when more than {MOST_GONE} % of the documents would go, or all.",
)
@click.option(
    "--allow-unreadable",
    is_flag=True,
    show_envvar=True,
    help=f"Publish also when more than {MOST_UNREADABLE} % of {FEWEST_FILES} files or more are unreadable.",
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, writable=True, allow_dash=True, path_type=Path),
    callback=_in_a_folder,
    envvar="MINUTES_REINDEX_REPORT",
    show_envvar=True,
    help="Write what was done to this file, as JSON; - prints it instead of the summary.",
)
def reindex_command(
    *,
    rebuild: bool,
    strict: bool,
    allow_shrink: bool,
    allow_unreadable: bool,
    report_file: Path | None,
    **given: Any,
) -> None:
    """Make the index say what the folder of minutes says now.

    New and changed files are read, vanished ones removed, nothing else is touched. The old
    index serves until the new one is whole; a run that is stopped changes nothing.
    """
    settings = Settings(**given)
    configure_logging(settings.log_level)
    guards = Guards(allow_shrink=allow_shrink, allow_unreadable=allow_unreadable)
    report = run_reindex(settings, rebuild=rebuild, guards=guards)
    try:
        _tell(report, report_file)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ReportNotWritten(report.generation, error) from error
    if strict and report.unreadable:
        raise SystemExit(LEFT_OUT.code)


def _tell(report: Report, file: Path | None) -> None:
    """Print what a run did, and write it to a file when there is one."""
    described = msgspec.json.format(msgspec.json.encode(report_json(report)), indent=2)
    click.echo(described if file == _STANDARD_OUTPUT else summary(report))
    if file not in (None, _STANDARD_OUTPUT):
        file.write_bytes(described + b"\n")


def run_reindex(settings: Settings, *, rebuild: bool = False, guards: Guards = Guards()) -> Report:  # noqa: B008 # it cannot be changed
    """Bring the index up to date, with progress on stderr.

    Raises:
        UsageError: there is no folder of minutes, or it and that of the index are no pair of folders.
    """
    minutes_dir, index_dir = settings.minutes_dir, settings.index_dir
    if minutes_dir is None:
        raise click.UsageError("Missing option '--minutes'.")
    _check_folders(minutes_dir, index_dir)
    with (
        compiling_progress(sys.stderr) as compiling,
        LexiconSupply(settings.lexicon_dir, word_list_of(settings), progress=compiling) as lexicons,
        closing(
            WhooshEngine(index_dir, lexicons=lexicons, without_lexicon=settings.word_list == NONE)
        ) as engine,
        reading_progress(sys.stderr) as progress,
    ):
        report = reindex(
            minutes_dir,
            engine,
            rebuild=rebuild,
            guards=guards,
            progress=progress,
            processes=reader_processes(),
        )
    if not report.documents and not report.unreadable:
        _LOGGER.warning("There are no minutes in %s: the index is empty", minutes_dir)
    return report


def word_list_of(settings: Settings) -> WordList | None:
    """Return the word list that the operator chose, or ours; `None` for none."""
    if settings.word_list == NONE:
        return None
    return find_word_list(Path(settings.word_list) if settings.word_list else None)


def _check_folders(minutes_dir: Path, index_dir: Path) -> None:
    if index_dir.exists() and not index_dir.is_dir():
        raise click.UsageError(f"--index: {str(index_dir)!r} is no folder.")
    minutes, index = minutes_dir.resolve(), index_dir.resolve()
    if minutes.is_relative_to(index) or index.is_relative_to(minutes):
        raise click.UsageError(
            f"--minutes and --index must be two folders, not one inside the other: {minutes} and {index}."
        )


def reader_processes() -> int:
    """Return how many processes read files: as many as there are cores that this process may use.

    On two cores, two readers beside the writer were a tenth faster than one.
    """
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def summary(report: Report) -> str:
    """Return what a run did as lines for people."""
    counts = (
        f"{report.documents} documents, {report.sections} sections in generation {report.generation}: "
        f"{report.added} added, {report.updated} updated, {report.removed} removed, "
        f"{report.unchanged} unchanged, {len(report.unreadable)} unreadable ({report.seconds:.1f} s)"
    )
    unreadable = (f"unreadable: {failure.source}: {failure.reason}" for failure in report.unreadable)
    return "\n".join([counts, *unreadable])


def report_json(report: Report) -> dict[str, Any]:
    """Return `report` as the command line's contract has it."""
    return {
        "documents": report.documents,
        "sections": report.sections,
        "added": report.added,
        "updated": report.updated,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "unreadable": [{"source": failure.source, "reason": failure.reason} for failure in report.unreadable],
        "masked_personal_numbers": report.masked_personal_numbers,
        "taken_down": report.taken_down,
        "warnings": [{"source": warning.source, "warning": warning.warning} for warning in report.warnings],
        "generation": report.generation,
        "analysis": asdict(report.analysis),
        "seconds": report.seconds,
    }
