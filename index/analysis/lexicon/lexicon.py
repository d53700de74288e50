"""The lexicon: Swedish forms with their dictionary forms, compiled from a word list and memory-mapped."""

from __future__ import annotations

import hashlib
import json
import mmap
import struct
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import numpy as np

from index.analysis.lexicon.affixes import Role
from index.analysis.lexicon.automaton import Alphabet, number_of, numbers_of
from index.analysis.lexicon.readings import Arrays, Family, Reading, unpacked_entry, unpacked_reading

FORMAT: Final = 5
"""To be raised by every change after which the same word list gives another file."""

TRAILER: Final = struct.Struct("<8sI32s")
"""The end of the file: what it is, the length of the description before it, the checksum of all before."""

MAGIC: Final = b"lexicon\n"


class LexiconDamaged(Exception):
    """The compiled lexicon is not there, cut, changed or of another format: it has to be compiled again."""


_MOST_REMEMBERED: Final = 10_000


def inflect_alike(word: AbstractSet[str], last: AbstractSet[str]) -> bool:
    """Tell by their declensions whether a word may be a compound of a last part, which inflects as that does.

    One of the two may lack inflections; that each has one which the other has not tells them apart.
    """
    return (word <= last or last <= word) and bool(word) == bool(last)


class Entry(NamedTuple):
    """What forms can be that are alike.

    Attributes:
        kinds: the readings: how many letters of the form go, which come instead, roles and declension.
        family: how productive they are as parts.
        lemmas: how the words are made of which a form is one: how many letters go, and which come.
        names: the same for names.
    """

    kinds: tuple[tuple[int, str, int, str], ...]
    family: Family
    lemmas: tuple[tuple[int, str], ...]
    names: tuple[tuple[int, str], ...]


class Lexicon:
    """A compiled word list. May be used by several threads; the processes on a machine share its memory.

    Words are given and come back casefolded and without accents other than those of å, ä and ö.

    Attributes:
        version: names the word list and the format; the same for the same results.
        beginnings: those of forms, with those of their lemmas where these are others.
        arrays: what is known of forms, as compiled loops read it.
        alphabet: of the forms.
        rules: how a form becomes a dictionary form, by number: how many letters go, and which come.
        declensions: by number.
    """

    def __init__(self, arrays: Arrays, description: dict[str, Any]) -> None:
        self.version: str = description["version"]
        self.beginnings: list[tuple[str, str]] = [(form, lemma) for form, lemma in description["beginnings"]]
        self.arrays = arrays
        self.alphabet = Alphabet(description["alphabet"])
        self.rules: list[tuple[int, str]] = [(strip, add) for strip, add in description["rules"]]
        self.declensions: list[str] = description["declensions"]
        self._entries: dict[int, Entry] = {}
        # Who asks what a form can be soon asks again.
        self._readings = lru_cache(_MOST_REMEMBERED)(self._read)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a compiled lexicon, which takes some 10 ms.

        Raises:
            LexiconDamaged: it is not there, or not as it was written.
        """
        try:
            with path.open("rb") as file:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            description = _description(mapped)
        except (OSError, ValueError) as error:
            raise LexiconDamaged(f"{path} cannot be read: {error}") from error
        return cls(_arrays(mapped, description["lengths"]), description)

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
        return self._readings(form)

    def family(self, part: str) -> Family:
        """Return how productive a part is."""
        return self.entry(self._number(part)).family

    def numbers(self, forms: Sequence[str]) -> list[int]:
        """Return the numbers of the entries of forms, 0 for those that are unknown."""
        return numbers_of(self.arrays.edges, forms, self.alphabet)

    def entry(self, number: int) -> Entry:
        """Return what forms with an entry can be."""
        found = self._entries.get(number)
        if found is None:
            found = self._entries[number] = self._read_entry(number)
        return found

    def _read(self, form: str) -> tuple[Reading, ...]:
        return tuple(
            Reading(form[: len(form) - strip] + add, roles, declension)
            for strip, add, roles, declension in self.entry(self._number(form)).kinds
        )

    def _number(self, form: str) -> int:
        return number_of(self.arrays.edges, form, self.alphabet)

    def _read_entry(self, number: int) -> Entry:
        first, family = unpacked_entry(int(self.arrays.entries[number]))
        last, _ = unpacked_entry(int(self.arrays.entries[number + 1]))
        readings = [*map(unpacked_reading, self.arrays.readings[first:last].tolist())]
        words: dict[tuple[int, str], None] = {}
        names: dict[tuple[int, str], None] = {}
        for rule, roles, _ in readings:
            if roles & Role.WORD:
                (names if roles & Role.NAME else words)[self.rules[rule]] = None
        kinds = (
            (*self.rules[rule], roles, self.declensions[declension]) for rule, roles, declension in readings
        )
        return Entry(tuple(kinds), family, tuple(words), tuple(names))


def _arrays(mapped: mmap.mmap, lengths: Sequence[int]) -> Arrays:
    ends = np.cumsum(lengths).tolist()
    return Arrays(
        *(
            np.frombuffer(mapped, "<i8", length, 8 * (end - length))
            for length, end in zip(lengths, ends, strict=True)
        )
    )


def _description(raw: mmap.mmap) -> dict[str, Any]:
    """Return the description at the end of a file, after its checksum proved right."""
    if len(raw) < TRAILER.size:
        raise ValueError("it is cut")
    magic, length, checksum = TRAILER.unpack(raw[-TRAILER.size :])
    end = len(raw) - TRAILER.size
    with memoryview(raw) as whole, whole[:end] as body:
        if magic != MAGIC or hashlib.sha256(body).digest() != checksum:
            raise ValueError("it is not as it was written")
    description: dict[str, Any] = json.loads(raw[end - length : end])
    if description["format"] != FORMAT:
        raise ValueError("it has another format")
    return description
