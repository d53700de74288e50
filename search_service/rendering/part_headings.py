"""The parts of a § as a page shows them: a heading in Swedish and marked paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from corpus.document import Part, PartKind
from index.entry import SectionEntry
from index.highlighting import Highlighter
from search_service.rendering.html import visible
from search_service.rendering.numbered_marks import MarkNumbers

PART_HEADINGS: Final = {
    PartKind.BACKGROUND: "Bakgrund",
    PartKind.PREPARATION: "Beredning",
    PartKind.PROPOSAL: "Förslag",
    PartKind.MOTION: "Yrkande",
    PartKind.PROCEDURE: "Beslutsgång",
    PartKind.DECISION: "Beslut",
    PartKind.RESERVATION: "Reservation",
    PartKind.RECIPIENTS: "Beslutet skickas till",
    PartKind.OTHER: "",
}
_BLANK_LINES: Final = re.compile(r"\n[^\S\n]*(?:\n\s*)+")


@dataclass(frozen=True, slots=True)
class PartView:
    """A part to be shown; `paragraphs` are HTML."""

    kind: str
    heading: str
    by: str | None
    paragraphs: tuple[str, ...]


def part_views(entry: SectionEntry, highlighter: Highlighter, marks: MarkNumbers) -> list[PartView]:
    """Return the parts of a §, its whole text as one when it has none; marks have numbers in `marks`."""
    parts = entry.parts or (Part(PartKind.OTHER, entry.text),)
    return [
        PartView(
            part.kind.value,
            PART_HEADINGS[part.kind],
            part.by,
            tuple(map(marks.numbered, _paragraphs(part.text, highlighter))),
        )
        for part in parts
        if part.text.strip()
    ]


def _paragraphs(text: str, highlighter: Highlighter) -> Iterator[str]:
    for paragraph in _BLANK_LINES.split(text.strip()):
        yield highlighter.html(visible(paragraph))
