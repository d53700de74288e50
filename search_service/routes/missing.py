"""What is answered for an address of nothing: 404, or 410 when what was there has been taken down."""

from __future__ import annotations

from corpus.dnr import key as dnr_key
from corpus.personal_numbers import has_number
from corpus.takedowns import case_digest
from index.engine import SearchEngine
from index.sections import municipality_slug
from search_service.errors import RequestError
from search_service.problems import PROBLEM_TYPES

_LONGEST_NAME = 60


def missing_section(engine: SearchEngine, section_id: str) -> RequestError:
    """Return the problem of a § that is not in the index."""
    return _missing(engine, section_id, f"Det finns ingen paragraf med id '{section_id[:_LONGEST_NAME]}'.")


def missing_document(engine: SearchEngine, document_id: str) -> RequestError:
    """Return the problem of a document that is not in the index."""
    return _missing(engine, document_id, f"Det finns ingen handling med id '{document_id[:_LONGEST_NAME]}'.")


def missing_case(engine: SearchEngine, municipality: str, dnr: str) -> RequestError:
    """Return the problem of a case that has no § in the index."""
    message = f"Det finns inget ärende '{dnr[:_LONGEST_NAME]}' i '{municipality[:_LONGEST_NAME]}'."
    slug = municipality_slug(engine, municipality)
    return _missing(engine, case_digest(slug, dnr_key(dnr) or ""), message)


def _missing(engine: SearchEngine, name: str, message: str) -> RequestError:
    if name in engine.manifest().taken_down:
        return RequestError("removed", PROBLEM_TYPES["removed"].explanation)
    return RequestError(
        "not-found", PROBLEM_TYPES["not-found"].explanation if has_number(message) else message
    )
