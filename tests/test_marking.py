from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import query_parser
from index.analysis.analyzer import Analyzer
from index.analysis.characters import normalize
from index.analysis.special import is_special, specials, specials_with
from index.marking import Marker
from index.marks import Mark
from index.query_tree import Leaf
from tests.analysis import PLAIN, analyze, parse, words_of_run
from tests.compound_words import COMPOUNDS, compound_word
from tests.lexicons import real_lexicon
from tests.mark_oracle import plain_marks

QUERIES = [
    "skola",
    "skola gata",
    "den",
    "skol* gat*",
    '"den nya skolan"',
    '"den nya skolan" den byg*',
    '"e post"',
    '"den den"',
    '"skola gata"~4 "post"',
    '"den nya e-post"~9',
    "360 tkr",
    "360",
    "2019-11-14",
    "§ 12",
    "KS 2019/0835",
    "2019/0835",
    "(S) 12",
    "ada@example.se",
    "https://example.se/sida",
    "e-post",
    "bl.a.",
    "ICLD:s",
    "skola § 12 2019-11-14 (L)",
    "föra",
]
WORDS = [
    "skola",
    "Skolor,",
    "(skolan)",
    "skola/gata",
    "skol-",
    "den",
    "nya",
    "gatan",
    "den nya skolan",
    "bygglovet",
    "360.000 kr",
    "0,36 mkr",
    "360",
    "14 november 2019",
    "2019-11-14",
    "2019–11–14",
    "§ 12",
    "§§ 10–15",
    "53 §",
    "KS 2019/0835",
    "KS2019/835, 2019/836",
    "Ada Exempel (S)",
    "(L)",
    "ada@example.se",
    "https://example.se/sida.",
    "e-post",
    "e\u2011post",
    "e",
    "post",
    "bl.a.",
    "ICLD:s",
    "_",
    "…",
    "sko\u00adlan",
    "sko\u00ad\nlan",
    "sko\u00ad \r\n  lan",
    "\u00ad",
    "fo\u0308ra",
    "o\u0308\u0308\u0308",
    "\ufb01n",
    "\u200bskola\u200b",
    "\u202e",
    "x" * 70,
    "e-" * 12,
]
SPACES = [" ", "  ", "\n", "\t", "\u00a0", "\u2003", "\u2028", "\x1c", "", "-", "."]


@st.composite
def texts(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=60))
    return "".join(word + draw(st.sampled_from(SPACES)) for word in words)


queries = st.sampled_from(QUERIES).map(lambda q: parse(q).leaves)


@given(texts(), queries)
def test_what_is_marked_is_what_the_tokens_of_the_text_say(text: str, leaves: tuple[Leaf, ...]) -> None:
    assert Marker(leaves, PLAIN).marks(text) == plain_marks(text, leaves)


COMPOUND_QUERIES = [
    "skjuts",
    "skola skjuts",
    "skolskjuts",
    "skolskjutsreglemente skola",
    "skolskjuts föräldramöte",
    "föräldramöte",
    "reglemente skolskjutsar",
]
COMPOUND_WORDS = [
    "Skolskjutsreglementet",
    "SKOLSKJUTS.",
    "skolskjutsar",
    "skola",
    "skolan,",
    "skjutsar",
    "(skjuts)",
    "reglemente",
    "föräldramöte",
    "Fo\u0308ra\u0308ldramo\u0308te",
    "fo\u0308ra\u0308ldra\u00ad\nmöten",
    "skol\u00adskjuts",
    "sko\u00adlan",
    "för",
    "möte",
    "skolskjuts-reglemente",
    "skolmöte:s",
    "och",
    "om 1 2 3 4",
    "–",
]

compound_texts = st.lists(st.sampled_from(COMPOUND_WORDS), max_size=40).map(" ".join)
compound_queries = st.sampled_from(COMPOUND_QUERIES).map(lambda q: tuple(map(compound_word, q.split())))


@given(compound_texts, compound_queries)
def test_parts_of_compounds_are_marked_as_the_tokens_say(text: str, leaves: tuple[Leaf, ...]) -> None:
    assert Marker(leaves, COMPOUNDS).marks(text) == plain_marks(text, leaves, COMPOUNDS)


@pytest.mark.parametrize(
    ("q", "text", "expected"),
    [
        ("skjuts", "Skolskjutsreglementet", ["skjuts"]),
        ("skola", "Skolskjutsreglementet", ["Skol"]),
        ("skolskjuts", "Skolskjutsreglementet", ["Skolskjuts"]),
        ("skola skjuts", "Skolskjutsreglementet", ["Skolskjuts"]),
        ("skola reglemente", "Skolskjutsreglementet", ["Skol", "reglemente"]),
        ("skolskjutsreglementet", "Skolskjutsreglementet", ["Skolskjutsreglementet"]),
        ("skolskjuts", "skjuts till skolan", ["skjuts", "skolan"]),
        ("skolskjuts", "skjuts " + "ett " * 7 + "skolan", ["skjuts", "skolan"]),
        ("skolskjuts", "skjuts " + "ett " * 8 + "skolan", []),
        ("skolskjuts", "skjuts " + "ett – " * 7 + "skolan", ["skjuts", "skolan"]),
        ("skolskjuts", "skjuts, reglemente", []),
        ("skolskjutsreglemente", "Reglemente för skolskjuts", ["Reglemente", "skolskjuts"]),
        ("föräldramöte", "ett mo\u0308te för föräldramötets", ["mo\u0308te", "föräldramötets"]),
        ("möte", "Fo\u0308ra\u0308ldramo\u0308te", ["mo\u0308te"]),
        ("möte", "Fo\u0308ra\u0308ldra\u00ad\nmo\u0308te", ["mo\u0308te"]),
        ("förälder", "Fo\u0308ra\u0308ld\u00adramo\u0308te", ["Fo\u0308ra\u0308ld\u00adra"]),
    ],
)
def test_a_hit_through_a_part_marks_the_part(q: str, text: str, expected: list[str]) -> None:
    leaves = tuple(map(compound_word, q.split()))

    marks = Marker(leaves, COMPOUNDS).marks(text)

    assert [text[mark.start : mark.end] for mark in marks] == expected


def test_what_is_there_as_a_whole_is_told_from_parts() -> None:
    marker = Marker([compound_word("skjuts"), compound_word("skolskjuts")], COMPOUNDS)

    marks = marker.marks("Skjuts, skolskjuts, skolskjutskort, skola")

    assert [(mark.leaves, mark.whole) for mark in marks] == [(0b11, 0b01), (0b11, 0b10), (0b11, 0), (0b10, 0)]


@cache
def swedish() -> Analyzer:
    """Return the analysis with the whole lexicon."""
    return Analyzer(real_lexicon())


SWEDISH_QUERIES = [
    "kulturnämnden",
    "skolskjutsreglemente",
    "skjuts skola",
    "utbildningsnämnd kultur",
    '"kulturnämnden"',
    '"kultur och"~3 nämnd',
    "kult* musikutövning",
    "barnomsorg",
    "A-skatt",
    "lekplats 2019-11-14",
]
ELLIPTIC_WORDS = [
    "kultur- och utbildningsnämnden",
    "Kultur-, fritids- och utbildningsnämnden.",
    "utbildnings-\noch kultur\u00adnämnden",
    "barn- samt äldreomsorg",
    "F- och A-skatt",
    "musikundervisning och -utövning",
    "kultur-",
    "- och",
    "nämnden",
    "lekplatser",
    "om plats för lek",
    "bygg-, trafik- eller kulturfra\u030agor",
]

swedish_texts = st.lists(st.sampled_from(ELLIPTIC_WORDS + COMPOUND_WORDS + WORDS), max_size=25).map(" ".join)


@given(swedish_texts, st.sampled_from(SWEDISH_QUERIES))
def test_what_is_marked_with_a_lexicon_is_what_the_tokens_say(text: str, q: str) -> None:
    leaves = query_parser.parse(q, swedish()).leaves

    assert Marker(leaves, swedish()).marks(text) == plain_marks(text, leaves, swedish())


@pytest.mark.parametrize(
    ("q", "text", "expected"),
    [
        ("skjuts", "Skolskjutsreglementet", ["skjuts"]),
        ("skolskjuts", "Skolskjutsreglementet", ["Skolskjuts"]),
        ("skolskjuts", "Reglemente för skolskjutsar", ["skolskjutsar"]),
        ("dialog", "Medborgardialogen", ["dialogen"]),
        ("stad", "stadga, staden, städernas, hamnstad", ["staden", "städernas", "stad"]),
        ("bygglov", "Bygglovet i bygglovsärendet", ["Bygglovet", "bygglovs"]),
        ("kulturnämnd", "kultur- och utbildningsnämnden", ["kultur", "nämnden"]),
        ('"kulturnämnden"', "kultur- och utbildningsnämnden", []),
        ("plats", "en lekplats på stadsplatsen", ["plats", "platsen"]),
    ],
)
def test_swedish_words_are_marked_where_they_are(q: str, text: str, expected: list[str]) -> None:
    leaves = query_parser.parse(q, swedish()).leaves

    marks = Marker(leaves, swedish()).marks(text)

    assert [text[mark.start : mark.end] for mark in marks] == expected


@given(st.lists(texts(), max_size=4), queries)
def test_a_marker_that_has_seen_other_texts_marks_the_same(seen: list[str], leaves: tuple[Leaf, ...]) -> None:
    marker = Marker(leaves, PLAIN)

    found = [marker.marks(text) for text in (*seen, *seen)]

    assert found == [plain_marks(text, leaves) for text in (*seen, *seen)]


def test_a_marker_forgets_when_it_has_seen_too_much() -> None:
    marker = Marker(parse("skola").leaves, PLAIN)
    text = " ".join(f"ord{number}" for number in range(25_000))

    marker.marks(text)

    assert [marker.marks("En skola") for _ in range(2)] == [[Mark(3, 8, 1, 1)]] * 2


@given(texts().filter(lambda text: "\u00ad" not in text))
def test_the_words_of_a_text_are_those_of_its_runs(text: str) -> None:
    runs = [words_of_run(run) for run in text.split()]

    assert [(word.exact, word.stems) for run in runs for word in run] == [
        (token.exact, token.stems) for token in analyze(text) if not is_special(token.exact)
    ]


@given(texts(), st.data())
def test_special_tokens_asked_for_are_those_among_all(text: str, data: st.DataObject) -> None:
    text = normalize(text).text
    every = specials(text)
    known = sorted(
        {key for special in every for key in special.keys} | {"p:1", "d:20200101", "dnr:KS-2020-1"}
    )
    keys = data.draw(st.sets(st.sampled_from(known)))

    assert specials_with(text, keys) == [special for special in every if keys & set(special.keys)]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "a-" * 100_000,
        "§" * 100_000,
        "\u00ad\n" * 50_000,
        "den " * 50_000,
        "skol skjuts " * 30_000,
    ],
)
@pytest.mark.parametrize("q", ["a", '"den den"', '"den a"~9', "§ 12", "aaa*"])
def test_hostile_texts_are_marked_in_linear_time(text: str, q: str) -> None:
    assert isinstance(Marker(parse(q).leaves, PLAIN).marks(text), list)
