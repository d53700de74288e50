from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.folding import without_accents
from index.analysis.phonetics import phonetic_key, phonetic_keys

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäöé-", min_size=1, max_size=12)


@pytest.mark.parametrize(
    "spellings",
    [
        "filip philip filipp philipp",
        "carl karl",
        "christer krister",
        "sofia sophia",
        "sofie sophie",
        "tomas thomas",
        "eric erik erick",
        "ericsson eriksson erikson ericson",
        "jonsson johnsson jonson",
        "lindqvist lindkvist lindquist lindhqvist",
        "svensson svenson",
        "wilhelm vilhelm",
        "håkan haakan",
        "katarina catarina catharina katharina",
        "ulrika ulrica",
        "åkesson åkeson",
        "kristoffer kristofer christoffer christopher",
        "gustafsson gustavsson gustafson",
        "olof olov",
        "olofsson olovsson",
        "löfgren lövgren",
        "elisabet elisabeth elizabeth",
        "sara sarah zara",
        "sandra zandra",
        "susanne suzanne",
        "hanna hannah",
        "cecilia sesilia",
        "isak isaac isaak",
        "mikael michael",
        "rikard rickard richard",
        "niklas nicklas niclas",
        "mattias mathias matias matthias",
        "annette anette",
        "annelie anelie",
        "pettersson petersson peterson",
        "rebecka rebecca rebekka",
        "alexander aleksander",
        "schmidt schmit",
        "brandt brant",
        "lind lindh",
        "dahl dal",
        "öhman öman",
        "joakim joachim",
        "isabell isabel",
        "patrik patrick patric",
        "herman hermann",
        "johan johann",
        "linnéa linnea",
        "hjalmar jalmar",
        "ljungström jungström",
        "edit edith",
        "josef joseph",
        "jacob jakob",
        "teknik technik",
        "eko echo",
    ],
)
def test_spellings_of_one_name_sound_alike(spellings: str) -> None:
    keys = set(phonetic_keys(spellings.split()))

    assert len(keys) == 1


@pytest.mark.parametrize(
    "words",
    [
        "lag låg",
        "råd rad",
        "vård värd",
        "får far",
        "tak tack",
        "vit vitt",
        "glas glass",
        "mat matt",
        "bygga byga",
        "nilsson nielson",
        "persson person",
        "hjul jul",
        "hjord jord gjord",
        "ljud jud",
        "ljus jus",
        "hjärna järna",
        "zon son",
        "zink sink",
        "cent sent",
        "censor sensor",
        "session cession",
        "docera dosera",
        "sax saks",
        "fullt fult",
        "alla ala",
        "isväg isvägg",
        "fönsterglas fönsterglass",
        "solen solenn",
        "salt saltet",
        "saltet salthet",
        "kortet korthet",
        "pizza pissa",
        "scen sen",
        "chef kef",
        "och ock",
        "graf grav",
        "golf golv",
        "upphandling uffandling",
        "grön gren",
        "sköld skuld",
        "ohm om",
        "skola skala",
        "person pension",
        "karin karina",
        "anna anne",
    ],
)
def test_words_that_mean_different_things_do_not_sound_alike(words: str) -> None:
    keys = phonetic_keys(words.split())

    assert len(set(keys)) == len(keys)


@given(st.lists(WORDS, min_size=1, max_size=20))
def test_many_words_have_the_keys_that_they_have_alone(words: list[str]) -> None:
    assert phonetic_keys(words) == [phonetic_key(word) for word in words]


@given(WORDS)
def test_accents_are_not_heard(word: str) -> None:
    assert phonetic_key(word) == phonetic_key(without_accents(word))


@given(WORDS)
def test_no_word_is_silent(word: str) -> None:
    assert phonetic_key(word)


@given(st.text(alphabet="bdgklmnprstv", min_size=1, max_size=4), st.sampled_from(["aå", "aä", "oö", "åä"]))
def test_words_that_differ_in_a_swedish_letter_differ(consonants: str, letters: str) -> None:
    first, second = (consonants + letter + "n" for letter in letters)

    assert phonetic_key(first) != phonetic_key(second)


@given(st.text(alphabet="hqcxzw\n-éa", max_size=200).map(lambda text: text.replace("\n", "")))
def test_any_letters_have_a_key_of_one_line(word: str) -> None:
    assert "\n" not in phonetic_key(word)
