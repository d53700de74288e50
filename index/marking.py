"""Where a query's words stand in a text: by the same analysis that found them."""

from __future__ import annotations

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
from index.run_finder import RunFinder
from index.text_scan import BOUND, IS_ELLIPTIC, IS_UNSHOWN, IS_UNSURE, ROW, Scanned
from index.windows import Span

_SOFT_HYPHEN: Final = "\u00ad"

_MOST_RUNS: Final = 250
_LONGEST_KEPT: Final = 200

_start = itemgetter(1)


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
        if len(written) <= _LONGEST_KEPT:
            if len(self) >= _MOST_RUNS:
                self.clear()
            self[written] = run
        return run


_Found = tuple[int, int, int, _Run]
"""A run that has something which is sought: from where its marks are counted, where it begins and ends in the
text, and what it has."""


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

    def marks(self, text: str) -> list[Mark]:
        """Return what matches in `text`, in order and without overlaps."""
        return self.marks_of_each(self.scan([text]), [text])[0]

    def marks_of_each(self, scanned: Scanned, texts: Sequence[str]) -> list[list[Mark]]:
        """Return for each of some texts what `marks` does; `scanned` is what `scan` returned for them."""
        if not self.all_leaves:
            return [[] for _ in texts]
        marks, begin, first = [], 0, 0
        for number, text in enumerate(texts):
            end, _, _, last, flags = scanned.bounds[number * BOUND : (number + 1) * BOUND].tolist()
            if _SOFT_HYPHEN in text:
                marks.append(self._marks_of_normalized(text))
            else:
                rows = scanned.rows[first * ROW : last * ROW]
                found = self._found(text, [place - begin for place in rows], flags)
                marks.append(self._marks(text, found, self._special(text)))
            begin, first = end + 1, last
        return marks

    def scan(self, texts: Sequence[str]) -> Scanned:
        """Return what `marks_in_lines` wants to have of some texts."""
        return self._finder.find(texts)

    def marks_in_lines(self, texts: Scanned) -> list[list[Mark]]:
        """Return for each text the marks of the line that it is shown in.

        Those of a text that may have something unusual are not right: see `is_usual`.
        """
        found = self._runs_in(texts.text, texts.rows, texts.rows[0::ROW]) if self.all_leaves else []
        marks: list[list[Mark]] = []
        at = 0
        for end in texts.bounds[0::BOUND].tolist():
            first = at
            while at < len(found) and found[at][1] < end:
                at += 1
            marks.append(self._marks(texts.text, found[first:at]) if first < at else [])
        return marks

    def is_usual(self, flags: int) -> bool:
        """Tell by the flags of a text whether `marks_in_lines` returns its marks."""
        return not (flags & (IS_UNSHOWN | IS_ELLIPTIC) or self._keys.specials)

    def _marks(self, text: str, found: Sequence[_Found], special: Sequence[Mark] = ()) -> list[Mark]:
        marks = moved([(offset, run.marks) for offset, _, _, run in found])
        more = [*self._together(text, found), *special]
        # No run touches the next.
        return disjoint(marks + more) if more else marks

    def _marks_of_normalized(self, text: str) -> list[Mark]:
        """Return the marks of a text with words that may go on in the next line."""
        characters = normalize(text)
        scanned = self.scan([characters.text])
        found = self._found(characters.text, scanned.rows, scanned.bounds.item(-1))
        marks = moved([(start, _marks_of(run.places)) for _, start, _, run in found])
        original = [
            mark._replace(start=start, end=end)
            for mark in marks + self._together(characters.text, found)
            for start, end in [_original(characters, mark.start, mark.end)]
        ]
        return disjoint(original + self._special(text))

    def _found(self, text: str, rows: Sequence[int], flags: int) -> list[_Found]:
        """Return the runs that have something which is sought, in order."""
        found = self._runs_in(text, rows, rows[1::ROW])
        is_plain = not flags & IS_UNSURE
        return self._with_elliptic(found, text, is_plain=is_plain) if flags & IS_ELLIPTIC else found

    def _runs_in(self, text: str, rows: Sequence[int], offsets: Iterable[int]) -> list[_Found]:
        """Return them without those that are elliptic words only, and from where their marks are counted."""
        runs = self._runs
        return [
            (offset, start, end, run)
            for offset, start, end in zip(offsets, rows[1::ROW], rows[2::ROW], strict=True)
            if (run := runs[text[start:end]]) is not None
        ]

    def _together(self, text: str, found: Iterable[_Found]) -> list[Mark]:
        """Return the marks of phrases and of compounds in parts."""
        joining = [
            (offset, start, end, run.width, run.joining) for offset, start, end, run in found if run.joining
        ]
        return self._proximity.marks(text, joining) if joining else []

    def _with_elliptic(self, found: Iterable[_Found], text: str, *, is_plain: bool) -> list[_Found]:
        """Return the runs with what elliptic words (`kultur- och …`) have in them besides."""
        elliptic = self._analyzer.elliptic_words(text, may_be=self._finder.may_have, is_plain=is_plain)
        by_start = {one[1]: one for one in found}
        start = end = 0
        words: tuple[Token, ...] = ()
        for word in elliptic:
            if word.start >= end:
                start, end = _run_around(text, word.start)
                words = self._analyzer.words_of_run(text[start:end])
            places = self._places_of_elliptic(word, words, start)
            if places:
                known = by_start[start][3].places if start in by_start else ()
                by_start[start] = start, start, end, _run(known + places, words[-1].position + 1)
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


def _run_around(text: str, place: int) -> tuple[int, int]:
    """Return where the run begins and ends that has the character at `place`."""
    start = end = place
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _run(places: tuple[Place, ...], width: int) -> _Run:
    joining = tuple([place for place in places if place[2] or place[3]])
    return _Run(places, disjoint(_marks_of(places)), joining, width)


def _marks_of(places: Iterable[Place]) -> list[Mark]:
    return [Mark(start, end, leaves, whole) for leaves, whole, _, _, _, start, end in places if leaves]


def _original(characters: Characters, start: int, end: int) -> Span:
    """Return where a stretch of normalised characters stands in the text as it was given."""
    starts, ends = characters.starts, characters.ends
    return (start, end) if starts is None or ends is None else (starts[start], ends[end - 1])
