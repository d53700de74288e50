"""The list of takedowns: a file beside the generations, which outlives every one of them.

It has ids and hashes, none of the words that were taken down. It cannot be made anew from the minutes, so
where it cannot be read nothing is written to the index.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from corpus.takedowns import Takedown
from index import durable
from index.errors import TakedownsLost

TAKEDOWNS: Final = "takedowns.json"
_MODE: Final = 0o640
_DECODER: Final = msgspec.json.Decoder(tuple[Takedown, ...])


def load(folder: Path, *, expected: bool = False) -> tuple[Takedown, ...]:
    """Return the takedowns of an index folder, in the order in which they were asked for.

    Args:
        folder: of the index.
        expected: whether there must be some, as the index says.

    Raises:
        TakedownsLost: there are some, and they cannot be read.
    """
    path = folder / TAKEDOWNS
    try:
        return _DECODER.decode(path.read_bytes())
    except FileNotFoundError as error:
        if expected:
            raise TakedownsLost(path, error) from error
        return ()
    except (OSError, msgspec.MsgspecError) as error:
        raise TakedownsLost(path, error) from error


def names(takedowns: Iterable[Takedown]) -> frozenset[str]:
    """Return what a manifest remembers of takedowns: ids, and digests of cases."""
    return frozenset(name for one in takedowns for name in (*one.gone, *one.cases))


def save(folder: Path, takedowns: Iterable[Takedown]) -> None:
    """Replace the list, durably. Call it under the lock."""
    content = msgspec.json.format(msgspec.json.encode(tuple(takedowns)), indent=1)
    durable.replace(folder / TAKEDOWNS, content + b"\n", mode=_MODE)
    durable.sync(folder)
