"""What a layout produces and a writer consumes: a stream of blocks and what repeats on each page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

HYPHENATION_MARK = "¬"
"""Where a word of the content may be broken at a line's end; never reaches a file."""


class BlockKind(StrEnum):
    """The role of a block on the page."""

    BANNER = "banner"
    DNR = "dnr"
    SECTION = "section"
    HEADING = "heading"
    LABEL = "label"
    TEXT = "text"
    ITEM = "item"
    ROW = "row"
    RULE = "rule"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Block:
    """One block; a `ROW` has a label (`text`) and a `value` that may hold line feeds."""

    kind: BlockKind
    text: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Furniture:
    """Lines that repeat at the top and the bottom of each page; `{page}` and `{pages}` are filled in."""

    header: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()


def without_marks(text: str) -> str:
    """The text as it is read, without hyphenation marks."""
    return text.replace(HYPHENATION_MARK, "")


KEPT_WITH_NEXT = frozenset({BlockKind.DNR, BlockKind.SECTION, BlockKind.HEADING, BlockKind.LABEL})
"""Blocks that do not stand last on a page."""
