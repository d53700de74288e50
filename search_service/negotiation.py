"""Chooses the format of an answer: what the address says, else the header `Accept` (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

MEDIA_TYPES: Final = {
    "json": "application/json",
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
    "atom": "application/atom+xml",
    "html": "text/html",
}
"""Format to the media type that it is sent as."""

_ALSO: Final = {
    "application/jsonl": "jsonl",
    "application/jsonlines": "jsonl",
    "application/json-lines": "jsonl",
    "application/ndjson": "jsonl",
    "application/problem+json": "json",
    "application/xhtml+xml": "html",
}
_MOST_RANGES: Final = 50
_ANYTHING: Final = "*/*"
"""What programs send."""


def preferred(accept: str, formats: Sequence[str]) -> str | None:
    """Return the one of `formats` that `accept` likes best, the first among equals.

    Without a header, or with one that is not understood, the first; `None` when it excludes them all.
    """
    if accept == _ANYTHING:
        return formats[0]
    ranges = _ranges(accept)
    if not ranges:
        return formats[0]
    qualities = {name: _quality(name, ranges) for name in formats}
    best = max(formats, key=lambda name: qualities[name])
    return best if qualities[best] > 0 else None


def prefers_html(accept: str) -> bool:
    """Return whether `accept` names HTML and likes it better than JSON, as browsers do."""
    ranges = _ranges(accept)
    named = any(media_type in ranges for media_type in ("text/html", "application/xhtml+xml"))
    return named and _quality("html", ranges) > (_named_quality("json", ranges) or 0.0)


def _ranges(accept: str) -> dict[str, float]:
    ranges: dict[str, float] = {}
    for item in accept.split(",")[:_MOST_RANGES]:
        media_type, *parameters = (piece.strip().lower() for piece in item.split(";"))
        if all(media_type.partition("/")):
            ranges[media_type] = max(_weight(parameters), ranges.get(media_type, 0.0))
    return ranges


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 1.0
    return 1.0


def _quality(name: str, ranges: Mapping[str, float]) -> float:
    exact = _named_quality(name, ranges)
    if exact is not None:
        return exact
    family = MEDIA_TYPES[name].partition("/")[0] + "/*"
    return ranges.get(family, ranges.get("*/*", 0.0))


def _named_quality(name: str, ranges: Mapping[str, float]) -> float | None:
    media_types = [MEDIA_TYPES[name], *(other for other, same in _ALSO.items() if same == name)]
    named = [ranges[media_type] for media_type in media_types if media_type in ranges]
    return max(named, default=None)
