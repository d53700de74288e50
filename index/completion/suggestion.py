"""A suggestion: what somebody who is typing may want to find."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from index.collation import collation_key


class SuggestionKind(StrEnum):
    """What a suggestion is."""

    WORD = "word"
    TITLE = "title"
    COMMITTEE = "committee"
    DNR = "dnr"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what is typed.

    Attributes:
        text: as people write it.
        count: in how many sections it is.
    """

    text: str
    kind: SuggestionKind
    count: int


@dataclass(frozen=True, slots=True)
class Match:
    """A suggestion, and whether what is typed stands at its beginning or at that of a later word."""

    suggestion: Suggestion
    begins: bool = True


def order(match: Match) -> tuple[int, bool, int, str, str]:
    """Return what sorts matches: most sections, then typed from the beginning, shorter, the alphabet."""
    suggestion = match.suggestion
    text = suggestion.text
    return -suggestion.count, not match.begins, len(text), collation_key(text), suggestion.kind
