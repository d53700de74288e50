"""The marks of the query language, before anything is known of what the words mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final, NamedTuple


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a query may be.

    Attributes:
        characters: of the whole query.
        terms: words, each word of a phrase counted, stop words beside other words not.
        nesting: parentheses inside each other.
        prefix: letters before the `*`.
    """

    characters: int = 512
    terms: int = 32
    nesting: int = 8
    prefix: int = 3


class Kind(Enum):
    """What a lexeme is."""

    WORD = auto()
    PHRASE = auto()
    FIELD = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()


OPERATORS: Final = {
    "AND": Kind.AND,
    "OCH": Kind.AND,
    "OR": Kind.OR,
    "ELLER": Kind.OR,
    "NOT": Kind.NOT,
    "INTE": Kind.NOT,
}
"""The words that are operators when they are written in capitals."""

FIELDS: Final = (
    "titel",
    "beslut",
    "kommun",
    "organ",
    "typ",
    "dnr",
    "paragraf",
    "år",
    "datum",
    "person",
    "parti",
)
"""The names that may stand before a colon."""


class Lexeme(NamedTuple):
    """A mark or word of the query.

    Attributes:
        text: the word, the phrase without its quotes, or the name of the field.
        start: offset in the query of its first character.
        end: offset behind its last.
        slop: of a phrase.
    """

    kind: Kind
    text: str
    start: int
    end: int
    slop: int = 0


@dataclass(slots=True)
class Complaints:
    """What could not be followed in a query, in Swedish, with its places."""

    _places: dict[str, dict[int, None]] = field(default_factory=dict)

    def add(self, message: str, position: int) -> None:
        """Note that something at offset `position` was not followed."""
        self._places.setdefault(message, {})[position] = None

    def messages(self) -> tuple[str, ...]:
        """Return each message once: with its first place, and at how many others it is also true."""
        return tuple(f"{message} ({_listed(*places)})." for message, places in self._places.items())


def _listed(first: int, *others: int) -> str:
    also = f" och {len(others)} {'ställen' if len(others) > 1 else 'ställe'} till" if others else ""
    return f"tecken {first + 1}{also}"
