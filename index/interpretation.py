"""A query tree in Swedish, as it is shown to the person who asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from index.query import And, AtLeast, DateRange, Keyword, MatchAll, MatchNone, Not, Or, Query, Scope
from index.query_tree import surface_of

_PREFIX: Final = {Scope.ALL: "", Scope.TITLE: "titel:", Scope.DECISION: "beslut:"}


def interpret(tree: Query, *, scope: Scope = Scope.ALL) -> str:
    """Return how a query was understood: `partnerskap OCH lund`.

    `scope` is where words are looked for unless they say otherwise, and is left out of the text.
    """
    return _text(tree, scope)


def _text(tree: Query, scope: Scope) -> str:
    surface = surface_of(tree)
    if surface is not None:
        return _field(tree, scope) + surface
    match tree:
        case And():
            return _joined(" OCH ", tree.children, scope)
        case Or():
            return _joined(" ELLER ", tree.children, scope)
        case AtLeast():
            return f"minst {tree.minimum} av ({', '.join(_group(child, scope) for child in tree.children)})"
        case Not():
            return f"INTE {_group(tree.child, scope)}"
        case _:
            return ""


def _joined(operator: str, children: Iterable[Query], scope: Scope) -> str:
    shown = [child for child in children if not isinstance(child, MatchAll | MatchNone)]
    return operator.join(_group(child, scope) for child in shown)


def _group(child: Query, scope: Scope) -> str:
    """Return the text of a child, in brackets when it is itself of several."""
    text = _text(child, scope)
    several = isinstance(child, And | Or) and surface_of(child) is None
    return f"({text})" if several and not _is_negation(child) else text


def _is_negation(child: Query) -> bool:
    return isinstance(child, And) and len(child.children) == 2 and isinstance(child.children[0], MatchAll)


def _field(tree: Query, scope: Scope) -> str:
    """Return the field that a term is looked for in, when it is another than that of the whole query."""
    match tree:
        case Or():
            return _field(tree.children[-1], scope)
        case Keyword() | DateRange() | MatchAll() | MatchNone() | And() | AtLeast() | Not():
            return ""
        case _:
            return _PREFIX[tree.scope] if tree.scope is not scope else ""
