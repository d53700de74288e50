"""Finds the lines that name the body of a meeting as headings and page headers do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.committee_names import find_names, repaired
from corpus.dates import find_dates
from corpus.head_noise import CAN_HOLD_NAME, MEETING_WORD, without_noise
from corpus.metadata.header import LABEL, Label, label_of
from corpus.municipalities import designations

_LONGEST_LINE: Final = 130
_MOST_LINES: Final = 3
_MARKS: Final = "0123456789*_#|(•-–:"
_LETTERS: Final = re.compile(r"[^\W\d_]")
_CAN_BE_BROKEN: Final = re.compile(r"(?:-|-,|och|samt|&|ens|ges|för|s)\W*\Z", re.IGNORECASE)
_PAGE_LINE: Final = re.compile(
    r"(?:sid(?:a|an)?\.?\s?)?\d{1,4}\s?(?:\(\s?\d{1,4}\s?\)|av\s\d{1,4})?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class HeadLine:
    """The name of a body with nothing but municipality, date, page and such beside it.

    Attributes:
        line: its place among the lines; a name can be broken over several.
        marked: whether `Protokoll`, a date or the like stands beside it or on the next lines.
    """

    body: str
    line: int
    marked: bool


def head_lines(lines: Sequence[str]) -> tuple[HeadLine, ...]:
    """Finds the lines that name a body as a heading does, in order."""
    holds = [len(line) <= _LONGEST_LINE and bool(CAN_HOLD_NAME.search(line)) for line in lines]
    found: list[HeadLine] = []
    done = 0
    for index, line in enumerate(lines):
        if (
            index < done
            or not any(holds[index : index + _MOST_LINES])
            or not line[0].isupper() | (line[0] in _MARKS)
        ):
            continue
        for width in range(_MOST_LINES, 0, -1):
            body = (
                _body_alone(lines[index : index + width], width)
                if any(holds[index : index + width])
                else None
            )
            if body is not None:
                found.append(HeadLine(body, index, _is_marked(lines, index, width)))
                done = index + width
                break
    return tuple(found)


def _body_alone(lines: Sequence[str], width: int) -> str | None:
    """Reads lines as one name of a body with nothing but noise beside it."""
    if len(lines) < width or any(len(line) > _LONGEST_LINE for line in lines):
        return None
    first, last = lines[0], lines[-1]
    if last.endswith(".") or (
        width > 1 and not (_CAN_BE_BROKEN.search(first) or CAN_HOLD_NAME.search(first))
    ):
        return None
    if width > 1 and (without_noise(last) != last.strip(" *_#:") or not without_noise(first)):
        return None
    rest = repaired(without_noise(" ".join(lines)))
    names = list(find_names(rest))
    if not names or names[0].start != 0 or names[-1].end != len(rest) or not rest[:1].isupper():
        return None
    if len(names) == 1 and not names[0].genitive and not names[0].abbreviated:
        return names[0].name
    # `Kommunstyrelsen` over `Arbetsutskottet` is the sub-committee.
    if len(names) == 2 and names[1].abbreviated and not _LETTERS.search(rest[names[0].end : names[1].start]):
        return f"{names[0].name}s {names[1].name.lower().removesuffix('et')}"
    return None


def _is_marked(lines: Sequence[str], index: int, width: int) -> bool:
    own = " ".join(lines[index : index + width])
    if (
        MEETING_WORD.search(own)
        or any(found.sure for found in find_dates(own))
        or next(designations(own), None)
    ):
        return True
    after = lines[index + width : index + width + 2]
    before = lines[max(0, index - 1) : index]
    return any(_is_mark(line) for line in (*after, *before))


def _is_mark(line: str) -> bool:
    if len(line) > _LONGEST_LINE or _PAGE_LINE.fullmatch(line):
        return False
    label = LABEL.match(line)
    if label is not None and label_of(label) in (Label.MEETING_DATE, Label.PLACE_TIME):
        return True
    return bool(MEETING_WORD.search(line)) and not without_noise(line)
