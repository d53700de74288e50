"""The lexicon that an index carries, so that whoever opens the index analyses queries as it was made."""

from __future__ import annotations

import logging
import os
import shutil
import threading
from pathlib import Path
from typing import Final
from weakref import WeakValueDictionary

from index import checksums
from index.analysis.analyzer import Analyzer
from index.analysis.lexicon.lexicon import Lexicon, LexiconDamaged
from index.analysis.lexicon.supply import LexiconSupply
from index.analysis.steps import Step
from index.errors import IndexOutdated

_LOGGER: Final = logging.getLogger(__name__)

_FILE: Final = "lexicon.trie"
"""Its name in the folder of a generation; an index made without a lexicon has no such file."""


class Analyzers:
    """The analyzers in use, one a lexicon: while a lexicon stays, so does what its analyzer remembers.

    May be used by several threads.

    Args:
        without: steps that are left out, for an evaluation.
    """

    def __init__(self, without: frozenset[Step] = frozenset()) -> None:
        self.plain = Analyzer(without=without)
        self._lock = threading.Lock()
        self._in_use: WeakValueDictionary[str, Analyzer] = WeakValueDictionary()

    def over(self, generation: Path) -> Analyzer:
        """Return the analyzer over the lexicon that a generation carries, the plain one when it has none.

        Raises:
            IndexOutdated: the lexicon has the format of another version.
        """
        file = generation / _FILE
        if not file.exists():
            return self.plain
        try:
            return self.of(file)
        except LexiconDamaged as error:
            raise IndexOutdated(generation.parents[1], ["The format of the lexicon changed"]) from error

    def of(self, file: Path) -> Analyzer:
        """Return the analyzer over a compiled lexicon.

        Raises:
            LexiconDamaged: it has the format of another version.
        """
        lexicon = Lexicon.open(file)
        with self._lock:
            analyzer = self._in_use.get(lexicon.version)
            if analyzer is None:
                analyzer = Analyzer(lexicon, without=self.plain.without)
                self._in_use[lexicon.version] = analyzer
            return analyzer


class LexiconSource:
    """Where a new index takes its lexicon from: from a supply, else from the index that was there before.

    Args:
        supply: `None` to keep to what an index has.
        does_without: whether an index is to have none, even where it has one.
    """

    def __init__(self, supply: LexiconSupply | None, *, does_without: bool = False) -> None:
        self._supply = supply
        self.does_without = does_without

    def newer(self, generation: Path) -> Path | None:
        """Return the supplied lexicon when it is another than a generation's own; waits for its compilation.

        A lexicon that cannot be had is not wanted, so that no index is rebuilt in vain.
        """
        if self._supply is None or self._supply.version is None:
            return None
        own = generation / _FILE
        if own.exists() and Lexicon.open(own).version == self._supply.version:
            return None
        return self._supply.obtain()

    def prepare(self) -> None:
        """Begin to compile what `carry` will need."""
        if self._supply:
            self._supply.start()

    def carry(self, unfinished: Path, *, earlier: Path | None) -> None:
        """Put the lexicon that a new index is to have into its folder; waits for its compilation.

        Args:
            unfinished: the folder of the new generation.
            earlier: the generation before, if any.
        """
        supplied = self._supply.obtain() if self._supply else None
        file = supplied or (None if self.does_without else _own(earlier))
        if file:
            _link_or_copy(file, unfinished / _FILE)
        elif self._supply:
            _LOGGER.warning("The index is made without a Swedish lexicon, with the stemmer alone")


def _own(generation: Path | None) -> Path | None:
    """Return the lexicon of a generation if there is one that can be used."""
    if generation is None or not checksums.is_intact(generation, _FILE):
        return None
    try:
        Lexicon.open(generation / _FILE)
    except LexiconDamaged:
        return None
    return generation / _FILE


def _link_or_copy(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:
        # Another file system, or one without links.
        shutil.copyfile(file, target)
