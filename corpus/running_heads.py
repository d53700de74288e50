"""Finds heads and feet of pages by what they do, without knowing their words.

A line that comes again and again beside furniture, its numbers the same each time or rising in step, belongs
to the furniture; so does a few lines' block with a number that rises in step, where it parts sentences.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from corpus import markup
from corpus.document import PartKind
from corpus.furniture_patterns import Sort, masked
from corpus.page_rows import Row, goes_on
from corpus.part_headings import kind_of

_FEWEST_REPEATS = 3
_SHARE_OF_PAGES = 0.6
_LONGEST_REPEATED = 120
_MOST_LINES = 6
_MOST_RECIPIENTS = 8
_HIGHEST_STEP = 3
_NUMBER = re.compile(r"\d+")
# What rises in step and is no number of a page: §§, cases, items of a list, appendices.
_NUMBERS_TEXT = re.compile(
    r"§|^\W*\d+ ?[.):]|\bdnr\b|\b(?:ärende|punkt|fråga|bilaga|paragraf|nr|kapitel|kap|mål|år|steg|del"
    r"|tabell|figur)\W? ?\d"
    r"|^[a-zåäö]{1,5} ?\d+$",
    re.IGNORECASE,
)


def mark_repeated_neighbours(rows: Sequence[Row]) -> None:
    """Mark lines that stand beside furniture wherever they stand, such as the address at a page's foot."""
    for _ in range(_MOST_LINES):
        pages, beside = _neighbours(rows)
        total = Counter(
            masked(row.text) for row in rows if row.is_body and len(row.text) <= _LONGEST_REPEATED
        )
        groups: defaultdict[str, list[Row]] = defaultdict(list)
        for row in beside:
            if _may_repeat(row.text):
                groups[masked(row.text)].append(row)
        fewest = max(_FEWEST_REPEATS, pages * _SHARE_OF_PAGES)
        found = [
            group
            for form, group in groups.items()
            if len(group) >= fewest and total[form] == len(group) and _are_in_step(group)
        ]
        received = _recipients(rows) if found else set()
        marked = [row for group in found if not _are_mostly_in(group, received) for row in group]
        for row in marked:
            row.goes = True
        if not marked:
            return


def _are_mostly_in(group: Sequence[Row], received: set[int]) -> bool:
    return 2 * sum(id(row) in received for row in group) > len(group)


def _neighbours(rows: Sequence[Row]) -> tuple[int, list[Row]]:
    """Return the number of pages that the furniture shows, and the body lines beside it."""
    places = 0
    seen_in: Counter[str] = Counter()
    forms: set[str] = set()
    beside: dict[int, Row] = {}
    last_body: Row | None = None
    in_furniture = False
    for row in rows:
        if row.is_edge or (row.goes and row.look is not None and row.look.sort is not Sort.RULE):
            if not in_furniture:
                places += 1
                forms = set()
                if last_body is not None:
                    beside[id(last_body)] = last_body
            form = masked(row.text)
            if form not in forms:
                forms.add(form)
                seen_in[form] += 1
            in_furniture = True
        elif row.is_body:
            if in_furniture:
                beside[id(row)] = row
            in_furniture = False
            last_body = row
    if last_body is not None:  # the file ends as a page does
        beside[id(last_body)] = last_body
    return min(places, max(seen_in.values(), default=0)), list(beside.values())


def _may_repeat(text: str) -> bool:
    lower = text.casefold()
    return (
        len(text) <= _LONGEST_REPEATED
        and not lower.startswith(("§", "•", "-", "*", "beslut", "ärende", "paragrafen"))
        and not text.rstrip().endswith(".")
        and all(kind_of(piece) is None for piece in markup.plain(text))
    )


def _recipients(rows: Sequence[Row]) -> set[int]:
    """Return the ids of the rows that stand right below *Protokollsutdrag skickas till* and the like."""
    received: set[int] = set()
    left = 0
    for row in rows:
        if not row.is_body:
            continue
        kind = kind_of(row.text)
        if kind is not None:
            left = _MOST_RECIPIENTS if kind is PartKind.RECIPIENTS else 0
        elif left:
            received.add(id(row))
            left -= 1
    return received


def _are_in_step(group: Sequence[Row], *, rises: bool = False) -> bool:
    """Tell whether the numbers of the lines stay the same, or all but one, which rises by one a page.

    Args:
        group: lines that differ in their numbers alone, in the order of the text.
        rises: whether one number has to rise.
    """
    columns = list(zip(*(map(int, _numbers(row.text)) for row in group), strict=True))
    varying = [at for at, column in enumerate(columns) if len(set(column)) > 1]
    if not varying:
        return not rises
    return (
        len(varying) == 1
        and not _NUMBERS_TEXT.search(group[0].text)
        and _is_at_an_end(group[0].text, varying[0], len(columns))
        and _is_rising(columns[varying[0]])
    )


def _is_at_an_end(text: str, at: int, numbers: int) -> bool:
    """Tell whether a number is the first or last word of the line, or stands there as `3 (12)`."""
    return (at == 0 and text[0].isdigit()) or (at >= numbers - 2 and text.rstrip(" )-")[-1:].isdigit())


def _numbers(text: str) -> Iterable[str]:
    return (number[-9:] for number in _NUMBER.findall(text))


def _is_rising(numbers: Sequence[int]) -> bool:
    steps = [after - before for before, after in pairwise(numbers)]
    return all(0 <= step <= _HIGHEST_STEP for step in steps) and 2 * steps.count(1) >= len(steps)


def mark_numbered_blocks(rows: Sequence[Row]) -> None:
    """Mark blocks of lines with a number that rises in step, where they part sentences or name a body."""
    for groups in (_by_form(rows, offset=-1), _by_form(rows, offset=1), _by_form(rows, offset=0)):
        for places in groups:
            block = _widened(rows, places)
            if not _is_furniture(rows, places, block):
                continue
            for place in places:
                for row in rows[place + block.start : place + block.stop]:
                    row.goes = True


def _by_form(rows: Sequence[Row], *, offset: int) -> Iterator[list[int]]:
    """Yield the places of lines with a number that come again, alike in the line at the offset too."""
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place in range(1, len(rows) - 1):
        row = rows[place]
        if row.is_body and _may_number(row.text):
            groups[masked(rows[place + offset].text), masked(row.text)].append(place)
    for places in groups.values():
        if len(places) >= _FEWEST_REPEATS and _are_in_step([rows[place] for place in places], rises=True):
            yield places


def _may_number(text: str) -> bool:
    return (
        len(text) <= _LONGEST_REPEATED
        and any(map(str.isdigit, text))
        and not text.endswith(".")
        and not _NUMBERS_TEXT.search(text)
    )


def _widened(rows: Sequence[Row], places: Sequence[int]) -> range:
    """Return how far the lines around the places are the same at each, as a range relative to the place."""
    first, after = 0, 1
    while after - first < _MOST_LINES and _are_same(rows, [place + first - 1 for place in places]):
        first -= 1
    while after - first < _MOST_LINES and _are_same(rows, [place + after for place in places]):
        after += 1
    return range(first, after)


def _are_same(rows: Sequence[Row], places: Sequence[int]) -> bool:
    if places[0] < 0 or places[-1] >= len(rows) or not all(rows[place].is_body for place in places):
        return False
    texts = {rows[place].text for place in places}
    return len(texts) == 1 and len(rows[places[0]].text) <= _LONGEST_REPEATED and kind_of(texts.pop()) is None


def _is_furniture(rows: Sequence[Row], places: Sequence[int], block: range) -> bool:
    """Tell whether the blocks part sentences, or name the body below which they count the pages."""
    names = any(rows[places[0] + at].is_a(Sort.NAME) for at in block)
    if len(block) > 1 and names:
        return True
    parting = sum(_parts_sentence(rows, place + block.start, place + block.stop) for place in places)
    return parting >= 2 and _FEWEST_REPEATS * parting >= len(places)


def _parts_sentence(rows: Sequence[Row], first: int, after: int) -> bool:
    above = next((row.text for row in reversed(rows[max(0, first - 3) : first]) if row.text), "")
    below = next((row.text for row in rows[after : after + 3] if row.text), "")
    return bool(above and below) and goes_on(above, below)
