from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ExtractionError
from corpus.formats.page_layout import Word, lines_of
from corpus.formats.pdf import read_pdf
from tests.factories import pdf, pdf_of_lines, pdf_with_margin_text, scanned_pdf, turned_pdf

BODY = "Granby kommun ska bygga en lekplats vid torget."


def lines(content: bytes) -> list[str]:
    return read_pdf(content).pages[0].split("\n")


def test_lines_come_from_the_top_down_in_whatever_order_they_were_painted() -> None:
    content = pdf([(20, 280, "Justerandes sign"), (20, 60, BODY), (20, 20, "Kommunstyrelsen")])

    text = [line for line in lines(content) if line]

    assert text == ["Kommunstyrelsen", BODY, "Justerandes sign"]


def test_a_label_and_its_value_in_another_column_are_one_line_with_a_tab() -> None:
    content = pdf([(80, 40, "Ada Provsson (X)"), (80, 46, "Bo Testberg (Y)"), (20, 40, "Beslutande")])

    assert lines(content) == ["Beslutande\tAda Provsson (X)", "Bo Testberg (Y)"]


def test_a_number_centred_against_a_title_of_two_lines_stands_on_the_first() -> None:
    content = pdf(
        [(20, 42.5, "§ 7"), (50, 40, "Svar på motion om lekplats"), (50, 45, "vid torget i Granby")]
    )

    assert lines(content) == ["§ 7\tSvar på motion om lekplats", "vid torget i Granby"]


def test_a_wide_gap_between_lines_is_an_empty_line() -> None:
    content = pdf([(20, 20, BODY), (20, 25, BODY), (20, 30, BODY), (20, 40, "Beslut"), (20, 45, BODY)])

    assert lines(content) == [BODY, BODY, BODY, "", "Beslut", BODY]


def test_hyphens_at_the_ends_of_lines_are_kept() -> None:
    content = pdf_of_lines(["Ansvaret ligger på kommun-", "styrelsen och på miljö-", "nämnden i Granby."])

    assert lines(content)[:2] == ["Ansvaret ligger på kommun-", "styrelsen och på miljö-"]


def test_text_along_the_margin_comes_after_the_lines_of_the_page() -> None:
    content = pdf_with_margin_text([BODY, BODY], "Signerat med Granbysign")

    assert lines(content) == [BODY, BODY, "", "Signerat med Granbysign"]


@pytest.mark.parametrize("quarter_turns", [0, 1, 2, 3])
def test_a_turned_page_reads_as_it_is_shown(quarter_turns: int) -> None:
    content = turned_pdf(["Kommunstyrelsen i Granby", "beslutar om lekplatsen"], quarter_turns)

    assert lines(content) == ["Kommunstyrelsen i Granby", "beslutar om lekplatsen"]


def test_each_page_is_a_page_and_one_without_text_is_told() -> None:
    extraction = read_pdf(pdf([(20, 20, BODY)], [], [(20, 20, BODY)]))

    assert extraction.paged
    assert extraction.pages == (BODY, "", BODY)
    assert extraction.warnings == ("sidor utan text: 2",)


def test_a_pdf_that_asks_for_no_password_is_read_though_it_is_protected() -> None:
    content = pdf([(20, 20, BODY)], protected=True)

    assert lines(content) == [BODY]


def test_an_encrypted_pdf_fails_by_name() -> None:
    content = pdf([(20, 20, BODY)], opens_with="hemligt")

    with pytest.raises(ExtractionError, match=r"^krypterad PDF$"):
        read_pdf(content)


def test_a_scan_fails_by_name() -> None:
    with pytest.raises(ExtractionError, match="PDF utan textlager"):
        read_pdf(scanned_pdf())


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj"])
def test_a_pdf_without_a_document_is_damaged(content: bytes) -> None:
    with pytest.raises(ExtractionError, match="skadad PDF"):
        read_pdf(content)


@given(data=st.data())
def test_no_damage_to_a_pdf_raises_anything_but_an_extraction_error(data: st.DataObject) -> None:
    content = bytearray(pdf_of_lines([BODY] * 3))
    for position in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=20)):
        content[position] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))

    try:
        pages = read_pdf(bytes(content[:cut])).pages
    except ExtractionError:
        pages = ()

    assert all(isinstance(page, str) for page in pages)


WORDS = st.builds(
    lambda text, left, baseline, width, height: Word(text, left, left + width, baseline, height),
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8),
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
    st.floats(0, 500),
    st.floats(0, 100),
)


@given(words=st.lists(WORDS, max_size=30, unique_by=lambda word: word.text))
def test_no_word_is_lost_or_doubled_wherever_the_words_stand(words: list[Word]) -> None:
    laid_out = [text for line in lines_of(words) for text in line.split()]

    assert sorted(laid_out) == sorted(word.text for word in words)


@given(
    texts=st.lists(
        st.lists(st.sampled_from(["a", "bb", "ccc"]), min_size=1, max_size=5), min_size=1, max_size=8
    ),
    order=st.randoms(use_true_random=False),
)
def test_the_order_of_painting_never_matters(texts: list[list[str]], order: object) -> None:
    words = [
        Word(text, 10 + 20 * column, 10 + 20 * column + 5 * len(text), 700 - 14 * row, 11)
        for row, line in enumerate(texts)
        for column, text in enumerate(line)
    ]
    shuffled = list(words)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis types its generator as an object

    assert list(lines_of(shuffled)) == list(lines_of(words))
    assert [line.split() for line in lines_of(words)] == texts


def test_a_word_painted_twice_to_look_bold_is_one_word() -> None:
    words = [Word("Beslut", 10, 40, 700, 11), Word("Beslut", 10.3, 40.3, 700, 11)]

    assert list(lines_of(words)) == ["Beslut"]
