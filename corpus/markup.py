"""Takes the marks of Markdown off a line, and headings off the text beside them: every format reads alike."""

from __future__ import annotations

import re

from corpus.document import PartKind
from corpus.part_headings import kind_of

# `Beslut***Nämnden beslutar***` is a heading and a sentence that a converter glued together.
_GLUED = re.compile(r"(?<=[^\W_])\*{2,3}(?=[^\W\d_a-zåäö])|(?<=[^\s*#])\*{2,3}(?=\s*$)")
# `… räcker.**Beslut**Ärendet …`: a heading in the middle of a line.
_BOLD = re.compile(r"\*{2,3}([^*\n]{2,80})\*{2,3}")
# `Beslut          Nämnden beslutar …`: a heading in the margin that a converter kept where it was.
_IN_MARGIN = re.compile(r"(?P<heading>\S+(?: \S+){0,4})(?: {2,}| ?\t\s*)(?P<text>\S.*)")
_COLUMN = re.compile(r"\s{2}|\t")
_FEWEST_WORDS_BESIDE_A_HEADING = 3
_HEADING_MARK = re.compile(r"^\s{0,3}#{1,6}\s+")
_EMPHASIS = re.compile(r"\*{2,3}|(?<![^\W_])_(?=[^\W_])|(?<=[\w:.,)”\"])_(?![^\W_])")
_SINGLE_STAR = re.compile(r"(?<!\S)\*(?=[^\s*])([^*\n]{1,400})(?<=[^\s*])\*(?![^\W_])")
_TABLE_RULE = re.compile(r"^\s*\|?[\s:|+-]*-{2,}[\s:|+-]*\|?\s*$")
_TABLE_ROW = re.compile(r"^\s*\|(.*)\|\s*$")


def plain(line: str) -> list[str]:
    """Return the line without marks of Markdown; several when headings stand beside text."""
    if not any(mark in line for mark in "*_#|"):
        return _margin_and_text(line)
    row = _TABLE_ROW.match(line)
    if row:
        return [_table_row(row[1])]
    bare = _HEADING_MARK.sub("", line)
    pieces = [piece for part in _parted(bare) for piece in _GLUED.split(part)] if "**" in line else [bare]
    plain_pieces = [text for piece in pieces for text in _margin_and_text(_without_emphasis(piece))]
    kept = [piece for piece in plain_pieces if piece.strip()]
    return kept or ([""] if not line.strip("*_# \t") else [line])


def _parted(line: str) -> list[str]:
    """Return the line parted before and after each bold heading of a part of a §."""
    pieces: list[str] = []
    rest = 0
    for bold in _BOLD.finditer(line):
        if kind_of(bold[1]) is not None:
            pieces += [line[rest : bold.start()], bold[0]]
            rest = bold.end()
    return [*pieces, line[rest:]]


def _margin_and_text(line: str) -> list[str]:
    """Return a heading in the margin and the text beside it; a row of a table stays whole."""
    found = _IN_MARGIN.fullmatch(line.strip()) if "  " in line or "\t" in line else None
    if not found or _COLUMN.search(found["text"]):
        return [line]
    kind = kind_of(found["heading"])
    if kind is None or kind is PartKind.OTHER:
        return [line]
    is_text = len(found["text"].split()) >= _FEWEST_WORDS_BESIDE_A_HEADING
    return [found["heading"], found["text"]] if is_text or kind is PartKind.RECIPIENTS else [line]


def _table_row(cells: str) -> str:
    if _TABLE_RULE.match(cells) or not cells.strip(" |"):
        return ""
    return "\t".join(cell.strip() for cell in cells.split("|") if cell.strip())


def _without_emphasis(text: str) -> str:
    return _SINGLE_STAR.sub(r"\1", _EMPHASIS.sub("", text)) if "*" in text or "_" in text else text
