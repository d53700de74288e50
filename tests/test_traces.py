"""Pieces of a text are found wherever they are in some bytes, and nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.traces import places_of

LETTERS = st.text("ab å", min_size=12, max_size=16)


@given(
    wanted=st.lists(LETTERS, max_size=4),
    contents=st.lists(st.text("ab å", max_size=60), max_size=6),
    planted=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 60)), max_size=3),
)
def test_the_places_are_those_that_have_a_piece_byte_for_byte(
    wanted: list[str], contents: list[str], planted: list[tuple[int, int, int]]
) -> None:
    for number, piece, at in planted:
        if number < len(contents) and piece < len(wanted):
            contents[number] = contents[number][:at] + wanted[piece] + contents[number][at:]

    found = list(places_of(wanted, [(str(number), text.encode()) for number, text in enumerate(contents)]))

    expected = [
        str(number)
        for number, text in enumerate(contents)
        if any(piece in text or squeezed(piece) in text for piece in wanted)
    ]
    assert found == expected


def squeezed(text: str) -> str:
    while "  " in text:
        text = text.replace("  ", " ")
    return text


@given(start=st.integers(2**18 - 20, 2**18 + 20), encoding=st.sampled_from(["utf-8", "latin-1"]))
def test_a_piece_is_found_across_the_chunks_of_a_large_content(start: int, encoding: str) -> None:
    piece = "Ada Provsson på Gatan"
    content = b"." * start + piece.encode(encoding)

    assert list(places_of([piece], [("whole", content), ("cut", content[:-1])])) == ["whole"]
