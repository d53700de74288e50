"""Reads from a cover who was present, one person an entry, as written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.furniture import Line
from corpus.segmentation.cover import label_of, unflattened

_LETTER = "A-ZÅÄÖÉÜ"
_WORD = rf"(?:[{_LETTER}][\w’'´`-]*[a-zåäöéü´`][\w’'´`-]*|[{_LETTER}]\.)"
_NAME = rf"{_WORD}(?: (?:{_WORD}|von|de|af|da|van|el|al|Al)){{1,4}}"
_PARTY = rf"(?:\((?:[{_LETTER}a-zåäö]{{1,6}}|-|–)\)|, ?(?:[{_LETTER}]{{1,4}})(?![\w-]))"
_SPAN = r"§{1,2}\s?\d{1,4}(?:\s?[-–,]\s?§{0,2}\s?\d{1,4})*"
_ROLE = (
    r"(?:\s?\([a-zåäö0-9][^()]{2,90}\)"
    rf"|,? (?:ersätter|tjänstgör för|ersättare för|för) {_NAME}(?: ?{_PARTY})?"
    rf"|, (?:\d:[ea] )?(?:[a-zåäö][a-zåäö/-]+|Ordförande|Vice|Sekreterare|Ledamot|Ersättare)"
    rf"(?: (?:\d:[ea] )?[a-zåäö/-]+){{0,6}}(?=[\s,;(§]|$)(?: ?\([{_LETTER}]{{1,6}}\))?"
    rf"|,? {_SPAN}|, via länk|, kl\.? ?[\d.:–-]+(?: ?[-–] ?[\d.:]+)?|,? jäv {_SPAN})"
)
_PERSON = re.compile(rf"{_NAME}(?: ?{_PARTY})?(?:{_ROLE}){{0,6}}")
_PARTY_FIRST = re.compile(
    rf"(?<!\w)(?:S|M|SD|C|V|KD|L|FP|MP"
    rf"|[{_LETTER}]{{2,4}}) (?=[{_LETTER}][a-zåäö])(?P<person>{_NAME}(?:{_ROLE}){{0,4}})"
)
# A row of a table: the party in a column of its own, then crosses and votes.
_ROW = re.compile(
    rf"(?:\d{{1,3}}\.?\s{{1,4}})?(?P<name>{_NAME})(?:\t\s*|\s{{2,}})\(?(?P<party>[{_LETTER}]{{1,5}})\)?"
    r"(?:\s+(?:[Xx1√✓]|[Jj]a|JA|[Nn]ej|NEJ|[Aa]vst\w*\.?|[-–]))*\s*"
)
_HAS_PARTY = re.compile(rf"{_PARTY}")
_LISTED = frozenset({"present", "deputies", "others"})
_LABEL = re.compile(
    r"(?:Beslutande(?: ledamöter)?|Närvarande(?: ledamöter| ersättare)?|Ledamöter|Tjänstgörande ersättare"
    r"|Ej tjänstgörande(?: ersättare)?|Övriga ersättare|Ersättare|Övriga(?: deltagare| närvarande"
    r"| deltagande)?"
    r"|Tjänste(?:män|personer)|Ordinarie ledamöter)\s*:?[\t ]*",
)
_SECOND_HALF = re.compile(
    r"(?:ersättare|ledamöter|deltagare|närvarande)[\t ]+(?=[A-ZÅÄÖ])|(?:ersättare|ledamöter)$"
)
_NO_NAME = frozenset(
    {
        "plats",
        "tid",
        "protokoll",
        "ledamöter",
        "ersättare",
        "paragrafer",
        "kommunhuset",
        "redovisas",
        "ordförande",
        "parti",
        "namn",
        "nr",
        "ärende",
        "ärenden",
        "ärendelista",
    }
)
_LONGEST = 200
_LONGEST_LIST = 4_000
_MOST = 400
_MOST_NAMES = 3


def persons(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the persons that a cover lists as present, in its order, each once."""
    found: dict[str, None] = {}
    for text in _listing(lines):
        for person in _persons_in(text):
            found.setdefault(person)
            if len(found) >= _MOST:
                return tuple(found)
    return tuple(found)


def _listing(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the lines below the labels of those present, without the labels."""
    is_listed = False
    pending = ""
    for text in unflattened(lines):
        label = label_of(text)
        if label is not None:
            is_listed = label in _LISTED and not text.casefold().startswith("sekreterare")
        if not is_listed:
            continue
        names = _SECOND_HALF.sub("", _without_label(text) if label else text)
        joined = f"{pending} {names}".strip()
        pending = joined if _is_broken(joined) and len(joined) < _LONGEST_LIST else ""
        if joined and not pending:
            yield joined
    if pending:
        yield pending


def _is_broken(text: str) -> bool:
    """Tell whether a person goes on in the next line."""
    if text.endswith((",", "punkt", " och")) or text.count("(") > text.count(")"):
        return True
    return text.count("), ") > 1 and not text.endswith(")")


def _without_label(text: str) -> str:
    found = _LABEL.match(text)
    while found and found.end():
        text = text[found.end() :]
        found = _LABEL.match(text)
    return text.strip()


def _persons_in(text: str) -> Iterator[str]:
    if (row := _ROW.fullmatch(text)) is not None and _is_person(row["name"]):
        yield f"{row['name']} ({row['party']})"
        return
    pieces = [piece for piece in text.split("\t") if piece.strip()]
    for piece in pieces:
        clean = " ".join(piece.split())
        if _PARTY_FIRST.match(clean):
            yield from _of_matches(_PARTY_FIRST, clean)
        elif _HAS_PARTY.search(clean):
            yield from (
                person for person in _of_matches(_PERSON, clean) if _HAS_PARTY.search(person) or "," in person
            )
        else:
            yield from _without_party(clean)


def _of_matches(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for found in pattern.finditer(text):
        person = found[0].strip(" ,;")
        if _is_person(person):
            yield person


def _without_party(text: str) -> Iterator[str]:
    """Read a line without parties: one person with or without a role, or none that is certain."""
    found = _PERSON.match(text)
    if found and len(text) <= _LONGEST and not text[found.end() :].strip(" ,.;") and _is_person(text):
        yield text
    elif "," in text:
        yield from _one_after_another(text)


def _one_after_another(text: str) -> Iterator[str]:
    """Yield persons from the start on, as long as it is certain where each ends."""
    at = 0
    while (found := _PERSON.match(text, at)) and _is_one_name(found[0]) and _is_person(found[0]):
        yield found[0].strip(" ,;")
        rest = text[found.end() :]
        at = found.end() + len(rest) - len(rest.lstrip(" ,;"))


def _is_one_name(person: str) -> bool:
    """Tell whether what stands before the role is one name: names without parties may run together."""
    name = re.split(r"[,(]", person, maxsplit=1)[0]
    return name != person and len(name.split()) <= _MOST_NAMES


def _is_person(text: str) -> bool:
    return len(text) <= _LONGEST and text.split(" ", 1)[0].strip(",.:").casefold() not in _NO_NAME
