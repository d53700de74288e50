import itertools
import string
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.compounds import cheapest
from index.analysis.compounds.splitter import CompoundSplitter, lemmas_of
from index.analysis.compounds.table import read_compound_table
from index.analysis.lexicon.affixes import Role
from tests.lexicons import real_lexicon

GOLD = Path(__file__).parent / "data" / "gold" / "compounds.tsv"


@cache
def splitter() -> CompoundSplitter:
    """Return the splitter over our word list."""
    return CompoundSplitter(real_lexicon())


def split(word: str) -> list[str]:
    """Return the smallest parts of a word as they are written."""
    return [word[part.start : part.end] for part in splitter().split(word)]


def parts(word: str) -> dict[str, tuple[str, ...]]:
    """Return the parts of a word at every level, as they are written, with their dictionary forms."""
    return {word[part.start : part.end]: part.lemmas for part in splitter().parts(word)}


def gold() -> list[tuple[str, list[str]]]:
    """Return the words of the hand-made list with their segments, a single one for a trap."""
    rows = [line.split("\t") for line in GOLD.read_text("utf-8").splitlines()[1:]]
    return [(word, [word] if segments == "-" else segments.split("+")) for word, segments in rows]


def ends(segments: list[str]) -> set[int]:
    """Return the places between segments."""
    return set(itertools.accumulate(map(len, segments[:-1])))


def test_compounds_of_the_hand_made_list_are_split_where_a_person_splits_them() -> None:
    compounds = [(word, segments) for word, segments in gold() if len(segments) > 1]
    right = found = wanted = 0

    for word, segments in compounds:
        right += len(ends(split(word)) & ends(segments))
        found += len(ends(split(word)))
        wanted += len(ends(segments))

    assert len(compounds) >= 400
    assert 2 * right / (found + wanted) >= 0.90


def test_words_that_only_look_like_compounds_stay_whole() -> None:
    traps = [word for word, segments in gold() if len(segments) == 1]

    wrong = [word for word in traps if split(word)]

    assert len(traps) >= 150
    assert len(wrong) <= 0.015 * len(traps), wrong


def test_a_compound_has_parts_at_every_level_with_their_dictionary_forms() -> None:
    assert parts("skolskjutsreglementet") == {
        "skol": ("skola",),
        "skolskjuts": ("skolskjuts",),
        "skjuts": ("skjuts",),
        "skjutsreglementet": ("skjutsreglemente",),
        "reglementet": ("reglemente",),
    }


def test_spans_are_those_of_the_parts_in_the_word() -> None:
    spans = [(part.start, part.end) for part in splitter().parts("skolskjutsreglementets")]

    assert spans == [(0, 4), (0, 10), (4, 10), (4, 22), (10, 22)]


@pytest.mark.parametrize(
    ("word", "first", "lemma"),
    [
        ("skolskjuts", "skol", "skola"),
        ("stadsplan", "stads", "stad"),
        ("barnavård", "barna", "barn"),
        ("gatubelysning", "gatu", "gata"),
        ("kvinnojour", "kvinno", "kvinna"),
        ("arbetsutskottet", "arbets", "arbete"),
        ("medborgardialogen", "medborgar", "medborgare"),
        ("byggnadsnämnden", "byggnads", "byggnad"),
    ],
)
def test_a_first_part_has_the_dictionary_form_of_its_word(word: str, first: str, lemma: str) -> None:
    assert lemma in parts(word)[first]


@pytest.mark.parametrize(
    "word",
    [
        "stadga",
        "stadgan",
        "arkiv",
        "arken",
        "kristall",
        "kristaller",
        "framtid",
        "landskap",
        "bostad",
        "kris",
    ],
)
def test_a_word_that_is_no_compound_has_no_parts(word: str) -> None:
    assert splitter().split(word) == ()
    assert splitter().parts(word) == ()


def test_an_unknown_compound_has_the_dictionary_form_that_its_last_part_gives_it() -> None:
    assert "kulturskoleutskott" not in real_lexicon()
    assert lemmas_of("kulturskoleutskottens", splitter().split("kulturskoleutskottens")) == (
        "kulturskoleutskott",
    )
    assert lemmas_of("xyzzyx", splitter().split("xyzzyx")) == ()


def test_of_three_equal_letters_one_belongs_to_both_parts() -> None:
    found = splitter().split("busstation")

    assert [(part.start, part.end) for part in found] == [(0, 4), (3, 10)]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("skol", "skjuts", True),
        ("kommun", "styrelsen", True),
        ("bygg", "lovet", True),
        ("och", "barn", False),
        ("den", "skola", False),
        ("kris", "tall", False),
        ("", "skolskjuts", False),
    ],
)
def test_neighbours_join_when_they_make_a_compound(first: str, second: str, joined: bool) -> None:  # noqa: FBT001 -- a column of the table
    assert splitter().joins(first, second) is joined


@given(st.text("aeiåäöbdfgklmnprstv", max_size=80) | st.text(st.characters(), max_size=80))
def test_parts_follow_each_other_and_cover_the_word(word: str) -> None:
    found = splitter().split(word)

    if found:
        assert found[0].start == 0
        assert found[-1].end == len(word)
        assert len(found) > 1
        for before, after in itertools.pairwise(found):
            shared = before.end - after.start
            assert shared in {0, 1}
            assert not shared or word[before.end - 1] == word[before.end - 2]
        assert all(part.start < part.end and part.lemmas for part in found)


@given(
    st.lists(
        st.sampled_from(["skol", "skjuts", "barn", "arbets", "stads", "is", "s", "a", "råd"]), max_size=40
    )
)
def test_what_is_put_together_of_many_parts_comes_to_an_end(pieces: list[str]) -> None:
    word = "".join(pieces)

    found = splitter().parts(word)

    assert len(word) <= 64 or not found
    assert len(found) < 64 * 64


def test_longer_words_than_any_are_not_split() -> None:
    assert splitter().split("skol" * 16 + "skjuts") == ()
    assert splitter().split("is" * 100_000) == ()


def test_a_word_is_split_alike_whatever_was_split_before() -> None:
    words = [word for word, _ in gold()][::7]
    used = CompoundSplitter(real_lexicon())
    for word in reversed(words):
        used.split(word)

    assert [used.split(word) for word in words] == [CompoundSplitter(real_lexicon()).split(w) for w in words]


def test_the_table_contradicts_itself_nowhere() -> None:
    table = read_compound_table()

    assert not table.not_first & table.first.keys()
    assert not table.not_last & table.last
    assert all(set(word) <= set(string.ascii_lowercase + "åäö") for word in table.first)


@pytest.mark.parametrize(
    "word",
    [
        "bakgrunden",
        "bokslutet",
        "fastställs",
        "hushållen",
        "riktlinjerna",
        "regelbundet",
        "synpunkter",
        "vägledning",
    ],
)
def test_a_word_of_which_nobody_sees_the_parts_any_more_stays_whole(word: str) -> None:
    assert split(word) == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("orosanmälningar", ["oros", "anmälningar"]),
        ("balanskravsresultat", ["balans", "kravs", "resultat"]),
        ("delårsbokslut", ["del", "års", "bokslut"]),
        ("modersmålsundervisning", ["modersmåls", "undervisning"]),
    ],
)
def test_words_of_minutes_are_split(word: str, expected: list[str]) -> None:
    assert split(word) == expected


def test_compiled_code_has_the_bits_of_roles_as_they_are() -> None:
    assert (cheapest.WORD, cheapest.NAME, cheapest.BEGINS) == (Role.WORD, Role.NAME, Role.FIRST | Role.MIDDLE)
    assert (cheapest._FIRST, cheapest._MIDDLE, cheapest._LAST) == (Role.FIRST, Role.MIDDLE, Role.LAST)
