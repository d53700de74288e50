"""Builds the lines of a text from a tree of blocks and tables, as HTML and DOCX have it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")
_LABEL_LINES = 3
_LABEL_WIDTH = 40


class TextLines:
    """Collects text into lines; cells of a table row come on one line with tabs between.

    Calls for tables may come in any order and number: a cell without a row, or an end without a beginning,
    only ends a line. Nothing here recurses, however deep the tables lie in one another.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._lines: list[str] = []
        self._cells: list[list[str]] = []
        # What was begun around the cell at hand: its lines, and the cells of its row so far.
        self._outer: list[tuple[list[str], list[list[str]]]] = []

    def add(self, text: str) -> None:
        """Continue the line, keeping white space as it is."""
        self._pieces.append(text)

    def add_folded(self, text: str) -> None:
        """Continue the line, each run of white space as one space."""
        folded = _WHITE_SPACE.sub(" ", text)
        after_space = bool(self._pieces) and self._pieces[-1].endswith(" ")
        self._pieces.append(folded.lstrip(" ") if after_space else folded)

    def end_line(self) -> None:
        """End the line if anything was written on it."""
        line = "".join(self._pieces).strip(" \n\r")
        self._pieces.clear()
        if line.strip():
            self._lines.extend(line.split("\n"))

    def end_paragraph(self) -> None:
        """End the line and leave an empty one, once."""
        self.end_line()
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def start_cell(self) -> None:
        """Begin a cell of the row."""
        self.end_line()
        self._outer.append((self._lines, self._cells))
        self._lines, self._cells = [], []

    def end_cell(self) -> None:
        """End the cell and put it beside those before it in its row."""
        if not self._outer:
            self.end_line()
            return
        self.end_row()
        cell = self._lines
        self._lines, self._cells = self._outer.pop()
        self._cells.append(cell)

    def end_row(self) -> None:
        """End the row: its cells become lines."""
        self.end_line()
        self._lines.extend(row_lines(self._cells))
        self._cells = []

    def finish(self) -> str:
        """Return all lines; cells that were never ended end here."""
        while self._outer:
            self.end_cell()
        self.end_row()
        return "\n".join(self._lines)


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    """Set the cells of a table row beside each other.

    Each cell begins on the last line of the one before it, after a tab, where that one is a line or a short
    label; a cell of running text ends with its own last line.
    """
    lines: list[list[str]] = []  # each in pieces: a row may have a hundred thousand cells
    beside = False
    filled = [texts for cell in cells if (texts := [line for line in cell if line.strip()])]
    for index, cell in enumerate(filled):
        texts = _label(cell) if index + 1 < len(filled) else cell
        if beside:
            lines[-1].append(texts[0])
        lines += ([text] for text in texts[beside:])
        beside = len(texts) == 1
    return ["\t".join(pieces) for pieces in lines]


def _label(lines: list[str]) -> list[str]:
    if 1 < len(lines) <= _LABEL_LINES and sum(map(len, lines)) <= _LABEL_WIDTH:
        return [" ".join(lines)]
    return lines
