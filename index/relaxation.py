"""Asking for less: what is searched when no section has every word.

Ranking all that have half of the words by their score serves long questions far better than taking only those
that have most of the words: what is asked for often has the rare words and lacks several common ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from index.analysis.question_words import QUESTION_WORDS
from index.interpretation import interpret
from index.query import And, AtLeast, DateRange, Keyword, MatchAll, Not, Query, Word
from index.query_tree import anywhere, conjunction, positive_leaves, surface_of

_BOTH: Final = 2


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A query with fewer words required, and what is to be said of it, in Swedish."""

    tree: Query
    warnings: tuple[str, ...]


def relaxed(
    tree: Query, *, is_found: Callable[[Query], bool], is_question: bool = False
) -> Iterator[Relaxed]:
    """Yield what to ask for instead of all the words of `tree`, the strictest first.

    Words that are nowhere in the collection are the first to go. Then half of the words that were typed
    remain required; of a natural question only one, since it is asked in other words than it is answered.
    Words that only make a question do not count, but add to the score. Filters and exclusions all remain.

    Args:
        tree: what was asked.
        is_found: tells whether a query finds anything.
        is_question: whether it was asked as a question.
    """
    if not isinstance(tree, And):
        return
    typed = [child for child in tree.children if _is_sought(child)]
    if len(typed) < _BOTH:
        return
    others = [child for child in tree.children if not _is_sought(child)]
    found = [word for word in typed if is_found(anywhere(word))]
    missing = [word for word in typed if word not in found]
    matter = [word for word in typed if not _only_asks(word)] or typed
    counted = [word for word in found if word in matter]
    optional = [word for word in found if word not in matter]
    minimum = 1 if is_question else (len(matter) + 1) // 2
    if missing and (2 * len(found) >= len(typed) or minimum == len(found) == len(counted)):
        yield Relaxed(conjunction((*others, *found)), _nowhere(missing))
    if minimum <= len(counted) and minimum < len(found):
        some = AtLeast((*counted, *optional), minimum, len(optional))
        yield Relaxed(conjunction((*others, some)), (*_nowhere(missing), _fewer(len(found), minimum)))


def nowhere(tree: Query, *, is_found: Callable[[Query], bool]) -> tuple[str, ...]:
    """Return what is to be said of a query of several words that finds nothing: which of them are nowhere."""
    typed = [child for child in tree.children if _is_sought(child)] if isinstance(tree, And) else []
    missing = [word for word in typed if not is_found(anywhere(word))]
    return (f"{_listed(missing)} finns inte i samlingen.",) if missing and len(typed) >= _BOTH else ()


def _is_sought(child: Query) -> bool:
    """Tell whether a required child asks for words, rather than filtering or excluding."""
    return not isinstance(child, Keyword | DateRange | MatchAll | Not) and bool(positive_leaves(child))


def _only_asks(word: Query) -> bool:
    return isinstance(word, Word) and word.surface.casefold() in QUESTION_WORDS


def _fewer(words: int, minimum: int) -> str:
    all_words = "båda orden" if words == _BOTH else f"alla {words} orden"
    return f"Ingen paragraf har {all_words}. Här är de som har minst {minimum} av dem."


def _nowhere(words: list[Query]) -> tuple[str, ...]:
    return (f"{_listed(words)} finns inte i samlingen och räknas inte.",) if words else ()


def _listed(words: list[Query]) -> str:
    *others, last = (_shown(word) for word in words)
    return f"{', '.join(others)} och {last}" if others else last


def _shown(word: Query) -> str:
    text = (surface_of(word) or interpret(word)).strip('"')
    return f"”{text}”"
