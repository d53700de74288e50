"""What is searched instead of a word that is nowhere in the collection, or may have been meant.

In order: the word with or without the dots and rings of å, ä and ö, the word that sounds the same, the word
that is spelt nearly so. A word that is found in any form, through any key, is never replaced. What is
replaced is said; what is unsure is only a guess, for "Menade du …?".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, product
from math import prod
from typing import Final

from index.analysis.analyzer import Analyzer
from index.analysis.steps import Step
from index.query import And, Phrase, Query, Scope, Word
from index.query_tree import anywhere, is_one_term, positive_leaves, terms_in, with_terms
from index.query_words import word_in, word_of
from index.spelling.corrections import Correction, corrections, is_clear
from index.spelling.vocabulary import Vocabulary

_SHORTEST_SOUND: Final = 4
_MOST_INSTEAD: Final = 3
_LEAST_SHARE: Final = 10
"""What is this many times rarer than the commonest word with the same letters is not searched beside it."""

_MOST_SPELLINGS: Final = 512
_SPELLINGS: Final = {letter: letters for letters in ("aåä", "oö") for letter in letters}

_SHORTEST_TO_DOUBT: Final = 5
_FREQUENT: Final = 5
_FAR_MORE: Final = 10
"""A guess for a word that is found must be in this many times as many sections, and in `_FREQUENT`."""

Replacement = tuple[str, str]
"""A word as it was typed, and another one."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A query without the words that are nowhere.

    Attributes:
        warnings: what was replaced, in Swedish.
        replaced: what is searched instead.
        guesses: what else may have been meant, which is not searched.
    """

    tree: Query
    warnings: tuple[str, ...] = ()
    replaced: tuple[Replacement, ...] = ()
    guesses: tuple[Replacement, ...] = ()


class Fallbacks:
    """Looks among the words of a collection for those that were meant. For one question.

    Args:
        vocabulary: the words of the collection.
        analyzer: the one that it was made with.
        hits: tells how many sections a query finds, whatever the filters.
        check_time: called for each word that is looked at, raises `SearchTimeout` when the time is over.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        analyzer: Analyzer,
        hits: Callable[[Query], int],
        *,
        check_time: Callable[[], None],
    ) -> None:
        self._vocabulary = vocabulary
        self._analyzer = analyzer
        self._hits = hits
        self._check_time = check_time

    def mended(self, tree: Query) -> Mended:
        """Return `tree` with other words for those that are nowhere, where it is clear which."""
        words: dict[Query, Word] = {}
        warnings: dict[str, None] = {}
        replaced: list[Replacement] = []
        guesses: list[Replacement] = []
        for term, typed in self._nowhere(tree):
            forms = self._instead(_form(typed))
            word = self._any_of(forms, typed.scope)
            if word is None:
                guesses += self._guesses(typed.surface, _form(typed))
                continue
            words[term] = word
            replaced.append((typed.surface, forms[0]))
            listed = " eller ".join(f"”{form}”" for form in forms)
            warnings[f"Inget träffar ”{typed.surface}”. Sökte i stället på {listed}."] = None
        guesses += self._guesses_in_quotes(tree)
        changed = with_terms(tree, lambda term: words.get(term, term)) if words else tree
        return Mended(changed, tuple(warnings), tuple(replaced), tuple(guesses))

    def likelier(self, tree: Query, *, only_dots: bool = False) -> tuple[Replacement, ...]:
        """Return other words for those of `tree` that are found, but far seldomer.

        With `only_dots` those that differ in nothing but å, ä and ö: *Alingsas* stands in e-mail addresses.
        """
        words = [leaf for leaf in positive_leaves(tree) if isinstance(leaf, Word) and word_in(leaf)]
        found = [(word.surface, self._far_commoner(word, only_dots=only_dots)) for word in words]
        return tuple((surface, other) for surface, other in found if other)

    def _nowhere(self, tree: Query) -> Iterator[tuple[Query, Word]]:
        """Yield the terms of one word that find nothing wherever they are looked for, with that word."""
        for term in dict.fromkeys(terms_in(tree)):
            word = word_in(term)
            if word is not None and not self._is_somewhere(term, word):
                yield term, word

    def _is_somewhere(self, term: Query, word: Word) -> bool:
        """Tell whether a term of one word finds anything; not asked of the index when it has that form."""
        return any(form in self._vocabulary for form in word.exact) or self._hits(anywhere(term)) > 0

    def _instead(self, form: str) -> tuple[str, ...]:
        """Return the words to search for instead: none when it is not clear which."""
        steps = (
            (Step.FOLDING, self._with_other_dots),
            (Step.PHONETIC, self._sounding_like),
            (Step.SPELLING, self._spelt_nearly_like),
        )
        found = (look(form) for step, look in steps if step not in self._analyzer.without)
        return next(filter(None, found), ())

    def _with_other_dots(self, form: str) -> tuple[str, ...]:
        """Return the words that equal `form` but for å, ä and ö.

        A word of the lexicon is meant as it is: *lag* is not *låg*. So is a compound that is typed with them,
        on a keyboard that has them.
        """
        if self._analyzer.is_word(form) or (not form.isascii() and self._is_swedish(form)):
            return ()
        folded = self._vocabulary.folded(form)
        if not folded:
            return tuple(self._known_with_other_dots(form))[:_MOST_INSTEAD]
        least = self._vocabulary.count(folded[0]) / _LEAST_SHARE
        return tuple(other for other in folded[:_MOST_INSTEAD] if self._vocabulary.count(other) >= least)

    def _known_with_other_dots(self, form: str) -> Iterator[str]:
        """Yield those that the lexicon knows and the collection has in other inflections only."""
        for spelling in filter(self._is_swedish, _with_dots(form)):
            word = word_of(spelling, Scope.ALL, self._analyzer)
            if word is not None and self._hits(word):
                yield spelling

    def _sounding_like(self, form: str) -> tuple[str, ...]:
        # Also of a name that the lexicon has: it knows both Filip and Philip.
        if len(form) < _SHORTEST_SOUND or (self._analyzer.is_word(form) and not self._analyzer.is_name(form)):
            return ()
        return self._vocabulary.sounding_like(form)[:_MOST_INSTEAD]

    def _spelt_nearly_like(self, form: str) -> tuple[str, ...]:
        if form.isascii() and any(map(self._analyzer.is_word, _with_dots(form))):
            # A word that was typed without its dots and is right, but nowhere.
            return ()
        found = self._corrections(form)
        return (found[0].word,) if is_clear(found, group_of=self._stem) else ()

    def _corrections(self, form: str) -> tuple[Correction, ...]:
        return corrections(form, self._vocabulary, is_word=self._is_swedish)

    def _is_swedish(self, form: str) -> bool:
        """Tell whether a word is right as it is: what is asked before any search for another, so in time."""
        self._check_time()
        return self._analyzer.is_word(form) or bool(self._analyzer.compound(form))

    def _stem(self, form: str) -> str:
        word = word_of(form, Scope.ALL, self._analyzer)
        return word.stems[0] if word is not None and word.stems else form

    def _any_of(self, forms: tuple[str, ...], scope: Scope) -> Word | None:
        """Return the leaf for words of which each will do."""
        words = [word for form in forms if (word := word_of(form, scope, self._analyzer)) is not None]
        if not words:
            return None
        return replace(
            words[0],
            stems=_union(word.stems for word in words),
            exact=_union(word.exact for word in words),
            parts=_union(word.parts for word in words),
            also=tuple(word.surface for word in words[1:]),
        )

    def _guesses(self, surface: str, form: str) -> list[Replacement]:
        folded = self._vocabulary.folded(form) if form.isascii() else ()
        likely = (*folded, *(correction.word for correction in self._corrections(form)))
        return [(surface, other) for other in likely[:1]]

    def _guesses_in_quotes(self, tree: Query) -> Iterator[Replacement]:
        """Yield guesses for the words in quotes that are nowhere: they are searched as they are."""
        for leaf in positive_leaves(tree):
            quoted = leaf.words if isinstance(leaf, Phrase) else ()
            if isinstance(leaf, Word) and not leaf.stems:
                quoted = leaf.exact
            for form in quoted:
                if form.isalpha() and not self._vocabulary.count(form):
                    instead = self._instead(form)
                    yield from [(form, instead[0])] if instead else self._guesses(form, form)

    def _far_commoner(self, word: Word, *, only_dots: bool) -> str | None:
        """Return a word with other dots or one slip away that is found far more often."""
        form = _form(word)
        if self._is_swedish(form):
            return None
        is_doubtful = not only_dots and len(form) >= _SHORTEST_TO_DOUBT and form.isalpha()
        near = self._vocabulary.near(form, 1) if is_doubtful else ()
        count, stem = self._vocabulary.count, self._stem(form)
        others = [
            other
            for other in (*self._vocabulary.folded(form), *(other for other, _ in near))
            if count(other) >= _FREQUENT and self._stem(other) != stem
        ]
        best = max(others, key=count, default=None)
        return best if best and count(best) >= _FAR_MORE * self._hits(anywhere(word)) else None


def has_choices(tree: Query) -> bool:
    """Tell whether a section may be found without some word of `tree`, which then may be nowhere."""
    terms = tree.children if isinstance(tree, And) else (tree,)
    return not all(map(is_one_term, terms))


def _with_dots(form: str) -> Iterator[str]:
    """Yield what a word may have been meant as on a keyboard without å, ä and ö, or with too many of them."""
    letters = [_SPELLINGS.get(letter, letter) for letter in form]
    if prod(map(len, letters)) <= _MOST_SPELLINGS:
        yield from (spelling for spelling in map("".join, product(*letters)) if spelling != form)


def _form(word: Word) -> str:
    return word.exact[0] if word.exact else word.surface.casefold()


def _union(keys: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(keys)))
