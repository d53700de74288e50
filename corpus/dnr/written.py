"""How a dnr is written: the patterns that the readings of it share."""

from __future__ import annotations

from typing import Final

LABEL_INITIAL: Final = "[dDäÄ]"
_LABEL_REST: Final = (
    r"(?i:(?<=d)(?:\.?[ ]?nr|iarie-?[ ]?(?:nummer|nr))|(?<=ä)rende(?:-?[ ]?(?:nummer|nr|id)|beteckning))"
)
LABEL: Final = LABEL_INITIAL + _LABEL_REST
# What begins with a plain class `re` finds quickly: it skips to those letters.
LABEL_ALONE: Final = rf"{LABEL_INITIAL}(?<![^\W\d_].){_LABEL_REST}"
LETTER: Final = "[A-Za-zÅÄÖÉåäöé]"
JOINT: Final = r"[ ]{0,2}[-/.:_]?[ ]{0,2}"
DIGITS: Final = rf"""(?:
        (?P<unit>\d{{2,3}})[ ]?-[ ]?(?P<unit_number>\d{{3,5}})/(?P<unit_year>(?:19|20)?\d\d)(?!\d)
      | (?P<fused>\d{{1,6}})/(?P<fused_year>(?:19|20)\d\d)(?=\d{{1,2}}\.\d)
      | (?P<year>(?:19|20)\d\d){JOINT}(?P<middle>{LETTER}{{2,8}}){JOINT}(?P<number>\d{{1,6}})
        (?!\d|[-/.:]\d)
      | (?P<first>\d{{1,6}})[ ]?(?P<mark>[-/.:])[ ]?(?P<second>\d{{1,6}})(?!\d)
    )"""
TAIL: Final = r"(?P<tail>[-/.:]?-?\d{1,6}(?:\.\d{1,4}){0,4})?"
PLAN_CODE: Final = r"[ \t]{1,8}\d{1,3}(?:\.\d{1,3}){0,4}(?![\w.:/-])"

_DASHES: Final = "‐‑‒–—−"


def plain_dashes(text: str) -> str:
    """Return a text of the same length with one kind of hyphen and of space."""
    # Each by itself: far quicker than to translate character by character.
    for dash in _DASHES:
        text = text.replace(dash, "-")
    return text.replace("\u00a0", " ")
