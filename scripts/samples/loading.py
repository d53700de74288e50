"""Reads the content modules: people by municipality, and the meetings with their §§."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from samples.choice import pick_several
from samples.meeting import Item, Meeting, Municipality
from samples.standing import standing_fields

CONTENT = Path(__file__).parent / "content"
EXTRACTS = ("extract_cover_before", "extract_cover_after")
_MEETING_TIMES = ("08.30–11.45", "09.00–12.10", "13.00–15.40", "13.15–16.05", "17.00–19.20", "18.00–20.50")
_LISTS = ("papers", "proposal", "decision", "recipients", "dnr")


def load_meetings() -> tuple[Meeting, ...]:
    """Every document of the samples, in the order of its path; the paths are all different."""
    municipalities = _municipalities()
    meetings: dict[str, Meeting] = {}
    extracts: list[dict[str, Any]] = []
    for path in sorted(CONTENT.glob("*.toml")):
        for raw in tomllib.loads(path.read_text(encoding="utf-8")).get("document", []):
            if raw["layout"] in EXTRACTS:
                extracts.append(raw)
            else:
                _add(meetings, _meeting(raw, municipalities[raw["file"].split("/")[0]]))
    for raw in extracts:
        _add(meetings, _extract(raw, meetings[raw["of"]]))
    return tuple(meetings[file] for file in sorted(meetings))


def folder_metadata() -> dict[str, dict[str, object]]:
    """What each municipality's `meta.json` says, by municipality; nothing where it has none."""
    raw = tomllib.loads((CONTENT / "municipalities.toml").read_text(encoding="utf-8"))
    return {one["key"]: one["meta"] for one in raw["municipality"] if "meta" in one}


def _municipalities() -> dict[str, Municipality]:
    raw = tomllib.loads((CONTENT / "municipalities.toml").read_text(encoding="utf-8"))
    return {
        one["key"]: Municipality(
            key=one["key"],
            name=one["name"],
            full_name=one["full_name"],
            hall=one["hall"],
            politicians=tuple(one["politicians"]),
            officials=tuple(one["officials"]),
        )
        for one in raw["municipality"]
    }


def _add(meetings: dict[str, Meeting], meeting: Meeting) -> None:
    if meeting.file in meetings:
        raise ValueError(f"two documents are called {meeting.file}")
    meetings[meeting.file] = meeting


def _meeting(raw: dict[str, Any], municipality: Municipality) -> Meeting:
    date: datetime.date = raw["date"]
    people = _people(raw, municipality)
    seats = raw.get("seats", 12 if raw["committee"] == "Kommunfullmäktige" else 8)
    chair, members = people[0], people[1:]
    meeting = Meeting(
        municipality=municipality,
        file=raw["file"],
        committee=raw["committee"],
        date=date,
        layout=raw["layout"],
        items=(),
        time=raw.get("time") or pick_several(_MEETING_TIMES, 1, raw["file"])[0],
        place=raw.get("place", municipality.hall),
        chair=chair,
        members=members[: seats - 1],
        substitutes=members[seats - 1 : seats + 2],
        officials=(municipality.officials[0], *pick_several(municipality.officials[1:], 2, raw["file"])),
        adjuster=members[len(raw["file"]) % (seats - 1)],
        contents=raw.get("contents", "none"),
        wrap=raw.get("wrap", 0),
        page_lines=raw.get("page_lines", 0),
        encoding=raw.get("encoding", "utf-8"),
        damage=tuple(raw.get("damage", ())),
        meta=raw.get("meta"),
        kind=raw.get("type", "minutes") or None,
        own_dnr=raw.get("own_dnr", ""),
    )
    return replace(meeting, items=tuple(_items(raw, meeting)))


def _people(raw: dict[str, Any], municipality: Municipality) -> tuple[str, ...]:
    """The chair, then those who are named in the text, then the others of the municipality.

    The same people sit in a committee for a term, so the committee and the term decide the order.
    """
    committee = raw["committee"]
    council_chair, executive_chair, *others = (
        municipality.politicians[1],
        municipality.politicians[0],
        *municipality.politicians[2:],
    )
    executive = committee.startswith("Kommunstyrelsen")
    text = str(raw["section"])
    term = (raw["date"].year - 2015) // 4
    order = pick_several(others, len(others), f"{municipality.key}/{committee}/{term}")
    everyone = (council_chair, executive_chair, *order)
    if executive or committee == "Kommunfullmäktige":
        chair = executive_chair if executive else council_chair
    else:
        chair = order[0]
    named = [person for person in everyone if person in text]
    members = dict.fromkeys(person for person in (*named, *order, *everyone) if person != chair)
    return (chair, *members)


def _items(raw: dict[str, Any], meeting: Meeting) -> Iterator[Item]:
    number: int | None = raw.get("first")
    for fields in raw["section"]:
        yield _item(fields, meeting, None if number is None else str(number))
        if number is not None:
            number += 1


def _item(raw: dict[str, Any], meeting: Meeting, number: str | None) -> Item:
    fields = dict(raw)
    if "standing" in fields:
        fields = _standing(fields, meeting) | {"number": fields.get("number", number)}
    fields.setdefault("number", number)
    for name in _LISTS:
        if isinstance(fields.get(name), str):
            fields[name] = [fields[name]]
        fields[name] = tuple(fields.get(name, ()))
    for name in ("motions", "extra"):
        fields[name] = tuple((first, second) for first, second in fields.get(name, ()))
    return Item(**{name: _unwrapped(value) for name, value in fields.items()})


def _standing(fields: dict[str, Any], meeting: Meeting) -> dict[str, Any]:
    values = {
        "adjuster": meeting.adjuster,
        "chair": meeting.chair,
        "place": meeting.place,
        "body": genitive(meeting.committee[0].lower() + meeting.committee[1:]),
        "detail": fields.get("detail", ""),
    }
    made = standing_fields(fields["standing"], key=f"{meeting.file}/{fields['standing']}", values=values)
    return made | {name: fields[name] for name in ("title", "dnr", "decision") if name in fields}


def _unwrapped(value: Any) -> Any:
    """Joins the lines of a paragraph: in the content a line feed only eases reading."""
    if isinstance(value, tuple):
        return tuple(_unwrapped(part) for part in value)
    if not isinstance(value, str):
        return value
    paragraphs = re.split(r"\n\s*\n", value.strip())
    return "\n".join(_joined(paragraph.split("\n")) for paragraph in paragraphs)


def _joined(lines: Iterable[str]) -> str:
    """One line a paragraph; a line that opens with a dash keeps a line of its own."""
    text = ""
    for line in (line.strip() for line in lines):
        if not text:
            text = line
        else:
            text += ("\n" if line.startswith("- ") else " ") + line
    return text


def _extract(raw: dict[str, Any], meeting: Meeting) -> Meeting:
    item = next(item for item in meeting.items if item.number == str(raw["section"]))
    if "dnr" in raw:
        item = replace(item, dnr=(raw["dnr"],))
    return replace(
        meeting,
        file=raw["file"],
        layout=raw["layout"],
        base=meeting.layout,
        items=(item,),
        contents="none",
        wrap=raw.get("wrap", meeting.wrap),
        page_lines=raw.get("page_lines", 0),
        encoding=raw.get("encoding", "utf-8"),
        damage=tuple(raw.get("damage", ())),
        meta=raw.get("meta"),
    )


def genitive(name: str) -> str:
    """`Kommunstyrelsen` becomes `Kommunstyrelsens`; what ends in s stays."""
    return name if name.endswith("s") else f"{name}s"
