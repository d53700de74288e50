"""Makes the ids of sections: of their number, so that they stay when another section changes."""

from __future__ import annotations

import hashlib

from corpus.slugs import slug

COVER = "forstasida"
WHOLE_TEXT = "text"
_DIGITS = 8


def named(document_id: str, name: str) -> str:
    """Return the id of the first section of that number or name in the document."""
    return f"{document_id}-{slug(name) or WHOLE_TEXT}"


def distinguished(section_id: str, *content: str) -> str:
    """Return the id of a further section of the same number: its own content tells it from the first."""
    digest = hashlib.sha256("\0".join(" ".join(text.casefold().split()) for text in content).encode())
    return f"{section_id}-{digest.hexdigest()[:_DIGITS]}"
