"""What stands on a line of a head beside a name or a title: dates, page numbers, dnr, words of the form."""

from __future__ import annotations

import re
from typing import Final

from corpus import dnr
from corpus.committee_names import find_names, repaired
from corpus.dates import find_dates
from corpus.municipalities import designations

MEETING_WORD: Final = re.compile(
    r"(?i)\b(?:utdrag ur\s+)?(?:sammanträdes|yttrande|besluts|mötes)?protokoll(?:sutdrag)?(?:et)?\b"
    r"(?:,?\s?\(?nr\s?\d{1,3}\)?)?|\bSAMMANTRADESPROTOKOLL\b|\b(?:kallelse|föredragningslista|dagordning|ärendelista)\b"
)
_OTHER_NOISE: Final = re.compile(
    r"(?i)\b(?:sida|sid|sidan)\b\.?|\bdatum\b:?|\b(?:sammanträdesdatum|sammanträde|möte|diarienr|dnr"
    r"|diarienummer|tjänsteskrivelse|tjänsteutlåtande|till|vår beteckning|ärendenummer)\b:?"
    r"|\b(?:organ|nämnd|instans):"
    r"|\bkl(?:ockan)?\b\.?\s?\d{1,2}(?:[.:]\d\d)?(?:\s?[-–]\s?\d{1,2}[.:]\d\d)?|\b\d{1,4}\s?(?:\(|av|/)\s?\d{1,4}\)?"
    r"|§{1,2}\s?\d{1,4}(?:\s?[-–]\s?\d{1,4})?|\b(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?\b(?:\s?den\b)?|\bden\b"
    r"|\b\d{1,4}\b|(?:(?<=\s)|\A)[|*_#>•:,.;()–/-]+(?=\s|\Z)|[|*_#:;.()]+(?=\s|\Z)|,(?=\s*\Z)|(?:(?<=\s)|\A)[|*_#>•:(]+"
)
CAN_HOLD_NAME: Final = re.compile(
    r"n[äa]mnd|fullm[äa]ktige|styrelse|utskott|beredning|r[åa]d(?:et)?\b|delegation|kommitt|presidi",
    re.IGNORECASE,
)


def _is_kommun(designation: str) -> bool:
    """Whether it ends in kommun or stad, and not in the name of a body (`Lunds kommunstyrelse`)."""
    return not CAN_HOLD_NAME.search(designation)


def without_noise(line: str) -> str:
    """Takes dates, page numbers, dnr, municipality and words such as `Protokoll` off a line."""
    spans = [(found.start, found.end) for found in find_dates(line) if found.sure]
    spans += [(found.start, found.end) for found in dnr.find(line)]
    spans += [
        (found.start, found.end) for found in designations(line) if _is_kommun(line[found.start : found.end])
    ]
    kept: list[str] = []
    after = 0
    for start, end in sorted(spans):
        kept.append(line[after:start])
        after = max(after, end)
    line = " ".join([*kept, line[after:]])
    return " ".join(_OTHER_NOISE.sub(" ", MEETING_WORD.sub(" ", line)).split())


def names_body_only(line: str) -> bool:
    """Whether a line without noise is the name of a body and nothing else."""
    names = list(find_names(repaired(line)))
    return len(names) == 1 and names[0].start == 0 and names[0].end == len(repaired(line))
