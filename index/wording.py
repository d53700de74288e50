"""A query in other words: the text that a person typed, with some of its words replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.query_lexer import clean


def reworded(q: str, words: Mapping[str, str]) -> str | None:
    """Return `q` with other words for those in `words`; `None` when none of them stands in it.

    Upper and lower case do not matter; a word that begins with a capital is replaced by one that does.
    """
    others = {typed.casefold(): other for typed, other in words.items()}
    query = clean(q)
    if not others:
        return None

    def other(found: re.Match[str]) -> str:
        word = others.get(found[0].casefold(), found[0])
        return word[:1].upper() + word[1:] if found[0][:1].isupper() else word

    typed = "|".join(map(re.escape, sorted(others, key=len, reverse=True)))
    text = re.sub(rf"(?<!\w)(?:{typed})(?!\w)", other, query, flags=re.IGNORECASE)
    return " ".join(text.split()) if text != query else None
