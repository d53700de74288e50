"""What an analysis depends on: with another one of these, an index must be made anew."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnalysisVersion:
    """What tells one analysis from another.

    Attributes:
        rules: the version of our own rules, with a checksum of their tables.
        stemmer: its name and version.
        lexicon: the version of the compiled lexicon, `None` without one.
    """

    rules: str
    stemmer: str
    lexicon: str | None

    def __str__(self) -> str:
        return f"rules {self.rules}; {self.stemmer}; lexicon {self.lexicon or 'none'}"
