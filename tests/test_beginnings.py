from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.analysis.beginnings import LENGTH, Beginnings, beginning, whole
from tests.lexicons import real_lexicon

WORDS = [
    *("skolskjutsreglementet", "gjordes", "böcker", "städerna", "mödravården", "fäderna", "gick", "tog"),
    *("öarna", "åarna", "är", "bättre", "äldre", "isbanorna", "bygatan", "elbilar", "ytbehandling"),
    *("möss", "lössen", "såg", "e-post", "f-skatt", "covid-19", "kommunstyrelsens", "årets", "kaféerna"),
    *("märkestygn", "spårvagnar", "barnomsorgsavgifter", "rättshjälp", "män", "männens", "varan", "väster"),
    "s:a",
]


@cache
def swedish() -> Analyzer:
    return Analyzer(real_lexicon())


words = st.one_of(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map("".join),
    st.text("abdegijklmnoprstuvyåäöé-", min_size=1, max_size=12).filter(lambda word: word.strip("-")),
)


@given(words)
def test_a_word_has_a_beginning_of_each_key_that_it_is_found_under(word: str) -> None:
    for token in swedish().words_of_run(word):
        keys = {*token.stems, *(key for part in token.parts for key in part.keys)}

        assert all(any(one in whole(word) for one in swedish().beginnings(key)) for key in keys)


@pytest.mark.parametrize(
    ("key", "expected"),
    [("skol", {"sko"}), ("gör", {"gor", "gjo"}), ("by", {"by"}), ("för-", {"for"}), ("e-post", {"epo"})],
)
def test_a_key_has_its_own_beginning_and_those_of_forms_that_begin_otherwise(
    key: str, expected: set[str]
) -> None:
    assert swedish().beginnings(key) == expected


def test_changes_add_up() -> None:
    beginnings = Beginnings([("gick", "gå"), ("gång", "gicka"), ("ett", "två")])

    assert beginnings.of("gå") == {"ga", "gic"}
    assert beginnings.of("gick") == {"gic", "gan"}
    assert beginnings.of("g") == {"g"}


@given(st.text(max_size=20))
def test_a_beginning_is_short_and_in_the_word(word: str) -> None:
    assert len(beginning(word)) <= LENGTH
    assert whole(word).startswith(beginning(word))
