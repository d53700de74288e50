"""What the tests that every engine must pass share."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, settings

from corpus.document import Document
from index.engine import SearchEngine

MakeEngine = Callable[[], SearchEngine]


def put(engine: SearchEngine, *made: Document) -> None:
    with engine.update() as writer:
        for one in made:
            writer.put(one)


SLOW_FIXTURE = settings(
    deadline=None,
    max_examples=60,
    # The engine is made anew for each example by the factory that the fixture returns.
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
