"""DOCX: a table for the cover, heading styles, and the furniture in the page header."""

from __future__ import annotations

import datetime
import io
import zipfile

from docx import Document
from docx.document import Document as DocumentType
from docx.table import Table

from samples.blocks import Block, BlockKind, Furniture, without_marks
from samples.layouts import Rendering
from samples.meeting import Meeting

_EPOCH = datetime.datetime(2025, 1, 1)  # noqa: DTZ001 (core properties have no time zone)
_ZIP_DATE = (2025, 1, 1, 0, 0, 0)
_STYLES = {
    BlockKind.BANNER: "Title",
    BlockKind.SECTION: "Heading 1",
    BlockKind.HEADING: "Heading 2",
    BlockKind.LABEL: "Heading 3",
    BlockKind.DNR: "Normal",
    BlockKind.ITEM: "Normal",
    BlockKind.TEXT: "Normal",
}


def write(meeting: Meeting, rendering: Rendering) -> bytes:
    """The bytes of a DOCX file."""
    document = Document()
    _set_properties(document, meeting)
    _set_furniture(document, rendering.furniture)
    table: Table | None = None
    for block in rendering.blocks:
        if block.kind is BlockKind.ROW:
            table = table or document.add_table(rows=0, cols=2)
            cells = table.add_row().cells
            cells[0].text, cells[1].text = without_marks(block.text), block.value
        else:
            table = None
            _add(document, block)
    saved = io.BytesIO()
    document.save(saved)
    return _without_clock(saved.getvalue())


def _add(document: DocumentType, block: Block) -> None:
    if block.kind is BlockKind.PAGE:
        document.add_page_break()
    elif block.kind is BlockKind.RULE:
        document.add_paragraph("_" * 10)
    else:
        document.add_paragraph(without_marks(block.text), style=_STYLES[block.kind])


def _set_furniture(document: DocumentType, furniture: Furniture) -> None:
    section = document.sections[0]
    for place, lines in ((section.header, furniture.header), (section.footer, furniture.footer)):
        fixed = [line for line in lines if "{" not in line]
        place.paragraphs[0].text = "\t".join(fixed)


def _set_properties(document: DocumentType, meeting: Meeting) -> None:
    properties = document.core_properties
    properties.author = "Exempel"
    properties.title = f"{meeting.committee}, protokoll"
    properties.comments = ""
    properties.created = properties.modified = _EPOCH
    properties.revision = 1


def _without_clock(data: bytes) -> bytes:
    """The same archive with one date on all its members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, date_time=_ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return packed.getvalue()
