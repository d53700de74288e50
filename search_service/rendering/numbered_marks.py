"""Numbers what is marked on a page, so that each mark can be gone to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Final

_MARK: Final = "<mark>"


class MarkNumbers:
    """Gives the marks of one page their ids, `m1`, `m2`, …, in the order in which its pieces are given."""

    def __init__(self) -> None:
        self._given = 0

    @property
    def given(self) -> int:
        """How many marks have an id so far."""
        return self._given

    def numbered(self, html: str) -> str:
        """Return a piece of escaped text, in which `<mark>` is the only element, with an id in each."""
        first, *rest = html.split(_MARK)
        ids: Iterator[int] = count(self._given + 1)
        self._given += len(rest)
        return first + "".join(
            f'<mark id="m{number}">{piece}' for number, piece in zip(ids, rest, strict=False)
        )
