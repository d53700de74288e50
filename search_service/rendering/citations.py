"""Writes how a § is cited, in the words that a reference in running text would have."""

from __future__ import annotations

from functools import lru_cache
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
    written = ""
    if entry.municipality:
        written = f"{municipality_in_full(entry.municipality.name)}, "
    if entry.committee:
        written += f"{entry.committee.name}, "
    written += TYPE_WORDS[entry.type]
    if entry.date:
        written += f" {entry.date.isoformat()}"
    if entry.number:
        written += f", § {entry.number}"
    if entry.dnr:
        written += f", dnr {', '.join(entry.dnr)}"
    return written


@lru_cache(maxsize=1_000)
def municipality_in_full(name: str) -> str:
    """Return `Lunds kommun` for `Lund`; names that end in a vowel or in s take no s (`Mora kommun`)."""
    if name in _IRREGULAR:
        return f"{_IRREGULAR[name]} kommun"
    return f"{name} kommun" if name[-1:].casefold() in _TAKE_NO_S else f"{name}s kommun"
