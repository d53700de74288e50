"""What a word that is found under a key must have in it: a quick way to pass over nearly all others.

A key is made of a word or of a part of one, and nearly always begins as that does: *skol* of *skolskjuts*,
*skjuts* of *skolskjutsar*. The few that begin otherwise are known beforehand (*gjorde* is of *göra*).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from index.analysis.folding import fold

LENGTH: Final = 3
"""Letters of a beginning. The compiled lexicon knows the changes of beginnings of this length."""

_MOST_KNOWN: Final = 10_000
_JOINTS: Final = re.compile("[-'&]")


def whole(word: str) -> str:
    """Return a casefolded word folded and without hyphens, an abbreviation without its last full stop."""
    return fold(_JOINTS.sub("", word)).rstrip(".")


def beginning(word: str) -> str:
    """Return the first letters of the same."""
    return whole(word)[:LENGTH]


class Beginnings:
    """Knows what words have in them by what they are found under. May be used by several threads.

    Args:
        changes: pairs of a form, or its beginning, and a dictionary form that begins otherwise.
    """

    def __init__(self, changes: Iterable[tuple[str, str]]) -> None:
        self._before: defaultdict[str, set[str]] = defaultdict(set)
        self._known: dict[str, frozenset[str]] = {}
        for form, lemma in changes:
            if beginning(form) != beginning(lemma):
                self._before[beginning(lemma)].add(beginning(form))

    def of(self, key: str) -> frozenset[str]:
        """Return beginnings of which any word found under `key` has one, in the word or where a part begins.

        The word is to be folded and without hyphens too.
        """
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = self._known[key] = self._of(key)
        return found

    def _of(self, key: str) -> frozenset[str]:
        start = beginning(key)
        found = {start}
        # A dictionary form has a dictionary form of its own now and then, which may change again.
        waiting = [start, *(one for one in self._before if len(start) < LENGTH and one.startswith(start))]
        while waiting:
            more = self._before.get(waiting.pop(), set()) - found
            found |= more
            waiting += more
        return frozenset(one for one in found if one == start or not one.startswith(start))
