"""Which letters before or after a number can be the registry of a municipality, and which cannot."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# Law and its preparation, the state, standards, telephones, units and everyday words in capitals. What ends
# in FS is a statute book (SFS, AFS, SKOLFS), except KFS, which is a municipality's own.
_OTHER_LETTERS: Final = re.compile(
    r"eu|eg|eeg|ef|com|kom|sou|ds|dir|prop|bet|rskr|skr|lag|lagen|mål|nja|hfd|möd|mig|rå|md|jo|jk"
    r"|trv|vv|lst|lm|skl|ivo|iso|iec|en|ss|sis|rfc|abt|abk|aff|ama|(?!k)[a-zåäö-]{0,7}fs"
    r"|tel|tfn|fax|mobil|bg|pg|kl|s|sid|sida|nr|bilaga|budget|kap|punkt|version|covid|läsår|läsåret|år|åren|vt|ht"
    r"|sek|kr|tkr|mkr|mdkr|msek|ksek|eur|usd|mw|kw|kwh|mwh|gwh|ha|kvm|km|mm|cm|bta",
    re.IGNORECASE,
)
# A colon after the short name of a statute makes it its number in the statute book (`PBL 2010:900`).
_STATUTE: Final = re.compile(
    r"fl|hsl|jb|kl|kml|las|lau|lou|lss|lsu|luf|lvm|lvu|mb|mbl|osl|pbl|rf|sfb|sl|sol|tf|yl|ål|äb",
    re.IGNORECASE,
)
_LETTERS_KEPT: Final = 1024
_WORD: Final = re.compile(r"och|om|till|den|från|för|under|nr|av|med|samt", re.IGNORECASE)
AUTHORITY: Final = re.compile(
    r"länsstyrels|verkets?\b|inspektionen|myndighet|domstol|tingsrätt|kammarrätt|förvaltningsrätt"
    r"|regeringen|departement|riksdag|\bert?\b|\bIVO\b|\bJO\b",
    re.IGNORECASE,
)
"""In a word that may name an authority of the state."""

_AUTHORITY_BEFORE: Final = re.compile(rf"(?:{AUTHORITY.pattern})[^\n]{{0,30}}\Z", re.IGNORECASE)


@lru_cache(_LETTERS_KEPT)
def can_be_registry(letters: str) -> bool:
    """Whether the letters of a number may name a registry; there need not be any."""
    return not (_OTHER_LETTERS.fullmatch(letters) or _WORD.fullmatch(letters))


def is_statute(letters: str) -> bool:
    """Whether the letters are the short name of a statute, which a registry may share."""
    return bool(_STATUTE.fullmatch(letters))


def belongs_to_authority(before: str) -> bool:
    """Whether the text right before a number names an authority of the state (or says `Ert dnr`)."""
    return bool(_AUTHORITY_BEFORE.search(before[-60:]))
