"""The party in brackets after a name, and those that a motion, a reservation or members are from."""

from __future__ import annotations

import re
from collections.abc import Iterator
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

_LETTERS: Final = frozenset(map(str.upper, PARLIAMENT))
_ITEM: Final = "[A-ZÅÄÖ]{1,4}"
_ITEMS: Final = re.compile(_ITEM)
_JOINT: Final = r"(?:,\s{1,2}(?:och\s{1,2})?|\s{1,2}(?:och|samt)\s{1,2}|/)"
# What follows makes it a code (`S-12`), a case (`M:s`), a number (`M 5`) or an initial (`M Exempel`).
_FROM: Final = re.compile(
    rf"(?<!\w)(?P<word>från|för)\s{{1,2}}(?P<list>{_ITEM}(?:{_JOINT}{_ITEM}){{0,9}})"
    r"(?![\w/-]|:\w| ?\d|[ ][A-ZÅÄÖÉ][a-zåäöé])"
)
_MEMBERS: Final = r"(?:ledam[oö]t|representant|ersättar|suppleant|sekreterar|gruppledar)"
_STATEMENTS: Final = r"(?:yrkande|yttrande|förslag|reservation|anteckning|interpellation|motion|återremiss)"
_ENDING: Final = r"\w{0,6}\s{1,2}\Z"
_OF_MEMBERS: Final = re.compile(f"{_MEMBERS}{_ENDING}", re.IGNORECASE)
_OF_BOTH: Final = re.compile(f"(?:{_MEMBERS}|{_STATEMENTS}){_ENDING}", re.IGNORECASE)
_LONGEST_WORD: Final = 30

WORDS_BEFORE: Final = re.compile(f"{_MEMBERS}|{_STATEMENTS}|(?:från|för)\\Z", re.IGNORECASE)
"""What is found in every word that has to stand before a party without brackets."""

MAY_BE_FROM: Final = re.compile(r"(?:från|för)\s{1,2}[A-ZÅÄÖ]")
"""Without this there is no party without brackets in a text."""


def parties(text: str) -> list[Special]:
    """Return the parties in a text, in order.

    In brackets: one of the parliament's anywhere, a local one only after a name. Without brackets: those that
    a motion or members are from, when one of them is the parliament's (`yrkande från M, D och L`).
    """
    found = _in_brackets(text) if "(" in text else []
    told = list(_without_brackets(text)) if MAY_BE_FROM.search(text) else []
    return sorted([*found, *told]) if told else found


def is_of_parliament(letters: str) -> bool:
    """Tell whether letters are those of a party of the parliament, as it writes itself."""
    return letters in _LETTERS


def _in_brackets(text: str) -> list[Special]:
    return [
        Special(match.start(), match.end(), tuple(map(party_key, _BETWEEN.split(match[1]))))
        for match in _IN_BRACKETS.finditer(text)
        if _is_party(match, text)
    ]


def _without_brackets(text: str) -> Iterator[Special]:
    for match in _FROM.finditer(text):
        before = _OF_MEMBERS if match["word"] == "för" else _OF_BOTH
        listed = list(_ITEMS.finditer(text, *match.span("list")))
        if any(item[0] in _LETTERS for item in listed) and before.search(
            text, max(0, match.start() - _LONGEST_WORD), match.start()
        ):
            for item in listed:
                yield Special(item.start(), item.end(), (party_key(item[0]),))


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
