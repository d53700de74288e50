"""The Whoosh schema: which fields an index has, and how our tokens go into them.

Whoosh's own analyzers are never used: fields take tokens that `index.analysis` made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
import numpy as np
from whoosh import columns, fields, formats

from index.entry import SectionEntry
from index.fields import FORMS, KEYWORDS, ZONES, field_name

SCHEMA_VERSION: Final = 2
"""Raise it when the schema or what is stored changes: old indexes then ask for a rebuild."""

LENGTHS: Final = {zone: f"{zone}_length" for zone in ZONES}
"""Columns with the number of tokens in each zone (Whoosh rounds the lengths it keeps itself)."""


class PositionArrays(formats.Format):  # type: ignore[misc] # Whoosh has no types
    """Postings whose value is the positions as little-endian uint32, read back without a loop."""

    def decode_positions(self, value: bytes) -> list[int]:
        """Return the positions (Whoosh's own readers ask for them here)."""
        return [int(position) for position in np.frombuffer(value, "<u4")]

    def decode_frequency(self, value: bytes) -> int:
        """Return how many positions there are."""
        return len(value) // 4


class TokenField(fields.FieldType):  # type: ignore[misc] # Whoosh has no types
    """A field that takes tokens as a mapping of term to ascending positions."""

    def __init__(self) -> None:
        self.format = PositionArrays()
        self.analyzer = None
        self.scorable = False
        self.stored = False
        self.unique = False
        self.vector = None

    def index(
        self, value: Mapping[str, Sequence[int]], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each term with its frequency, its weight (the same) and its value."""
        for term, positions in value.items():
            encoded = np.asarray(positions, "<u4").tobytes()
            yield term.encode(), len(positions), float(len(positions)), encoded


class KeywordField(fields.FieldType):  # type: ignore[misc] # Whoosh has no types
    """A field that takes a sequence of values, each a term as it is."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.analyzer = None
        self.scorable = False
        self.stored = False
        self.unique = False
        self.vector = None

    def index(self, value: Sequence[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each different value."""
        for term in sorted(set(value)):
            yield term.encode(), 1, 1.0, b""


def make_schema() -> fields.Schema:
    """Return the schema of a section."""
    schema = fields.Schema()
    for zone in ZONES:
        for form in FORMS:
            schema.add(field_name(zone, form), TokenField())
        schema.add(LENGTHS[zone], fields.COLUMN(columns.NumericColumn("I")))
    for name in KEYWORDS:
        schema.add(name, KeywordField())
    for name in ("source_column", "municipality_column", "committee_column", "type_column"):
        schema.add(name, fields.COLUMN(columns.RefBytesColumn()))
    schema.add("date_column", fields.COLUMN(columns.NumericColumn("I")))
    schema.add("ordinal_column", fields.COLUMN(columns.NumericColumn("I")))
    schema.add("added_column", fields.COLUMN(columns.NumericColumn("q")))
    schema.add("entry", fields.STORED())
    return schema


def encode_entry(entry: SectionEntry) -> dict[str, bytes]:
    """Return the stored field of a section."""
    return {"entry": msgspec.json.encode(entry)}


def decode_entry(stored: Mapping[str, Any]) -> SectionEntry:
    """Return the section that stored fields hold."""
    return _DECODER.decode(stored["entry"])


_DECODER: Final = msgspec.json.Decoder(SectionEntry)
