"""Reads a file of minutes into a `Document`: text, then who, when and what, then sections.

Municipality, committee, date, type, title and dnr are each taken from the first of these that tells it: the
`meta.json` files, the text, the path.
"""

from __future__ import annotations

import base64
import hashlib
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from corpus.committees import by_letters, named
from corpus.discovery import SourceFile, discover
from corpus.document import Committee, Document, DocumentType, Extraction, Municipality, ReadFailure
from corpus.errors import ExtractionError
from corpus.extraction import extract
from corpus.file_metadata import FileMetadata, read_file_metadata
from corpus.metadata.inference import infer
from corpus.municipalities import by_name
from corpus.personal_numbers import has_number, mask
from corpus.regular_files import read_regular
from corpus.segmentation.segmenter import segment

_ID_LENGTH = 10
_CROCKFORD = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghjkmnpqrstvwxyz")

_logger = logging.getLogger(__name__)


def read_folder(folder: Path) -> Iterator[Document | ReadFailure]:
    """Read every file of minutes below `folder`, in the order of their sources.

    Raises:
        MinutesFolderError: the folder is missing or cannot be listed.
    """
    return map(read, discover(folder))


def read(file: SourceFile) -> Document | ReadFailure:
    """Read one file; whatever is wrong with it is a value, so that the run goes on."""
    try:
        extraction = extract(file.path, read_regular(file.path, file.folder))
        return _document(file, extraction)
    except ExtractionError as error:
        return ReadFailure(file.source, str(error), file.fingerprint)
    except OSError as error:
        return ReadFailure(file.source, f"kan inte läsas ({error.strerror or type(error).__name__})")
    except MemoryError:
        raise
    # A parser's bug costs one file, never the run.
    except Exception as error:
        _logger.exception("reading %s failed", file.source)
        return ReadFailure(file.source, f"internt fel vid läsningen ({type(error).__name__})")


def document_id(source: str) -> str:
    """Return the id of the document from `source`: the same on every machine and after every correction."""
    digest = base64.b32encode(hashlib.sha256(source.encode()).digest())
    return digest[:_ID_LENGTH].translate(_CROCKFORD).decode()


def _document(file: SourceFile, extraction: Extraction) -> Document:
    extraction, count = _masked(extraction)
    told = _without_numbers(read_file_metadata(file.metadata_paths, file.folder))
    own = by_name(told.municipality) if told.municipality else None
    inferred = infer(extraction, file.source, municipality=own)
    municipality = own or inferred.municipality
    title = told.title or _masked_text(inferred.title)
    identity = document_id(file.source)
    kind = told.type or inferred.type
    segmentation = segment(extraction, document_id=identity, type=kind, title=title)
    return Document(
        id=identity,
        source=file.source,
        fingerprint=file.fingerprint,
        type=kind or DocumentType.MINUTES,
        title=title or mask(Path(file.source).stem)[0],
        municipality=municipality,
        committee=_told_committee(told.committee, municipality) or inferred.committee,
        date=told.date or inferred.date,
        sections=segmentation.sections,
        dnr=inferred.dnr if told.dnr is None else told.dnr,
        source_url=told.source_url,
        language=told.language,
        attendance=segmentation.attendance,
        declared_sections=segmentation.declared_sections,
        warnings=(*extraction.warnings, *told.warnings, *segmentation.warnings),
        masked_personal_numbers=count,
    )


def _told_committee(name: str | None, municipality: Municipality | None) -> Committee | None:
    """Return the body that an operator's name or abbreviation means in the municipality."""
    if name is None:
        return None
    return by_letters(name, municipality.slug if municipality else None) or named(name)


def _without_numbers(told: FileMetadata) -> FileMetadata:
    """Return what is told of a file with numbers masked; an address that has one is left out."""
    address = told.source_url
    return replace(
        told,
        municipality=_masked_text(told.municipality),
        committee=_masked_text(told.committee),
        title=_masked_text(told.title),
        dnr=None if told.dnr is None else tuple(mask(one)[0] for one in told.dnr),
        source_url=address if address and not has_number(unquote(address)) else None,
        warnings=tuple(mask(one)[0] for one in told.warnings),
    )


def _masked_text(text: str | None) -> str | None:
    return text and mask(text)[0]


def _masked(extraction: Extraction) -> tuple[Extraction, int]:
    masked = [mask(page) for page in extraction.pages]
    return replace(extraction, pages=tuple(text for text, _ in masked)), sum(count for _, count in masked)
