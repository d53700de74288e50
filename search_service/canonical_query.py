"""A query string in its one canonical form, in parts: the addresses around a search differ in one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote

from msgspec import Struct

_VALUE: Final = "\0"
"""Stands for a value: no escaped text has it."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9_.~-]*\Z")


def escaped(text: str, *, safe: str = "") -> str:
    """Return `text` as it stands in an address; most is plain, which is quicker seen than escaped."""
    return text if _PLAIN.match(text) else quote(text, safe=safe)


class CanonicalQuery(Struct, frozen=True):
    """A query string.

    Attributes:
        parts: name to `name=value`, escaped, in their order; to the empty string where the value is the
            default, which is not written.
    """

    parts: Mapping[str, str]

    @classmethod
    def of(cls, texts: Iterable[tuple[str, str]]) -> CanonicalQuery:
        """Return the query string of names and values; an empty value is the default."""
        return cls({name: text and f"{name}={escaped(text, safe=',')}" for name, text in texts})

    @property
    def text(self) -> str:
        """The query string as it stands in an address."""
        return "&".join(filter(None, self.parts.values()))

    def replacing(self, name: str, text: str) -> CanonicalQuery:
        """Return the query string with another value of `name`, one that needs no escapes."""
        return CanonicalQuery({**self.parts, name: text and f"{name}={text}"})

    def without(self, *names: str) -> CanonicalQuery:
        """Return the query string with the default of every one of `names`."""
        return CanonicalQuery({**self.parts, **dict.fromkeys(names, "")})

    def around(self, name: str) -> tuple[str, str]:
        """Return what stands before and after a value of `name`, whatever that is."""
        before, _, after = self.replacing(name, _VALUE).text.partition(_VALUE)
        return before, after
