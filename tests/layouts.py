"""Fills the layouts in `tests/data/layouts` with invented meetings of real municipalities."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Extraction
from corpus.slugs import slug

FOLDER = Path(__file__).parent / "data" / "layouts"
MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti")
MONTHS += ("september", "oktober", "november", "december")
DISTRACTION = """Remiss från Malmö stad om samverkan med Lunds kommun och Örebro kommun.
Förvaltningen har i skrivelse den 3 mars 2021 besvarat remissen från Kungsbacka kommun.
Kommunen samarbetar med Storåsens kommun i Fjärranland.
Inspektionen i Linköping har 2021-02-03 begärt yttrande. Kommunfullmäktige beslutade 2020-11-30 § 12.
"""


@dataclass(frozen=True, slots=True)
class Meeting:
    """An invented meeting.

    Attributes:
        name: the short name of the municipality.
        owner: how the name stands before `kind`: `Lunds`.
        kind: `kommun` or `stad`.
        seat: where its house stands.
    """

    name: str
    owner: str
    kind: str
    seat: str
    body: str
    day: datetime.date


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def fill(layout: str, meeting: Meeting) -> Extraction:
    """Makes the text of a meeting's minutes in a layout."""
    adjusted = meeting.day + datetime.timedelta(days=7)
    next_day = min(meeting.day.day + 1, 28)
    text = (FOLDER / f"{layout}.txt").read_text(encoding="utf-8")
    values = {
        "owner": meeting.owner,
        "OWNER": meeting.owner.upper(),
        "kind": meeting.kind,
        "KIND": meeting.kind.upper(),
        "Kind": meeting.kind.capitalize(),
        "seat": meeting.seat,
        "body": meeting.body,
        "BODY": meeting.body.upper(),
        "broken_body": meeting.body.replace(" och ", " och\n"),
        "day": meeting.day.isoformat(),
        "day_in_words": in_words(meeting.day),
        "two_days": f"{meeting.day.day}-{next_day} {in_words(meeting.day).split(' ', 1)[1]}",
        "year": str(meeting.day.year),
        "adjusted": adjusted.isoformat(),
        "adjusted_in_words": in_words(adjusted),
        "domain": slug(meeting.name),
        "distraction": DISTRACTION,
        "page_break": "\f",
    }
    pages = text.format_map(values).split("\f")
    return Extraction(tuple(pages), paged=len(pages) > 1)


def in_words(day: datetime.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
