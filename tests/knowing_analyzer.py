"""An analyzer that knows a few words, for tests of what is done with a lexicon's knowledge."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from index.analysis.analyzer import Analyzer
from index.analysis.steps import Step


class KnowingAnalyzer(Analyzer):
    """The stemmer alone, with its own small lexicon.

    Args:
        words: the forms that are in the lexicon.
        compounds: compounds and the keys of their parts.
        names: those of the words that are names and nothing else.
        without: steps that are left out.
    """

    def __init__(
        self,
        words: Collection[str] = (),
        compounds: Mapping[str, tuple[tuple[str, ...], ...]] | None = None,
        *,
        names: Collection[str] = (),
        without: frozenset[Step] = frozenset(),
    ) -> None:
        super().__init__(without=without)
        self._known = frozenset(words)
        self._names = frozenset(names)
        self._compounds = dict(compounds or {})

    def is_word(self, form: str) -> bool:
        """Tell whether a form is among the words."""
        return form in self._known

    def is_name(self, form: str) -> bool:
        """Tell whether a form is among the names."""
        return form in self._names

    def compound(self, word: str) -> tuple[tuple[str, ...], ...]:
        """Return the parts of a compound."""
        return self._compounds.get(word, ())

    def joins(self, left: str, right: str) -> str | None:
        """Return the two written together when that is a word or a compound."""
        joined = left + right
        return joined if joined in self._known or joined in self._compounds else None
