"""The completions of the newest generation, made in the background as soon as there is one."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from typing import Final

from index.completion.completions import Completions
from index.engine import SearchEngine
from index.errors import OperatorError, SearchTimeout
from index.manifest import Manifest
from index.memory import give_back

_LOGGER: Final = logging.getLogger(__name__)

_SECONDS_BETWEEN_LOOKS: Final = 1.0
"""How often it is looked for a new generation; to look is one `stat`."""

_PATIENCE: Final = 0.2
"""Seconds that a request waits for the completions of a new generation, before it takes those of the last."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The completions of one generation; the rest is of its manifest."""

    state: str
    taken_down: frozenset[str]
    completions: Completions


class FreshCompletions:
    """Keeps the completions of the current generation, and those of the last until the new ones are made.

    To make them takes seconds for a large index, in which requests go on: they are answered from the last
    generation. May be used by several threads; runs one of its own from `start` to `close`.
    """

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine
        self._edition: Edition | None = None
        self._failure: tuple[str, Exception] | None = None
        self._changed = threading.Condition()
        self._look = threading.Event()
        self._closing = False
        self._thread = threading.Thread(target=self._watch, name="completions", daemon=True)

    def start(self) -> None:
        """Begin to look for new generations."""
        self._thread.start()

    def close(self) -> None:
        """Stop looking; return when that is done."""
        self._closing = True
        self._look.set()
        self._thread.join()

    def at(self, state: str) -> Edition | None:
        """Return the completions of the generation in that state, when they are made."""
        edition = self._edition
        return edition if edition is not None and edition.state == state else None

    def wait_for(self, manifest: Manifest, seconds: float) -> Edition:
        """Return the completions of a generation, or those of the last while they are made.

        Args:
            manifest: of the generation.
            seconds: how long to wait where there are none at all, or where those of the last may have what
                was taken down since.

        Raises:
            SearchTimeout: it took longer.
        """
        state = manifest.state
        self._look.set()
        with self._changed:
            self._changed.wait_for(
                lambda: self._is_done(state),
                min(seconds, _PATIENCE) if self._has_any_for(manifest) else seconds,
            )
            if self._failure is not None and self._failure[0] == state:
                raise self._failure[1]
            if self._edition is None or not self._has_any_for(manifest):
                raise SearchTimeout("Förslagen är inte klara än. Försök igen om några sekunder.")
            return self._edition

    def _has_any_for(self, manifest: Manifest) -> bool:
        """Tell whether there are completions without anything that was taken down."""
        return self._edition is not None and manifest.taken_down <= self._edition.taken_down

    def _is_done(self, state: str) -> bool:
        failed = self._failure is not None and self._failure[0] == state
        return failed or self.at(state) is not None

    def _watch(self) -> None:
        while not self._closing:
            try:
                self._refresh()
            except OperatorError:
                pass  # Requests say what is the matter.
            except Exception:
                # A thread that dies would leave the suggestions as they are for good.
                _LOGGER.exception("This is a bug")
            self._look.wait(_SECONDS_BETWEEN_LOOKS)
            self._look.clear()

    def _refresh(self) -> None:
        manifest = self._engine.manifest()
        state = manifest.state
        if self.at(state) is not None:
            return
        started = time.perf_counter()
        edition, failure = None, None
        try:
            # What a search would else make while everybody waits for it.
            self._engine.vocabulary().prepare()
            edition = Edition(state, manifest.taken_down, self._engine.completions())
        except Exception as error:
            # Kept for those who wait; it is theirs to answer.
            failure = (state, error)
        else:
            give_back()
            _LOGGER.info("made the completions in %.2f s", time.perf_counter() - started)
        with self._changed:
            self._edition, self._failure = edition or self._edition, failure
            self._changed.notify_all()
