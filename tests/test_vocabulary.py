from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.folding import fold, without_accents
from index.analysis.phonetics import phonetic_key
from index.spelling.edit_distance import edit_distance
from tests.words import vocabulary_of

WORDS = st.text(alphabet="abcåäöéks", max_size=7)
COUNTS = st.dictionaries(WORDS, st.integers(1, 9), max_size=30)


def distance_by_the_book(left: str, right: str) -> int:
    """Optimal string alignment, the whole table."""
    table = [
        [row + column if not row * column else 0 for column in range(len(right) + 1)]
        for row in range(len(left) + 1)
    ]
    for row in range(1, len(left) + 1):
        for column in range(1, len(right) + 1):
            same = left[row - 1] == right[column - 1]
            best = min(
                table[row - 1][column] + 1,
                table[row][column - 1] + 1,
                table[row - 1][column - 1] + (not same),
            )
            if row > 1 and column > 1 and left[row - 2 : row] == right[column - 2 : column][::-1]:
                best = min(best, table[row - 2][column - 2] + 1)
            table[row][column] = best
    return table[-1][-1]


@given(WORDS, WORDS, st.integers(0, 4))
def test_the_edit_distance_is_that_of_the_book_up_to_its_limit(left: str, right: str, most: int) -> None:
    expected = distance_by_the_book(left, right)

    assert edit_distance(left, right, most=most) == min(expected, most + 1)


@given(COUNTS, WORDS, st.integers(0, 3))
def test_near_words_are_all_within_the_distance_and_no_others(
    counts: dict[str, int], word: str, distance: int
) -> None:
    apart = {other: distance_by_the_book(word, other) for other in counts if other != word}

    found = vocabulary_of(counts.items()).near(word, distance)

    assert dict(found) == {other: edits for other, edits in apart.items() if edits <= distance}
    assert list(found) == sorted(found, key=lambda pair: (pair[1], pair[0]))


@given(st.lists(st.text(max_size=40), max_size=20), st.text(max_size=40))
def test_near_words_of_any_characters_are_found(words: list[str], word: str) -> None:
    found = vocabulary_of((other, 1) for other in set(words)).near(word, 2)

    assert {other for other, _ in found} == {
        other for other in words if other != word and distance_by_the_book(word, other) <= 2
    }


@given(COUNTS, WORDS)
def test_folded_words_are_those_that_are_typed_alike_without_accents(
    counts: dict[str, int], word: str
) -> None:
    alike = [other for other in counts if other != word and fold(other) == fold(word)]

    found = vocabulary_of(counts.items()).folded(word)

    assert found == tuple(sorted(alike, key=lambda other: (-counts[other], other)))


@given(COUNTS, WORDS)
def test_words_that_sound_alike_have_one_phonetic_key(counts: dict[str, int], word: str) -> None:
    alike = [other for other in counts if other != word and phonetic_key(other) == phonetic_key(word)]

    found = vocabulary_of(counts.items()).sounding_like(word)

    assert found == tuple(sorted(alike, key=lambda other: (-counts[other], other)))


def test_a_word_that_is_not_there_is_in_no_section() -> None:
    vocabulary = vocabulary_of([])

    assert list(vocabulary) == []
    assert vocabulary.count("bygglov") == 0
    assert vocabulary.near("bygglov", 2) == ()
    assert vocabulary.folded("bygglov") == vocabulary.sounding_like("bygglov") == ()


def test_a_vocabulary_that_was_prepared_answers_like_one_that_was_not() -> None:
    counts = {"skola": 3, "skolan": 2, "åtta": 1}
    prepared, asked = vocabulary_of(counts.items()), vocabulary_of(counts.items())

    before = prepared.is_prepared
    prepared.prepare()

    assert (before, prepared.is_prepared) == (False, True)
    assert prepared.near("skolna", 2) == asked.near("skolna", 2)
    assert prepared.folded("atta") == asked.folded("atta") == ("åtta",)


def test_threads_that_ask_first_at_the_same_time_get_the_same_answers() -> None:
    words = [(f"ord{number}å", number + 1) for number in range(3000)]
    vocabulary = vocabulary_of(words)

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: (vocabulary.folded("ord7a"), vocabulary.near("ord7", 1)), range(16))
        )

    assert set(answers) == {answers[0]}
    assert answers[0][0] == ("ord7å",)


@pytest.mark.parametrize(
    ("written", "accents", "plain"),
    [
        ("åtgärd", "åtgärd", "atgard"),
        ("kafé", "kafé".replace("é", "e"), "kafe"),
        ("a\u030angest", "ångest", "angest"),
        ("ødegård", "ödegård", "odegard"),
        ("şahin", "sahin", "sahin"),
        ("café åre", "cafe åre", "cafe are"),
    ],
)
def test_accents_go_and_letters_stay(written: str, accents: str, plain: str) -> None:
    assert without_accents(written) == accents
    assert fold(written) == plain


@given(st.text().filter(lambda text: not {"\x01", "\x02", "\x03"} & set(text)))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text.casefold())

    assert fold(once) == once
    assert not set("åäöé") & set(once)
