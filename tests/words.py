"""Words as an index gives them, from plain ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from index.completion.completions import Completions
from index.completion.words import Words
from index.spelling.vocabulary import Vocabulary
from index.texts import Counted

Pairs = Iterable[tuple[str, int]]


def vocabulary_of(words: Pairs) -> Vocabulary:
    """Return the vocabulary of words and in how many sections each is."""
    counted = Counted.of(words)
    known = frozenset(counted.texts)
    return Vocabulary(
        lambda: counted,
        begins=lambda prefix: any(word.startswith(prefix) for word in known),
        has=known.__contains__,
    )


def completions_of(
    *,
    words: Pairs = (),
    titles: Pairs = (),
    committees: Pairs = (),
    cases: Pairs = (),
    group_of: Callable[[str], str | None] = str,
) -> Completions:
    """Return what can be completed of words, titles, committees and dnr and in how many sections each is.

    `group_of` gives the base form of a word.
    """
    return Completions(
        words=_words(words, group_of),
        titles=Counted.of(titles),
        committees=Counted.of(committees),
        cases=Counted.of(cases),
    )


def _words(words: Pairs, group_of: Callable[[str], str | None]) -> Words:
    counted = Counted.of(words)
    forms = list(counted.texts)
    names = [group_of(form) or form for form in forms]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    groups = np.array([numbers[name] for name in names], np.int32)
    base_forms = [forms.index(name) if name in forms else -1 for name in numbers]
    totals = np.bincount(groups, counted.counts, minlength=len(numbers))
    return Words(counted, groups, totals.astype(np.int32), np.array(base_forms, np.int32))
