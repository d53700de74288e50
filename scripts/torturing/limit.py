"""When a torture is over."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """How much is done at most.

    Attributes:
        times: of what is done.
        until: when it ends at the latest, by the clock that only grows.
    """

    times: int
    until: float

    def reached(self, done: int) -> bool:
        """Tell whether it is over after `done` times."""
        return done >= self.times or time.monotonic() >= self.until
