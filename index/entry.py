"""A section as the index holds it: everything that an answer shows, in one record."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from corpus import dnr
from corpus.document import Committee, Decision, Document, DocumentType, Municipality, Part, PartKind, Section
from corpus.segmentation import cover
from index.analysis.section_references import section_key
from index.analysis.special import case_keys

_DNR_KEPT: Final = 1 << 14
"""The sections of a case have the same dnr, and reading one takes longer than all else that is done to it."""

_SIGN: Final = 24
"""By so many letters a piece of text is looked for first, which takes a tenth of the time."""

Stretch = tuple[int, int] | str
"""Text as where it begins and ends in the section's text, or itself when it is not in there."""

Outline = tuple[tuple[PartKind, Stretch, str | None], ...]
"""The parts of a section, each with where it stands in the text."""


class SectionEntry(msgspec.Struct, frozen=True, gc=False):
    """One section with what it takes from its document.

    Ten of them are made for an answer, a struct in a tenth of the time that a dataclass takes.

    Attributes:
        ordinal: its place in the document, from 0.
        outline: its `parts`, as `outlined` returned them: few who read an entry ask for these.
        indexed_at: when this content was first indexed, UTC, whole seconds.
        attendance: only in the entry with ordinal 0, so that a document needs no record of
            its own.
    """

    id: str
    document_id: str
    ordinal: int
    source: str
    source_url: str | None
    type: DocumentType
    document_title: str
    title: str
    number: str | None
    municipality: Municipality | None
    committee: Committee | None
    date: datetime.date | None
    dnr: tuple[str, ...]
    text: str
    outline: Outline
    decision: Decision | None
    page: int | None
    indexed_at: datetime.datetime
    attendance: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts with their text; made anew each time."""
        return tuple([Part(kind, text_of(self.text, stretch), by) for kind, stretch, by in self.outline])


def entries_of(document: Document, indexed_at: datetime.datetime) -> Iterator[SectionEntry]:
    """Yield a document's sections as the index holds them."""
    for ordinal, section in enumerate(document.sections):
        yield SectionEntry(
            id=section.id,
            document_id=document.id,
            ordinal=ordinal,
            source=document.source,
            source_url=document.source_url,
            type=document.type,
            document_title=document.title,
            title=section.title,
            number=section.number,
            municipality=document.municipality,
            committee=document.committee,
            date=document.date,
            dnr=section.dnr,
            text=section.text,
            outline=outlined(section.text, section.parts),
            decision=section.decision,
            page=section.page,
            indexed_at=indexed_at,
            attendance=document.attendance if ordinal == 0 else (),
        )


def document_of(
    entries: Sequence[SectionEntry], *, fingerprint: str, declared_sections: tuple[str, ...]
) -> Document:
    """Return the document that some sections, all of one, were made of, as far as the index holds it.

    Args:
        entries: at least one, in order.
        fingerprint: of the file.
        declared_sections: § numbers that the document says it holds.
    """
    first = entries[0]
    sections = (
        Section(one.id, one.number, one.title, one.dnr, one.text, one.parts, one.decision, one.page)
        for one in entries
    )
    return Document(
        id=first.document_id,
        source=first.source,
        fingerprint=fingerprint,
        type=first.type,
        title=first.document_title,
        municipality=first.municipality,
        committee=first.committee,
        date=first.date,
        sections=tuple(sections),
        source_url=first.source_url,
        attendance=first.attendance,
        declared_sections=declared_sections,
    )


def outlined(text: str, parts: Iterable[Part]) -> Outline:
    """Return the parts of a section with this text, with where each stands in it."""
    found: list[tuple[PartKind, Stretch, str | None]] = []
    after = 0
    for part in parts:
        stretch = stretch_of(text, part.text, after)
        found.append((part.kind, stretch, part.by))
        after = after if isinstance(stretch, str) else stretch[1]
    return tuple(found)


def stretch_of(text: str, piece: str, after: int = 0) -> Stretch:
    """Return where `piece` stands in `text`, best of all after what was before it."""
    start = text.find(piece[:_SIGN], after)
    if start >= 0 and not text.startswith(piece, start):
        start = text.find(piece, start)
    if start < 0:
        start = text.find(piece)
    return piece if start < 0 else (start, start + len(piece))


def text_of(text: str, stretch: Stretch) -> str:
    """Return what a stretch of `text` says."""
    return stretch if isinstance(stretch, str) else text[stretch[0] : stretch[1]]


def searched_title(entry: SectionEntry) -> str:
    """Return the title as far as it stands in the minutes: that of a cover is ours."""
    return "" if entry.number is None and entry.title == cover.TITLE else entry.title


class Dnr(NamedTuple):
    """What the dnr of a section say, none twice.

    Attributes:
        written: as they are written.
        cases: the keys of those that name a case (`corpus.dnr.key`), in their order.
        tokens: the special tokens for these cases.
        keys: the same without the kind of token.
    """

    written: tuple[str, ...]
    cases: tuple[str, ...]
    tokens: tuple[str, ...]
    keys: tuple[str, ...]


@lru_cache(_DNR_KEPT)
def read_dnr(written: tuple[str, ...]) -> Dnr:
    """Return what the dnr of a section say."""
    cases = tuple(dict.fromkeys(key for one in written if (key := dnr.key(one))))
    tokens = tuple(dict.fromkeys(token for case in cases for token in case_keys(case)))
    keys = tuple(token.removeprefix("dnr:") for token in tokens)
    return Dnr(tuple(dict.fromkeys(written)), cases, tokens, keys)


def own_references(entry: SectionEntry) -> tuple[str, ...]:
    """Return the special tokens for what a section is itself: its § and its cases.

    They are indexed as if its title had them, so that the § that is asked for goes before those that refer
    to it.
    """
    tokens = read_dnr(entry.dnr).tokens
    return (section_key(entry.number.casefold()), *tokens) if entry.number else tokens
