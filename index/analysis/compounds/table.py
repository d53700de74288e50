"""The table of what the word list's flags get wrong about compounds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources
from typing import Final

_TABLE: Final = "parts.tsv"


@dataclass(frozen=True, slots=True)
class CompoundTable:
    """Parts that the list forgot, and what is never a part.

    Attributes:
        first: further first parts, with their dictionary forms.
        last: dictionary forms of further last parts.
        not_first: particles and prefixes.
        not_last: endings that look like words, and dictionary forms that do.
        whole: words that nobody takes for compounds any more, by form or dictionary form.
        checksum: of the whole table.
    """

    first: dict[str, str]
    last: frozenset[str]
    not_first: frozenset[str]
    not_last: frozenset[str]
    whole: frozenset[str]
    checksum: str


def read_compound_table() -> CompoundTable:
    """Read the table that is part of this package."""
    raw = resources.files(__package__).joinpath(_TABLE).read_bytes()
    rows = [line.split("\t") for line in raw.decode().splitlines() if line and not line.startswith("#")]
    parts = {kind: frozenset(row[1] for row in rows if row[0] == kind) for kind in {row[0] for row in rows}}
    return CompoundTable(
        first={row[1]: row[2] for row in rows if row[0] == "first"},
        last=parts["last"],
        not_first=parts["not-first"],
        not_last=parts["not-last"],
        whole=parts["whole"],
        checksum=hashlib.sha256(raw).hexdigest()[:8],
    )
