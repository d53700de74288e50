"""What stands below the heading of a §: the typed parts, under the headings that a layout uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from samples.blocks import Block, BlockKind
from samples.loading import genitive
from samples.meeting import Item, Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The headings of a §'s parts, in the words of one layout.

    Attributes:
        decision: `{body}` is the body that meets, `{bodys}` its genitive, `{BODYS}` that in capitals.
        lead: the line before a proposal: `{body}` (or `{bodys}`) proposes, `{to}` is to decide.
        bullet: what each line of a decision begins with.
        decision_first: whether the decision precedes everything else.
        rule: whether a line of underscores ends the §.
    """

    background: str = "Ärendebeskrivning"
    preparation: str = "Beredning"
    papers: str = "Beslutsunderlag"
    proposal: str = "Förslag till beslut"
    motions: str = "Yrkanden"
    procedure: str = "Beslutsgång"
    vote: str = "Omröstning"
    decision: str = "Beslut"
    lead: str = "{body} föreslår att {to} beslutar"
    reservation: str = "Reservation"
    recipients: str = "Expedieras till"
    bullet: str = ""
    decision_first: bool = False
    rule: bool = False


def body(meeting: Meeting, item: Item, labels: Labels, continued: str = "") -> Iterator[Block]:
    """The blocks of a § below its heading; `continued` takes it up after a page break."""
    if labels.decision_first:
        yield from _decision(meeting, item, labels)
    yield from _prose(labels.background, item.background)
    yield from _prose(labels.preparation, item.preparation)
    for heading, text in item.extra:
        yield from _prose(heading, text)
    yield from _list(labels.papers, item.papers)
    yield from _list(labels.proposal, item.proposal, labels.bullet)
    if item.continued:
        yield Block(BlockKind.PAGE)
        yield Block(BlockKind.SECTION, continued)
    yield from _list(labels.motions, tuple(f"{who} yrkar {what}" for who, what in item.motions))
    yield from _prose(labels.procedure, item.procedure)
    yield from _prose(labels.vote, item.vote)
    if not labels.decision_first:
        yield from _decision(meeting, item, labels)
    yield from _prose(labels.reservation, item.reservation)
    yield from _list(labels.recipients, item.recipients)
    if labels.rule:
        yield Block(BlockKind.RULE)


def paragraphs(text: str) -> Iterator[Block]:
    """The paragraphs and list items of a text."""
    for line in text.split("\n"):
        if line.startswith("- "):
            yield Block(BlockKind.ITEM, line)
        elif line:
            yield Block(BlockKind.TEXT, line)


def _prose(label: str, text: str) -> Iterator[Block]:
    if text:
        yield Block(BlockKind.LABEL, label)
        yield from paragraphs(text)


def _list(label: str, lines: tuple[str, ...], bullet: str = "") -> Iterator[Block]:
    if lines:
        yield Block(BlockKind.LABEL, label)
        for number, line in enumerate(lines, start=1):
            yield Block(BlockKind.TEXT if not bullet else BlockKind.ITEM, _bulleted(bullet, number, line))


def _bulleted(bullet: str, number: int, line: str) -> str:
    # A whole sentence does not continue "beslutar att".
    if not bullet or (bullet == "att" and line[0].isupper()):
        return line
    return f"{bullet.format(number=number)} {line}"


def _decision(meeting: Meeting, item: Item, labels: Labels) -> Iterator[Block]:
    if not item.decision:
        return
    bodys = genitive(meeting.committee)
    names = {"body": meeting.committee, "bodys": bodys, "BODYS": bodys.upper(), "to": item.to}
    yield Block(BlockKind.LABEL, labels.decision.format(**names))
    if item.to:
        yield Block(BlockKind.TEXT, labels.lead.format(**names))
    bullet = labels.bullet if len(item.decision) > 1 or not labels.bullet.startswith("{") else ""
    for number, line in enumerate(item.decision, start=1):
        yield Block(BlockKind.ITEM if bullet else BlockKind.TEXT, _bulleted(bullet, number, line))
