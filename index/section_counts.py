"""What the sections of an index have, counted: words, titles and cases, from which suggestions are made.

The counts are kept with each generation and follow every change, so that asking for them reads no posting
and what was removed is never suggested.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from index.analysis.analyzer import Analyzer
from index.analysis.special import is_special
from index.entry import SectionEntry, searched_title
from index.errors import IndexDamaged


class WordCount(NamedTuple):
    """A form of a word.

    Attributes:
        sections: in how many it is, in title or text.
        group: the same for the inflected forms of a word, as far as the analysis knows them.
    """

    sections: int
    group: str


@dataclass(frozen=True, slots=True)
class SectionCounts:
    """In how many sections each thing is; only counts above 0.

    Attributes:
        words: forms as written, casefolded.
        groups: the inflected forms of a word, any of them.
        titles: as written.
        cases: dnr as written.
    """

    words: Mapping[str, WordCount] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    titles: Mapping[str, int] = field(default_factory=dict)
    cases: Mapping[str, int] = field(default_factory=dict)

    def base_forms(self) -> dict[str, str]:
        """Return for each form the shortest of its group: that is its base form more often than not."""
        shortest: dict[str, str] = {}
        for form, word in self.words.items():
            known = shortest.get(word.group)
            if known is None or (len(form), form) < (len(known), known):
                shortest[word.group] = form
        return {form: shortest[word.group] for form, word in self.words.items()}

    def in_any_form(self, form: str) -> int:
        """Return in how many sections the word is that `form` is a form of."""
        return self.groups[self.words[form].group]


class SectionCounter:
    """Counts sections as they come and go.

    Args:
        counts: what to begin with.
    """

    def __init__(self, counts: SectionCounts) -> None:
        self._group_of = {form: word.group for form, word in counts.words.items()}
        self._groups = Counter(dict(counts.groups))
        self._words = Counter({form: word.sections for form, word in counts.words.items()})
        self._titles = Counter(dict(counts.titles))
        self._cases = Counter(dict(counts.cases))

    def add(self, entry: SectionEntry, words: Iterable[str], analyzer: Analyzer) -> None:
        """Count a section; `words` are its distinct forms, which `analyzer` groups."""
        forms = [word for word in words if not is_special(word)]
        self._words.update(forms)
        self._groups.update(self._groups_of(forms, analyzer))
        self._titles[searched_title(entry)] += 1
        self._cases.update(entry.dnr)

    def remove(self, entry: SectionEntry, words: Iterable[str], analyzer: Analyzer) -> None:
        """Count a section no more."""
        forms = [word for word in words if not is_special(word)]
        self._words.subtract(forms)
        self._groups.subtract(self._groups_of(forms, analyzer))
        self._titles[searched_title(entry)] -= 1
        self._cases.subtract(entry.dnr)

    def counts(self) -> SectionCounts:
        """Return how things stand."""
        words = {word: WordCount(count, self._group_of[word]) for word, count in (+self._words).items()}
        return SectionCounts(words, +self._groups, +self._titles, +self._cases)

    def _groups_of(self, words: Iterable[str], analyzer: Analyzer) -> set[str]:
        groups = set()
        for word in words:
            group = self._group_of.get(word)
            if group is None:
                group = self._group_of[word] = _group(word, analyzer)
            groups.add(group)
        return groups


def _group(word: str, analyzer: Analyzer) -> str:
    tokens = analyzer.words_of_run(word)
    # The stem of a dictionary form stands last, and unites more forms than the first.
    return tokens[0].stems[-1] if tokens else word


def words_of(entry: SectionEntry, analyzer: Analyzer) -> set[str]:
    """Return the distinct forms of a section."""
    return {token.exact for text in (searched_title(entry), entry.text) for token in analyzer.analyze(text)}


def load_counts(generation: Path) -> SectionCounts:
    """Read the counts in a generation's folder.

    Raises:
        IndexDamaged: they are missing or unreadable.
    """
    path = generation / _FILE
    try:
        return _DECODER.decode(path.read_bytes())
    except (OSError, msgspec.MsgspecError) as error:
        raise IndexDamaged(
            f"{path} kan inte läsas: {error}. Bygg om indexet med: minutes-search reindex --rebuild"
        ) from error


def save_counts(counts: SectionCounts, generation: Path) -> None:
    """Write the counts into a generation's folder."""
    # Written anew, never over the file: an earlier generation may share it by a hard link.
    (generation / _FILE).unlink(missing_ok=True)
    (generation / _FILE).write_bytes(msgspec.json.encode(counts, order="sorted"))


_FILE: Final = "counts.json"
_DECODER: Final = msgspec.json.Decoder(SectionCounts)
