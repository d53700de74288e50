"""Infers what kind of record a text is, and composes what a meeting's is called."""

from __future__ import annotations

import datetime
import re
from typing import Final

from corpus import headings
from corpus.document import Committee, DocumentType
from corpus.head_noise import MEETING_WORD, without_noise
from corpus.headings import Heading
from corpus.metadata.header import Header, Label

_TOP_LINES: Final = 20
_LETTERHEAD: Final = 6
_FIRST_LINES: Final = 3
_REPORT_HEAD: Final = re.compile(
    r"(?i)\b(?:tjänste(?:skrivelse|utlåtande|yttrande|PM)|beslutsunderlag till nämnd)\b"
)
# `Tjänsteskrivelse daterad 2021-04-13` is one of the papers that a decision rests on.
_REFERENCE: Final = re.compile(
    r"(?i)\W*(?:daterad|den\s\d|från\s(?:den\s)?\d|av\sden\s\d|(?:19|20)\d\d-?\d\d-?\d\d)"
)
_DATED: Final = re.compile(r"(?i)\W*daterad")
_PAPERS: Final = re.compile(r"(?i)\W*(?:besluts)?underlag\W*|\W*handlingar\W*")
_ADOPTED: Final = re.compile(
    r"(?i)(?:antag(?:en|et|na)|fastställ(?:d|t|da)|reviderad|beslutad|godkänd)\s(?:av|i|den|\d)"
    r"|gäller\s(?:från|fr)\b"
)
_STATUTES: Final = re.compile(
    r"(?i)(?:(?!(?:på|om|över|för|av|till|i|från|med)\b)[\w-]+\s){0,3}?"
    r"(?:[\w-]*(?:reglemente|policy|riktlinje(?:r|rna)?|plan(?:en)?|strategi(?:n)?|delegationsordning"
    r"|arbetsordning|bolagsordning|förbundsordning|föreskrifter(?:na)?|stadga(?:r)?|program(?:met)?|instruktion|ägardirektiv))\b"
)
_BODY_DECIDES: Final = re.compile(r"[A-ZÅÄÖ][\w -]{3,60}\sbeslutar(?:\satt\b|\s?:|\Z)")
_DECISION_LINE: Final = re.compile(r"(?i)\W*(?:[\w-]+s\s)?(?:beslut|beslutar)\W*")
_AGENDA_HEAD: Final = re.compile(r"(?i)\b(?:kallelse|föredragningslista|dagordning|ärendelista)\b")
_AGENDA_ITEMS: Final = re.compile(r"(?i)följande ärenden? (?:ska|kommer att) behandlas")
_MINUTES_HEAD: Final = re.compile(
    r"(?i)protokoll(?:sutdrag)?\b(?!\s(?:från|för|utses))|SAMMANTRADESPROTOKOLL"
)
_MINUTES_MARK: Final = re.compile(
    r"(?i)justerandes? sign|utdragsbestyrkande|protokollet är justerat|\bparagrafen är omedelbart justerad"
)
_PROPOSAL: Final = re.compile(r"(?i)förslag till beslut|föreslås besluta|\bs(?:kontorets|ningens) förslag\b")
_NO_SECTION: Final = re.compile(r"\s?[–\-,;.)/]")
_LONGEST_REST: Final = 200
_DECIDED: Final = re.compile(r"(?i)^\W*(?:\w+s\s)?beslut\W*$|\bbeslutar\b|antecknas|godkänns")
_NUMBERED: Final = re.compile(r"\d{1,3}[.)]?\s+(?P<title>[A-ZÅÄÖ].{5,200})")
_ATTACHED: Final = re.compile(r"(?i)bilaga[^/]*\Z|(?:\A|/)bilag(?:a|or)/")
_NAMES: Final = {
    DocumentType.MINUTES: "protokoll",
    DocumentType.REPORT: "tjänsteskrivelse",
    DocumentType.AGENDA: "kallelse",
    DocumentType.ATTACHMENT: "bilaga",
}


def infer_type(header: Header, source: str) -> DocumentType | None:
    """Infers the kind of a text, `None` where nothing says it.

    A text that says of itself that it is a report or minutes is that, whatever its file is called; an agenda
    that holds what was decided is minutes. What a body once adopted, a plan or a policy, is attached.

    Args:
        header: the head of the text.
        source: the path below the folder of minutes.
    """
    top = "\n".join(header.lines[:_TOP_LINES])
    attached = bool(_ATTACHED.search(source))
    if _is_report(header, top):
        return DocumentType.REPORT
    if _is_agenda(header, top):
        return DocumentType.AGENDA
    if _is_adopted(header):
        return DocumentType.ATTACHMENT
    if _is_minutes(header, top, attached=attached) or _AGENDA_ITEMS.search(top):
        return DocumentType.MINUTES
    return DocumentType.ATTACHMENT if attached else None


def meeting_title(
    committee: Committee | None, date: datetime.date | None, kind: DocumentType | None = None
) -> str | None:
    """Composes the title of a meeting's document: `Kommunstyrelsen 2026-06-01`, an agenda as such.

    Returns:
        `None` where neither body nor date is known.
    """
    form = _NAMES[kind or DocumentType.MINUTES]
    day = date.isoformat() if date else ""
    if committee is None:
        return f"{form.capitalize()} {day}" if day else None
    name = committee.name if kind in (None, DocumentType.MINUTES) else f"{committee.name}, {form}"
    return f"{name} {day}".strip()


def _is_report(header: Header, top: str) -> bool:
    form = _has_handler(header) and not _MINUTES_HEAD.search(top)
    if _MINUTES_MARK.search("\n".join(header.lines)) or (_sections(header) and not form):
        return False
    if _is_called_report(header) and not _MINUTES_HEAD.search(top):
        return True
    return (_has_handler(header) and bool(_PROPOSAL.search("\n".join(header.lines)))) or _proposes(header)


def _has_handler(header: Header) -> bool:
    return any(field.label is Label.HANDLER for field in header.fields)


def _proposes(header: Header) -> bool:
    """Whether an office proposes a decision and signs, and nobody has decided anything."""
    text = "\n".join(header.lines)
    office = re.search(
        r"(?i)(?:kontorets|förvaltningens|avdelningens) förslag till beslut|föreslås besluta", text
    )
    return bool(office) and not any(re.fullmatch(r"(?i)\W*beslut\W*", line) for line in header.lines)


def _is_agenda(header: Header, top: str) -> bool:
    """Whether the items are only announced: no minutes are kept, and none stands twice."""
    if not (_AGENDA_HEAD.search(top) or _AGENDA_ITEMS.search(top)):
        return False
    kept = _MINUTES_MARK.search("\n".join(header.lines)) or re.search(
        r"(?im)^\W*(?:sammanträdes)?protokoll\b", top
    )
    return not kept and not _says_items_twice(header)


def _is_minutes(header: Header, top: str, *, attached: bool) -> bool:
    labels = {field.label for field in header.fields}
    if {Label.PLACE_TIME, Label.ADJUSTMENT} <= labels or _MINUTES_MARK.search("\n".join(header.lines)):
        return True
    if _MINUTES_HEAD.search(top) and not _AGENDA_HEAD.search(top):
        return not attached or bool(_sections(header))
    if attached and Label.MEETING_DATE not in labels:
        return False
    return bool(_sections(header)) and any(_DECIDED.search(line) for line in header.lines)


def _is_called_report(header: Header) -> bool:
    """Whether it says in the letterhead, or on a line of its own below, that it is a report."""
    for index, line in enumerate(header.lines[:_TOP_LINES]):
        if index > 0 and _PAPERS.fullmatch(line):
            return False
        match = _REPORT_HEAD.search(line)
        if match is None:
            continue
        refers = (_DATED if index < _FIRST_LINES else _REFERENCE).match(line, match.end())
        if not refers and (index < _LETTERHEAD or not without_noise(line)):
            return True
    return False


def _is_adopted(header: Header) -> bool:
    """Whether a body adopted it: it says so at its head, or is called so, and nobody meets in it."""
    labels = {field.label for field in header.fields}
    if labels & {Label.PLACE_TIME, Label.ADJUSTMENT, Label.MEETING_DATE} or _says_minutes(header):
        return False
    if any(_DECISION_LINE.fullmatch(line) for line in header.lines):
        return False
    sections = _sections(header)
    if any(_ADOPTED.match(line) for line in header.lines[:_LETTERHEAD]):
        return not sections or sections[0].order == 1
    if sections or any(_BODY_DECIDES.match(line) for line in header.lines):
        return False
    return any(_STATUTES.match(line) for line in header.lines[:_FIRST_LINES])


def _says_minutes(header: Header) -> bool:
    """Whether a line of the head is the word `Protokoll` or `Kallelse` with nothing but noise beside it."""
    text = "\n".join(header.lines)
    return bool(_MINUTES_MARK.search(text)) or any(
        MEETING_WORD.search(line) and not line.endswith(".") for line in header.lines[:_FIRST_LINES]
    )


def _sections(header: Header) -> list[Heading]:
    """Gives the lines that begin a § with its sign, not those that only cite one."""
    found = (headings.parse(line) for line in header.lines)
    return [
        heading
        for heading, has_sign in filter(None, found)
        if has_sign and len(heading.rest) <= _LONGEST_REST and not _NO_SECTION.match(heading.rest)
    ]


def _says_items_twice(header: Header) -> bool:
    """Whether the numbered items stand once as a list and once more with what was said of them."""
    titles = [match["title"].casefold() for line in header.lines if (match := _NUMBERED.fullmatch(line))]
    return len(titles) >= 4 and len(titles) >= 1.5 * len(set(titles))
