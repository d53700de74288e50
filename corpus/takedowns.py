"""Takedowns: what is to stay out of the index for good, told without its words.

A section that was taken down is known again by its id, and by a hash of its content when the same text comes
from another file. A document that was taken down is known by its id, which its path gives, and its sections
by their content.
"""

from __future__ import annotations

import datetime
import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.document import Document, Section
from corpus.segmentation.section_ids import COVER, named


class TakedownKind(StrEnum):
    """What was asked to be taken down."""

    SECTION = "section"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Takedown:
    """One takedown.

    Attributes:
        id: of the section or document that was asked for.
        at: when, UTC.
        gone: ids of the sections that went, also those of copies, and of documents of which nothing is left.
        cases: digests of the cases that the sections had (`case_digest`).
        contents: hashes of what the sections said (`content_hash`).
        reason: the operator's own note; it is shown to no one else.
        is_complete: whether every file that had the text is gone too.
    """

    id: str
    kind: TakedownKind
    at: datetime.datetime
    gone: tuple[str, ...]
    cases: tuple[str, ...]
    contents: tuple[str, ...]
    reason: str | None = None
    is_complete: bool = False


class Rules:
    """What some takedowns, taken together, forbid."""

    def __init__(self, takedowns: Iterable[Takedown]) -> None:
        known = tuple(takedowns)
        self._documents = {one.id for one in known if one.kind is TakedownKind.DOCUMENT}
        self._gone = {identity for one in known for identity in one.gone}
        self._contents = {content for one in known for content in one.contents}

    def forbid_document(self, document_id: str) -> bool:
        """Tell whether a whole document is to stay out, whatever it says now."""
        return document_id in self._documents

    def forbid_section(self, section_id: str, content: str) -> bool:
        """Tell whether a section is to stay out, by its id or by the hash of its content."""
        return section_id in self._gone or content in self._contents

    def allowed(self, document: Document) -> Document:
        """Return a document without the sections that are to stay out; the same one when all may stay.

        Who was present is told by the cover, and goes with it. A § that was taken down is not missing.
        """
        if self.forbid_document(document.id):
            return replace(document, sections=(), attendance=())
        gone = [one for one in document.sections if self._forbids(one, document.date)]
        if not gone:
            return document
        has_cover = any(one.id.startswith(named(document.id, COVER)) for one in gone)
        numbers = {one.number for one in gone}
        return replace(
            document,
            sections=tuple(one for one in document.sections if one not in gone),
            attendance=() if has_cover else document.attendance,
            declared_sections=tuple(one for one in document.declared_sections if one not in numbers),
        )

    def _forbids(self, section: Section, date: datetime.date | None) -> bool:
        return self.forbid_section(section.id, content_hash(section.title, section.text, date))


def content_hash(title: str, text: str, date: datetime.date | None) -> str:
    """Return a hash of what a section says: the same for its letters and digits however they are set.

    Title and day of the meeting belong to it: what opens and ends every meeting has the same words.
    """
    letters = f"{_letters(title)}\n{_letters(text)}\n{date}"
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()


def case_digest(municipality: str, key: str) -> str:
    """Return what a case is remembered by: its municipality's slug and its `corpus.dnr.key`, not readable."""
    return hashlib.sha256(f"{municipality}/{key}".encode()).hexdigest()


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())
