import threading
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.analysis.folding import without_accents
from index.analysis.special import is_special
from index.analysis.stemming import Stemmer
from index.analysis.steps import Step
from index.analysis.stop_words import STOP_WORDS
from index.analysis.tokens import Token
from tests.analysis import analyze

any_text = st.text(
    alphabet=st.one_of(
        st.sampled_from("abcåäöéÅÄÖ -–’'&.:/§()0123456789\n\u00ad\u0308ﬁß@İ\ud800"), st.characters()
    ),
    max_size=120,
)


def exact(text: str) -> list[str]:
    return [token.exact for token in analyze(text)]


def at(tokens: list[Token], position: int) -> list[str]:
    return [token.exact for token in tokens if token.position == position]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bygglov", "bygglovet"),
        ("beslut", "beslutets"),
        ("projekt", "projektet"),
        ("protokoll", "protokollet"),
        ("ärenden", "ärendets"),
        ("program", "programmet"),
        ("arbetsutskott", "arbetsutskottet"),
        ("skola", "skolan"),
        ("taxorna", "taxans"),
        ("idé", "ide"),
        ("André", "Andre"),
        ("e-post", "epost"),
        ("ICLD", "ICLD:s"),
        ("KOMMUN", "kommunens"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
    ],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    left, right = analyze(one)[0], analyze(other)[0]

    assert set(left.stems) & set(right.stems)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lag", "låg"),
        ("får", "far"),
        ("råd", "rad"),
        ("vård", "värd"),
        ("kr", "krets"),
        ("med", "medan"),
        ("han", "hanan"),
    ],
)
def test_letters_with_rings_and_dots_are_letters(one: str, other: str) -> None:
    assert not set(analyze(one)[0].stems) & set(analyze(other)[0].stems)


def test_the_exact_form_keeps_accents_and_loses_case() -> None:
    assert exact("Idé ARMÉ ÅÄÖ") == ["idé", "armé", "åäö"]


def test_a_date_shares_the_position_of_its_first_word_and_keeps_the_words() -> None:
    tokens = analyze("den 14 november 2019 i Granvika")

    assert [at(tokens, position) for position in range(6)] == [
        ["den"],
        ["14", "d:20191114"],
        ["november"],
        ["2019"],
        ["i"],
        ["granvika"],
    ]


def test_a_hyphenated_word_is_whole_at_its_first_piece() -> None:
    tokens = analyze("ett e-post-system nu")

    assert [at(tokens, position) for position in range(5)] == [
        ["ett"],
        ["e-post-system", "e"],
        ["post"],
        ["system"],
        ["nu"],
    ]


def test_abbreviations_with_inner_stops_are_one_word() -> None:
    assert exact("bl.a. och t.ex. m.m. samt Bl.a") == ["bl.a.", "och", "t.ex.", "m.m.", "samt", "bl.a."]


@pytest.mark.parametrize(("abbreviation", "word"), [("s:a", "summa"), ("S:t", "St"), ("s:ta", "sta")])
def test_an_abbreviation_that_stands_for_a_word_has_its_keys(abbreviation: str, word: str) -> None:
    assert analyze(abbreviation)[0][:2] == analyze(word)[0][:2]


def test_words_run_together_over_a_stop_are_two() -> None:
    assert exact("slut.Början") == ["slut", "början"]


def test_numbers_and_the_shortest_words_are_not_stemmed() -> None:
    assert [token.stems for token in analyze("ni kr tkr mkr dom 0835 a4")] == [
        ("ni",),
        ("kr",),
        ("tkr",),
        ("mkr",),
        ("dom",),
        ("0835",),
        ("a4",),
    ]


def test_no_stop_word_is_left_out() -> None:
    assert len(STOP_WORDS) == 114
    assert exact("det är inte så") == ["det", "är", "inte", "så"]


def test_a_word_in_damaged_text_is_found_at_its_place() -> None:
    text = "ett fo\u0308r\u00adslag \ufb01nns"

    tokens = analyze(text)

    assert [token.exact for token in tokens] == ["ett", "förslag", "finns"]
    assert [text[token.start : token.end] for token in tokens] == ["ett", "fo\u0308r\u00adslag", "\ufb01nns"]


@given(any_text)
def test_tokens_lie_in_the_text_in_order(text: str) -> None:
    tokens = analyze(text)

    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert [token.position for token in tokens] == sorted(token.position for token in tokens)
    assert {token.position for token in tokens} == set(range(len({token.position for token in tokens})))
    assert all(token.stems and all(token.stems) for token in tokens)


@given(any_text)
def test_only_special_keys_have_a_colon(text: str) -> None:
    assert all(token.stems == (token.exact,) for token in analyze(text) if is_special(token.exact))


@given(st.text(alphabet="abcåäöéüÅÖ -.,0123456789§", max_size=80))
def test_decomposed_text_gives_the_same_tokens(text: str) -> None:
    composed = [token[:3] for token in analyze(text)]

    assert [token[:3] for token in analyze(unicodedata.normalize("NFD", text))] == composed


@given(any_text)
def test_what_is_remembered_changes_nothing(text: str) -> None:
    fresh = Analyzer()

    assert fresh.analyze(text) == fresh.analyze(text) == analyze(text)


@given(st.text(alphabet="abcåäöxyz", min_size=1, max_size=12))
def test_a_stem_is_never_empty(word: str) -> None:
    assert Stemmer().stem(word)


def test_folding_leaves_swedish_letters() -> None:
    assert without_accents("åäöéüñøæ") == "åäöeunöä"


def test_threads_agree() -> None:
    analyzer = Analyzer()
    text = " ".join(
        f"kommunstyrelsens{chr(97 + number % 26)}{number} bygglovet skolornas" for number in range(300)
    )
    expected = Analyzer().analyze(text)
    found: list[list[Token]] = []
    threads = [threading.Thread(target=lambda: found.append(analyzer.analyze(text))) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [expected] * 4


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "a-" * 50_000, "a." * 50_000, "a\u0301" * 20_000, "\u00ad" * 100_000]
)
def test_endless_words_are_read_and_their_keys_are_short(text: str) -> None:
    assert all(len(token.exact) <= 256 for token in analyze(text))


def test_the_version_is_the_same_each_time_and_names_the_stemmer() -> None:
    assert Analyzer().version == Analyzer().version
    assert "snowball" in Analyzer().version.stemmer
    assert Analyzer().version.lexicon is None


def test_the_version_says_which_steps_of_the_index_are_left_out() -> None:
    whole = Analyzer().version

    assert Analyzer(without=frozenset({Step.PARTS})).version != whole
    assert Analyzer(without=frozenset({Step.PHONETIC})).version == whole


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fastigheten", "fast"),
        ("styrelsen", "styra"),
        ("samtliga", "samt"),
        ("tidigare", "tid"),
        ("möjlighet", "möjligt"),
        ("nämnda", "nämnd"),
        ("våren", "vår"),
        ("föra", "för"),
        ("före", "föra"),
    ],
)
def test_the_stemmer_does_not_take_a_word_for_a_form_of_another(one: str, other: str) -> None:
    assert not set(analyze(one)[0].stems) & set(analyze(other)[0].stems)


def test_a_word_without_lexicon_has_no_parts_and_is_no_word() -> None:
    analyzer = Analyzer()

    assert analyzer.analyze("skolskjuts")[0].parts == ()
    assert analyzer.compound("skolskjuts") == ()
    assert analyzer.joins("skol", "skjuts") is None
    assert not analyzer.is_word("skola")
    assert analyzer.elliptic_words("kultur- och fritidsnämnden") == []
