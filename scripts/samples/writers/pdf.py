"""PDF with a running header and footer; covers in two columns; words broken at line ends."""

from __future__ import annotations

import datetime

from fpdf import FPDF

from samples.blocks import KEPT_WITH_NEXT, Block, BlockKind, Furniture
from samples.layouts import Rendering
from samples.line_breaking import break_lines
from samples.meeting import Meeting

_LEFT, _VALUE_LEFT, _RIGHT = 30.0, 75.0, 172.0
_LINE = 5.0
_SIZES = {BlockKind.BANNER: 15, BlockKind.SECTION: 12, BlockKind.HEADING: 12, BlockKind.LABEL: 11}


class _Pages(FPDF):
    """A4 pages with the furniture of the minutes."""

    def __init__(self, furniture: Furniture) -> None:
        super().__init__()
        self._furniture = furniture
        # The standard fonts' own encoding: it has the en dash, which Latin-1 lacks.
        self.core_fonts_encoding = "cp1252"
        self.set_margins(_LEFT, 20, 210 - _RIGHT)
        self.set_auto_page_break(auto=True, margin=28)

    def header(self) -> None:
        self._set(self._furniture.header, top=12)

    def footer(self) -> None:
        self._set(self._furniture.footer, top=297 - 8 - 4 * len(self._furniture.footer))

    def _set(self, lines: tuple[str, ...], top: float) -> None:
        self.set_font("Helvetica", size=8)
        self.set_y(top)
        for line in lines:
            text = line.format(page=self.page_no(), pages="{nb}")
            self.cell(0, 4, text, new_x="LMARGIN", new_y="NEXT", align="R")
        self.ln(4)


def write(meeting: Meeting, rendering: Rendering) -> bytes:
    """The bytes of a PDF file."""
    pdf = _Pages(rendering.furniture)
    # The file's own date is in UTC and, as in real archives, not the meeting's.
    pdf.creation_date = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    pdf.set_title(f"{meeting.committee} {meeting.date.isoformat()}")
    pdf.set_lang("sv")
    pdf.add_page()
    for block in rendering.blocks:
        _set_block(pdf, block)
    return bytes(pdf.output())


def _set_block(pdf: _Pages, block: Block) -> None:
    if block.kind is BlockKind.PAGE:
        pdf.add_page()
    elif block.kind is BlockKind.ROW:
        _set_row(pdf, block)
    else:
        _set_paragraph(pdf, block)


def _set_paragraph(pdf: _Pages, block: Block) -> None:
    text = "_" * 20 if block.kind is BlockKind.RULE else block.text
    pdf.set_font("Helvetica", "B" if block.kind in _SIZES else "", _SIZES.get(block.kind, 10))
    if block.kind in KEPT_WITH_NEXT and pdf.will_page_break(5 * _LINE):
        pdf.add_page()
    pdf.ln(3 if block.kind is BlockKind.SECTION else 1.5)
    for line in break_lines(text, _RIGHT - _LEFT - 2, measure=pdf.get_string_width, hyphenate=True):
        pdf.cell(0, _LINE, line, new_x="LMARGIN", new_y="NEXT")


def _set_row(pdf: _Pages, block: Block) -> None:
    pdf.set_font("Helvetica", size=10)
    values = [
        line
        for value in block.value.split("\n")
        for line in break_lines(value, _RIGHT - _VALUE_LEFT - 2, measure=pdf.get_string_width)
    ]
    labels = break_lines(block.text, _VALUE_LEFT - _LEFT - 4, measure=pdf.get_string_width)
    rows = max(len(values), len(labels))
    if pdf.will_page_break(rows * _LINE):
        pdf.add_page()
    top = pdf.get_y()
    pdf.set_font("Helvetica", "B", 10)
    _set_column(pdf, labels, _LEFT)
    pdf.set_y(top)
    pdf.set_font("Helvetica", size=10)
    _set_column(pdf, values, _VALUE_LEFT)
    pdf.set_y(top + rows * _LINE + 1)


def _set_column(pdf: _Pages, lines: list[str], left: float) -> None:
    for line in lines:
        pdf.set_x(left)
        pdf.cell(0, _LINE, line, new_x="LEFT", new_y="NEXT")
