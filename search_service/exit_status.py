"""The exit statuses of the command line: what each means, and which errors end with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from corpus.errors import CorpusError
from index.errors import (
    FolderShrank,
    IndexBusy,
    IndexDamaged,
    IndexNotPurged,
    IndexNotWritten,
    IndexUnconfirmed,
    SearchEngineError,
    TooManyUnreadable,
)
from search_service.errors import ReportNotWritten, ServiceError
from search_service.settings import SettingsError


@dataclass(frozen=True, slots=True)
class ExitStatus:
    """One row of the table.

    Attributes:
        code: what the program ends with; from 65 on as in `sysexits.h`, where that has a name for it.
        meaning: for `--help` and the README.
        errors: what ends with it; of an error that is of several rows, the first counts.
    """

    code: int
    meaning: str
    errors: tuple[type[Exception], ...] = ()


LEFT_OUT: Final = ExitStatus(
    1, "done but something was left out under --strict or the report not written", (ReportNotWritten,)
)
NOTHING_DONE: Final = ExitStatus(
    2, "wrong use or nothing done", (CorpusError, SearchEngineError, ServiceError, SettingsError)
)
DAMAGED: Final = ExitStatus(70, "the index is damaged", (IndexDamaged,))

EXIT_STATUSES: Final = (
    ExitStatus(0, "done"),
    LEFT_OUT,
    ExitStatus(65, "not published since too many files are unreadable", (TooManyUnreadable,)),
    ExitStatus(66, "not published since too many documents would go", (FolderShrank,)),
    DAMAGED,
    ExitStatus(74, "a file could not be read or written", (IndexNotWritten, OSError)),
    ExitStatus(75, "another run is writing", (IndexBusy,)),
    ExitStatus(
        76,
        "published but the disk did not confirm that it is durable or that what was taken down is gone",
        (IndexUnconfirmed, IndexNotPurged),
    ),
    NOTHING_DONE,
)

EXPECTED: Final = tuple(error for status in EXIT_STATUSES for error in status.errors)
"""What can go wrong without a bug: its message says what to do."""


def status_of(error: Exception) -> ExitStatus:
    """Return what the program ends with after `error`."""
    return next((status for status in EXIT_STATUSES if isinstance(error, status.errors)), NOTHING_DONE)


def statuses_line() -> str:
    """Return all statuses with their meanings, as they stand in `--help` and the README."""
    ordered = sorted(EXIT_STATUSES, key=lambda status: status.code)
    return ", ".join(f"{status.code} {status.meaning}" for status in ordered)
