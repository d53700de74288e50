"""Marks a query's words in a hit and cuts the passages that show why it was found."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

import msgspec

from index.analysis.analyzer import Analyzer
from index.marking import Marker
from index.marks import Mark
from index.passages import Passage, best_passages
from index.query import Scope
from index.query_tree import Leaf
from index.run_finder import sketched, sketched_line

Range = tuple[int, int]
"""From the first character to behind the last."""

_ELLIPSIS: Final = "…"
_NOT_SHOWN: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff]+"
)
_TO_ESCAPE: Final = "&<>\"'"
_BLOCK: Final = 20_000
_ENOUGH: Final = 60_000
"""Characters after which the passages found so far will do."""

_SCOPES: Final = {
    "title": frozenset({Scope.ALL, Scope.TITLE}),
    "text": frozenset({Scope.ALL, Scope.DECISION}),
}


class Snippet(msgspec.Struct, frozen=True, gc=False):
    """A passage of a section, marked.

    Attributes:
        field: `text` or `title`.
        text: in one line, without marks; `…` where it is cut.
        html: `text` escaped, with `<mark>` as the only element.
        ranges: what is marked, as offsets into `text`.
    """

    field: str
    text: str
    html: str
    ranges: tuple[Range, ...]


class Highlighter:
    """Marks what the leaves of one query match, and cuts passages around it. May be used by several threads.

    Args:
        leaves: what a hit may be found by.
        analyzer: the one that the query and the index were made with.
    """

    def __init__(self, leaves: Iterable[Leaf], analyzer: Analyzer) -> None:
        self._leaves = tuple(leaves)
        self._analyzer = analyzer
        self._markers: dict[str, Marker] = {}

    def ranges(self, text: str, *, field: str = "text") -> tuple[Range, ...]:
        """Return what is matched in the whole of a `text` or `title`, in order, disjoint."""
        return tuple((found.start, found.end) for found in self._marker(field).marks(text))

    def html(self, text: str, *, field: str = "text") -> str:
        """Return a `text` or `title` escaped for HTML, with what is matched in `<mark>`."""
        return marked_html(text, self.ranges(text, field=field))

    def snippets(self, text: str, title: str, *, count: int, length: int) -> tuple[Snippet, ...]:
        """Return up to `count` passages of a section's text, each of at most `length` characters.

        There is always one, unless `count` is 0: where nothing is marked in the text, its opening; where
        there is no text, the title.
        """
        if count < 1:
            return ()
        field = "text"
        shown, sketch = _line(text)
        if not shown:
            field = "title"
            shown, sketch = _line(title)
        marks = _found(shown, sketch, self._marker(field))
        passages = best_passages(shown, marks, count=count, length=_inner(length, shown))
        return tuple(_snippet(field, shown, passage, marks) for passage in passages)

    def _marker(self, field: str) -> Marker:
        """Return the marker of `text` or `title`: most have need of one of the two."""
        marker = self._markers.get(field)
        if marker is None:
            leaves = (leaf for leaf in self._leaves if leaf.scope in _SCOPES[field])
            marker = self._markers[field] = Marker(leaves, self._analyzer)
        return marker


def marked_html(text: str, ranges: Iterable[Range]) -> str:
    """Return `text` escaped for HTML with each range in a `<mark>`; white space stays as it is."""
    escape = html.escape if any(map(text.__contains__, _TO_ESCAPE)) else str
    pieces: list[str] = []
    done = 0
    for start, end in ranges:
        pieces += (escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>")
        done = end
    pieces.append(escape(text[done:]))
    return "".join(pieces)


def one_line(text: str) -> str:
    """Return `text` as it is shown in a line: white space is one space, control characters are gone."""
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(_NOT_SHOWN.sub("", text).split())


def _line(text: str) -> tuple[str, bytes]:
    """Return the same with its sketch, quicker for paragraphs without anything unusual."""
    # What is longer than one space has two side by side, and begins with one where it is split there.
    pieces = text.replace("\n", " ").split("  ")
    line = " ".join(filter(None, map(str.strip, pieces)))
    sketch = sketched_line(line)
    if sketch is None:
        line = one_line(text)
        sketch = sketched(line)
    return line, sketch


def _inner(length: int, text: str) -> int:
    """Return the length that is left when the text is cut at both ends."""
    return length if len(text) <= length else max(1, length - 2 * len(_ELLIPSIS) - 2)


def _found(text: str, sketch: bytes, marker: Marker) -> list[Mark]:
    """Return the marks of a text, of a very long one only as far as needed."""
    if len(text) <= _BLOCK:
        return marker.marks(text, sketch)
    found: list[Mark] = []
    seen = 0
    for start, end in pairwise(_blocks(text)):
        for in_block in marker.marks(text[start:end], sketch[start:end]):
            found.append(in_block._replace(start=start + in_block.start, end=start + in_block.end))
            seen |= in_block.whole
        if seen == marker.all_leaves or (found and end >= _ENOUGH):
            break
    return found


def _blocks(text: str) -> list[int]:
    """Return where to part a text, between words."""
    places = [0]
    while len(text) - places[-1] > _BLOCK:
        space = text.find(" ", places[-1] + _BLOCK)
        if space == -1:
            break
        places.append(space)
    return [*places, len(text)]


def _snippet(field: str, text: str, passage: Passage, marks: list[Mark]) -> Snippet:
    start, end = passage
    before = f"{_ELLIPSIS} " if start > 0 else ""
    after = f" {_ELLIPSIS}" if end < len(text) else ""
    moved = len(before) - start
    ranges = tuple(
        [
            (max(first, start) + moved, min(last, end) + moved)
            for first, last, _, _ in marks
            if first < end and start < last
        ]
    )
    shown = before + text[start:end] + after
    return Snippet(field, shown, marked_html(shown, ranges), ranges)
