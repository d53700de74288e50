"""Takedowns that were not finished."""

from __future__ import annotations

import datetime
from contextlib import suppress

from index import taking_down
from index.engine import SearchEngine

NOW = datetime.datetime(2024, 5, 17, 8, 0, tzinfo=datetime.UTC)


def stop_taking_down(engine: SearchEngine, identity: str, *, is_hidden: bool = False) -> None:
    """Leave an index as a takedown of a whole document leaves it that is killed.

    Args:
        engine: of the index.
        identity: of a document or a section.
        is_hidden: killed after it was hidden, before it was purged; else when it was only remembered.
    """
    wanted = taking_down.plan(engine, [identity], now=NOW)
    with suppress(KeyboardInterrupt), engine.update() as writer:
        for takedown in wanted.takedowns:
            writer.take_down(takedown)
        if not is_hidden:
            raise KeyboardInterrupt
        for source in {entry.source for entry in wanted.sections}:
            writer.remove(source)
