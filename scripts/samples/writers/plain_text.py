"""Plain text, as a converter leaves minutes: pages run together with their furniture between them.

Damage that converters do, and that a reader has to undo or live with: `soft_hyphens`, `lost_hyphens`,
`ligatures`, `ocr_capitals`, `glued_markdown`, `no_break_spaces`, `private_bullets`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from samples.blocks import HYPHENATION_MARK, KEPT_WITH_NEXT, Block, BlockKind, Furniture, without_marks
from samples.layouts import Rendering
from samples.line_breaking import break_lines
from samples.meeting import Meeting

_ELLIPSIS = re.compile(r"(?<=[a-zåäö])- (?=och [a-zåäö]+nämnd)")


def write(meeting: Meeting, rendering: Rendering) -> bytes:
    """The bytes of a text file."""
    blocks = _glued(rendering.blocks) if "glued_markdown" in meeting.damage else rendering.blocks
    pages = _pages([(block, _lines(block, meeting)) for block in blocks], meeting.page_lines)
    text = _joined(pages, rendering.furniture if meeting.page_lines else Furniture())
    return _encoded(_damaged(text, meeting.damage), meeting.encoding)


def _lines(block: Block, meeting: Meeting) -> list[str]:
    soft = "soft_hyphens" in meeting.damage
    text = block.text.replace(HYPHENATION_MARK, "\u00ad") if soft else block.text
    if "lost_hyphens" in meeting.damage and block.kind in (BlockKind.TEXT, BlockKind.ITEM):
        text = _ELLIPSIS.sub("", text)
    if block.kind is BlockKind.ROW:
        first, *others = block.value.split("\n")
        return ["", f"{text}\t{first}" if text else first, *others]
    if block.kind is BlockKind.RULE:
        return ["", "_" * 10]
    if block.kind in (BlockKind.TEXT, BlockKind.ITEM, BlockKind.HEADING) and meeting.wrap:
        return ["", *break_lines(text, meeting.wrap, hyphenate=not soft)]
    lead = ["", ""] if block.kind is BlockKind.SECTION else [""]
    return [*lead, without_marks(text)]


def _pages(blocks: list[tuple[Block, list[str]]], page_lines: int) -> list[list[str]]:
    pages: list[list[str]] = [[]]
    kept: list[str] = []
    for block, lines in blocks:
        if block.kind is BlockKind.PAGE:
            pages[-1] += kept
            kept = []
            pages.append([])
            continue
        kept += lines
        if block.kind in KEPT_WITH_NEXT:
            continue
        if page_lines and len(pages[-1]) + len(kept) > page_lines:
            pages.append([])
        pages[-1] += kept
        kept = []
    return pages


def _joined(pages: list[list[str]], furniture: Furniture) -> str:
    lines: list[str] = []
    for number, page in enumerate(pages, start=1):
        if number > 1:
            lines += _furniture(furniture.header, number, len(pages))
        lines += page
        lines += _furniture(furniture.footer, number, len(pages))
    return "\n".join(lines).strip("\n") + "\n"


def _furniture(lines: tuple[str, ...], page: int, pages: int) -> Iterator[str]:
    for line in lines:
        yield from ("", line.format(page=page, pages=pages))


def _glued(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Sticks the heading `Beslut` to the line below it, as a careless conversion to Markdown does."""
    glued: list[Block] = []
    for block in blocks:
        after_decision = glued and glued[-1].kind is BlockKind.LABEL and "eslut" in glued[-1].text
        if after_decision and block.kind is BlockKind.TEXT and "föreslår" in block.text:
            heading = glued.pop()
            block = Block(BlockKind.LABEL, f"{heading.text}***{block.text}***")  # noqa: PLW2901 -- in its place
        glued.append(block)
    return tuple(glued)


def _damaged(text: str, damage: tuple[str, ...]) -> str:
    if "ligatures" in damage:
        text = text.replace("fi", "ﬁ").replace("fl", "ﬂ")
    if "ocr_capitals" in damage:
        text = text.replace("SAMMANTRÄDES", "SAMMANTRADES")
    if "no_break_spaces" in damage:
        text = re.sub(r"§ (?=\d)", "§\u00a0", text)
    if "private_bullets" in damage:
        text = re.sub(r"(?m)^- ", "\uf0b7 ", text)
    return text


def _encoded(text: str, encoding: str) -> bytes:
    if encoding == "nfd":
        return unicodedata.normalize("NFD", text).encode()
    return text.encode(encoding)
