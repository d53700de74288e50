"""Chooses the true headings among the candidates by their numbers, which rise within a meeting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.headings import Heading

_COST = 1.0  # what a heading has to be worth to be chosen at all
_NEXT = 0.5  # the number after the one before
_GAP = 0.25  # for each number left out ...
_WIDEST_GAP = 2.0  # ... up to this
_RESTART = 4.0  # the numbers begin anew: another meeting in the same file
_DECLARED = 1.5
_NOT_DECLARED = 2.5
_CONTENTS = 9.0
_SURE = 3.0  # a heading of this weight is not doubted for a little heavier line of contents
_NEAR = int(_WIDEST_GAP / _GAP)
_MOST_DECLARED = 2_000
_MOST_SPANS = 1_000  # a declaration at the head of each page comes to some hundred
_LEAST_WEIGHT = 1.5

_SPAN = r"§{0,2}\s{0,3}\d{1,4}(?:\s{0,3}[-–—]\s{0,3}§{0,2}\s{0,3}\d{1,4})?"
_SPANS = rf"{_SPAN}(?:\s{{0,2}}(?:,|och|samt)\s{{0,2}}{_SPAN}){{0,20}}"
_DECLARATION = re.compile(
    rf"(?:^|\t|(?<=\s))(?:Paragraf(?:er|nummer|nr)|PARAGRAFER|Paragraf(?=\s{{0,4}}:?\s{{0,8}}§{{0,2}}\s?\d{{1,4}}\s*$))"
    rf"\s{{0,4}}:?\s{{0,8}}(?P<spans>{_SPANS})"
)
_UNLABELLED = re.compile(r"(?P<spans>§§\s{0,3}\d{1,4}\s{0,3}[-–—]\s{0,3}§{0,2}\s{0,3}\d{1,4})\W*")
_NUMBERS = re.compile(r"(\d{1,4})(?:\s{0,3}[-–—]\s{0,3}§{0,2}\s{0,3}(\d{1,4}))?")


def declared(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the § numbers that the cover says the minutes hold (`Paragrafer §§ 335–372`)."""
    above = ""
    numbers: dict[int, None] = {}
    spans = 0
    for text in texts:
        if not text:
            continue
        # The label may stand alone on the line above.
        joined = f"{above} {text}" if _is_label(above) else text
        found = _DECLARATION.search(joined) or _UNLABELLED.fullmatch(text)
        if found and spans < _MOST_SPANS:
            spans += 1
            numbers.update(dict.fromkeys(_spanned(found["spans"])))
        above = text
    return tuple(str(number) for number in numbers)


def _is_label(text: str) -> bool:
    return text.strip(" :\t").casefold() in {"paragrafer", "paragraf", "paragrafnummer", "paragrafnr"}


def _spanned(spans: str) -> list[int]:
    numbers: list[int] = []
    for first, last in _NUMBERS.findall(spans):
        span = range(int(first), int(last or first) + 1)
        numbers += span if len(span) <= _MOST_DECLARED else []
    return numbers


def contents(headings: Sequence[Heading]) -> frozenset[int]:
    """Return the lines of those candidates that are lines of a table of contents.

    Such a line has hardly any text below it, and its § comes again further down.
    """
    later: dict[str, float] = {}
    comes_again: dict[int, bool] = {}
    for heading in reversed(headings):
        comes_again[heading.line] = later.get(heading.number, -_CONTENTS) >= min(heading.weight, _SURE)
        if not heading.continues:
            later[heading.number] = max(heading.weight, later.get(heading.number, -_CONTENTS))
    found: set[int] = set()
    above: Heading | None = None
    for heading in headings:
        follows = above is not None and above.line in found and heading.order == above.order + 1
        may_be = heading.weight > 0 and not heading.continues and comes_again[heading.line]
        if may_be and (heading.is_dense or follows):
            found.add(heading.line)
        above = heading
    return frozenset(found)


def choose(headings: Sequence[Heading], expected: Sequence[str] = ()) -> list[Heading]:
    """Return the candidates that are worth most together: strong ones whose numbers rise.

    Args:
        headings: the candidates in order.
        expected: the numbers that the document says it holds; none when it does not say.
    """
    known = frozenset(expected)
    weighed = [_expected(heading, known) for heading in headings]
    best = _Best()
    previous: list[int | None] = []
    totals: list[float] = []
    for index, heading in enumerate(weighed):
        worth, before = best.before(heading.order, continues=heading.continues)
        totals.append(worth + heading.weight - _COST)
        previous.append(before)
        best.add(heading.order, totals[-1], index)
    return [
        headings[index] for index in _walk_back(totals, previous) if weighed[index].weight >= _LEAST_WEIGHT
    ]


def _expected(heading: Heading, known: frozenset[str]) -> Heading:
    if not known:
        return heading
    bonus = _DECLARED if str(heading.order) in known else -_NOT_DECLARED
    return replace(heading, weight=heading.weight + bonus)


def _walk_back(totals: Sequence[float], previous: Sequence[int | None]) -> list[int]:
    index: int | None = max(range(len(totals)), key=totals.__getitem__, default=None)
    if index is not None and totals[index] <= 0:
        return []
    chain: list[int] = []
    while index is not None:
        chain.append(index)
        index = previous[index]
    return chain[::-1]


class _Best:
    """The best chain so far for each last number, so that choosing takes n log n steps."""

    def __init__(self) -> None:
        self._at: dict[int, tuple[float, int]] = {}
        self._up_to = [(-1.0, -1)] * 10_001  # a Fenwick tree of maxima over the numbers
        self._any: tuple[float, int] | None = None

    def before(self, order: int, *, continues: bool) -> tuple[float, int | None]:
        """Return the best worth before a heading of this number, and which heading it ends with."""
        options: list[tuple[float, int | None]] = [(0.0, None)]
        if continues and order in self._at:
            worth, index = self._at[order]
            options.append((worth + _NEXT, index))
        for step in range(1, _NEAR + 1):
            if order - step in self._at:
                worth, index = self._at[order - step]
                options.append((worth + (_NEXT if step == 1 else -_GAP * (step - 1)), index))
        worth, index = self._lower_than(order)
        if index >= 0:
            options.append((worth - _WIDEST_GAP, index))
        if self._any is not None:
            options.append((self._any[0] - _RESTART, self._any[1]))
        return max(options, key=lambda option: option[0])

    def add(self, order: int, worth: float, index: int) -> None:
        """Remember a chain that ends with a heading of this number."""
        if order not in self._at or worth > self._at[order][0]:
            self._at[order] = (worth, index)
        if self._any is None or worth > self._any[0]:
            self._any = (worth, index)
        at = order + 1
        while at < len(self._up_to):
            self._up_to[at] = max(self._up_to[at], (worth, index))
            at += at & -at

    def _lower_than(self, order: int) -> tuple[float, int]:
        best = (-1.0, -1)
        at = order
        while at > 0:
            best = max(best, self._up_to[at])
            at -= at & -at
        return best
