"""Removes what repeats on each page and is not part of the minutes' text.

A line goes when it is furniture by itself (`Justerandes sign`, `34 (73)`), or when it looks like furniture
and its place agrees: beside such a line or at the edge of a page, and, for names and dates, the same as in
the head of other pages. A date or a dnr on a line of its own in the body stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.furniture_patterns import Sort
from corpus.page_rows import Row, goes_on, rows_of
from corpus.running_heads import mark_numbered_blocks, mark_repeated_neighbours

_FEWEST_HEADS = 2
_SHARE_OF_HEADS = 0.2
_FEWEST_LINES_OF_A_HEAD = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line of body text and the page it stands on (from 1; `None` without pages).

    An empty `text` is the space between two paragraphs.
    """

    text: str
    page: int | None


def remove(pages: Sequence[str], *, paged: bool = False) -> list[Line]:
    """Return the lines of the body; what a page break or furniture parted stands together again.

    Args:
        pages: the text of each page, or the whole text as one; a form feed also ends a page.
        paged: whether the format has pages, so that lines get the number of theirs.
    """
    rows = rows_of(pages, paged=paged)
    clusters = list(_clusters(rows))
    head = _head(clusters)
    offset = _page_offset(rows)
    has_numbers = _has_page_numbers(clusters)
    for cluster in clusters:
        _judge(cluster, head=head, offset=offset, has_numbers=has_numbers)
    _judge_repeated_clusters(clusters)
    _judge_lone_names(rows, head)
    _judge_last_number(rows)
    mark_numbered_blocks(rows)
    mark_repeated_neighbours(rows)
    return list(_lines(rows))


def _clusters(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield each run of lines that look like furniture, with the spaces and page edges among them."""
    cluster: list[Row] = []
    for row in rows:
        if row.look is not None or not row.text:
            cluster.append(row)
        elif cluster:
            yield cluster
            cluster = []
    if cluster:
        yield cluster


def _has_anchor(cluster: Sequence[Row]) -> bool:
    return any(row.is_anchor for row in cluster)


def _head(clusters: Sequence[Sequence[Row]]) -> frozenset[str]:
    """Return the names and dates that stand in the head of pages."""
    anchored = [cluster for cluster in clusters if _has_anchor(cluster)]
    values = [{row.look.value for row in _after_anchor(cluster) if row.look} for cluster in anchored]
    counts = Counter(value for among in values for value in among if value)
    fewest = max(_FEWEST_HEADS, len(anchored) * _SHARE_OF_HEADS)
    top = values[0] if clusters and _has_anchor(clusters[0]) else set()
    return frozenset(value for value, count in counts.items() if count >= fewest or value in top)


def _after_anchor(cluster: Sequence[Row]) -> Sequence[Row]:
    first = next(index for index, row in enumerate(cluster) if row.is_anchor)
    return cluster[first:]


def _page_offset(rows: Sequence[Row]) -> int | None:
    """Return what most page numbers differ by from the number of their page, `None` without pages."""
    differences: Counter[int] = Counter()
    for row in rows:
        if row.page is not None and row.look is not None and row.look.sort is Sort.NUMBER:
            differences[int(row.look.value) - row.page] += 1
    return max(differences, key=lambda offset: (differences[offset], -abs(offset)), default=None)


def _has_page_numbers(clusters: Sequence[Sequence[Row]]) -> bool:
    """Tell whether a bare number stands in most heads; else one below a head begins a table."""
    anchored = [cluster for cluster in clusters if _has_anchor(cluster)]
    numbered = [cluster for cluster in anchored if any(row.is_a(Sort.NUMBER) for row in cluster)]
    return 2 * len(numbered) >= len(anchored)


def _judge(cluster: Sequence[Row], *, head: frozenset[str], offset: int | None, has_numbers: bool) -> None:
    """Mark what goes of a cluster."""
    has_anchor = _has_anchor(cluster)
    is_lone_date = not has_anchor and _is_lone_date(cluster, head)
    seen_anchor = False
    is_below_text = True  # before any anchor and without a space: it may belong to the text above
    for row in cluster:
        seen_anchor = seen_anchor or row.is_anchor
        if row.look is None:
            is_below_text = False
        elif row.is_a(Sort.CERTAIN) or row.is_a(Sort.RULE):
            row.goes = True
        elif has_anchor:
            may_go = seen_anchor or not is_below_text
            row.goes = may_go and _agrees(row, head=head, offset=offset, has_numbers=has_numbers)
        else:
            row.goes = is_lone_date


def _agrees(row: Row, *, head: frozenset[str], offset: int | None, has_numbers: bool) -> bool:
    if row.look is None:
        return False
    if row.look.sort is Sort.NUMBER:
        return has_numbers if row.page is None else int(row.look.value) - row.page == offset
    if row.look.sort in {Sort.NAME, Sort.DATE}:
        return row.look.value in head
    return row.look.sort is Sort.FIXED


def _is_lone_date(cluster: Sequence[Row], head: frozenset[str]) -> bool:
    """Tell whether nothing is left of a head but its date (and the word for it)."""
    looks = [row.look for row in cluster if row.look is not None and row.look.sort is not Sort.RULE]
    dates = [seen for seen in looks if seen.sort is Sort.DATE]
    others = [seen for seen in looks if seen.sort is not Sort.DATE]
    if len(dates) != 1 or any(seen.sort is not Sort.FIXED for seen in others):
        return False
    return bool(others) or dates[0].value in head


def _judge_repeated_clusters(clusters: Sequence[Sequence[Row]]) -> None:
    """Mark heads without a certain line, and numbers of a case in heads, that come again word for word."""
    counts = Counter(_signature(cluster) for cluster in clusters)
    for cluster in clusters:
        signature = _signature(cluster)
        if len(signature) < _FEWEST_LINES_OF_A_HEAD or counts[signature] == 1:
            continue
        if not _has_anchor(cluster) and any(row.is_a(Sort.DATE) or row.is_a(Sort.FIXED) for row in cluster):
            for row in cluster:
                row.goes = row.goes or row.look is not None
        elif any(row.goes for row in cluster):
            for row in cluster:
                row.goes = row.goes or row.is_a(Sort.LABEL)


def _signature(cluster: Sequence[Row]) -> tuple[str, ...]:
    return tuple(
        row.look.value if row.look.sort is Sort.DATE else row.text
        for row in cluster
        if row.look is not None and row.look.sort not in {Sort.NUMBER, Sort.RULE, Sort.CERTAIN}
    )


def _judge_lone_names(rows: Sequence[Row], head: frozenset[str]) -> None:
    """Mark a body's name that stands alone after a sentence, again and again: all that is left of a head."""
    alone = [row for row in _alone_after_a_sentence(rows) if row.look is not None]
    counts = Counter(row.look.value for row in alone if row.look is not None)
    known = head & counts.keys() or {value for value, _ in counts.most_common(1)}
    for row in alone:
        row.goes = row.look is not None and row.look.value in known and counts[row.look.value] > 1


def _judge_last_number(rows: Sequence[Row]) -> None:
    """Mark a number at the end of the text that follows on the number of the page before."""
    last = next((row for row in reversed(rows) if row.text), None)
    if last is None or last.look is None or not last.is_a(Sort.NUMBER):
        return
    pages = {row.look.value for row in rows if row.goes and row.look and row.is_a(Sort.NUMBER)}
    last.goes = last.goes or str(int(last.look.value) - 1) in pages


def _alone_after_a_sentence(rows: Sequence[Row]) -> Iterator[Row]:
    last_text = ""
    for above, row, below in zip(rows, rows[1:], [*rows[2:], None], strict=False):
        is_alone = not above.text and (below is None or not below.text)
        if is_alone and row.is_a(Sort.NAME) and not row.goes and last_text.endswith("."):
            yield row
        if row.text and not row.goes:
            last_text = row.text


def _lines(rows: Sequence[Row]) -> Iterator[Line]:
    """Yield what stays; a space is kept unless furniture stood in the middle of a sentence."""
    last: Line | None = None
    is_space = False
    parted = False
    for row in rows:
        if row.goes or row.is_edge or not row.text:
            is_space = is_space or not row.text
            parted = parted or row.goes or row.is_edge
            continue
        line = Line(row.text, row.page)
        if last is not None and (is_space or parted) and not (parted and goes_on(last.text, row.text)):
            yield Line("", last.page)
        yield line
        last, is_space, parted = line, False, False
