import threading
import unicodedata
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.analysis.steps import Step
from index.analysis.tokens import Token
from tests.lexicons import real_lexicon

SOFT_HYPHEN = "\u00ad"

swedish_text = st.lists(
    st.sampled_from(
        [
            *("skolskjutsreglementet", "förskolenämnden", "E-tjänsten", "IT-strategi", "kulturskolorna"),
            *("kultur- och utbildningsnämnden", "barn-, ungdoms- och familjenämnden", "musikundervisning"),
            *(
                "och -utövning",
                "straße-nämnd",
                "ＡＢＣ",
                "bl.a.",
                "§ 12",
                "2019-11-25",
                "521 tkr",
                "(S)",
                "-",
                "KS:s",
            ),
            *("grossisternas-nämnd", "skolskjuts-ß", "s:a", "summa", "S:ta", "St", "bl.a", "klass-skola"),
            *("fo\u0308rskola", "skol\u00adskjuts", "ﬁnansnämnd", "Åsabygdens", "a-b-c-d", "'", "nämnd"),
        ]
    ),
    max_size=8,
).map(" ".join)


@cache
def analyzer() -> Analyzer:
    """Return one analyzer over our word list."""
    return Analyzer(real_lexicon())


def stems(word: str) -> set[str]:
    return set(analyzer().analyze(word)[0].stems)


def parts(text: str) -> dict[str, str]:
    """Return the parts of all words of a text: as shown, and as written."""
    return {
        part.word: text[token.start + part.start : token.start + part.end]
        for token in analyzer().analyze(text)
        for part in token.parts
    }


@pytest.mark.parametrize(
    "forms",
    [
        "skola skolan skolor skolans skolorna",
        "stad städer stadens städernas",
        "ledamot ledamöter ledamoten ledamöterna",
        "taxa taxan taxor taxorna",
        "möte mötet möten mötena",
        "ansökan ansökningar ansökningarna",
        "arbetsutskott arbetsutskottet arbetsutskottets",
        "program programmet programmen",
        "bostad bostäder bostadens",
        "kostnad kostnader kostnaderna",
        "avslå avslår avslog avslagit avslås",
        "fullmäktige fullmäktiges",
        "styrelse styrelsen styrelser styrelsens",
        "gymnasium gymnasiet gymnasier",
        "trafikförsörjningsprogram trafikförsörjningsprogrammet",
        "initiativärende initiativärendet initiativärendena",
    ],
)
def test_the_forms_of_a_word_share_a_key(forms: str) -> None:
    assert all(stems(one) & stems(other) for one, other in combinations(forms.split(), 2))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stad", "stadga"),
        ("stad", "stadgan"),
        ("städer", "stadgar"),
        ("ark", "arkiv"),
        ("arken", "arkivet"),
        ("kris", "kristina"),
        ("krisen", "kristen"),
        ("budget", "budgivning"),
        ("sven", "svensk"),
        ("svens", "svenska"),
        ("fin", "finns"),
        ("andra", "andrum"),
        ("hos", "hoa"),
        ("tas", "tum"),
        ("anna", "annan"),
        ("ann", "annat"),
        ("fastigheter", "fasta"),
        ("styrelsen", "styr"),
        ("nämnden", "nämnda"),
        ("våren", "våra"),
        ("fört", "för"),
        ("tidigare", "tid"),
        ("lager", "lag"),
        ("lagret", "lag"),
        ("order", "ord"),
        ("höger", "hög"),
        ("kvarteret", "kvart"),
        ("värdet", "värd"),
        ("vite", "vit"),
        ("allé", "all"),
        ("kostar", "kost"),
        ("målade", "mål"),
        ("bokade", "bok"),
        ("borde", "bord"),
        ("nytta", "nytt"),
        ("modern", "mod"),
        ("internet", "intern"),
    ],
)
def test_words_that_only_look_alike_share_no_key(one: str, other: str) -> None:
    assert not stems(one) & stems(other)


def test_a_name_is_found_in_the_genitive_and_a_word_that_is_also_a_name_in_all_its_forms() -> None:
    assert stems("Göteborgs") == stems("Göteborg")
    assert stems("Jonas") == {"jonas"}
    assert stems("Berg") & stems("berget")


def test_a_compound_has_its_parts_in_dictionary_form_where_they_are_written() -> None:
    assert parts("Skolskjutsreglementet gäller") == {
        "skola": "Skol",
        "skolskjuts": "Skolskjuts",
        "skjuts": "skjuts",
        "skjutsreglemente": "skjutsreglementet",
        "reglemente": "reglementet",
    }


def test_the_parts_of_a_damaged_word_are_where_they_are_written() -> None:
    text = unicodedata.normalize("NFD", f"i Fri{SOFT_HYPHEN}tids{SOFT_HYPHEN}n\u00e4mndens hus")

    assert parts(text)["nämnd"] == unicodedata.normalize("NFD", "nämndens")
    assert parts(text)["fritid"] == f"Fri{SOFT_HYPHEN}tids"


def test_a_hyphenated_word_has_the_parts_that_it_has_without_hyphens() -> None:
    whole = analyzer().analyze("skol-skjutsen")[0]

    assert [(part.word, "skol-skjutsen"[part.start : part.end]) for part in whole.parts] == [
        ("skola", "skol"),
        ("skjuts", "skjutsen"),
    ]


@given(swedish_text)
def test_tokens_of_one_exact_form_have_the_same_keys(text: str) -> None:
    keys = {}

    for variant in (text, text.upper(), text.casefold(), text.replace("ss", "ß")):
        for run in variant.split():
            for token in analyzer().words_of_run(run):
                found = (token.stems, {key for part in token.parts for key in part.keys})
                assert keys.setdefault(token.exact, found) == found


def test_an_elliptic_word_puts_its_keys_to_the_word_that_is_written() -> None:
    tokens = analyzer().analyze("till Kultur- och utbildningsnämnden")

    assert [token.exact for token in tokens] == ["till", "kultur", "och", "utbildningsnämnden"]
    assert stems("kulturnämnden") <= set(tokens[1].stems)
    assert [part.word for part in tokens[1].parts] == ["kultur"]
    assert (tokens[1].start, tokens[1].end) == (5, 11)


def test_the_parts_of_an_elliptic_word_lie_in_what_is_written() -> None:
    token = analyzer().analyze("grundskole- och gymnasienämnden")[0]

    assert {"grundskola", "skola"} <= {part.word for part in token.parts}
    assert all(part.end <= len("grundskole") for part in token.parts)


def test_elliptic_words_are_told_with_their_place_in_the_text_as_given() -> None:
    text = f"i kul{SOFT_HYPHEN}tur- och utbildningsnämnden"

    found = analyzer().elliptic_words(text)

    assert [(token.exact, text[token.start : token.end]) for token in found] == [
        ("kulturnämnden", f"kul{SOFT_HYPHEN}tur")
    ]


@pytest.mark.parametrize(
    ("step", "text", "key"),
    [
        (Step.LEMMAS, "städer", "stad"),
        (Step.ELLIPTIC, "kultur- och utbildningsnämnden", "kulturnämnd"),
        (Step.SPECIALS, "2019-11-25", "d:20191125"),
    ],
)
def test_a_step_that_is_left_out_gives_no_keys(step: Step, text: str, key: str) -> None:
    ablated = Analyzer(real_lexicon(), without=frozenset({step}))

    assert any(key in token.stems for token in analyzer().analyze(text))
    assert not any(key in token.stems for token in ablated.analyze(text))


def test_parts_can_be_left_out() -> None:
    ablated = Analyzer(real_lexicon(), without=frozenset({Step.PARTS}))

    assert not ablated.analyze("skolskjuts")[0].parts
    assert ablated.compound("skolskjuts") == ()


def test_a_compound_in_a_query_has_the_keys_of_its_smallest_parts() -> None:
    keys = analyzer().compound("Skolskjutsreglementet")

    assert [
        set(group) & stems(word) != set()
        for group, word in zip(keys, ("skola", "skjuts", "reglemente"), strict=True)
    ]
    assert analyzer().compound("skola") == ()


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("skol", "skjuts", "skolskjuts"),
        ("Kommun", "fullmäktige", "kommunfullmäktige"),
        ("medborgar", "dialogen", "medborgardialogen"),
        ("den", "bilen", None),
        ("i", "skolan", None),
        ("12", "skolan", None),
        ("", "", None),
    ],
)
def test_neighbours_are_joined_when_that_makes_a_word(left: str, right: str, joined: str | None) -> None:
    assert analyzer().joins(left, right) == joined


def test_a_form_of_the_word_list_is_a_word_however_it_is_written() -> None:
    assert analyzer().is_word("Skolan")
    assert analyzer().is_word("idé")
    assert not analyzer().is_word("sklan")


def test_the_version_names_the_lexicon_and_the_splitter() -> None:
    assert real_lexicon().version in (analyzer().version.lexicon or "")
    assert analyzer().version.rules == Analyzer().version.rules


@given(swedish_text)
def test_parts_lie_in_their_word_and_are_written_there(text: str) -> None:
    for token in analyzer().analyze(text):
        for part in token.parts:
            assert 0 <= part.start < part.end <= token.end - token.start
            assert part.keys
            assert part.word


@given(swedish_text)
def test_decomposed_text_gives_the_same_keys(text: str) -> None:
    def keys(tokens: list[Token]) -> list[object]:
        return [
            (token.exact, token.stems, [part[:2] for part in token.parts], token.position) for token in tokens
        ]

    composed = unicodedata.normalize("NFC", text)

    assert keys(analyzer().analyze(unicodedata.normalize("NFD", composed))) == keys(
        analyzer().analyze(composed)
    )


@given(swedish_text)
def test_the_words_of_a_text_are_those_of_its_runs(text: str) -> None:
    plain = Analyzer(real_lexicon(), without=frozenset({Step.ELLIPTIC, Step.SPECIALS}))

    runs = [(token.exact, token.stems) for run in text.split() for token in plain.words_of_run(run)]

    assert [(token.exact, token.stems) for token in plain.analyze(text)] == runs


@given(swedish_text)
def test_a_lexicon_only_adds_keys(text: str) -> None:
    without_lexicon = Analyzer()

    spans = [token[3:] for token in without_lexicon.analyze(text)]

    assert [token[3:] for token in analyzer().analyze(text)] == spans


def test_threads_that_share_an_analyzer_agree() -> None:
    shared = Analyzer(real_lexicon())
    text = (
        " ".join(f"{word}nämnden kultur- och {word}skolan" for word in ("bygg", "miljö", "vård", "fritids"))
        * 20
    )
    expected = analyzer().analyze(text)
    found: list[list[Token]] = []
    threads = [threading.Thread(target=lambda: found.append(shared.analyze(text))) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [expected] * 4


@pytest.mark.parametrize("text", ["skol" * 20_000, "skol-" * 20_000, "skol- och " * 10_000, "-och " * 10_000])
def test_endless_text_is_read(text: str) -> None:
    assert analyzer().analyze(text)


@pytest.mark.parametrize(
    "forms",
    [
        "lager lagret lagren",
        "värde värdet värden värdena",
        "hyresvärd hyresvärden hyresvärdar",
        "granne grannen grannar grannarna",
        "ligga ligger",
        "fiske fisket",
        "kosta kostar kostade kostat",
        "leda leder ledde lett",
        "intern internt interna",
        "modern modernt moderna",
        "gemensam gemensamt gemensamma",
        "gammal gammalt gamla",
        "män mannen männen",
        "varor varan varorna",
        "regel regeln regler reglerna",
        "anta antog antagit antagen antagna",
        "mor mödrar",
        "far fäder",
        "allé allén alléer",
    ],
)
def test_forms_of_a_word_share_a_key_with_its_first(forms: str) -> None:
    first, *others = forms.split()

    assert [form for form in others if not {*stems(first)} & {*stems(form)}] == []


@pytest.mark.parametrize("word", ["skolaß", "\u00adskolaß", "\ufeffskolaẞ", "skolbuß", "Skolskjutsßar\u00ad"])
def test_the_parts_of_a_word_that_casefolding_makes_longer_are_inside_of_it(word: str) -> None:
    for token in analyzer().analyze(word):
        for part in token.parts:
            assert 0 <= part.start < part.end <= token.end - token.start
