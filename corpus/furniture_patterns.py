"""What a line of page furniture looks like: signatures, page numbers, and the head of a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_LONGEST = 140
_MOST_WORDS_OF_A_BODY = 8
_WHITE_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")
# The words of a head are compared without dots and rings: optical reading drops them.
_PLAIN_LETTERS = str.maketrans("åäöéèüÅÄÖÉÈÜ", "aaoeeuAAOEEU")
_MARKS = re.compile(r"[*_#|]+")

_RULE = re.compile(r"[-_=.…·*–—~ ]{4,}")
_LEADER = re.compile(r"[\t ]*(?:[._…]{5,}[._… ]*)$")

_SIGNATURE = re.compile(
    r"(?:(?:justerand(?:es|e)"
    r"|justerar(?:e|es|nas|ens?)|justeras|just|ordforande(?:ns?|s)?|ordf"
    r"|sekreterarens?)\W{0,2}\s?"
    r"sign(?:atur(?:er)?|um)?|utdrags?\s?bestyrk(?:ande|es|t)"
    r"|utdraget(?:s riktighet)? (?:bestyrk(?:es|s)|intygas)"
    r"|ratt utdrag(?:et)? (?:bestyrk(?:es|s)|intygas)"
    r"|sign(?:aturer)?)\W{0,3}"
)
_PAGE = re.compile(
    r"(?:sida|sidan|sidnr|sid|blad|page)\W{0,2}\s?\d{1,4}(?:\s?\(\s?\d{1,4}\s?\)|\s?(?:av|of"
    r"|/)\s?\d{1,4})?(?!\d)"
    r"|(?<![\w.:,/-])\d{1,4}\s?\(\s?\d{1,4}\s?\)(?![\w.])"
)
_KIND_AND_PAGE = re.compile(r"[a-z]{4,30}(?: [a-z]{4,30})? \d{1,3} ?\(\d{1,3}\)")  # `Beslut 1 (20)`
_ADJUSTED = re.compile(r"paragrafen ar justerad\.?")
_DATE = re.compile(
    r"(?<![\d/–-])(?:(?:19|20)\d\d-[01]\d-[0-3]\d|(?:[0-3]?\d ?[-–] ?)?[0-3]?\d"
    r" (?:januari|februari|mars|april|maj|juni|juli"
    r"|augusti"
    r"|september|oktober|november|december) (?:19|20)\d\d)(?![\d/-])"
)
_MEETING_DATE = re.compile(r"(?:sammantrades|motes)(?:datum|dag)\W{0,2}")
_MINUTES = re.compile(
    r"(?:sammantrades|motes|besluts)?protokoll(?:sutdrag)?"
    r"(?:\s?\(?(?:nr\W{0,2}\d{1,4}(?:[:/]\d{1,4})?|\d{4}[:/]\d{1,3}|\d{1,3}/\d{4})\)?)?"
    r"|utdrag ur protokoll|\bnr \d{1,3}/(?:19|20)\d\d(?!\d)"
)
_SHEET = re.compile(r"\b(?:sida nr|blad nr|sida|sidnr|bladnr|blad|datum|sign)\b")
_RUNNING_HEAD = re.compile(r"[a-z-]{2,30} (?:kommun|stad|region) [a-z, -]{3,80}\bprotokoll")

_MUNICIPALITY = re.compile(
    r"(?:[A-Z][\w-]{1,30}|upplands vasby|UPPLANDS VASBY)(?: \w{2,20})? (?:kommun|KOMMUN|stad|STAD)"
    r"|(?:Region|REGION) [A-Z][\w-]{1,30}"
)
_BODY = re.compile(
    r"(?:namnd(?:en)?s?|styrelsens?|fullmaktiges?|utskottet?s?|utskott|radet|beredningen|direktionen"
    r"|kommitten)"
    r"(?: \w{2,20})?(?: (?:och|samt) \w{2,30})?"
)
_ENDS_WITH_BODY = re.compile(_BODY.pattern + r"$")
_NO_NAME = re.compile(r"[.:;!?§()\d]|\b(?:beslut\w*|foreslar|yrkar)\b| (?:av|om|till|fran|i|over|pa|enligt) ")
_FIRST_HALF_OF_A_BODY = re.compile(r"[A-Z]\w{2,30}(?: \w{2,30}(?=-))?(?:-| ?, ?\w{2,20}-?)? och")
_DNR_LABEL = re.compile(r"(?:diarienummer|diarienr|dnr|arendenummer|arendenr)\W{0,2}")
_ROLE = re.compile(r"(?:justerare|ordf)\W{0,2}")
# What is left of a head beside what is known of it: the number of the page, or a scribble.
_PAGE_AT_END = re.compile(r"[\s,–-]+(\d{1,3})$")
_SCRIBBLE = re.compile(r"(?:[\W\d_]|(?<![^\W\d_])[^\W\d_]{1,2}(?![^\W\d_])){1,10}")
# One of these ends every head of a page, or begins it: a quick look before the slow ones.
_MAY_BE_HEAD = re.compile(
    r"(?:namnd(?:en)?s?|styrelsens?|fullmaktiges?|utskott(?:ets?)?|radet|beredningen|direktionen"
    r"|kommitten|och"
    r"|kommun|stad|^region [\w-]+|sign\w*|bestyrk\w*|protokoll\w*|intygas|sida|blad|datum|dag"
    r"|nr|nr \d{1,3}|nummer"
    r"|justerare|ordf"
    r"|19\d\d|20\d\d|\d-\d\d(?:\s+\d{1,3})?|(?:datum|20\d\d)\s+\d{1,3}|\d{4}[:/]\d{1,3}"
    r"|\d ?\)|(?:namnden|styrelsen|fullmaktige) \w+)\W*$"
)
_PAGE_NUMBER = re.compile(r"-?\s?\d{1,4}\s?-?|\d{1,3} ?/ ?\d{1,3}")


class Sort(Enum):
    """How sure it is that a line is furniture, and of what kind it is."""

    CERTAIN = "certain"  # wherever it stands
    RULE = "rule"  # wherever it stands, but it tells nothing about the lines beside it
    FIXED = "fixed"  # beside other furniture: the word *Protokoll*, a label
    DATE = "date"  # when it is the date of the head of the page
    NAME = "name"  # when it is the body or municipality of the head of the page
    LABEL = "label"  # `Diarienummer` alone, with the number in the next line
    NUMBER = "number"  # when it is the number of the page


@dataclass(frozen=True, slots=True)
class Look:
    """What a line looks like; `value` is what has to agree with the head of the page."""

    sort: Sort
    value: str


def normalised(text: str) -> str:
    """Return the text without marks of Markdown, with single spaces."""
    return _WHITE_SPACE.sub(" ", _MARKS.sub(" ", text)).strip()


def folded(text: str) -> str:
    """Return the text as the words of a head are compared: normalised, lower case, without diacritics."""
    return normalised(text).translate(_PLAIN_LETTERS).casefold()


def masked(text: str) -> str:
    """Return the text folded and with each number as `0`: what stays the same from page to page."""
    return _DIGITS.sub("0", folded(text))


def without_leader(text: str) -> str:
    """Return the line without the dots or underscores on which somebody signs."""
    return _LEADER.sub("", text) if text[-2:-1] in {"_", ".", "…"} else text


def look(text: str) -> Look | None:
    """Tell what furniture the line may be, `None` when it can be none."""
    if len(text) > _LONGEST:
        return _long_rule(text)
    if _RULE.fullmatch(text.strip()):
        return Look(Sort.RULE, "")
    line = normalised(text)
    plain = line.translate(_PLAIN_LETTERS)
    lower = plain.casefold()
    if not lower:
        return None
    if _ADJUSTED.fullmatch(lower):
        return Look(Sort.RULE, "")
    if _PAGE_NUMBER.fullmatch(lower):
        return Look(Sort.NUMBER, lower.strip("- ").split("/")[0].strip())
    if _RUNNING_HEAD.fullmatch(lower):
        return Look(Sort.CERTAIN, "")
    return _look_without_its_pieces(plain, lower)


def _long_rule(text: str) -> Look | None:
    return Look(Sort.RULE, "") if not text.strip("-_=.…·*–—~ \t") else None


def _look_without_its_pieces(line: str, lower: str) -> Look | None:
    """Take what is known of a head off the line, and look at what is left."""
    if not (_MAY_BE_HEAD.search(lower) or _PAGE.search(lower)):
        return None
    rest, signatures = _SIGNATURE.subn(" ", lower)
    rest, pages = _PAGE.subn(" ", rest)
    rest, meetings = _MEETING_DATE.subn(" ", rest)
    rest, dates = _DATE.subn(" ", rest)
    is_certain = bool(signatures or (pages and not dates) or (meetings and dates))
    rest, minutes = _MINUTES.subn(" ", rest)
    rest, _ = _SHEET.subn(" ", rest)
    rest = _WHITE_SPACE.sub(" ", rest).strip(" ,;:-–|/")
    rest = _without_leftovers(rest, is_signed=bool(signatures), is_head=bool(dates or meetings or minutes))
    name = _name(line, rest)
    if name is None:
        return Look(Sort.FIXED, "") if _KIND_AND_PAGE.fullmatch(lower) else None
    if is_certain or (minutes and (pages or (dates and not name))):
        return Look(Sort.CERTAIN, name)
    return _plain_look(lower, name, is_date=bool(dates) and not minutes)


def _without_leftovers(rest: str, *, is_signed: bool, is_head: bool) -> str:
    """Drop a scribble beside signatures, and the number of a page beside dates and *Protokoll*."""
    if is_signed and _SCRIBBLE.fullmatch(rest):
        return ""
    if is_head:
        return _PAGE_AT_END.sub("", f" {rest}").strip()
    return rest


def _plain_look(lower: str, name: str, *, is_date: bool) -> Look | None:
    if is_date:
        found = _DATE.search(lower)
        return Look(Sort.DATE, found[0] if found else lower)
    if _DNR_LABEL.fullmatch(lower):
        return Look(Sort.LABEL, "")
    if name:
        return Look(Sort.NAME, name)
    return Look(Sort.FIXED, "")


def _name(line: str, rest: str) -> str | None:
    """Return the body or municipality that is left of the line, empty for nothing, `None` for text."""
    if not rest:
        return ""
    if _DNR_LABEL.fullmatch(rest) or _ROLE.fullmatch(rest):
        return ""
    start = line.casefold().find(rest)
    written = line[start : start + len(rest)] if start >= 0 else rest
    if _is_body(written) or _MUNICIPALITY.fullmatch(written) or _is_municipality_and_body(written):
        return rest
    return None


def _is_body(written: str) -> bool:
    words = written.split(" ")
    if len(words) > _MOST_WORDS_OF_A_BODY or not (written[0].isupper() or len(words) == 1):
        return False
    if _FIRST_HALF_OF_A_BODY.fullmatch(written):
        return True
    return bool(_ENDS_WITH_BODY.search(written.casefold())) and not _NO_NAME.search(written)


def _is_municipality_and_body(written: str) -> bool:
    head = _MUNICIPALITY.match(written)
    return bool(head) and _is_body(written[head.end() :].strip(" ,") or "-") if head else False
