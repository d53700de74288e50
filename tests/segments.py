"""Segments for tests, and random sections to make them of."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from contextlib import closing
from functools import cache, partial
from pathlib import Path

from hypothesis import strategies as st
from msgspec.structs import replace

from corpus.document import (
    Committee,
    Decision,
    DecisionKind,
    DocumentType,
    Municipality,
    Part,
    PartKind,
)
from index.analysis.analyzer import Analyzer
from index.analysis.bulk import BulkAnalyzer
from index.entry import SectionEntry, entries_of, outlined
from index.segments.builder import SegmentBuilder
from index.segments.segment import Segment
from tests.builders import document, section
from tests.corpora import COMMITTEES, DATES, DNR, MUNICIPALITIES, WORDS
from tests.lexicons import real_lexicon

ELLIPTIC = ["kultur-", "utbildningsnämnden", "skol-", "fritidsverksamheten", "§§ 3–5", "1 mkr", "x" * 9]

texts = st.lists(st.sampled_from([*WORDS, *ELLIPTIC]), max_size=14).map(" ".join)
any_text = st.text(max_size=30)
names = st.text(min_size=1, max_size=8)


@cache
def knowing() -> Analyzer:
    """Return an analyzer with the lexicon, so that there are compounds and elliptic words."""
    return Analyzer(real_lexicon())


@st.composite
def sections(draw: st.DrawFn, document_id: str, ordinal: int, number: str) -> SectionEntry:
    """Draw one section."""
    decision = draw(texts)
    return SectionEntry(
        id=f"{document_id}-{number}",
        document_id=document_id,
        ordinal=ordinal,
        source=f"granvika/{document_id}.txt",
        source_url=None,
        type=DocumentType.MINUTES,
        document_title="Protokoll",
        title=draw(texts),
        number=draw(st.sampled_from((number, None))),
        municipality=MUNICIPALITIES[1],
        committee=COMMITTEES[1],
        date=DATES[1],
        dnr=tuple(draw(st.lists(st.sampled_from((*DNR, "utan nummer")), max_size=3))),
        text=f"{draw(texts)}\n\n{decision}",
        outline=(),
        decision=Decision(DecisionKind.FINAL, decision) if draw(st.booleans()) else None,
        page=None,
        indexed_at=datetime.datetime(2026, 1, 2, 3, 4, ordinal, tzinfo=datetime.UTC),
    )


@st.composite
def files(draw: st.DrawFn, *, most: int = 4, prefix: str = "d") -> list[list[SectionEntry]]:
    """Draw files of minutes, each as its sections."""
    return [
        [draw(sections(f"{prefix}{file}", ordinal, str(ordinal + 1))) for ordinal in range(count)]
        for file, count in enumerate(draw(st.lists(st.integers(1, 3), max_size=most)))
    ]


def optional(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Return what may be missing."""
    return st.none() | values


parts = st.builds(Part, st.sampled_from(PartKind), any_text, optional(any_text))
decisions = st.builds(Decision, optional(st.sampled_from(DecisionKind)), any_text)
times = st.integers(0, 2**32).map(lambda second: datetime.datetime.fromtimestamp(second, datetime.UTC))

entries = st.builds(
    SectionEntry,
    id=names,
    document_id=names,
    ordinal=st.integers(0, 10_000),
    source=any_text,
    source_url=optional(any_text),
    type=st.sampled_from(DocumentType),
    document_title=any_text,
    title=any_text,
    number=optional(names),
    municipality=optional(st.builds(Municipality, names, names)),
    committee=optional(st.builds(Committee, names, names)),
    date=optional(st.dates()),
    dnr=st.lists(any_text, max_size=2).map(tuple),
    text=any_text,
    outline=st.lists(parts, max_size=3).map(partial(outlined, "")),
    decision=optional(decisions),
    page=optional(st.integers(1, 10_000)),
    indexed_at=times,
    attendance=st.lists(any_text, max_size=2).map(tuple),
)
"""Sections of any content, whether or not it could stand in minutes."""


@st.composite
def entries_with_parts(draw: st.DrawFn) -> SectionEntry:
    """Draw a section whose parts and decision stand in its text, as they do in minutes."""
    pieces = draw(st.lists(any_text, max_size=4))
    kinds = st.sampled_from(PartKind)
    entry = draw(entries)
    made = [Part(draw(kinds), piece, draw(st.none() | any_text)) for piece in pieces]
    text = "\n".join(pieces)
    decision = Decision(None, pieces[-1]) if pieces else None
    return replace(entry, text=text, outline=outlined(text, made), decision=decision)


def built(
    path: Path,
    files: Sequence[Sequence[SectionEntry]],
    *,
    analyzer: BulkAnalyzer | None = None,
    dictionary: bytes = b"",
) -> Segment:
    """Return a segment of files of minutes, most of which are taken by themselves."""
    words = analyzer or BulkAnalyzer(knowing())
    with closing(SegmentBuilder(words, path.parent, dictionary=dictionary, batch=2, stretch=5)) as builder:
        for each in files:
            builder.add(each)
        builder.write(path)
    return Segment.open(path)


def plain_entry(number: int, text: str = "") -> SectionEntry:
    """Return the only section of a file, which is like no other number's."""
    words = " ".join(f"{word} {number * place}" for place, word in enumerate(("Nämnden", "beslutar", "att")))
    whole = document(f"granvika/{number}.txt", section(str(number), title="Taxa", text=text or words))
    return next(entries_of(whole, datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)))
