"""Infers which body met, or to which body a report goes, from what the text says of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from corpus import committees, dnr
from corpus.committee_names import NameMatch, find_names, repaired
from corpus.document import Committee
from corpus.head_noise import MEETING_WORD, without_noise
from corpus.metadata.head_lines import HeadLine
from corpus.metadata.header import Header, Label

# How much a place says: a field of the form names the body that met, a heading at the top nearly always does.
_FIELD: Final = 6
_TOP: Final = 4
_ENOUGH: Final = 1
_LEAD: Final = 1.5
_TOP_LINES: Final = 15
_MOST_COUNTED: Final = 40
_LONGEST_HEAD_LINE: Final = 130
_DECIDES: Final = re.compile(
    r"\s(?:beslut|ställningstagande)(?:ar)?(?:\s(?:att|således|för egen del|enligt)\b|\s?:|\W*\Z)"
    r"|\sföreslår\b"
)
_ADDRESSED: Final = re.compile(
    r"(?i)\bförslag till beslut (?:i|för) (?P<body>[^\n]{4,80})|(?P<addressee>[^\n.]{4,80}?) föreslås besluta"
)
_MEETING: Final = re.compile(r"(?i)\b(?:sammanträde|möte|protokoll(?:sutdrag)?|kallelse|kallas)\b")
_DECISION_WORD: Final = re.compile(r"(?i)beslut|föreslår")
_BODY_WORD: Final = re.compile(
    r"(?i)(?:nämnd(?:en)?|fullmäktige|styrelsen|utskott(?:et)?|beredning(?:en)?|råd(?:et)?|delegation(?:en)?"
    r"|kommittén?|presidi(?:um|et)|direktion(?:en)?)\b(?!s)"
)
_MOST_WORDS: Final = 8
_LETTERS: Final = re.compile(r"[A-ZÅÄÖ]{2,6}|[A-ZÅÄÖ][a-zåäö]{1,3}")
_BEFORE_SIGN: Final = re.compile(r"(?P<letters>[A-ZÅÄÖ]{2,6}|[A-ZÅÄÖ][a-zåäö]{1,3})\s§\s?\d{1,4}\b")
_LEAVES: Final = " *_#•-–>\t"


def infer_committee(
    header: Header, heads: Sequence[HeadLine], text: str, *, is_report: bool, municipality: str | None
) -> Committee | None:
    """Infers the body, the strongest evidence first, `None` where nothing says it clearly.

    Args:
        header: the head of the text.
        heads: where bodies are named as in a heading.
        text: all of it, or as much as is to be read.
        is_report: a report names the body that it is written for, minutes the one that met.
        municipality: the slug of the municipality if it is known, for the abbreviations of its own.
    """
    votes = _top_votes(header, heads, is_report=is_report)
    name = _winner(votes)
    if name is None:
        votes.update(line.body for line in heads if line.marked)
        name = _winner(votes)
    if name is None and not votes:
        name = _top_name(header.top)
    if name is None and not votes:
        name = (_addressee(text) if is_report else None) or _decider(header.lines)
    if name is None and not votes:
        name = _in_slot(header)
    if name is not None:
        return committees.named(name)
    if votes:
        return None
    return _abbreviated(header, municipality) or _of_letters(header, text, municipality)


def _top_votes(header: Header, heads: Sequence[HeadLine], *, is_report: bool) -> Counter[str]:
    """Counts the fields and the opening; further on, the papers of other bodies have heads, too."""
    votes: Counter[str] = Counter()
    for name in _field_names(header):
        votes[name] += _FIELD
    end = _TOP_LINES if header.first_section is None else min(_TOP_LINES, header.first_section)
    for line in heads:
        if line.line < end and (line.marked or is_report):
            votes[line.body] += _TOP
    for name in _titled(header.top) if not is_report else ():
        votes[name] += _TOP
    return votes


def _titled(top: Sequence[str]) -> Iterable[str]:
    """Reads titles in words: `Protokoll från möte med socialnämnden`, `Kommunstyrelsens sammanträde`."""
    for line in top[:_TOP_LINES]:
        if len(line) <= _LONGEST_HEAD_LINE and _MEETING.search(line):
            names = [name.name for name in find_names(repaired(line)) if not name.abbreviated]
            if len(names) == 1:
                yield names[0]


def _field_names(header: Header) -> Iterable[str]:
    """Reads the fields for a body; an empty one has its value in the stack of values that follows."""
    for index, field in enumerate(header.fields):
        if field.label is not Label.BODY:
            continue
        value = field.value
        for following in header.fields[index + 1 : index + 4]:
            if value or following.label in (Label.ADJUSTMENT, Label.NOTICE, Label.STORAGE):
                break
            value = following.value
        name = _first_name(value)
        if name is not None:
            yield name


def _first_name(value: str) -> str | None:
    """Reads the name that a value begins with; a municipality may own it (`Åtvidabergs kommunstyrelse`)."""
    for name in find_names(repaired(value[:160])):
        own = name.start == 0 or re.fullmatch(r"(?:[A-ZÅÄÖ][\w-]*\s){1,3}", value[: name.start])
        return name.name if own and not name.abbreviated and not name.genitive else None
    return None


def _winner(votes: Counter[str]) -> str | None:
    best = votes.most_common(2)
    if not best or best[0][1] < _ENOUGH:
        return None
    return best[0][0] if len(best) == 1 or best[0][1] >= _LEAD * best[1][1] else None


def _top_name(top: Sequence[str]) -> str | None:
    """Reads the one name in the opening of a text whose pages stand on one line each."""
    if not any(len(line) > 30 and "PROTOKOLL" in line.upper() for line in top):
        return None
    names = {name.name for name in find_names(repaired(" ".join(top))) if _is_heading(name)}
    return names.pop() if len(names) == 1 else None


def _is_heading(name: NameMatch) -> bool:
    return not name.genitive and not name.abbreviated


def _decider(lines: Sequence[str]) -> str | None:
    """Reads the one body that decides in the text: `Socialnämnden beslutar att`, `Socialnämndens beslut`."""
    votes: Counter[str] = Counter()
    for line in lines:
        plain = re.split(r"\*\*\*", line)[-1] if "***" in line[:-3] else line
        plain = plain.strip(_LEAVES)[:_LONGEST_HEAD_LINE]
        if not plain[:1].isupper() or not _DECISION_WORD.search(plain):
            continue
        plain = repaired(plain)
        name = next(find_names(plain), None)
        if (
            name is None
            or name.start != 0
            or name.abbreviated
            or not _DECIDES.match(plain.casefold(), name.end)
        ):
            continue
        votes[name.name] += 1
        if votes.total() >= _MOST_COUNTED:
            break
    return next(iter(votes)) if len(votes) == 1 else None


def _addressee(text: str) -> str | None:
    """Reads the one body that a report asks to decide: `Kommunstyrelsen föreslås besluta`."""
    names: set[str] = set()
    for match in _ADDRESSED.finditer(text):
        near = repaired(match["body"] or match["addressee"])
        found = [name for name in find_names(near) if _is_heading(name)]
        names |= {name.name for name in (found[:1] if match["body"] else found[-1:])}
    return names.pop() if len(names) == 1 else None


def _in_slot(header: Header) -> str | None:
    """Reads the line beside `Protokoll` that holds the word for a body, by whatever pattern it is named."""
    lines = header.lines[: min(_TOP_LINES, header.first_section or _TOP_LINES)]
    names: set[str] = set()
    for index, line in enumerate(lines):
        near = lines[max(0, index - 1) : index + 2]
        rest = without_noise(line)
        is_name = bool(_BODY_WORD.search(rest)) and rest[0].isupper() and len(rest.split()) <= _MOST_WORDS
        is_heading = not line.endswith((".", ",", ":")) and any(map(MEETING_WORD.search, near))
        if is_name and is_heading:
            names.add(rest)
    return names.pop() if len(names) == 1 else None


def _abbreviated(header: Header, municipality: str | None) -> Committee | None:
    """Reads the letters of the municipality's own bodies where a name would stand: `BUN`, `BUN § 12`."""
    if municipality is None:
        return None
    end = min(_TOP_LINES, header.first_section or 0)
    slots = [without_noise(line) for line in header.lines[:end]]
    slots += [match["letters"] for line in header.lines if (match := _BEFORE_SIGN.match(line))]
    found = {committees.by_letters(slot, municipality) for slot in slots if _LETTERS.fullmatch(slot)} - {None}
    return found.pop() if len(found) == 1 else None


def _of_letters(header: Header, text: str, municipality: str | None) -> Committee | None:
    """Reads the body whose letters are in the dnr of the § and whose name the text spells out more than once.

    `KS` is left out: the executive keeps the registry of others, too.
    """
    if header.first_section is None:
        return None
    near = "\n".join(header.lines[header.first_section : header.first_section + 3])
    letters = {match.key.split("-", 1)[0] for match in dnr.find_in_heading(near)} - {"KS", "DNR"}
    if len(letters) != 1:
        return None
    mark = letters.pop()
    named = Counter(name.name for name in find_names(repaired(text)) if not name.abbreviated)
    own = committees.by_letters(mark, municipality)
    if own is not None and own.name in named:
        return own
    return committees.spelled_out(mark, [name for name, count in named.items() if count > 1])
