"""How a query is understood, as lines for people: its tokens and its tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from index.analysis.analyzer import Analyzer
from index.analysis.tokens import Token
from index.analysis.version import AnalysisVersion
from index.fields import NEAR, NEAR_FORMS, ZONES_IN, field_name
from index.highlighting import one_line
from index.query import And, AtLeast, Keyword, Not, Or, Phrase, Prefix, Query, Scope, Word

_NONE: Final = "–"


def analysis_line(version: AnalysisVersion) -> str:
    """Return which rules, stemmer and lexicon an analysis works with."""
    lexicon = version.lexicon or "none: the stemmer alone, so words have no parts"
    return f"rules {version.rules}; stemmer {version.stemmer}; lexicon {lexicon}"


def token_lines(text: str, analyzer: Analyzer) -> Iterator[str]:
    """Yield the tokens of a text with all that each is found under."""
    yield "Tokens"
    for token in analyzer.analyze(one_line(text)):
        yield from _lines_of_token(token)


def _lines_of_token(token: Token) -> Iterator[str]:
    yield f"  {token.position:3}  {token.exact}"
    yield f"       stem: {_listed(token.stems)}"
    if token.parts:
        yield f"       parts: {', '.join(part.word for part in token.parts)}"
        yield f"       part keys: {_listed(dict.fromkeys(key for part in token.parts for key in part.keys))}"


def tree_lines(query: Query) -> Iterator[str]:
    """Yield a query tree, each node with its children indented below it; however deep it is."""
    waiting: list[tuple[int, Query]] = [(1, query)]
    while waiting:
        depth, node = waiting.pop()
        yield "  " * depth + described(node)
        if isinstance(node, Word):
            yield from ("  " * (depth + 1) + line for line in _lines_of_word(node))
        waiting += [(depth + 1, child) for child in reversed(_children(node))]


def described(node: Query) -> str:
    """Return a node of a query tree in one line."""
    name = type(node).__name__
    match node:
        case Word():
            also = f" (also {', '.join(node.also)})" if node.also else ""
            return f"{name} {one_line(node.surface)!r}{also}"
        case Phrase():
            near = f" within {node.slop} positions" if node.slop else ""
            shown = f"{one_line(node.surface)!r}: {_listed(node.words)}"
            return f"{name} {shown}{near} in {_fields(node.scope, 'exact')}"
        case Prefix():
            return f"{name} {node.prefix}* in {_fields(node.scope, 'exact')}"
        case Keyword():
            return f"{name} {node.field}: {_listed(node.values)}"
        case AtLeast():
            return f"{name} {node.minimum} of"
    return name if _children(node) else str(node)


def _children(node: Query) -> tuple[Query, ...]:
    match node:
        case And(children) | Or(children) | AtLeast(children):
            return children
        case Not(child):
            return (child,)
    return ()


def _lines_of_word(word: Word) -> Iterator[str]:
    """Yield each form that a word is looked for in: its keys and the fields."""
    for form, keys in (("stem", word.stems), ("parts", word.parts), ("exact", word.exact)):
        if keys:
            yield f"{form}: {_listed(keys)} in {_fields(word.scope, form)}"
    if word.near:
        groups = " + ".join(f"({_listed(group)})" for group in word.near)
        yield f"near: {groups} within {NEAR} positions in {_fields(word.scope, *NEAR_FORMS)}"


def _fields(scope: Scope, *forms: str) -> str:
    return " ".join(field_name(zone, form) for form in forms for zone in ZONES_IN[scope])


def _listed(keys: Iterable[str]) -> str:
    return " ".join(keys) or _NONE
