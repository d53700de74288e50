"""Makes the ASCII name by which addresses and filters call a municipality or a committee."""

from __future__ import annotations

import re
import unicodedata

_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")
# Letters that no decomposition takes apart.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})


def slug(name: str) -> str:
    """Fold a name to lower-case ASCII letters and digits with single hyphens between.

    ``Håbo`` gives ``habo``, ``Miljö- och byggnämnden`` gives ``miljo-och-byggnamnden``. A name without
    a letter or digit gives the empty string.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold()).casefold().translate(_LETTERS)
    without_marks = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _NOT_IN_A_SLUG.sub("-", without_marks).strip("-")
