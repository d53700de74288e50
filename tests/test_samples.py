"""The sample minutes are what their generator makes, and the reader finds in them what it meant."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from corpus.document import Document, DocumentType, ReadFailure, Section
from corpus.reader import read_folder

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpus" / "samples"
MUNICIPALITIES = ROOT / "corpus" / "municipalities.csv"


@dataclass(frozen=True, slots=True)
class Generated:
    folder: Path
    documents: list[dict[str, Any]]

    @property
    def sections(self) -> list[dict[str, Any]]:
        return [section for document in self.documents for section in document["sections"]]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    folder = tmp_path_factory.mktemp("samples")
    expectations = tmp_path_factory.mktemp("expectations") / "expectations.json"
    script = ROOT / "scripts" / "make_samples.py"
    arguments = ["--out", str(folder), "--expectations", str(expectations)]
    subprocess.run([sys.executable, str(script), *arguments], check=True, capture_output=True)
    return Generated(folder, json.loads(expectations.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def outcomes() -> list[Document | ReadFailure]:
    return list(read_folder(SAMPLES))


@pytest.fixture(scope="module")
def read(
    generated: Generated, outcomes: list[Document | ReadFailure]
) -> list[tuple[dict[str, Any], Document]]:
    documents = {one.source: one for one in outcomes if isinstance(one, Document)}
    return [(expected, documents[expected["source"]]) for expected in generated.documents]


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def content(path: Path) -> object:
    """The file's bytes; of a PDF its text and of a DOCX its members, whose packing depends on zlib."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return [page.get_textpage().get_text_range() for page in pdf]
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return path.read_bytes()


def test_the_generator_makes_what_is_committed(generated: Generated) -> None:
    committed = files_below(SAMPLES) - {"README.md"}

    assert files_below(generated.folder) == committed
    for name in sorted(committed):
        assert content(generated.folder / name) == content(SAMPLES / name), name


def test_there_are_enough_documents_and_sections(generated: Generated) -> None:
    titles = {section["title"] for section in generated.sections}

    assert len(generated.documents) >= 40
    assert len(generated.sections) >= 300
    assert len(titles) >= 110


def test_there_are_files_of_every_format(generated: Generated) -> None:
    formats = Counter(Path(document["source"]).suffix for document in generated.documents)

    assert formats[".pdf"] >= 8
    assert formats[".docx"] >= 6
    assert formats.keys() == {".pdf", ".docx", ".html", ".md", ".txt"}


def test_every_year_from_2015_to_2025_has_a_meeting(generated: Generated) -> None:
    years = {int(document["date"][:4]) for document in generated.documents}

    assert years == set(range(2015, 2026))


def test_no_sample_is_of_a_real_municipality(generated: Generated) -> None:
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        real = {row["name"].casefold() for row in rows}

    invented = {document["municipality"].casefold() for document in generated.documents}

    assert len(real) == 290
    assert not invented & real


def test_no_mark_of_the_generator_reaches_a_file() -> None:
    texts = [path.read_bytes() for path in SAMPLES.rglob("*") if path.suffix in {".txt", ".md", ".html"}]

    assert not any("¬".encode() in text or b"{page" in text for text in texts)


def test_a_case_is_written_in_many_ways(generated: Generated) -> None:
    written = {dnr for section in generated.sections for dnr in section["dnr"]}

    assert {"KS 2021/0412", "KS2021/412", "KS 2021/412", "KS/2021:412"} <= written


def test_the_samples_stay_small() -> None:
    size = sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file())

    assert size < 2_000_000


def test_every_sample_is_read(generated: Generated, outcomes: list[Document | ReadFailure]) -> None:
    failures = [outcome for outcome in outcomes if isinstance(outcome, ReadFailure)]

    assert not failures
    assert len(outcomes) == len(generated.documents)


def test_the_reader_knows_whose_minutes_they_are_and_when(
    read: list[tuple[dict[str, Any], Document]],
) -> None:
    for expected, document in read:
        assert document.municipality is not None, document.source
        assert document.committee is not None, document.source
        assert document.municipality.name == expected["municipality"], document.source
        assert document.committee.name == expected["committee"], document.source
        assert str(document.date) == expected["date"], document.source
        assert expected["type"] in (None, document.type), document.source
        assert not document.warnings, document.source


def test_the_reader_gives_reports_and_attachments_their_titles(
    read: list[tuple[dict[str, Any], Document]],
) -> None:
    pairs = [
        (document.title, expected["sections"][0]["title"])
        for expected, document in read
        if document.type in (DocumentType.REPORT, DocumentType.ATTACHMENT)
    ]

    assert len(pairs) >= 5
    assert [title for title, _ in pairs] == [title for _, title in pairs]


def test_the_reader_finds_nearly_every_section(read: list[tuple[dict[str, Any], Document]]) -> None:
    meant = {(document.source, one["number"]) for expected, document in read for one in expected["sections"]}
    found = {(document.source, one.number) for _, document in read for one in document.sections}

    spurious = {(source, number) for source, number in found - meant if number is not None}

    assert len(meant & found) >= 0.98 * len(meant), sorted(meant - found, key=str)
    assert len(spurious) <= 0.02 * len(meant), sorted(spurious)


def test_the_reader_finds_title_dnr_and_decision(read: list[tuple[dict[str, Any], Document]]) -> None:
    pairs = list(matching_sections(read))

    right = Counter[str]()
    for expected, section in pairs:
        right["title"] += section.title == expected["title"]
        right["dnr"] += [plain(dnr) for dnr in section.dnr] == [plain(dnr) for dnr in expected["dnr"]]
        kind = section.decision.kind if section.decision else None
        right["decision"] += expected["decision"] in ("either", kind)

    assert {name for name in ("title", "dnr", "decision") if right[name] < 0.97 * len(pairs)} == set(), right


def matching_sections(
    read: list[tuple[dict[str, Any], Document]],
) -> Iterator[tuple[dict[str, Any], Section]]:
    for expected, document in read:
        sections = {section.number: section for section in document.sections}
        for one in expected["sections"]:
            if one["number"] in sections:
                yield one, sections[one["number"]]


def plain(dnr: str) -> str:
    return re.sub(r"\W", "", dnr).casefold()
