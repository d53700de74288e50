"""Reads the dnr that stand around the heading of a §: on its line, below its title, alone above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import dnr
from corpus.furniture import Line

LABEL = re.compile(
    r"(?:[Dd]nr|DNR|[Dd]iarienr|[Dd]iarienummer|DIARIENUMMER|[Ää]rendenr|[Ää]rendenummer|[Ää]rende-?[Ii][Dd])"
    r"\s{0,3}[.:]{0,2}(?!\w)"
)
_PLAN_CODE = re.compile(r"\s*\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-ZÅÄÖ]{1,4})?\)?[\s,;.]*")
_LONGEST = 100


def is_number_line(text: str) -> bool:
    """Tell whether the line holds nothing but dnr, their labels and plan codes."""
    if not text or len(text) > _LONGEST:
        return False
    if LABEL.fullmatch(text.strip()):
        return True
    if not dnr.find_in_heading(text):
        return False
    rest = LABEL.sub("", dnr.remove_from_heading(text))
    return bool(_PLAN_CODE.fullmatch(rest))


def numbers_in(text: str) -> list[str]:
    """Return the dnr on a line near a heading, as written."""
    return [match.written for match in dnr.find_in_heading(text)]


def skip(lines: Sequence[Line], at: int, end: int, *, within: int | None = None) -> tuple[int, list[str]]:
    """Pass lines that hold only dnr; return the line after the last of them, and what they hold.

    Args:
        lines: the lines of the document.
        at: the line to begin with.
        end: the line after the last to look at.
        within: how many lines to look at, if not all up to `end`.
    """
    numbers: list[str] = []
    after = at
    for index in range(at, end if within is None else min(end, at + within)):
        text = lines[index].text
        if not text:
            continue
        if not is_number_line(text):
            break
        numbers += numbers_in(text)
        after = index + 1
    return after, numbers


def distinct(numbers: Sequence[str]) -> tuple[str, ...]:
    """Return each case once, as it was first written, with single spaces."""
    kept: dict[str, str] = {}
    for written in numbers:
        clean = " ".join(written.split())
        kept.setdefault(dnr.key(clean) or clean, clean)
    return tuple(kept.values())
