"""What keeps an index from being replaced by one of a folder that is not whole.

That is a disk that is not mounted, a copy that was cut short, files that a program has spoilt.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.errors import FolderShrank, TooManyUnreadable

MOST_GONE: Final = 10
"""Percent of the documents that may go from one generation to the next."""

ALWAYS_MAY_GO: Final = 1
"""Documents that may go whatever their share: one of a few is a file that somebody has deleted."""

MOST_UNREADABLE: Final = 2
"""Percent of the files that may give no text."""

FEWEST_FILES: Final = 50
"""Files from which that is a share to speak of: below, one or two scanned files would stop all others."""


@dataclass(frozen=True, slots=True)
class Guards:
    """What is refused unless the operator allows it.

    Attributes:
        allow_shrink: publish also when more than `MOST_GONE` percent of the documents went, or all.
        allow_unreadable: publish also when more than `MOST_UNREADABLE` percent of the files give no text.
    """

    allow_shrink: bool = False
    allow_unreadable: bool = False

    def check_documents(self, minutes: Path, *, before: int, after: int) -> None:
        """Compare how many documents the index has with how many it would have.

        Raises:
            FolderShrank: too many would go.
        """
        gone = before - after
        is_too_many = gone > ALWAYS_MAY_GO and gone * 100 > before * MOST_GONE
        if not self.allow_shrink and (is_too_many or (before and not after)):
            raise FolderShrank(
                f"Mappen {minutes} ger {after} handlingar, men indexet har {before}: mer än {MOST_GONE} % "
                "skulle försvinna. Ingenting publicerades: indexet är orört. Är disken monterad och "
                "mappen hel? Ska de bort: lägg till --allow-shrink"
            )

    def check_unreadable(self, minutes: Path, *, unreadable: int, files: int) -> None:
        """Look at how many of the files give no text.

        Raises:
            TooManyUnreadable: they are too many.
        """
        is_too_many = files >= FEWEST_FILES and unreadable * 100 > files * MOST_UNREADABLE
        if not self.allow_unreadable and is_too_many:
            raise TooManyUnreadable(
                f"{unreadable} av {files} filer i {minutes} kan inte läsas, mer än {MOST_UNREADABLE} %. "
                "Ingenting publicerades: indexet är orört. Rätta filerna, eller lägg till "
                "--allow-unreadable; rapporten säger då vilka de är och varför"
            )
