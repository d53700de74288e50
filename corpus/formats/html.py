"""Reads HTML: the main content as lines of text."""

from __future__ import annotations

import re

from lxml import etree

from corpus.document import Extraction
from corpus.errors import ExtractionError
from corpus.formats.plain_text import decode
from corpus.formats.text_lines import TextLines

MAX_CHARACTERS = 20_000_000

_UNSEEN = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "audio", "video",
    "canvas", "select", "textarea", "button", "input", "nav", "aside", "dialog",
})  # fmt: skip
_OF_THE_SITE = frozenset({"footer"})
_PARAGRAPHS = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "blockquote", "pre", "section",
    "article", "main", "header", "hr", "figure", "fieldset",
})  # fmt: skip
_BLOCKS = frozenset({
    "div", "li", "dt", "dd", "caption", "figcaption", "address", "center", "form", "footer", "details",
    "summary", "title", "body", "option", "legend",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_HIDDEN_ROLES = frozenset({"navigation", "search", "menu", "menubar", "dialog", "alertdialog"})

# The parser takes quadratic time over the attributes of a tag; no honest tag has so many. Quotes count only
# after an equals sign, as in the standard's tokenizer (WHATWG HTML, 13.2.5.32-38).
_TAG = re.compile(r"<[A-Za-z](?:=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|=|[^>=])*+")
_TAG_NAME = re.compile(r"<[A-Za-z][A-Za-z0-9:-]{0,30}")
_LONGEST_TAG = 4_000
_LEAST_MAIN_TEXT = 200


def read_html(content: bytes) -> Extraction:
    """Return the main content: a line for each block, cells of a table row separated by tabs.

    Raises:
        ExtractionError: the file is too large or nested too deep.
    """
    text = decode(content)
    if len(text) > MAX_CHARACTERS:
        raise ExtractionError(f"för stor HTML-fil (över {MAX_CHARACTERS} tecken)")
    root = _parse(_TAG.sub(_shortened, text))
    if root is None:
        return Extraction(("",), paged=False)
    lines = TextLines()
    title = root.find(".//title")
    if title is not None and title.text:
        lines.add_folded(title.text)
        lines.end_paragraph()
    _write(_main(root), lines)
    return Extraction((lines.finish(),), paged=False)


def _shortened(match: re.Match[str]) -> str:
    tag = match[0]
    if len(tag) <= _LONGEST_TAG:
        return tag
    name = _TAG_NAME.match(tag)
    return name[0] if name else ""


def _parse(text: str) -> etree._Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    if any(error.type_name == "ERR_NAME_TOO_LONG" or "depth" in error.message for error in parser.error_log):
        raise ExtractionError("för djupt nästlad HTML")
    return root


def _main(root: etree._Element) -> etree._Element:
    """Return the element that holds the content, the whole page when none says it does."""
    candidates = root.xpath("//main | //*[@role='main']") or root.xpath("//article")
    if len(candidates) == 1 and len("".join(candidates[0].itertext()).strip()) >= _LEAST_MAIN_TEXT:
        return candidates[0]
    body = root.find("body")
    return root if body is None else body


def _write(top: etree._Element, lines: TextLines) -> None:
    skipped: etree._Element | None = None
    numbers: list[int | None] = []
    preformatted = 0
    for event, element in etree.iterwalk(top, events=("start", "end")):
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
                _add(lines, element.tail if element is not top else None, preformatted)
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if _is_hidden(element, tag):
                skipped = element
                continue
            preformatted += tag == "pre"
            _start(tag, lines)
            _number(element, tag, numbers, lines)
            _add(lines, element.text, preformatted)
        else:
            _end(tag, lines)
            preformatted -= tag == "pre"
            if tag in {"ol", "ul"} and numbers:
                numbers.pop()
            _add(lines, element.tail if element is not top else None, preformatted)


def _add(lines: TextLines, text: str | None, preformatted: int) -> None:
    if text and preformatted:
        lines.add(text)
    elif text:
        lines.add_folded(text)


def _is_hidden(element: etree._Element, tag: str) -> bool:
    return (
        tag in _UNSEEN
        or tag == "title"
        or (tag in _OF_THE_SITE and element.getparent() is not None and element.getparent().tag == "body")
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or element.get("role") in _HIDDEN_ROLES
        or bool(_HIDDEN_STYLE.search(element.get("style", "")))
    )


def _start(tag: str, lines: TextLines) -> None:
    if tag in _CELLS:
        lines.start_cell()
    elif tag == "br":
        lines.end_line()
    elif tag in _PARAGRAPHS:
        lines.end_paragraph()
    elif tag in _BLOCKS or tag == "tr":
        lines.end_line()


def _end(tag: str, lines: TextLines) -> None:
    if tag in _CELLS:
        lines.end_cell()
    elif tag == "tr":
        lines.end_row()
    elif tag in _PARAGRAPHS:
        lines.end_paragraph()
    elif tag in _BLOCKS:
        lines.end_line()


def _number(element: etree._Element, tag: str, numbers: list[int | None], lines: TextLines) -> None:
    """Write the number that a browser shows before an item of an ordered list."""
    if tag == "ol":
        numbers.append(_integer(element.get("start"), 1))
    elif tag == "ul":
        numbers.append(None)
    elif tag == "li" and numbers and (next_number := numbers[-1]) is not None:
        number = _integer(element.get("value"), next_number)
        numbers[-1] = number + 1
        lines.add(f"{number}. ")


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default
