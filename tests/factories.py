"""Builders of small files of minutes, in every format; all people and places are invented."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import docx
import pypdfium2
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from fpdf import FPDF

Placed = tuple[float, float, str]
"""Text with its place: millimetres from the left and from the top of the page."""


def pdf(*pages: Iterable[Placed], opens_with: str | None = None, protected: bool = False) -> bytes:
    """A PDF whose texts are painted in the order given, wherever they stand.

    Args:
        pages: the texts of each page.
        opens_with: the password that it asks for.
        protected: whether it is encrypted without asking for a password.
    """
    document = FPDF()
    document.set_font("Helvetica", size=11)
    if opens_with is not None or protected:
        document.set_encryption(owner_password="of the owner", user_password=opens_with)  # noqa: S106 - made up
    for page in pages:
        document.add_page()
        for x, y, text in page:
            document.text(x, y, text)
    return bytes(document.output())


def pdf_of_lines(*pages: Sequence[str], size: int = 11) -> bytes:
    """A PDF with one text line a line, 6 mm apart; an empty string leaves a line empty."""
    document = FPDF()
    document.set_font("Helvetica", size=size)
    for lines in pages:
        document.add_page()
        for number, line in enumerate(lines):
            document.text(20, 20 + 6 * number, line)
    return bytes(document.output())


def scanned_pdf(page_count: int = 2) -> bytes:
    """A PDF that has something painted on each page and no text."""
    document = FPDF()
    for _ in range(page_count):
        document.add_page()
        document.rect(10, 10, 100, 100, style="F")
    return bytes(document.output())


def pdf_with_margin_text(lines: Sequence[str], margin: str) -> bytes:
    """A PDF with upright lines, and a text that runs up along the left margin."""
    document = FPDF()
    document.set_font("Helvetica", size=11)
    document.add_page()
    with document.rotation(90, 8, 200):
        document.text(8, 200, margin)
    for number, line in enumerate(lines):
        document.text(20, 20 + 6 * number, line)
    return bytes(document.output())


def turned_pdf(lines: Sequence[str], quarter_turns: int) -> bytes:
    """A PDF with text painted aslant and a page that is turned to show it upright, as scanners make it."""
    document = FPDF(format=(200, 200))
    document.set_font("Helvetica", size=11)
    document.add_page()
    with document.rotation(90 * quarter_turns, 100, 100):
        for number, line in enumerate(lines):
            document.text(30, 30 + 6 * number, line)
    upright = pypdfium2.PdfDocument(bytes(document.output()))
    upright[0].set_rotation(90 * quarter_turns)
    buffer = io.BytesIO()
    upright.save(buffer)
    upright.close()
    return buffer.getvalue()


def pdf_of_glyph_numbers(lines: Sequence[Sequence[int]]) -> bytes:
    """A PDF whose font has no character table, so that a reader gets the numbers of the glyphs."""
    shown = "".join(f"<{''.join(f'{glyph:04x}' for glyph in line)}> Tj T* " for line in lines)
    content = f"BT /F1 11 Tf 14 TL 50 750 Td {shown}ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Any/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        (
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Any/FontDescriptor 7 0 R/DW 550"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity>>"
        ),
        (
            "<</Type/FontDescriptor/FontName/AAAAAA+Any/Flags 4/FontBBox[-600 -300 1300 1000]/ItalicAngle 0"
            "/Ascent 900/Descent -200/CapHeight 700/StemV 80>>"
        ),
    ]
    made, places = "%PDF-1.5\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF"
    return f"{made}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def word(
    *paragraphs: str,
    header: str = "",
    footer: str = "",
    table: Sequence[Sequence[str]] = (),
) -> bytes:
    """A DOCX of paragraphs, then a table, then a last paragraph."""
    document = docx.Document()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
        document.add_paragraph("Efter tabellen.")
    return _saved(document)


def word_with_body_xml(*paragraph_xml: str) -> bytes:
    """A DOCX whose body holds the given `w:p` elements (without namespace declarations)."""
    document = docx.Document()
    for xml in paragraph_xml:
        element = parse_xml(xml.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1))
        document.element.body.insert(len(document.element.body) - 1, element)
    return _saved(document)


def numbered_word(levels: Sequence[tuple[int, str, str]], paragraphs: Sequence[tuple[int, str]]) -> bytes:
    """A DOCX with one numbered list.

    Args:
        levels: first number, number format and text of each level, such as `(12, "decimal", "§ %1")`.
        paragraphs: level and text of each paragraph.
    """
    document = docx.Document()
    level_xml = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (start, form, text) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="900">{level_xml}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="900"><w:abstractNumId w:val="900"/></w:num>'))
    for depth, text in paragraphs:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="900"/></w:numPr>')
        )
    return _saved(document)


def zip_of(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP file of the given parts, compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def write(folder: Path, source: str, content: bytes | str) -> Path:
    """Write a file below a folder, and the folders that it needs."""
    path = folder / source
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def write_metadata(folder: Path, source: str, **values: object) -> Path:
    """Write a `meta.json`."""
    return write(folder, source, json.dumps(values, ensure_ascii=False))


def _saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
