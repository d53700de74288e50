"""The values of fields such as `kommun:` and `datum:` to leaves of the tree."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from corpus import committees, municipalities
from corpus.committee_names import find_names
from corpus.document import DocumentType
from corpus.slugs import slug
from index.analysis.analyzer import Analyzer
from index.analysis.parties import PARLIAMENT, party_key
from index.analysis.section_references import section_numbers
from index.query import DateRange, Keyword, Phrase, Query, Scope, Word
from index.query_tree import conjunction, disjunction
from index.query_words import case_of, phrase_of

SCOPES: Final = {"titel": Scope.TITLE, "beslut": Scope.DECISION}
"""The fields that say where ordinary words are looked for."""

UNKNOWN: Final = "unknown"
"""The value of a keyword that selects the sections where the property could not be read."""

_UNKNOWN_WORDS: Final = frozenset({"okänd", "okänt", UNKNOWN})
_TYPES: Final = {
    **{kind.value: kind.value for kind in DocumentType},
    "protokoll": DocumentType.MINUTES.value,
    "tjänsteskrivelse": DocumentType.REPORT.value,
    "tjänsteutlåtande": DocumentType.REPORT.value,
    "kallelse": DocumentType.AGENDA.value,
    "föredragningslista": DocumentType.AGENDA.value,
    "bilaga": DocumentType.ATTACHMENT.value,
}
_LETTERS_OF: Final = {name: letters for letters, name in PARLIAMENT.items()}

_RANGE: Final = re.compile(r"\s*(?:\.\.|–)\s*")
_YEAR: Final = re.compile(r"[12][0-9]{3}")
_DATE: Final = re.compile(r"([12][0-9]{3})(?:-([01]?[0-9])(?:-([0-3]?[0-9]))?)?")
_SECTIONS: Final = re.compile(
    r"\s*§{0,2}\s*(?P<numbers>[0-9]{1,4} ?[a-zA-Z]?(?:\s*(?:-|–|\.\.|,)\s*[0-9]{1,4} ?[a-zA-Z]?)*)\s*"
)
_MUNICIPALITY: Final = re.compile(r"(?P<name>.*?)(?P<genitive>s)? (?:kommun|stad)", re.IGNORECASE)
_OF_TWO_WORDS: Final = re.compile(r"\S+ +(?:kommun|stad)", re.IGNORECASE)
_CITATION: Final = re.compile(
    r"(?:(?P<kommun>[^,]{1,60} (?:kommun|stad)), )?(?:(?P<organ>.{2,120}), )?"
    r"(?:protokoll|tjänsteskrivelse|kallelse|bilaga) (?P<datum>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r", § ?(?P<paragraf>[0-9]{1,4} ?[a-z]?)(?:, dnr .{1,200})?",
    re.IGNORECASE,
)
_MAX_YEARS: Final = 200


class NoValue(Exception):
    """A field's value is none of those it can have; the message says which it can."""


def field_value(name: str, value: str, scope: Scope, analyzer: Analyzer) -> Query:
    """Return the tree for a field with a value; not for those in `SCOPES`.

    Raises:
        NoValue: with what is allowed, in Swedish.
    """
    shown = f'"{value}"' if re.search(r"\s", value) else value
    if name == "person":
        return _person(value, f"{name}:{shown}", scope, analyzer)
    return _READERS[name](value, f"{name}:{shown}", scope)


def is_value(name: str, words: str) -> bool:
    """Tell whether several words, without quotes, are one value of a field: `Lunds kommun`."""
    if name == "dnr":
        return case_of(words, "") is not None
    if name == "kommun":
        return municipalities.known(words) is not None or bool(_OF_TWO_WORDS.fullmatch(words))
    return name == "organ" and _is_one_body(words)


def _is_one_body(words: str) -> bool:
    found = list(find_names(words))
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(words))


def citation(text: str, analyzer: Analyzer) -> Query | None:
    """Return the tree for a § cited as the answers cite it, `None` for other text.

    `Granviks kommun, Kommunstyrelsen, protokoll 2019-11-25, § 354, dnr KS 2019/0835`. A document whose
    municipality or body could not be read is not left out.
    """
    match = _CITATION.fullmatch(text.strip())
    if match is None:
        return None
    try:
        children = [field_value("datum", match["datum"], Scope.ALL, analyzer)]
    except NoValue:
        return None
    for name in ("kommun", "organ"):
        named = field_value(name, match[name], Scope.ALL, analyzer) if match[name] else None
        if isinstance(named, Keyword):
            children.append(replace(named, values=(*named.values, UNKNOWN)))
    children.append(field_value("paragraf", match["paragraf"], Scope.ALL, analyzer))
    return conjunction(children)


def bodies_in(field: str, value: str) -> list[tuple[str, list[str]]]:
    """Return what a value of a municipality or body names, as typed, each with the slugs it may mean."""
    # A comma behind a hyphen is part of a name: `Kultur-, idrotts- och fritidsnämnden`.
    names = value.split(",") if field == "municipality" else re.split("(?<!-),", value)
    slugs_of = municipality_slugs if field == "municipality" else _committee_slugs
    return [(name.strip(), [slug for slug in slugs_of(name.strip()) if slug]) for name in names]


def _municipality(value: str, surface: str, _scope: Scope) -> Query:
    return _bodies("municipality", value, surface)


def _bodies(field: str, value: str, surface: str) -> Keyword:
    distinct = tuple(dict.fromkeys(slug for _, slugs in bodies_in(field, value) for slug in slugs))
    if not distinct:
        raise NoValue("ett namn")
    return Keyword(surface, field, distinct)


def municipality_slugs(name: str) -> list[str]:
    """Return the slugs that a municipality's name in any form may mean; an empty one for no letters."""
    if name.casefold() in _UNKNOWN_WORDS:
        return [UNKNOWN]
    known = municipalities.known(name) or municipalities.by_slug(slug(name))
    if known is not None:
        return [known.slug]
    names = [name]
    if match := _MUNICIPALITY.fullmatch(name):
        names += [match["name"], f"{match['name']}{match['genitive'] or ''}"]
    return list(map(slug, names))


def _committee(value: str, surface: str, _scope: Scope) -> Query:
    return _bodies("committee", value, surface)


def _committee_slugs(name: str) -> list[str]:
    if name.casefold() in _UNKNOWN_WORDS:
        return [UNKNOWN]
    found = committees.named(name)
    return [slug(name), *([found.slug] if found else [])]


def _type(value: str, surface: str, _scope: Scope) -> Query:
    kinds = [_TYPES.get(part.strip().casefold()) for part in value.split(",")]
    found = tuple(dict.fromkeys(kind for kind in kinds if kind))
    if not found or None in kinds:
        raise NoValue("protokoll, tjänsteskrivelse, kallelse eller bilaga")
    return Keyword(surface, "type", found)


def _case(value: str, surface: str, _scope: Scope) -> Query:
    case = case_of(value, surface)
    if case is None:
        raise NoValue("ett diarienummer, t.ex. KS 2019/0835")
    return case


def _section(value: str, surface: str, _scope: Scope) -> Query:
    match = _SECTIONS.fullmatch(value)
    if match is None:
        raise NoValue("ett nummer, t.ex. 125 eller 120..125")
    return Keyword(surface, "section", section_numbers(match["numbers"].replace("..", "-").lower()))


def _year(value: str, surface: str, _scope: Scope) -> Query:
    years: dict[str, None] = {}
    spans: list[Query] = []
    for part in map(str.strip, value.split(",")):
        if part.startswith("..") or part.endswith(".."):
            spans.append(_open_years(part, surface))
        else:
            years.update(dict.fromkeys(_years(part)))
    return disjunction([Keyword(surface, "year", tuple(years)), *spans] if years else spans)


def _years(part: str) -> list[str]:
    if part.casefold() in _UNKNOWN_WORDS:
        return [UNKNOWN]
    ends = re.split(r"\s*(?:\.\.|-|–)\s*", part)
    first, last = ends[0], ends[-1]
    if len(ends) > 2 or not _YEAR.fullmatch(first) or not _YEAR.fullmatch(last):
        raise NoValue("ett årtal, t.ex. 2019 eller 2016..2019")
    years = range(int(first), int(last) + 1)
    if not 0 < len(years) <= _MAX_YEARS:
        raise NoValue("ett årtal, t.ex. 2019 eller 2016..2019")
    return list(map(str, years))


def _open_years(part: str, surface: str) -> DateRange:
    first, _, last = part.partition("..")
    year = first.strip() or last.strip()
    if (first.strip() and last.strip()) or not _YEAR.fullmatch(year):
        raise NoValue("ett årtal, t.ex. 2019 eller 2016..2019")
    if first.strip():
        return DateRange(surface, datetime.date(int(year), 1, 1), None)
    return DateRange(surface, None, datetime.date(int(year), 12, 31))


def _dates(value: str, surface: str, _scope: Scope) -> Query:
    ends = _RANGE.split(value.strip())
    if len(ends) == 1:
        ends *= 2
    if len(ends) > 2 or not any(ends):
        raise NoValue("ett datum, t.ex. 2019-11-14 eller 2019-01..2019-06")
    first = _day(ends[0], last=False) if ends[0] else None
    last = _day(ends[1], last=True) if ends[1] else None
    return DateRange(surface, first, last)


def _day(written: str, *, last: bool) -> datetime.date:
    """Return the first or last day of a year, month or day."""
    match = _DATE.fullmatch(written)
    year, month, day = match.groups() if match else ("0", None, None)
    try:
        in_month = datetime.date(int(year), int(month or (12 if last else 1)), 1)
        days = calendar.monthrange(in_month.year, in_month.month)[1]
        return in_month.replace(day=int(day or (days if last else 1)))
    except ValueError as error:
        raise NoValue("ett datum, t.ex. 2019-11-14 eller 2019-01..2019-06") from error


def _person(value: str, surface: str, scope: Scope, analyzer: Analyzer) -> Query:
    name = phrase_of(value, analyzer, slop=0, scope=scope)
    if name is None:
        raise NoValue("ett namn")
    if isinstance(name, Phrase):
        return Phrase(surface, name.words, 0, scope)
    return Word(surface, (), name.exact, scope)


def _party(value: str, surface: str, scope: Scope) -> Query:
    letters = value.strip("() ").casefold()
    letters = _LETTERS_OF.get(letters, letters)
    if not re.fullmatch(r"[^\W\d_]{1,8}", letters):
        raise NoValue("ett partis bokstäver, t.ex. S")
    key, name = party_key(letters), PARLIAMENT.get(letters)
    # A name in full is a plain word of the index.
    return Word(surface, (key,), (key, name, f"{name}s") if name else (key,), scope)


_READERS: Final[Mapping[str, Callable[[str, str, Scope], Query]]] = {
    "kommun": _municipality,
    "organ": _committee,
    "typ": _type,
    "dnr": _case,
    "paragraf": _section,
    "år": _year,
    "datum": _dates,
    "parti": _party,
}
