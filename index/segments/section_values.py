"""The untokenised fields of a section."""

from __future__ import annotations

from typing import Final

from index.entry import SectionEntry, read_dnr, searched_title
from index.fields import KEYWORDS

VALUES: Final = (*KEYWORDS, "whole_title", "written_dnr")
"""The untokenised fields: those that queries ask for, titles as searched, dnr as written."""


def values_of(entry: SectionEntry) -> dict[str, tuple[str, ...]]:
    """Return the values of a section in each field of `VALUES`, none twice.

    Its cases are in the order that its dnr are written.
    """
    dnr = read_dnr(entry.dnr)
    title = searched_title(entry)
    return {
        "id": (entry.id,),
        "document_id": (entry.document_id,),
        "case": dnr.cases,
        "dnr": dnr.keys,
        "section": (entry.number.casefold(),) if entry.number else (),
        "whole_title": (title,) if title else (),
        "written_dnr": dnr.written,
    }
