from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.spelling.corrections import Correction, corrections, is_clear
from index.spelling.edit_distance import edit_distance
from index.spelling.slips import slips_cost
from tests.words import vocabulary_of

LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
WORDS = st.text(alphabet=LETTERS, max_size=9)
COMMON = vocabulary_of(
    [
        ("bygglov", 90),
        ("bygglovet", 40),
        ("detaljplan", 70),
        ("detaljplanen", 50),
        ("hemtjänst", 30),
        ("skolskjutsen", 6),
        ("skolskjutsar", 4),
        ("skola", 80),
        ("kommunfullmäktige", 200),
        ("äldreboende", 25),
        ("lind", 9),
        ("2019", 300),
        ("sfs-2018", 7),
    ]
)


def first_letters(word: str) -> str:
    return word[:6]


@st.composite
def one_slip(draw: st.DrawFn, word: str) -> str:
    """The word with a letter left out, put in, changed or swapped."""
    place = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(LETTERS))
    return draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place + 1 : place + 2] + word[place : place + 1] + word[place + 2 :],
            ]
        )
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("byglov", "bygglov"),
        ("bygglvo", "bygglov"),
        ("detaljpan", "detaljplan"),
        ("detlajplan", "detaljplan"),
        ("hemtjenst", "hemtjänst"),
        ("hemtjants", "hemtjänst"),
        ("komunfulmäktige", "kommunfullmäktige"),
        ("eldreboende", "äldreboende"),
        ("skolskjus", "skolskjutsen"),
        ("skolskutsarna", "skolskjutsar"),
    ],
)
def test_a_misspelled_word_is_clearly_corrected(typed: str, meant: str) -> None:
    found = corrections(typed, COMMON)

    assert found[0].word == meant
    assert is_clear(found, group_of=first_letters)


@pytest.mark.parametrize(
    "typed", ["linb", "2018", "sfs-2019", "", "ab", "bygg lov", "xyzzyfnord", "d:20191114"]
)
def test_short_words_numbers_and_what_is_like_nothing_have_no_corrections(typed: str) -> None:
    assert corrections(typed, COMMON) == ()


def test_a_word_of_the_language_is_not_misspelled() -> None:
    found = corrections("skolas", COMMON, is_word={"skolas"}.__contains__)

    assert found == ()
    assert corrections("skolas", COMMON)[0].word == "skola"


@given(st.data())
def test_a_word_with_one_slip_is_found(data: st.DataObject) -> None:
    word = data.draw(st.text(alphabet=LETTERS, min_size=6, max_size=12))
    typed = data.draw(one_slip(word))
    assume(typed != word)

    found = corrections(typed, vocabulary_of([(word, 1)]))

    assert [correction.word for correction in found] == [word]
    assert found[0].distance == 1
    assert is_clear(found, group_of=hash)


@given(WORDS, st.dictionaries(WORDS, st.integers(1, 50), max_size=30), st.integers(1, 5))
def test_corrections_are_the_likeliest_words_of_the_vocabulary_in_order(
    typed: str, counts: dict[str, int], limit: int
) -> None:
    vocabulary = vocabulary_of(counts.items())

    every = corrections(typed, vocabulary, limit=100)

    assert every[:limit] == corrections(typed, vocabulary, limit=limit)
    assert all(correction.count == counts[correction.word] for correction in every)
    assert typed not in {correction.word for correction in every}
    order = [(correction.distance, correction.cost, -correction.count) for correction in every]
    assert order == sorted(order)


@given(WORDS, WORDS)
def test_slips_cost_at_most_one_each_and_nothing_without_them(typed: str, word: str) -> None:
    cost = slips_cost(typed, word)

    assert cost <= edit_distance(typed, word, most=20)
    assert (cost == 0) == (typed == word)
    assert cost == slips_cost(word, typed)


@pytest.mark.parametrize(
    ("likely", "unlikely", "word"),
    [
        ("hemtjanst", "hemtjinst", "hemtjänst"),
        ("byglov", "bgglov", "bygglov"),
        ("skoola", "skorla", "skola"),
        ("detalkplan", "detalxplan", "detaljplan"),
        ("dtealjplan", "dxtaljplaan", "detaljplan"),
        ("kommunfullmektige", "kommunfullmaktige"[:-1] + "x", "kommunfullmäktige"),
        ("siklist", "wiklist", "ciklist"),
    ],
)
def test_common_slips_cost_less_than_others(likely: str, unlikely: str, word: str) -> None:
    assert slips_cost(likely, word) < slips_cost(unlikely, word)


def test_fewer_edits_come_before_commoner_words() -> None:
    vocabulary = vocabulary_of([("avgiften", 1), ("avgiftens", 900)])

    found = corrections("avgixten", vocabulary)

    assert [(correction.word, correction.distance) for correction in found] == [
        ("avgiften", 1),
        ("avgiftens", 2),
    ]


@pytest.mark.parametrize(
    ("found", "clear"),
    [
        ([], False),
        ([Correction("vägen", 1, 1.0, 1)], True),
        ([Correction("vägen", 1, 1.0, 5), Correction("vågen", 1, 1.0, 4)], False),
        ([Correction("vägen", 1, 1.0, 12), Correction("vågen", 1, 1.0, 4)], True),
        ([Correction("vägen", 1, 0.5, 1), Correction("vågen", 1, 1.0, 99)], True),
        ([Correction("vägen", 1, 1.0, 1), Correction("vågorna", 2, 1.0, 99)], True),
        ([Correction("vägarna", 1, 1.0, 5), Correction("vägarnas", 1, 1.0, 5)], True),
        ([Correction("badvatten", 2, 2.0, 5)], False),
        ([Correction("badvattnets", 2, 2.0, 5)], True),
    ],
)
def test_a_correction_is_clear_when_nothing_else_is_nearly_as_likely(
    found: list[Correction],
    clear: bool,  # noqa: FBT001 - a table of cases
) -> None:
    assert is_clear(found, group_of=first_letters) is clear
