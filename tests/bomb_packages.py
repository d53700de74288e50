"""Hostile ZIP and DOCX files, small as files and large when they are unpacked or parsed."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Mapping

from tests.factories import zip_of

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OPENING = f'<w:document xmlns:w="{_W}"><w:body>'
_CLOSING = "</w:body></w:document>"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = (
    f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="r1" Type="{_OFFICE}/{{kind}}" Target="{{target}}"/></Relationships>'
)
_SENTENCE = "<w:p><w:r><w:t>Kommunstyrelsen beslutar.</w:t></w:r></w:p>"


def parts(document: str, **more: str | bytes) -> dict[str, bytes]:
    """The parts of a DOCX whose main part is `document`; those of `more` lie beside it, as XML."""
    made = {
        "_rels/.rels": _RELATIONSHIPS.format(kind="officeDocument", target="word/document.xml").encode(),
        "word/document.xml": document.encode(),
    }
    for name, content in more.items():
        made[f"word/{name}.xml"] = content if isinstance(content, bytes) else content.encode()
    return made


def docx(body: str, **more: str | bytes) -> bytes:
    """A DOCX whose body is the XML given."""
    return zip_of(parts(_OPENING + body + _CLOSING, **more))


def _with_entry(name: str, content: bytes = b"x") -> bytes:
    return zip_of({**parts(_OPENING + _SENTENCE + _CLOSING), name: content})


def _doubled() -> bytes:
    buffer = io.BytesIO(docx(_SENTENCE))
    with zipfile.ZipFile(buffer, "a") as package, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        package.writestr("word/document.xml", (_OPENING + "<w:p/>" + _CLOSING).encode())
    return buffer.getvalue()


def _encrypted() -> bytes:
    made = bytearray(docx(_SENTENCE))
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(signature)
        while at >= 0:
            made[at + flags_at] |= 1
            at = made.find(signature, at + 4)
    return bytes(made)


def _overlapping(count: int) -> bytes:
    """Entries of the directory that all stand for the same bytes of the file, as in a better zip bomb."""
    made = zip_of({"a.xml": b" " * 10_000_000, **parts(_OPENING + _SENTENCE + _CLOSING)})
    end = made.rindex(b"PK\x05\x06")
    total, size, start = struct.unpack("<HII", made[end + 10 : end + 20])
    directory = made[start : start + size]
    first = directory[: directory.index(b"PK\x01\x02", 4)]
    copies = b"".join(first.replace(b"a.xml", b"%05d" % at) for at in range(count))
    entries = total + count
    closing = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, entries, entries, size + len(copies), start, 0)
    return made[:start] + directory + copies + closing


def _many_entries(count: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for at in range(count):
            package.writestr(str(at), b"")
    return buffer.getvalue()


def _nested(depth: int) -> bytes:
    made = zip_of({"a": b"\0" * 10_000_000})
    for _ in range(depth):
        made = zip_of({f"{at}.zip": made for at in range(10)})
    return _with_entry("word/embeddings/1.zip", made)


def _entities(*, levels: int) -> str:
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, levels))
    return (
        f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]>{_OPENING}<w:p><w:r><w:t>&l{levels - 1};</w:t></w:r></w:p>'
        f"{_CLOSING}"
    )


def _external_entity() -> str:
    return (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>{_OPENING}<w:p><w:r><w:t>&x;</w:t></w:r></w:p>'
        f"{_CLOSING}"
    )


def _long_labels() -> bytes:
    """A list whose every number is a text of its own, a hundred thousand characters long."""
    numbering = (
        f'<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
        f'<w:lvlText w:val="{"ord " * 25_000}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    item = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
    related = _RELATIONSHIPS.format(kind="numbering", target="numbering.xml").encode()
    return zip_of(
        {
            **parts(_OPENING + item * 5_000 + _CLOSING, numbering=numbering),
            "word/_rels/document.xml.rels": related,
        }
    )


def _cell(text: str) -> str:
    return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


BOMBS: Mapping[str, bytes] = {
    "flat": docx(" " * 100_000_000),
    "beside-the-text": _with_entry("word/media/1.png", b"\0" * 200_000_000),
    "nested": _nested(3),
    "overlapping": _overlapping(1_000),
    "many-entries": _many_entries(20_000),
    "upward-name": _with_entry("../../etc/cron.d/x"),
    "absolute-name": _with_entry("/etc/cron.d/x"),
    "drive-name": _with_entry("C:\\x"),
    "doubled-name": _doubled(),
    "encrypted": _encrypted(),
    "truncated": docx(_SENTENCE * 1_000)[:-200],
    "entities": zip_of(parts(_entities(levels=10))),
    "external-entity": zip_of(parts(_external_entity())),
    "deep-xml": docx("<w:p>" * 100_000 + "</w:p>" * 100_000),
    "paragraphs": docx("<w:p/>" * 200_000),
    "attributes": docx("<w:p " + " ".join(f'a{at}="x"' for at in range(200_000)) + "/>"),
    "huge-attribute": docx(f'<w:p a="{"x" * 20_000_000}"/>'),
    "cells-in-a-row": docx(f"<w:tbl><w:tr>{_cell('cell') * 20_000}</w:tr></w:tbl>"),
    "tables-in-tables": docx("<w:tbl><w:tr><w:tc>" * 80 + "x" + "</w:tc></w:tr></w:tbl>" * 80),
    "long-labels": _long_labels(),
    "no-document": zip_of({"a.txt": b"x"}),
}
"""Files by what is wrong with them."""
