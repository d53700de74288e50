"""Reads the text layer of PDF files with PDFium.

PDFium is not safe in threads: read PDFs in one thread of a process at a time.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import re
import sys
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from corpus.document import MAX_CHARACTERS, MAX_PAGES, Extraction
from corpus.errors import ExtractionError
from corpus.formats.page_layout import Word, lines_of

# PDFium puts this in place of a hyphen that ends a line when the word goes on in the next.
_LINE_END_HYPHENS = frozenset({0x02, 0xFFFE})
_WHITE_SPACE = frozenset({0x00, 0x09, 0x0A, 0x0D, 0x20, 0xA0})
_FIRST_SURROGATE, _LAST_SURROGATE = 0xD800, 0xDFFF
_HORIZONTAL = 0.9  # the least cosine of the angle of text that belongs to the lines of a page
_LETTER = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS_A_PAGE = 4  # a scan may have a page number or a stamp painted on it

_TOO_MANY_CHARACTERS = f"för stor PDF (över {MAX_CHARACTERS} tecken)"
_REASONS = {
    raw.FPDF_ERR_PASSWORD: "krypterad PDF",
    raw.FPDF_ERR_SECURITY: "krypterad PDF (okänd kryptering)",
    raw.FPDF_ERR_FORMAT: "skadad PDF",
}


def read_pdf(content: bytes) -> Extraction:
    """Return the text of each page, in visual order.

    Raises:
        ExtractionError: the file is encrypted, damaged, too large or has no text layer.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise ExtractionError(_REASONS.get(error.err_code, "skadad PDF")) from error
    try:
        pages = tuple(_pages(document))
    finally:
        document.close()
    enough = _FEWEST_LETTERS_A_PAGE * len(pages)
    letters = itertools.chain.from_iterable(_LETTER.finditer(page) for page in pages if page)
    if sum(1 for _ in itertools.islice(letters, enough)) < enough:
        raise ExtractionError("PDF utan textlager (inskannad?)")
    return Extraction(tuple(page or "" for page in pages), paged=True, warnings=tuple(_warnings(pages)))


def _pages(document: pypdfium2.PdfDocument) -> Iterator[str | None]:
    """Yield the text of each page, `None` for one that is damaged."""
    count = len(document)
    if count > MAX_PAGES:
        raise ExtractionError(f"för stor PDF ({count} sidor, högst {MAX_PAGES})")
    characters = 0
    for number in range(count):
        page = _page_text(document, number)
        characters += len(page or "")
        if characters > MAX_CHARACTERS:
            raise ExtractionError(_TOO_MANY_CHARACTERS)
        yield page


def _warnings(pages: tuple[str | None, ...]) -> Iterator[str]:
    damaged = [str(number) for number, page in enumerate(pages, 1) if page is None]
    blank = [str(number) for number, page in enumerate(pages, 1) if page is not None and not page.strip()]
    if damaged:
        yield f"skadade sidor som inte kunde läsas: {', '.join(damaged)}"
    if blank:
        yield f"sidor utan text: {', '.join(blank)}"


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str | None:
    page = raw.FPDF_LoadPage(document.raw, number)
    if not page:
        return None
    try:
        text_page = raw.FPDFText_LoadPage(page)
        if not text_page:
            return None
        try:
            return _lines(text_page, raw.FPDFPage_GetRotation(page))
        finally:
            raw.FPDFText_ClosePage(text_page)
    finally:
        raw.FPDF_ClosePage(page)


def _lines(text_page: object, quarter_turns: int) -> str:
    words: list[Word] = []
    aside: list[str] = []
    for start, end, text in _runs(text_page):
        word = _placed(text_page, start, end, text, quarter_turns)
        if word is None:
            aside.append(text)
        else:
            words.append(word)
    lines = list(lines_of(words))
    if aside:
        lines += ["", " ".join(aside)]
    return "\n".join(lines)


def _runs(text_page: object) -> Iterator[tuple[int, int, str]]:
    """Yield first and last index and text of each run without white space, in the order of the file."""
    count = raw.FPDFText_CountChars(text_page)
    if count > MAX_CHARACTERS:
        raise ExtractionError(_TOO_MANY_CHARACTERS)
    start = 0
    letters: list[str] = []
    code_of = raw.FPDFText_GetUnicode  # looked up once: this is the innermost loop
    for index in range(count):
        code = code_of(text_page, index)
        if code in _WHITE_SPACE:
            if letters:
                yield start, index - 1, "".join(letters)
                letters = []
            continue
        if not letters:
            start = index
        if code in _LINE_END_HYPHENS:
            yield start, index, "".join(letters) + "-"
            letters = []
        else:
            letters.append(chr(code) if code < _FIRST_SURROGATE else _character(code))
    if letters:
        yield start, count - 1, "".join(letters)


def _character(code: int) -> str:
    return "\ufffd" if _FIRST_SURROGATE <= code <= _LAST_SURROGATE or code > sys.maxunicode else chr(code)


def _placed(text_page: object, start: int, end: int, text: str, quarter_turns: int) -> Word | None:
    """Return the word with its place on the page, or `None` for text that runs at an angle."""
    angle = raw.FPDFText_GetCharAngle(text_page, start) + quarter_turns * math.pi / 2
    if not math.cos(angle) > _HORIZONTAL:
        return None
    first, last = raw.FS_RECTF(), raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    found = (
        raw.FPDFText_GetLooseCharBox(text_page, start, first)
        and raw.FPDFText_GetLooseCharBox(text_page, end, last)
        and raw.FPDFText_GetCharOrigin(text_page, start, x, y)
    )
    if not found:
        return None
    left, low, _, high = _extent(first, quarter_turns)
    _, _, right, _ = _extent(last, quarter_turns)
    _, baseline = _turned(x.value, y.value, quarter_turns)
    height = high - low
    if not all(map(math.isfinite, (left, right, baseline, height))):
        return None
    return Word(text, left, right, baseline, height)


def _extent(box: raw.FS_RECTF, quarter_turns: int) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of a box on the turned page."""
    if quarter_turns == 0:
        return box.left, box.bottom, box.right, box.top
    x, y = _turned(box.left, box.bottom, quarter_turns)
    other_x, other_y = _turned(box.right, box.top, quarter_turns)
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def _turned(x: float, y: float, quarter_turns: int) -> tuple[float, float]:
    """Turn a point of the page clockwise, as a viewer turns the page."""
    for _ in range(quarter_turns % 4):
        x, y = y, -x
    return x, y
