"""The figures on the folder of real minutes, of which only facts are kept here."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from corpus.document import Extraction
from corpus.errors import ExtractionError
from corpus.extraction import extract
from corpus.metadata.inference import infer
from tests.real_minutes import real_minutes


@pytest.mark.parametrize("folder", ["alingsas", "goteborg", "seeds", "excerpts"])
def test_real_minutes_are_told_by_their_text_and_path(folder: str) -> None:
    minutes = real_minutes()
    wrong, right, total = [], 0, 0
    for row in gold(folder):
        found = infer(
            real(minutes, row["source"]), "x.txt" if folder in ("seeds", "excerpts") else row["source"]
        )
        told = {
            "municipality": found.municipality and found.municipality.slug,
            "committee": found.committee and found.committee.slug,
            "date": found.date and found.date.isoformat(),
        }
        right += sum((told[field] or "") == row[field] for field in told)
        wrong += [(row["source"], field) for field in told if told[field] not in (None, row[field])]
        total += len(told)

    assert wrong == []
    assert right >= (0.9 if folder in ("seeds", "excerpts") else 0.97) * total


def gold(folder: str) -> list[dict[str, str]]:
    path = Path(__file__).parent / "data" / "gold" / "documents.tsv"
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            row for row in csv.DictReader(lines, delimiter="\t") if row["source"].startswith(f"{folder}/")
        ]


def real(minutes: Path, source: str) -> Extraction:
    path = minutes / source
    try:
        return extract(path, path.read_bytes())
    except ExtractionError:
        return Extraction(("",), paged=False)
