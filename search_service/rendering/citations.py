"""Writes how a § is cited, in the words that a reference in running text would have."""

from __future__ import annotations

from typing import Final

from corpus.document import DocumentType
from index.entry import SectionEntry

TYPE_WORDS: Final = {
    DocumentType.MINUTES: "protokoll",
    DocumentType.REPORT: "tjänsteskrivelse",
    DocumentType.AGENDA: "kallelse",
    DocumentType.ATTACHMENT: "bilaga",
}
_TAKE_NO_S: Final = frozenset("aeiouyåäöésxz")
_IRREGULAR: Final = {"Falun": "Falu", "Kalmar": "Kalmar"}


def citation(entry: SectionEntry) -> str:
    """Return the reference: municipality, committee, kind and date, §, dnr, as far as they are known."""
    dated = f"{TYPE_WORDS[entry.type]} {entry.date.isoformat()}" if entry.date else TYPE_WORDS[entry.type]
    pieces = (
        municipality_in_full(entry.municipality.name) if entry.municipality else None,
        entry.committee.name if entry.committee else None,
        dated,
        f"§ {entry.number}" if entry.number else None,
        f"dnr {', '.join(entry.dnr)}" if entry.dnr else None,
    )
    return ", ".join(piece for piece in pieces if piece)


def municipality_in_full(name: str) -> str:
    """Return `Lunds kommun` for `Lund`; names that end in a vowel or in s take no s (`Mora kommun`)."""
    if name in _IRREGULAR:
        return f"{_IRREGULAR[name]} kommun"
    return f"{name} kommun" if name[-1:].casefold() in _TAKE_NO_S else f"{name}s kommun"
