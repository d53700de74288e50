"""`verify`: reads every byte of the index and says what is not as it was published."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

import click

from index import generations
from index.checksums import Progress, damaged_files
from index.engines.whoosh_engine import WhooshEngine
from index.errors import IndexDamaged, TakedownsLost
from search_service.commands.options import setting_options
from search_service.exit_status import DAMAGED
from search_service.logging_config import configure_logging
from search_service.progress import Share, share_progress

LARGE: Final = 100_000_000
"""Bytes from which the progress is shown: they take some tenths of a second."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What `verify` found.

    Attributes:
        generation: the number of the generation.
        sizes: of its files, in bytes.
        damage: a sentence for each file that is not as it was published.
    """

    generation: str
    sizes: tuple[int, ...]
    damage: tuple[str, ...]


@click.command(
    "verify",
    epilog="""\b
Examples:
  minutes-search verify --index var/index
  MINUTES_INDEX=var/index minutes-search verify
""",
)
@setting_options("index_dir", "log_level")
def verify_command(*, index_dir: Path, log_level: str) -> None:
    """Check that the index is what was published, byte by byte.

    Each file is read and compared with its checksums, and the index is opened. Searches go on
    meanwhile. What is damaged is said file by file, with the command that repairs it.

    The list of takedowns has no copy in the index: where it is lost, that is said.

    The exit status is 0 when all is sound, 70 when something is damaged or lost, 2 when there is no index
    or one of another version.
    """
    configure_logging(log_level)
    try:
        checked = verify(index_dir)
    except IndexDamaged as error:
        _say_damage((str(error),), index_dir)
    except TakedownsLost as error:
        # To build the index anew would not bring the list back.
        click.echo(str(error))
        raise SystemExit(DAMAGED.code) from None
    if checked.damage:
        _say_damage(checked.damage, index_dir)
    size = sum(checked.sizes) / 1e6
    click.echo(f"generation {checked.generation} is sound: {len(checked.sizes)} files, {size:.1f} MB")


def verify(index_dir: Path) -> Checked:
    """Return what reading all of the current generation found.

    Raises:
        IndexMissing, IndexUnsafe, IndexOutdated: there is no index that could be opened.
        IndexDamaged: so much is wrong that its files are not known, or they do not fit together.
        TakedownsLost: the list of takedowns cannot be read.
    """
    held = generations.hold(index_dir)
    try:
        with share_progress(sys.stderr, "checking the index") as share:
            damage = tuple(damaged_files(held.folder, _when_large(share)))
        if not damage:
            # Sound files could still be those of another version, or not fit together.
            with closing(WhooshEngine(index_dir)) as engine:
                engine.manifest()
                engine.takedowns()
        sizes = tuple(file.stat().st_size for file in held.folder.iterdir())
    finally:
        held.release()
    return Checked(generations.name_of(held.folder), sizes, damage)


def _say_damage(damage: tuple[str, ...], index_dir: Path) -> NoReturn:
    click.echo("\n".join(damage))
    click.echo(f"Bygg om indexet med: minutes-search reindex --rebuild --minutes … --index {index_dir}")
    raise SystemExit(DAMAGED.code)


def _when_large(share: Share) -> Progress:
    def progress(done: int, total: int) -> None:
        if total >= LARGE:
            share(done / total)

    return progress
