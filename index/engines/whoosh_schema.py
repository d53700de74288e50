"""The Whoosh schema: how Whoosh sees what a segment has.

Segments are written and analysed without Whoosh; these types only tell its readers what a field's terms and
values are. A pickle of the schema stands in each `.toc`, so they may be renamed only with `SCHEMA_VERSION`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from whoosh import columns, fields, formats

from index.fields import FORMS
from index.segments.section_values import VALUES
from index.segments.segment import COLUMNS

SCHEMA_VERSION: Final = 5
"""Raise it when the fields or what is stored change: old indexes then ask for a rebuild."""

STORED: Final = "entry"
"""The stored field that has the whole section."""


class ZonePositions(formats.Format):  # type: ignore[misc] # Whoosh has no types
    """Postings whose value is where a term stands: `zone << 29 | position` as little-endian uint32.

    The number of a zone is its place in `index.fields.ZONES`. Words of two zones never stand side by side, so
    Whoosh's own phrases are right too.
    """

    def decode_positions(self, value: bytes) -> list[int]:
        """Return zones and positions as numbers (Whoosh's own readers ask for them here)."""
        return [int(place) for place in np.frombuffer(value, "<u4")]

    def decode_frequency(self, value: bytes) -> int:
        """Return how often the term stands in the section, in all zones together."""
        return len(value) // 4

    def decode_weight(self, value: bytes) -> float:
        """Return the same as a number that scores are made of."""
        return float(self.decode_frequency(value))


class ArrayField(fields.FieldType):  # type: ignore[misc] # Whoosh has no types
    """A field whose terms are looked up as they are: no analyzer of Whoosh's has made them.

    Args:
        postings: what the values of its postings are.
    """

    def __init__(self, postings: formats.Format) -> None:
        self.format = postings
        self.analyzer = None
        self.scorable = False
        self.stored = False
        self.unique = False
        self.vector = None


def make_schema() -> fields.Schema:
    """Return the schema of a section."""
    schema = fields.Schema()
    for form in FORMS:
        schema.add(form, ArrayField(ZonePositions()))
    for name in VALUES:
        schema.add(name, ArrayField(formats.Existence()))
    for name in COLUMNS:
        schema.add(f"{name}_column", fields.COLUMN(columns.NumericColumn("q")))
    schema.add(STORED, fields.STORED())
    return schema
