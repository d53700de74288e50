"""Decides what a hyphen at the end of a line meant: a word broken there, or a hyphen of its own.

The rules are those of step 2 of the Swedish analysis: 99.5 % right on simulated breaks, where always
joining gives 98.3 %.
"""

from __future__ import annotations

import re
from collections.abc import Collection

SOFT_HYPHEN = "\u00ad"
_HYPHENS = "-\u2010\u2011"
_LAST_WORD = re.compile(r"[^\s/(]*$")
_FIRST_WORD = re.compile(r"^\w*(?:-\w+)*")
_COORDINATING = frozenset({"och", "eller", "samt", "resp", "respektive"})
_LONGEST_ABBREVIATION = 5


def ends_with_hyphen(line: str) -> bool:
    """Tell whether a word goes on in the next line, or a hyphen of its own ends this one."""
    return len(line) > 1 and line[-1] in _HYPHENS + SOFT_HYPHEN and line[-2].isalnum()


def join(left: str, right: str, words: Collection[str] = frozenset()) -> str:
    """Return two lines as one, where `left` ends with a hyphen.

    Args:
        left: a line that `ends_with_hyphen`.
        right: the line after it.
        words: words known of the same text, casefolded, with inner hyphens; whichever of the word with
            and without the hyphen is among them wins, and a tie joins.
    """
    stem = left[:-1]
    if left.endswith(SOFT_HYPHEN):
        return stem + right
    head = _last_word(stem)
    tail = _first_word(right)
    if tail.casefold() in _COORDINATING and (head + tail).casefold() not in words:
        return f"{stem}- {right}"
    if _keeps_its_hyphen(head, tail, words):
        return f"{stem}-{right}"
    return stem + right


def _last_word(text: str) -> str:
    found = _LAST_WORD.search(text[-60:])
    return found[0] if found else ""


def _first_word(text: str) -> str:
    found = _FIRST_WORD.match(text[:60])
    return found[0] if found else ""


def _keeps_its_hyphen(head: str, tail: str, words: Collection[str]) -> bool:
    if not head or not tail:
        return True
    if head[-1].isdigit() or tail[0].isdigit() or tail[0].isupper():
        return True
    if head.isupper() and len(head) <= _LONGEST_ABBREVIATION:
        return True
    hyphenated = f"{head}-{tail}".casefold() in words
    joined = (head + tail).casefold() in words
    return hyphenated and not joined
