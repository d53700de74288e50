"""First pages: who met, where and when, which §§ the minutes hold, and how they were adjusted."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from samples.blocks import Block, BlockKind
from samples.meeting import Meeting

MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december".split()  # noqa: SIM905 -- as one reads it
)
WEEKDAYS = ("måndagen", "tisdagen", "onsdagen", "torsdagen", "fredagen", "lördagen", "söndagen")
_PERSON = re.compile(r"(?P<name>.+) \((?P<party>[^)]+)\)")


def long_date(date: datetime.date) -> str:
    """`12 oktober 2023`."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def weekday_date(date: datetime.date) -> str:
    """`torsdagen den 12 oktober 2023`."""
    return f"{WEEKDAYS[date.weekday()]} den {long_date(date)}"


def span(meeting: Meeting, dash: str = "–") -> str:
    """`§§ 41–52`, or `§ 41` when there is one."""
    first, last = meeting.numbers[0], meeting.numbers[-1]
    return f"§ {first}" if first == last else f"§§ {first}{dash}{last}"


def _row(label: str, value: str) -> Block:
    return Block(BlockKind.ROW, label, value)


def _name(person: str) -> str:
    found = _PERSON.fullmatch(person)
    return found["name"] if found else person


def _party(person: str) -> str:
    found = _PERSON.fullmatch(person)
    return found["party"] if found else ""


def _adjusted(meeting: Meeting) -> datetime.date:
    return meeting.date + datetime.timedelta(days=7)


def _notice(meeting: Meeting) -> Iterator[Block]:
    up, down = _adjusted(meeting), _adjusted(meeting) + datetime.timedelta(days=22)
    yield Block(BlockKind.LABEL, "ANSLAG/BEVIS")
    yield Block(BlockKind.TEXT, "Protokollet är justerat. Justeringen har tillkännagivits genom anslag.")
    yield _row("Organ", meeting.committee)
    yield _row("Sammanträdesdatum", meeting.date.isoformat())
    yield _row("Datum för anslags uppsättande", up.isoformat())
    yield _row("Datum för anslags nedtagande", down.isoformat())
    yield _row("Förvaringsplats för protokollet", f"{meeting.place}, {meeting.municipality.full_name}")


def _secretary(meeting: Meeting) -> str:
    return meeting.officials[0].split(",", maxsplit=1)[0]


def two_columns(meeting: Meeting) -> Iterator[Block]:
    """Labels to the left, people to the right, roles in parentheses."""
    members = [
        f"{meeting.chair} (ordförande)",
        f"{meeting.members[0]} (vice ordförande)",
        *meeting.members[1:],
    ]
    yield _row("Plats och tid", f"{meeting.place}   Paragrafer {span(meeting, '-').replace('§§ ', '§§')}")
    yield _row("", f"kl. {meeting.time.replace('.', ':').replace('–', '-')}")
    yield _row("Beslutande", "\n".join(members))
    yield _row("Ej tjänstgörande ersättare", "\n".join(meeting.substitutes))
    yield _row("Övriga deltagare", "\n".join(meeting.officials))
    yield _row("Utses att justera", meeting.adjuster)
    yield _row("Justeringens plats och tid", "Protokollet justeras digitalt.")
    yield _row("Sekreterare", _secretary(meeting))
    yield _row("Ordförande", meeting.chair)
    yield _row("Justerande", meeting.adjuster)
    place = f"{meeting.municipality.full_name}s digitala anslagstavla"
    yield Block(BlockKind.TEXT, f"Protokollet är justerat. Justeringen har tillkännagivits på {place}.")


def labelled(meeting: Meeting) -> Iterator[Block]:
    """Label and names on one line; signatures and the notice follow."""
    members = [f"{meeting.chair}, ordförande", f"{meeting.members[0]}, 1:e vice ordförande"]
    members += [f"{meeting.members[1]}, 2:e vice ordförande", *meeting.members[2:]]
    yield _row("Plats och tid", f"{meeting.place}, {meeting.date.isoformat()} klockan {meeting.time}")
    yield _row("Ledamöter", " ".join(members))
    yield _row("Ersättare", " ".join(meeting.substitutes))
    yield _row("Övriga", " ".join(meeting.officials))
    yield _row("Justerare", meeting.adjuster)
    yield _row("Paragrafer", span(meeting))
    yield _row(
        "Plats och tid för justering",
        f"{meeting.place}, {weekday_date(_adjusted(meeting))}, kl. 10.30",
    )
    if meeting.own_dnr:
        yield _row("Diarienummer", meeting.own_dnr)
    yield Block(BlockKind.LABEL, "Underskrifter")
    for role, person in (
        ("Sekreterare", _secretary(meeting)),
        ("Ordförande", meeting.chair),
        ("Justerare", meeting.adjuster),
    ):
        yield _row(role, person)
    yield from _notice(meeting)


def initials_first(meeting: Meeting) -> Iterator[Block]:
    """`S Exempla Testsson`: the party before the name, substitutes with whom they replace."""
    everyone = (meeting.chair, *meeting.members[1:])
    decisive = [f"{_party(person)} {_name(person)}" for person in everyone]
    decisive[0] += ", ordförande"
    stand_in = meeting.substitutes[0]
    decisive.append(f"{_party(stand_in)} {_name(stand_in)} tjänstgör för {meeting.members[0]}")
    others = [f"{_party(person)} {_name(person)}" for person in meeting.substitutes[1:]]
    yield _row("Plats och tid", f"{meeting.place} {long_date(meeting.date)} kl {meeting.time}")
    yield _row("Beslutande", "\n".join(decisive))
    yield _row("Ej tjänstgörande", "\n".join(others))
    yield _row("Tjänstemän", "\n".join(meeting.officials))
    yield _row("Utses att justera", _name(meeting.adjuster))
    yield _row("Paragrafer", span(meeting, "-"))
    yield from _notice(meeting)


def comma_roles(meeting: Meeting) -> Iterator[Block]:
    """`E Testsson, S, ordförande`: initials, party and role between commas."""
    everyone = (meeting.chair, *meeting.members)
    people = [f"{_name(person)[0]} {_name(person).split()[-1]}, {_party(person)}" for person in everyone]
    people[0] += ", ordförande"
    people[1] += ", vice ordförande"
    yield _row("Sammanträdesdatum", meeting.date.isoformat())
    yield _row("Plats och tid", f"{meeting.place}, {weekday_date(meeting.date)} kl. {meeting.time}")
    yield _row("Beslutande ledamöter", "\n".join(people))
    yield _row("Ersättare", "\n".join(f"{_name(person)}, {_party(person)}" for person in meeting.substitutes))
    yield _row("Övriga närvarande", "\n".join(meeting.officials))
    yield _row("Justerare", f"{_name(meeting.adjuster)}, {_party(meeting.adjuster)}")
    yield _row("Paragrafer", f"§{meeting.numbers[0]} -§ {meeting.numbers[-1]}")


def web_page(meeting: Meeting) -> Iterator[Block]:
    """As a web page lists a meeting: date, hour and place, then those present."""
    yield Block(BlockKind.BANNER, f"Sammanträde {meeting.date.isoformat()}")
    yield _row("Datum", long_date(meeting.date))
    yield _row("Klockan", meeting.time)
    yield _row("Plats", meeting.place)
    yield _row("Närvarande", "\n".join((f"{meeting.chair}, ordförande", *meeting.members)))
    yield _row("Justerare", meeting.adjuster)


def participants(meeting: Meeting) -> Iterator[Block]:
    """Those who took part, below an agenda."""
    yield _row("Ordförande", meeting.chair)
    yield Block(BlockKind.LABEL, "Ledamöter")
    for person in meeting.members:
        yield Block(BlockKind.TEXT, person)
    yield Block(BlockKind.LABEL, "Övriga")
    for official in meeting.officials:
        yield Block(BlockKind.TEXT, official)


def contents(meeting: Meeting) -> Iterator[Block]:
    """The table of contents: a line a §, or (as converters leave a table) numbers first, then titles."""
    if meeting.contents == "none":
        return
    yield Block(BlockKind.LABEL, "Innehållsförteckning")
    numbered = [item for item in meeting.items if item.number]
    if meeting.contents == "lines":
        for item in numbered:
            yield Block(BlockKind.TEXT, f"§ {item.number} {item.title}")
        return
    for item in numbered:
        yield Block(BlockKind.TEXT, f"§ {item.number}")
    for item in numbered:
        yield Block(BlockKind.TEXT, item.title)
