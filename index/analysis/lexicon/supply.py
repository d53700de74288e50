"""The lexicon of one run: compiled in the background when it is needed, and waited for when it is used."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from index.analysis.lexicon.lexicon import LexiconDamaged
from index.analysis.lexicon.store import Compilation, LexiconStore, WordList

_LOGGER: Final = logging.getLogger(__name__)


class LexiconSupply:
    """Supplies the compiled form of a word list, from a folder that keeps it or compiled anew.

    For one thread. It is a context, at whose exit a compilation that is no longer waited for ends.

    Args:
        folder: where compiled lexicons are kept; when nothing can be written there, none is kept.
        word_list: `None` when there is none.
        progress: is told, in a thread of its own, which share of a compilation is done.
    """

    def __init__(
        self,
        folder: Path,
        word_list: WordList | None,
        *,
        progress: Callable[[float], None] | None = None,
    ) -> None:
        self._folder = folder
        self._word_list = word_list
        self._progress = progress
        self._store = LexiconStore(folder, word_list)
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._compilation: Compilation | None = None

    @property
    def version(self) -> str | None:
        """The version that is supplied, `None` without a word list that can be read."""
        return self._store.version

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._compilation:
            self._compilation.cancel()
        if self._temporary:
            self._temporary.cleanup()

    def start(self) -> None:
        """Begin to compile, unless it is done or under way."""
        if self.version is None or self._compilation or self._store.available():
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=self._folder).close()
        except OSError as error:
            _LOGGER.warning("The compiled lexicon cannot be kept in %s: %s", self._folder, error)
            self._temporary = tempfile.TemporaryDirectory(prefix="lexicon-")
            self._store = LexiconStore(Path(self._temporary.name), self._word_list)
        self._compilation = self._store.start_compiling(self._progress)

    def obtain(self) -> Path | None:
        """Return the compiled file once it is there, `None` when there is none to be had."""
        if self.version is None:
            return None
        self.start()
        try:
            return self._store.obtain()
        except (LexiconDamaged, OSError) as error:
            _LOGGER.warning("The Swedish lexicon could not be compiled: %s", error)
            return None
