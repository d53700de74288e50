"""Reads what the path of a file says: `lund/kommunstyrelsen/2019-11-25.pdf`, `goteborg/ks-2024-05-15.txt`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from corpus import committees, municipalities
from corpus.dates import find_dates
from corpus.document import Committee, Municipality
from corpus.slugs import slug

_MOST_WORDS: Final = 10
_EXTENSION: Final = re.compile(r"\.[A-Za-z]{2,5}\Z")
_COMPACT_DATE: Final = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
_JOINED_DATE: Final = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_. ](?P<month>\d\d)[-_. ](?P<day>\d\d)(?!\d)"
)
_SEPARATORS: Final = re.compile(r"[_\s,;.()+]+|--+|-(?=\d)")


@dataclass(frozen=True, slots=True)
class PathEvidence:
    """What a path says; `None` where it says nothing."""

    municipality: Municipality | None
    committee: Committee | None
    date: datetime.date | None


def read_path(source: str, known: Municipality | None = None) -> PathEvidence:
    """Reads the folders from the file upwards, then the file name, for municipality, body and date.

    Args:
        source: the path below the folder of minutes.
        known: the municipality, where something else tells it; its abbreviations are read.
    """
    *folders, name = source.split("/")
    stem = _EXTENSION.sub("", name)
    municipality = _municipality(folders, stem)
    own = known or municipality
    date = next((found for part in (stem, *reversed(folders)) if (found := _date(part)) is not None), None)
    return PathEvidence(municipality, _committee(folders, stem, own.slug if own else None), date)


def _municipality(folders: list[str], stem: str) -> Municipality | None:
    for folder in reversed(folders):
        found = municipalities.by_slug(_without_kommun(slug(folder)))
        if found is None and not folder.isascii():
            found = municipalities.known(folder)
        if found is not None:
            return found
    words = slug(_pieces(stem)[0]).split("-") if _pieces(stem) else []
    for length in range(min(len(words), 4), 0, -1):
        rest = "-".join(words[length:])
        found = municipalities.by_slug(_without_kommun("-".join(words[:length])))
        if found is not None and (not rest or any(map(committees.by_slug, _prefixes(rest)))):
            return found
    return None


def _without_kommun(name: str) -> str:
    """`lunds-kommun` and `malmo-stad` are the municipality's name in the genitive."""
    bare = re.sub(r"-(?:kommun|stad)\Z", "", name)
    if bare == name or municipalities.by_slug(bare) is not None:
        return bare
    return bare.removesuffix("s")


def _committee(folders: list[str], stem: str, municipality: str | None) -> Committee | None:
    for piece in (*_pieces(stem), *(piece for folder in reversed(folders) for piece in (folder,))):
        for words in _prefixes(slug(piece)):
            found = committees.by_slug(words)
            if found is None and words.isalpha():
                found = committees.by_letters(words, municipality)
            if found is not None:
                return found
    return None


def _prefixes(name: str) -> Iterator[str]:
    """Gives the runs of words that a name begins with, longest first, then those after its municipality."""
    words = name.split("-")[:_MOST_WORDS]
    for start in range(2 if len(words) > 1 else 1):
        for end in range(len(words), start, -1):
            yield "-".join(words[start:end])


def _pieces(stem: str) -> list[str]:
    """Splits a file name where it changes its subject; what follows `bilaga` is the attachment's own name."""
    head = re.split(r"(?i)[-_ ]bilaga[-_ ]", stem)[0]
    return [piece.strip("-") for piece in _SEPARATORS.split(head) if piece.strip("-")]


def _date(part: str) -> datetime.date | None:
    for pattern in (_JOINED_DATE, _COMPACT_DATE):
        for match in pattern.finditer(part):
            try:
                return datetime.date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:
                continue
    words = re.sub(r"[-_.]+", " ", part)
    return next((found.date for found in find_dates(words) if found.sure), None)
