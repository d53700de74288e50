from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ExtractionError
from corpus.formats.docx import MAX_PART_BYTES, read_docx
from tests.factories import numbered_word, word, word_with_body_xml, zip_of

TEXT = "Nämnden beslutar att bygga lekplatsen."
WHOLE = word(TEXT, table=[["a", "b"]])


def lines(content: bytes) -> list[str]:
    return [line for line in read_docx(content).pages[0].split("\n") if line]


def repacked(content: bytes, **replaced: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return zip_of({**parts, "word/document.xml": replaced["document"]})


def test_paragraphs_and_tables_come_in_the_order_of_the_document() -> None:
    content = word(
        "§ 1 Val", TEXT, table=[["Beslutande", "Ada Provsson (X)\nBo Testberg (Y)"], ["Plats", "Granby"]]
    )

    assert lines(content) == [
        "§ 1 Val",
        TEXT,
        "Beslutande\tAda Provsson (X)",
        "Bo Testberg (Y)",
        "Plats\tGranby",
        "Efter tabellen.",
    ]


def test_page_headers_and_footers_come_first_and_once() -> None:
    content = word(TEXT, header="Granby kommun\tKommunstyrelsen", footer="Justerandes sign")

    assert lines(content) == ["Granby kommun\tKommunstyrelsen", "Justerandes sign", TEXT]


def test_numbers_that_word_counts_itself_are_part_of_the_text() -> None:
    content = numbered_word(
        [(12, "decimal", "§ %1"), (1, "lowerLetter", "%2)"), (4, "upperRoman", "%1.%3")],
        [(0, "Val"), (1, "ett"), (1, "två"), (2, "djup"), (0, "Budget"), (1, "åter ett")],
    )

    assert lines(content) == ["§ 12 Val", "a) ett", "b) två", "12.IV djup", "§ 13 Budget", "a) åter ett"]


def test_bullets_are_shown_as_bullets() -> None:
    assert lines(numbered_word([(1, "bullet", "\uf0b7")], [(0, "punkt")])) == ["• punkt"]


def test_an_empty_paragraph_is_an_empty_line() -> None:
    assert read_docx(word(TEXT, "", "", "Beslut")).pages[0] == f"{TEXT}\n\nBeslut"


def test_deleted_hidden_and_doubled_text_is_left_out() -> None:
    content = word_with_body_xml(
        "<w:p><w:r><w:t>Kvar</w:t></w:r><w:del><w:r><w:delText>struket</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>flyttat</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>dolt</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>visat</w:t></w:r>'
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )

    assert lines(content) == ["Kvarvisat"]


def test_tabs_breaks_and_special_hyphens_are_characters() -> None:
    content = word_with_body_xml(
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Dnr</w:t><w:tab/><w:t>7</w:t><w:br/>"
        "<w:t>KS</w:t><w:noBreakHyphen/><w:t>8</w:t></w:r></w:p>"
    )

    assert lines(content) == ["Dnr\t7", "KS-8"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 not a zip", "skadad DOCX"),
        (zip_of({"hej.txt": b"hej"}), "inte en DOCX"),
        (repacked(word(TEXT), document=b"<w:document"), "felaktig XML"),
        (repacked(word(TEXT), document=b"<workbook/>"), "annat Office-dokument"),
    ],
)
def test_what_is_no_docx_fails_by_name(content: bytes, reason: str) -> None:
    with pytest.raises(ExtractionError, match=reason):
        read_docx(content)


def test_a_zip_bomb_is_refused_before_it_is_parsed() -> None:
    content = repacked(word(TEXT), document=b"<a>" + b" " * MAX_PART_BYTES)

    with pytest.raises(ExtractionError, match="för stor DOCX"):
        read_docx(content)


def test_a_part_with_entities_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("secret") / "secret.txt"
    secret.write_text("hemligt")
    document = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y "expanderat">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        "<w:t>Text &x; &y;</w:t></w:r></w:p></w:body></w:document>"
    )

    with pytest.raises(ExtractionError, match="DTD"):
        read_docx(repacked(word(TEXT), document=document.encode()))


@given(data=st.data())
def test_no_damage_raises_anything_but_an_extraction_error(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for position in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=20)):
        content[position] = data.draw(st.integers(0, 255))

    try:
        pages = read_docx(bytes(content)).pages
    except ExtractionError:
        pages = ("",)

    assert len(pages) == 1
