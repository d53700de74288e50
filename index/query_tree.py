"""Trees of queries: putting them together, taking them apart, asking for less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.query import (
    And,
    AtLeast,
    DateRange,
    Keyword,
    MatchAll,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
)

Leaf = Word | Phrase | Prefix
"""A leaf that is looked for in the text, and so can be marked there."""


def conjunction(children: Iterable[Query]) -> Query:
    """Return a tree for all of `children`, of which there is at least one; never only negations."""
    flat: list[Query] = []
    for child in children:
        flat += child.children if isinstance(child, And) else (child,)
    distinct = tuple(dict.fromkeys(flat))
    if all(isinstance(child, Not) for child in distinct):
        distinct = (MatchAll(), *distinct)
    return distinct[0] if len(distinct) == 1 else And(distinct)


def disjunction(children: Iterable[Query]) -> Query:
    """Return a tree for any of `children`, of which there is at least one."""
    flat: list[Query] = []
    for child in children:
        flat += child.children if isinstance(child, Or) and not is_one_term(child) else (child,)
    distinct = tuple(dict.fromkeys(flat))
    return distinct[0] if len(distinct) == 1 else Or(distinct)


def surface_of(query: Query) -> str | None:
    """Return what a leaf, or a term read in several ways, was typed as; `None` for other trees."""
    match query:
        case Word() | Phrase() | Prefix() | Keyword() | DateRange():
            return query.surface
        case Or():
            surfaces = {surface_of(child) for child in query.children}
            scopes = {child.scope for child in query.children if isinstance(child, Leaf)}
            return surfaces.pop() if len(surfaces) == 1 and len(scopes) <= 1 else None
        case _:
            return None


def is_one_term(query: Query) -> bool:
    """Tell whether a tree stands for one term as typed, however many ways of reading it there are."""
    return surface_of(query) is not None


def positive_leaves(tree: Query) -> tuple[Leaf, ...]:
    """Return the words, phrases and prefixes that a hit may be found by, each once, in order."""
    return tuple(dict.fromkeys(_positive(tree)))


def _positive(tree: Query) -> Iterator[Leaf]:
    match tree:
        case Word() | Phrase() | Prefix():
            yield tree
        case And() | Or() | AtLeast():
            for child in tree.children:
                yield from _positive(child)


def relaxed(tree: Query) -> Query | None:
    """Return what to ask for when no section has every word: at least half of them.

    Filters and exclusions stay required. `None` when there are not two words to choose from.
    """
    if not isinstance(tree, And):
        return None
    words = tuple(child for child in tree.children if _is_sought(child))
    if len(words) < 2:
        return None
    others = tuple(child for child in tree.children if not _is_sought(child))
    some = AtLeast(words, (len(words) + 1) // 2)
    return And((*others, some)) if others else some


def _is_sought(child: Query) -> bool:
    """Tell whether a required child asks for words, rather than filtering or excluding."""
    return not isinstance(child, Keyword | DateRange | MatchAll | Not) and bool(positive_leaves(child))
