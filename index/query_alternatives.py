"""What the words of a query may also be written as: synonyms, and neighbours written together.

All that a word may be remains one word of the query, so that asking for fewer words counts what was typed.
What several words together may be is an alternative to each of them: to ask for (a or ab) and (b or ab) is to
ask for a and b, or for ab, however many neighbours overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from index.analysis.analyzer import Analyzer
from index.analysis.steps import Step
from index.analysis.stop_words import STOP_WORDS
from index.query import Or, Phrase, Query, Scope, Word
from index.query_syntax import OPERATORS
from index.query_words import Term, exact_words, word_in, word_of
from index.synonyms import Synonyms

_MOST_JOINED: Final = 3
"""Neighbours that are tried as one word."""

_BETWEEN: Final = frozenset({"", "-"})
"""What may stand between them, white space apart."""


def with_synonyms(terms: Sequence[Term], synonyms: Synonyms, analyzer: Analyzer) -> list[Term]:
    """Return the terms with what they mean in other words."""
    found = list(terms)
    if Step.SYNONYMS in analyzer.without:
        return found
    words = [word_in(term.query) for term in terms]
    for first, word in enumerate(words):
        if word is None:
            continue
        for last in range(first, min(first + synonyms.longest, len(terms))):
            run = [word for word in words[first : last + 1] if word is not None]
            if len(run) <= last - first:
                break
            for other in synonyms.of(run):
                _add(found, first, last, other, analyzer)
    return found


def with_joined(
    terms: Sequence[Term], text: str, analyzer: Analyzer, *, occurs: Callable[[Word], bool]
) -> list[Term]:
    """Return the terms with what neighbours are when they are written together.

    Args:
        terms: of `text`.
        text: what was typed.
        analyzer: says which neighbours make a word.
        occurs: tells whether a word is found anywhere; what is not is left out.
    """
    found = list(terms)
    if len(found) == 1 or Step.JOINED in analyzer.without:
        return found

    def is_found(form: str) -> bool:
        word = word_of(form, Scope.ALL, analyzer)
        return word is not None and occurs(replace(word, near=()))

    for one in _joined(terms, text, analyzer):
        # What the lexicon does not know (padel hall) is a word when the collection has it, but not its parts.
        if is_found(one.form) and (one.is_known or not all(map(is_found, one.parts))):
            _add(found, one.first, one.last, one.form, analyzer, as_typed=True)
    return found


class _Joined(NamedTuple):
    """Neighbours written together.

    Attributes:
        first: the place of the first of them.
        last: that of the last.
        parts: all but the last, and the last.
        is_known: whether the analysis knows them as one word.
    """

    first: int
    last: int
    parts: tuple[str, str]
    is_known: bool

    @property
    def form(self) -> str:
        return "".join(self.parts)


def _joined(terms: Sequence[Term], text: str, analyzer: Analyzer) -> Iterator[_Joined]:
    for first in range(len(terms)):
        left = _plain_form(terms[first])
        for last in range(first + 1, min(first + _MOST_JOINED, len(terms))):
            right = _plain_form(terms[last])
            between = text[terms[last - 1].end : terms[last].start].strip()
            if left is None or right is None or between not in _BETWEEN:
                break
            is_known = analyzer.joins(left, right) is not None
            if left + right not in STOP_WORDS and (left + right).upper() not in OPERATORS:
                yield _Joined(first, last, (left, right), is_known)
            left = left + right


def _plain_form(term: Term) -> str | None:
    """Return a word without a hyphen as it was typed; `None` for a stop word and all else."""
    if term.is_stop_word or not isinstance(term.query, Word):
        return None
    word = word_in(term.query)
    form = word.surface.casefold() if word else ""
    return form if form.isalpha() else None


def _add(
    terms: list[Term], first: int, last: int, other: str, analyzer: Analyzer, *, as_typed: bool = False
) -> None:
    """Make `other` an alternative to each of the terms from `first` to `last`."""
    for place in range(first, last + 1):
        term = terms[place]
        if not term.is_stop_word or first == last:
            terms[place] = term._replace(query=_either(term.query, other, analyzer, as_typed=as_typed))


def _either(query: Query, other: str, analyzer: Analyzer, *, as_typed: bool) -> Query:
    """Return a term with another word, or a phrase of several, as an alternative.

    A single word's keys join those of the typed one. It counts as being in the form that was typed only
    when it is `as_typed`.
    """
    word = word_in(query)
    if word is None:
        return query
    others = query.children[1:] if isinstance(query, Or) else ()
    single = word_of(other, word.scope, analyzer)
    if single is None:
        words = exact_words(other, analyzer)
        phrase = Phrase(word.surface, words, 0, word.scope)
        return Or((_called(word, other), *others, phrase)) if len(words) > 1 else query
    shown = word if set(single.stems) <= set(word.stems) else _called(word, other)
    merged = replace(
        shown,
        stems=_union(word.stems, single.stems),
        exact=_union(word.exact, single.exact if as_typed else ()),
        parts=_union(word.parts, single.parts),
    )
    return Or((merged, *others)) if others else merged


def _called(word: Word, other: str) -> Word:
    return replace(word, also=_union(word.also, (other,)))


def _union(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *two)))
