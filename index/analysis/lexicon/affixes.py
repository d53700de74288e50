"""Reads a hunspell word list, an `.aff` of rules and a `.dic` of words, and expands it to forms.

Only what a Swedish list uses: suffix rules with one level of continuation flags, flags of one character, and
the flags that say where in a compound a word may stand. Prefix rules and compound patterns are passed over.

Source of the format: hunspell(5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

_COMPOUND_FLAGS: Final = ("COMPOUNDBEGIN", "COMPOUNDMIDDLE", "COMPOUNDEND")
_MEANINGS: Final = (*_COMPOUND_FLAGS, "ONLYINCOMPOUND", "NEEDAFFIX", "FORBIDDENWORD")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CONDITION: Final = re.compile(r"\[\^?[^\]]*\]|.")
# Endings that make another word of it, one with a dictionary entry of its own: the participle used as a noun,
# the adjective, the inhabitant.
_DERIVING: Final = ("nde", "isk", "sbo", "bo")


class WordListBroken(Exception):
    """The word list cannot be read: it is damaged, or of a kind that this module does not know."""


class Role:
    """Where a form may stand, as bits. Plain numbers, since a list has a million forms."""

    WORD: Final = 1
    """Alone."""
    FIRST: Final = 2
    """As the first part of a compound."""
    MIDDLE: Final = 4
    """As a part of a compound with others before and after it."""
    LAST: Final = 8
    """As the last part of a compound."""
    NAME: Final = 16
    """Not a place but a trait: it has a capital letter."""


class Entry(NamedTuple):
    """A word of the list with the flags that say how it inflects and compounds."""

    stem: str
    flags: str


class Form(NamedTuple):
    """A form of a word of the list.

    Attributes:
        form: as the list writes it.
        lemma: the form that a dictionary has.
        roles: where this form may stand.
        declension: flags of the rules by which the word inflects: words of one declension share them.
    """

    form: str
    lemma: str
    roles: int
    declension: str


class _Suffix(NamedTuple):
    strip: str
    add: str
    condition: str
    roles: int


@dataclass(frozen=True, slots=True)
class Affixes:
    """The rules of an `.aff` file.

    Attributes:
        encoding: of both files.
        suffixes: the rules of each flag.
        meanings: the flag that stands for each of the format's own meanings, where the file sets one.
    """

    encoding: str
    suffixes: dict[str, list[_Suffix]]
    meanings: dict[str, str]

    def roles(self, flags: str) -> int:
        """Return the roles that flags give; a form is a word unless they say otherwise."""
        roles = 0 if self.has(flags, "ONLYINCOMPOUND") else Role.WORD
        for meaning, role in zip(_COMPOUND_FLAGS, (Role.FIRST, Role.MIDDLE, Role.LAST), strict=True):
            if self.has(flags, meaning):
                roles |= role
        return roles

    def has(self, flags: str, meaning: str) -> bool:
        """Tell whether one of the flags has a meaning of the format (`NEEDAFFIX`)."""
        return self.meanings.get(meaning, "\0") in flags

    def declension(self, flags: str) -> str:
        """Return those flags that tell one declension from another, in alphabetical order.

        The genitive, the forms that only begin compounds and those with a hyphen tell nothing.
        """
        return "".join(
            sorted(flag for flag in set(flags) if any(map(_declines, self.suffixes.get(flag, ()))))
        )


def _declines(suffix: _Suffix) -> bool:
    return bool(suffix.roles & Role.WORD) and suffix.add != "s" and not suffix.add.endswith("-")


def read_affixes(path: Path) -> Affixes:
    """Read an `.aff` file.

    Raises:
        WordListBroken: it has no rules, or has flags of more than one character.
        OSError: it cannot be read.
    """
    raw = path.read_bytes()
    encoding = _encoding(raw)
    lines = [line.split() for line in _decoded(raw, encoding, path).splitlines()]
    if any(line[:1] == ["FLAG"] for line in lines):
        raise WordListBroken(f"{path} has flags of more than one character")
    meanings = {line[0]: line[1][0] for line in lines if len(line) > 1 and line[0] in _MEANINGS}
    affixes = Affixes(encoding, {}, meanings)
    for line in lines:
        # A rule: SFX flag strip add condition. The line before the rules of a flag has one field less.
        if len(line) > 4 and line[0] == "SFX":
            affixes.suffixes.setdefault(line[1], []).append(_suffix(line, affixes))
    if not affixes.suffixes:
        raise WordListBroken(f"{path} has no suffix rules")
    return affixes


def _encoding(raw: bytes) -> str:
    found = re.search(rb"^SET[ \t]+([\w-]+)", raw, re.MULTILINE)
    return found[1].decode("ascii") if found else "utf-8"


def _decoded(raw: bytes, encoding: str, path: Path) -> str:
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except (UnicodeError, LookupError) as error:
        raise WordListBroken(f"{path} is not written in {encoding}") from error


def _suffix(line: list[str], affixes: Affixes) -> _Suffix:
    strip = "" if line[2] == "0" else line[2]
    add, _, flags = line[3].partition("/")
    _compiled(line[4])
    return _Suffix(strip, "" if add == "0" else add, line[4], affixes.roles(flags))


def _compiled(condition: str) -> re.Pattern[str]:
    """Return a rule's condition on the end of a word. It has letters, dots and classes of letters only."""
    units = [
        unit if len(unit) > 1 or unit == "." else re.escape(unit) for unit in _CONDITION.findall(condition)
    ]
    try:
        return re.compile(f"{''.join(units)}\\Z")
    except re.error as error:
        raise WordListBroken(f"the condition {condition} cannot be read") from error


def read_entries(path: Path, affixes: Affixes) -> list[Entry]:
    """Read the words of a `.dic` file that consist of letters, with hyphens between them.

    A word is left out when the list says of it that the rules allow it but it is wrong.

    Raises:
        WordListBroken: it has no words.
        OSError: it cannot be read.
    """
    lines = (
        line.partition("\t")[0] for line in _decoded(path.read_bytes(), affixes.encoding, path).splitlines()
    )
    found = [Entry(*line.strip().partition("/")[::2]) for line in lines]
    forbidden = {stem for stem, flags in found if affixes.has(flags, "FORBIDDENWORD")}
    entries = [entry for entry in found if _WORD.fullmatch(entry.stem) and entry.stem not in forbidden]
    if not entries:
        raise WordListBroken(f"{path} has no words")
    return entries


def expand(entries: Iterable[Entry], affixes: Affixes) -> Iterator[Form]:
    """Yield the forms of words. One form may come several times, by different words or rules."""
    matching = _Matching(affixes)
    declensions: dict[str, tuple[str, int]] = {}
    for stem, flags in entries:
        if flags not in declensions:
            declensions[flags] = (affixes.declension(flags), affixes.roles(flags))
        declension, roles = declensions[flags]
        name = 0 if stem.islower() else Role.NAME
        if not affixes.has(flags, "NEEDAFFIX"):
            yield Form(stem, stem, roles | name, declension)
        # An inflected form may end a compound if its word may, and begins one only by the rule that made it.
        inherited = roles & Role.LAST | name
        alone = ~Role.WORD if roles & Role.WORD == 0 else ~0
        for form, lemma, own in matching.forms(stem, flags):
            if not form:
                continue
            yield Form(form, lemma, (own | inherited if own & Role.WORD else own | name) & alone, declension)


class _Ending(NamedTuple):
    """A rule that fits: how many letters go, which come, which of those belong to the dictionary form."""

    stripped: int
    add: str
    derived: str
    roles: int


class _Matching:
    """Finds the rules for a word by a flag and its ending: of those pairs there are few different ones."""

    def __init__(self, affixes: Affixes) -> None:
        self._suffixes = {
            flag: [(suffix, _compiled(suffix.condition)) for suffix in suffixes if suffix.add[-1:] != "-"]
            for flag, suffixes in affixes.suffixes.items()
        }
        self._reach = max(_reach(suffix) for suffixes in affixes.suffixes.values() for suffix in suffixes)
        self._found: dict[str, dict[str, list[_Ending]]] = {flag: {} for flag in self._suffixes}

    def forms(self, stem: str, flags: str) -> Iterator[tuple[str, str, int]]:
        """Yield the suffixed forms with their lemmas and the roles of their rules."""
        last = stem[-self._reach :]
        for flag in flags:
            of_flag = self._found.get(flag)
            if of_flag is None:
                continue
            found = of_flag.get(last)
            if found is None:
                found = of_flag[last] = [*self._matching(flag, last)]
            for stripped, add, derived, roles in found:
                body = stem[:-stripped] if stripped else stem
                yield body + add, body + derived if derived else stem, roles

    def _matching(self, flag: str, last: str) -> Iterator[_Ending]:
        for suffix, condition in self._suffixes[flag]:
            if last.endswith(suffix.strip) and condition.search(last):
                derived = next((start for start in _DERIVING if suffix.add.startswith(start)), "")
                yield _Ending(len(suffix.strip), suffix.add, derived, suffix.roles)


def _reach(suffix: _Suffix) -> int:
    return max(len(suffix.strip), len(_CONDITION.findall(suffix.condition)))
