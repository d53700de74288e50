"""Which body a name or an abbreviation means, in the one spelling that is shown."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Final

from corpus.committee_names import find_names, repaired
from corpus.document import Committee
from corpus.slugs import slug

# Only these mean the same everywhere. KUN, BUN or VON do not: each municipality has its own.
_GENERAL: Final = {
    "KS": "Kommunstyrelsen",
    "KF": "Kommunfullmäktige",
    "KSAU": "Kommunstyrelsens arbetsutskott",
}
_LONGEST_ABBREVIATION: Final = 6
_WORDS: Final = re.compile(r"[a-zåäöéü]+", re.IGNORECASE)
_UNWRITTEN: Final = frozenset({"och", "samt", "för", "i"})
_ADDRESSED: Final = re.compile(r"\A(?:till|ledamöter och ersättare i)\s+", re.IGNORECASE)
# What an address says in ASCII, for names that are not among the facts.
_FROM_ASCII: Final = (
    ("namnd", "nämnd"),
    ("fullmaktige", "fullmäktige"),
    ("samhalls", "samhälls"),
    ("overformyndar", "överförmyndar"),
    ("miljo", "miljö"),
    ("vard", "vård"),
    ("halso", "hälso"),
    ("aldre", "äldre"),
    ("raddning", "räddning"),
    ("valfard", "välfärd"),
    ("naringsliv", "näringsliv"),
    ("hallbar", "hållbar"),
    ("atgard", "åtgärd"),
    ("funktionsratt", "funktionsrätt"),
    ("funktionsstod", "funktionsstöd"),
    ("tillvaxt", "tillväxt"),
    ("rad", "råd"),
    ("jav", "jäv"),
    ("forening", "förening"),
    ("forskole", "förskole"),
)
_ASCII_HEAD: Final = re.compile(
    r"(?:namnden|fullmaktige|styrelsen|utskott(?:et)?|beredning(?:en)?|rad(?:et)?|delegation(?:en)?|presidium)"
    r"(?:-(?:centrum|nordost|sydvast|hisingen|norr|soder|oster|vaster)|-for-[a-z-]+)?\Z"
)


@dataclass(frozen=True, slots=True)
class _Facts:
    by_slug: dict[str, Committee]
    by_letters: dict[tuple[str, str], Committee]


def named(name: str) -> Committee | None:
    """Gives the body that a name means, `None` for a name without a letter.

    However it is spelled, broken or declined, one body has one name: `Miljö och klimatnämnden` and
    `MILJÖ- OCH KLIMATNÄMNDENS` are `Miljö- och klimatnämnden`; `Lunds kommunstyrelse` is `Kommunstyrelsen`.
    `KS`, `KF` and `KSAU` are known; other abbreviations need their municipality, see `by_letters`. A name
    that follows no pattern is taken as it is written.
    """
    text = " ".join(re.sub(r"(?<=\w)[-\u00ad]\n\s*(?=[a-zåäö])(?!(?:och|samt)\b)", "", name).split())
    general = _GENERAL.get(text.upper().replace(" ", ""))
    if general is not None:
        return Committee(slug(general), general)
    text = repaired(_ADDRESSED.sub("", text))
    found = list(find_names(text))
    # `Brottsförebyggande rådet` is a name, but `rådet` alone is none.
    is_bare = len(found) == 1 and found[0].abbreviated and found[0].start > 0
    if len(found) == 1 and not is_bare and not _rest(text, found[0].start, found[0].end):
        return _committee(found[0].name)
    if text.isupper() and len(text) > _LONGEST_ABBREVIATION:
        text = text.lower()
    text = text[:1].upper() + text[1:]
    return Committee(slug(text), text) if slug(text) else None


def by_letters(letters: str, municipality: str | None) -> Committee | None:
    """Gives the body that an abbreviation means, generally (`KS`) or in one municipality (its slug)."""
    folded = letters.upper()
    general = _GENERAL.get(folded)
    if general is not None:
        return _committee(general)
    if municipality is None:
        return None
    facts = _facts()
    known = facts.by_letters.get((municipality, folded))
    if known is not None or not folded.endswith("AU"):
        return known
    owner = facts.by_letters.get((municipality, folded[:-2]))
    return owner and _committee(f"{owner.name}s arbetsutskott")


def spelled_out(letters: str, names: Iterable[str]) -> Committee | None:
    """Gives the body whose initials an abbreviation is: `KUN`, of `Kultur- och utbildningsnämnden`.

    `None` when none or several fit.
    """
    fitting = {name for name in names if letters.casefold() in _abbreviations(name)}
    return _committee(fitting.pop()) if len(fitting) == 1 else None


def by_slug(name: str) -> Committee | None:
    """Gives the body that a slug or a part of a path means (`barn-och-ungdomsnamnden`, `ksau`)."""
    known = _facts().by_slug.get(name)
    if known is not None:
        return known
    if name.upper() in _GENERAL:
        return named(name)
    if not _ASCII_HEAD.search(name):
        return None
    text = name.replace("-", " ")
    for ascii_part, part in _FROM_ASCII:
        text = re.sub(rf"{ascii_part}(?!\w*{part})", part, text)
    found = named(text)
    return Committee(name, found.name) if found is not None and found.slug == name else None


def municipalities_of(letters: str, names: Iterable[str]) -> frozenset[str]:
    """Gives the municipalities (slugs) of which it is a known fact that one of `names` has these letters."""
    slugs = {slug(name) for name in names}
    return frozenset(
        municipality
        for (municipality, known), committee in _facts().by_letters.items()
        if known == letters.upper() and committee.slug in slugs
    )


def _committee(name: str) -> Committee:
    return Committee(slug(name), name)


def _rest(text: str, start: int, end: int) -> bool:
    """Whether anything but a municipality's name (`Lunds kommunstyrelse`) stands beside the body's."""
    before, after = text[:start].strip(" :"), text[end:].strip(" .,:")
    return bool(after and not re.fullmatch(r"i [A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)?", after)) or bool(
        before and not re.fullmatch(r"(?:[\w-]+\s){0,3}[\w-]+s?", before)
    )


def _abbreviations(name: str) -> frozenset[str]:
    """Gives the ways in which the initials of a name are written: with its links or without, n for nämnd."""
    words = [word.casefold() for word in _WORDS.findall(name)]
    head = next((word for word in words if word.endswith("nämnden")), None)
    if head is None:
        return frozenset()
    bare = [word[0] for word in words if word not in _UNWRITTEN and word != head]
    linked = ["o" if word in ("och", "samt") else word[0] for word in words if word not in ("för", "i", head)]
    last = head[0] + "n" if head != "nämnden" else "n"
    first = head[:2] + "n" if head != "nämnden" else "n"
    parts = {"".join(bare), "".join(linked)}
    return frozenset(part + end for part in parts for end in (last, first, last[:1]) if len(part + end) >= 2)


@functools.cache
def _facts() -> _Facts:
    text = resources.files("corpus").joinpath("committees.csv").read_text(encoding="utf-8")
    facts = _Facts({}, {})
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        committee = Committee(slug(row["name"]), row["name"])
        facts.by_slug[committee.slug] = committee
        if row["abbreviation"]:
            facts.by_letters[(slug(row["municipality"]), row["abbreviation"])] = committee
    return facts
