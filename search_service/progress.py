"""Shows how far a run is: a bar on a terminal, plain lines where no one is watching."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TextIO

from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm

from index.indexing import Progress

SECONDS_BETWEEN_LINES: Final = 10.0
SECONDS_BETWEEN_SHARES: Final = 2.0

COMPILING: Final = "compiling the Swedish lexicon"

Share = Callable[[float], None]
"""Called with the share of the work that is done, 1 at the end."""


@contextmanager
def reading_progress(stream: TextIO, *, clock: Callable[[], float] = time.monotonic) -> Iterator[Progress]:
    """Give what shows the reading of files on `stream`."""
    if not stream.isatty():
        yield ProgressLines(stream, clock)
        return
    bar = ProgressBar(stream)
    try:
        # What is logged meanwhile goes above the bar.
        with logging_redirect_tqdm():
            yield bar
    finally:
        bar.close()


@contextmanager
def compiling_progress(stream: TextIO, *, clock: Callable[[], float] = time.monotonic) -> Iterator[Share]:
    """Give what shows on `stream` how far the lexicon is; nothing is shown when none is compiled."""
    with share_progress(stream, COMPILING, clock=clock) as progress:
        yield progress


@contextmanager
def share_progress(
    stream: TextIO, what: str, *, clock: Callable[[], float] = time.monotonic
) -> Iterator[Share]:
    """Give what shows on `stream` how far `what` is; nothing is shown until it is first called."""
    if not stream.isatty():
        yield ShareLines(stream, what, clock)
        return
    bar = ShareBar(stream, what)
    try:
        yield bar
    finally:
        bar.close()


class ShareBar:
    """A bar of per cents that moves."""

    def __init__(self, stream: TextIO, what: str) -> None:
        self._stream = stream
        self._what = what
        self._bar: tqdm[None] | None = None

    def __call__(self, share: float) -> None:
        """Move to `share`."""
        if self._bar is None:
            self._bar = tqdm(
                total=100, desc=self._what, unit="%", file=self._stream, dynamic_ncols=True, leave=False
            )
        self._bar.update(int(100 * share) - self._bar.n)
        if share >= 1:
            self.close()

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()


class ShareLines:
    """A line at the start, one every so often, one at the end."""

    def __init__(self, stream: TextIO, what: str, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._what = what
        self._clock = clock
        self._last: float | None = None

    def __call__(self, share: float) -> None:
        """Say where the work is, when it is time to."""
        now = self._clock()
        if self._last is None or share >= 1 or now - self._last >= SECONDS_BETWEEN_SHARES:
            self._last = now
            print(f"{self._what} … {100 * share:.0f} %", file=self._stream, flush=True)


class ProgressBar:
    """A bar that moves."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._bar: tqdm[None] | None = None

    def __call__(self, done: int, total: int) -> None:
        """Move to `done` of `total`; a run without files shows no bar."""
        if self._bar is None:
            self._bar = tqdm(
                total=total,
                desc="Reading",
                unit="file",
                file=self._stream,
                dynamic_ncols=True,
                disable=not total,
            )
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Leave the bar as it stands and go to the next line."""
        if self._bar is not None:
            self._bar.close()


class ProgressLines:
    """A line at the start, one every so often with the rate and the time that is left, one at the end."""

    def __init__(self, stream: TextIO, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._clock = clock
        self._started = self._last = clock()
        self._done_before = 0

    def __call__(self, done: int, total: int) -> None:
        """Say where the run is, when it is time to."""
        now = self._clock()
        if done == 0:
            self._started = self._last = now
            self._say(f"Reading {total} files")
        elif done == total or now - self._last >= SECONDS_BETWEEN_LINES:
            # Of late: the first file waits for the lexicon.
            rate = (done - self._done_before) / max(now - self._last, 0.001)
            left = tqdm.format_interval(round((total - done) / rate))
            average = done / max(now - self._started, 0.001)
            shown = f"{average:.1f} a second" if done == total else f"{rate:.1f} a second, {left} left"
            self._last, self._done_before = now, done
            self._say(f"Read {done} of {total} files ({shown})")

    def _say(self, line: str) -> None:
        print(line, file=self._stream, flush=True)
