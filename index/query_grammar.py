"""The grammar of the query language: lexemes to a query tree.

::

    query  = either
    either = all { OR all }
    all    = term { [ AND ] term }
    term   = { NOT | "-" } ( "(" either ")" | field value | phrase | prefix | words )
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from index.analysis.analyzer import Analyzer
from index.errors import QueryTooComplex
from index.query import Not, Phrase, Query, Scope, Word
from index.query_alternatives import with_joined, with_synonyms
from index.query_fields import SCOPES, NoValue, field_value, is_value
from index.query_syntax import Complaints, Kind, Lexeme, Limits
from index.query_tree import conjunction, disjunction
from index.query_words import Term, phrase_of, prefix_of, terms_of
from index.synonyms import Synonyms

_SILENT: Final = frozenset("-–—−&/+.,;:!?'’§·•…|") | {"§§"}
"""Signs that stand between words in ordinary text; that they are not searched need not be said."""

_MOST_WORDS_OF_A_VALUE: Final = 4


@dataclass(frozen=True, slots=True)
class Wording:
    """What words become, and what they may also be written as."""

    analyzer: Analyzer
    synonyms: Synonyms | None
    occurs: Callable[[Word], bool] | None

    def of(self, terms: list[Term], text: str) -> list[Term]:
        """Return the terms of `text` with their alternatives."""
        if self.occurs is not None:
            terms = with_joined(terms, text, self.analyzer, occurs=self.occurs)
        return with_synonyms(terms, self.synonyms, self.analyzer) if self.synonyms else terms


class Grammar:
    """Reads lexemes from left to right; nests only where parentheses do, which is limited."""

    def __init__(
        self,
        query: str,
        lexemes: list[Lexeme],
        wording: Wording,
        limits: Limits,
        complaints: Complaints,
    ) -> None:
        self._query = query
        self._lexemes = lexemes
        self._analyzer = wording.analyzer
        self._wording = wording
        self._limits = limits
        self._complaints = complaints
        self._place = 0
        self._terms = 0
        self._depth = 0

    def read(self, scope: Scope) -> Query | None:
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
        if not self._at(Kind.OR):
            return alternatives[0]
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
                return self._value(field, lexeme.text, lexeme, scope)
            case Kind.PHRASE:
                return self._phrase(lexeme, scope)
            case _:
                run = [lexeme]
                while not alone and self._at(Kind.WORD):
                    run.append(self._take())
                if field is None:
                    return self._words(run, scope)
                text = self._query[run[0].start : run[-1].end]
                return self._value(field, text, lexeme, scope)

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
            return self._counted(terms_of(name, scope, self._analyzer))
        if name in SCOPES:
            found = self._operand(SCOPES[name], None, alone=True)
            return self._term_of(conjunction(term.query for term in found) if found else None, field)
        if self._at(Kind.OPEN):
            return self._operand(scope, name, alone=True)
        value = self._take()
        text = self._words_of_value(name, value) if value.kind is Kind.WORD else value.text
        return self._value(name, text, value, scope)

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

    def _value(self, name: str, value: str, lexeme: Lexeme, scope: Scope) -> list[Term]:
        try:
            query = field_value(name, value, scope, self._analyzer)
        except NoValue as error:
            return self._unreadable(name, value, str(error), lexeme, scope)
        self._count(len(query.words) if isinstance(query, Phrase) else 1)
        return self._term_of(query, lexeme)

    def _unreadable(self, name: str, value: str, expected: str, lexeme: Lexeme, scope: Scope) -> list[Term]:
        """Return the words of a value that the field cannot have; where there are none, the field's name."""
        terms, searched = terms_of(value, scope, self._analyzer), value
        if not terms:
            terms, searched = terms_of(name, scope, self._analyzer), f"{name}:{value}"
        self._complaints.add(f"{searched} söks som ord; efter {name}: väntas {expected}", lexeme.start)
        needless = all(term.is_stop_word for term in terms)
        return [Term(conjunction(_required(self._counted(terms))), lexeme.start, lexeme.end, needless)]

    def _phrase(self, lexeme: Lexeme, scope: Scope) -> list[Term]:
        phrase = phrase_of(lexeme.text, self._analyzer, slop=lexeme.slop, scope=scope)
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
        text = self._query[offset : run[-1].end]
        terms = self._wording.of(self._counted(terms_of(text, scope, self._analyzer)), text)
        # Not each lexeme with each term: stop words are not limited, and 256 of them go into a query.
        read = {offset + place for term in terms for place in range(term.start, term.end)}
        for lexeme in run:
            if lexeme.text not in _SILENT and read.isdisjoint(range(lexeme.start, lexeme.end)):
                self._ignored(lexeme)
        return terms

    def _starred(self, lexeme: Lexeme, scope: Scope) -> list[Term]:
        word = lexeme.text.rstrip(".,;:!?")
        beginning = word[:-1]
        if word.endswith("*") and "*" not in beginning:
            prefix = prefix_of(beginning, scope, self._analyzer)
            if prefix is not None and len(prefix.prefix) >= self._limits.prefix:
                self._count(1)
                return [Term(prefix, lexeme.start, lexeme.end)]
        terms = self._counted(terms_of(lexeme.text.replace("*", " "), scope, self._analyzer))
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


def _required(terms: list[Term]) -> list[Query]:
    """Return the trees of `terms` without the stop words, unless there are no other words."""
    has_others = any(not term.is_stop_word and not isinstance(term.query, Not) for term in terms)
    return [term.query for term in terms if not (term.is_stop_word and has_others)]
