"""The first step of the analysis: one way of writing each character, with the way back.

PDF and word processors write the same letter in several ways: decomposed (`a` + U+030A), as a ligature,
with a soft hyphen inside the word, between curly quotes. After this step a word has one spelling.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_INVISIBLE: Final = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_MARKS: Final = "\u0300-\u036f"
_LIGATURES: Final = "\ufb00-\ufb06"

_SAME_LENGTH: Final = {
    **dict.fromkeys("\u00a0\u1680\u2007\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u2010\u2011", "-"),
    **dict.fromkeys("‘’‚‛ʼ′´`", "'"),
    "\u212b": "Å",
    "\u212a": "K",
}
_TO_REPLACE: Final = re.compile(f"[{''.join(_SAME_LENGTH)}–—−]")
_DASH_BETWEEN_DIGITS: Final = re.compile("(?<=[0-9])[–—−](?=[0-9])")

_NEEDS_REWRITING: Final = re.compile(f"[{_INVISIBLE}{_MARKS}{_LIGATURES}]")
# At most eight marks on a letter: putting marks in canonical order takes quadratic time.
_TO_REWRITE: Final = re.compile(
    rf"\u00ad[ \t]{{0,4}}\r?\n[ \t]{{0,4}}|[{_INVISIBLE}]+|[{_LIGATURES}]"
    rf"|[^\W\d_][{_MARKS}]{{1,8}}|[{_MARKS}]+"
)
_MARK_RUN: Final = re.compile(f"[{_MARKS}]+")


@dataclass(frozen=True, slots=True)
class Characters:
    """A text after the first step.

    Attributes:
        text: what the next steps read.
        starts: for each character of `text` the offset in the original where it begins; `None` when
            nothing moved.
        ends: likewise the offset behind it.
    """

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None


def normalize(text: str) -> Characters:
    """Return `text` with one way of writing each character.

    Composed letters (NFC), no invisible characters, letters for ligatures, plain spaces, hyphens and
    apostrophes; a dash between digits is a hyphen. A mark that belongs to no letter is dropped, as is
    one that composes with none.
    """
    if _NEEDS_REWRITING.search(text) is None:
        return Characters(_same_length(text))
    rewritten, starts, ends = _rewrite(text)
    return Characters(_same_length(rewritten), starts, ends)


def _same_length(text: str) -> str:
    if text.isascii() and "`" not in text:
        return text
    return _TO_REPLACE.sub(_replace_one, text)


def _replace_one(match: re.Match[str]) -> str:
    replacement = _SAME_LENGTH.get(match[0])
    if replacement is None:
        return "-" if _DASH_BETWEEN_DIGITS.match(match.string, match.start()) else match[0]
    return replacement


def _rewrite(text: str) -> tuple[str, list[int], list[int]]:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for match in _TO_REWRITE.finditer(text):
        start, end = match.span()
        replacement = _replacement(match[0])
        pieces += (text[done:start], replacement)
        starts += range(done, start)
        ends += range(done + 1, start + 1)
        starts += [start] * len(replacement)
        ends += [end] * len(replacement)
        done = end
    pieces.append(text[done:])
    starts += range(done, len(text))
    ends += range(done + 1, len(text) + 1)
    return "".join(pieces), starts, ends


def _replacement(found: str) -> str:
    if "\ufb00" <= found <= "\ufb06":
        return unicodedata.normalize("NFKC", found)
    if found[0].isalpha():
        return _MARK_RUN.sub("", unicodedata.normalize("NFC", found))
    return ""
