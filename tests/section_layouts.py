"""Segments invented minutes; shared by the tests of segmentation."""

from __future__ import annotations

import textwrap

from corpus.document import DocumentType, Extraction, Section
from corpus.segmentation.segmenter import Segmentation, segment


def segmented(text: str, *, kind: DocumentType | None = None, title: str | None = None) -> Segmentation:
    """The sections of a text without pages."""
    return segment(Extraction((textwrap.dedent(text),), paged=False), document_id="d", type=kind, title=title)


def segmented_pages(*pages: str, kind: DocumentType | None = None) -> Segmentation:
    """The sections of a text with pages."""
    content = tuple(textwrap.dedent(page).strip("\n") for page in pages)
    return segment(Extraction(content, paged=True), document_id="d", type=kind, title=None)


def only(segmentation: Segmentation) -> Section:
    """The one numbered section."""
    (section,) = (section for section in segmentation.sections if section.number is not None)
    return section


def numbered(segmentation: Segmentation) -> dict[str, Section]:
    """The numbered sections by number."""
    return {section.number: section for section in segmentation.sections if section.number is not None}


def cover_of(segmentation: Segmentation) -> Section:
    """The cover."""
    return next(section for section in segmentation.sections if section.id == "d-forstasida")
