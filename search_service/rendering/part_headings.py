"""The parts of a § as a page shows them: under the headings of the minutes, every line of the text once."""

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
    """A part to be shown; `headings` and `paragraphs` are HTML.

    Attributes:
        headings: as the minutes have them; where they have none, the usual one where another kind begins.
        by: who moved or reserved, where the heading is not of the minutes.
    """

    kind: str
    headings: tuple[str, ...]
    by: str | None
    paragraphs: tuple[str, ...]


def part_views(entry: SectionEntry, highlighter: Highlighter, marks: MarkNumbers) -> list[PartView]:
    """Return the parts of a §, its whole text as one when it has none; marks have numbers in `marks`."""

    def marked(text: str) -> str:
        return marks.numbered(highlighter.html(visible(text)))

    views: list[PartView] = []
    last = PartKind.OTHER
    for lines, part in _headed(entry):
        written = tuple(marked(line) for line in map(_tidy, lines) if line)
        usual = PART_HEADINGS[part.kind] if part.kind is not last and not written else ""
        paragraphs = tuple(map(marked, _paragraphs(part.text)))
        if written or paragraphs:
            headings = written or ((usual,) if usual else ())
            views.append(PartView(part.kind.value, headings, part.by if usual else None, paragraphs))
            last = part.kind
    return views


def _headed(entry: SectionEntry) -> list[tuple[list[str], Part]]:
    """Return each part with the lines that stand above it; those that stand below all, with an empty one."""
    whole: list[tuple[list[str], Part]] = [([], Part(PartKind.OTHER, entry.text))]
    headed: list[tuple[list[str], Part]] = []
    end = 0
    for (_, stretch, _), part in zip(entry.outline, entry.parts, strict=True):
        if isinstance(stretch, str) or stretch[0] < end:
            return whole
        headed.append((entry.text[end : stretch[0]].split("\n"), part))
        end = stretch[1]
    return [*headed, (entry.text[end:].split("\n"), Part(PartKind.OTHER, ""))] if headed else whole


def _tidy(line: str) -> str:
    """Return a heading without the colon that ends it and the marks that a converter put around it."""
    return line.strip(" \t*_#:")


def _paragraphs(text: str) -> Iterator[str]:
    return filter(None, _BLANK_LINES.split(text.strip()))
