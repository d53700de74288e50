"""Puts the words of a page into lines as the eye reads them: from the top down, left to right.

A PDF keeps its text in the order in which a program painted it: the foot of the page may come before the
body, and the right-hand column of a table before the left. Only the positions tell what stands beside what.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# All factors are in heights of the taller of the two lines or words compared.
_SAME_LINE = 0.35  # baselines nearer than this are one line (a raised footnote sign is, the next line is not)
_CENTRED = 0.8  # a cell this near both its neighbours stands between them: centred against two lines
_COLUMN_GAP = 1.0  # a wider gap than this parts two columns; a space in justified text is narrower
_PARAGRAPH_GAP = 1.3  # times the usual distance of the page's lines
_OVERPRINT = 0.25  # the same word painted twice within this distance is bold type, not two words


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space; `left`, `right`, `baseline` grow to the right and upwards."""

    text: str
    left: float
    right: float
    baseline: float
    height: float


@dataclass(slots=True)
class _Row:
    """The words beside each other, while the page is put together."""

    baseline: float
    height: float
    words: list[Word]

    @property
    def left(self) -> float:
        return min(word.left for word in self.words)

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)


def lines_of(words: Sequence[Word]) -> Iterator[str]:
    """Yield the lines of a page; columns are separated by a tab, paragraphs by an empty line."""
    rows = _with_centred_cells(_rows(words))
    usual = _usual_distance(rows)
    above: _Row | None = None
    for row in rows:
        if above is not None and _distance(above, row) > usual * _PARAGRAPH_GAP:
            yield ""
        yield _text(row)
        above = row


def _rows(words: Sequence[Word]) -> list[_Row]:
    rows: list[_Row] = []
    for word in sorted(words, key=lambda word: (-word.baseline, word.left)):
        row = rows[-1] if rows else None
        if row is None or row.baseline - word.baseline > _SAME_LINE * max(row.height, word.height):
            rows.append(_Row(word.baseline, word.height, [word]))
        else:
            row.words.append(word)
            row.height = max(row.height, word.height)
    for row in rows:
        row.words.sort(key=lambda word: word.left)
    return rows


def _with_centred_cells(rows: list[_Row]) -> list[_Row]:
    """Set a cell that stands between the two lines of the cell beside it on the first of them."""
    kept: list[_Row] = []
    for index, row in enumerate(rows):
        above = kept[-1] if kept else None
        below = rows[index + 1] if index + 1 < len(rows) else None
        if above is not None and below is not None and _is_between(row, above, below):
            above.words = sorted([*above.words, *row.words], key=lambda word: word.left)
        else:
            kept.append(row)
    return kept


def _is_between(row: _Row, above: _Row, below: _Row) -> bool:
    near = all(
        abs(row.baseline - other.baseline) < _CENTRED * max(row.height, other.height)
        for other in (above, below)
    )
    return near and all(row.right <= other.left or other.right <= row.left for other in (above, below))


def _distance(above: _Row, below: _Row) -> float:
    """Return the distance of two lines in heights, so that large type has no larger gaps than small."""
    return (above.baseline - below.baseline) / (max(above.height, below.height) or 1.0)


def _usual_distance(rows: Sequence[_Row]) -> float:
    distances = [_distance(above, below) for above, below in itertools.pairwise(rows)]
    return statistics.median_low(distances) if distances else 1.0


def _text(row: _Row) -> str:
    pieces: list[str] = []
    previous: Word | None = None
    for word in row.words:
        if previous is not None:
            if _is_overprint(previous, word):
                continue
            wide = word.left - previous.right > _COLUMN_GAP * max(previous.height, word.height)
            pieces.append("\t" if wide else " ")
        pieces.append(word.text)
        previous = word
    return "".join(pieces)


def _is_overprint(previous: Word, word: Word) -> bool:
    return previous.text == word.text and abs(word.left - previous.left) < _OVERPRINT * word.height
