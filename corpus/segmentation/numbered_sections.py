"""Builds the §§ of minutes from their headings; what is cover or appendix goes its own way."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from corpus import heading_numbers
from corpus.furniture import Line
from corpus.headings import Heading
from corpus.part_headings import kind_of
from corpus.segmentation import cover, titles
from corpus.segmentation.section_draft import DocumentText, Draft, DraftKind

_ENOUGH_FOR_A_WIDTH = 8
_USUAL_WIDTH = 62
_NARROWEST, _WIDEST = 50, 76
_APPENDIX = re.compile(r"(?:Bilaga|BILAGA)\s{1,3}(?P<number>\d{1,3}|[A-Z])\W{0,2}")
_FEWEST_LINES_OF_AN_APPENDIX = 12


def build(
    text: DocumentText,
    found: Sequence[Heading],
    *,
    contents: Collection[int],
    contents_titles: Mapping[str, str],
) -> tuple[list[Draft], list[Line]]:
    """Return the §§ and appendices, and the lines of the cover.

    Args:
        text: the text of the document.
        found: the headings of the §§, in order.
        contents: the lines of the table of contents, which are dropped.
        contents_titles: the titles that it gives, by § number.
    """
    builder = _Builder(text, found, contents=contents, contents_titles=contents_titles)
    for index in range(len(found)):
        builder.take(index)
    return builder.drafts, builder.cover


class _Builder:
    def __init__(
        self,
        text: DocumentText,
        found: Sequence[Heading],
        *,
        contents: Collection[int],
        contents_titles: Mapping[str, str],
    ) -> None:
        self._text = text
        self._found = found
        self._contents = contents
        self._contents_titles = contents_titles
        self._width = _title_width(text, found)
        self._latest: dict[str, Draft] = {}
        above = [0, *(heading.line + 1 for heading in found)]
        self._starts = [
            titles.start_of(text.lines, heading, after=after)
            for heading, after in zip(found, above, strict=False)
        ]
        self.drafts: list[Draft] = []
        self.cover: list[Line] = self._lines(0, self._starts[0])

    def take(self, index: int) -> None:
        """Add the § that the heading begins, or go on with the one that it continues."""
        heading = self._found[index]
        end = [*self._starts, len(self._text.lines)][index + 1]
        earlier = self._latest.get(heading.number)
        head = titles.read(
            self._text.lines,
            heading,
            end=end,
            above=self._starts[index],
            contents_title=self._contents_titles.get(heading.number),
            width=self._width,
            body_width=self._text.width,
        )
        if heading.continues and earlier is not None:
            starts = head.end if titles.is_same(head.title, earlier.title) else heading.line + 1
            draft = earlier
        else:
            starts = head.end
            draft = Draft(DraftKind.NUMBERED, heading.number, head.title, head.dnr, self._page(heading.line))
            self.drafts.append(draft)
            self._latest[heading.number] = draft
        body = ([Line(head.glued, draft.page)] if head.glued else []) + self._lines(starts, end)
        draft.add(self._without_cover(body, is_last=index + 1 == len(self._found)))

    def _lines(self, start: int, end: int) -> list[Line]:
        return [self._text.lines[at] for at in range(start, end) if at not in self._contents]

    def _page(self, line: int) -> int | None:
        return self._text.lines[line].page

    def _without_cover(self, body: list[Line], *, is_last: bool) -> list[Line]:
        start = cover.start_in(body, is_last=is_last)
        if start is not None:
            self.cover += [Line("", None), *body[start:]] if self.cover else body[start:]
            body = body[:start]
        if is_last:
            first = _first_appendix(body)
            self.drafts += _appendices(body[first:])
            body = body[:first]
        return body


def _title_width(text: DocumentText, found: Sequence[Heading]) -> int:
    """Return how long the lines of titles get before they are broken; 0 where no lines are broken."""
    if not text.width:
        return 0
    lengths = sorted(len(_first_below(text.lines, heading)) for heading in found)
    if len(lengths) < _ENOUGH_FOR_A_WIDTH:
        return _USUAL_WIDTH
    return min(max(lengths[len(lengths) * 9 // 10], _NARROWEST), _WIDEST)


def _first_below(lines: Sequence[Line], heading: Heading) -> str:
    for line in lines[heading.line + 1 : heading.line + 6]:
        if line.text and not heading_numbers.is_number_line(line.text):
            return line.text if kind_of(line.text) is None else ""
    return ""


def _first_appendix(body: Sequence[Line]) -> int:
    """Return where the appendices begin below the last §; the end of the body when there are none."""
    for index, line in enumerate(body):
        if _APPENDIX.fullmatch(line.text) and (index == 0 or not body[index - 1].text):
            below = [other for other in body[index:] if other.text]
            if len(below) > _FEWEST_LINES_OF_AN_APPENDIX and not _has_decision(below):
                return index
    return len(body)


def _has_decision(lines: Sequence[Line]) -> bool:
    return any(
        line.text.strip(": ").casefold() in {"beslut", "beslutsunderlag", "expedieras till"} for line in lines
    )


def _appendices(lines: Sequence[Line]) -> list[Draft]:
    drafts: list[Draft] = []
    for line in lines:
        found = _APPENDIX.fullmatch(line.text)
        if found:
            drafts.append(Draft(DraftKind.APPENDIX, None, f"Bilaga {found['number']}", (), line.page))
        elif drafts:
            drafts[-1].lines.append(line)
    return drafts
