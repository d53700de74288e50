"""A query tree in Swedish, as it is shown to the person who asked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from index.query import And, AtLeast, DateRange, Keyword, MatchAll, MatchNone, Not, Or, Query, Scope, Word
from index.query_tree import surface_of

_PREFIX: Final = {Scope.ALL: "", Scope.TITLE: "titel:", Scope.DECISION: "beslut:"}


def interpret(tree: Query, *, scope: Scope = Scope.ALL) -> str:
    """Return how a query was understood: `partnerskap OCH lund`, `KSAU (även arbetsutskottet)`.

    `scope` is where words are looked for unless they say otherwise, and is left out of the text.
    """
    return _text(tree, scope)


def _text(tree: Query, scope: Scope) -> str:
    surface = surface_of(tree)
    if surface is not None:
        return _typed(tree, surface, scope) + _in_other_words(tree)
    match tree:
        case And():
            return _required(tree.children, scope)
        case Or():
            return " ELLER ".join(_group(child, scope) for child in _shown(tree.children))
        case AtLeast():
            return _at_least(tree, scope)
        case Not():
            return f"INTE {_group(tree.child, scope)}"
        case _:
            return ""


def _at_least(tree: AtLeast, scope: Scope) -> str:
    texts = [_group(child, scope) for child in tree.children]
    counted = texts[: len(texts) - tree.optional]
    gladly = f", gärna {', '.join(texts[len(counted) :])}" if tree.optional else ""
    return f"minst {tree.minimum} av ({', '.join(counted)}){gladly}"


def _shown(children: Iterable[Query]) -> list[Query]:
    return [child for child in children if not isinstance(child, MatchAll | MatchNone)]


def _required(children: Iterable[Query], scope: Scope) -> str:
    """Return the text of all of `children`; of neighbours with the same alternatives `(a OCH b) ELLER ab`."""
    parts: list[str] = []
    runs = [(also, list(run)) for also, run in groupby(_shown(children), key=_also)]
    for also, run in runs:
        if also and len(run) > 1:
            typed = " OCH ".join(_typed(child, surface_of(child) or "", scope) for child in run)
            text = " ELLER ".join((f"({typed})", *map(_quoted, also)))
            parts.append(text if len(runs) == 1 else f"({text})")
        else:
            parts += [_group(child, scope) for child in run]
    return " OCH ".join(parts)


def _group(child: Query, scope: Scope) -> str:
    """Return the text of a child, in brackets when it is itself of several."""
    text = _text(child, scope)
    several = isinstance(child, And | Or) and surface_of(child) is None
    return f"({text})" if several and not _is_negation(child) else text


def _is_negation(child: Query) -> bool:
    return isinstance(child, And) and len(child.children) == 2 and isinstance(child.children[0], MatchAll)


def _also(child: Query) -> tuple[str, ...]:
    """Return the other words that a term is looked for as."""
    match child:
        case Word():
            return child.also
        case Or() if surface_of(child) is not None:
            return _also(child.children[0])
        case _:
            return ()


def _in_other_words(term: Query) -> str:
    also = _also(term)
    return f" (även {', '.join(also)})" if also else ""


def _quoted(words: str) -> str:
    return f'"{words}"' if " " in words else words


def _typed(term: Query, surface: str, scope: Scope) -> str:
    """Return a term with its field, which reaches to the next space unless brackets follow it."""
    field = _field(term, scope)
    is_group = field and (" " in surface or surface[:1] == "(") and surface[:1] != '"'
    return f"{field}({surface})" if is_group else field + surface


def _field(tree: Query, scope: Scope) -> str:
    """Return the field that a term is looked for in, when it is another than that of the whole query."""
    match tree:
        case Or():
            return _field(tree.children[-1], scope)
        case Keyword() | DateRange() | MatchAll() | MatchNone() | And() | AtLeast() | Not():
            return ""
        case _:
            return _PREFIX[tree.scope] if tree.scope is not scope else ""
