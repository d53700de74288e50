"""The layouts: how a municipality, in some years, sets its minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from samples import covers, furniture, headings
from samples.blocks import Block, BlockKind, Furniture
from samples.bodies import Labels, body, paragraphs
from samples.meeting import Item, Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The choices that make a layout of minutes.

    Attributes:
        heading: writes the § line and the title.
        labels: the words above the parts of a §.
        cover: writes the first page; `None` for minutes that begin with their first §.
        furniture: what repeats on each page.
        section_pages: whether each § begins a page.
        continued: the line that takes a § up again after a page break.
    """

    heading: Callable[[Meeting, Item], list[Block]]
    labels: Labels
    cover: Callable[[Meeting], Iterator[Block]] | None
    furniture: Callable[[Meeting], Furniture]
    section_pages: bool = False
    continued: str = "Forts § {number}"


_ATT = Labels(
    background="Sammanfattning",
    preparation="Ärendet",
    bullet="att",
    decision="{bodys} beslut",
    lead="{body} föreslår {to} besluta",
    recipients="Beslut expedieras till:",
)
_SUFFIX = Labels(motions="Förslag till beslut på sammanträdet", lead="Förslag till beslut i {to}:")
_CITY = Labels(
    background="Ärendet",
    preparation="Tidigare behandling",
    papers="Handlingar",
    procedure="Propositionsordning",
    lead="{body} tillstyrker förslaget och föreslår att {to} beslutar:",
    recipients="Protokollsutdrag skickas till",
    bullet="{number}.",
    decision_first=True,
)
_DASHES = Labels(
    decision="{bodys} beslut",
    proposal="Kommunstyrelsens förslag till kommunfullmäktige",
    lead="{bodys} förslag till {to}",
    reservation="Särskilt yttrande",
    recipients="Sändlista",
    bullet="-",
    rule=True,
)
_CAPITALS = Labels(
    background="Sammanfattning",
    preparation="Bakgrund",
    decision="{BODYS} BESLUT",
    lead="{body} föreslår {to} besluta",
    recipients="Beslutet skickas till",
    bullet="-",
)
_PLAIN = Labels(
    background="Bakgrund",
    preparation="Förvaltningens bedömning",
    motions="Yrkande",
    decision="{bodys} beslut",
    recipients="Beslutet skickas till",
)
_THUS = Labels(
    background="Ärende",
    preparation="Utredning",
    motions="Förslag och yrkanden",
    decision="{body} beslutar således",
    lead="{body} föreslår {to}",
    recipients="Delges",
    bullet="att",
    rule=True,
)
_BUILDING = Labels(
    background="Ansökan",
    preparation="Skäl till beslut",
    papers="Handlingar i ärendet",
    decision="Beslut",
    reservation="Reservation",
    recipients="Underrättelse",
    bullet="{number}.",
)

LAYOUTS = {
    "suffix_dnr": Layout(
        heading=headings.suffix_dnr,
        labels=_SUFFIX,
        cover=covers.two_columns,
        furniture=furniture.committee_protocol_date,
        section_pages=True,
    ),
    "title_then_dnr": Layout(
        heading=headings.title_then_dnr, labels=_ATT, cover=covers.labelled, furniture=furniture.date_and_dnr
    ),
    "tight_sign": Layout(
        heading=headings.tight_sign, labels=_DASHES, cover=covers.web_page, furniture=furniture.breadcrumb
    ),
    "case_number": Layout(
        heading=headings.case_number,
        labels=_CITY,
        cover=None,
        furniture=furniture.city,
        continued="{line} forts.",
    ),
    "short_number": Layout(
        heading=headings.short_number,
        labels=_CITY,
        cover=None,
        furniture=furniture.city,
        continued="{line} forts.",
    ),
    "dnr_word": Layout(
        heading=headings.dnr_word, labels=_BUILDING, cover=covers.comma_roles, furniture=furniture.signatures
    ),
    "diarienummer": Layout(
        heading=headings.diarienummer, labels=_PLAIN, cover=covers.comma_roles, furniture=furniture.signatures
    ),
    "fused_plan_code": Layout(
        heading=headings.fused_plan_code,
        labels=_PLAIN,
        cover=covers.comma_roles,
        furniture=furniture.signatures,
    ),
    "dnr_below": Layout(
        heading=headings.dnr_below,
        labels=_CAPITALS,
        cover=covers.initials_first,
        furniture=furniture.capitals,
    ),
    "dnr_above": Layout(
        heading=headings.dnr_above, labels=_SUFFIX, cover=covers.two_columns, furniture=furniture.signatures
    ),
    "packed_dnr": Layout(
        heading=headings.packed_dnr, labels=_BUILDING, cover=covers.comma_roles, furniture=furniture.capitals
    ),
    "bare_number": Layout(
        heading=headings.bare_number,
        labels=_DASHES,
        cover=covers.initials_first,
        furniture=furniture.capitals,
    ),
    "committee_number": Layout(
        heading=headings.committee_number,
        labels=_THUS,
        cover=covers.initials_first,
        furniture=furniture.signatures,
    ),
}


@dataclass(frozen=True, slots=True)
class Rendering:
    """A document ready for a writer."""

    blocks: tuple[Block, ...]
    furniture: Furniture


def render(meeting: Meeting) -> Rendering:
    """Sets a document in its layout."""
    special = {
        "extract_cover_before": extract_cover_before,
        "extract_cover_after": extract_cover_after,
        "agenda_and_minutes": agenda_and_minutes,
        "report": report,
        "attachment": attachment,
    }
    return special.get(meeting.layout, whole_meeting)(meeting)


def whole_meeting(meeting: Meeting) -> Rendering:
    """Cover, table of contents and every §."""
    layout = LAYOUTS[meeting.layout]
    blocks: list[Block] = []
    if layout.cover:
        blocks += [*_banner(meeting), *layout.cover(meeting), Block(BlockKind.PAGE)]
    if meeting.contents != "none":
        blocks += [*covers.contents(meeting), Block(BlockKind.PAGE)]
    for place, item in enumerate(meeting.items):
        if place and layout.section_pages:
            blocks.append(Block(BlockKind.PAGE))
        blocks += _section(meeting, item, layout)
    return Rendering(tuple(blocks), layout.furniture(meeting))


def extract_cover_before(meeting: Meeting) -> Rendering:
    """The cover of the meeting, then one §."""
    layout = LAYOUTS[meeting.base or meeting.layout]
    banner = Block(BlockKind.BANNER, "Protokollsutdrag")
    cover = covers.labelled(meeting)
    blocks = (
        *_banner(meeting),
        banner,
        *cover,
        Block(BlockKind.PAGE),
        *_section(meeting, meeting.items[0], layout),
    )
    return Rendering(blocks, layout.furniture(meeting))


def extract_cover_after(meeting: Meeting) -> Rendering:
    """One §, then the cover of the meeting."""
    layout = LAYOUTS[meeting.base or meeting.layout]
    section = _section(meeting, meeting.items[0], layout)
    blocks = (*_banner(meeting), *section, Block(BlockKind.PAGE), *covers.labelled(meeting))
    return Rendering(blocks, layout.furniture(meeting))


def agenda_and_minutes(meeting: Meeting) -> Rendering:
    """Numbered items, listed first and dealt with after; every title stands twice."""
    blocks = [
        Block(BlockKind.BANNER, meeting.committee),
        Block(BlockKind.TEXT, meeting.municipality.full_name),
        Block(BlockKind.ROW, "Sammanträdesdatum", meeting.date.isoformat()),
        Block(BlockKind.ROW, "Tid", meeting.time),
        Block(BlockKind.ROW, "Plats", meeting.place),
        Block(BlockKind.TEXT, "Följande ärenden ska behandlas:"),
    ]
    for item in meeting.items:
        blocks += headings.agenda_item(meeting, item)
    blocks += covers.participants(meeting)
    labels = Labels(
        background="Sammanfattning", papers="Beslutsunderlag", lead="{body} föreslår {to} besluta"
    )
    for item in meeting.items:
        head = headings.agenda_item(meeting, item)
        blocks += [*head, *body(meeting, item, labels)]
    return Rendering(tuple(blocks), Furniture())


def report(meeting: Meeting) -> Rendering:
    """A report behind a § (tjänsteskrivelse): no §, the dnr in a corner, proposals before the matter."""
    item = meeting.items[0]
    blocks = [
        Block(BlockKind.TEXT, meeting.municipality.full_name),
        Block(BlockKind.BANNER, "Tjänsteskrivelse"),
        Block(BlockKind.ROW, "Datum", meeting.date.isoformat()),
        Block(BlockKind.ROW, "Diarienummer", ", ".join(item.dnr)),
        Block(BlockKind.ROW, "Till", meeting.committee),
        Block(BlockKind.ROW, "Handläggare", meeting.officials[0]),
        Block(BlockKind.HEADING, item.title),
        *body(meeting, item, Labels(background="Sammanfattning", preparation="Ärendet")),
        Block(BlockKind.TEXT, meeting.officials[1]),
    ]
    return Rendering(tuple(blocks), Furniture((), ("{page} ({pages})",)))


def attachment(meeting: Meeting) -> Rendering:
    """A text that comes with a §: rules, guidelines, a plan."""
    item = meeting.items[0]
    blocks = [
        Block(BlockKind.BANNER, item.title),
        Block(BlockKind.TEXT, f"Bilaga, {meeting.municipality.full_name}, {meeting.committee}"),
        *paragraphs(item.background),
    ]
    for heading, text in item.extra:
        blocks += [Block(BlockKind.LABEL, heading), *paragraphs(text)]
    return Rendering(tuple(blocks), Furniture((), ("{page} ({pages})",)))


def _section(meeting: Meeting, item: Item, layout: Layout) -> list[Block]:
    head = layout.heading(meeting, item)
    line = next(block.text for block in head if block.kind is BlockKind.SECTION)
    continued = layout.continued.format(number=item.number, line=line)
    return [*head, *body(meeting, item, layout.labels, continued)]


def _banner(meeting: Meeting) -> list[Block]:
    return [
        Block(BlockKind.TEXT, meeting.municipality.full_name),
        Block(BlockKind.BANNER, meeting.committee),
        Block(BlockKind.BANNER, "Sammanträdesprotokoll"),
        Block(BlockKind.TEXT, meeting.date.isoformat()),
    ]
