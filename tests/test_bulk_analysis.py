from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.document import ReadFailure
from corpus.reader import read_folder
from index.analysis.analyzer import Analyzer
from index.analysis.bulk import BulkAnalyzer
from index.analysis.form_table import is_hidden
from index.analysis.steps import Step
from tests.lexicons import real_lexicon
from tests.real_minutes import real_minutes

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"

Places = tuple[set[tuple[int, int, str]], set[tuple[int, int, str]], set[tuple[int, int, str]], list[int]]

WORDS = [
    *("nämnden", "Kommunstyrelsen", "i", "Den", "kr", "kap.", "beslut", "KSAU", "Ks", "Ert", "skolskjutsen"),
    *("länsstyrelsens", "a", "8a", "id", "nr", "nummer", "diarie", "ärende", "E-posten,", "bl.a.", "s:a"),
    *("Ada", "af", "Exempel", "Påhitt-Sund", "ICLD:s", "(bilaga", "1)", "straße-nämnd", "resp.", "paragraf"),
]
NUMBERS = [
    *("1", "12", "2019", "2020", "08", "360", "000", "1250", "14:30", "2019-11-14", "0835", "11-25", "24-25"),
    *(
        "2019/12",
        "12/2020",
        "0123/22",
        "2016/0179",
        "22SN118",
        "14:e",
        "14/11",
        "53",
        "7.",
        "5,",
        "1,5",
        "٢٢",
    ),
]
SPECIALS = [
    *("den 14 november 2019", "24-24 januari 2023", "14 maj", "november 2019", "14/11 2019", "2019-11-14"),
    *(
        "§ 12",
        "§§ 5, 7 och 9",
        "§§ 335–338",
        "5 § 2",
        "2 kap. §",
        "paragraferna 5 till 7",
        "§ 8 a",
        "abc§ 12",
    ),
    *("dnr", "Dnr:", "D.nr", "diarienummer", "diarie- nummer", "ärende-id", "d nr", "Ert dnr", "dnrks"),
    *(
        "KS 2019/0835",
        "KS2019/835",
        "ks 2019/0835",
        "2019/0835 KUN",
        "2011BNS0306",
        "2019 KS 12",
        "SLK:16342",
    ),
    *(
        "2019 beslut 12",
        "KS 2016/0178, 2016/0179",
        "12-345/2019",
        "Ks / 2019-12",
        "dnr 2020:12",
        "KS  /  2019",
    ),
    *(
        "360.000 kr",
        "521 tkr",
        "1 234,50",
        "500:-",
        "12,5 miljoner kronor",
        "1 250 000 SEK",
        "15 t",
        "2019 kr",
    ),
    *("(S)", "(s)", "(FNL)", "(S, MP)", "(s ,mp", "V)", "Ada Exempel (L)", "Ada af Exempel", "(KS)", "( S)"),
    *(
        "Yrkande från S",
        "ledamöterna från",
        "för M",
        "M, D och L",
        "S/V",
        "SD",
        "M.",
        "från KD.",
        "M:s",
        "M-",
    ),
    *("www.example.se/§12", "wWw.example.se", "https://a.se/(S)", "ada@example.se", "a@b", "://", "w.", "@"),
]
ELLIPTIC = [
    *(
        "kultur- och utbildningsnämnden",
        "barn-, ungdoms- och",
        "familjenämnden",
        "-utövning",
        "musikundervisning",
    ),
    *(
        "och",
        "samt",
        "eller",
        "och/eller",
        "&",
        "/",
        ",",
        "kultur-/utbildningsnämnden",
        "skolbyggnader, -lokaler",
    ),
    *("in- och utfart", "F- och A-skatt", "-", "–", "små-", "till", "kultur-", "-lokaler", "2019-", "kontra"),
]
ODD = [
    *(
        "\u00ad",
        "\u00ad\n",
        "fo\u0308rslag",
        "ﬁnns",
        "\u0308",
        "\u200b",
        "\t",
        "\r\n",
        "\u2009",
        "\u2028",
        "\x1c",
    ),
    *("’", "ſeptember", "İ", "_", "KS_", "\ud800", "ＫＳ", "§", "§§", "(", ")", ":", ".", "K", "²", "Å", "'"),
]

pieces = st.one_of(*(st.sampled_from(each) for each in (WORDS, NUMBERS, SPECIALS, ELLIPTIC, ODD)))
joints = st.sampled_from([*(" " for _ in range(6)), "\n", "", "  ", "\u00a0", "\n\n", " \n", ",", "-", "/"])
texts = st.lists(st.tuples(pieces, joints), max_size=14).map(lambda pairs: "".join(map("".join, pairs)))
characters = st.text(alphabet="aAsSkKmMåÖ019 -–/.,:;()§@_&\n\u00a0\u00adwt", max_size=60)


@cache
def analyzer() -> Analyzer:
    """Return one analyzer over our word list."""
    return Analyzer(real_lexicon())


@cache
def lasting() -> BulkAnalyzer:
    """Return one that remembers what all tests have shown it."""
    return BulkAnalyzer(analyzer())


def expected(analyzer: Analyzer, texts: Iterable[str]) -> Places:
    """Return exact forms, stems and parts with text and position, and how many tokens each text has."""
    exact, stems, parts, lengths = set(), set(), set(), []
    for number, text in enumerate(texts):
        tokens = analyzer.analyze(text)
        lengths.append(len(tokens))
        for token in tokens:
            exact.add((number, token.position, token.exact))
            stems.update((number, token.position, stem) for stem in token.stems)
            parts.update((number, token.position, key) for part in token.parts for key in part.keys)
    return exact, stems, parts, lengths


def found(bulk: BulkAnalyzer, texts: list[str]) -> Places:
    """Return the same from the bulk analysis."""
    occurrences, forms = bulk.analyze(texts), bulk.forms
    exact, stems, parts = set(), set(), set()
    columns = (occurrences.texts, occurrences.positions, occurrences.forms)
    for number, position, form in zip(*(column.tolist() for column in columns), strict=True):
        if not is_hidden(forms.exact[form]):
            exact.add((number, position, forms.exact[form]))
        stems.update((number, position, stem) for stem in forms.stems[form])
        parts.update((number, position, key) for key in forms.parts[form])
    return exact, stems, parts, occurrences.lengths.tolist()


@pytest.mark.parametrize(
    "text",
    [
        "Länsstyrelsen har nu beslutat härom dnr 2019/1234",
        "Mark- och miljödomstolens\ndom dnr 2019/1234",
        "Adalbert af Exempelsson (FNL)",
        "Adalbert Exempelsson (s , mp , kd , sd)",
        "Adalbert Exempelsson (s\n, mp)",
        "www.example.se/(S, MP) Adalbert Exempel (FNL)",
        "handling Ks / 2019-1212 samt handling Sbn/ 2019.1213",
        "handling KS 2016/0178 samt 2016/0179 och flera samt 2016/0180",
        "KS 2016/0178  samt  flera andra 2016/0179",
        "beslut 2019 och 2020 KS 12, KS 2019 beslut 12",
        "paragraferna 5 samt 7 till 9",
        "summan 12 sek, 15 tusen kronor",
        "enligt Paragraf 5 om 7 SEK",
        "underparagraf 5 om 2019 Kronor (8 kr)",
        "kultur- resp. utbildningsnämnden",
        "kultur- kontra utbildningsnämnden",
        "musikundervisning\neller -utövning",
        "dnr ٢٢SN١١٨ av idag",
        "dnr fritidskontor 2019/12",
        "1 000\u00a0000 kr och 1\u2009000\t000",
        "summa 1 000\r\nkultur-\r\noch utbildningsnämnden",
        "den 14 no\u00advember 2019 om kul\u00adtur-\u00ad\noch utbildningsnämnden",
    ],
)
def test_what_stands_far_off_tells_how_a_text_is_read_among_many_too(text: str) -> None:
    texts = ["§ 12", text, f"Nämnden {text} beslutar", "2019-11-14"]

    assert found(BulkAnalyzer(analyzer()), texts) == expected(analyzer(), texts)


@settings(max_examples=300)
@given(st.lists(st.one_of(texts, characters), max_size=4))
@example([])
@example([""])
@example(["", " \n ", "§ 12", ""])
def test_many_texts_at_once_have_the_tokens_that_each_has_alone(texts: list[str]) -> None:
    wanted = expected(analyzer(), texts)

    assert found(BulkAnalyzer(analyzer()), texts) == wanted
    assert found(lasting(), texts) == wanted


@given(st.lists(texts, max_size=3), st.sets(st.sampled_from([Step.SPECIALS, Step.ELLIPTIC, Step.PARTS])))
def test_steps_that_are_left_out_are_left_out_of_many_texts_too(texts: list[str], without: set[Step]) -> None:
    ablated = Analyzer(real_lexicon(), without=frozenset(without))

    assert found(BulkAnalyzer(ablated), texts) == expected(ablated, texts)


@given(st.lists(texts, max_size=3))
def test_many_texts_have_the_same_tokens_without_a_lexicon(texts: list[str]) -> None:
    plain = Analyzer()

    assert found(BulkAnalyzer(plain), texts) == expected(plain, texts)


@pytest.mark.parametrize("folder", [lambda: SAMPLES, real_minutes], ids=["samples", "real"])
def test_minutes_have_the_same_tokens_many_sections_at_once(folder: Callable[[], Path]) -> None:
    bulk = BulkAnalyzer(analyzer())
    outcomes = (outcome for outcome in read_folder(folder()) if not isinstance(outcome, ReadFailure))
    texts = [text for each in outcomes for section in each.sections for text in (section.title, section.text)]

    wrong = [
        start
        for start in range(0, len(texts), 100)
        if found(bulk, texts[start : start + 100]) != expected(analyzer(), texts[start : start + 100])
    ]

    assert len(texts) >= 600
    assert wrong == []


@given(st.lists(texts, min_size=2, max_size=8))
def test_forgetting_changes_nothing(texts: list[str]) -> None:
    forgetful = BulkAnalyzer(analyzer(), runs=2, windows=2)

    one_by_one = [found(forgetful, [text]) for text in texts]

    assert one_by_one == [expected(analyzer(), [text]) for text in texts]


@given(st.lists(texts, min_size=1, max_size=4))
def test_occurrences_are_in_order_and_none_is_there_twice(texts: list[str]) -> None:
    occurrences = lasting().analyze(texts)

    rows = [*zip(occurrences.texts, occurrences.positions, occurrences.forms, strict=True)]
    assert all(left[:2] <= right[:2] for left, right in pairwise(rows))
    assert len(set(rows)) == len(rows)
    assert {str(column.dtype) for column in (occurrences.texts, occurrences.forms)} == {"int32"}


@given(st.lists(st.one_of(texts, st.text(max_size=40)), max_size=3))
def test_a_form_determines_its_keys(texts: list[str]) -> None:
    forms = lasting().forms
    lasting().analyze(texts)

    for token in (token for text in texts for run in text.split() for token in analyzer().words_of_run(run)):
        number = forms.of_token(token)
        assert forms.stems[number] == token.stems
        assert set(forms.parts[number]) == {key for part in token.parts for key in part.keys}


def test_an_elliptic_word_is_a_hidden_form_at_the_word_that_is_written() -> None:
    bulk = BulkAnalyzer(analyzer())

    occurrences = bulk.analyze(["till kultur- och utbildningsnämnden"])

    hidden = [
        (position, bulk.forms.exact[form])
        for position, form in zip(occurrences.positions, occurrences.forms, strict=True)
        if is_hidden(bulk.forms.exact[form])
    ]
    assert hidden == [(1, "e:kulturnämnden:kultur")]
    assert occurrences.lengths.tolist() == [4]


def test_a_special_key_has_a_number_before_any_text_has_it() -> None:
    bulk = BulkAnalyzer(Analyzer())
    number = bulk.forms.of_key("p:12")

    occurrences = bulk.analyze(["§ 12"])

    assert occurrences.forms.tolist() == [bulk.forms.of_key("12"), number]
    assert (bulk.forms.stems[number], bulk.forms.parts[number]) == (("p:12",), ())


def test_what_could_not_be_read_is_read_when_it_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    analyzer = Analyzer(real_lexicon())
    bulk = BulkAnalyzer(analyzer)
    with monkeypatch.context() as failing:
        failing.setattr(analyzer, "keys_of_words", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bulk.analyze(["en ny skolskjuts den 14 maj 2019"])

    again, anew = (
        one.analyze(["en ny skolskjuts den 14 maj 2019"]) for one in (bulk, BulkAnalyzer(analyzer))
    )

    assert again.forms.tolist() == anew.forms.tolist()
