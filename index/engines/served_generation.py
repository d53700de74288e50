"""Which generation an engine answers from: the one that the pointer names, or the last one that is sound."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from index import checksums, generations, takedown_list
from index.engines.index_lexicon import Analyzers
from index.engines.whoosh_generation import WhooshGeneration
from index.errors import REPAIR, IndexDamaged, NoEarlierGeneration, OperatorError, TakedownsLost
from index.holds import Hold

_LOGGER: Final = logging.getLogger(__name__)

SECONDS_TO_RETRY: Final = 10.0
"""After which a generation that could not be opened is tried again: its folder may have been mended since."""

SECONDS_TO_LOOK: Final = 1.0
"""After which it is looked again whether something else has written to the files: it takes 0.1 ms."""


class ServedGeneration:
    """Opens generations as they are published; threads may share it.

    Args:
        folder: the index folder; it may be missing until something is indexed.
        analyzers: those in use.
        falls_back: answer from another generation when the newest cannot be opened or is found damaged: the
            one that is open, else the one before it on the disk. Without it, that is an error.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        folder: Path,
        analyzers: Analyzers,
        *,
        falls_back: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._analyzers = analyzers
        self._falls_back = falls_back
        self._clock = clock
        self._lock = threading.Lock()
        self._generation: WhooshGeneration | None = None
        self._state: tuple[int, int, int] | None = None
        self._trouble: OperatorError | None = None
        self._retry_at = float("inf")
        self._look_at = float("-inf")

    def latest(self) -> WhooshGeneration:
        """Return the generation to answer from, held: it stays open until the `with` around it is left.

        Raises:
            OperatorError: there is none that could be answered from.
        """
        with self._lock:
            return self._latest().hold()

    def newest(self) -> WhooshGeneration:
        """Return the generation that the pointer names, held, and never another.

        Raises:
            OperatorError: it cannot be opened.
        """
        with self._lock:
            generation = self._latest()
            if self._trouble is not None:
                raise self._trouble
            return generation.hold()

    def trouble(self) -> OperatorError | None:
        """Return why the newest generation is not the one that is answered from, `None` when it is.

        Raises:
            OperatorError: there is none that could be answered from, or only one that is damaged, so that
                some searches cannot be answered.
        """
        with self._lock:
            damage = self._latest().damage
            if damage is not None:
                raise damage
            return self._trouble

    @contextmanager
    def before(self) -> Iterator[WhooshGeneration]:
        """Open the generation before the current one, when every byte of it is as it was published.

        Raises:
            NoEarlierGeneration: there is none, or it has what a takedown is to remove.
            IndexDamaged: it is not as it was published.
            OperatorError: it cannot be opened.
        """
        earlier = self._opened_earlier()
        try:
            damage = next(checksums.damaged_files(earlier.folder), None)
            if damage:
                raise IndexDamaged(f"{damage} {REPAIR}")
            yield earlier
        finally:
            earlier.retire()

    def close(self) -> None:
        """Release files and memory."""
        with self._lock:
            self._let_go()
            self._state = None

    def _latest(self) -> WhooshGeneration:
        state = generations.pointer_state(self._folder)
        self._look()
        served = self._generation
        if served is None or state is None or state != self._state or self._clock() >= self._retry_at:
            return self._reopened(state)
        if self._falls_back and served.damage is not None and served.damage is not self._trouble:
            # Not tried again: as long as the pointer is the same, so is the damage.
            return self._instead(served.damage)
        return served

    def _look(self) -> None:
        """Let go of a generation whose files were written to: what was checked is checked anew."""
        served, now = self._generation, self._clock()
        if served is None or now < self._look_at:
            return
        self._look_at = now + SECONDS_TO_LOOK
        if served.has_changed():
            _LOGGER.error(
                "Files in %s were changed while they were in use. Run `minutes-search verify`.", served.folder
            )
            self._let_go()

    def _reopened(self, state: tuple[int, int, int] | None) -> WhooshGeneration:
        """Return what the pointer names now, or what there is instead."""
        self._retry_at = float("inf")
        try:
            generation = self._pointed()
        except OperatorError as error:
            if not self._falls_back:
                raise
            generation = self._instead(error)
            self._retry_at = self._clock() + SECONDS_TO_RETRY
        else:
            self._replace(generation)
            self._trouble = None
        self._state = state
        return generation

    def _pointed(self) -> WhooshGeneration:
        """Open what the pointer names."""
        while True:
            before = generations.pointer_state(self._folder)
            try:
                return self._opened(generations.hold(self._folder))
            except (IndexDamaged, FileNotFoundError):
                if generations.pointer_state(self._folder) == before:
                    raise
                # A purge removed it while it was opened.

    def _instead(self, trouble: OperatorError) -> WhooshGeneration:
        """Return the generation to answer from although there is `trouble` with the newest."""
        served = self._generation
        if served is None or served.damage is not None:
            try:
                served = self._earlier(served, trouble)
            except OperatorError:
                # Most of what it says may be sound, and what is not is found before it is answered.
                if served is None:
                    raise trouble from None
            else:
                self._replace(served)
        if not self._knows_takedowns(served):
            raise trouble
        if str(trouble) != str(self._trouble):
            number = served.manifest.generation
            _LOGGER.error("Answering from generation %s: %s", number, trouble)
        self._trouble = trouble
        return served

    def _earlier(self, damaged: WhooshGeneration | None, trouble: OperatorError) -> WhooshGeneration:
        """Open the generation before the one that is damaged.

        Raises:
            OperatorError: there is none that could be opened, or what is the matter is not damage.
        """
        if not isinstance(trouble, IndexDamaged):
            raise NoEarlierGeneration from trouble
        than = damaged.folder if damaged else None
        return self._opened_earlier(than)

    def _opened_earlier(self, than: Path | None = None) -> WhooshGeneration:
        """Open the generation before another, without it before the one that the pointer names.

        Raises:
            NoEarlierGeneration: there is none, or it may have what was taken down.
            OperatorError: it cannot be opened.
        """
        earlier = self._opened(generations.hold_before(self._folder, than))
        if self._knows_takedowns(earlier):
            return earlier
        earlier.retire()
        raise NoEarlierGeneration(
            f"Generation {earlier.manifest.generation} i {self._folder} har text som är på väg att tas bort "
            "med takedown, så den används inte igen. Indexet är orört. Avsluta borttagningen med: "
            f"minutes-search reindex --minutes … --index {self._folder}"
        )

    def _knows_takedowns(self, generation: WhooshGeneration) -> bool:
        """Tell whether all that is listed was taken down before a generation was published, or with it.

        One that was published before may have the text: the newest is without it, or about to be.
        """
        known = generation.manifest.taken_down
        try:
            listed = takedown_list.load(self._folder, expected=bool(known))
        except TakedownsLost:
            return False
        return takedown_list.names(listed) <= known

    def _replace(self, generation: WhooshGeneration) -> None:
        self._let_go()
        self._generation = generation

    def _let_go(self) -> None:
        if self._generation:
            self._generation.retire()
        self._generation = None

    def _opened(self, held: Hold) -> WhooshGeneration:
        try:
            return WhooshGeneration(held, self._analyzers)
        except BaseException:
            held.release()
            raise
