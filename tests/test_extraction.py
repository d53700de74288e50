from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ExtractionError
from corpus.extraction import extract
from corpus.formats.shifted_text import is_shifted, is_unreadable, unshift
from tests.factories import pdf_of_glyph_numbers, pdf_of_lines, word, zip_of

SENTENCE = (
    "Efter beredning av ärendet har nämnden beslutat att bevilja bidrag till en lekplats på torget i Granby."
)
TEXT = f"{SENTENCE}\nDet är en fråga om 250 000 kr för år 2019, och den ska prövas enligt § 12.\n{SENTENCE}"


def text_of(name: str, content: bytes) -> str:
    return "\n".join(extract(Path(name), content).pages)


def moved(text: str) -> str:
    """The text as it looks with Latin-1 moved by 29, as some converters leave it."""
    return "".join(character if character == "\n" else chr(ord(character) - 29) for character in text)


def as_glyphs(text: str) -> str:
    """The text as glyph numbers in the standard Macintosh order, moved by 29 in ASCII and by 30 above it."""
    return "".join(
        character if character == "\n" else chr(code - (29 if code < 128 else 30))
        for character in text
        for code in character.encode("mac_roman")
    )


@pytest.mark.parametrize("name", ["a.pdf", "A.PDF", "a.docx", "a.html", "a.htm", "a.txt", "a.md"])
def test_every_format_gives_its_text(name: str) -> None:
    made = {
        ".pdf": pdf_of_lines([SENTENCE[:59]]),
        ".docx": word(SENTENCE[:59]),
        ".html": f"<p>{SENTENCE[:59]}".encode(),
        ".htm": f"<html><p>{SENTENCE[:59]}".encode(),
    }

    content = made.get(Path(name).suffix.lower(), SENTENCE[:59].encode())

    assert text_of(name, content).strip() == SENTENCE[:59]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"<!DOCTYPE html><html><title>404</title>", "inte en PDF (HTML-sida)"),
        ("a.pdf", b"\n\n  <HTML><body>fel", "inte en PDF (HTML-sida)"),
        ("a.pdf", b'<?xml version="1.0"?><html xmlns="x">', "inte en PDF (HTML-sida)"),
        ("a.pdf", word("x"), "inte en PDF (ZIP- eller Office-fil)"),
        ("a.pdf", b"Not found", "inte en PDF (text)"),
        ("a.pdf", b"", "tom fil"),
        ("a.pdf", b" \n", "tom fil"),
        ("a.docx", b"%PDF-1.7", "inte en DOCX (PDF)"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "inte en DOCX (äldre Office-fil)"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "krypterad DOCX",
        ),
        ("a.docx", zip_of({"a": b"b"}), "inte en DOCX (ZIP-fil utan Word-dokument)"),
        ("a.html", b"%PDF-1.7", "inte en HTML (PDF)"),
        ("a.html", b"<html><script>bara kod</script>", "ingen text i filen"),
        ("a.txt", b"%PDF-1.7", "inte en textfil (PDF)"),
        ("a.txt", b"<html><body>fel", "inte en textfil (HTML-sida)"),
        ("a.txt", b"a\x00b" * 9, "inte en textfil (binära data)"),
        ("a.md", b"\xff\xd8\xff\xe0", "inte en textfil (JPEG-bild)"),
        ("a.odt", b"x", "okänt filformat (.odt)"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_fails_by_name(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(ExtractionError) as raised:
        extract(Path(name), content)

    assert str(raised.value) == reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@given(text=st.text(st.sampled_from("abc åäöÅÄÖé§–”\n"), min_size=1).filter(lambda text: text.strip() != ""))
def test_text_is_decoded_whatever_its_encoding(encoding: str, text: str) -> None:
    swedish = f"Årsmöte i Ö {text.strip()}"

    assert text_of("a.txt", swedish.encode(encoding)).split() == swedish.split()


def test_decomposed_text_is_composed() -> None:
    assert text_of("a.txt", "fo\u0308reningsbidrag".encode()) == "föreningsbidrag"


def test_form_feeds_of_a_converter_part_pages() -> None:
    extraction = extract(Path("a.txt"), b"sida ett\f\nsida tre\f")

    assert (extraction.pages, extraction.paged) == (("sida ett", "\nsida tre"), True)


@pytest.mark.parametrize("shift", [moved, as_glyphs])
def test_a_shifted_font_map_is_repaired(shift: object) -> None:
    content = shift(TEXT).encode()  # type: ignore[operator]  # one of the two functions above

    assert text_of("a.txt", content) == TEXT


def test_a_pdf_whose_font_has_no_character_table_is_repaired() -> None:
    text = f"{TEXT}\nNämnden (Beredningen) är enig."

    content = pdf_of_glyph_numbers([[ord(glyph) for glyph in as_glyphs(line)] for line in text.split("\n")])

    assert text_of("a.pdf", content) == text


def test_a_font_without_any_known_map_fails_by_name() -> None:
    words = (
        "kommunstyrelsen föreslår fullmäktige anta detaljplanen kring skolan samt avslå motionen"
        " förvaltningens tjänsteskrivelse redovisar kostnader investeringar personal lokaler underhåll trafik"
        " ordföranden ställer proposition under beslutsgången varefter ledamöterna röstar uppropsvis idag"
    )
    unknown = "".join(chr(ord(letter) + 1) if letter.isalpha() else letter for letter in words)

    with pytest.raises(ExtractionError, match="oläsligt typsnitt"):
        extract(Path("a.txt"), unknown.encode())


def test_lost_letters_fail_by_name() -> None:
    with pytest.raises(ExtractionError, match="oläsligt typsnitt"):
        extract(Path("a.txt"), ("\ufffd\ue001" * 50 + "abc").encode())


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.upper(),
        "Provsson, Testberg, Exempelius, Påhittsdotter, Fantasistrand, Skrivbergh, Låtsasgren, Dummylund; "
        * 9,
        "ADA PROVSSON (X)\nBO TESTBERG (Y)\n" * 40,
        "2019-11-25\t1 250,00\tGRANBY KF\n" * 100,
        "§ 1\n",
        "The committee decided in favour of a playground at the market square. " * 20,
    ],
)
def test_readable_text_is_neither_moved_nor_refused(text: str) -> None:
    assert not is_shifted(text)
    assert not is_unreadable(text)


def test_lines_in_order_stay_as_they_are_in_a_page_that_is_mixed() -> None:
    assert unshift(f"{SENTENCE}\n{moved(SENTENCE)}") == f"{SENTENCE}\n{SENTENCE}"


@given(name=st.sampled_from(["a.pdf", "a.docx", "a.html", "a.txt"]), content=st.binary())
def test_any_bytes_give_text_or_a_reason(name: str, content: bytes) -> None:
    try:
        result = text_of(name, content)
    except ExtractionError as error:
        result = str(error)

    assert result.strip()
