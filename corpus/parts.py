"""Takes the text of a § apart: background, proposal, motions, decision and the rest, and what was decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.decisions import kind_of_decision
from corpus.document import Decision, Part, PartKind
from corpus.movers import moved
from corpus.part_headings import kind_of

_RESERVES = re.compile(
    r"\breserver(?:ar|ade|at) sig\b"
    r"|\b(?:anmäl(?:er|de)|lämna(?:r|de)) (?:(?:en|följande|blank|skriftlig) ){0,2}reservation\b",
    re.IGNORECASE,
)
_TAKES_NO_PART = re.compile(
    r"(?:\bdelt(?:ar|og) (?:inte|ej) i\b|\banmäl(?:er|de) jäv\b|\bparagrafen (?:är"
    r"|förklaras) (?:omedelbart )?justerad)",
    re.IGNORECASE,
)
_ADJUSTED = re.compile(r"paragrafen (?:är|förklaras)", re.IGNORECASE)
_INLINE_DECISION = re.compile(
    r"(?:Nämnden|Styrelsen|Utskottet|Rådet|[A-ZÅÄÖ][\wåäöé-]*(?:nämnden?s?|styrelsens?|utskottet|utskott|fullmäktige|rådet|beredningen)"
    r"|(?:[A-ZÅÄÖ][\wåäöé,-]+ (?:och |samt )?){1,4}[\wåäöé-]*(?:nämnden|utskott|utskottet|rådet)) "
    r"(?:beslutar\b(?! \d| den \d)|föreslår [\wåäöé-]*(?:styrelsen|fullmäktige|nämnden)(?: att)?:?$)"
)
# The last sentence of a paragraph may decide where nothing heads a decision.
_SENTENCE_BEGINS = re.compile(r"(?:^|(?<=[.!?:])\s+)(?=[A-ZÅÄÖÉ])")
_IS_PUT_OFF = re.compile(r"\b(?:bordläggs|återremitteras|hänskjuts)\b", re.IGNORECASE)
_IS_NOTED = re.compile(
    r"(?:nämnden|styrelsen|utskottet|utskott|fullmäktige|rådet|beredningen)"
    r" (?:noterar|antecknar|tar del av|tackar för)"
    r" (?:informationen|redovisningen|rapporten|redogörelsen|föredragningen|anmälan)\b",
    re.IGNORECASE,
)
_TO = re.compile(r"till\s?:?(?:[ \t]+|$)")
_HEADING_AND_TEXT = re.compile(
    r"(?P<heading>(?:Beslut|BESLUT|Förslag till beslut|Yrkande|Reservation(?:er)?(?: mot beslutet)?"
    r"|Sammanfattning|Bakgrund)\s?:"
    r"|(?:(?:Beslutet|Beslut|Protokollsutdrag|Utdrag|Kopia)(?: ska(?:ll)?)? )?"
    r"(?:[Ee]xpedieras|[Ss]kickas|[Dd]elges) till\s?:?)"
    r"[ \t]+(?P<text>\S.*)",
    re.DOTALL,
)
_BODY_NAMED = re.compile(
    r"\bföreslå|\b(?:i|till) [\w ,-]*(?:nämnd|styrelse|fullmäktige|utskott|råd)", re.IGNORECASE
)
# The parts in which a decision without a heading may stand.
_TOLD = frozenset({PartKind.OTHER, PartKind.BACKGROUND, PartKind.PROCEDURE, PartKind.PREPARATION})


@dataclass(slots=True)
class _Draft:
    """A part while its paragraphs are collected."""

    kind: PartKind
    heading: str = ""
    blocks: list[list[str]] = field(default_factory=list)

    @property
    def paragraphs(self) -> list[str]:
        """The blocks, each as one text."""
        return ["\n".join(lines) for lines in self.blocks]


def split(text: str) -> tuple[Part, ...]:
    """Return the typed parts of a text in which paragraphs are separated by an empty line."""
    return tuple(part for draft in _drafts(text) for part in _finished(draft))


def decision_of(text: str) -> Decision | None:
    """Return what the § decides, or what it proposes where no decision follows; `None` for neither."""
    drafts = [draft for draft in _drafts(text) if draft.blocks]
    decided = [draft for draft in drafts if draft.kind is PartKind.DECISION]
    if not decided:
        decided = [draft for draft in drafts if draft.kind is PartKind.PROPOSAL][-1:]
    if not decided:
        return None
    words = "\n\n".join(block for draft in decided for block in _own_words(draft))
    headings = " ".join(draft.heading for draft in decided)
    if not words:
        return None
    first = decided[0].blocks[0][0]
    first = first if kind_of(first) is not None else ""
    return Decision(kind_of_decision(words, heading=f"{headings} {first}"), words)


def _own_words(draft: _Draft) -> list[str]:
    """Return the blocks without a heading that stands first among them."""
    lines = [(line, at == 0) for block in draft.blocks for at, line in enumerate(block)]
    first = next((at for at, (line, _) in enumerate(lines) if kind_of(line) is None), 0)
    words: list[list[str]] = []
    for line, begins in lines[first:]:
        if begins or not words:
            words.append([])
        words[-1].append(line)
    return ["\n".join(block) for block in words]


def _drafts(text: str) -> list[_Draft]:
    drafts = [_Draft(PartKind.OTHER)]
    for line, begins in _lines(text):
        _take(drafts, line, begins=begins)
    if len(drafts) > 1 and not drafts[0].heading:
        drafts[0].kind = PartKind.BACKGROUND if drafts[0].kind is PartKind.OTHER else drafts[0].kind
    if not any(draft.kind is PartKind.DECISION for draft in drafts):
        drafts = _with_inline_decision(drafts)
        drafts = _with_last_sentence(drafts)
    return [draft for draft in drafts if draft.blocks]


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each line, and whether a paragraph begins with it; a heading glued to its text comes apart."""
    for paragraph in text.split("\n\n"):
        begins = True
        for line in paragraph.split("\n"):
            glued = _HEADING_AND_TEXT.fullmatch(line) if begins else None
            if glued:
                yield glued["heading"], True
                yield glued["text"], True
            elif line.strip():
                yield line, begins
            begins = False


def _take(drafts: list[_Draft], line: str, *, begins: bool) -> None:
    """Add a line to the last part, or begin a new one with it."""
    current = drafts[-1]
    kind = kind_of(line)
    if kind is not None and not _stays_in_decision(current, line, kind):
        drafts.append(_Draft(kind, heading=line.strip()))
        return
    if current.kind is PartKind.RECIPIENTS and not current.blocks:
        line = _TO.sub("", line, count=1) if _TO.match(line) else line
        if not line:
            return
    follows_decision = current.kind is PartKind.DECISION or (len(drafts) > 1 and not current.heading)
    if kind is None and follows_decision and current.blocks:
        new = begins or _ADJUSTED.match(line) or current.blocks[-1][-1].rstrip().endswith(".")
        kind = _cue(line) if new else None
        if kind is not None:
            drafts.append(_Draft(kind))
            current = drafts[-1]
    if begins or not current.blocks:
        current.blocks.append([line])
    else:
        current.blocks[-1].append(line)


def _stays_in_decision(current: _Draft, line: str, kind: PartKind) -> bool:
    """Tell whether a heading stands under *Beslut* and says to whom, so that it belongs to the decision."""
    if current.kind is not PartKind.DECISION:
        return False
    if kind is PartKind.DECISION:
        return not current.blocks
    return kind is PartKind.PROPOSAL and (not current.blocks or bool(_BODY_NAMED.search(line)))


def _cue(line: str) -> PartKind | None:
    """Return the kind of a paragraph that ends a decision without a heading of its own."""
    if _RESERVES.search(line):
        return PartKind.RESERVATION
    return PartKind.OTHER if _TAKES_NO_PART.search(line) else None


def _with_inline_decision(drafts: list[_Draft]) -> list[_Draft]:
    """Take a last paragraph such as `Nämnden beslutar att …` for the decision, where none has a heading."""
    for index in range(len(drafts) - 1, -1, -1):
        draft = drafts[index]
        if draft.kind not in _TOLD:
            continue
        for at, block in enumerate(draft.blocks):
            if _INLINE_DECISION.match(block[0]):
                decision = _Draft(PartKind.DECISION, blocks=draft.blocks[at:])
                before = _Draft(draft.kind, draft.heading, draft.blocks[:at])
                return [*drafts[:index], before, decision, *drafts[index + 1 :]]
    return drafts


def _with_last_sentence(drafts: list[_Draft]) -> list[_Draft]:
    """Take a last sentence such as `Ärendet bordläggs.` for the decision, where nothing else decides."""
    if any(draft.kind in {PartKind.DECISION, PartKind.PROPOSAL} for draft in drafts):
        return drafts
    told = [draft for draft in drafts if draft.kind in _TOLD and draft.blocks]
    if not told:
        return drafts
    draft = told[-1]
    text = "\n".join(draft.blocks[-1])
    begins = [found.end() for found in _SENTENCE_BEGINS.finditer(text)]
    last = begins[-1] if begins else 0
    if not _IS_PUT_OFF.search(text, last) and not _IS_NOTED.search(text, last):
        return drafts
    above = [text[:last].rstrip().split("\n")] if text[:last].strip() else []
    before = _Draft(draft.kind, draft.heading, [*draft.blocks[:-1], *above])
    decision = _Draft(PartKind.DECISION, blocks=[text[last:].split("\n")])
    index = next(at for at, other in enumerate(drafts) if other is draft)
    return [*drafts[:index], before, decision, *drafts[index + 1 :]]


def _finished(draft: _Draft) -> list[Part]:
    if draft.kind in {PartKind.MOTION, PartKind.RESERVATION}:
        return [
            Part(draft.kind, "\n\n".join(map("\n".join, each.blocks)), each.by or None)
            for each in moved(draft.blocks)
        ]
    return [Part(draft.kind, "\n\n".join(draft.paragraphs))]
