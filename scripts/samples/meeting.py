"""The content of the samples as the modules in `content/` hold it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """An invented municipality, and the people who meet in it."""

    key: str
    name: str
    full_name: str
    hall: str
    politicians: tuple[str, ...]
    officials: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One § of a meeting (or the whole of a report).

    Attributes:
        dnr: as written in this very document.
        motions: who moved, and what (`yrkar …`).
        to: the body that a proposal goes to; `None` when the body itself decides.
        decision_kind: what a reader should make of the decision: final, proposal, referred or nothing.
        extra: further headings with their text.
        also: a second number on the § line, that of the sub-committee (`Au 84`).
        breaks: whether furniture separates the § line from its title.
        continued: whether a page break and a `forts.` line come before the procedure.
    """

    number: str | None
    title: str
    dnr: tuple[str, ...] = ()
    background: str = ""
    preparation: str = ""
    papers: tuple[str, ...] = ()
    proposal: tuple[str, ...] = ()
    motions: tuple[tuple[str, str], ...] = ()
    procedure: str = ""
    vote: str = ""
    decision: tuple[str, ...] = ()
    to: str | None = None
    kind: str | None = None
    reservation: str = ""
    recipients: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    also: str = ""
    breaks: bool = False
    continued: bool = False

    @property
    def decision_kind(self) -> str | None:
        """`kind` when the content says it, else what follows from `decision` and `to`."""
        if self.kind is not None or not self.decision:
            return self.kind
        return "proposal" if self.to else "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One file of the samples.

    Attributes:
        file: path below the samples' folder.
        contents: how the table of contents is set: lines, columns (all numbers, then all titles) or none.
        wrap: columns at which plain text is broken; 0 leaves a paragraph on one line.
        page_lines: lines of plain text between two runs of page furniture; 0 for none.
        encoding: of plain text: utf-8, utf-8-sig, cp1252 or nfd.
        damage: what a careless converter did to the file (see `writers.plain_text`).
        meta: what a `<file>.meta.json` beside it says.
        kind: the document's type; `None` where it may be read either way.
        own_dnr: the meeting's own dnr, beside those of the cases.
        base: the layout whose § lines an extract keeps.
    """

    municipality: Municipality
    file: str
    committee: str
    date: datetime.date
    layout: str
    items: tuple[Item, ...]
    time: str
    place: str
    chair: str
    members: tuple[str, ...]
    substitutes: tuple[str, ...]
    officials: tuple[str, ...]
    adjuster: str
    contents: str = "none"
    wrap: int = 0
    page_lines: int = 0
    encoding: str = "utf-8"
    damage: tuple[str, ...] = ()
    meta: dict[str, object] | None = None
    kind: str | None = "minutes"
    own_dnr: str = ""
    base: str | None = None

    @property
    def numbers(self) -> tuple[str, ...]:
        """The § numbers in order."""
        return tuple(item.number for item in self.items if item.number)
