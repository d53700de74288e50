"""Synonyms: words that mean the same, from a file that an operator edits.

One group a line, its members between commas; `#` begins a comment::

    KSAU, kommunstyrelsens arbetsutskott
    KS => kommunstyrelsen

Who looks for one member of a group finds the others. What stands after an arrow is found besides, but does
not itself find what stands before it.
"""

from __future__ import annotations

import logging
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.analysis.analyzer import Analyzer
from index.query import Scope, Word
from index.query_words import terms_of, word_in

SHIPPED: Final = Path(__file__).with_name("synonyms.txt")
"""The file that comes with the search engine."""

_LOGGER: Final = logging.getLogger(__name__)

_ARROW: Final = "=>"
_LONGEST_MEMBER: Final = 100
_MOST_MEMBERS: Final = 50
_MOST_FOUND: Final = 50
"""What one word stands for at most: each makes a query longer, and so slower."""
_MOST_BYTES: Final = 2**17
"""A file of that size takes a second or two to get ready, in the search that is the first to need it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Words and phrases of which each of `typed` also stands for all of `found`."""

    typed: tuple[str, ...]
    found: tuple[str, ...]


class BrokenLine(Exception):
    """A line is no group; the message says why."""


def parse_line(line: str) -> Group | None:
    """Return the group of a line, `None` for one with a comment at most.

    Raises:
        BrokenLine: it is neither.
    """
    text = unicodedata.normalize("NFC", line.partition("#")[0]).strip()
    if not text:
        return None
    sides = [_members(side) for side in text.split(_ARROW)]
    if len(sides) > 2:
        raise BrokenLine(f"more than one {_ARROW}")
    if len(sides) == 1 and len(sides[0]) == 1:
        raise BrokenLine("a group of one")
    return Group(sides[0], sides[-1])


def _members(text: str) -> tuple[str, ...]:
    members = tuple(dict.fromkeys(" ".join(member.split()) for member in text.split(",")))
    if len(members) > _MOST_MEMBERS:
        raise BrokenLine(f"more than {_MOST_MEMBERS} members")
    for member in members:
        if not any(character.isalnum() for character in member):
            raise BrokenLine(f"no word in {member!r}")
        if len(member) > _LONGEST_MEMBER:
            raise BrokenLine(f"more than {_LONGEST_MEMBER} characters: {member[:20]}…")
    return members


class Synonyms:
    """The groups, ready to be looked up with the words of a query. Immutable.

    Attributes:
        longest: the number of words of the longest member, 0 when there is none.
    """

    def __init__(self, groups: Iterable[Group], analyzer: Analyzer) -> None:
        self._found: dict[tuple[str, ...], dict[str, None]] = {}
        self._cut: set[str] = set()
        for group in groups:
            for member in group.typed:
                self._add(member, group.found, analyzer)
        for member in sorted(self._cut):
            _LOGGER.warning("synonyms: of what %r stands for, only %d are searched", member, _MOST_FOUND)
        self.longest = max(map(len, self._found), default=0)

    def _add(self, member: str, found: Sequence[str], analyzer: Analyzer) -> None:
        words = [word_in(term.query) for term in terms_of(member, Scope.ALL, analyzer)]
        for key in _keys([word for word in words if word is not None]):
            others = self._found.setdefault(key, {})
            others.update(dict.fromkeys(other for other in found if other != member))
            if len(others) > _MOST_FOUND:
                self._cut.add(member)
                self._found[key] = dict.fromkeys(list(others)[:_MOST_FOUND])

    def of(self, words: Sequence[Word]) -> tuple[str, ...]:
        """Return what words side by side may also be written as; a single word in any inflected form."""
        return tuple(dict.fromkeys(other for key in _keys(words) for other in self._found.get(key, ())))


def _keys(words: Sequence[Word]) -> tuple[tuple[str, ...], ...]:
    """Return the keys of words: as written, and for a single word its surest stem too."""
    if not words:
        return ()
    written = tuple(word.exact[0] if word.exact else word.surface.casefold() for word in words)
    return (written, (words[0].stems[0],)) if len(words) == 1 else (written,)


class SynonymFile:
    """The synonyms of a file as it is at the moment. May be used by several threads.

    A file that cannot be read leaves those that were read last, and is logged, as is every broken line.

    Args:
        path: of the file; without one there are no synonyms.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._state = ""
        self._groups: tuple[Group, ...] = ()
        self._synonyms: tuple[Analyzer, Synonyms] | None = None

    @property
    def state(self) -> str:
        """What changes when the file does, for those who keep answers made with it."""
        if self._path is None:
            return ""
        try:
            stat = self._path.stat()
        except OSError:
            return "missing"
        return f"{stat.st_mtime_ns}-{stat.st_size}"

    def synonyms(self, analyzer: Analyzer) -> Synonyms:
        """Return the synonyms for queries that are made with `analyzer`."""
        state = self.state
        with self._lock:
            if self._path is not None and state != self._state:
                self._state = state
                self._read(self._path)
            if self._synonyms is None or self._synonyms[0] is not analyzer:
                self._synonyms = (analyzer, Synonyms(self._groups, analyzer))
            return self._synonyms[1]

    def _read(self, path: Path) -> None:
        if path.exists() and not path.is_file():
            # It might never end, or never begin: a search would wait for it.
            _LOGGER.warning("synonyms: %s is no file", path)
            return
        try:
            with path.open("rb") as file:
                content = file.read(_MOST_BYTES + 1)
            text = content.decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            _LOGGER.warning("synonyms: %s cannot be read: %s", path, error)
            return
        if len(content) > _MOST_BYTES:
            _LOGGER.warning("synonyms: %s is larger than %d bytes", path, _MOST_BYTES)
            return
        self._groups, self._synonyms = _groups(text, path), None


def _groups(text: str, path: Path) -> tuple[Group, ...]:
    groups: list[Group] = []
    for number, line in enumerate(text.split("\n"), start=1):
        try:
            group = parse_line(line)
        except BrokenLine as error:
            _LOGGER.warning("synonyms: %s, line %d is passed over: %s", path, number, error)
        else:
            groups += [group] if group else []
    return tuple(groups)
