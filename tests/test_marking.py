from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import analyze, words_of_run
from index.analysis.characters import normalize
from index.analysis.special import is_special, specials, specials_with
from index.analysis.tokens import Token
from index.marking import Mark, Marker
from index.query import Phrase, Prefix, Word
from index.query_parser import parse
from index.query_tree import Leaf

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


def plain_marks(text: str, leaves: tuple[Leaf, ...]) -> list[Mark]:
    """Return the marks by a loop over all the tokens of the text for each leaf."""
    found = sorted(mark for place, leaf in enumerate(leaves) for mark in _of_leaf(text, leaf, 1 << place))
    merged: list[Mark] = []
    for mark in found:
        if merged and mark.start < merged[-1].end:
            start, end, bits = merged[-1]
            merged[-1] = Mark(start, max(end, mark.end), bits | mark.leaves)
        else:
            merged.append(mark)
    return merged


def _of_leaf(text: str, leaf: Leaf, bit: int) -> Iterator[Mark]:
    tokens = analyze(text)
    match leaf:
        case Word():
            for token in tokens:
                if token.exact in leaf.exact or set(token.stems) & set(leaf.stems):
                    yield Mark(token.start, token.end, bit)
        case Prefix():
            for token in tokens:
                if token.exact.startswith(leaf.prefix) and ":" not in token.exact:
                    yield Mark(token.start, token.end, bit)
        case Phrase():
            yield from _of_phrase(tokens, leaf, bit)


def _of_phrase(tokens: list[Token], phrase: Phrase, bit: int) -> Iterator[Mark]:
    at = {(token.exact, token.position): token for token in tokens}
    for _, position in at:
        if phrase.slop:
            window = [
                token
                for (word, place), token in at.items()
                if position <= place <= position + phrase.slop and word in phrase.words
            ]
            if {token.exact for token in window} == set(phrase.words):
                yield from (Mark(token.start, token.end, bit) for token in window)
            continue
        row = [at.get((word, position + offset)) for offset, word in enumerate(phrase.words)]
        if row[0] is not None and row[-1] is not None and all(row):
            yield Mark(row[0].start, row[-1].end, bit)


@given(texts(), queries)
def test_what_is_marked_is_what_the_tokens_of_the_text_say(text: str, leaves: tuple[Leaf, ...]) -> None:
    assert Marker(leaves).marks(text) == plain_marks(text, leaves)


@given(st.lists(texts(), max_size=4), queries)
def test_a_marker_that_has_seen_other_texts_marks_the_same(seen: list[str], leaves: tuple[Leaf, ...]) -> None:
    marker = Marker(leaves)

    found = [marker.marks(text) for text in (*seen, *seen)]

    assert found == [plain_marks(text, leaves) for text in (*seen, *seen)]


def test_a_marker_forgets_when_it_has_seen_too_much() -> None:
    marker = Marker(parse("skola").leaves)
    text = " ".join(f"ord{number}" for number in range(25_000))

    marker.marks(text)

    assert [marker.marks("En skola") for _ in range(2)] == [[Mark(3, 8, 1)]] * 2


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
    "text", ["a" * 200_000, "a-" * 100_000, "§" * 100_000, "\u00ad\n" * 50_000, "den " * 50_000]
)
@pytest.mark.parametrize("q", ["a", '"den den"', '"den a"~9', "§ 12", "aaa*"])
def test_hostile_texts_are_marked_in_linear_time(text: str, q: str) -> None:
    assert isinstance(Marker(parse(q).leaves).marks(text), list)
