"""One § among its neighbours, and the §§ of one case."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.dnr import key as dnr_key
from index.engine import SearchEngine
from index.entry import SectionEntry


@dataclass(frozen=True, slots=True)
class Placed:
    """A § between its neighbours in the same document; `None` where there is none."""

    entry: SectionEntry
    previous: SectionEntry | None
    following: SectionEntry | None


@dataclass(frozen=True, slots=True)
class Case:
    """The §§ of one case by date; `written` is its dnr as the first of them has it."""

    written: str
    sections: tuple[SectionEntry, ...]


def section_in_place(engine: SearchEngine, section_id: str) -> Placed | None:
    """Return a § with its neighbours, `None` when there is no such §."""
    with engine.reading():
        entry = engine.section(section_id)
        sections = engine.document(entry.document_id) if entry else ()
    if entry is None:
        return None
    place = sections.index(entry)
    return Placed(entry, _at(sections, place - 1), _at(sections, place + 1))


def _at(sections: tuple[SectionEntry, ...], place: int) -> SectionEntry | None:
    return sections[place] if 0 <= place < len(sections) else None


def case(engine: SearchEngine, municipality: str, dnr: str) -> Case | None:
    """Return a case by any written form of its dnr, `None` when there is no such case."""
    key = dnr_key(dnr)
    sections = engine.case(municipality, key) if key else ()
    if not sections:
        return None
    written = next((one for one in sections[0].dnr if dnr_key(one) == key), dnr)
    return Case(written, sections)
