import html
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QueryError
from index.highlighting import Highlighter, Snippet, marked_html, one_line
from index.query import Phrase, Prefix, Word
from index.query_tree import Leaf
from tests.analysis import analyze, mark, parse, snippets
from tests.compound_words import COMPOUNDS, compound_word

QUERIES = [
    "skola",
    "skola gata",
    "byg*",
    '"den nya skolan"',
    '"skola gata"~4',
    "360 tkr",
    "2019-11-14",
    "e-post",
    "inget",
]
WORDS = [
    "skola",
    "Skolor",
    "gatan",
    "den nya skolan",
    "bygglovet",
    "360.000 kr",
    "14 november 2019",
    "e-post",
    "e",
    "post",
    "och",
    "fyllnad",
    "Slut.",
    "<b>",
    "&amp;",
    "\n\n",
    " \n",
    "   ",
    "\t",
    "sko\u00adlan",
    "\u202eom",
    "fo\u0308r",
    "x" * 90,
]

texts = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), max_size=150).map(" ".join)
queries = st.sampled_from(QUERIES).map(lambda q: parse(q).leaves)


def marked(text: str, q: str, field: str = "text") -> list[str]:
    return [text[start:end] for start, end in mark(text, parse(q).leaves, field=field)]


def cut(
    text: str, q: str, *, count: int = 1, length: int = 100, title: str = "Rubrik"
) -> tuple[Snippet, ...]:
    return snippets(text, title, parse(q).leaves, count=count, length=length)


def stands_for(leaf: Leaf, written: str) -> bool:
    tokens = analyze(written)
    exact = {token.exact for token in tokens}
    match leaf:
        case Word():
            return bool(
                exact & set(leaf.exact)
                or {stem for token in tokens for stem in token.stems} & set(leaf.stems)
            )
        case Prefix():
            return any(key.startswith(leaf.prefix) for key in exact)
        case Phrase():
            return bool(exact & set(leaf.words))


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("bygglov", ["Bygglovet", "bygglov"]),
        ('"bygglov"', ["bygglov"]),
        ("byggl*", ["Bygglovet", "bygglov"]),
        ('"ett bygglov"', ["ett bygglov"]),
        ('"bygglov ett"', []),
        ('"bygglov avslås"~2', ["bygglov", "avslås"]),
        ('"bygglovet avslås"~2', []),
        ("0,36 mkr", ["360.000 kr"]),
        ("den 14 november 2019", ["2019-11-14"]),
        ("KS 2019/0835", ["KS2019/835"]),
        ("§ 12", ["§§ 10–15"]),
        ("(L)", ["(L)"]),
        ("-bygglov", []),
        ("kommun:lund", []),
        ("titel:bygglov", []),
        ("beslut:bygglov", ["Bygglovet", "bygglov"]),
    ],
)
def test_what_matches_is_marked_as_it_is_written(q: str, expected: list[str]) -> None:
    text = "Bygglovet i KS2019/835, 360.000 kr. Ada Exempel (L): ett bygglov avslås 2019-11-14, se §§ 10–15."

    assert marked(text, q) == expected


def test_in_a_title_words_of_the_decision_are_not_marked() -> None:
    assert marked("Ny skola", "titel:skola", "title") == ["skola"]
    assert marked("Ny skola", "beslut:skola", "title") == []


@given(texts, queries)
def test_marks_are_in_order_and_apart_and_stand_for_the_query(text: str, leaves: tuple[Leaf, ...]) -> None:
    ranges = mark(text, leaves)

    assert all(0 <= start < end <= len(text) for start, end in ranges)
    assert all(left[1] <= right[0] for left, right in pairwise(ranges))
    assert all(any(stands_for(leaf, text[start:end]) for leaf in leaves) for start, end in ranges)


@given(texts, queries, st.integers(1, 5), st.integers(60, 600))
def test_a_snippet_is_short_and_its_html_is_its_text(
    text: str, leaves: tuple[Leaf, ...], count: int, length: int
) -> None:
    found = snippets(text, "Rubrik <i>", leaves, count=count, length=length)

    assert 1 <= len(found) <= count
    for snippet in found:
        assert len(snippet.text) <= length
        assert snippet.text == " ".join(snippet.text.split())
        assert snippet.html == marked_html(snippet.text, snippet.ranges)
        assert html.unescape(re.sub("</?mark>", "", snippet.html)) == snippet.text
        assert not re.search(r"<(?!/?mark>)|&(?!amp;|lt;|gt;|quot;|#x27;)", snippet.html)
        assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.ranges)
        assert all(left[1] <= right[0] for left, right in pairwise(snippet.ranges))


@given(texts, queries, st.integers(1, 5), st.integers(60, 600))
def test_snippets_are_of_the_text_and_do_not_overlap(
    text: str, leaves: tuple[Leaf, ...], count: int, length: int
) -> None:
    shown = one_line(text)
    place = 0

    for snippet in snippets(text, "Rubrik", leaves, count=count, length=length):
        if snippet.field == "text":
            passage = snippet.text.removeprefix("… ").removesuffix(" …")
            at = shown.find(passage, place)
            assert at >= 0
            place = at + len(passage)


@given(texts)
def test_a_line_is_the_same_beside_what_is_not_shown(text: str) -> None:
    assert one_line(text) == one_line(f"{text}\u200b") == one_line(one_line(text))


@given(texts)
def test_a_snippet_that_has_room_for_it_is_the_whole_text_in_one_line(text: str) -> None:
    shown = one_line(text)

    found = cut(text, "skola", length=5000, title="")

    assert [snippet.text for snippet in found] == [shown]


@given(texts, queries)
def test_a_text_with_a_match_has_a_marked_snippet(text: str, leaves: tuple[Leaf, ...]) -> None:
    shown = one_line(text)

    found = snippets(shown, "", leaves, count=1, length=100)

    assert bool(mark(shown, leaves)) == any(snippet.ranges for snippet in found)


def test_the_snippet_with_most_of_the_words_is_chosen() -> None:
    text = "Skola här. " + "Fyllnad utan mening. " * 20 + "En skola vid en gata. " + "Fyllnad igen. " * 20

    assert cut(text, "skola gata")[0].html.count("<mark>") == 2


@pytest.mark.parametrize("parts", ["En skolskjutskort. ", "Skjuts till skolan. ", "Skolskjutskort. " * 4])
def test_a_snippet_with_the_word_itself_is_better_than_one_with_a_part_of_another(parts: str) -> None:
    text = parts + "Fyllnad utan mening. " * 20 + "En skolskjuts. " + "Fyllnad igen. " * 20
    highlighter = Highlighter([compound_word("skolskjuts")], COMPOUNDS)

    [[snippet]] = highlighter.snippets([(text, "")], count=1, length=100)

    assert "En <mark>skolskjuts</mark>." in snippet.html


def test_the_words_of_a_query_are_better_shown_by_parts_than_left_out() -> None:
    text = "En skola. " + "Fyllnad utan mening. " * 20 + "Om <skolskjutskort>. " + "Fyllnad igen. " * 20
    highlighter = Highlighter(map(compound_word, ("skola", "skjuts")), COMPOUNDS)

    [[snippet]] = highlighter.snippets([(text, "")], count=1, length=100)

    assert "&lt;<mark>skolskjuts</mark>kort&gt;" in snippet.html


@given(
    st.lists(st.sampled_from([*WORDS, "skolskjutskort", "Skolskjuts", "skjutsar"]), max_size=150).map(
        " ".join
    )
)
def test_snippets_around_parts_are_sound(text: str) -> None:
    highlighter = Highlighter(map(compound_word, ("skola", "skolskjuts")), COMPOUNDS)

    [found] = highlighter.snippets([(text, "")], count=3, length=100)

    for snippet in found:
        assert len(snippet.text) <= 100
        assert snippet.html == marked_html(snippet.text, snippet.ranges)
        assert html.unescape(re.sub("</?mark>", "", snippet.html)) == snippet.text
        assert all(left[1] < right[0] for left, right in pairwise(snippet.ranges))
        assert all(
            snippet.text[start:end].casefold().startswith(("sk", "gata")) for start, end in snippet.ranges
        )


def test_a_snippet_begins_with_its_sentence() -> None:
    text = "Fyllnad utan mening här. " * 20 + "Nämnden avslog ansökan om bygglov. " + "Mer fyllnad. " * 20

    assert cut(text, "bygglov")[0].text.startswith("… Nämnden avslog ansökan om bygglov.")


def test_several_snippets_come_in_the_order_of_the_text() -> None:
    text = ("Fyllnad utan mening. " * 20 + "Om bygglov. ") * 3

    found = cut(text, "bygglov", count=5)

    assert len(found) == 3
    assert all(snippet.ranges for snippet in found)


def test_an_abbreviation_that_stands_for_a_word_is_marked_where_the_word_is_sought() -> None:
    assert cut("En s:a om 300 kr.", "summa")[0].html == "En <mark>s:a</mark> om 300 kr."


def test_without_a_match_the_opening_is_shown() -> None:
    assert cut("Ett ärende om ingenting.", "titel:rubrik")[0] == Snippet(
        "text", "Ett ärende om ingenting.", "Ett ärende om ingenting.", ()
    )
    assert cut("Början. " * 50, "saknas")[0].text.startswith("Början. Början.")
    assert cut("Början. " * 50, "saknas")[0].text.endswith("…")


def test_without_a_text_the_title_is_shown() -> None:
    assert cut(" \n", "rubrik", title="En rubrik")[0] == Snippet(
        "title", "En rubrik", "En <mark>rubrik</mark>", ((3, 9),)
    )


def test_no_snippets_are_made_when_none_are_wanted() -> None:
    assert cut("skola", "skola", count=0) == ()


def test_markup_in_the_minutes_is_text() -> None:
    assert cut("<script>skola</script> & 'skola'", "skola")[0].html == (
        "&lt;script&gt;<mark>skola</mark>&lt;/script&gt; &amp; &#x27;<mark>skola</mark>&#x27;"
    )


def test_a_match_far_into_a_long_text_is_found() -> None:
    text = "fyllnad " * 50_000 + "bygglov " + "fyllnad " * 1000

    assert cut(text, "bygglov")[0].ranges


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "a-" * 50_000, "\ud800 skola", "skola " * 30_000, "\u202e" * 1000]
)
@pytest.mark.parametrize("q", ["skola", '"a a"', '"a skola"~9', "aaa*"])
def test_hostile_texts_give_snippets_that_can_be_sent(text: str, q: str) -> None:
    for snippet in cut(text, q, count=5, length=60):
        assert len(snippet.text) <= 60
        assert snippet.html.encode()


@given(st.text(max_size=40), texts)
def test_any_query_marks_any_text(q: str, text: str) -> None:
    try:
        leaves = parse(q).leaves
    except QueryError:
        return

    assert snippets(text, "", leaves, count=2, length=80)
