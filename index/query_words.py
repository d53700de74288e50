"""Words as typed to leaves of the tree, by the same analysis as the index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from index.analysis.analyzer import Analyzer
from index.analysis.dates import date_key, key_date, loose_days, months
from index.analysis.special import case_keys, is_special
from index.analysis.steps import Step
from index.analysis.stop_words import STOP_WORDS
from index.analysis.tokens import Token
from index.analysis.typed_cases import TypedCase, typed_cases, whole_case
from index.query import DateRange, Keyword, Or, Phrase, Prefix, Query, Scope, Word
from index.query_syntax import OPERATORS
from index.query_tree import disjunction

_CODE_MARKS: Final = frozenset(".:/-,")
_REFERENCES: Final = ("dnr:", "d:", "p:")
_DIGIT: Final = re.compile(r"\d")
_HANS: Final = re.compile(r"Hans\s+[A-ZÅÄÖ]")
"""The one stop word that is also a given name."""

_BEFORE_A_REFERENCE: Final = frozenset(
    (
        *("nr", "d", "dnr", "diarienr", "diarienummer", "diarienumret"),
        *("ärende", "ärendet", "ärendenr", "ärendenummer", "datum"),
    )
)
"""Words that say what the next one is, and need not stand there."""


class Term(NamedTuple):
    """One term of a query.

    Attributes:
        start: offset in the text it was made of.
        end: offset behind it.
        is_stop_word: whether it need not be asked for when there are other words.
    """

    query: Query
    start: int
    end: int
    is_stop_word: bool = False


def terms_of(text: str, scope: Scope, analyzer: Analyzer) -> list[Term]:
    """Return the terms of words typed side by side.

    A case, date, §, amount or address is one term, in whatever form it is written; a hyphenated word is
    one, found as a whole or by its pieces in a row; so are numbers joined by a mark (`14:30`).
    """
    tokens = analyzer.analyze(text)
    groups = _special_groups(text, tokens, scope, analyzer)
    if not groups:
        return list(_word_terms(text, tokens, scope, analyzer))
    words = [token for token in tokens if not is_special(token.exact) and not _overlaps(token, groups)]
    terms = sorted((*groups, *_word_terms(text, words, scope, analyzer)), key=lambda term: term.start)
    return _without_need(terms)


def word_of(form: str, scope: Scope, analyzer: Analyzer) -> Word | None:
    """Return the leaf for one word, hyphenated or not, or for a party; `None` for what is neither."""
    whole = [token for token in analyzer.analyze(form) if (token.start, token.end) == (0, len(form))]
    if not whole:
        return None
    token = whole[0]
    if is_special(token.exact):
        return special_word(form, token.exact, scope)
    return _word(form, token, scope, analyzer)


def word_in(query: Query) -> Word | None:
    """Return the word that a term is, hyphenated or not; `None` for a phrase, a date and all else."""
    leaf = query.children[0] if isinstance(query, Or) and query.children else query
    if not isinstance(leaf, Word) or not leaf.stems or is_special(leaf.stems[0]):
        return None
    return leaf


def exact_words(text: str, analyzer: Analyzer) -> tuple[str, ...]:
    """Return the words of a text in the forms written, hyphenated ones in pieces."""
    return tuple(token.exact for token in _one_a_position(analyzer.analyze(text)))


def has_digit(text: str) -> bool:
    """Tell whether a text may hold a case, a day or a month: there are none without a digit."""
    return _DIGIT.search(text) is not None


def reference(text: str, scope: Scope, analyzer: Analyzer) -> Query | None:
    """Return the tree for a text that is a dnr and nothing else, in whatever form, otherwise `None`."""
    case = whole_case(text)
    return None if case is None else _case(text[case.start : case.end], case, scope, analyzer)


def phrase_of(text: str, analyzer: Analyzer, *, slop: int, scope: Scope) -> Word | Phrase | None:
    """Return the tree for words in quotes, in the forms written; `None` when there are none."""
    words = exact_words(text, analyzer)
    surface = f'"{" ".join(text.split())}"' + (f"~{slop}" if slop else "")
    if len(words) > 1:
        return Phrase(surface, words, slop, scope)
    return Word(surface, (), words, scope) if words else None


def prefix_of(text: str, scope: Scope, analyzer: Analyzer) -> Prefix | None:
    """Return the tree for the beginning of a word, typed without its star; `None` for anything else."""
    tokens = [token for token in analyzer.analyze(text) if not is_special(token.exact)]
    if not tokens or tokens[0].start != 0 or tokens[0].end != len(text):
        return None
    return Prefix(f"{text}*", tokens[0].exact, scope)


def case_of(text: str, surface: str) -> Keyword | None:
    """Return the filter for a case in any written form; `None` when it is no dnr."""
    case = whole_case(f"dnr {text}")
    return None if case is None else Keyword(surface, "dnr", (case.key,))


def special_word(surface: str, key: str, scope: Scope) -> Word:
    """Return the leaf for one special key."""
    return Word(surface, (key,), (key,), scope)


def _special_groups(text: str, tokens: Sequence[Token], scope: Scope, analyzer: Analyzer) -> list[Term]:
    found: list[Term] = []
    if has_digit(text):
        found = [
            Term(_case(text[case.start : case.end], case, scope, analyzer), case.start, case.end)
            for case in typed_cases(text)
        ]
        found += [term for term in _periods(text, scope) if not _overlaps(term, found)]
    spans: dict[tuple[int, int], list[Token]] = {}
    for token in tokens:
        if is_special(token.exact) and not _overlaps(token, found):
            spans.setdefault((token.start, token.end), []).append(token)
    for (start, end), special in spans.items():
        inside = [
            token.exact for token in tokens if start <= token.start < end and not is_special(token.exact)
        ]
        keys = [token.exact for token in special]
        found.append(Term(_special(text[start:end], keys, inside, scope), start, end))
    return found


def _periods(text: str, scope: Scope) -> Iterator[Term]:
    """Yield the days and months that the index has no token for, since they are written so."""
    for span in months(text):
        surface = text[span.start : span.end]
        phrase = Phrase(surface, tuple(surface.split("-")), 0, scope)
        meeting = DateRange(surface, span.first, span.last)
        query = Or((meeting, phrase)) if scope is Scope.ALL else phrase
        yield Term(query, span.start, span.end)
    for span in loose_days(text):
        surface = text[span.start : span.end]
        yield Term(_special(surface, [date_key(span.first)], [], scope), span.start, span.end)


def _case(surface: str, case: TypedCase, scope: Scope, analyzer: Analyzer) -> Query:
    readings: list[Query] = [special_word(surface, case_keys(case.key)[0], scope)]
    if scope is Scope.ALL:
        readings.insert(0, Keyword(surface, "dnr", (case.key,)))
    if not case.is_certain:
        pieces = exact_words(surface, analyzer)
        readings += [Phrase(surface, pieces, 0, scope)] if len(pieces) > 1 else []
    return disjunction(readings) if len(readings) == 1 else Or(tuple(readings))


def _special(surface: str, keys: list[str], inside: list[str], scope: Scope) -> Query:
    """Return the tree for special keys: a § is also the § of that number, a date the meeting of that day."""
    kind, word = keys[0].partition(":")[0], _any_of(surface, keys, scope)
    if kind == "n":
        return _amount(surface, keys[-1], inside, scope)
    if kind == "p" and scope is Scope.ALL:
        numbers = tuple(key.partition(":")[2] for key in keys)
        return Or((Keyword(surface, "section", numbers), word))
    if kind == "d" and scope is Scope.ALL:
        days = list(map(key_date, keys))
        return Or((DateRange(surface, min(days), max(days)), word))
    return word


def _amount(surface: str, key: str, inside: list[str], scope: Scope) -> Word:
    # Of a sum with a unit only the scaled number is meant; one without may also be found as written.
    if len(inside) == 1:
        return Word(surface, (key, inside[0]), (inside[0],), scope)
    return special_word(surface, key, scope)


def _any_of(surface: str, keys: Sequence[str], scope: Scope) -> Word:
    return Word(surface, tuple(keys), tuple(keys), scope)


def _overlaps(one: Token | Term, terms: Sequence[Term]) -> bool:
    return any(term.start < one.end and one.start < term.end for term in terms)


def _without_need(terms: list[Term]) -> list[Term]:
    """Return the terms with the words right before a reference that only say what it is made optional."""
    before_reference = False
    for place in reversed(range(len(terms))):
        term = terms[place]
        is_label = isinstance(term.query, Word) and _first_key(term.query) in _BEFORE_A_REFERENCE
        if before_reference and is_label:
            terms[place] = term._replace(is_stop_word=True)
        else:
            before_reference = _is_reference(term.query)
    return terms


def _is_reference(query: Query) -> bool:
    readings = query.children if isinstance(query, Or) else (query,)
    return any(
        isinstance(reading, DateRange)
        or (isinstance(reading, Word) and _first_key(reading).startswith(_REFERENCES))
        for reading in readings
    )


def _first_key(word: Word) -> str:
    return (word.exact or word.stems)[0]


def _word_terms(text: str, words: list[Token], scope: Scope, analyzer: Analyzer) -> Iterator[Term]:
    place = 0
    while place < len(words):
        token = words[place]
        after = place + 1
        if after < len(words) and words[after].position == token.position:
            while after < len(words) and words[after].end <= token.end:
                after += 1
            query = _hyphenated(text, token, words[place + 1 : after], scope, analyzer)
            yield Term(query, token.start, token.end)
        else:
            while after < len(words) and _joined_numbers(text, words[after - 1], words[after]):
                after += 1
            yield _plain(text, words[place:after], scope, analyzer)
        place = after


def _joined_numbers(text: str, left: Token, right: Token) -> bool:
    return (
        left.exact.isdigit()
        and right.exact.isdigit()
        and right.start == left.end + 1
        and text[left.end] in _CODE_MARKS
    )


def _plain(text: str, tokens: list[Token], scope: Scope, analyzer: Analyzer) -> Term:
    start, end = tokens[0].start, tokens[-1].end
    surface = text[start:end]
    if len(tokens) > 1:
        return Term(Phrase(surface, tuple(token.exact for token in tokens), 0, scope), start, end)
    token = tokens[0]
    # An operator that was quoted or glued to a mark is a word; in small letters it reads as one.
    shown = surface.lower() if surface in OPERATORS else surface
    word = _word(shown, token, scope, analyzer)
    is_stop_word = token.exact in STOP_WORDS and not _HANS.match(text, start)
    return Term(word, start, end, is_stop_word=is_stop_word)


def _hyphenated(text: str, whole: Token, pieces: list[Token], scope: Scope, analyzer: Analyzer) -> Query:
    surface = text[whole.start : whole.end]
    phrase = Phrase(surface, tuple(piece.exact for piece in pieces), 0, scope)
    return Or((_word(surface, whole, scope, analyzer), phrase))


def _word(surface: str, token: Token, scope: Scope, analyzer: Analyzer) -> Word:
    without = analyzer.without
    near = () if Step.NEAR in without else analyzer.compound(token.exact)
    return Word(
        surface,
        token.stems,
        # Without stems nothing else would be left to look for.
        () if Step.EXACT in without and token.stems else (token.exact,),
        scope,
        () if Step.PARTS in without else token.stems,
        near if len(near) > 1 else (),
    )


def _one_a_position(tokens: Sequence[Token]) -> list[Token]:
    """Return the shortest word at each position: no special token, the pieces instead of the whole."""
    shortest: dict[int, Token] = {}
    for token in tokens:
        other = shortest.get(token.position)
        if not is_special(token.exact) and (other is None or token.end < other.end):
            shortest[token.position] = token
    return list(shortest.values())
