"""The query tree: what a person's words were understood as, before any engine sees it.

Every leaf carries tokens made by `index.analysis`, so that engines only translate. The tree
is immutable and hashable.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Where words are looked for."""

    ALL = "all"
    TITLE = "title"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed.

    Matches a section that has in `scope` any of its keys, or all the groups of `near` within
    `index.fields.NEAR` positions. Its keys are synonyms: they count as one word with one document
    frequency. The score is the best of stems, parts and near, with what the exact form adds.

    Attributes:
        surface: as typed, for messages and marking.
        stems: keys looked up among stems.
        exact: keys looked up among the forms as written.
        parts: keys looked up among the parts of compounds.
        near: the parts of this word itself when it is a compound, each a group of keys looked up
            among stems and parts.
        also: the other words that its keys, or the phrases beside it, stand for, for messages: synonyms,
            and what it is when it is written together with its neighbour.
    """

    surface: str
    stems: tuple[str, ...]
    exact: tuple[str, ...]
    scope: Scope = Scope.ALL
    parts: tuple[str, ...] = ()
    near: tuple[tuple[str, ...], ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other, in the forms as written, in order; or near each other.

    Attributes:
        words: the exact keys, one a position.
        slop: 0 for the words in this order side by side; n > 0 for all the words, in any
            order, with the first and the last at most n positions apart.
    """

    surface: str
    words: tuple[str, ...]
    slop: int = 0
    scope: Scope = Scope.ALL


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins with `prefix`, in the forms as written."""

    surface: str
    prefix: str
    scope: Scope = Scope.ALL


@dataclass(frozen=True, slots=True)
class Keyword:
    """Sections whose property is one of `values`: a filter, it adds nothing to the score.

    Attributes:
        field: `municipality`, `committee`, `type`, `dnr`, `section` or `year`.
        values: slugs, dnr keys (`corpus.dnr.key`), § numbers, years as digits; `unknown`
            selects the sections where the property could not be read.
    """

    surface: str
    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateRange:
    """Sections of meetings from `first` to `last`, both inclusive; `None` leaves it open."""

    surface: str
    first: datetime.date | None
    last: datetime.date | None


@dataclass(frozen=True, slots=True)
class And:
    """All of `children`."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of `children`; the scores of those that match are added."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `minimum` of `children`; what a query is relaxed to when nothing has all.

    Attributes:
        optional: how many of the children, the last ones, do not count towards `minimum` and only add to
            the score.
    """

    children: tuple[Query, ...]
    minimum: int
    optional: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """Every section that `child` does not match; adds nothing to the score."""

    child: Query


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Every section, with the score 0."""


@dataclass(frozen=True, slots=True)
class MatchNone:
    """No section: a query of which nothing could be understood."""


Query = Word | Phrase | Prefix | Keyword | DateRange | And | Or | AtLeast | Not | MatchAll | MatchNone
