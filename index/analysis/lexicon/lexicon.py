"""The lexicon: Swedish forms with their dictionary forms, compiled from a word list and memory-mapped."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import marisa_trie

from index.analysis.lexicon.affixes import Role

FORMAT: Final = 4
"""To be raised by every change after which the same word list gives another file."""

RECORD: Final = struct.Struct("<HBH")
"""A reading of a form: the number of its lemma's rule, its roles, the number of its declension."""

FAMILY: Final = struct.Struct("<BB")
"""The binary logarithms of how many words a part begins and ends."""

TRAILER: Final = struct.Struct("<8sI32s")
"""The end of the file: what it is, the length of the description before it, the checksum of all before."""

MAGIC: Final = b"lexicon\n"


class LexiconDamaged(Exception):
    """The compiled lexicon is not there, cut, changed or of another format: it has to be compiled again."""


class Reading(NamedTuple):
    """What a form can be.

    Attributes:
        lemma: its dictionary form.
        roles: bits of `Role`: where it may stand.
        declension: the inflections of its word, one letter each.
    """

    lemma: str
    roles: int
    declension: str


class Family(NamedTuple):
    """How many words of the list a part begins and ends, in doublings: 0 none, 1 one, 2 two or three."""

    begins: int
    ends: int


_NO_FAMILY: Final = Family(0, 0)
_MOST_REMEMBERED: Final = 10_000


def inflect_alike(word: AbstractSet[str], last: AbstractSet[str]) -> bool:
    """Tell by their declensions whether a word may be a compound of a last part, which inflects as that does.

    One of the two may lack inflections; that each has one which the other has not tells them apart.
    """
    return (word <= last or last <= word) and bool(word) == bool(last)


class Lexicon:
    """A compiled word list. May be used by several threads; the processes on a machine share its memory.

    Words are given and come back casefolded and without accents other than those of å, ä and ö.

    Attributes:
        version: names the word list and the format; the same for the same results.
        beginnings: those of forms, with those of their lemmas where these are others.
        first_parts: the forms that may begin or continue a compound, in order.
    """

    def __init__(self, trie: Any, description: dict[str, Any]) -> None:
        self.version: str = description["version"]
        self.beginnings: list[tuple[str, str]] = [(form, lemma) for form, lemma in description["beginnings"]]
        self.first_parts: list[str] = description["first_parts"]
        self._get = trie.get
        # Who asks what a form can be soon asks again.
        self._entry = lru_cache(_MOST_REMEMBERED)(self._read)
        self._kinds: dict[bytes, tuple[int, str, int, str]] = {}
        self._rules: list[tuple[int, str]] = [(strip, add) for strip, add in description["rules"]]
        self._declensions: list[str] = description["declensions"]

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a compiled lexicon, which takes some 10 ms.

        Raises:
            LexiconDamaged: it is not there, or not as it was written.
        """
        try:
            description = _description(path.read_bytes())
            trie = marisa_trie.BytesTrie()
            trie.mmap(str(path))
        except (OSError, RuntimeError, ValueError) as error:
            raise LexiconDamaged(f"{path} cannot be read: {error}") from error
        return cls(trie, description)

    def __contains__(self, form: object) -> bool:
        """Tell whether a form is a word, not only a part of words."""
        return isinstance(form, str) and any(reading.roles & Role.WORD for reading in self.readings(form))

    def lemmas(self, form: str) -> tuple[str, ...]:
        """Return the dictionary forms of a word, its own first; none when it is unknown or only a part."""
        lemmas = {reading.lemma for reading in self.readings(form) if reading.roles & Role.WORD}
        return tuple(sorted(lemmas, key=lambda lemma: (lemma != form, lemma)))

    def roles(self, form: str) -> int:
        """Return all roles that a form can have, as bits of `Role`; 0 when it is unknown."""
        roles = 0
        for reading in self.readings(form):
            roles |= reading.roles
        return roles

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Return what a form can be."""
        return self._entry(form)[0]

    def family(self, part: str) -> Family:
        """Return how productive a part is."""
        return self._entry(part)[1]

    def _read(self, form: str) -> tuple[tuple[Reading, ...], Family]:
        found, family = [], _NO_FAMILY
        for value in self._values(form):
            if len(value) == FAMILY.size:
                family = Family(*FAMILY.unpack(value))
            else:
                strip, add, roles, declension = self._kinds.get(value) or self._kind(value)
                found.append(Reading(form[: len(form) - strip] + add, roles, declension))
        return tuple(found), family

    def _kind(self, value: bytes) -> tuple[int, str, int, str]:
        """Unpack a reading, of which there are some thousand kinds."""
        rule, roles, declension = RECORD.unpack(value)
        kind = self._kinds[value] = (*self._rules[rule], roles, self._declensions[declension])
        return kind

    def _values(self, form: str) -> Sequence[bytes]:
        # A null character ends what the trie looks for, and a lone surrogate has no UTF-8.
        is_asked = form.isalpha() or form.replace("-", "").isalpha()
        found: Sequence[bytes] = self._get(form, ()) if is_asked else ()
        return found


def _description(raw: bytes) -> dict[str, Any]:
    """Return the description at the end of a file, after its checksum proved right."""
    if len(raw) < TRAILER.size:
        raise ValueError("it is cut")
    magic, length, checksum = TRAILER.unpack(raw[-TRAILER.size :])
    body = memoryview(raw)[: -TRAILER.size]
    if magic != MAGIC or hashlib.sha256(body).digest() != checksum:
        raise ValueError("it is not as it was written")
    description: dict[str, Any] = json.loads(bytes(body[len(body) - length :]))
    if description["format"] != FORMAT:
        raise ValueError("it has another format")
    return description
