"""The party in brackets after a name."""

from __future__ import annotations

import re
from typing import Final

from index.analysis.spans import Special

PARLIAMENT: Final = {
    "c": "centerpartiet",
    "kd": "kristdemokraterna",
    "l": "liberalerna",
    "m": "moderaterna",
    "mp": "miljöpartiet",
    "s": "socialdemokraterna",
    "sd": "sverigedemokraterna",
    "v": "vänsterpartiet",
}
"""The parties of the parliament by their letters."""

_IN_BRACKETS: Final = re.compile(r"\(([^\W\d_]{1,4}(?:[ ,/+]{1,3}[^\W\d_]{1,4}){0,3})\)")
_NAME_BEFORE: Final = re.compile(r"[A-ZÅÄÖÉ][^\W\d_]*[.'-]?\s{1,2}(?:[^\W\d_]{1,4}\s)?[A-ZÅÄÖÉ][\w'´-]*\s?\Z")
_BETWEEN: Final = re.compile(r"[ ,/+]+")
_NAME_LENGTH: Final = 60


def parties(text: str) -> list[Special]:
    """Return the parties in a text: one of the parliament's anywhere, a local one only after a name."""
    if "(" not in text:
        return []
    return [
        Special(match.start(), match.end(), tuple(map(party_key, _BETWEEN.split(match[1]))))
        for match in _IN_BRACKETS.finditer(text)
        if _is_party(match, text)
    ]


def party_key(letters: str) -> str:
    """Return the token for a party by its letters."""
    return f"party:{letters.casefold()}"


def _is_party(match: re.Match[str], text: str) -> bool:
    letters = _BETWEEN.split(match[1])
    if all(each.isupper() and each.casefold() in PARLIAMENT for each in letters):
        return True
    known = all(each.casefold() in PARLIAMENT for each in letters)
    if not known and not all(each.isupper() for each in letters):
        return False
    return _NAME_BEFORE.search(text, max(0, match.start() - _NAME_LENGTH), match.start()) is not None
