"""Writes answers as JSON bytes, without a model in between: that is what makes it fast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec


def json_bytes(value: Any) -> bytes:
    """Return `value` as JSON in UTF-8; dates and times as RFC 3339, UTC with `Z`."""
    return msgspec.json.encode(value)


def json_lines(values: Iterable[Any]) -> Iterator[bytes]:
    """Yield `values` as JSON Lines, one a line."""
    for value in values:
        yield msgspec.json.encode(value) + b"\n"
