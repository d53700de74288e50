"""Reads who moved or reserved: of the paragraphs of a motion or reservation, which is by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_FIRST = r"(?:[A-ZÅÄÖÉ]\.?(?:-[A-ZÅÄÖÉ]\.?)?|[A-ZÅÄÖÉ][\w’'´-]+)"
_NAME = rf"{_FIRST}(?: (?:[A-ZÅÄÖÉ][\w’'´-]+|[A-ZÅÄÖÉ]\.|von|de|af|da|van|el|al)){{1,4}}"
_PARTY = r"(?:[A-ZÅÄÖa-zåäö]{1,5}|-)"
_PERSON = rf"{_NAME} ?\({_PARTY}\)"
_TITLE = (
    r"(?:(?:(?:[Tt]jänstgörande|[Tt]f\.?|[Ff]örste|[Aa]ndre|[12]:[ea]|[Vv]ice|[A-ZÅÄÖ][\w-]*s) ){0,3}"
    r"(?:[Oo]rdföranden?|[Ee]rsättar(?:en?|na)|[Ll]edam(?:ot|oten|öterna)|[A-ZÅÄÖa-zåäö]+råd(?:et)?"
    r"|[Gg]ruppledaren?) )?"
)
_PERSONS = rf"{_TITLE}{_PERSON}(?:(?:, (?:och )?| och | samt ){_TITLE}{_PERSON}){{0,30}}"
_BULLET = r"(?:[-–•*][ \t]+|\d{1,2}[.)][ \t]+)?"
_BY = re.compile(rf"{_BULLET}(?P<by>{_PERSONS})")
_BY_ALONE = re.compile(rf"{_BULLET}(?P<by>{_PERSONS})(?:, [\w ]{{4,30}})?[.:]?\s*")
_ONE = re.compile(rf"{_TITLE}(?P<name>{_NAME}) ?\((?P<party>{_PARTY})\)")
_WITH_OTHERS = re.compile(
    r"(?:,| och| samt|,? med) (?!yrk|före|inst|rese|anf|beg|läm|ordf)[\w ]{0,40}?[A-ZÅÄÖÉ(]"
    r"|,? (?:m\. ?fl|med flera)\b"
)
_MOVES = re.compile(
    r"\b(?:yrka[rts]|yrkade|föreslår|föreslog|instäm(?:mer|de)|reserverar|reservera[td]e?|anför|begär|lämnar"
    r"|anmäler (?:\w+ ){0,2}reservation|hemställer|(?:till|av)styrker|ställer sig bakom)\b"
    r"|\A[^.:]{0,80}\)(?:,[^.:]{0,40})?(?::|\s+(?:bifall|avslag|återremiss)\b)",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:Ledamöterna|Ledamoten|Representanterna|Gruppen)? ?(?:från|för) [A-ZÅÄÖ]{1,4}(?:(?:, "
    r"| och )[A-ZÅÄÖ]{1,4}){0,9}"
)
_NAMED_LAST = re.compile(
    r"\b(?:yrka[ts]|reserverar sig|reservation|yrkande)(?: mot beslutet)?\s*(?: av| från)?:?\s+"
    rf"(?P<by>{_PERSONS})"
)
# Neither an initial nor the number of a point ends a sentence.
_NEXT = re.compile(
    r"(?<=[.!?])(?<!\b[A-ZÅÄÖÉ]\.)(?<!^\d\.)(?<!^\d\d\.)[ \t]+"
    rf"(?={_TITLE}{_PERSON} (?:yrk|föres|inst|reserv))"
)
# A line that ends so goes on in the next before it is said what is moved.
_GOES_ON = re.compile(r"(?:,|\b(?:och|samt|med)|[A-ZÅÄÖÉ][\w’'´-]*)\s*\Z")
_LOOKED_AT = 400
_MOST_LINES = 12


@dataclass(slots=True)
class Moved:
    """What one person, or several, moved or reserved: the paragraphs as lists of lines.

    Attributes:
        by: the name and party of the one, empty for a group or several, `None` where nobody is named.
    """

    by: str | None
    blocks: list[list[str]] = field(default_factory=list)


def moved(blocks: Sequence[Sequence[str]]) -> list[Moved]:
    """Return what each moved or reserved, in order; who did begins a line or a sentence, or signs below."""
    found: list[Moved] = []
    for block in blocks:
        for at, (lines, opening) in enumerate(_statements(block)):
            by = _mover(opening)
            if by is None and found:
                if at == 0:
                    found[-1].blocks.append([])
                found[-1].blocks[-1].extend(lines)
            elif by and found and found[-1].by is None and _BY_ALONE.fullmatch(opening):
                found[-1].by = by
                if at == 0:
                    found[-1].blocks.append([])
                found[-1].blocks[-1].extend(lines)
            else:
                found.append(Moved(by, [list(lines)]))
    return found


def _statements(block: Sequence[str]) -> Iterator[tuple[list[str], str]]:
    """Yield the lines that may begin what somebody moves, and as one text those over which names go on."""
    lines = [line for long in block for line in _NEXT.split(long)]
    at = 0
    while at < len(lines):
        taken = 1
        text = lines[at]
        while (
            at + taken < len(lines)
            and taken < _MOST_LINES
            and _GOES_ON.search(text)
            and _mover(f"{text} {lines[at + taken]}") is not None
            and not _MOVES.search(text)
        ):
            text = f"{text} {lines[at + taken]}"
            taken += 1
        yield lines[at : at + taken], text
        at += taken


def _mover(text: str) -> str | None:
    """Return who moves in a text that begins with a mover: the name, empty for a group or several."""
    head = text[:_LOOKED_AT]
    alone = _BY_ALONE.fullmatch(head)
    if alone:
        return _one(alone["by"])
    if not _MOVES.search(head):
        return None
    begins = _BY.match(head)
    if begins:
        return "" if _WITH_OTHERS.match(head, begins.end()) else _one(begins["by"])
    if _GROUP.match(head):
        return ""
    last = _NAMED_LAST.search(head)
    return _one(last["by"]) if last else None


def _one(persons: str) -> str:
    """Return the name and party of the only person, empty when there are several."""
    one = _ONE.fullmatch(persons)
    return f"{one['name']} ({one['party']})" if one else ""
