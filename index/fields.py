"""The fields of the index: where words stand (zones) and in which form (stem or exact)."""

from __future__ import annotations

from typing import Final

from index.query import Scope

ZONES: Final = ("title", "text", "decision")
"""The parts of a section that are analysed apart. The decision is also part of the text."""

FORMS: Final = ("stem", "parts", "exact")
"""The keys that each word is indexed under: stem and lemmas, parts of a compound, the form as written."""

NEAR: Final = 8
"""How many positions apart the parts of a compound may stand when they are words of their own."""

NEAR_FORMS: Final = ("stem", "parts")
"""The forms that such parts are looked up in."""

ZONES_IN: Final = {
    Scope.ALL: ZONES,
    Scope.TITLE: ("title",),
    Scope.DECISION: ("decision",),
}
"""The zones that a scope looks in."""

KEYWORDS: Final = ("id", "document_id", "case", "dnr", "section")
"""Fields of one untokenised value or several, looked up by value.

`case` has the keys of a section's dnr; `dnr` has them and the forms without a registry, under which
people look for them too.
"""

COLUMNS: Final = ("municipality", "committee", "type", "year")
"""Properties that are counted and filtered by: one value a file of minutes, or unknown."""


def field_name(zone: str, form: str) -> str:
    """Return the name of the field that holds `form` keys of `zone`: `("title", "stem")` → `title_stem`."""
    return f"{zone}_{form}"
