"""Finds the table of contents, which is no part of the minutes: its lines, and the titles that it gives."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from corpus.furniture import Line
from corpus.headings import Heading
from corpus.segmentation.cover import label_of

_HEADING = re.compile(
    r"(?:innehålls?(?:förteckning)?|ärende(?:lista|förteckning|n)|föredragningslista|dagordning|paragrafförteckning)"
    r"(?:[\s:]{0,3}(?:§|sida|sid|ärende\w*|rubrik))*\W{0,3}",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"(?P<number>\d{1,4})[.)]?[ \t]{1,8}[A-ZÅÄÖ].*")
_LEADER = re.compile(r"[\s.…]*(?:\.{3,}|…|\t)[\s.…]*\d{1,4}$")
_LONGEST_ENTRY = 250


def lines_of(
    lines: Sequence[Line], listed: Collection[int], first: int, numbers: Collection[str]
) -> frozenset[int]:
    """Return the lines before the first § that belong to a table of contents.

    Args:
        lines: the lines of the document.
        listed: those that look like a § but only list one.
        first: the line at which the first § begins.
        numbers: the numbers of the §§ in the document.
    """
    found = {index for index, line in enumerate(lines[:first]) if _is_entry_of(line.text, numbers)}
    start = _start(lines, listed, first)
    if start is not None:
        for index in range(start, first):
            if index not in listed and label_of(lines[index].text) is not None:
                break
            found.add(index)
    found.update(_between(lines, listed, first))
    return frozenset(found)


def titles(lines: Sequence[Line], listed: Collection[int], headings: Sequence[Heading]) -> Mapping[str, str]:
    """Return the title that the table of contents gives each §."""
    found: dict[str, str] = {}
    for heading in headings:
        if heading.line not in listed:
            continue
        title = [heading.rest.strip()]
        for index in range(heading.line + 1, len(lines)):
            if index in listed or not lines[index].text:
                break
            title.append(lines[index].text)
        found[heading.number] = _LEADER.sub("", " ".join(" ".join(title).split()))
    return found


def _start(lines: Sequence[Line], listed: Collection[int], first: int) -> int | None:
    """Return where the table begins: at its heading, or at the first line that lists a §."""
    for index, line in enumerate(lines[:first]):
        if line.text and _HEADING.fullmatch(line.text.strip()):
            return index
    before = [index for index in listed if index < first]
    if not before:
        return None
    start = min(before)
    # A title of three lines has its § beside the second: the first of them stands above.
    above = lines[start - 1] if start else None
    if above is not None and above.text and above.page == lines[start].page and label_of(above.text) is None:
        return start - 1
    return start


def _between(lines: Sequence[Line], listed: Collection[int], first: int) -> set[int]:
    """Return the listed lines after the first §, with the rest of their entries: a second meeting's table."""
    found: set[int] = set()
    for index in listed:
        if index < first:
            continue
        found.add(index)
        at = index + 1
        while at < len(lines) and lines[at].text and at not in listed and at - index <= 2:
            found.add(at)
            at += 1
    return found


def _is_entry_of(text: str, numbers: Collection[str]) -> bool:
    """Tell whether the line lists one of the §§ without a sign: `64 Anmälan av interpellationer`."""
    if not text or len(text) > _LONGEST_ENTRY or not text[0].isdigit():
        return False
    found = _ENTRY.fullmatch(text)
    return found is not None and found["number"] in numbers
