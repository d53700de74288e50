"""Trees of queries: putting them together and taking them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

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
    Scope,
    Word,
)

Leaf = Word | Phrase | Prefix
"""A leaf that is looked for in the text, and so can be marked there."""


def conjunction(children: Iterable[Query]) -> Query:
    """Return a tree for all of `children`, of which there is at least one; never only negations."""
    flat: list[Query] = []
    for child in children:
        flat += child.children if isinstance(child, And) else (child,)
    if len(flat) == 1 and not isinstance(flat[0], Not):
        return flat[0]
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


def terms_in(tree: Query) -> Iterator[Query]:
    """Yield the terms of a tree as they were typed, those that are excluded too, in order."""
    if is_one_term(tree):
        yield tree
        return
    match tree:
        case And() | Or() | AtLeast():
            for child in tree.children:
                yield from terms_in(child)
        case Not():
            yield from terms_in(tree.child)


def anywhere(tree: Query) -> Query:
    """Return `tree` with its words looked for wherever in a section they stand."""
    match tree:
        case Word() | Phrase() | Prefix():
            return replace(tree, scope=Scope.ALL)
        case And() | Or() | AtLeast():
            return replace(tree, children=tuple(map(anywhere, tree.children)))
        case Not():
            return Not(anywhere(tree.child))
        case _:
            return tree


def with_terms(tree: Query, other: Callable[[Query], Query]) -> Query:
    """Return `tree` with another tree for each of its terms."""
    if is_one_term(tree):
        return other(tree)
    match tree:
        case And() | Or() | AtLeast():
            return replace(tree, children=tuple(with_terms(child, other) for child in tree.children))
        case Not():
            return Not(with_terms(tree.child, other))
        case _:
            return tree
