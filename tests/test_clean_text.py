from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from corpus.clean_text import clean_line, clean_text


def test_every_kind_of_line_break_becomes_a_line_feed() -> None:
    assert clean_text("a\r\nb\rc\u2028d\x85e\vf\ng") == "a\nb\nc\nd\ne\nf\ng"


def test_control_and_direction_characters_go_and_white_space_at_line_ends() -> None:
    assert clean_text("\ufeffLek\x00plats \t\n\u202eTorget\u200f") == "Lekplats\nTorget"


def test_decomposed_letters_are_composed_and_odd_spaces_are_spaces() -> None:
    assert clean_text("O\u0308versyn\u00a0av\u2009KS") == "Översyn av KS"


def test_bullets_of_symbol_fonts_are_bullets() -> None:
    assert clean_text("\uf0b7 punkt") == "• punkt"


def test_a_soft_hyphen_stays_for_the_joining_of_lines() -> None:
    assert clean_text("kommun\u00ad\nstyrelsen") == "kommun\u00ad\nstyrelsen"


@given(text=st.text(st.characters()))
def test_cleaning_is_done_in_one_pass_and_gives_storable_text(text: str) -> None:
    cleaned = clean_text(text)

    assert clean_text(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert all(
        character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs"} for character in cleaned
    )


@given(text=st.text())
def test_a_line_has_no_breaks_and_single_spaces(text: str) -> None:
    assert clean_line(text).split() == clean_line(text).split(" ") or clean_line(text) == ""
