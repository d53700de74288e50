"""What words, operators, phrases and prefixes become."""

import pytest

from index.query import (
    And,
    MatchAll,
    MatchNone,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
)
from index.query_lexer import MAX_SLOP
from tests.analysis import parse
from tests.query_trees import leaves, word


@pytest.mark.parametrize("q", ["", " ", "\n\t", "\u00a0", "\x00"])
def test_an_empty_query_matches_all(q: str) -> None:
    assert parse(q).tree == MatchAll()
    assert parse(q).warnings == ()


@pytest.mark.parametrize("q", [":::", "*", "🏫", '"', "§", "()", "OR"])
def test_a_query_of_nothing_matches_nothing_and_says_so(q: str) -> None:
    parsed = parse(q)

    assert parsed.tree == MatchNone()
    assert parsed.warnings


def test_adjacent_words_are_all_required() -> None:
    parsed = parse("partnerskap lund")

    assert parsed.tree == And((word("partnerskap"), word("lund")))
    assert parsed.interpreted == "partnerskap OCH lund"


def test_not_binds_tighter_than_and_and_and_tighter_than_or() -> None:
    parsed = parse("lund OR malmö skola NOT gata")

    assert parsed.tree == Or((word("lund"), And((word("malmö"), word("skola"), Not(word("gata"))))))
    assert parsed.interpreted == "lund ELLER (malmö OCH skola OCH INTE gata)"


@pytest.mark.parametrize(
    ("q", "same"),
    [
        ("a OCH b", "a b"),
        ("a AND b", "a b"),
        ("a ELLER b", "a OR b"),
        ("a INTE b", "a -b"),
        ("a NOT b", "a -b"),
        ("(a b) OR c", "a b OR c"),
        ("NOT NOT a", "a"),
        ("»a b«", '"a b"'),
        ("“a b”", '"a b"'),
        ("Titel:a", "titel:a"),
        ("lund lund", "lund"),
    ],
)
def test_there_are_several_ways_to_write_one_query(q: str, same: str) -> None:
    assert parse(q).interpreted == parse(same).interpreted
    assert len(leaves(parse(q).tree)) == len(leaves(parse(same).tree))


def test_operators_in_small_letters_are_words() -> None:
    parsed = parse("skola eller not gata")

    assert parsed.interpreted == "skola OCH not OCH gata"


def test_only_exclusions_exclude_from_everything() -> None:
    assert parse("-lund").tree == And((MatchAll(), Not(word("lund"))))
    assert parse("-lund").interpreted == "INTE lund"


def test_stop_words_do_not_count_beside_other_words() -> None:
    parsed = parse("avgift för den nya skolan")

    assert parsed.interpreted == "avgift OCH nya OCH skolan"
    assert parsed.warnings == ()


def test_stop_words_count_alone_in_phrases_and_when_excluded() -> None:
    assert parse("i på").interpreted == "i OCH på"
    assert parse('"i den"').tree == Phrase('"i den"', ("i", "den"))
    assert parse("skola -inte").interpreted == "skola OCH INTE inte"


def test_a_phrase_is_of_the_forms_written() -> None:
    assert parse('"Bygglovet för skolan"').tree == Phrase(
        '"Bygglovet för skolan"', ("bygglovet", "för", "skolan")
    )
    assert parse('"bygglovet"').tree == Word('"bygglovet"', (), ("bygglovet",))
    assert parse('"skola gata"~5').tree == Phrase('"skola gata"~5', ("skola", "gata"), 5)


@pytest.mark.parametrize("number", [MAX_SLOP + 1, 99_999_999_999_999])
def test_a_distance_that_is_too_long_is_cut_and_said(number: int) -> None:
    parsed = parse(f'"skola gata"~{number}')

    assert isinstance(parsed.tree, Phrase)
    assert parsed.tree.slop == MAX_SLOP
    assert len(parsed.warnings) == 1
    assert f"räknas som {MAX_SLOP}" in parsed.warnings[0]
    assert parse(f'"skola gata"~{MAX_SLOP}').warnings == ()


def test_a_prefix_needs_three_letters_and_stands_first() -> None:
    assert parse("byg*").tree == Prefix("byg*", "byg")
    for q in ("by*", "*lov", "b*g"):
        assert parse(q).warnings
        assert not any(isinstance(leaf, Prefix) for leaf in leaves(parse(q).tree))


def test_a_hyphenated_word_is_found_whole_or_in_pieces() -> None:
    tree = parse("e-post").tree

    assert isinstance(tree, Or)
    assert tree.children[1] == Phrase("e-post", ("e", "post"))
    assert parse("e-post lund").interpreted == "e-post OCH lund"


def test_numbers_joined_by_a_mark_stand_in_a_row() -> None:
    assert parse("14:30").tree == Phrase("14:30", ("14", "30"))


def test_what_is_marked_are_the_words_that_are_sought() -> None:
    parsed = parse('skola -gata kommun:lund "a b" byg*')

    assert [leaf.surface for leaf in parsed.leaves] == ["skola", '"a b"', "byg*"]
