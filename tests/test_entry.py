import datetime
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Part, PartKind
from index.entry import entries_of
from tests.builders import document, section

TIME = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)

pieces = st.text("ab\n", max_size=6)
parts = st.lists(st.builds(Part, st.sampled_from(PartKind), pieces, st.none() | pieces)).map(tuple)


@given(pieces, parts)
def test_parts_are_those_of_the_section_wherever_they_stand(text: str, parts: tuple[Part, ...]) -> None:
    whole = document("granvika/1.txt", replace(section("1", text=text), parts=parts))

    entry = next(entries_of(whole, TIME))

    assert (entry.text, entry.parts) == (text, parts)


@given(st.lists(pieces.filter(bool), min_size=1))
def test_parts_that_are_alike_stand_one_after_the_other(texts: list[str]) -> None:
    made = tuple(Part(PartKind.OTHER, text) for text in texts)
    whole = document("granvika/1.txt", replace(section("1", text="".join(texts)), parts=made))

    places = [place for _, place, _ in next(entries_of(whole, TIME)).outline]

    assert places == sorted(places)
