from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.compounds.splitter import CompoundSplitter
from index.analysis.elliptic import EllipticFinder
from tests.lexicons import real_lexicon

GOLD = Path(__file__).parent / "data" / "gold" / "coordinations.tsv"


@cache
def finder() -> EllipticFinder:
    """Return the finder over our word list."""
    return EllipticFinder(real_lexicon(), CompoundSplitter(real_lexicon()))


def words(text: str) -> list[str]:
    return [found.word for found in finder().find(text)]


def test_coordinations_of_the_hand_made_list_are_read_as_a_person_reads_them() -> None:
    rows = [line.split("\t") for line in GOLD.read_text("utf-8").splitlines()[1:]]
    wrong = []

    for marked, word in rows:
        text, start = marked.replace("@", ""), marked.index("@")
        found = [elliptic.word for elliptic in finder().find(text) if elliptic.start == start]
        wrong += [] if found == ([] if word == "-" else [word]) else [(marked, found)]

    assert len(rows) >= 70
    assert len(wrong) <= 0.05 * len(rows), wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kultur- och utbildningsnämnden", ["kulturnämnden"]),
        ("Kultur-\noch utbildningsnämnden", ["kulturnämnden"]),
        ("KULTUR- OCH UTBILDNINGSNÄMNDEN", ["kulturnämnden"]),
        ("barn-, ungdoms- och familjenämnden", ["barnnämnden", "ungdomsnämnden"]),
        ("kost-, städ-, och transportverksamhet", ["kostverksamhet", "städverksamhet"]),
        ("kultur- respektive utbildningsnämnden", ["kulturnämnden"]),
        ("kultur-/utbildningsnämnden", ["kulturnämnden"]),
        ("kultur- & utbildningsnämnden", ["kulturnämnden"]),
        ("kultur- och/eller utbildningsnämnden", ["kulturnämnden"]),
        ("låginkomst- till medelinkomstländer", ["låginkomstländer"]),
        ("musikundervisning och -utövning", ["musikutövning"]),
        ("skolbyggnader, -lokaler och -gårdar", ["skollokaler", "skolgårdar"]),
        ("för- och nackdelar", ["fördelar"]),
        ("F- och A-skatt", ["fskatt"]),
    ],
)
def test_what_is_left_out_is_put_in(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "från barn- och till",
        "kultur - och utbildningsnämnden",
        "2019- och utbildningsnämnden",
        "små- och medelstora företag",
        "till- och frånvaroanmälan",
        "kultur- ochutbildningsnämnden",
        "kultur-och utbildningsnämnden",
        "a-b-c- och utbildningsnämnden",
        "utbildningsnämnden - kulturen",
        "utbildning -13",
        "-",
        "",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert words(text) == []


def test_the_place_is_that_of_the_part_that_is_written() -> None:
    text = "om vård- och omsorgsplanen samt musikundervisning och -utövning"

    found = finder().find(text)

    assert [(text[word.start : word.end], word.word[word.begin :]) for word in found] == [
        ("vård", "vårdplanen"),
        ("utövning", "utövning"),
    ]


@given(
    st.lists(
        st.sampled_from(["kultur", "skol", "nämnden", "-", " ", ",", "och", "/", "\n", "a", "&", "1"]),
        max_size=30,
    )
)
def test_places_are_in_order_and_hold_the_part(pieces: list[str]) -> None:
    text = "".join(pieces)

    found = finder().find(text)

    assert [word.start for word in found] == sorted(word.start for word in found)
    for word in found:
        written = text[word.start : word.end].casefold()
        assert word.word[word.begin :].startswith(written)
        assert written != word.word


@pytest.mark.parametrize(
    "text", ["a- " * 50_000, "ab-, " * 50_000, "och -ab " * 30_000, "-" * 100_000, "ab" * 50_000 + "- och ab"]
)
def test_hostile_repetition_is_read_in_linear_time(text: str) -> None:
    assert isinstance(finder().find(text), list)
