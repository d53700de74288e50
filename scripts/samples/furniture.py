"""What repeats at the top and the bottom of each page, in the ways of several municipalities."""

from __future__ import annotations

from samples.blocks import Furniture
from samples.meeting import Meeting


def committee_protocol_date(meeting: Meeting) -> Furniture:
    """Committee, `Protokoll` and the date; the page's number alone."""
    return Furniture(
        (meeting.committee, "Protokoll", meeting.date.isoformat()), ("Utdragsbestyrkande", "{page}")
    )


def signatures(meeting: Meeting) -> Furniture:
    """The places for signatures at the foot, `4 (12)` below them."""
    return Furniture(
        (
            meeting.municipality.full_name,
            meeting.committee,
            "Sammanträdesprotokoll",
            meeting.date.isoformat(),
        ),
        (
            "Justerandes sign",
            "Justerandes sign",
            "Justerandes sign",
            "Utdragsbestyrkande",
            "{page} ({pages})",
        ),
    )


def date_and_dnr(meeting: Meeting) -> Furniture:
    """Labels and values on lines of their own, the meeting's own dnr among them."""
    own = ("Diarienummer", meeting.own_dnr) if meeting.own_dnr else ()
    return Furniture(
        (
            meeting.municipality.full_name,
            meeting.committee,
            "Protokoll",
            "Sammanträdesdatum",
            meeting.date.isoformat(),
            *own,
        ),
        ("{page} ({pages})",),
    )


def city(meeting: Meeting) -> Furniture:
    """As cities do: `Exempelsta stad Kommunfullmäktige, protokoll` and `34 (73)`."""
    city = meeting.municipality.full_name
    return Furniture(
        (meeting.committee, "Protokoll", f"Sammanträdesdatum: {meeting.date.isoformat()}"),
        (f"{city} {meeting.committee}, protokoll", "{page} ({pages})"),
    )


def capitals(meeting: Meeting) -> Furniture:
    """The municipality in capitals, the page's number beside the date."""
    return Furniture(
        (
            meeting.municipality.full_name.upper(),
            meeting.committee,
            "SAMMANTRÄDESPROTOKOLL",
            f"{meeting.date.isoformat()}   {{page}} ({{pages}})",
        ),
        ("Justerandes sign", "Utdragsbestyrkande"),
    )


def breadcrumb(meeting: Meeting) -> Furniture:
    """A web site's path to the page."""
    path = f"{meeting.municipality.full_name} > {meeting.committee} > Sammanträde {meeting.date.isoformat()}"
    return Furniture((f"Din position: Hem > {path}",), ())
