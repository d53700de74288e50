"""A dnr, a § or a date in a query is recognised in any form."""

import datetime

import pytest

from index.query import (
    And,
    DateRange,
    Keyword,
    Or,
    Phrase,
    Word,
)
from tests.analysis import parse
from tests.query_trees import leaves


@pytest.mark.parametrize(
    "q", ["KS 2019/0835", "ks 2019/0835", "KS2019/835", "dnr ks 2019-0835", "KS-2019-835", "KS–2019–0835"]
)
def test_a_case_is_recognised_in_any_form(q: str) -> None:
    found = leaves(parse(q).tree)

    assert ("dnr", ("KS-2019-835",)) in [
        (leaf.field, leaf.values) for leaf in found if isinstance(leaf, Keyword)
    ]
    assert any(isinstance(leaf, Word) and leaf.exact == ("dnr:KS-2019-835",) for leaf in found)


def test_a_number_without_registry_may_be_a_case() -> None:
    found = leaves(parse("2019/0835").tree)

    assert Keyword("2019/0835", "dnr", ("DNR-2019-835",)) in found
    assert Phrase("2019/0835", ("2019", "0835")) in found


@pytest.mark.parametrize("q", ["§ 125", "§125", "paragraf 125"])
def test_a_section_reference_alone_is_also_the_section_of_that_number(q: str) -> None:
    assert parse(q).tree == Or((Keyword(q, "section", ("125",)), Word(q, ("p:125",), ("p:125",))))
    assert parse(q).interpreted == q


@pytest.mark.parametrize("q", ["2019-11-14", "den 14 november 2019"])
def test_a_date_alone_is_also_the_meeting_of_that_day(q: str) -> None:
    tree = parse(q).tree
    day = datetime.date(2019, 11, 14)

    assert isinstance(tree, Or)
    assert isinstance(tree.children[0], DateRange)
    assert (tree.children[0].first, tree.children[0].last) == (day, day)


def test_references_in_longer_queries_are_their_keys() -> None:
    tree = parse("bygglov § 125 360 tkr 2019-11-14").tree

    assert isinstance(tree, And)
    assert [leaf.exact for leaf in leaves(tree) if isinstance(leaf, Word)] == [
        ("bygglov",),
        ("p:125",),
        ("n:360000",),
        ("d:20191114",),
    ]


def test_law_is_no_section() -> None:
    assert parse("53 § kommunallagen").interpreted == "53 OCH kommunallagen"
