"""Finds the numbered items of an agenda, where no § signs number them.

An agenda lists `1. Title`, `2. Title`; minutes that were written into it repeat every title with what was
said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from corpus import heading_numbers
from corpus.furniture import Line
from corpus.headings import Heading
from corpus.segmentation import cover, titles
from corpus.segmentation.section_draft import DocumentText, Draft, DraftKind
from corpus.segmentation.title_lines import folded

_ITEM = re.compile(
    r"(?:(?:Ärende|Punkt|ÄRENDE|PUNKT|Nr)\s{0,3})?(?P<number>\d{1,3})\s?[.):]?[ \t]{1,8}"
    r"(?P<title>[A-ZÅÄÖÉ\"”“»(].*)"
)
_MARK = re.compile(
    r"\b(?:kallelse|föredragningslista|dagordning|ärendelista|ärenden?\s(?:ska|skall|som ska|att) behandla"
    r"|följande ärenden?|kallas (?:härmed )?till|kallar till)",
    re.IGNORECASE,
)
# A line of its own, right above the first item.
_LIST_HEADING = re.compile(
    r"(?:(?:nr|punkt|§)\s{1,8})?(?:ärenden?|ärendelista|ärendeförteckning|dagordning)(?:\s{1,8}(?:dnr|diarienummer|sida|sid))?\s?:?",
    re.IGNORECASE,
)
_FEWEST_REPEATED = 3
_MOST_OF = 0.75
_MOST_RUNS = 20
_DETAIL = re.compile(r"[A-ZÅÄÖ][\wåäö-]{2,24}(?: [\wåäö-]{2,20})?\s?:\s")
_SENTENCE_END = (".", ";", ",")
_LONGEST = 250
_FEWEST = 2
_HEAD_LINES = 80


def is_agenda(lines: Sequence[Line]) -> bool:
    """Tell whether the document says that it is a notice of a meeting or a list of items, or repeats one."""
    head = lines[:_HEAD_LINES]
    if any(_MARK.search(line.text) for line in head) or bool(_repeated(lines)):
        return True
    texts = [line.text.strip() for line in head if line.text]
    return any(
        _LIST_HEADING.fullmatch(text) and (first := _item(below, 0)) is not None and first.order == 1
        for text, below in pairwise(texts)
    )


def items(lines: Sequence[Line]) -> list[Heading]:
    """Return the items in order: each run of numbers that begins with 1 and rises by one.

    Minutes written into an agenda give two runs; the same number then stands for one item. Where titles are
    repeated, only they count: what the minutes number within an item is no item.
    """
    return _repeated(lines) or [heading for run in _runs(lines) for heading in run]


def _repeated(lines: Sequence[Line]) -> list[Heading]:
    """Return the first list whose titles come again below it, and where they do; nothing when none do."""
    later: dict[int, list[Heading]] = {}
    for index, line in enumerate(lines):
        if (heading := _item(line.text, index)) is not None:
            later.setdefault(heading.order, []).append(heading)
    for run in _runs(lines)[:_MOST_RUNS]:
        if len(run) >= _FEWEST_REPEATED:
            again = _again(run, later)
            if len(again) >= max(_FEWEST_REPEATED, len(run) * _MOST_OF):
                return sorted([*run, *again, *_retitled(run, again, later)], key=lambda one: one.line)
    return []


def _again(run: Sequence[Heading], later: Mapping[int, Sequence[Heading]]) -> list[Heading]:
    """Return the items below the run that have its numbers and titles, in order."""
    found: list[Heading] = []
    at = run[-1].line
    for listed in run:
        title = folded(listed.rest)
        same = (other for other in later[listed.order] if other.line > at and folded(other.rest) == title)
        if (next_one := next(same, None)) is not None:
            found.append(next_one)
            at = next_one.line
    return found


def _retitled(
    run: Sequence[Heading], again: Sequence[Heading], later: Mapping[int, Sequence[Heading]]
) -> list[Heading]:
    """Return the items that came to another title: the only ones of their number between their neighbours."""
    lines = {heading.order: heading.line for heading in again}
    found: list[Heading] = []
    for listed in run:
        after = lines.get(listed.order - 1, run[-1].line)
        before = lines.get(listed.order + 1, after)
        between = [other for other in later[listed.order] if after < other.line < before]
        if listed.order not in lines and len(between) == 1:
            found += between
    return found


def _runs(lines: Sequence[Line]) -> list[list[Heading]]:
    """Return the runs of lines whose numbers begin with 1 and rise by one."""
    runs: list[list[Heading]] = []
    for index, line in enumerate(lines):
        heading = _item(line.text, index)
        if heading is None:
            continue
        if heading.order == 1:
            runs.append([heading])
        elif runs and heading.order == runs[-1][-1].order + 1:
            runs[-1].append(heading)
    return [run for run in runs if len(run) >= _FEWEST]


def build(text: DocumentText, found: Sequence[Heading]) -> tuple[list[Draft], list[Line]]:
    """Return one section an item, its line in the agenda and its minutes together, and the cover's lines."""
    drafts: dict[str, Draft] = {}
    cover_lines = list(text.lines[: found[0].line])
    for index, heading in enumerate(found):
        end = found[index + 1].line if index + 1 < len(found) else len(text.lines)
        head = titles.read(text.lines, heading, end=end, width=text.width)
        body, rest = _parted(text.lines[head.end : end], ends_run=_ends_run(found, index))
        cover_lines += [Line("", None), *rest] if rest else []
        page = text.lines[heading.line].page
        draft = drafts.setdefault(
            heading.number, Draft(DraftKind.NUMBERED, heading.number, head.title, (), page)
        )
        draft.dnr = heading_numbers.distinct([*draft.dnr, *head.dnr])
        if not titles.is_same(draft.title, head.title):
            draft.add([Line(draft.title, draft.page)])
            draft.title = head.title
        draft.add(body)
    return list(drafts.values()), cover_lines


def _item(text: str, index: int) -> Heading | None:
    found = _ITEM.fullmatch(text) if text[:1].isdigit() or text[:1] in {"Ä", "P", "N"} else None
    if not found or len(text) > _LONGEST or text.endswith(_SENTENCE_END):
        return None
    order = int(found["number"])
    return Heading(index, str(order), order, found["title"], continues=False, weight=0.0)


def _ends_run(found: Sequence[Heading], index: int) -> bool:
    """Tell whether the list ends with the item, and is repeated below."""
    return index + 1 < len(found) and found[index + 1].order <= found[index].order


def _parted(lines: Sequence[Line], *, ends_run: bool) -> tuple[list[Line], list[Line]]:
    """Part what belongs to an item from signatures and lists of those present that follow it."""
    if not ends_run:
        start = cover.start_in(lines, is_last=True)
        cut = len(lines) if start is None else start
    else:
        cut = next(
            (at for at, line in enumerate(lines) if line.text and not _DETAIL.match(line.text)), len(lines)
        )
    return list(lines[:cut]), list(lines[cut:])
