"""Writes hits, and tables of other answers, as CSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any, Final

from search_service.rendering.result_objects import ResultObject

_COLUMNS: Final[tuple[tuple[str, Callable[[ResultObject], Any]], ...]] = (
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
    ("snippet", lambda hit: " … ".join(snippet.text for snippet in hit.snippets)),
    ("score", lambda hit: hit.score),
    ("indexed_at", lambda hit: hit.indexed_at.strftime("%Y-%m-%dT%H:%M:%SZ")),
    ("citation", lambda hit: hit.citation),
)
COLUMN_NAMES: Final = tuple(name for name, _ in _COLUMNS)

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK: Final = "\ufeff"


def csv_bytes(hits: Iterable[ResultObject], *, excel: bool = False) -> bytes:
    """Return result objects, as `result_objects` makes them, as CSV; see `table_bytes`."""
    rows = ([value(hit) for _, value in _COLUMNS] for hit in hits)
    return table_bytes(COLUMN_NAMES, rows, excel=excel)


def table_bytes(columns: Iterable[str], rows: Iterable[Iterable[Any]], *, excel: bool = False) -> bytes:
    """Return a table as CSV in UTF-8 with a line of column names.

    Args:
        columns: their names.
        rows: the values of each row; `None` leaves a cell empty.
        excel: a byte order mark and semicolons, which a Swedish Excel opens without asking.
    """
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return ((_BYTE_ORDER_MARK if excel else "") + written.getvalue()).encode()


def _cell(value: Any) -> Any:
    """Return `value` so that no spreadsheet takes text for a formula."""
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return "'" + value
    return "" if value is None else value
