"""What the head of a document says of it: its labelled fields and its opening.

Forms of minutes differ, their labels hardly do: `Plats och tid`, `Sammanträdesdatum`, `Organ`, `Justeringens
plats och tid`, `ANSLAG/BEVIS`. Converters put a label and its value on one line, on two, in stacks of labels
before stacks of values, or the whole page on one line; so a field is what stands between two labels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from corpus.document import Extraction

_READ_AT_START: Final = 80_000
_READ_AT_END: Final = 20_000
_LONGEST_VALUE: Final = 300
_LONGEST_TOP: Final = 1_200


class Label(Enum):
    """What a label announces."""

    BODY = "body"
    MEETING_DATE = "meeting_date"
    PLACE_TIME = "place_time"
    ADJUSTMENT = "adjustment"
    NOTICE = "notice"
    STORAGE = "storage"
    DOCUMENT_DATE = "document_date"
    HANDLER = "handler"
    PEOPLE = "people"
    OTHER = "other"


# OCR loses the dots, and some converters the space after a label.
_LABELS: Final = {
    Label.ADJUSTMENT: (
        r"Justering(?:ens|s)?[ ]?(?:plats|tid|dag|datum)?(?:\s+och(?:\s+(?:tid|plats))?)?",
        r"(?:Plats|Tid)\s+(?:och|för)\s+(?:(?:tid|plats)\s+för\s+)?justering(?:en)?",
        r"Justeringsdag|Justeringsdatum|Protokollet\s+justeras|Justeras(?=\s*:|\s+den)",
        r"Ut(?:ses|sedd|sedda|setts)\s+att\s+justera",
    ),
    Label.NOTICE: (
        r"ANSLAG(?:S?\s?/?\s?BEVIS)?|Anslag(?:s?\s?/?\s?[Bb]evis)?|BEVIS|Bevis",
        r"Anslagsdatum|Anslagsdag|Anslagstid|Anslaget?\s+\w+|Anslås|Tid\s+för\s+anslag|Överklagandetid",
        r"Datum\s+(?:för|då|när)\s+anslag\w*(?:\s+(?:uppsättande|nedtagande|sätts\s+upp|tas\s+ned?))?",
    ),
    Label.MEETING_DATE: (
        r"Sammantr[äa]desdatum(?!\s+för\s+anslag)|SAMMANTR[ÄA]DESDATUM|Sammantr[äa]desdag|Sammantr[äa]desd\.",
        r"Sammantr[äa]destid|Mötesdatum|Datum\s+för\s+sammanträdet?",
    ),
    Label.PLACE_TIME: (
        r"(?:Plats|PLATS)\s+(?:och|OCH|&)\s+(?:tid|TID|datum)|Tid\s+(?:och|&)\s+[Pp]lats|Datum\s+och\s+tid",
        r"Plats,\s+(?:tid|datum)\s+och\s+(?:tid|datum)|Sammanträdesplats|Datum\s+och\s+plats",
    ),
    Label.BODY: (
        r"Organ|Instans|Nämnd\s?/\s?[Ss]tyrelse|Styrelse\s?/\s?[Nn]ämnd|Nämnd/[Uu]tskott",
        r"Beslutande\s+(?:organ|instans)|Beslutsorgan|Beslutsinstans",
    ),
    Label.STORAGE: (r"Förvaringsplats(?:\s+för(?:\s+protokollet)?)?|Protokollet\s+förvaras",),
    Label.HANDLER: ("Handläggare",),
    Label.PEOPLE: (
        r"Beslutande(?:\s+ledamöter)?|BESLUTANDE|Ledamöter|Närvarande|NÄRVARANDE|Närvarorätt|Frånvarande",
        r"Tjänstgörande|Ej\s+tjänstgörande|Icke\s+tjänstgörande|Ersättare|Övriga",
    ),
    Label.OTHER: (
        r"Underskrifter|Underskrift|Sekreterare|Ordförande|Justerande|Justerare|Paragrafer|Paragraf|Innehåll",
        r"Protokollet\s+är\s+justerat|Diarienummer|Diarienr|Dnr|Sida|Klockan|Omfattning|Utdragsbestyrkande",
    ),
}
# These are also everyday words, so they count only where a line or a column begins.
_LINE_LABELS: Final = {
    Label.PLACE_TIME: "Plats|Tid|Lokal",
    Label.MEETING_DATE: "Sammanträde|Möte",
    Label.BODY: "Nämnd|Styrelse|Utskott",
    Label.DOCUMENT_DATE: "Datum|Dokumentdatum|Upprättad|Utskriftsdatum",
}
LABEL: Final = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(rf"(?P<{label.value}>{'|'.join(forms)})" for label, forms in _LABELS.items())
    + r")(?![a-zåäö])|(?:^|(?<=\n)|(?<=\t)|(?<=[ ]{2}))[ ]{0,80}(?:"
    + "|".join(rf"(?P<line_{label.value}>{form})" for label, form in _LINE_LABELS.items())
    + r")(?![a-zåäö/]|[ ](?:[a-zåäö]|[A-ZÅÄÖ][a-zåäö]+[ ][a-zåäö]))",
)
_BREADCRUMB: Final = re.compile(r"\s>\s")
_SECTION_LINE: Final = re.compile(r"(?:[A-ZÅÄÖ][a-zåäö]{1,3}\s)?§{1,2}\s?\d{1,4}(?!\d*\s?[-–])|\d{1,4}\s§")
_CONTENT_LINE: Final = re.compile(
    r"(?:#+\s*|\**)(?:Ärendebeskrivning|Sammanfattning|Innehåll(?:sförteckning)?|Ärende(?:n|t|lista)?|Bakgrund|Beslut"
    r"|Förslag till beslut|Beslutsunderlag|Inledning)\b\W*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Field:
    """A label of the form, what it announces, and what stands between it and the next label."""

    label: Label
    value: str


@dataclass(frozen=True, slots=True)
class Header:
    """The parts of a document that tell what it is.

    Attributes:
        lines: all lines with text, stripped.
        top: what stands before the first label of the attendance, the first § or the first part heading.
        fields: the labelled fields, in order.
        first_section: the place of the first § line among the lines, `None` without one.
    """

    lines: tuple[str, ...]
    top: tuple[str, ...]
    fields: tuple[Field, ...]
    first_section: int | None


def read_header(extraction: Extraction) -> Header:
    """Takes from a text what tells of the whole document."""
    text = "\n".join(extraction.pages)
    if len(text) > _READ_AT_START + _READ_AT_END:
        text = f"{text[:_READ_AT_START]}\n{text[-_READ_AT_END:]}"
    parts = (part for line in text.splitlines() for part in _BREADCRUMB.split(line))
    lines = tuple(stripped for part in parts if (stripped := part.strip()))
    section = next((index for index, line in enumerate(lines) if _SECTION_LINE.match(line)), None)
    return Header(lines, _top(lines, section), _fields(text), section)


def _top(lines: Sequence[str], section: int | None) -> tuple[str, ...]:
    top: list[str] = []
    length = 0
    for line in lines[: section if section is not None else len(lines)]:
        label = next(
            (
                m
                for m in LABEL.finditer(line)
                if label_of(m) in (Label.PLACE_TIME, Label.PEOPLE, Label.ADJUSTMENT)
            ),
            None,
        )
        kept = line[: label.start()].strip() if label else line
        if _CONTENT_LINE.match(line) or length > _LONGEST_TOP:
            break
        if kept:
            top.append(kept[:_LONGEST_TOP])
        length += len(kept)
        if label is not None:
            break
    return tuple(top)


def _fields(text: str) -> tuple[Field, ...]:
    matches = list(LABEL.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)] * bool(matches)
    return tuple(
        Field(
            label_of(match), text[match.end() : min(end, match.end() + _LONGEST_VALUE)].strip(" \t\n:|*_#.")
        )
        for match, end in zip(matches, ends, strict=True)
    )


def label_of(match: re.Match[str]) -> Label:
    """Tells what a match of `LABEL` announces."""
    return Label((match.lastgroup or "").removeprefix("line_"))
