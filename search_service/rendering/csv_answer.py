"""Writes hits, and tables of other answers, as CSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import msgspec

from search_service.rendering.result_objects import ResultObject

_Column = tuple[str, Callable[[Any], Any]]

_COLUMNS: Final[tuple[_Column, ...]] = (
    ("id", lambda hit: hit.id),
    ("permalink", lambda hit: hit.permalink),
    ("document_id", lambda hit: hit.document_id),
    ("source", lambda hit: hit.source),
    ("source_url", lambda hit: hit.source_url),
    ("type", lambda hit: hit.type),
    ("municipality", lambda hit: hit.municipality and hit.municipality.name),
    ("municipality_slug", lambda hit: hit.municipality and hit.municipality.slug),
    ("committee", lambda hit: hit.committee and hit.committee.name),
    ("committee_slug", lambda hit: hit.committee and hit.committee.slug),
    ("date", lambda hit: hit.date),
    ("year", lambda hit: hit.year),
    ("section", lambda hit: hit.section),
    ("title", lambda hit: hit.title),
    ("dnr", lambda hit: ", ".join(hit.dnr)),
    ("decision_kind", lambda hit: hit.decision.kind),
    ("decision", lambda hit: hit.decision.text),
    ("snippet", lambda hit: " … ".join(snippet.text for snippet in hit.snippets or ())),
    ("score", lambda hit: hit.score),
    ("indexed_at", lambda hit: hit.indexed_at.strftime("%Y-%m-%dT%H:%M:%SZ")),
    ("citation", lambda hit: hit.citation),
)
_TEXT: Final[_Column] = ("text", lambda hit: hit.text)

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK: Final = "\ufeff"


class _Line:
    """What a writer of CSV writes to: it gives each line back."""

    def write(self, line: str) -> str:
        """Return what is written."""
        return line


def csv_lines(
    hits: Iterable[ResultObject], *, excel: bool = False, with_text: bool = False
) -> Iterator[bytes]:
    """Yield result objects as CSV, see `table_lines`.

    The columns are always the same, so that files can be put together: what a hit does not have is empty.

    Args:
        hits: objects as `result_object` or `exported_object` makes them.
        excel: as for `table_lines`.
        with_text: one column more, for the text that the objects then have.
    """
    columns = (*_COLUMNS, _TEXT) if with_text else _COLUMNS
    rows = ([value(hit) for _, value in columns] for hit in hits)
    return table_lines([name for name, _ in columns], rows, excel=excel)


def table_lines(
    columns: Iterable[str], rows: Iterable[Iterable[Any]], *, excel: bool = False
) -> Iterator[bytes]:
    """Yield a table as CSV in UTF-8, first the names of the columns.

    Args:
        columns: their names.
        rows: the values of each row, taken one at a time; `None` leaves a cell empty.
        excel: a byte order mark and semicolons, which a Swedish Excel opens without asking.
    """
    writer = csv.writer(_Line(), delimiter=";" if excel else ",", lineterminator="\r\n")
    names: str = writer.writerow(columns)
    yield ((_BYTE_ORDER_MARK if excel else "") + names).encode()
    for row in rows:
        line: str = writer.writerow([_cell(value) for value in row])
        yield line.encode()


def _cell(value: Any) -> Any:
    """Return `value` so that no spreadsheet takes text for a formula."""
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return "'" + value
    return "" if value is None or value is msgspec.UNSET else value
