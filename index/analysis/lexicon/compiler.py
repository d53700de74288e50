"""Compiles a word list to a lexicon: `python -m index.analysis.lexicon.compiler AFF DIC VERSION TARGET`.

The share of the work that is done goes to stdout, a number from 0 to 1 a line. The file is written beside its
place, fsynced and renamed, so that it is there whole or not at all.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from index.analysis.beginnings import LENGTH, beginning
from index.analysis.folding import without_accents
from index.analysis.lexicon.affixes import (
    Affixes,
    Entry,
    Form,
    Role,
    WordListBroken,
    expand,
    read_affixes,
    read_entries,
)
from index.analysis.lexicon.automaton import MOST_LETTERS, Alphabet
from index.analysis.lexicon.lemmas import irregular_forms, lemma_of_part
from index.analysis.lexicon.lexicon import FORMAT, MAGIC, TRAILER, inflect_alike
from index.analysis.lexicon.readings import Family, FormReadings, family, packed_reading

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzåäö"
"""Are in every alphabet: our own table of compounds has words of them."""

_PLAIN: Final = re.compile(r"[a-zåäö-]*")
_SHORTEST_PART: Final = 2
_STEP: Final = 50_000
_MOST_NUMBERS: Final = 0xFFFF
_BEGINS: Final = Role.FIRST | Role.MIDDLE
_WORD_OR_NAME: Final = Role.WORD | Role.NAME
_DEFINITE: Final = frozenset(("en", "n"))
_PLURALS: Final = (("", "ar"), ("", "er"), ("a", "or"))
_NO_FORM: Final = Form("", "", 0, "")

Progress = Callable[[float], None]
"""Is told, now and then, which share of the work is done."""


def compile_lexicon(affixes: Path, words: Path, version: str, *, progress: Progress) -> bytes:
    """Return the contents of a lexicon's file, made from the two files of a word list.

    Takes some seconds and 500 MB; memory is not given back at once, so this is for a process of its own.

    Raises:
        WordListBroken: the files are no word list.
        OSError: one of them cannot be read.
    """
    rules = read_affixes(affixes)
    entries = read_entries(words, rules)
    records = _Records(entries, rules)
    found = FormReadings()
    for form, reading in records.of(expand(entries, rules), progress):
        found.add(form, reading)
    progress(0.7)
    families = records.families()
    progress(0.9)
    alphabet = _alphabet(found.lists)
    arrays = found.arrays(families, alphabet)
    description = {
        "format": FORMAT,
        "version": version,
        "alphabet": alphabet.letters,
        "lengths": [len(array) for array in arrays],
        "rules": list(records.rules),
        "declensions": list(records.declensions),
        "beginnings": sorted(records.beginnings),
    }
    encoded = json.dumps(description, ensure_ascii=False, separators=(",", ":")).encode()
    body = b"".join(array.astype("<i8").tobytes() for array in arrays) + encoded
    return body + TRAILER.pack(MAGIC, len(encoded), hashlib.sha256(body).digest())


def _alphabet(words: Iterable[str]) -> Alphabet:
    letters = set(_LETTERS)
    for word in words:
        letters.update(word)
    if len(letters) > MOST_LETTERS:
        raise WordListBroken("the list has more letters than an alphabet has")
    return Alphabet("".join(sorted(letters)))


class _Records:
    """Makes the readings of forms, numbering lemma rules and declensions as they come.

    Attributes:
        beginnings: those of forms, with those of their lemmas where these are others.
    """

    def __init__(self, entries: list[Entry], rules: Affixes) -> None:
        self.rules: dict[tuple[int, str], int] = {}
        self.declensions: dict[str, int] = {}
        self.beginnings: set[tuple[str, str]] = set()
        self._entries = len(entries)
        self._words_of_list = {stem for stem, flags in entries if not rules.has(flags, "ONLYINCOMPOUND")}
        # In order, since the numbers that records have follow from it: the same list gives the same file.
        self._irregular = [*irregular_forms(sorted(self._words_of_list))]
        self._stem_of_irregular = dict(self._irregular)
        self._with_irregular = {stem: _NO_FORM for _, stem in self._irregular}
        self._suffixes = rules.suffixes
        self._lacking: dict[str, bool] = {}
        self._definite_plurals: set[str] = set()
        self._without_plural: dict[str, Form] = {}
        self._packed: dict[tuple[int, str, int, str], int] = {}
        self._first_parts: set[str] = set()
        self._words: defaultdict[str, set[str]] = defaultdict(set)

    def of(self, forms: Iterable[Form], progress: Progress) -> Iterator[tuple[str, int]]:
        """Yield forms as they are looked up, with a reading of each."""
        lemma = folded = ""
        for count, form in enumerate(forms):
            written, of_form, roles, declension = form
            if count % _STEP == 0:
                progress(min(0.6, count / 8 / self._entries))
            if of_form != lemma or written == of_form:
                lemma, folded = of_form, _folded(self._lemma(form))
            if written == of_form and roles & Role.WORD:
                self._note_plural(form)
            elif written.endswith("rna"):
                self._definite_plurals.add(written)
            if roles & ~Role.NAME:
                yield self._record(written, folded, roles, declension)
        for irregular, stem in self._irregular:
            of_stem = self._with_irregular[stem]
            yield self._record(irregular, _folded(stem), of_stem.roles & ~_BEGINS, of_stem.declension)
        yield from self._completed()

    def _note_plural(self, form: Form) -> None:
        """Keep a word whose plural no rule makes."""
        if form.form in self._with_irregular:
            self._with_irregular[form.form] = form
        elif self._lacks_plural(form.declension):
            self._without_plural[form.form] = form

    def _completed(self) -> Iterator[tuple[str, int]]:
        """Give words that lack a plural the one that the list derives from a word that looks like it.

        The list is made to be short, not to be true: it has `avgifter` as a form of the verb *avgifta*.
        """
        for stem, form in self._without_plural.items():
            for strip, plural in _PLURALS:
                indefinite = stem.removesuffix(strip) + plural
                if stem.endswith(strip) and indefinite + "na" in self._definite_plurals:
                    for ending in ("", "s", "na", "nas"):
                        roles = form.roles & ~_BEGINS
                        yield self._record(indefinite + ending, _folded(stem), roles, form.declension)

    def _lemma(self, form: Form) -> str:
        if form.form == form.lemma and not form.roles & Role.WORD:
            return lemma_of_part(form.form, self._words_of_list)
        return self._stem_of_irregular.get(form.lemma, form.lemma)

    def _lacks_plural(self, declension: str) -> bool:
        found = self._lacking.get(declension)
        if found is None:
            endings = {suffix.add for flag in declension for suffix in self._suffixes[flag]}
            definite = not endings.isdisjoint(_DEFINITE)
            found = definite and not any(ending.endswith("na") for ending in endings)
            self._lacking[declension] = found
        return found

    def _record(self, form: str, lemma: str, roles: int, declension: str) -> tuple[str, int]:
        key = _folded(form)
        if key[:LENGTH] != lemma[:LENGTH]:
            self._note_beginning(key, lemma)
        if roles & _BEGINS:
            self._first_parts.add(key)
        if key == lemma and roles & _WORD_OR_NAME == Role.WORD:
            self._words[key].add(declension)
        if key.startswith(lemma):
            value = (len(key) - len(lemma), "", roles, declension)
        else:
            same = _shared(key, lemma)
            value = (len(key) - same, lemma[same:], roles, declension)
        packed = self._packed.get(value)
        if packed is None:
            packed = self._packed[value] = self._pack(*value)
        return key, packed

    def _note_beginning(self, form: str, lemma: str) -> None:
        changed = beginning(form), beginning(lemma)
        if changed[0] != changed[1]:
            self.beginnings.add(changed)

    def _pack(self, strip: int, add: str, roles: int, declension: str) -> int:
        rule = self.rules.setdefault((strip, add), len(self.rules))
        number = self.declensions.setdefault(declension, len(self.declensions))
        if max(rule, number) > _MOST_NUMBERS:
            raise WordListBroken("the list has more kinds of inflection than a language can have")
        return packed_reading(rule, roles, number)

    def families(self) -> dict[str, Family]:
        """Count for each part the words that it begins and ends, where the word inflects as its last part."""
        begins: Counter[str] = Counter()
        ends: Counter[str] = Counter()
        firsts = self._first_parts.union(self._words)
        for word, declensions in self._words.items():
            for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
                last = self._words.get(word[cut:])
                if last and word[:cut] in firsts and _inflect_alike(declensions, last):
                    begins[word[:cut]] += 1
                    ends[word[cut:]] += 1
        return {part: family(begins[part], ends[part]) for part in begins.keys() | ends.keys()}


def _folded(word: str) -> str:
    return word if _PLAIN.fullmatch(word) else without_accents(word.casefold())


def _inflect_alike(word: set[str], last: set[str]) -> bool:
    """Tell whether a word can be a compound of a last part by their declensions."""
    return any(inflect_alike(set(one), set(other)) for one in word for other in last)


def _shared(one: str, other: str) -> int:
    """Return the length of the beginning that two words share."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def publish(contents: bytes, target: Path) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut."""
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(contents)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(0o444)
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def main(arguments: list[str]) -> None:
    """Compile and publish."""
    affixes, words, version, target = arguments
    # A process that only makes more and more gains nothing from looking for what it could throw away.
    gc.disable()

    def progress(share: float) -> None:
        sys.stdout.write(f"{share:.2f}\n")
        sys.stdout.flush()

    try:
        publish(compile_lexicon(Path(affixes), Path(words), version, progress=progress), Path(target))
    except (WordListBroken, OSError) as error:
        sys.exit(f"{error}")
    progress(1.0)


if __name__ == "__main__":
    main(sys.argv[1:])
