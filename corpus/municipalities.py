"""Which municipality a name means: the 290 of Sweden by every form of their name, any other as it is."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Final

from corpus.document import Municipality
from corpus.slugs import slug

# `Lunds kommun`, `GÖTEBORGS STAD`, `Åtvidabergs kommunstyrelse`, but not `Göteborgs Stadshus AB`.
_KIND: Final = r"(?:kommun|stad)(?:s|en|ens)?|(?:kommun|stads)(?:fullmäktige|styrelse)(?:s|n|ns)?"
_NAME_WORD: Final = r"[A-ZÅÄÖ][A-Za-zÅÄÖåäöéÉ]*(?:-[A-ZÅÄÖ][A-Za-zÅÄÖåäö]+)?"
_DESIGNATION: Final = re.compile(
    rf"(?<![\w-])(?P<name>{_NAME_WORD}(?:[ ](?!(?i:kommun|stad)\b){_NAME_WORD})?)"
    rf"\s(?P<kind>(?i:{_KIND}))(?![\w-])"
    rf"|(?<![\w-])(?i:region(?:en)?)\s(?P<region>(?i:gotland)s?)(?![\w-])"
)
_TITLE: Final = re.compile(rf"\s+(?:{_KIND})\s*\Z", re.IGNORECASE)
_REGION: Final = re.compile(r"\Aregion(?:en)?\s+(?=gotland)", re.IGNORECASE)
_CAPITALISED: Final = re.compile(rf"(?<![\w-])(?P<name>{_NAME_WORD}(?:[ ]{_NAME_WORD})?)(?![\w-])")
# A short name that ends so has its s by nature: Alingsås, Strängnäs, Hagfors, Grums.
_NATURAL_S: Final = re.compile(r"(?:ås|näs|fors|hus|lös|grums|[sxz]s)\Z", re.IGNORECASE)
# The only two of the 290 that are one in ASCII: Habo and Håbo.
_SHARED_SLUG: Final = "habo"
# `Din kommun`, `Stockholms stads` company and the like: words that stand before kommun and name none.
_NO_NAME: Final = re.compile(
    r"aktuella?|alla|andra|annan|berörda?|den|denna|din|egen|en|er|hela|ingen|inom|kommunens|möjlig|ny|respektive"
    r"|samma|sveriges|varje|våra?|region|landsting|stat|län"
)


@dataclass(frozen=True, slots=True)
class Designation:
    """A municipality named as such in a text (`Lunds kommun`, `Malmö stad`)."""

    municipality: Municipality
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Facts:
    by_form: dict[str, Municipality]
    by_slug: dict[str, Municipality]
    by_seat: dict[str, Municipality]


def by_name(name: str) -> Municipality | None:
    """Gives the municipality that a name means, `None` for a name without a letter.

    `Lunds kommun`, `LUNDS KOMMUN` and `Lund` are one; a name that is not among the facts is taken as it is
    written, without `kommun` or `stad` and the genitive before it.
    """
    text = " ".join(name.split())
    known_one = known(text)
    if known_one is not None:
        return known_one
    bare = _TITLE.sub("", text)
    if bare != text and bare[-1:] in "sS" and not _NATURAL_S.search(bare):
        bare = bare[:-1]
    if bare.isupper():
        bare = bare.title()
    bare = bare[:1].upper() + bare[1:]
    return Municipality(slug(bare), bare) if slug(bare) else None


def known(name: str) -> Municipality | None:
    """Gives the municipality of Sweden that any form of its name means, `None` when there is none."""
    bare = _REGION.sub("", _TITLE.sub("", " ".join(name.split())))
    return _facts().by_form.get(bare.casefold())


def by_slug(name: str) -> Municipality | None:
    """Gives the municipality of Sweden that ASCII letters mean, also with its words joined (`upplandsbro`).

    `None` for letters that two share: `habo` is Habo as well as Håbo.
    """
    return _facts().by_slug.get(name) or _facts().by_slug.get(name.replace("-", ""))


def by_seat(place: str) -> Municipality | None:
    """Gives the municipality that has its seat in a place: of its own name, or `Kinna` for Mark."""
    facts = _facts()
    return facts.by_seat.get(place.casefold()) or facts.by_form.get(place.casefold())


def designations(text: str) -> Iterator[Designation]:
    """Finds what a text calls a municipality of Sweden (`Lunds kommun`), in order."""
    for match in _DESIGNATION.finditer(text):
        name, group = (match["name"], "name") if match["name"] else (match["region"], "region")
        last = name.rsplit(" ", 1)[-1]
        for form in (name, last):
            found = known(form)
            if found is not None:
                yield Designation(found, match.end(group) - len(form), match.end())
                break


def free_designation(line: str) -> Municipality | None:
    """Reads a line that is nothing but `<Name> kommun`, also of a name that is not among the facts."""
    match = _DESIGNATION.fullmatch(line.strip())
    words = match["name"].casefold().split(" ") if match is not None and match["name"] else []
    if match is None or not words or _NO_NAME.fullmatch(words[0]):
        return None
    if match["kind"].casefold() not in ("kommun", "stad"):
        return None
    return by_name(line)


def places(text: str) -> Iterator[Designation]:
    """Finds capitalised names of seats and municipalities in a short text that tells a place."""
    for match in _CAPITALISED.finditer(text):
        for form in (match["name"], *match["name"].split(" ")):
            found = by_seat(form)
            if found is not None:
                start = match.start() + match["name"].index(form)
                yield Designation(found, start, start + len(form))
                break


def _own_slug(name: str, county: str) -> str:
    """Gives Håbo a slug of its own, with its county, so that it is not counted with Habo."""
    shared = slug(name) == _SHARED_SLUG and name.casefold() != _SHARED_SLUG
    return f"{slug(name)}-{slug(county.removesuffix(' län'))}" if shared else slug(name)


@functools.cache
def _facts() -> _Facts:
    text = resources.files("corpus").joinpath("municipalities.csv").read_text(encoding="utf-8")
    facts = _Facts({}, {}, {})
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        municipality = Municipality(_own_slug(row["name"], row["county"]), row["name"])
        for form in (row["name"], row["genitive"], row["name"] + "s"):
            facts.by_form[form.casefold()] = municipality
        if slug(row["name"]) != _SHARED_SLUG:
            facts.by_slug[municipality.slug] = municipality
            facts.by_slug[municipality.slug.replace("-", "")] = municipality
        if row["seat"]:
            facts.by_seat[row["seat"].casefold()] = municipality
    return facts
