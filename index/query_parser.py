"""The query language: what a person typed to a query tree.

::

    query  = either
    either = all { OR all }
    all    = term { [ AND ] term }
    term   = { NOT | "-" } ( "(" either ")" | field value | phrase | prefix | words )

Nothing that is typed is an error: what makes no sense is passed over, and a warning says so. Only the
size of a query is limited, and `strict` makes the first warning an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from index.errors import QuerySyntaxError, QueryTooComplex, QueryTooLong
from index.interpretation import interpret
from index.query import MatchAll, MatchNone, Not, Phrase, Query, Scope
from index.query_fields import SCOPES, NoValue, citation, field_value, is_value
from index.query_lexer import clean, lex
from index.query_syntax import Complaints, Kind, Lexeme, Limits
from index.query_tree import Leaf, conjunction, disjunction, positive_leaves, relaxed
from index.query_words import Term, phrase_of, prefix_of, reference, terms_of

__all__ = ["Limits", "ParsedQuery", "parse", "relaxed"]

_SILENT: Final = frozenset("-–—−&/+.,;:!?'’§·•…|") | {"§§"}
"""Signs that stand between words in ordinary text; that they are not searched need not be said."""

_MOST_WORDS_OF_A_VALUE: Final = 4


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as it was understood.

    Attributes:
        warnings: what was passed over, in Swedish.
        interpreted: the tree in words, with what does not count left out.
        leaves: what is to be marked in a hit.
    """

    tree: Query
    warnings: tuple[str, ...]
    interpreted: str
    leaves: tuple[Leaf, ...]


_DEFAULT_LIMITS: Final = Limits()


def parse(
    q: str, *, scope: Scope = Scope.ALL, strict: bool = False, limits: Limits = _DEFAULT_LIMITS
) -> ParsedQuery:
    """Return the tree for what was typed.

    Words are looked for in `scope` unless a field says otherwise; `strict` refuses what would give a
    warning.

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
        whole = (citation(query) or reference(query, scope)) if _is_plain(lexemes) else None
        tree = whole or _Parser(query, lexemes, limits, complaints).parse(scope)
    warnings = (*complaints.messages,)
    if tree is None:
        warnings = (*warnings, "Frågan innehåller inget som går att söka efter.")
        tree = MatchNone()
    if strict and warnings:
        raise QuerySyntaxError(warnings[0])
    return ParsedQuery(tree, warnings, interpret(tree, scope=scope), positive_leaves(tree))


def _cleaned(q: str, limits: Limits) -> str:
    # Composing letters takes quadratic time in the worst case, so the length is looked at before it too.
    query = clean(q) if len(q) <= 4 * limits.characters else q
    if len(query) > limits.characters:
        raise QueryTooLong(f"Frågan är {len(query)} tecken lång; högst {limits.characters} är tillåtna.")
    return query


def _is_plain(lexemes: list[Lexeme]) -> bool:
    return bool(lexemes) and all(lexeme.kind is Kind.WORD for lexeme in lexemes)


def _required(terms: list[Term]) -> list[Query]:
    """Return the trees of `terms` without the stop words, unless there are no other words."""
    has_others = any(not term.is_stop_word and not isinstance(term.query, Not) for term in terms)
    return [term.query for term in terms if not (term.is_stop_word and has_others)]


class _Parser:
    """Reads lexemes from left to right; nests only where parentheses do, which is limited."""

    def __init__(self, query: str, lexemes: list[Lexeme], limits: Limits, complaints: Complaints) -> None:
        self._query = query
        self._lexemes = lexemes
        self._limits = limits
        self._complaints = complaints
        self._place = 0
        self._terms = 0
        self._depth = 0

    def parse(self, scope: Scope) -> Query | None:
        """Return the tree, `None` when nothing is left."""
        return self._either(scope, None)

    def _next(self) -> Lexeme | None:
        return self._lexemes[self._place] if self._place < len(self._lexemes) else None

    def _at(self, *kinds: Kind) -> bool:
        lexeme = self._next()
        return lexeme is not None and lexeme.kind in kinds

    def _take(self) -> Lexeme:
        lexeme = self._lexemes[self._place]
        self._place += 1
        return lexeme

    def _either(self, scope: Scope, field: str | None) -> Query | None:
        alternatives = [self._all(scope, field)]
        while self._at(Kind.OR):
            operator = self._take()
            alternatives.append(self._all(scope, field))
            if alternatives[-1] is None or alternatives[-2] is None:
                self._complain_of(operator)
        found = [alternative for alternative in alternatives if alternative is not None]
        return disjunction(found) if found else None

    def _all(self, scope: Scope, field: str | None) -> Query | None:
        terms: list[Term] = []
        joined: Lexeme | None = None
        while (lexeme := self._next()) is not None and lexeme.kind not in (Kind.OR, Kind.CLOSE):
            if lexeme.kind is Kind.AND:
                if joined is not None or not terms:
                    self._complain_of(lexeme)
                joined = self._take()
                continue
            found = self._term(scope, field)
            terms += found
            joined = None if found else joined
        if joined is not None and terms:
            self._complain_of(joined)
        return conjunction(_required(terms)) if terms else None

    def _term(self, scope: Scope, field: str | None) -> list[Term]:
        start = self._lexemes[self._place]
        negated = False
        while self._at(Kind.NOT):
            self._take()
            negated = not negated
        if start.kind is not Kind.NOT:
            return self._operand(scope, field, alone=False)
        if self._next() is None or self._at(Kind.AND, Kind.OR, Kind.CLOSE):
            self._complain_of(start)
            return []
        found = self._operand(scope, field, alone=True)
        if not found:
            return []
        query = conjunction(term.query for term in found)
        return [Term(Not(query) if negated else query, start.start, found[-1].end)]

    def _operand(self, scope: Scope, field: str | None, *, alone: bool) -> list[Term]:
        """Read a group, a field, a phrase or words; when `alone`, one word of them."""
        lexeme = self._take()
        match lexeme.kind:
            case Kind.OPEN:
                return self._term_of(self._group(scope, field), lexeme)
            case Kind.FIELD:
                return self._field(lexeme, scope)
            case Kind.PHRASE if field is not None:
                return self._term_of(self._value(field, lexeme.text, lexeme, scope), lexeme)
            case Kind.PHRASE:
                return self._phrase(lexeme, scope)
            case _:
                run = [lexeme]
                while not alone and self._at(Kind.WORD):
                    run.append(self._take())
                if field is None:
                    return self._words(run, scope)
                text = self._query[run[0].start : run[-1].end]
                return self._term_of(self._value(field, text, lexeme, scope), lexeme)

    def _group(self, scope: Scope, field: str | None) -> Query | None:
        self._depth += 1
        if self._depth > self._limits.nesting:
            raise QueryTooComplex(f"Frågan har parenteser i mer än {self._limits.nesting} nivåer.")
        query = self._either(scope, field)
        self._take()
        self._depth -= 1
        return query

    def _field(self, field: Lexeme, scope: Scope) -> list[Term]:
        name = field.text
        if not self._at(Kind.WORD, Kind.PHRASE, Kind.OPEN):
            self._complaints.add(f"{name}: saknar värde och söks som ord", field.start)
            return self._counted(terms_of(name, scope))
        if name in SCOPES:
            found = self._operand(SCOPES[name], None, alone=True)
            return self._term_of(conjunction(term.query for term in found) if found else None, field)
        if self._at(Kind.OPEN):
            return self._operand(scope, name, alone=True)
        value = self._take()
        text = self._words_of_value(name, value) if value.kind is Kind.WORD else value.text
        return self._term_of(self._value(name, text, value, scope), field)

    def _words_of_value(self, name: str, first: Lexeme) -> str:
        """Return the value after a field, which may be several words: `dnr:KS 2019/0835`."""
        run = [first]
        for lexeme in self._lexemes[self._place : self._place + _MOST_WORDS_OF_A_VALUE - 1]:
            if lexeme.kind is not Kind.WORD:
                break
            run.append(lexeme)
        while len(run) > 1 and not is_value(name, self._query[first.start : run[-1].end]):
            run.pop()
        self._place += len(run) - 1
        return self._query[first.start : run[-1].end]

    def _value(self, name: str, value: str, lexeme: Lexeme, scope: Scope) -> Query | None:
        try:
            query = field_value(name, value, scope)
        except NoValue as error:
            self._complaints.add(f"{name}:{value} söks som ord; efter {name}: väntas {error}", lexeme.start)
            terms = self._counted(terms_of(f"{name} {value}", scope))
            return conjunction(term.query for term in terms)
        self._count(len(query.words) if isinstance(query, Phrase) else 1)
        return query

    def _phrase(self, lexeme: Lexeme, scope: Scope) -> list[Term]:
        phrase = phrase_of(lexeme.text, slop=lexeme.slop, scope=scope)
        if phrase is None:
            self._complaints.add("Citatet innehåller inga ord och räknas inte", lexeme.start)
            return []
        self._count(len(phrase.words) if isinstance(phrase, Phrase) else 1)
        return [Term(phrase, lexeme.start, lexeme.end)]

    def _words(self, run: list[Lexeme], scope: Scope) -> list[Term]:
        """Read words that stand side by side: they are analysed together, stars apart."""
        terms: list[Term] = []
        plain: list[Lexeme] = []
        for lexeme in run:
            if "*" in lexeme.text:
                terms += self._plain_words(plain, scope) + self._starred(lexeme, scope)
                plain = []
            else:
                plain.append(lexeme)
        return terms + self._plain_words(plain, scope)

    def _plain_words(self, run: list[Lexeme], scope: Scope) -> list[Term]:
        if not run:
            return []
        offset = run[0].start
        terms = self._counted(terms_of(self._query[offset : run[-1].end], scope))
        for lexeme in run:
            found = any(
                term.start + offset < lexeme.end and lexeme.start < term.end + offset for term in terms
            )
            if not found and lexeme.text not in _SILENT:
                self._ignored(lexeme)
        return terms

    def _starred(self, lexeme: Lexeme, scope: Scope) -> list[Term]:
        word = lexeme.text.rstrip(".,;:!?")
        beginning = word[:-1]
        if word.endswith("*") and "*" not in beginning:
            prefix = prefix_of(beginning, scope)
            if prefix is not None and len(prefix.prefix) >= self._limits.prefix:
                self._count(1)
                return [Term(prefix, lexeme.start, lexeme.end)]
        terms = self._counted(terms_of(lexeme.text.replace("*", " "), scope))
        if not terms:
            self._ignored(lexeme)
            return []
        self._complaints.add(
            f"* räknas inte i {lexeme.text}; den kan stå sist efter minst {self._limits.prefix} bokstäver",
            lexeme.start,
        )
        return terms

    def _term_of(self, query: Query | None, lexeme: Lexeme) -> list[Term]:
        return [] if query is None else [Term(query, lexeme.start, lexeme.end)]

    def _counted(self, terms: list[Term]) -> list[Term]:
        for term in terms:
            if not term.is_stop_word:
                self._count(len(term.query.words) if isinstance(term.query, Phrase) else 1)
        return terms

    def _count(self, terms: int) -> None:
        self._terms += terms
        if self._terms > self._limits.terms:
            raise QueryTooComplex(f"Frågan har fler än {self._limits.terms} sökord.")

    def _complain_of(self, operator: Lexeme) -> None:
        self._complaints.add(f"{operator.text} saknar något att förena och räknas inte", operator.start)

    def _ignored(self, lexeme: Lexeme) -> None:
        self._complaints.add(
            f"{lexeme.text} innehåller varken bokstav eller siffra och räknas inte", lexeme.start
        )
