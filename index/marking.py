"""Where a query's words stand in a text: by the same analysis that found them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from index.analysis.analyzer import Analyzer
from index.analysis.characters import Characters, normalize
from index.analysis.special import specials_with
from index.analysis.tokens import Token
from index.leaf_keys import LeafKeys, Place
from index.marks import Mark, disjoint, moved
from index.proximity import Proximity
from index.query_tree import Leaf
from index.run_finder import RunFinder, is_plain, run_around, sketched
from index.windows import Span

_SOFT_HYPHEN: Final = "\u00ad"

_UNSEEN: Final = r"[^\w\x00-\x7f]"
# Each begins with its hyphen: `re` then skips from one to the next.
_ELLIPSES: Final = {
    hyphen: re.compile(
        rf"{hyphen}(?:(?<=(?:[^\W\d_]|{_UNSEEN}).)(?=[\s,/&]|{_UNSEEN})"
        rf"|(?<=(?:[\s,/&]|{_UNSEEN}).)(?=[^\W\d_]|{_UNSEEN}))"
    )
    for hyphen in "-\u2010\u2011"
}
"""A hyphen at the end of a word or before one, where a part of it may be left out."""

_MOST_RUNS: Final = 10_000

_start = itemgetter(0)


class _Run(NamedTuple):
    """What the query asks for in a run of characters without white space.

    Attributes:
        places: all of it.
        marks: what is marked whatever else is in the text, disjoint.
        joining: what may be marked beside others.
        width: how many positions the run takes.
    """

    places: tuple[Place, ...]
    marks: Sequence[Mark]
    joining: tuple[Place, ...]
    width: int


class _Runs(dict[str, _Run | None]):
    """The runs that were looked at: most have nothing that the query asks for."""

    def __init__(self, keys: LeafKeys, analyzer: Analyzer) -> None:
        self._places = keys.places
        self._words_of_run = analyzer.words_of_run

    def __missing__(self, written: str) -> _Run | None:
        words = self._words_of_run(written)
        places = self._places(words)
        run = _run(places, words[-1].position + 1) if places else None
        if len(self) >= _MOST_RUNS:
            self.clear()
        self[written] = run
        return run


_Found = tuple[int, int, _Run]
"""From where to where a run goes that has something which is sought, and what."""


class Marker:
    """Finds what the leaves of one query match in texts. May be used by several threads.

    Words and prefixes are found wherever they stand, phrases only where the phrase does, the parts of a
    compound only where all of them are near each other. A compound that is found by a part of it is marked
    there and not as a whole. Only runs of characters that may have a sought word are looked at, each once.
    """

    def __init__(self, leaves: Iterable[Leaf], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._keys = LeafKeys(leaves)
        self.all_leaves = self._keys.all_leaves
        self._proximity = Proximity(self._keys, analyzer)
        self._runs = _Runs(self._keys, analyzer)
        self._finder = RunFinder(self._keys.beginnings(analyzer))

    def marks(self, text: str, sketch: bytes | None = None) -> list[Mark]:
        """Return what matches in `text`, in order and without overlaps.

        Args:
            text: where it is looked for.
            sketch: `sketched(text)`, by those who have it.
        """
        if not self.all_leaves:
            return []
        if _SOFT_HYPHEN in text:
            return self._marks_of_normalized(text)
        found = self._found(text, sketched(text) if sketch is None else sketch)
        marks = moved([(start, run.marks) for start, _, run in found])
        more = self._together(text, found) + self._special(text)
        # No run touches the next.
        return disjoint(marks + more) if more else marks

    def _marks_of_normalized(self, text: str) -> list[Mark]:
        """Return the marks of a text with words that may go on in the next line."""
        characters = normalize(text)
        found = self._found(characters.text, sketched(characters.text))
        marks = moved([(start, _marks_of(run.places)) for start, _, run in found])
        original = [
            mark._replace(start=start, end=end)
            for mark in marks + self._together(characters.text, found)
            for start, end in [_original(characters, mark.start, mark.end)]
        ]
        return disjoint(original + self._special(text))

    def _found(self, text: str, sketch: bytes) -> list[_Found]:
        """Return the runs that have something which is sought, in order."""
        runs = self._runs
        found = [
            (start, end, run)
            for start, end in self._finder.find(sketch)
            if (run := runs[text[start:end]]) is not None
        ]
        elliptic = self._elliptic(text, sketch)
        return self._with_elliptic(found, elliptic, text, sketch) if elliptic else found

    def _together(self, text: str, found: Iterable[_Found]) -> list[Mark]:
        """Return the marks of phrases and of compounds in parts."""
        joining = [(start, end, run.width, run.joining) for start, end, run in found if run.joining]
        return self._proximity.marks(text, joining) if joining else []

    def _elliptic(self, text: str, sketch: bytes) -> list[Token]:
        """Return words that the query may ask for of which only a part is written: `kultur- och …`."""
        plain = is_plain(sketch)
        for hyphen in "-" if plain else _ELLIPSES:
            if hyphen in text and _ELLIPSES[hyphen].search(text):
                return self._analyzer.elliptic_words(text, may_be=self._finder.may_have, is_plain=plain)
        return []

    def _with_elliptic(
        self, found: Sequence[_Found], elliptic: Iterable[Token], text: str, sketch: bytes
    ) -> list[_Found]:
        """Return the runs with what elliptic words have in them besides."""
        by_start = {one[0]: one for one in found}
        for word in elliptic:
            start, end = run_around(sketch, word.start)
            words = self._analyzer.words_of_run(text[start:end])
            places = self._places_of_elliptic(word, words, start)
            if places:
                known = by_start[start][2].places if start in by_start else ()
                by_start[start] = start, end, _run(known + places, words[-1].position + 1)
        return sorted(by_start.values(), key=_start)

    def _places_of_elliptic(self, elliptic: Token, words: Iterable[Token], offset: int) -> tuple[Place, ...]:
        """Return the places of such a word where one of the `words` of the run at `offset` stands there."""
        start, end = elliptic.start - offset, elliptic.end - offset
        written = next((word for word in words if word.start >= start), None)
        if written is None or (written.start, written.end) != (start, end):
            return ()
        # As a whole they are not in the forms as written.
        return self._keys.places(
            [elliptic._replace(exact="", position=written.position, start=start, end=end)]
        )

    def _special(self, text: str) -> list[Mark]:
        if not self._keys.specials:
            return []
        characters = normalize(text)
        found: list[Mark] = []
        for start, end, keys in specials_with(characters.text, self._keys.specials):
            bits = self._keys.of_special(keys)
            found.append(Mark(*_original(characters, start, end), bits, bits))
        return found


def _run(places: tuple[Place, ...], width: int) -> _Run:
    joining = tuple([place for place in places if place[2] or place[3]])
    return _Run(places, disjoint(_marks_of(places)), joining, width)


def _marks_of(places: Iterable[Place]) -> list[Mark]:
    return [Mark(start, end, leaves, whole) for leaves, whole, _, _, _, start, end in places if leaves]


def _original(characters: Characters, start: int, end: int) -> Span:
    """Return where a stretch of normalised characters stands in the text as it was given."""
    starts, ends = characters.starts, characters.ends
    return (start, end) if starts is None or ends is None else (starts[start], ends[end - 1])
