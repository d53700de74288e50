import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.markup import plain


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("## **Sammanfattning**", ["Sammanfattning"]),
        ("Vänort i Sagoland**Ärendebeskrivning**", ["Vänort i Sagoland", "Ärendebeskrivning"]),
        ("Beslut***Nämnden föreslår att badet öppnas***", ["Beslut", "Nämnden föreslår att badet öppnas"]),
        ("_Beslutet expedieras till:_", ["Beslutet expedieras till:"]),
        ("samarbetsländer: *Sagoland och Fabelien.*", ["samarbetsländer: Sagoland och Fabelien."]),
        ("| Ada Exempelsson | Badvännerna |", ["Ada Exempelsson\tBadvännerna"]),
        ("|---|---|", [""]),
        ("* ett bad", ["* ett bad"]),
        ("fil_namn_ett", ["fil_namn_ett"]),
        ("2 * 3 * 4", ["2 * 3 * 4"]),
        ("Vanlig text", ["Vanlig text"]),
    ],
)
def test_marks_of_markdown_go_and_glued_headings_come_apart(line, pieces):
    assert plain(line) == pieces


@given(st.text(alphabet="ab *_#|-§å.", max_size=60))
def test_letters_are_never_lost(line):
    letters = "".join(character for character in line if character.isalnum())

    assert (
        "".join(character for piece in plain(line) for character in piece if character.isalnum()) == letters
    )


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        (
            "Beslut          Nämnden beslutar att öppna badet.",
            ["Beslut", "Nämnden beslutar att öppna badet."],
        ),
        ("Bakgrund\tBadet är slitet sedan länge.", ["Bakgrund", "Badet är slitet sedan länge."]),
        ("Protokollsutdr  Fritidschefen", ["Protokollsutdr", "Fritidschefen"]),
        ("Beslut   Datum   Delegat", ["Beslut   Datum   Delegat"]),
        ("Yrkanden   12", ["Yrkanden   12"]),
        (
            "Pengarna räcker.**Beslut**Ärendet bordläggs.",
            ["Pengarna räcker.", "Beslut", "Ärendet bordläggs."],
        ),
        ("Badet är **mycket** slitet", ["Badet är mycket slitet"]),
    ],
)
def test_a_heading_comes_off_the_text_beside_it(line, pieces):
    assert plain(line) == pieces
