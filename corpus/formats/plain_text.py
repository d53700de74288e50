"""Reads plain text and Markdown."""

from __future__ import annotations

import codecs
from typing import Final

from corpus.document import Extraction
from corpus.errors import ExtractionError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

MAX_BYTES: Final = 80_000_000
"""More than any text has that is not refused for its length. Decoding takes up to four times the memory."""


def decode(content: bytes) -> str:
    """Decode text of unknown encoding: byte order mark, then strict UTF-8, then Windows-1252.

    The five bytes that Windows-1252 leaves undefined, and what breaks a marked encoding, become U+FFFD.

    Raises:
        ExtractionError: it is longer than any text that would not be refused.
    """
    if len(content) > MAX_BYTES:
        raise ExtractionError(f"för stor fil (över {MAX_BYTES // 10**6} MB text)")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def read_plain_text(content: bytes) -> Extraction:
    """Return the text; form feeds, as converters of PDF leave them, part pages.

    Raises:
        ExtractionError: the file holds no text but binary data.
    """
    text = decode(content)
    if "\x00" in text:
        raise ExtractionError("inte en textfil (binära data)")
    pages = text.removesuffix("\f").split("\f")
    return Extraction(tuple(pages), paged=len(pages) > 1)
