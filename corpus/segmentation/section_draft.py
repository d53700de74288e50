"""A section while its pieces are collected, and what is known of the whole text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import Enum

from corpus.furniture import Line
from corpus.segmentation import section_text


class DraftKind(Enum):
    """What a section is made of."""

    NUMBERED = "numbered"
    COVER = "cover"
    APPENDIX = "appendix"
    WHOLE_TEXT = "whole text"


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The body lines of a document, and what it takes to make text of them."""

    lines: Sequence[Line]
    width: int
    words: Collection[str]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> DocumentText:
        """Return the text of the lines, with its width and words."""
        return cls(lines, section_text.width_of(lines), section_text.words_of(lines))

    def render(self, lines: Sequence[Line]) -> str:
        """Return paragraphs made of the lines."""
        return section_text.render(lines, width=self.width, words=self.words)


@dataclass(slots=True)
class Draft:
    """A section while its pieces are collected; `title` may still be empty."""

    kind: DraftKind
    number: str | None
    title: str
    dnr: tuple[str, ...]
    page: int | None
    lines: list[Line] = field(default_factory=list)

    def add(self, lines: Sequence[Line]) -> None:
        """Add lines below a space."""
        if self.lines and lines:
            self.lines.append(Line("", self.lines[-1].page))
        self.lines += lines
