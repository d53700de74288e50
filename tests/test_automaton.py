"""The automaton against a dictionary of the same words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.analysis.lexicon.automaton import Alphabet, Longs, automaton, number_of, numbers_of

LETTERS = "abcåω"
WORDS = st.text(LETTERS, min_size=1, max_size=6)


def made(words: dict[str, int]) -> tuple[Longs, Alphabet]:
    alphabet = Alphabet("".join(sorted(LETTERS)))
    return automaton(sorted(words), [words[word] for word in sorted(words)], alphabet), alphabet


@given(
    st.dictionaries(WORDS, st.integers(1, 3), max_size=40), st.lists(WORDS | st.text() | st.just("\ud800ab"))
)
def test_it_has_the_numbers_of_its_words_and_of_no_others(words: dict[str, int], others: list[str]) -> None:
    edges, alphabet = made(words)
    asked = [*words, *others]

    found = numbers_of(edges, asked, alphabet)

    assert found == [words.get(word, 0) for word in asked]
    assert found == [number_of(edges, word, alphabet) for word in asked]


def test_words_share_their_beginnings_and_endings() -> None:
    one, _ = made({"abac": 1})
    alike, _ = made({"abac": 1, "cbac": 1})
    other, _ = made({"abac": 1, "cbac": 2})

    assert len(alike) == len(one) + 1
    assert len(other) == len(one) + 4


def test_the_highest_number_and_the_most_letters_fit() -> None:
    letters = "".join(map(chr, range(0x4E00, 0x4E00 + 255)))
    alphabet = Alphabet(letters)

    edges = automaton([*letters], range((1 << 23) - 255, 1 << 23), alphabet)

    assert numbers_of(edges, [*letters], alphabet) == [*range((1 << 23) - 255, 1 << 23)]
