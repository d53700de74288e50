"""Brings text from outside to one form: NFC, line feeds, no control and no direction characters."""

from __future__ import annotations

import re
import unicodedata

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_TRAILING_SPACE = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
_WHITE_SPACE = re.compile(r"\s+")
# Bullets of the Symbol and Wingdings fonts, which have no character of their own.
_BULLET = re.compile("[\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc]")
# Longer runs of dots, hyphens or blanks than lines are wide say nothing, and patterns that look for what
# follows such a run try each place within it. Long runs of accents also take NFC quadratic time.
_LONG_RUN = re.compile(r"([^\w\s]{200})[^\w\s]+|([ \t]{200})[ \t]+")
_INVISIBLE = re.compile(f"{_CONTROL.pattern}|[\t\n\v\f\r\u2028\u2029]")


def visible_name(name: str) -> str:
    """Return the name of a file with U+FFFD for all that would not be seen, or turn or break a line."""
    return _INVISIBLE.sub("\ufffd", name)


def clean_text(text: str) -> str:
    """Return text of many lines in the one form, without white space at the ends of lines."""
    text = _LINE_BREAK.sub("\n", text)
    text = _SPACE.sub(" ", _BULLET.sub("•", _CONTROL.sub("", text)))
    text = _LONG_RUN.sub(r"\1\2", text)
    return _TRAILING_SPACE.sub("", unicodedata.normalize("NFC", text))


def clean_line(text: str) -> str:
    """Return text as one line, with single spaces."""
    return _WHITE_SPACE.sub(" ", clean_text(text)).strip()
