"""What a file of minutes becomes: a `Document` with `Section`s, or a `ReadFailure`."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# A file with more of one of these is refused: reading takes up to 15 µs a character and 200 µs a line.
# Attachments reach a million characters, whole meetings a tenth of that, on 4,000 lines and 100 pages.
MAX_CHARACTERS: Final = 3_000_000
MAX_LINES: Final = 100_000
MAX_PAGES: Final = 5_000


class DocumentType(StrEnum):
    """What kind of record a document is."""

    MINUTES = "minutes"
    REPORT = "report"
    AGENDA = "agenda"
    ATTACHMENT = "attachment"


class PartKind(StrEnum):
    """The role that a part plays in a §."""

    BACKGROUND = "background"
    PREPARATION = "preparation"
    PROPOSAL = "proposal"
    MOTION = "motion"
    PROCEDURE = "procedure"
    DECISION = "decision"
    RESERVATION = "reservation"
    RECIPIENTS = "recipients"
    OTHER = "other"


class DecisionKind(StrEnum):
    """How far a decision goes: decided, proposed to another body, or put off."""

    FINAL = "final"
    PROPOSAL = "proposal"
    REFERRED = "referred"


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality by its short name (`Lund`, not `Lunds kommun`)."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Committee:
    """A body that meets: a committee, board, council or one of their sub-committees."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a section's text that plays one role; `by` is who moved or reserved."""

    kind: PartKind
    text: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided. `text` is the decision's own words, without its heading."""

    kind: DecisionKind | None
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered § (or item of an agenda, or a whole report, or a cover): what is searched.

    Attributes:
        id: stable across rebuilds, machines and changes in other sections.
        number: the § as a string without the sign (`"112"`), `None` for a cover or a report.
        title: the heading; never empty (a cover has a made one).
        dnr: diarienummer in the order met, as written but with white space collapsed.
        text: the body without heading line, title and page furniture.
        parts: in order; joined they cover `text` except headings.
        decision: `None` when the section decides nothing.
        page: the page of the file it begins on, from 1; `None` where there are no pages.
    """

    id: str
    number: str | None
    title: str
    dnr: tuple[str, ...]
    text: str
    parts: tuple[Part, ...] = ()
    decision: Decision | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file of minutes.

    Attributes:
        id: derived from `source` alone, so a corrected file keeps its links.
        source: path below the folder of minutes, NFC, with forward slashes.
        fingerprint: changes when the file or the metadata that applies to it changes.
        attendance: who was present, one person an entry, as written.
        declared_sections: § numbers that the document says it holds (`§§ 335–372`).
    """

    id: str
    source: str
    fingerprint: str
    type: DocumentType
    title: str
    municipality: Municipality | None
    committee: Committee | None
    date: datetime.date | None
    sections: tuple[Section, ...]
    dnr: tuple[str, ...] = ()
    source_url: str | None = None
    language: str | None = None
    attendance: tuple[str, ...] = ()
    declared_sections: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    masked_personal_numbers: int = 0


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A file that gave no text, and why; a value in the stream, so that the run goes on.

    Attributes:
        fingerprint: the file's, so that it is not read again until it changes; empty when it
            may be readable next time without a change.
    """

    source: str
    reason: str
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """The text of one file, whatever its format.

    Attributes:
        pages: one string a page, lines separated by line feeds; one page where the format has none.
        paged: whether the format has pages (PDF).
        warnings: what of the file could not be read (a damaged page), in words for an operator.
    """

    pages: tuple[str, ...]
    paged: bool
    warnings: tuple[str, ...] = ()
