"""Finds the lines that may begin a §, and weighs how much speaks for each.

A § sign at the beginning of a line begins a §, or is a reference that was broken over two lines, a line of a
table of contents, or a law. Each candidate gets a weight from its own form and from the lines around it;
`corpus.segmentation.numbering` then chooses among them by the sequence of their numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import dnr
from corpus.furniture import Line
from corpus.heading_numbers import is_number_line
from corpus.part_headings import kind_of

_BODY_ABBREVIATION = r"(?:[A-ZÅÄÖ][a-zåäö]{0,4}(?:n|au|[sf])|[A-ZÅÄÖ]{1,5}(?:N|AU|[SFU]))"
# Before a § sign the body may be written in any way: `KS/AU`, `Ks au`, `Kommunstyrelsen`.
_ANY_BODY = r"[A-ZÅÄÖ][^\W\d_]{0,40}(?:(?:[ /-]|\s?-\s)[^\W\d_]{1,40}){0,4}"
_CONTINUED = r"(?:[Ff]orts(?:\.|ättning(?: på| av)?)?:?|FORTS\.?)"
_SIGN = re.compile(
    rf"(?P<continued>{_CONTINUED}\s{{0,3}})?(?:(?:(?P<body>{_ANY_BODY})\.?\s{{0,3}})?§{{1,2}}|Paragraf(?=\s))"
    rf"\s{{0,8}}(?:(?:19|20)\d\d:)?(?P<number>\d{{1,4}})"
    rf"(?P<letter>[a-z](?!\w)|\s?[A-Da-d](?=\s+[A-ZÅÄÖ]))?(?:/(?:19|20)?\d\d(?!\d))?"
    rf"(?:\s{{1,3}}A[Uu]\s?§?\s?\d{{1,4}})?(?P<rest>.*)",
    re.DOTALL,
)
_USUAL_BODY = re.compile(_BODY_ABBREVIATION)
_ABBREVIATED = re.compile(
    rf"(?:\d{{1,3}}\s{{1,3}})?(?P<body>{_BODY_ABBREVIATION})\s{{1,3}}(?P<number>\d{{1,4}})"
    rf"(?:\s{{1,3}}A[Uu]\s{{1,3}}\d{{1,4}})?(?P<rest>(?:\s.*)?)",
    re.DOTALL,
)
_LABEL = r"(?:[Dd]nr|DNR|[Dd]iarienr|[Dd]iarienummer|[Ää]rendenr|[Ää]rendenummer|[Ää]rende-?[Ii][Dd])"
_BEFORE_LABEL = re.compile(rf"(?P<number>\d{{1,4}})(?P<rest>\s{{1,8}}{_LABEL}\b.*)", re.DOTALL)
_STARTS_WITH_LABEL = re.compile(rf"\s*{_LABEL}\b")
_NO_BODY = frozenset(
    {"den", "men", "han", "hon", "en", "in", "an", "dem", "ons", "is", "as", "os", "us", "af"}
)
# Only where the document declares §§ that no § sign begins: `31 §`, `Ärende 31`, `31. Title`, `Ks 31/19`.
_LOOSE = re.compile(
    rf"(?:(?:{_ANY_BODY})\s{{1,3}})?(?P<number>\d{{1,4}})(?:/(?:19|20)?\d\d(?!\d))?"
    rf"(?P<rest>\s?§?[.:]?(?:\s{{1,8}}[A-ZÅÄÖÉ\"”»(].*)?)",
    re.DOTALL,
)
_SIGN_AFTER = re.compile(r"\s?§")
_RANGE = re.compile(r"\s?[-–—]\s?(?:§\s?)?\d")
# `§ 80 KS Motion om ...` in a list of what the matter rests on: a § of another body.
_OTHER_BODY = re.compile(r"\s*[A-ZÅÄÖ]{0,4}(?:KS|KF|AU|N)\s+[A-ZÅÄÖ]")
_FORTS = re.compile(r"\b(?:[Ff]orts(?:\.|ättning)?|FORTS\.?)\W*$")
_FORTS_FIRST = re.compile(r"\s{0,3}\(?(?:[Ff]orts(?:\.|ättning)?|FORTS\.?)\)?(?!\w)")
_PAGE_AT_END = re.compile(r"(?:\.{3,}|…|\t)\s*\d{1,3}$")
_OPEN_END = re.compile(
    r"(?:[,(–-]|\d|\b(?:och|i|den|enligt|av|med|till|för|kap\.?|samt|se|eller|från|under|per|om|punkt|på|§|KF|KS"
    r"|paragraf|datum|beslut|protokoll|juli|juni|maj|april|mars|augusti|januari|februari|oktober))$"
)
# A title may begin with a small letter (`e-tjänst`), but a reference that goes on does so with these.
_REFERENCE_GOES_ON = re.compile(
    r"(?:och|samt|eller|i|på|av|att|som|om|med|från|till|under|per|enligt|har|ska|skall|är|var|den|det|st|stycket"
    r"|första|andra|tredje|punkt|p|ff|f|kap|lag|lagen|[\wåäö]{3,30}(?:lagen|förordningen|balken|ordningen|reglementet))\b"
)
_YEAR_AT_END = re.compile(r"[a-zåäö] (?:19|20)\d\d$")
_SENTENCE_END = (".", "!", "?", ":", ";")
_LOOK_AHEAD = 12
_LONG_REST = 170
_NEARLY_FULL = 0.6
_OTHERWISE = 2.5
_STRONG = 3.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that may begin a §.

    Attributes:
        line: its place among the lines of the document.
        number: as a § is cited, `112` or `12a`.
        order: the number to compare with others.
        rest: what follows the number on the line.
        continues: whether the line says that an earlier § goes on (`forts.`).
        weight: how much speaks for it, from about -5 to 8.
        is_dense: whether hardly any text follows it, as in a table of contents.
        body: the words before the § sign that are no usual abbreviation of a body; mostly empty.
    """

    line: int
    number: str
    order: int
    rest: str
    continues: bool
    weight: float
    is_dense: bool = False
    body: str = ""


def candidates(lines: Sequence[Line], *, width: int = 0, is_loose: bool = False) -> list[Heading]:
    """Return every line that may begin a §, in order.

    Args:
        lines: the lines of the document.
        width: the length at which lines were broken; 0 when each line is a paragraph of its own.
        is_loose: whether a number will do without a sign before it (`31 §`, `Ärende 31`, `31. Title`).
    """
    read = _parse_loosely if is_loose else parse
    parsed = [(index, found) for index, line in enumerate(lines) if (found := read(line.text, index))]
    ends = [*(index for index, _ in parsed), len(lines)][1:]
    return _compared(
        [
            _weighed(heading, lines, end=end, has_sign=has_sign, width=width)
            for (_, (heading, has_sign)), end in zip(parsed, ends, strict=True)
        ]
    )


def _compared(headings: Sequence[Heading]) -> list[Heading]:
    """Doubt those with other words before the sign than most have: they cite another body's §."""
    strong = Counter(heading.body for heading in headings if heading.weight >= _STRONG)
    most = max(strong.values(), default=0)
    return [
        replace(heading, weight=heading.weight - _OTHERWISE)
        if heading.body and (strong[heading.body] < most or strong[heading.body] <= strong[""])
        else heading
        for heading in headings
    ]


def parse(text: str, line: int = 0) -> tuple[Heading, bool] | None:
    """Read a line as the first of a §; the flag tells whether it has a § sign or a label for a dnr."""
    if not text or not (text[0] in "§f" or text[0].isupper() or text[0].isdigit()):
        return None
    found = _SIGN.match(text)
    if found:
        if _RANGE.match(found["rest"]):
            return None
        return _heading(found, line, letter=found["letter"] or "", prefix=found["continued"] or ""), True
    found = _BEFORE_LABEL.match(text)
    if found:
        return _heading(found, line), True
    found = _ABBREVIATED.fullmatch(text)
    if found and found["body"].casefold() not in _NO_BODY and _may_follow_abbreviation(found["rest"]):
        return _heading(found, line), False
    return None


def _parse_loosely(text: str, line: int) -> tuple[Heading, bool] | None:
    if not text or len(text) > _LONG_REST:
        return None
    found = _LOOSE.fullmatch(text)
    if found is None:
        return parse(text, line)
    sign = _SIGN_AFTER.match(found["rest"])
    rest = (found["rest"][sign.end() :] if sign else found["rest"]).lstrip(".:")
    order = int(found["number"])
    return Heading(line, str(order), order, rest, continues=False, weight=0.0), bool(sign)


def _may_follow_abbreviation(rest: str) -> bool:
    """Tell whether `Ks 1` stands as a heading: alone, before a dnr, or before a title."""
    text = rest.strip()
    return not text or bool(_STARTS_WITH_LABEL.match(text)) or (text[0].isupper() and len(text) < _LONG_REST)


def _heading(found: re.Match[str], line: int, *, letter: str = "", prefix: str = "") -> Heading:
    order = int(found["number"])
    rest = found["rest"]
    continues = bool(prefix) or bool(_FORTS.search(rest[-24:])) or bool(_FORTS_FIRST.match(rest))
    number = f"{order}{letter.strip().lower()}"
    return Heading(line, number, order, rest, continues, 0.0, body=_unusual_body(found))


def _unusual_body(found: re.Match[str]) -> str:
    body = found.groupdict().get("body") or ""
    return "" if _USUAL_BODY.fullmatch(body) else body.casefold()


def _weighed(heading: Heading, lines: Sequence[Line], *, end: int, has_sign: bool, width: int) -> Heading:
    body = [
        line.text for line in lines[heading.line + 1 : min(end, heading.line + 4 * _LOOK_AHEAD)] if line.text
    ]
    has_part = any(kind_of(text) is not None for text in body[:_LOOK_AHEAD])
    weight = 1.0 if has_sign else 0.0
    weight += _weight_of_rest(lines[heading.line].text, heading)
    weight += _weight_of_place(lines, heading.line, width, has_title=_has_title(heading.rest))
    weight += 1.5 if has_part else 0.0
    weight -= 0.0 if body else 1.0
    is_dense = not has_part and len(body) <= 3
    return replace(heading, weight=weight, is_dense=is_dense)


def _weight_of_rest(text: str, heading: Heading) -> float:
    """Weigh what follows the number: a dnr or a title speaks for a heading, a sentence against it."""
    rest = heading.rest
    stripped = rest.strip()
    if not stripped:
        return 1.0
    if heading.continues or _STARTS_WITH_LABEL.match(rest) or dnr.find_in_heading(text):
        return 2.5
    if rest[0] in ",;)/" or stripped == ".":
        return -4.0
    first = stripped.lstrip(".:–- \t")[:1]
    if first.islower():
        return -3.0 if _REFERENCE_GOES_ON.match(stripped) or stripped.endswith(".") else -1.0
    weight = 1.0 if first else -1.0
    if _PAGE_AT_END.search(stripped):
        weight -= 3.0
    if stripped.endswith(".") or len(stripped) > _LONG_REST:
        weight -= 1.5
    if _OTHER_BODY.match(rest):
        weight -= 2.5
    return weight


def _has_title(rest: str) -> bool:
    """Tell whether a title or a label follows the number: a reference to a § goes on otherwise."""
    return rest.strip()[:1].isupper()


def _weight_of_place(lines: Sequence[Line], index: int, width: int, *, has_title: bool) -> float:
    """Weigh what stands above: a heading follows a space, a dnr or the end of a sentence."""
    above = lines[index - 1] if index else None
    if above is None or not above.text:
        return 1.5
    if above.page != lines[index].page or is_number_line(above.text):
        return 1.0
    was_broken = len(above.text) > width * _NEARLY_FULL > 0
    if was_broken and _OPEN_END.search(above.text[-40:]):
        return -1.0 if _YEAR_AT_END.search(above.text[-20:]) and has_title else -4.0
    return 0.0 if above.text.endswith(_SENTENCE_END) else -0.5
