"""Elliptic coordination: `kultur- och utbildningsnämnden` speaks of kulturnämnden too.

A part that two compounds share is written once, and a hyphen stands where it is left out: at the end of
the first word, of each in a list (`barn-, ungdoms- och familjenämnden`), or at the beginning of the last
(`musikundervisning och -utövning`). Only a lexicon tells where the part begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Final, NamedTuple

from index.analysis.compounds.splitter import CompoundSplitter
from index.analysis.folding import without_accents
from index.analysis.lexicon.lexicon import Lexicon

_WORD: Final = r"[^\W\d_]{1,64}+"
_CONJUNCTION: Final = r"(?i:och/eller|och|eller|samt|respektive|resp\.?|till|kontra)"
_AND: Final = rf"\s{{0,2}},?(?:\s{{1,3}}{_CONJUNCTION}\s{{1,3}}|\s{{0,3}}[&/]\s{{0,3}})"
_COMMA: Final = r"\s{0,2},\s{1,3}"

# Both begin with the hyphen: `re` then skips from one to the next. What stands around it is bounded.
_END_MISSING: Final = re.compile(
    rf"-(?<=[^\W\d_]-)(?=(?:(?:{_COMMA}|{_AND}){_WORD}-){{0,8}}{_AND}(?P<whole>{_WORD}(?:-{_WORD})?)(?![\w-]))"
)
_BEGINNING_MISSING: Final = re.compile(rf"-(?<=[\s,/&]-)(?P<rest>{_WORD})(?![\w-])")
_HEAD: Final = re.compile(rf"(?<![\w-]){_WORD}\Z")
_WHOLE_BEFORE: Final = re.compile(
    rf"(?<![\w-])(?P<whole>{_WORD})(?:(?:{_COMMA}|{_AND})-{_WORD}){{0,4}}(?:{_COMMA}|{_AND})\Z"
)
_LONGEST_HEAD: Final = 65
_LONGEST_LIST: Final = 200
_MOST_REMEMBERED: Final = 10_000
_UNKNOWN: Final = -1
_SHORTEST_PART: Final = 2
_SHORTEST_TAIL: Final = 3

NO_HEADS: Final = frozenset({"små", "till"})
"""What goes with a word as a whole: `små- och medelstora företag`."""


_start = attrgetter("start")


class EllipticWord(NamedTuple):
    """A compound of which only a part is written out.

    Attributes:
        word: the whole word, casefolded.
        begin: offset in `word` of the part that is written.
        start: offset in the text of the part that is written.
        end: offset behind it.
    """

    word: str
    begin: int
    start: int
    end: int


class EllipticFinder:
    """Finds elliptic words. May be used by several threads.

    Minutes name the same committees over and over, so what was found out of two words is remembered.
    """

    def __init__(self, lexicon: Lexicon, splitter: CompoundSplitter) -> None:
        self._lexicon = lexicon
        self._splitter = splitter
        self._tails: dict[tuple[str, str], int | None] = {}
        self._heads: dict[tuple[str, str], int | None] = {}

    def find(self, text: str) -> list[EllipticWord]:
        """Return the words of which a normalised text leaves out a part, in order."""
        if "-" not in text:
            return []
        return sorted((*self._without_end(text), *self._without_beginning(text)), key=_start)

    def _without_end(self, text: str) -> Iterator[EllipticWord]:
        for match in _END_MISSING.finditer(text):
            # From the space before it, if there is one, a third of the time.
            end = match.start()
            head = _HEAD.search(text, max(0, end - _LONGEST_HEAD, text.rfind(" ", 0, end)), end)
            if head is None:
                continue
            first, whole = _folded(head[0]), _folded(match["whole"])
            tail = _remembered(self._tails, (first, whole), self._shared_tail)
            if tail is not None:
                yield EllipticWord(first + whole[tail:], 0, head.start(), head.end())

    def _without_beginning(self, text: str) -> Iterator[EllipticWord]:
        for match in _BEGINNING_MISSING.finditer(text):
            before = _WHOLE_BEFORE.search(text, max(0, match.start() - _LONGEST_LIST), match.start())
            if before is None:
                continue
            whole, rest = _folded(before["whole"]), _folded(match["rest"])
            cut = _remembered(self._heads, (whole, rest), self._shared_head)
            if cut is not None:
                yield EllipticWord(whole[:cut] + rest, cut, match.start("rest"), match.end("rest"))

    def _shared_tail(self, first: str, whole: str) -> int | None:
        """Return where the part of `whole` begins that `first` lacks, `None` when there is none.

        The longest with which `first` makes, or begins with, a word of the lexicon: *låg-* with
        *medelinkomstländer* is not *lågländer*. Else the last part, or the last two where these are a word
        and those before are none: *vinter|väghållning*, but *näringslivs|frågor*.
        """
        if first in NO_HEADS:
            return None
        before, hyphen, _ = whole.partition("-")
        if hyphen:
            # F- och A-skatt: the hyphen itself shows where the part begins.
            return len(before) + 1
        lexicon = self._lexicon
        starts = [part.start for part in self._splitter.split(whole)][1:]
        for place, start in enumerate(starts):
            if first + whole[start:] in lexicon:
                return start
            if any(lexicon.roles(first + whole[start:end]) for end in starts[place + 1 :]):
                return start
        if not starts:
            return self._shared_tail_of_word(first, whole)
        is_pair = len(starts) > 1 and whole[starts[-2] :] in lexicon and whole[: starts[-1]] not in lexicon
        return starts[-2] if is_pair else starts[-1]

    def _shared_tail_of_word(self, first: str, whole: str) -> int | None:
        """Return the same for a word that is not split, since it begins with a particle: *in- och utfart*."""
        for start in range(_SHORTEST_PART, len(whole) - _SHORTEST_TAIL + 1):
            if whole[start:] in self._lexicon and first + whole[start:] in self._lexicon:
                return start
        return None

    def _shared_head(self, whole: str, rest: str) -> int | None:
        """Return where the beginning of `whole` ends that `rest` lacks, `None` when there is none.

        The longest that makes a word of the lexicon with `rest`, else all but the last part.
        """
        ends = [part.end for part in self._splitter.split(whole)[:-1]]
        known = [end for end in ends if whole[:end] + rest in self._lexicon]
        return max(known or ends, default=None)


def _remembered(
    memory: dict[tuple[str, str], int | None], words: tuple[str, str], find: Callable[[str, str], int | None]
) -> int | None:
    # In one step: between two, another thread may forget what was found.
    found = memory.get(words, _UNKNOWN)
    if found == _UNKNOWN:
        found = find(*words)
        if len(memory) >= _MOST_REMEMBERED:
            memory.clear()
        memory[words] = found
    return found


def _folded(word: str) -> str:
    return without_accents(word.casefold())
