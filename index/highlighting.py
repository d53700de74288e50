"""Marks a query's words in a hit and cuts the passages that show why it was found."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import Final

import msgspec

from index.analysis.analyzer import Analyzer
from index.marking import Marker
from index.marks import Mark, moved
from index.passages import Passage, best_passages
from index.query import Scope
from index.query_tree import Leaf
from index.text_scan import BOUND, UNSHOWN, Scanned

Range = tuple[int, int]
"""From the first character to behind the last."""

_ELLIPSIS: Final = "…"
_NOT_SHOWN: Final = re.compile(f"{UNSHOWN}+")
_TO_ESCAPE: Final = "&<>\"'"
_ROOM: Final = 2 * len(f"{_ELLIPSIS} ")
_BATCH: Final = 10
"""Sections whose texts are looked at together: that many are on a page, and they take little memory."""
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

    def snippets(
        self, sections: Iterable[tuple[str, str]], *, count: int, length: int
    ) -> Iterator[tuple[Snippet, ...]]:
        """Yield for each section up to `count` passages of its text, each of at most `length` characters.

        There is always one, unless `count` is 0: where nothing is marked in the text, its opening; where
        there is no text, the title.

        Args:
            sections: text and title.
            count: of passages.
            length: in characters.
        """
        waiting = iter(sections)
        while batch := tuple(islice(waiting, _BATCH)):
            yield from self._of_batch(batch, count, length) if count > 0 else [()] * len(batch)

    def _of_batch(
        self, sections: Sequence[tuple[str, str]], count: int, length: int
    ) -> Iterator[tuple[Snippet, ...]]:
        marker = self._marker("text")
        texts = marker.scan([text.rstrip() if len(text) <= _BLOCK else "" for text, _ in sections])
        marks = marker.marks_in_lines(texts)
        passages = self._passages(texts, chain.from_iterable(marks), count, length)
        lines, flags = _lines(texts), texts.bounds[4::BOUND].tolist()
        usual = [
            begin < end and marker.is_usual(of_text)
            for (begin, end), of_text in zip(lines, flags, strict=True)
        ]
        others = [section for section, is_usual in zip(sections, usual, strict=True) if not is_usual]
        unusual = self._of_lines(others, count, length)
        for number, is_usual in enumerate(usual):
            yield (
                _snippets("text", texts.text, lines[number], passages[number], marks[number])
                if is_usual
                else next(unusual)
            )

    def _of_lines(
        self, sections: Sequence[tuple[str, str]], count: int, length: int
    ) -> Iterator[tuple[Snippet, ...]]:
        """Yield the same for texts that are made a line first, as there is something unusual in them."""
        lines = [one_line(text) if len(text) <= _BLOCK else "" for text, _ in sections]
        marker = self._marker("text")
        texts = marker.scan(lines)
        bounds = _lines(texts)
        found = zip(bounds, marker.marks_of_each(texts, lines), strict=True)
        marks = [moved([(begin, in_line)]) for (begin, _), in_line in found]
        passages = self._passages(texts, chain.from_iterable(marks), count, length)
        for number, section in enumerate(sections):
            yield (
                _snippets("text", texts.text, bounds[number], passages[number], marks[number])
                if lines[number]
                else self._of_line(*section, count, length)
            )

    def _of_line(self, text: str, title: str, count: int, length: int) -> tuple[Snippet, ...]:
        """Return the passages of a text that is long, or of the title where there is no text."""
        field, line = "text", one_line(text)
        if not line:
            field, line = "title", one_line(title)
        marker = self._marker(field)
        marks = _found(line, marker)
        if len(line) > _BLOCK:
            # No passage comes near this end.
            line = line[: (marks[-1].end if marks else 0) + 2 * length]
        [passages] = self._passages(marker.scan([line]), marks, count, length)
        return _snippets(field, line, (0, len(line)), passages, marks)

    def _passages(
        self, texts: Scanned, marks: Iterable[Mark], count: int, length: int
    ) -> list[list[Passage]]:
        leaves = len(self._leaves)
        return best_passages(texts, marks, leaves=leaves, count=count, length=length, room=_ROOM)

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


def _lines(texts: Scanned) -> list[Range]:
    """Return where the line of each text begins and ends."""
    return list(zip(texts.bounds[1::BOUND].tolist(), texts.bounds[2::BOUND].tolist(), strict=True))


def _found(line: str, marker: Marker) -> list[Mark]:
    """Return the marks of a line, of a very long one only as far as needed."""
    if len(line) <= _BLOCK:
        return marker.marks(line)
    found: list[Mark] = []
    seen = 0
    for start, end in pairwise(_blocks(line)):
        for in_block in marker.marks(line[start:end]):
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


def _snippets(
    field: str, text: str, line: Range, passages: Iterable[Passage], marks: Sequence[Mark]
) -> tuple[Snippet, ...]:
    """Return passages as they are shown; `line` is where the line begins and ends that they are of."""
    return tuple([_snippet(field, text, line, passage, marks) for passage in passages])


def _snippet(field: str, text: str, line: Range, passage: Passage, marks: Sequence[Mark]) -> Snippet:
    start, end, first, last = passage
    cut = text[first:last].replace("\n", " ")
    if last - first > end - start or not cut.isprintable():
        cut = one_line(cut)
    before = f"{_ELLIPSIS} " if start > line[0] else ""
    after = f" {_ELLIPSIS}" if end < line[1] else ""
    moved = len(before) - start
    ranges = tuple(
        [
            (max(first, start) + moved, min(last, end) + moved)
            for first, last, _, _ in marks
            if first < end and start < last
        ]
    )
    shown = before + cut + after
    return Snippet(field, shown, marked_html(shown, ranges), ranges)
