"""The query language: what a person typed to a query tree.

Nothing that is typed is an error: what makes no sense is passed over, and a warning says so. Only the
size of a query is limited, and `strict` makes the first warning an error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from index.analysis.analyzer import Analyzer
from index.errors import QuerySyntaxError, QueryTooLong
from index.interpretation import interpret
from index.query import MatchAll, MatchNone, Query, Scope, Word
from index.query_fields import citation
from index.query_grammar import Grammar, Wording
from index.query_lexer import clean, lex
from index.query_syntax import Complaints, Kind, Lexeme, Limits
from index.query_tree import Leaf, positive_leaves
from index.query_words import has_digit, reference
from index.synonyms import Synonyms

__all__ = ["Limits", "ParsedQuery", "parse"]


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as it was understood.

    Attributes:
        warnings: what was passed over, in Swedish.
        scope: where words are looked for unless a field says otherwise.
    """

    tree: Query
    warnings: tuple[str, ...]
    scope: Scope

    @property
    def interpreted(self) -> str:
        """The tree in words, with what does not count left out."""
        return interpret(self.tree, scope=self.scope)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """What is to be marked in a hit."""
        return positive_leaves(self.tree)


_DEFAULT_LIMITS: Final = Limits()


def parse(
    q: str,
    analyzer: Analyzer,
    *,
    scope: Scope = Scope.ALL,
    strict: bool = False,
    limits: Limits = _DEFAULT_LIMITS,
    synonyms: Synonyms | None = None,
    occurs: Callable[[Word], bool] | None = None,
) -> ParsedQuery:
    """Return the tree for what was typed.

    Args:
        q: what was typed.
        analyzer: the one that the index was made with.
        scope: where words are looked for unless a field says otherwise.
        strict: refuse what would give a warning.
        limits: how large the query may be.
        synonyms: what words and phrases mean in other words; not in quotes.
        occurs: tells whether a word is found anywhere; neighbours that make one together are also looked
            for so. Without it they are not.

    Raises:
        QueryTooLong: more characters than allowed.
        QueryTooComplex: more terms or a deeper nesting than allowed.
        QuerySyntaxError: only when `strict`.
    """
    query = _cleaned(q, limits)
    complaints = Complaints()
    lexemes = lex(query, complaints)
    tree: Query | None = MatchAll()
    if query.strip():
        whole = None
        if has_digit(query) and _is_plain(lexemes):
            whole = citation(query, analyzer) or reference(query, scope, analyzer)
        wording = Wording(analyzer, synonyms, occurs)
        tree = whole or Grammar(query, lexemes, wording, limits, complaints).read(scope)
    warnings = complaints.messages()
    if tree is None:
        warnings = (*warnings, "Frågan innehåller inget som går att söka efter.")
        tree = MatchNone()
    if strict and warnings:
        raise QuerySyntaxError(warnings[0])
    return ParsedQuery(tree, warnings, scope)


def _cleaned(q: str, limits: Limits) -> str:
    # Composing letters takes quadratic time in the worst case, so the length is looked at before it too.
    query = clean(q) if len(q) <= 4 * limits.characters else q
    if len(query) > limits.characters:
        raise QueryTooLong(f"Frågan är {len(query)} tecken lång; högst {limits.characters} är tillåtna.")
    return query


def _is_plain(lexemes: list[Lexeme]) -> bool:
    return bool(lexemes) and all(lexeme.kind is Kind.WORD for lexeme in lexemes)
