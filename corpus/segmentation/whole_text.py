"""Makes one section of a text without §§: a report, an attachment, or a cover that stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus import dnr, heading_numbers, report_titles
from corpus.furniture import Line
from corpus.markup import plain
from corpus.part_headings import kind_of
from corpus.segmentation import cover, titles
from corpus.segmentation.section_draft import DocumentText, Draft, DraftKind

_LABELLED = re.compile(
    r"(?:^|[\t ])(?:dnr|diarie-?(?:nr|nummer)|ärende-?(?:nr|nummer|id))(?![\w])", re.IGNORECASE
)
_NUMBER_LINES = 400


def build(text: DocumentText, pages: Sequence[str], *, title: str | None) -> tuple[list[Draft], list[Line]]:
    """Return the section of the whole text, or the lines of a cover when the text is nothing else.

    Args:
        text: the text of the document.
        pages: the pages as they were read, where the dnr may stand in the furniture.
        title: the document's title, if it is known.
    """
    lines = list(text.lines)
    if not any(line.text for line in lines):
        return [], []
    if cover.is_cover(lines) and not _has_parts(lines):
        return [], lines
    page = next(line.page for line in lines if line.text)
    found = title or titles.shortened(report_titles.title_of([line.text for line in lines]) or "")
    return [Draft(DraftKind.WHOLE_TEXT, None, found, _numbers(pages), page, lines)], []


def _has_parts(lines: Sequence[Line]) -> bool:
    return any(kind_of(line.text) is not None for line in lines)


def _numbers(pages: Sequence[str]) -> tuple[str, ...]:
    """Return the dnr that the letterhead gives, on the line of its label or on the next."""
    is_due = False
    for text in _first_lines(pages):
        is_labelled = bool(_LABELLED.search(text))
        if is_labelled or is_due:
            found = [
                match.written for match in dnr.find_in_heading(_after_label(text) if is_labelled else text)
            ]
            if found:
                return heading_numbers.distinct(found[:1])
        is_due = is_labelled
    return ()


def _after_label(text: str) -> str:
    found = _LABELLED.search(text)
    return text[found.start() :].strip() if found else text


def _first_lines(pages: Sequence[str]) -> Iterator[str]:
    count = 0
    for page in pages:
        for raw in page.splitlines():
            for text in plain(raw.strip()):
                if text:
                    yield text
                    count += 1
            if count > _NUMBER_LINES:
                return
