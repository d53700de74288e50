"""Where dnr stand in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from corpus.dnr.codes import key_of_code, labelled_codes
from corpus.dnr.reading import UNPREFIXED, Place, is_capitals, is_date, read
from corpus.dnr.written import DIGITS, JOINT, LABEL, LABEL_ALONE, LETTER, PLAN_CODE, TAIL, plain_dashes
from corpus.registries import belongs_to_authority, can_be_registry

_CORE: Final = re.compile(f"{DIGITS}{TAIL}", re.VERBOSE)
# The digits of a dnr are rare in running text and letters are not: look for the digits, then around them.
# Begins with a plain class: `re` then skips to the digits. Passes over dates and times of day, which are most
# of what looks alike.
_CANDIDATE: Final = re.compile(
    r"[0-9](?<![0-9][0-9])(?<![0-9][-/.:][0-9])(?<!§[0-9])(?<!§\s[0-9])[0-9]{0,5}+(?![0-9])"
    r"(?!(?<=20[0-9][0-9])-(?:0[1-9]|1[0-2])-[0-9][0-9](?![0-9.]))"
    r"(?!(?<!(?:19|20)[0-9][0-9])[ ]?+:[ ]?+(?!(?:19|20)[0-9][0-9]))"
    rf"(?=[ ]?[-/.:][ ]?[0-9]|(?<=[0-9]{{4}}){JOINT}{LETTER}{{2,8}}{JOINT}[0-9])"
)
_BEFORE: Final = re.compile(
    rf"(?:(?<!\w)|(?<=\d)(?={LABEL}))(?:(?P<label>{LABEL})[\s.:]{{0,6}})?(?:(?P<prefix>{LETTER}{{1,10}})(?P<joint>{JOINT}))?\Z",
    re.IGNORECASE,
)
# What that finds where one space parts capitals from the digits, and neither they nor the letter before them
# end a label, as with most dnr: all dnr are found in two thirds of the time with it.
_PLAINLY_BEFORE: Final = re.compile(
    r"(?:[^\s.:rdgRDG]\s|[^\w\s.:])(?P<label>(?!))?"
    r"(?P<prefix>(?![DÄ]|NR|NUMMER|ID)[A-ZÅÄÖ]{1,10})(?P<joint>[ ])\Z"
)
_PLAIN_WINDOW: Final = 13
_AFTER: Final = re.compile(rf"{JOINT}(?P<suffix>{LETTER}{{2,8}})(?!\w|\.\w)")
_LIST: Final = re.compile(r"\s{0,2}(?:[,;&]|och|samt)\s{1,2}")
_BEFORE_BARE: Final = re.compile(
    r"(?:\s*(?:[A-ZÅÄÖ][a-zåäö]{0,3}\s)?§{0,2}\s*\d{1,4}\s?[a-z]?\s*[.:]?)?\s*\Z"
)
_LABEL_LEFT: Final = re.compile(rf"\(?(?:{LABEL_ALONE}[\s.:]{{0,6}})?\Z")
_CODE_LEFT: Final = re.compile(rf"(?:[-/.:]?-?\d[\d.]{{0,12}})?\)?(?:{PLAN_CODE})?")
_WINDOW: Final = 48


@dataclass(frozen=True, slots=True)
class DnrMatch:
    """A dnr in a text: `text[start:end]` is `written`, without label and plan code; `key` is the case's."""

    written: str
    key: str
    start: int
    end: int


def find(text: str) -> list[DnrMatch]:
    """Finds the dnr in running text, in order.

    Conservative: capitals must stand with the digits, or a word such as `dnr` before them.
    """
    return _find(text, Place.RUNNING)


def find_in_heading(line: str) -> list[DnrMatch]:
    """Finds the dnr in a line known to be a § heading or its neighbour, where bare digits may be one.

    Bare digits count right after the § number (`§ 28 0123/22`), first on the line, or after a wide gap.
    """
    return _find(line, Place.HEADING)


def remove_from_heading(line: str) -> str:
    """Gives the heading without its dnr, their labels and plan codes: what is left is number and title."""
    kept: list[str] = []
    end = 0
    for match in find_in_heading(line):
        kept.append(_LABEL_LEFT.sub("", line[end : match.start]))
        code = _CODE_LEFT.match(line, match.end)
        end = code.end() if code else match.end
    kept.append(line[end:])
    return " ".join(" ".join(kept).split()).strip(" ,;")


def _find(text: str, place: Place) -> list[DnrMatch]:
    plain = plain_dashes(text)
    found: list[DnrMatch] = []
    end = 0
    for candidate in _CANDIDATE.finditer(plain):
        core = _CORE.match(plain, candidate.start()) if candidate.start() >= end else None
        if core is None or (core["middle"] is not None and not is_capitals(core["middle"])):
            continue
        end = core.end()
        if is_date(core):
            continue
        match = _at(plain, core, place) or (_listed(plain, core, found[-1]) if found else None)
        if match is not None:
            found.append(DnrMatch(text[match.start : match.end], match.key, match.start, match.end))
    codes = _codes(text, plain, found)
    return sorted([*found, *codes], key=lambda match: match.start) if codes else found


def _codes(text: str, plain: str, found: list[DnrMatch]) -> list[DnrMatch]:
    """Finds the codes after a label that are no other dnr."""
    taken = {match.start for match in found}
    codes: list[DnrMatch] = []
    for code in labelled_codes(plain):
        start, end = code.span("code")
        match = None if taken.intersection(range(start, end)) else _match(text, key_of_code(code), start, end)
        codes += [match] if match else []
    return codes


def _at(text: str, core: re.Match[str], place: Place) -> DnrMatch | None:
    """Reads the digits at `core` with the letters before them, else with those after, else alone."""
    window = text[max(0, core.start() - _WINDOW) : core.start()]
    before = _PLAINLY_BEFORE.search(window[-_PLAIN_WINDOW:]) or _BEFORE.search(window)
    label = before["label"] if before else None
    prefix = (before["prefix"] or "") if before else ""
    joint = (before["joint"] or "") if before else ""
    start, end = core.start(), _end(core)
    if label:
        place = Place.LABELLED
    if prefix and _is_written_as_registry(prefix, joint, core, place):
        found = read(core, prefix, place, spaced=joint.isspace())
        return _match(text, found, start - len(prefix + joint), end)
    suffix = _AFTER.match(text, end) if not core["tail"] else None
    if (
        suffix
        and is_capitals(suffix["suffix"])
        and can_be_registry(suffix["suffix"])
        and not prefix.isupper()
    ):
        return _match(text, read(core, suffix["suffix"], place, after=True), start, suffix.end())
    if prefix and label:
        return None
    if not _may_stand_bare(text, core, place, window):
        return None
    return _match(text, read(core, "", place), start, end)


def _listed(text: str, core: re.Match[str], last: DnrMatch) -> DnrMatch | None:
    """Reads bare digits in a list after a dnr (`KS 2016/0178, 2016/0179`) with the first one's letters."""
    if core["first"] is None or not _LIST.fullmatch(text[last.end : core.start()][:9]):
        return None
    prefix = last.key.split("-", 1)[0]
    found = read(core, "", Place.HEADING)
    if found is None or len(core["second"]) < 3 > len(core["first"]):
        return None
    return _match(text, found.replace(UNPREFIXED, prefix, 1), core.start(), _end(core))


def _may_stand_bare(text: str, core: re.Match[str], place: Place, window: str) -> bool:
    if core["middle"] is not None:
        return True
    if place is Place.LABELLED:
        return not belongs_to_authority(window)
    if place is Place.RUNNING or core["unit"] is not None:
        return False
    if core["fused"] is not None:
        return True
    line_start = text.rfind("\n", 0, core.start()) + 1
    left = text[line_start : core.start()]
    digits = max(len(core["first"]), len(core["second"]))
    return digits >= 3 and (
        bool(_BEFORE_BARE.fullmatch(left[-80:])) or (len(left) > 1 and left[-2:].isspace())
    )


def _match(text: str, found: str | None, start: int, end: int) -> DnrMatch | None:
    return None if found is None else DnrMatch(text[start:end], found, start, end)


def _end(core: re.Match[str]) -> int:
    return core.end() if core["tail"] is None else core.start("tail")


def _is_written_as_registry(letters: str, joint: str, core: re.Match[str], place: Place) -> bool:
    if place is Place.LABELLED or (core["unit"] is not None and letters.isupper()):
        return True
    heading = place is Place.HEADING and core["mark"] != ":"
    if letters[0].isupper() and len(letters) <= 4 and (heading or "/" in joint):
        return True
    return is_capitals(letters) and len(letters) <= 8
