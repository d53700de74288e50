"""Errors of the search engine: the user's, the operator's; whatever else is raised is a bug.

::

    SearchEngineError
    ├── QueryError                 the user's (400)
    │   ├── QueryTooLong           more characters than allowed
    │   ├── QueryTooComplex        too many terms, too deep, too short a prefix under `strict`
    │   └── QuerySyntaxError       only with `strict`: what would have been a warning
    └── OperatorError              the operator's (503, an exit status of its own): says what to do
        ├── IndexMissing           nothing has been indexed here yet
        ├── IndexOutdated          made by another schema or analysis: run `reindex`
        ├── IndexDamaged           a file is missing, cut or changed: run `reindex --rebuild`
        ├── IndexUnsafe            others may write to it, so it is not opened
        ├── IndexBusy              another process is writing; names its pid
        ├── TakedownsLost          what is to stay out cannot be read: restore the list
        ├── IndexNotWritten        the disk is full or broken; what was published before still is
        ├── IndexUnconfirmed       published, but a power cut might undo it
        ├── IndexNotPurged         what was taken down may still be in older files: run it again
        ├── NoEarlierGeneration    there is none to go back to
        ├── FolderShrank           too many documents would go
        ├── TooManyUnreadable      too many files give no text
        └── SearchTimeout          the time budget of a request ran out
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

REPAIR: Final = "Bygg om indexet med: minutes-search reindex --rebuild"
"""What each `IndexDamaged` says last."""


class SearchEngineError(Exception):
    """The root of what `index` raises on purpose."""


class QueryError(SearchEngineError):
    """The query cannot be run; the message is for the person who typed it."""


class QueryTooLong(QueryError):
    """The query has more characters than allowed."""


class QueryTooComplex(QueryError):
    """The query has too many terms or too deep a nesting."""


class QuerySyntaxError(QueryError):
    """Raised only with `strict`: what would otherwise have been a warning."""


class OperatorError(SearchEngineError):
    """The index cannot answer; the message says what the operator can do."""


class IndexMissing(OperatorError):
    """Nothing has been indexed in this folder yet."""


class IndexOutdated(OperatorError):
    """The index was made with another schema or analysis.

    Attributes:
        changes: what has become another since it was made, as sentences in English, for a log.
    """

    def __init__(self, folder: Path, changes: Iterable[str]) -> None:
        self.changes = tuple(changes)
        super().__init__(
            f"Indexet i {folder} gjordes med en annan version av sökmotorn och måste byggas om. "
            f"Kör: minutes-search reindex --minutes … --index {folder}"
        )


class IndexDamaged(OperatorError):
    """A file of the index is missing, cut short or changed."""


class IndexUnsafe(OperatorError):
    """Others may write to the index folder, so what is in it cannot be trusted."""


class IndexBusy(OperatorError):
    """Another process is writing to the index."""


class TakedownsLost(OperatorError):
    """The list of takedowns cannot be read, and to write without it could bring back what it forbids."""

    def __init__(self, path: Path, error: Exception) -> None:
        super().__init__(
            f"Listan över vad som har tagits bort, {path}, kan inte läsas: {error}. Indexet ändras inte utan "
            "den. Återställ den från en säkerhetskopia."
        )


class IndexNotWritten(OperatorError):
    """A run could not read or write what it had to; nothing was published."""

    def __init__(self, folder: Path, error: OSError) -> None:
        what = error.strerror or str(error)
        where = f": {error.filename}" if error.filename else ""
        super().__init__(
            f"Indexet i {folder} blev inte skrivet: {what}{where}. Ingenting publicerades: indexet är "
            "orört. Kontrollera utrymme och rättigheter och kör igen."
        )


class IndexNotPurged(OperatorError):
    """What a takedown removed is in no answer any more, but files that may have it are still there."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"Det som togs bort finns inte längre i något svar, men kan stå kvar i filer i {folder} som inte "
            f"kunde skrivas om eller raderas: {error}. Kontrollera utrymme och rättigheter och kör: "
            f"minutes-search reindex --minutes … --index {folder}"
        )


class NoEarlierGeneration(OperatorError):
    """The index has no generation before the current one that could be published again."""


class FolderShrank(OperatorError):
    """So many documents would go from the index that the folder of minutes can hardly be whole."""


class TooManyUnreadable(OperatorError):
    """So many files give no text that something must be wrong with the folder of minutes."""


class IndexUnconfirmed(OperatorError):
    """What was written is what is searched now, but the disk did not confirm that it is durable."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"Indexet i {folder} är publicerat, men disken har inte bekräftat att det överlever ett "
            f"strömavbrott: {error}. Kontrollera disken och kör: minutes-search verify --index {folder}"
        )


class SearchTimeout(OperatorError):
    """The request's time budget ran out before the answer was complete."""
