"""Markdown, as a converter from PDF makes it: bold headings, furniture left in the text."""

from __future__ import annotations

from samples.blocks import Block, BlockKind, without_marks
from samples.layouts import Rendering
from samples.meeting import Meeting


def write(_: Meeting, rendering: Rendering) -> bytes:
    """The bytes of a Markdown file."""
    pages = sum(block.kind is BlockKind.PAGE for block in rendering.blocks) + 1
    page = 1
    paragraphs: list[str] = []
    for block in rendering.blocks:
        if block.kind is BlockKind.PAGE:
            lines = (*rendering.furniture.footer, *rendering.furniture.header)
            page += 1
            paragraphs += [line.format(page=page, pages=pages) for line in lines]
        else:
            paragraphs.append(_paragraph(block))
    return ("\n\n".join(paragraphs) + "\n").encode()


def _paragraph(block: Block) -> str:
    text = without_marks(block.text)
    match block.kind:
        case BlockKind.BANNER:
            return f"# {text}"
        case BlockKind.HEADING | BlockKind.LABEL:
            return f"## **{text}**"
        case BlockKind.ROW:
            return "  \n".join([*filter(None, [text]), *block.value.split("\n")])
        case BlockKind.RULE:
            return "* * *"
        case _:
            return text
