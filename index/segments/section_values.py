"""The untokenised fields of a section."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from index.entry import SectionEntry, read_dnr, searched_title
from index.fields import KEYWORDS

VALUES: Final = (*KEYWORDS, "whole_title", "written_dnr")
"""The untokenised fields: those that queries ask for, titles as searched, dnr as written."""


def values_of(entries: Sequence[SectionEntry]) -> dict[str, list[tuple[str, ...]]]:
    """Return the values of sections in each field of `VALUES`, for each section a tuple, none twice.

    Its cases are in the order that its dnr are written.
    """
    dnr = [read_dnr(entry.dnr) for entry in entries]
    titles = map(searched_title, entries)
    return {
        "id": [(entry.id,) for entry in entries],
        "document_id": [(entry.document_id,) for entry in entries],
        "case": [each.cases for each in dnr],
        "dnr": [each.keys for each in dnr],
        "section": [(entry.number.casefold(),) if entry.number else () for entry in entries],
        "whole_title": [(title,) if title else () for title in titles],
        "written_dnr": [each.written for each in dnr],
    }
