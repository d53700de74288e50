"""Takes pages apart that a converter made one line of, where no line break tells what stands where.

Lines are broken before a §, around the heading of a part and before the foot of the page; the head that the
pages share goes, since nothing else tells it from the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.part_headings import kind_of

_PAGE_LONG = 600
_FEWEST_PAGES = 3
_LONGEST_SHARED = 16
_FEWEST_SHARED = 2
_MOST_WORDS_OF_A_PART = 5
_LONGEST_TITLE = 300
_LABEL = r"(?:[Dd]nr|DNR|[Dd]iarienr|[Dd]iarienummer|[Ää]rendenr|[Ää]rendenummer)"
_HEADING = re.compile(
    rf"(?<!\S)(?:(?:[A-ZÅÄÖ][A-Za-zåäö]{{0,5}}(?:[ /]A[Uu])? )?§ ?\d{{1,4}}[a-z]?(?= (?:{_LABEL}\b|[A-ZÅÄÖ]))"
    rf"|(?:[A-ZÅÄÖ][A-Za-zåäö]{{0,5}} )?\d{{1,4}}(?= {_LABEL}\b)"
    r"|(?:Ks|Kf|Bn|Sn|Tn|Un|Mn|Kn|Bun|Mbn|Ksau|Kfn|Son|Sbn|KS|KF|BN|SN|TN|BUN|MBN) \d{1,4}(?= [A-ZÅÄÖ]))"
)
_REFERENCE = re.compile(
    r"(?:\b(?:och|i|av|enligt|se|kap\.?|\d{4}-\d\d-\d\d|(?:19|20)\d\d|protokoll|beslut)|,|\()$"
)
_SENTENCE_END = re.compile(r"(?<=[.!?:”]) (?=[A-ZÅÄÖ])")
_FOOT = re.compile(r"(?<!\S)(?:Justera\w{1,6}s? sign\w*|Just\. ?sign|Utdragsbestyrkande)\b")
_LONGEST_FOOT = 160
_WORD = re.compile(r"\S+")
_DIGITS = re.compile(r"\d+")


def parted(pages: Sequence[str]) -> tuple[str, ...]:
    """Return the pages with line breaks where one line holds a whole page; others as they are."""
    lengths = sorted(len(line) for page in pages for line in page.split("\n") if line.strip())
    if not lengths or lengths[len(lengths) // 2] < _PAGE_LONG:
        return tuple(pages)
    flat = [line for page in pages for line in page.split("\n") if len(line) >= _PAGE_LONG]
    heads = _shared([_head_of(line) for line in flat])
    return tuple("\n".join(_parted(line, heads) for line in page.split("\n")) for page in pages)


def _head_of(line: str) -> list[str]:
    """Return the first words, digits masked, up to the first §."""
    first = _HEADING.search(line[:_PAGE_LONG])
    return _masked(line[: first.start()] if first else line[:_PAGE_LONG])[:_LONGEST_SHARED]


def _masked(line: str) -> list[str]:
    return [_DIGITS.sub("0", word) for word in line.split()]


def _shared(heads: Sequence[Sequence[str]]) -> frozenset[tuple[str, ...]]:
    """Return the beginnings of several words that at least three pages and a third of them have."""
    counts = Counter(
        tuple(head[:length]) for head in heads for length in range(_FEWEST_SHARED, len(head) + 1)
    )
    fewest = max(_FEWEST_PAGES, len(heads) // 3)
    return frozenset(head for head, count in counts.items() if count >= fewest)


def _end_of_head(line: str, heads: frozenset[tuple[str, ...]]) -> int:
    """Return where the head that pages share ends; 0 when the line has none."""
    words = _head_of(line)
    lengths = range(len(words), _FEWEST_SHARED - 1, -1)
    length = next((length for length in lengths if tuple(words[:length]) in heads), 0)
    return [0, *(word.end() for word in _WORD.finditer(line[:_PAGE_LONG]))][length]


def _parted(line: str, heads: frozenset[tuple[str, ...]]) -> str:
    if len(line) < _PAGE_LONG:
        return line
    body = line[_end_of_head(line, heads) :]
    foot = _FOOT.search(body, max(0, len(body) - _LONGEST_FOOT))
    ends = [foot.start()] if foot else []
    cuts = sorted({0, *_starts_of_sections(body), *_starts_of_parts(body), *ends, len(body)})
    pieces = (body[start:end].strip() for start, end in pairwise(cuts))
    return "\n".join(piece for piece in pieces if piece)


def _starts_of_sections(body: str) -> Iterator[int]:
    for found in _HEADING.finditer(body):
        if not _REFERENCE.search(body[max(0, found.start() - 20) : found.start()].rstrip()):
            yield found.start()


def _starts_of_parts(body: str) -> Iterator[int]:
    """Yield where the heading of a part begins, and where it ends."""
    starts = [found.end() for found in _SENTENCE_END.finditer(body)]
    for start in starts:
        yield from _part_at(body, start)
    titles = [(found.start(), found.end()) for found in _HEADING.finditer(body)]
    for (_, start), (end, _) in pairwise([*titles, (len(body), len(body))]):
        yield from _first_part(body, start, min(end, start + _LONGEST_TITLE))


def _part_at(body: str, start: int) -> list[int]:
    words = list(_WORD.finditer(body, start, start + 120))[:_MOST_WORDS_OF_A_PART]
    for word in reversed(words):
        follows = body[word.end() : word.end() + 2]
        if (not follows or follows[-1:].isupper() or word[0].endswith(":")) and kind_of(
            body[start : word.end()]
        ):
            return [start, word.end()]
    return []


def _first_part(body: str, start: int, end: int) -> list[int]:
    """Return the cuts at the first heading of a part below a title, which ends without a full stop."""
    for word in _WORD.finditer(body, start, end):
        if word[0][0].isupper() and (cuts := _part_at(body, word.start())):
            return cuts
        if word[0].endswith((".", "!", "?")):
            break
    return []
