import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.characters import normalize

awkward = st.text(
    alphabet=st.one_of(
        st.sampled_from("aåäöéo\u0308\u030a\u0301\u00ad\u200b\ufeffﬁﬄ’´–−- \n\u00a012ß\u202e\ud800"),
        st.characters(),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("fo\u0308rening", "förening"),
        ("bygg\u00adlov", "bygglov"),
        ("bygg\u00ad\n  lov", "bygglov"),
        ("e\u2011post", "e-post"),
        ("\ufb01nans", "finans"),
        ("ett\u200bord\ufeff", "ettord"),
        ("§\u00a0125", "§ 125"),
        ("2016–2019", "2016-2019"),
        ("ord–ord", "ord–ord"),
        ("d’Hondt", "d'Hondt"),
    ],
)
def test_a_character_has_one_way_of_writing(written: str, read: str) -> None:
    assert normalize(written).text == read


def test_marks_in_excess_are_dropped_and_do_not_take_quadratic_time() -> None:
    assert normalize("a" + "\u0316\u0301" * 50_000).text == "á"


@given(awkward)
def test_each_character_knows_where_it_came_from(text: str) -> None:
    characters = normalize(text)

    if characters.starts is None or characters.ends is None:
        assert len(characters.text) == len(text)
    else:
        assert len(characters.starts) == len(characters.ends) == len(characters.text)
        assert characters.starts == sorted(characters.starts)
        assert all(
            0 <= start < end <= len(text)
            for start, end in zip(characters.starts, characters.ends, strict=True)
        )


@given(st.text(alphabet="abcåäöéü ,.", max_size=60))
def test_decomposed_text_reads_as_composed_text(text: str) -> None:
    assert normalize(unicodedata.normalize("NFD", text)).text == text


@given(awkward)
def test_normalizing_again_changes_nothing(text: str) -> None:
    once = normalize(text).text

    assert normalize(once).text == once
