"""What the page of a case shows: its §§ as steps in time, and what they come to in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.document import DecisionKind, DocumentType
from index.entry import SectionEntry
from index.sections import Case
from search_service.rendering.citations import TYPE_WORDS
from search_service.rendering.decision_words import decision_label
from search_service.rendering.html import counted, swedish_date

LONGEST_DECISION: Final = 400
"""Characters of a decision that are shown; the § has the rest."""

_UNKNOWN_PLACE: Final = "okänd kommun"
_PROPOSED: Final = "förslag till beslut"


@dataclass(frozen=True, slots=True)
class Step:
    """One § of a case; `decided` is how its decision begins, empty where nothing was decided."""

    entry: SectionEntry
    decided: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case to be shown.

    Attributes:
        dnr: as the first § has it.
        place: the name of the municipality.
        summary: sentences on how many §§ there are, of when, and what came last.
        steps: by date, those without one last.
    """

    dnr: str
    place: str
    summary: str
    steps: tuple[Step, ...]


def case_view(case: Case) -> CaseView:
    """Return how a case is shown."""
    municipality = case.sections[0].municipality
    place = municipality.name if municipality else _UNKNOWN_PLACE
    steps = tuple(Step(entry, _decided(entry)) for entry in case.sections)
    return CaseView(case.written, place, summary(case.sections), steps)


def summary(sections: Sequence[SectionEntry]) -> str:
    """Return what the §§ of a case, by date, come to.

    For example: 3 paragrafer ur 3 handlingar i 2 organ, från 25 november 2019 till 8 februari 2020.
    Senaste: beslut av Kommunfullmäktige.
    """
    dated = [entry for entry in sections if entry.date]
    undated = len(sections) - len(dated)
    sentences = [f"{_extent(sections)}{_period(dated)}."]
    if not dated:
        sentences.append("Inget datum kunde utläsas.")
    elif undated:
        sentences.append(f"{counted(undated, 'paragraf', 'paragrafer')} utan datum står sist.")
    if dated:
        sentences.append(f"Senaste: {_outcome(max(reversed(dated), key=_lateness))}.")
    return " ".join(sentences)


def shortened(text: str, length: int) -> str:
    """Return `text`, or where it is longer the whole words of its first `length` characters and `…`."""
    if len(text) <= length:
        return text
    words = text[: length + 1].rsplit(maxsplit=1)
    return f"{words[0] if len(words) > 1 else text[:length]} …"


def _decided(entry: SectionEntry) -> str:
    lines = entry.decision.text.splitlines() if entry.decision else ()
    return shortened("\n".join(line for line in lines if line.strip()), LONGEST_DECISION)


def _extent(sections: Sequence[SectionEntry]) -> str:
    bodies = len({entry.committee.slug for entry in sections if entry.committee})
    documents = len({entry.document_id for entry in sections})
    paragraphs = counted(len(sections), "paragraf", "paragrafer")
    extent = f"{paragraphs} ur {counted(documents, 'handling', 'handlingar')}"
    return f"{extent} i {bodies} organ" if bodies else extent


def _period(dated: Sequence[SectionEntry]) -> str:
    days = [entry.date for entry in dated if entry.date]
    if not days:
        return ""
    first, last = swedish_date(min(days)), swedish_date(max(days))
    return f", {first}" if first == last else f", från {first} till {last}"


def _lateness(entry: SectionEntry) -> tuple[str, bool]:
    """Return what is largest for the § that came last: of one day that which decides something."""
    return entry.date.isoformat() if entry.date else "", _decides(entry)


def _decides(entry: SectionEntry) -> bool:
    # A report proposes to the committee that it names, which has decided nothing.
    return entry.type is DocumentType.MINUTES and bool(entry.decision and entry.decision.kind)


def _outcome(entry: SectionEntry) -> str:
    body = entry.committee.name if entry.committee else ""
    if entry.decision is None or not _decides(entry):
        return f"{TYPE_WORDS[entry.type]}, {body}" if body else TYPE_WORDS[entry.type]
    is_proposal = entry.decision.kind is DecisionKind.PROPOSAL
    decided = _PROPOSED if is_proposal else decision_label(entry.decision).lower()
    return f"{decided} av {body}" if body else decided
