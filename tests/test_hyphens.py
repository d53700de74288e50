import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import hyphens


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("utred-", "ningen av bad", "utredningen av bad"),
        ("utred\u00ad", "ningen", "utredningen"),
        ("vård-", "och omsorg", "vård- och omsorg"),
        ("skol-", "eller fritidsbad", "skol- eller fritidsbad"),
        ("perioden 2026-", "06-09", "perioden 2026-06-09"),
        ("VA-", "taxan", "VA-taxan"),
        ("Låtsas-", "Sagoland", "Låtsas-Sagoland"),
        ("BESLUTS-", "unDERLAG", "BESLUTSunDERLAG"),
    ],
)
def test_a_line_end_hyphen_is_read_by_what_stands_around_it(left, right, joined):
    assert hyphens.join(left, right) == joined


def test_words_of_the_text_decide_whether_a_hyphen_belongs():
    assert hyphens.join("e-", "tjänst", {"e-tjänst"}) == "e-tjänst"
    assert hyphens.join("e-", "tjänst", {"etjänst", "e-tjänst"}) == "etjänst"
    assert hyphens.join("vård-", "och", {"vårdoch"}) == "vårdoch"


@pytest.mark.parametrize("line", ["", "-", "bad -", "bad–", "bad"])
def test_a_dash_is_no_line_end_hyphen(line):
    assert not hyphens.ends_with_hyphen(line)


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_nothing_but_the_hyphen_is_lost(left, right):
    joined = hyphens.join(f"{left}a-", right)

    assert joined.replace(" ", "").replace("-", "") == f"{left}a{right}".replace(" ", "").replace("-", "")
