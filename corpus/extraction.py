"""Makes text of a file, whatever its format, and says why when it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from corpus.clean_text import clean_text
from corpus.document import MAX_CHARACTERS, MAX_LINES, MAX_PAGES, Extraction
from corpus.errors import ExtractionError
from corpus.formats.docx import read_docx
from corpus.formats.html import read_html
from corpus.formats.pdf import read_pdf
from corpus.formats.plain_text import read_plain_text
from corpus.formats.shifted_text import is_shifted, is_unreadable, unshift

_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_OTHER_MAGIC = {
    b"\xff\xd8\xff": "JPEG-bild",
    b"\x89PNG": "PNG-bild",
    b"II*\x00": "TIFF-bild",
    b"MM\x00*": "TIFF-bild",
    b"{\\rtf": "RTF-fil",
    b"\x1f\x8b": "gzip-fil",
    b"%!PS": "PostScript-fil",
}
_NAMES = {"pdf": "PDF", "docx": "DOCX", "html": "HTML", "text": "textfil"}
_KINDS = {".pdf": "pdf", ".docx": "docx", ".html": "html", ".htm": "html", ".txt": "text", ".md": "text"}
_FOUND = {"pdf": "PDF", "docx": "ZIP- eller Office-fil", "html": "HTML-sida", "text": "text"}


def extract(path: Path, content: bytes) -> Extraction:
    """Read the text of a file.

    Args:
        path: its suffix says what the file claims to be; nothing is opened.
        content: the bytes of the file, which have to agree with the claim.

    Raises:
        ExtractionError: there is no text to be had, with the reason in Swedish.
    """
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise ExtractionError(f"okänt filformat ({path.suffix or 'utan ändelse'})")
    _check_magic(kind, content)
    extraction = _READERS[kind](content)
    _check_length(extraction.pages)
    pages = tuple(clean_text(page) for page in _in_letters(extraction.pages))
    # Once more: some characters become lines.
    _check_length(pages)
    if not any(page.strip() for page in pages):
        raise ExtractionError("ingen text i filen")
    return replace(extraction, pages=pages)


_READERS: Mapping[str, Callable[[bytes], Extraction]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "html": read_html,
    "text": read_plain_text,
}


def _check_magic(kind: str, content: bytes) -> None:
    if not content.strip():
        raise ExtractionError("tom fil")
    if content.startswith(_OLE) and kind != "text":
        encrypted = _ENCRYPTED_OFFICE in content
        raise ExtractionError("krypterad DOCX" if encrypted else f"inte en {_NAMES[kind]} (äldre Office-fil)")
    found = _found(content)
    # HTML may lack its beginning; the others show what they are.
    if found != kind and not (kind == "html" and found == "text"):
        raise ExtractionError(f"inte en {_NAMES[kind]} ({_FOUND.get(found, found)})")


def _found(content: bytes) -> str:
    """Tell what the first bytes show a file to be."""
    if b"%PDF-" in content[:_HEAD]:
        return "pdf"
    if content.startswith(b"PK"):
        return "docx"
    if _HTML_START.match(content[:_HEAD]):
        return "html"
    return next((name for magic, name in _OTHER_MAGIC.items() if content.startswith(magic)), "text")


def _check_length(pages: tuple[str, ...]) -> None:
    if sum(map(len, pages)) > MAX_CHARACTERS:
        raise ExtractionError(f"för mycket text (över {MAX_CHARACTERS // 10**6} miljoner tecken)")
    if len(pages) > MAX_PAGES:
        raise ExtractionError(f"för mycket text (över {MAX_PAGES} sidor)")
    if sum(page.count("\n") for page in pages) > MAX_LINES:
        raise ExtractionError(f"för mycket text (över {MAX_LINES} rader)")


def _in_letters(pages: tuple[str, ...]) -> tuple[str, ...]:
    """Repair pages whose font lost its character table, if that can be proved right."""
    repaired = tuple(unshift(page) if is_shifted(page) else page for page in pages)
    if is_unreadable("\n".join(repaired)):
        raise ExtractionError("oläsligt typsnitt (teckentabell saknas)")
    return repaired
