"""A folder of invented minutes to index, for tests, and what an index has of it."""

from __future__ import annotations

from pathlib import Path

from index.engine import SearchEngine
from index.request import SearchRequest

TEXT = """Dimmelunda kommun
Tekniska nämnden
Sammanträdesprotokoll {date}

§ {number} Ärende om {word}

Förvaltningen har berett frågan om {word} tillsammans med berörda.

Beslut

Tekniska nämnden beslutar att godkänna {word}.
"""


def write_minutes(folder: Path, name: str, *, word: str, number: int = 1, date: str = "2021-03-04") -> Path:
    """Write a file of minutes with one § about `word`; return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.format(word=word, number=number, date=date), encoding="utf-8")
    return path


def write_unreadable(folder: Path, name: str) -> Path:
    """Write a file that says it is a PDF and is not; return its path."""
    path = folder / name
    path.write_bytes(b"%PDF-1.7\nthis is no PDF at all\n")
    return path


def sources(engine: SearchEngine) -> set[str]:
    """Return the files that an index has sections of."""
    return {hit.entry.source for hit in engine.scan(SearchRequest())}
