"""Diarienummer: one key for every way of writing one case, and where they stand in a text.

There is no national form. A registry numbers its cases per year, with or without the letters of the body
that keeps it, before or after, between them or not at all: `KS 2019/0835`, `2019.088 KUN`, `2011BNS0306`,
`0123/22`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from corpus.registries import belongs_to_authority, can_be_registry, is_statute

_LABEL: Final = r"(?:d\.?[ ]?nr|diarie-?[ ]?(?:nummer|nr)|ärende-?[ ]?(?:nummer|nr|id)|ärendebeteckning)"
_LETTER: Final = "[A-Za-zÅÄÖÉåäöé]"
_JOINT: Final = r"[ ]{0,2}[-/.:_]?[ ]{0,2}"
_DIGITS: Final = rf"""(?:
        (?P<unit>\d{{2,3}})[ ]?-[ ]?(?P<unit_number>\d{{3,5}})/(?P<unit_year>(?:19|20)?\d\d)(?!\d)
      | (?P<fused>\d{{1,6}})/(?P<fused_year>(?:19|20)\d\d)(?=\d{{1,2}}\.\d)
      | (?P<year>(?:19|20)\d\d){_JOINT}(?P<middle>{_LETTER}{{2,8}}){_JOINT}(?P<number>\d{{1,6}})
        (?!\d|[-/.:]\d)
      | (?P<first>\d{{1,6}})[ ]?(?P<mark>[-/.:])[ ]?(?P<second>\d{{1,6}})(?!\d)
    )"""
_TAIL: Final = r"(?P<tail>[-/.:]?-?\d{1,6}(?:\.\d{1,4}){0,4})?"
_PLAN_CODE: Final = r"[ \t]{1,8}\d{1,3}(?:\.\d{1,3}){0,4}(?![\w.:/-])"

# The digits of a dnr are rare in running text and letters are not: look for the digits, then around them.
_CORE: Final = re.compile(rf"(?<!\d)(?<!\d[-/.:])(?<!§)(?<!§\s){_DIGITS}{_TAIL}", re.VERBOSE)
_DIGIT_RUN: Final = re.compile(r"\d+")
_BEFORE: Final = re.compile(
    rf"(?:(?<!\w)|(?<=\d)(?={_LABEL}))(?:(?P<label>{_LABEL})[\s.:]{{0,6}})?(?:(?P<prefix>{_LETTER}{{1,10}})(?P<joint>{_JOINT}))?\Z",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(rf"{_JOINT}(?P<suffix>{_LETTER}{{2,8}})(?!\w|\.\w)")
_WHOLE: Final = re.compile(
    rf"""(?:(?P<label>{_LABEL})[\s.:]{{0,6}})?(?:(?P<prefix>{_LETTER}{{1,10}}){_JOINT})?
         (?:{_DIGITS}|(?P<spaced_year>(?:19|20)\d\d)[ ](?P<spaced_number>\d{{2,6}})){_TAIL}
         (?:{_JOINT}(?P<suffix>{_LETTER}{{1,10}}))?(?:{_PLAN_CODE})?[\s.,;]*""",
    re.VERBOSE | re.IGNORECASE,
)
# Forms that only a label before them tells from other codes: `22SN118`, and `SLK:16342`, which has no year.
_CODE: Final = (
    r"(?:(?P<code_year>\d\d)(?P<code_letters>[A-ZÅÄÖ]{2,4})(?P<code_number>\d{2,6})"
    r"|(?P<yearless>[A-ZÅÄÖ]{2,5}):(?!(?:19|20)\d\d(?!\d))(?P<serial>\d{4,6}))"
)
_WHOLE_CODE: Final = re.compile(_CODE)
_LABELLED_CODE: Final = re.compile(
    rf"(?<![^\W\d_]){_LABEL}[\s.:]{{0,6}}(?P<code>{_CODE})(?![\w]|[/:.-]\d)", re.IGNORECASE
)
_KEY: Final = re.compile(
    rf"(?P<prefix>{_LETTER}{{1,10}}(?:\d{{2,3}})?)-(?P<year>\d{{4}}|0)-0*(?P<number>[1-9]\d{{0,5}})"
)
_LIST: Final = re.compile(r"\s{0,2}(?:[,;&]|och|samt)\s{1,2}")
_BEFORE_BARE: Final = re.compile(
    r"(?:\s*(?:[A-ZÅÄÖ][a-zåäö]{0,3}\s)?§{0,2}\s*\d{1,4}\s?[a-z]?\s*[.:]?)?\s*\Z"
)
_LABEL_LEFT: Final = re.compile(rf"\(?(?:(?<![^\W\d_]){_LABEL}[\s.:]{{0,6}})?\Z", re.IGNORECASE)
_CODE_LEFT: Final = re.compile(rf"(?:[-/.:]?-?\d[\d.]{{0,12}})?\)?(?:{_PLAN_CODE})?")
_DASHES: Final = str.maketrans("‐‑‒–—−\u00a0", "------ ")
_UNPREFIXED: Final = "DNR"
_WINDOW: Final = 48


@dataclass(frozen=True, slots=True)
class DnrMatch:
    """A dnr in a text: `text[start:end]` is `written`, without label and plan code; `key` is the case's."""

    written: str
    key: str
    start: int
    end: int


class _Place(IntEnum):
    """How much the place alone says for it: nothing, a heading, or a word such as `dnr` before it."""

    RUNNING = 1
    HEADING = 2
    LABELLED = 3


def key(written: str) -> str | None:
    """Gives the canonical key of one written dnr, `None` when it is none.

    `KS 2019/0835`, `KS2019/835` and `dnr ks 2019-0835` give `KS-2019-835`; a number without letters gives
    `DNR-2022-123`. A key is itself a spelling of its case: `key(key(x)) == key(x)`. Dates, ranges of years,
    statutes and numbers of the state give `None`.
    """
    text = " ".join(unicodedata.normalize("NFC", written[:200]).translate(_DASHES).split())
    if own := _KEY.fullmatch(text):
        prefix = "" if own["prefix"].upper() == _UNPREFIXED else own["prefix"]
        return _key(prefix, int(own["year"]), int(own["number"])) if can_be_registry(prefix) else None
    if code := _WHOLE_CODE.fullmatch(text):
        return _key_of_code(code)
    whole = _WHOLE.fullmatch(text)
    if whole is None:
        return _labelled_code(text)
    letters = whole["prefix"] or whole["suffix"] or ""
    if whole["spaced_year"]:
        known = letters and can_be_registry(letters)
        return _key(letters, int(whole["spaced_year"]), int(whole["spaced_number"])) if known else None
    place = _Place.LABELLED if whole["label"] or letters else _Place.HEADING
    return _read(whole, letters, place)


def find(text: str) -> list[DnrMatch]:
    """Finds the dnr in running text, in order.

    Conservative: capitals must stand with the digits, or a word such as `dnr` before them.
    """
    return _find(text, _Place.RUNNING)


def find_in_heading(line: str) -> list[DnrMatch]:
    """Finds the dnr in a line known to be a § heading or its neighbour, where bare digits may be one.

    Bare digits count right after the § number (`§ 28 0123/22`), first on the line, or after a wide gap.
    """
    return _find(line, _Place.HEADING)


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


def _find(text: str, place: _Place) -> list[DnrMatch]:
    plain = text.translate(_DASHES)
    found: list[DnrMatch] = []
    end = 0
    for digits in _DIGIT_RUN.finditer(plain):
        core = _CORE.match(plain, digits.start()) if digits.start() >= end else None
        if core is None:
            continue
        end = core.end()
        match = _at(plain, core, place) or (_listed(plain, core, found[-1]) if found else None)
        if match is not None:
            found.append(DnrMatch(text[match.start : match.end], match.key, match.start, match.end))
    return sorted([*found, *_codes(text, plain, found)], key=lambda match: match.start)


def _codes(text: str, plain: str, found: list[DnrMatch]) -> list[DnrMatch]:
    """Finds the codes after a label that are no other dnr."""
    taken = {match.start for match in found}
    codes: list[DnrMatch] = []
    for code in _LABELLED_CODE.finditer(plain):
        start, end = code.span("code")
        match = (
            None if taken.intersection(range(start, end)) else _match(text, _key_of_code(code), start, end)
        )
        codes += [match] if match else []
    return codes


def _labelled_code(text: str) -> str | None:
    code = _LABELLED_CODE.fullmatch(text)
    return _key_of_code(code) if code else None


def _key_of_code(code: re.Match[str]) -> str | None:
    if code["yearless"]:
        known = can_be_registry(code["yearless"]) and not is_statute(code["yearless"])
        return _key(code["yearless"], 0, int(code["serial"])) if known else None
    if not can_be_registry(code["code_letters"]):
        return None
    return _key(code["code_letters"], _century(code["code_year"]), int(code["code_number"]))


def _at(text: str, core: re.Match[str], place: _Place) -> DnrMatch | None:
    """Reads the digits at `core` with the letters before them, else with those after, else alone."""
    window = text[max(0, core.start() - _WINDOW) : core.start()]
    before = _BEFORE.search(window)
    label = before["label"] if before else None
    prefix = (before["prefix"] or "") if before else ""
    joint = (before["joint"] or "") if before else ""
    start, end = core.start(), _end(core)
    if label:
        place = _Place.LABELLED
    if prefix and _is_written_as_registry(prefix, joint, core, place):
        found = _read(core, prefix, place, spaced=joint.isspace())
        return _match(text, found, start - len(prefix + joint), end)
    suffix = _AFTER.match(text, end) if not core["tail"] else None
    if (
        suffix
        and _is_capitals(suffix["suffix"])
        and can_be_registry(suffix["suffix"])
        and not prefix.isupper()
    ):
        return _match(text, _read(core, suffix["suffix"], place, after=True), start, suffix.end())
    if prefix and label:
        return None
    if not _may_stand_bare(text, core, place, window):
        return None
    return _match(text, _read(core, "", place), start, end)


def _listed(text: str, core: re.Match[str], last: DnrMatch) -> DnrMatch | None:
    """Reads bare digits in a list after a dnr (`KS 2016/0178, 2016/0179`) with the first one's letters."""
    if core["first"] is None or not _LIST.fullmatch(text[last.end : core.start()][:8]):
        return None
    prefix = last.key.split("-", 1)[0]
    found = _read(core, "", _Place.HEADING)
    if found is None or len(core["second"]) < 3 > len(core["first"]):
        return None
    return _match(text, found.replace(_UNPREFIXED, prefix, 1), core.start(), _end(core))


def _may_stand_bare(text: str, core: re.Match[str], place: _Place, window: str) -> bool:
    if core["middle"] is not None:
        return _is_capitals(core["middle"])
    if place is _Place.LABELLED:
        return not belongs_to_authority(window)
    if place is _Place.RUNNING or core["unit"] is not None:
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


def _read(
    core: re.Match[str], letters: str, place: _Place, *, spaced: bool = False, after: bool = False
) -> str | None:
    """Makes the key of digits and letters, `None` where they say something else (a date, a law, a range)."""
    if not can_be_registry(letters):
        return None
    if core["unit"] is not None:
        return (
            _key(letters + core["unit"], _century(core["unit_year"][-2:]), int(core["unit_number"]))
            if letters
            else None
        )
    if core["fused"] is not None:
        return _key(letters, int(core["fused_year"]), int(core["fused"]))
    if core["middle"] is not None:
        known = can_be_registry(core["middle"])
        return (
            _key(core["middle"], int(core["year"]), int(core["number"]))
            if known and not core["tail"]
            else None
        )
    first, mark, second = core["first"], core["mark"], core["second"]
    if _is_date(core) or (mark == ":" and is_statute(letters)):
        return None
    lettered = bool(letters) and not after
    if place is not _Place.LABELLED and _is_other(core, lettered=lettered, spaced=spaced, place=place):
        return None
    year = _year_and_number(first, mark, second, free=bool(letters) or place is _Place.LABELLED)
    return None if year is None else _key(letters, *year)


def _year_and_number(first: str, mark: str | None, second: str, *, free: bool) -> tuple[int, int] | None:
    if _is_year(first):
        return int(first), int(second)
    if _is_year(second):
        return (int(second), int(first)) if len(first) < 6 or mark != "-" else None
    slash = mark == "/" or (free and mark != ":")
    if slash and len(second) == 2 and (len(first) >= 3 or free):
        return _century(second), int(first)
    if slash and free and len(first) == 2 and len(second) >= 3:
        return _century(first), int(second)
    return None


def _is_other(core: re.Match[str], *, lettered: bool, spaced: bool, place: _Place) -> bool:
    """Whether digits without a label are rather a month, a range of years, a school year or a statute."""
    first, mark, second = core["first"], core["mark"], core["second"]
    years = _is_year(first) and _is_year(second)
    month = _is_year(first) and mark in "-." and len(second) == 2 and 1 <= int(second) <= 12
    if lettered:
        strict = place is _Place.RUNNING
        short = not _is_year(first) and not _is_year(second) and (mark != "/" or len(first) + len(second) < 5)
        return strict and (short or month or (years and spaced and mark == "-"))
    next_year = _is_year(first) and len(second) == 2 and int(second) == (int(first) + 1) % 100
    month_first = _is_year(second) and len(first) <= 2 and int(first) <= 12 and not first.startswith("00")
    return mark == ":" or years or month or next_year or month_first


def _is_date(core: re.Match[str]) -> bool:
    """Whether the digits are the head of `2019-11-25` or `2019.12.05`."""
    tail = (core["tail"] or "").lstrip("-/.:")
    return (
        core["mark"] in ("-", ".", "/")
        and _is_year(core["first"])
        and len(core["second"]) <= 2
        and 1 <= int(core["second"]) <= 12
        and len(tail) == 2
        and tail.isdigit()
    )


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and "1950" <= digits <= "2099"


def _century(two_digits: str) -> int:
    year = int(two_digits)
    return 1900 + year if year >= 70 else 2000 + year


def _is_capitals(letters: str) -> bool:
    return len(letters) >= 2 and letters[0].isupper() and letters[-1].isupper()


def _is_written_as_registry(letters: str, joint: str, core: re.Match[str], place: _Place) -> bool:
    if place is _Place.LABELLED or (core["unit"] is not None and letters.isupper()):
        return True
    heading = place is _Place.HEADING and core["mark"] != ":"
    if letters[0].isupper() and len(letters) <= 4 and (heading or "/" in joint):
        return True
    return _is_capitals(letters) and len(letters) <= 8


def _key(letters: str, year: int, number: int) -> str | None:
    return f"{letters.upper() or _UNPREFIXED}-{year}-{number}" if number else None
