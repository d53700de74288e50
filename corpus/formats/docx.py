"""Reads DOCX: paragraphs and tables in the order of the document, after its page headers and footers.

The parts are read as XML directly, not through python-docx, which holds the whole package in memory as
objects (half a megabyte can take over a gigabyte) and knows neither numbers of lists nor text boxes.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from corpus.document import Extraction
from corpus.errors import ExtractionError
from corpus.formats import zip_checks
from corpus.formats.docx_numbering import Numbering
from corpus.formats.text_lines import TextLines

# Text of a § is a few kilobytes; these are hundreds of times the longest minutes.
MAX_PART_BYTES = 32 * 1024 * 1024
MAX_ALL_BYTES = 2 * MAX_PART_BYTES

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE_DOCUMENT = "/officeDocument"
_SKIPPED = frozenset({_FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}instrText"})
_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}softHyphen": "\u00ad",
}


def read_docx(content: bytes) -> Extraction:
    """Return the text: first each page header and footer once, then the body.

    Raises:
        ExtractionError: the file is no DOCX, is damaged, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            zip_checks.check(package, size=len(content))
            return Extraction((_text(_Package(package)),), paged=False)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise ExtractionError("skadad DOCX") from error
    except RuntimeError as error:  # zipfile's answer to a password
        raise ExtractionError("krypterad DOCX") from error
    except etree.XMLSyntaxError as error:
        raise ExtractionError("skadad DOCX (felaktig XML)") from error


class _Package:
    """The parts of a DOCX file, unpacked within limits."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = set(package.namelist())
        self._left = MAX_ALL_BYTES
        self.main = self._main_part()

    def part(self, name: str) -> etree._Element | None:
        """Return the root of a part, or `None` when it is not there."""
        if name not in self._names:
            return None
        # What the directory says of a size is not to be trusted: the reading itself stops.
        most = min(MAX_PART_BYTES, self._left)
        with self._package.open(name) as stream:
            content = stream.read(most + 1)
        if len(content) > most:
            raise ExtractionError(f"för stor DOCX (en del packas upp till över {most >> 20} MB)")
        self._left -= len(content)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        root = etree.fromstring(content, parser)
        # The format has none (ECMA-376 part 2, on the use of XML): it can only be there for its entities.
        if root.getroottree().docinfo.doctype:
            raise ExtractionError("skadad DOCX (DTD i XML)")
        return root

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Return type and target of each relationship of a part, by id."""
        folder, base = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", base + ".rels"))
        if root is None:
            return {}
        return {
            one.get("Id", ""): (one.get("Type", ""), _target(folder, one.get("Target", "")))
            for one in root.iterfind(_RELATIONSHIP)
        }

    def _main_part(self) -> str:
        for kind, target in self.related("").values():
            if kind.endswith(_OFFICE_DOCUMENT) and target in self._names:
                return target
        raise ExtractionError("inte en DOCX (ZIP-fil utan Word-dokument)")


def _target(folder: str, target: str) -> str:
    return (
        target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    )


def _text(package: _Package) -> str:
    main = package.part(package.main)
    if main is None or main.tag != f"{_W}document":
        raise ExtractionError("inte en DOCX (annat Office-dokument)")
    related = package.related(package.main)
    by_type = {kind.rpartition("/")[2]: target for kind, target in related.values()}
    numbering = Numbering.of(
        package.part(by_type.get("numbering", "")), package.part(by_type.get("styles", ""))
    )
    texts: dict[str, None] = {}
    for name in _headers_and_footers(main, related):
        root = package.part(name)
        if root is not None:
            texts[_lines(root, Numbering())] = None
    texts[_lines(main, numbering)] = None
    return "\n\n".join(text for text in texts if text.strip())


def _headers_and_footers(main: etree._Element, related: dict[str, tuple[str, str]]) -> list[str]:
    """Return the parts that the sections show on their pages: headers, then footers, each once."""
    names = [
        related[reference.get(f"{_R}id")][1]
        for kind in ("headerReference", "footerReference")
        for reference in main.iter(f"{_W}{kind}")
        if reference.get(f"{_R}id") in related
    ]
    return list(dict.fromkeys(names))


def _lines(root: etree._Element, numbering: Numbering) -> str:
    lines = TextLines()
    for event, element in _visible(root):
        tag = element.tag
        if event == "start":
            if tag == f"{_W}p":
                lines.end_line()
                lines.add(numbering.label(element))
            elif tag == f"{_W}tc":
                lines.start_cell()
            elif tag == f"{_W}t":
                lines.add(element.text or "")
            elif tag in _CHARACTERS and element.getparent().tag == f"{_W}r":
                lines.add(_CHARACTERS[tag])
        elif tag == f"{_W}p":
            _end_paragraph(element, lines)
        elif tag == f"{_W}tc":
            lines.end_cell()
        elif tag == f"{_W}tr":
            lines.end_row()
    return lines.finish()


def _end_paragraph(paragraph: etree._Element, lines: TextLines) -> None:
    lines.end_line()
    # An empty paragraph is how an empty line is typed.
    if paragraph.find(f".//{_W}t") is None:
        lines.end_paragraph()


def _visible(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Walk the tree without what is deleted, doubled for old versions, or hidden."""
    skipped: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if skipped is None and (element.tag in _SKIPPED or _is_hidden_run(element)):
            skipped = element
        if skipped is None:
            yield event, element
        elif event == "end" and element is skipped:
            skipped = None


def _is_hidden_run(element: etree._Element) -> bool:
    if element.tag != f"{_W}r":
        return False
    vanish = element.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val", "1") not in {"0", "false", "off"}
