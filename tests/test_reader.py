from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.discovery import SourceFile, discover
from corpus.document import Committee, Document, DocumentType, Municipality, ReadFailure
from corpus.personal_numbers import MASK
from corpus.reader import document_id, read, read_folder
from tests.factories import pdf_of_lines, scanned_pdf, word, write, write_metadata

MINUTES = """Granby kommun
Kommunstyrelsen
Protokoll
2019-11-25

§ 1 Val av justerare
Beslut
Ada Provsson (X) väljs att justera protokollet.

§ 2 Lekplats på torget
Dnr KS 2019/0007
Ärendebeskrivning
Bo Testberg, 811218-9876, har lämnat ett förslag om en lekplats på torget.
Beslut
Kommunstyrelsen beslutar att bygga en lekplats.
"""


def read_one(folder: Path) -> Document:
    [document] = read_folder(folder)
    assert isinstance(document, Document)
    return document


def test_a_file_becomes_a_document_with_its_sections(tmp_path: Path) -> None:
    write(tmp_path, "granby/ks.txt", MINUTES)

    document = read_one(tmp_path)

    assert document.source == "granby/ks.txt"
    assert document.fingerprint == discover(tmp_path)[0].fingerprint
    assert document.type is DocumentType.MINUTES
    assert document.committee == Committee("kommunstyrelsen", "Kommunstyrelsen")
    assert document.date == datetime.date(2019, 11, 25)
    assert [section.number for section in document.sections if section.number] == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ks.pdf", pdf_of_lines(MINUTES.split("\n"))),
        ("ks.docx", word(*MINUTES.split("\n"))),
        ("ks.md", MINUTES.encode()),
    ],
)
def test_the_sections_do_not_depend_on_the_format(tmp_path: Path, name: str, content: bytes) -> None:
    write(tmp_path, f"other/{name}", content)
    write(tmp_path, "text/ks.txt", MINUTES)

    made, expected = read_one(tmp_path / "other"), read_one(tmp_path / "text")

    assert [(section.number, section.title) for section in made.sections] == [
        (section.number, section.title) for section in expected.sections
    ]


def test_what_the_operator_says_goes_before_the_text(tmp_path: Path) -> None:
    write(tmp_path, "ks.txt", MINUTES)
    write_metadata(
        tmp_path,
        "meta.json",
        municipality="Storby kommun",
        committee="Byggnadsnämnden",
        date="2020-01-02",
        type="attachment",
        title="Ett helt annat namn",
        dnr=["BN 2020/1"],
        source_url="https://storby.example/1",
        language="sv",
        okänd=1,
    )

    document = read_one(tmp_path)

    assert document.municipality == Municipality("storby", "Storby")
    assert document.committee == Committee("byggnadsnamnden", "Byggnadsnämnden")
    assert document.date == datetime.date(2020, 1, 2)
    assert document.type is DocumentType.ATTACHMENT
    assert document.title == "Ett helt annat namn"
    assert document.dnr == ("BN 2020/1",)
    assert document.source_url == "https://storby.example/1"
    assert document.language == "sv"
    assert document.warnings == ("meta.json: okänd nyckel ”okänd”",)


def test_one_field_of_the_operators_leaves_the_others_to_the_text(tmp_path: Path) -> None:
    write(tmp_path, "ks.txt", MINUTES)
    write_metadata(tmp_path, "ks.txt.meta.json", municipality="Lunds kommun")

    document = read_one(tmp_path)

    assert document.municipality == Municipality("lund", "Lund")
    assert document.date == datetime.date(2019, 11, 25)


def test_what_is_told_beside_the_text_is_masked_too(tmp_path: Path) -> None:
    number, address = "19811218-9876", "https://example.se/19811218-9876.pdf"
    write(tmp_path, f"Beslut {number}.txt", MINUTES)
    values = {"title": f"Ansökan {number}", "dnr": [f"KS 2019/1 {number}"], "committee": f"Nämnd {number}"}
    write_metadata(tmp_path, f"Beslut {number}.txt.meta.json", type="report", source_url=address, **values)

    document = read_one(tmp_path)

    assert "9876" not in repr(document)
    assert document.source == f"Beslut {MASK}.txt"
    assert document.title == f"Ansökan {MASK}"
    assert document.id == document_id(document.source)


def test_files_whose_names_differ_only_in_a_number_are_two(tmp_path: Path) -> None:
    write(tmp_path, "811218-9876.txt", MINUTES)
    write(tmp_path, "19811218-9876.txt", MINUTES.replace("lekplats", "gunga"))

    sources = [file.source for file in discover(tmp_path)]

    assert sources == [f"{MASK} (2).txt", f"{MASK}.txt"]


def test_personal_numbers_are_masked_everywhere_and_counted(tmp_path: Path) -> None:
    write(tmp_path, "ks.txt", MINUTES)
    write_metadata(tmp_path, "meta.json", title="Ansökan av 811218-9876")

    document = read_one(tmp_path)

    assert document.masked_personal_numbers == 1
    assert document.title == f"Ansökan av {MASK}"
    assert "9876" not in repr(document)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", scanned_pdf(), "PDF utan textlager"),
        ("a.pdf", b"<!doctype html><title>404", "inte en PDF"),
        ("a.docx", b"PK\x03\x04", "skadad DOCX"),
        ("a.txt", b"", "tom fil"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_failure_and_the_others_go_on(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    write(tmp_path, name, content)
    write(tmp_path, "z.txt", MINUTES)

    failure, document = read_folder(tmp_path)

    assert isinstance(failure, ReadFailure)
    assert (failure.source, failure.reason.startswith(reason)) == (name, True)
    assert isinstance(document, Document)


def test_a_file_that_vanished_since_it_was_found_is_a_failure(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", MINUTES)
    [file] = discover(tmp_path)
    path.unlink()

    result = read(file)

    assert isinstance(result, ReadFailure)
    assert result.reason.startswith("kan inte läsas")


@given(text=st.text(max_size=300))
def test_any_text_gives_a_document_or_a_failure(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp()
    path = write(folder, "any.txt", text.encode("utf-8", "replace"))

    result = read(SourceFile("any.txt", path, "fingerprint", folder))

    assert isinstance(result, Document) or not result.reason.startswith("internt fel")


def test_an_id_is_short_and_made_of_the_source_alone(tmp_path: Path) -> None:
    write(tmp_path, "one/ks.txt", MINUTES)
    write(tmp_path, "two/ks.txt", MINUTES + "Tillägg.")

    one, two = read_one(tmp_path / "one"), read_one(tmp_path / "two")

    assert one.id == two.id == document_id("ks.txt")
    assert re.fullmatch("[0-9a-hjkmnp-tv-z]{10}", one.id)


@given(sources=st.sets(st.text(), max_size=50))
def test_different_sources_have_different_ids(sources: set[str]) -> None:
    assert len({document_id(source) for source in sources}) == len(sources)
