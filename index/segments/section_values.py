"""The untokenised fields and the cases of a section."""

from __future__ import annotations

from typing import Final, NamedTuple

from corpus import dnr
from index.analysis.special import case_keys
from index.entry import SectionEntry, searched_title
from index.fields import KEYWORDS

VALUES: Final = (*KEYWORDS, "whole_title", "written_dnr")
"""The untokenised fields: those that queries ask for, titles as searched, dnr as written."""


class SectionValues(NamedTuple):
    """What a section is looked up by beside its words.

    Attributes:
        fields: the values of each field of `VALUES`, none twice.
        cases: the keys of its dnr in the order that they are written, none twice.
    """

    fields: tuple[tuple[str, ...], ...]
    cases: tuple[str, ...]


def values_of(entry: SectionEntry) -> SectionValues:
    """Return the values of a section."""
    cases = tuple(dict.fromkeys(key for written in entry.dnr if (key := dnr.key(written))))
    keys = [key.removeprefix("dnr:") for case in cases for key in case_keys(case)]
    title = searched_title(entry)
    fields = {
        "id": (entry.id,),
        "document_id": (entry.document_id,),
        "case": cases,
        "dnr": tuple(dict.fromkeys(keys)),
        "section": (entry.number.casefold(),) if entry.number else (),
        "whole_title": (title,) if title else (),
        "written_dnr": tuple(dict.fromkeys(entry.dnr)),
    }
    return SectionValues(tuple(fields[field] for field in VALUES), cases)
