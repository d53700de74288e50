"""Web and e-mail addresses."""

from __future__ import annotations

import re
from typing import Final

from index.analysis.spans import Special

_URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"|]{1,2000}", re.IGNORECASE)
_SCHEME: Final = re.compile(r"https?://", re.IGNORECASE)
_CLOSING: Final = ".,;:!?)]}'*_"
# The local part is bounded and begins where no such character stands before it: linear in the text.
_MAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[^\W_]{1,63}(?:-[^\W_]{1,63}){0,8}(?:\.[^\W_]{1,63}(?:-[^\W_]{1,63}){0,8}){1,8}"
)


def addresses(text: str) -> list[Special]:
    """Return the addresses in a text; `lund.se` alone is none."""
    found = []
    if "://" in text or "w." in text or "W." in text:
        found += [_url(match[0], match.start()) for match in _URL.finditer(text)]
    if "@" in text:
        found += [
            Special(match.start(), match.end(), (f"mail:{match[0].casefold()}",))
            for match in _MAIL.finditer(text)
        ]
    return _disjoint(sorted(found))


def _url(written: str, start: int) -> Special:
    address = written.rstrip(_CLOSING)
    without_scheme = _SCHEME.sub("", address, count=1).rstrip("/").casefold()
    return Special(start, start + len(address), (f"url:{without_scheme[:200]}",))


def _disjoint(found: list[Special]) -> list[Special]:
    kept: list[Special] = []
    for special in found:
        if not kept or kept[-1].end <= special.start:
            kept.append(special)
    return kept
