"""Takes the text of a document apart into its sections: the §§, the items of an agenda, or the whole text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import furniture, headings, hyphens, markup, parts
from corpus.document import DocumentType, Extraction, Part, PartKind, Section
from corpus.furniture import Line
from corpus.headings import Heading
from corpus.part_headings import kind_of
from corpus.segmentation import (
    agenda,
    attendance,
    contents,
    cover,
    flattened,
    numbered_sections,
    numbering,
    section_ids,
    titles,
    whole_text,
)
from corpus.segmentation.section_draft import DocumentText, Draft, DraftKind

_SURE = 4.0
_MOST_OF_DECLARED = 0.5
_FEWEST_DECLARED = 2
_HEAD = 3_000
_EXTRACT = re.compile(r"protokollsutdrag|\butdrag ur\b", re.IGNORECASE)
_NAMED = {DraftKind.COVER: section_ids.COVER, DraftKind.WHOLE_TEXT: section_ids.WHOLE_TEXT}


@dataclass(frozen=True, slots=True)
class Segmentation:
    """What a text was taken apart into.

    Attributes:
        sections: the cover first, then in the order of the text.
        attendance: who was present, one person an entry, as written.
        declared_sections: § numbers that the document says it holds.
        warnings: where the §§ found are not those declared, in words for an operator.
    """

    sections: tuple[Section, ...]
    attendance: tuple[str, ...]
    declared_sections: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def segment(
    extraction: Extraction,
    *,
    document_id: str,
    type: DocumentType | None,  # noqa: A002 - the name of the field that it comes from
    title: str | None,
) -> Segmentation:
    """Take a text apart into sections.

    Args:
        extraction: the text of the file.
        document_id: what the ids of the sections begin with.
        type: the kind of document, if it is known: a report has no §§ of its own.
        title: the document's title, if it is known; that of a text without §§.
    """
    text = DocumentText.of(_lines(extraction))
    expected = numbering.declared(line.text for line in text.lines)
    drafts, cover_lines = _numbered(text, expected, type)
    warnings = () if type is DocumentType.REPORT else _warnings(extraction.pages, expected, drafts)
    if not drafts:
        drafts, cover_lines = whole_text.build(text, extraction.pages, title=title)
    if any(line.text for line in cover_lines):
        drafts = [Draft(DraftKind.COVER, None, cover.TITLE, (), cover_lines[0].page, cover_lines), *drafts]
    present = attendance.persons(cover_lines)
    return Segmentation(_sections(text, drafts, document_id), present, expected, warnings)


def _lines(extraction: Extraction) -> list[Line]:
    return [
        Line(_without_soft_hyphens(plain), line.page)
        for line in furniture.remove(flattened.parted(extraction.pages), paged=extraction.paged)
        for plain in markup.plain(line.text)
    ]


def _without_soft_hyphens(text: str) -> str:
    """Drop what only says where a word might be broken; one that ends the line says that it was."""
    return text[:-1].replace(hyphens.SOFT_HYPHEN, "") + text[-1:]


def _numbered(
    text: DocumentText, expected: Sequence[str], kind: DocumentType | None
) -> tuple[list[Draft], list[Line]]:
    """Return the §§ or items of the document, and the lines of its cover; nothing when it has none."""
    if kind is DocumentType.REPORT:
        return [], []
    candidates, listed, found = _chosen(text, expected)
    if len(found) <= 1 < len(expected):
        candidates, listed, found = _chosen_loosely(text, expected) or (candidates, listed, found)
    if found and (kind is not DocumentType.ATTACHMENT or _are_minutes(text.lines, found)):
        numbers = {heading.number for heading in found}
        return numbered_sections.build(
            text,
            found,
            contents=contents.lines_of(text.lines, listed, found[0].line, numbers),
            contents_titles=contents.titles(text.lines, listed, candidates),
        )
    if kind is DocumentType.AGENDA or (kind is not DocumentType.ATTACHMENT and agenda.is_agenda(text.lines)):
        items = agenda.items(text.lines)
        if items:
            return agenda.build(text, items)
    return [], []


def _chosen(
    text: DocumentText, expected: Sequence[str], *, is_loose: bool = False
) -> tuple[list[Heading], frozenset[int], list[Heading]]:
    """Return what may begin a §, the lines of those that a table of contents lists, and those that do."""
    candidates = headings.candidates(text.lines, width=text.width, is_loose=is_loose)
    listed = numbering.contents(candidates)
    found = numbering.choose([heading for heading in candidates if heading.line not in listed], expected)
    return candidates, listed, found


def _chosen_loosely(
    text: DocumentText, expected: Sequence[str]
) -> tuple[list[Heading], frozenset[int], list[Heading]] | None:
    """Choose among lines with a number but no sign; `None` unless they are most of those declared."""
    candidates, listed, found = _chosen(text, expected, is_loose=True)
    found = [heading for heading in found if str(heading.order) in expected]
    is_most = len({heading.number for heading in found}) > len(expected) * _MOST_OF_DECLARED
    return (candidates, listed, found) if is_most else None


def _warnings(pages: Sequence[str], expected: Sequence[str], drafts: Sequence[Draft]) -> tuple[str, ...]:
    """Return a warning where the document declares several §§ and not even two were found."""
    numbers = {draft.number for draft in drafts if draft.number is not None}
    if len(expected) < _FEWEST_DECLARED or len(numbers) > 1:
        return ()
    # An extract holds one § of the many that its cover declares.
    if numbers and any(_EXTRACT.search(page[:_HEAD]) for page in pages[:1]):
        return ()
    return (f"§§ {expected[0]}–{expected[-1]} anges, men {len(numbers)} av {len(expected)} hittades",)


def _are_minutes(lines: Sequence[Line], found: Sequence[Heading]) -> bool:
    """Tell whether an attachment is an extract of minutes: statutes have §§ too, but no decision."""
    below = lines[found[0].line :]
    return found[0].weight >= _SURE and any(kind_of(line.text) is PartKind.DECISION for line in below)


def _sections(text: DocumentText, drafts: Sequence[Draft], document_id: str) -> tuple[Section, ...]:
    sections: dict[str, Section] = {}
    for draft in drafts:
        body = text.render(draft.lines)
        title = draft.title or titles.made(draft.number, body)
        section_id = _id(draft, document_id)
        for content in ((title,), (title, body)):
            if section_id in sections:
                section_id = section_ids.distinguished(_id(draft, document_id), *content)
        # Whatever has this id now has the same title and text: it is the same section.
        sections.setdefault(section_id, _section(draft, section_id, title, body))
    return tuple(sections.values())


def _id(draft: Draft, document_id: str) -> str:
    if draft.kind is DraftKind.APPENDIX:
        return section_ids.named(document_id, draft.title)
    if draft.number is not None:
        return section_ids.named(document_id, draft.number)
    return section_ids.named(document_id, _NAMED[draft.kind])


def _section(draft: Draft, section_id: str, title: str, body: str) -> Section:
    has_decision = draft.kind in {DraftKind.NUMBERED, DraftKind.WHOLE_TEXT}
    return Section(
        id=section_id,
        number=draft.number,
        title=title,
        dnr=draft.dnr,
        text=body,
        parts=parts.split(body) if has_decision else _one_part(body),
        decision=parts.decision_of(body) if has_decision else None,
        page=draft.page,
    )


def _one_part(body: str) -> tuple[Part, ...]:
    return (Part(PartKind.OTHER, body),) if body else ()
