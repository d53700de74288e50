"""Compiled lexicons in a folder, one a version, made of the word list.

Compiling takes some seconds and 500 MB, so it is done in a process of its own, and while a first reindex
reads its files. Two that compile the same version write the same file, and the later replaces the earlier.
"""

from __future__ import annotations

import hashlib
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from index.analysis.lexicon.affixes import WordListBroken, read_affixes
from index.analysis.lexicon.lemmas import table_bytes
from index.analysis.lexicon.lexicon import FORMAT, Lexicon, LexiconDamaged

_LOGGER: Final = logging.getLogger(__name__)

WORD_LIST_NAME: Final = "sv_SE"
_OURS: Final = Path(__file__).with_name("word_list")
_SUFFIX: Final = ".lexicon"
_CHILD: Final = "index.analysis.lexicon.compiler"


@dataclass(frozen=True, slots=True)
class WordList:
    """The two files of a hunspell word list."""

    affixes: Path
    words: Path

    def version(self) -> str:
        """Name the lexicon that is made of this list: by the files, our format and our table.

        Raises:
            OSError: one of them cannot be read.
        """
        checksum = hashlib.sha256(f"{FORMAT}\n".encode())
        for source in (table_bytes(), self.affixes.read_bytes(), self.words.read_bytes()):
            checksum.update(hashlib.sha256(source).digest())
        return checksum.hexdigest()[:16]


def find_word_list(setting: Path | None = None) -> WordList | None:
    """Return the word list to compile: ours, or where the operator says; `None` when it is not there.

    Args:
        setting: a folder, or one of the two files.
    """
    place = setting or _OURS
    candidate = place / WORD_LIST_NAME if place.is_dir() else place
    found = WordList(candidate.with_suffix(".aff"), candidate.with_suffix(".dic"))
    if found.affixes.is_file() and found.words.is_file():
        return found
    _LOGGER.warning("There is no word list (.aff and .dic) at %s", place)
    return None


class LexiconStore:
    """The compiled lexicons in a folder. Nothing is read or made before a method is called.

    Args:
        folder: made when something is compiled.
        word_list: what to compile; `None` to do without.
    """

    def __init__(self, folder: Path, word_list: WordList | None = None) -> None:
        self._folder = folder
        self._word_list = word_list
        self._running: Compilation | None = None

    @cached_property
    def version(self) -> str | None:
        """The version that the word list makes, found out once; `None` without a list that can be read."""
        if self._word_list is None:
            return None
        try:
            read_affixes(self._word_list.affixes)
            return self._word_list.version()
        except (OSError, WordListBroken) as error:
            _LOGGER.warning("The word list is not used: %s", error)
            return None

    def available(self) -> str | None:
        """Return the version that the word list makes if it is compiled already and whole, else `None`."""
        return self.version if self.version is not None and self._is_whole(self.version) else None

    def open(self, version: str) -> Lexicon:
        """Open the lexicon of a version.

        Raises:
            LexiconDamaged: it is not there, or not as it was written.
        """
        path = self.path(version)
        lexicon = Lexicon.open(path)
        if lexicon.version != version:
            raise LexiconDamaged(f"{path} holds the version {lexicon.version}")
        return lexicon

    def start_compiling(self, progress: Callable[[float], None] | None = None) -> Compilation | None:
        """Start compiling the word list in another process, where that is still to be done.

        Args:
            progress: is told from time to time, in a thread of its own, which share of the work is done.

        Returns:
            What can be waited for; `None` when there is nothing to compile, or nothing to compile it from.

        Raises:
            OSError: the folder cannot be made.
        """
        if self._word_list is None or self.version is None or self._is_whole(self.version):
            return None
        self._folder.mkdir(parents=True, exist_ok=True)
        target = self.path(self.version)
        self._running = Compilation(self._word_list, self.version, target, progress or _ignore)
        return self._running

    def obtain(self) -> Path:
        """Return the file of `version`; compiles it first, or waits until that is done, where need be.

        Raises:
            LexiconDamaged: there is no word list, or it could not be compiled.
            OSError: the folder cannot be made.
        """
        compilation = self._running or self.start_compiling()
        self._running = None
        if compilation is not None:
            compilation.wait()
        if self.version is None:
            raise LexiconDamaged("There is no word list that could be compiled")
        self.open(self.version)
        return self.path(self.version)

    def path(self, version: str) -> Path:
        """Return where the lexicon of a version is, or will be."""
        return self._folder / f"{version}{_SUFFIX}"

    def _is_whole(self, version: str) -> bool:
        try:
            self.open(version)
        except LexiconDamaged:
            return False
        return True


class Compilation:
    """A process that compiles a lexicon. It goes on while its starter does something else."""

    def __init__(
        self, word_list: WordList, version: str, target: Path, progress: Callable[[float], None]
    ) -> None:
        self._version = version
        self._progress = progress
        arguments = [str(word_list.affixes), str(word_list.words), version, str(target)]
        self._process = subprocess.Popen(  # noqa: S603 -- our own module
            [sys.executable, "-P", "-m", _CHILD, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": _python_path()},
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def wait(self) -> str | None:
        """Wait for the end and return the version, `None` when the word list could not be compiled."""
        status = self._process.wait()
        self._listener.join()
        if status:
            _LOGGER.warning("Compiling the word list failed (status %d): its lexicon is not used", status)
            return None
        return self._version

    def cancel(self) -> None:
        """End the process; what was published before stays."""
        self._process.kill()
        self._process.wait()
        self._listener.join()

    def _listen(self) -> None:
        output = self._process.stdout
        if output is None:
            return
        with output:
            for line in output:
                self._progress(float(line))


def _ignore(_share: float) -> None:
    pass


def _python_path() -> str:
    package_parent = str(Path(__file__).resolve().parents[3])
    return os.pathsep.join(filter(None, [package_parent, os.environ.get("PYTHONPATH")]))
