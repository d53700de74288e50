"""Reads what stands at the head of a §: its title, its dnr, and where its text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import dnr, heading_numbers
from corpus.furniture import Line
from corpus.headings import Heading
from corpus.part_headings import kind_of
from corpus.segmentation.title_lines import LONGEST_LINE, TitleLines, folded, without_continuation

_HALF_DNR = re.compile(r"^(?:\d{4}-[A-ZÅÄÖ]{1,4}|[A-ZÅÄÖ]{1,5}[ :/-]?\d[\d:/.-]*)(?=\s|$)")
# A number of the state's after the municipality's own: `, TRV 2022/21182`.
_OTHER_NUMBER = re.compile(r"^\W{0,3}[A-ZÅÄÖ]{1,6}[ :/-]?\d[\d:/.-]*$")
_ANY_SIGN = "§ 1"
_TEXT_BEGINS = re.compile(
    r"(?<=\w) (?=(?:Den \d{1,2}|Ärendebeskrivning|Sammanfattning|Bakgrund|Beslut|Ärendet|Information"
    r"|Beskrivning|Kommunstyrelsen"
    r"|Förvaltningen|[A-ZÅÄÖ]\w+nämnden)\b)"
)
_LONGEST_TITLE = 300
_MADE_TITLE = 100
_DNR_WITHIN = 5
_DNR_BELOW = 6


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head of a §.

    Attributes:
        title: empty when there is none.
        dnr: as written, in the order met.
        end: the line after the last of the head.
        glued: text that a converter left on the line of the title.
    """

    title: str
    dnr: tuple[str, ...]
    end: int
    glued: str = ""


def read(
    lines: Sequence[Line],
    heading: Heading,
    *,
    end: int,
    above: int | None = None,
    contents_title: str | None = None,
    width: int = 0,
    body_width: int = 0,
) -> Head:
    """Read the title and the dnr below (or on, or above) the line of a heading.

    Args:
        lines: the lines of the document.
        heading: the § that begins.
        end: the line after the last of the §.
        above: where the § begins, if a dnr stands above its heading.
        contents_title: the title in the table of contents, if there is one.
        width: how long the lines of titles get before they are broken; 0 where none is broken.
        body_width: how long the lines of the text get.
    """
    is_above = above is not None and above < heading.line
    numbers = heading_numbers.numbers_in(lines[above].text) if is_above and above is not None else []
    numbers += heading_numbers.numbers_in(lines[heading.line].text)
    on_line, glued = _unglued(_title_on_line(heading.rest))
    at, more = heading.line + 1, list[str]()
    if not on_line:
        at, more = heading_numbers.skip(lines, at, end)
    found = TitleLines(
        [on_line] if on_line else [], contents_title=contents_title, width=width, body_width=body_width
    )
    if not glued:
        at = found.take(lines, at, end)
    after, late = heading_numbers.skip(lines, at, end, within=_DNR_WITHIN)
    written = heading_numbers.distinct([*numbers, *more, *late])
    return Head(found.text[:_LONGEST_TITLE], written, after if late else at, glued)


def start_of(lines: Sequence[Line], heading: Heading, *, after: int) -> int:
    """Return where a § begins: at the line of a dnr that stands alone above its heading, or at the heading.

    Args:
        lines: the lines of the document.
        heading: the § that begins.
        after: the line below the heading of the § before.
    """
    index = heading.line - 1
    while index > after and not lines[index].text:
        index -= 1
    if index < after or not _stands_alone(lines, index) or _has_own_number(lines, heading):
        return heading.line
    return index if not after or _is_more_than_a_head(lines[after:index]) else heading.line


def _is_more_than_a_head(lines: Sequence[Line]) -> bool:
    """Tell whether text stands between a heading and a dnr, so that the dnr is not that heading's."""
    count = sum(1 for line in lines if line.text and not heading_numbers.is_number_line(line.text))
    return count > _DNR_WITHIN or any(kind_of(line.text) is not None for line in lines)


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the line holds a dnr and nothing else, not the second line of a reference."""
    above = lines[index - 1].text if index else ""
    return heading_numbers.is_number_line(lines[index].text) and not above.endswith((",", "(", "och"))


def _has_own_number(lines: Sequence[Line], heading: Heading) -> bool:
    if heading_numbers.numbers_in(lines[heading.line].text):
        return True
    end = min(heading.line + _DNR_BELOW, len(lines))
    return bool(heading_numbers.skip(lines, heading.line + 1, end)[1])


def made(number: str | None, text: str) -> str:
    """Return a title for a § that has none: how its text begins, or else its number."""
    first = text.split("\n", 1)[0].strip()
    if kind_of(first) is not None:
        first = " ".join(text.split()[:14])
    if not first:
        return f"§ {number}" if number else "Utan rubrik"
    return shortened(first)


def shortened(text: str) -> str:
    """Cut a text to the length of a title, between words."""
    if len(text) <= _MADE_TITLE:
        return text
    cut = text[:_MADE_TITLE].rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:-–") + " …"


def is_same(title: str, other: str) -> bool:
    """Tell whether two titles differ in case and white space only."""
    return folded(title) == folded(other)


def _unglued(on_line: str) -> tuple[str, str]:
    """Part a title from text that a converter left on its line."""
    if len(on_line) <= LONGEST_LINE:
        return on_line, ""
    found = _TEXT_BEGINS.search(on_line[:_LONGEST_TITLE])
    if found:
        return on_line[: found.start()].strip(), on_line[found.start() :].strip()
    cut = on_line[:_MADE_TITLE].rsplit(" ", 1)[0]
    return cut, on_line


def _title_on_line(rest: str) -> str:
    if not rest.strip():
        return ""
    # Bare digits are a dnr only right after a §, so give the reader of dnr one.
    text = dnr.remove_from_heading(f"{_ANY_SIGN} {rest.strip()}").removeprefix(_ANY_SIGN).strip()
    label = heading_numbers.LABEL.match(text)
    if label or heading_numbers.numbers_in(f"{_ANY_SIGN} {rest.strip()}"):
        text = _OTHER_NUMBER.sub("", text)
    text = without_continuation(_HALF_DNR.sub("", text[label.end() :].strip()) if label else text)
    return text.strip(" \t.:;,–-")
