from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import dnr
from index.analysis.folding import fold, without_accents
from index.analysis.stop_words import STOP_WORDS
from index.completion.completions import Completions
from index.completion.suggestion import Suggestion, SuggestionKind
from tests.words import completions_of

WORD, TITLE, COMMITTEE, DNR = SuggestionKind

LETTERS = "abåäöés"
WORDS = st.text(alphabet=LETTERS, min_size=2, max_size=6)
COUNTS = st.integers(1, 5)
TITLES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
TYPED = st.text(alphabet=LETTERS + " ", max_size=8)
NUMBERS = st.integers(1, 99_999)
YEARS = st.integers(1990, 2039)


def group_of(word: str) -> str:
    return word[:4]


def texts(found: tuple[Suggestion, ...]) -> list[str]:
    return [suggestion.text for suggestion in found]


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", without_accents(text.casefold()))


def completed_words(counts: dict[str, int], typed: str, *, folded: bool) -> dict[str, tuple[str, int]]:
    """Group to the form shown and the sections of the group, by brute force."""
    spell = fold if folded else without_accents
    groups: dict[str, list[str]] = {}
    for word in counts:
        if word not in STOP_WORDS:
            groups.setdefault(group_of(word), []).append(word)
    found = {}
    for group, forms in groups.items():
        total = sum(counts[form] for form in forms)
        begun = [form for form in forms if spell(form).startswith(spell(typed))]
        if begun:
            is_base = group in begun and counts[group] * 10 >= total
            best = group if is_base else min(begun, key=lambda form: (-counts[form], len(form), form))
            found[group] = (best, total)
    return found


@given(st.dictionaries(WORDS, COUNTS, max_size=25), WORDS)
def test_completed_words_are_those_of_a_search_through_all(counts: dict[str, int], typed: str) -> None:
    completions = completions_of(words=counts.items(), group_of=group_of)
    expected = completed_words(counts, typed, folded=False) or completed_words(counts, typed, folded=True)

    found = completions.complete(typed, limit=100)

    assert {group_of(suggestion.text): suggestion.count for suggestion in found} == {
        group: count for group, (_, count) in expected.items()
    }
    for suggestion in found:
        # Forms that are alike in everything but accents may stand for each other.
        best, _ = expected[group_of(suggestion.text)]
        assert (counts[suggestion.text], len(suggestion.text)) == (counts[best], len(best))


@given(st.dictionaries(TITLES, COUNTS, max_size=15), TYPED.filter(str.strip))
def test_completed_titles_have_a_word_for_each_typed_one(counts: dict[str, int], typed: str) -> None:
    merged: dict[str, int] = {}
    for title, count in counts.items():
        key = " ".join(words_of(title))
        merged[key] = merged.get(key, 0) + count

    def matching(spell: Callable[[str], str]) -> dict[str, int]:
        prefixes = [spell(word) for word in words_of(typed)]
        return {
            key: count
            for key, count in merged.items()
            if all(any(spell(word).startswith(prefix) for word in key.split()) for prefix in prefixes)
        }

    found = completions_of(titles=counts.items(), group_of=group_of).complete(typed, limit=100)

    assert {" ".join(words_of(suggestion.text)): suggestion.count for suggestion in found} == (
        matching(str) or matching(fold)
    )


@settings(max_examples=50)
@given(
    st.dictionaries(WORDS, COUNTS, max_size=20),
    st.dictionaries(TITLES, COUNTS, max_size=10),
    TYPED,
    st.integers(1, 12),
)
def test_suggestions_come_in_order_and_fewer_are_the_first_of_more(
    words: dict[str, int], titles: dict[str, int], typed: str, limit: int
) -> None:
    completions = completions_of(words=words.items(), titles=titles.items(), group_of=group_of)

    every = completions.complete(typed, limit=100)
    some = completions.complete(typed, limit=limit)

    has_several = len(words_of(typed)) > 1
    ranks = [(has_several and one.kind is WORD, -one.count) for one in every]
    assert ranks == sorted(ranks)
    assert [one.count for one in some] == [one.count for one in every[:limit]]
    assert set(some) <= set(every)
    assert len(set(every)) == len(every)


@pytest.fixture
def completions() -> Completions:
    return completions_of(
        words=[
            ("skolskjuts", 5),
            ("skolskjutsen", 9),
            ("skolskjutsar", 3),
            ("skola", 40),
            ("skol", 1),
            ("bygglov", 20),
            ("åtgärd", 7),
            ("åtgärder", 3),
            ("atlet", 1),
            ("och", 900),
            ("i", 950),
            ("som", 800),
            ("2019", 300),
            ("360000", 10),
            ("n:360000", 10),
            ("ks-003", 2),
            ("covid-19", 6),
            ("kafé", 2),
        ],
        titles=[
            ("Skolskjuts på landsbygden", 4),
            ("Avgift för skolskjuts", 4),
            ("AVGIFT FÖR SKOLSKJUTS", 1),
            ("Åtgärdsplan för buller", 2),
            ("Riktlinjer för bygglov vid skolor", 3),
        ],
        committees=[("Kommunstyrelsens arbetsutskott", 12), ("Barn- och skolnämnden", 30)],
        cases=[
            ("KS 2019/0835", 2),
            ("KS2019/835", 1),
            ("2019.088 KUN", 1),
            ("0123/22", 1),
            ("SBN 313-0042/21", 1),
        ],
        group_of={
            "skolskjutsen": "skolskjuts",
            "skolskjutsar": "skolskjuts",
            "skol": "skola",
            "åtgärder": "åtgärd",
        }.get,
    )


def test_of_inflected_forms_the_base_form_is_shown_with_the_sections_of_all() -> None:
    forms = {"skolskjuts": 5, "skolskjutsen": 9, "skolskjutsar": 3}

    found = completions_of(words=forms.items(), group_of=lambda _: "skolskjuts").complete("skolskj")

    assert found == (Suggestion("skolskjuts", WORD, 17),)


def test_without_a_base_form_the_commonest_is_shown() -> None:
    forms = {"sammanträdet": 9, "sammanträden": 3, "sammanträd": 1}

    found = completions_of(words=forms.items(), group_of=lambda _: "sammanträd").complete("samman")

    assert found == (Suggestion("sammanträdet", WORD, 13),)


def test_a_form_that_is_typed_further_than_the_base_form_is_the_one_shown() -> None:
    forms = {"skolskjuts": 5, "skolskjutsen": 9, "skolskjutsar": 3}

    found = completions_of(words=forms.items(), group_of=lambda _: "skolskjuts").complete("skolskjutsa")

    assert found == (Suggestion("skolskjutsar", WORD, 17),)


def test_words_titles_and_committees_are_mixed_by_how_much_they_find() -> None:
    found = completions_of(
        words=[("skola", 40)],
        titles=[("Ny skola", 50), ("Skola i byn", 40), ("Trygg skola", 40)],
        committees=[("Skolnämnden", 45)],
    ).complete("skol")

    assert found == (
        Suggestion("Ny skola", TITLE, 50),
        Suggestion("Skolnämnden", COMMITTEE, 45),
        Suggestion("skola", WORD, 40),
        Suggestion("Skola i byn", TITLE, 40),
        Suggestion("Trygg skola", TITLE, 40),
    )


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Skolskj", "skolskjuts"),
        ("bygglov  skolskj", "bygglov skolskjuts"),
        ("-skolskj", "-skolskjuts"),
        ('"bygglov skolskj', '"bygglov skolskjuts"'),
        ("titel:skolskj", "titel:skolskjuts"),
        ("skolskj*", "skolskjuts"),
        ("ATGA", "åtgärd"),
        ("åtgä", "åtgärd"),
        ("a\u030atga\u0308", "åtgärd"),
        ("kafe", "kafé"),
        ("KAFÉ", "kafé"),
        ("covid", "covid-19"),
        ("arbetsut", "Kommunstyrelsens arbetsutskott"),
        ("kommunstyrelsens arb", "Kommunstyrelsens arbetsutskott"),
        ("avgift skol", "Avgift för skolskjuts"),
    ],
)
def test_what_is_typed_is_completed(completions: Completions, typed: str, first: str) -> None:
    assert texts(completions.complete(typed))[0] == first


def test_a_letter_is_not_an_accent_while_something_is_found(completions: Completions) -> None:
    assert texts(completions.complete("at")) == ["atlet"]
    assert "åtgärd" in texts(completions.complete("atg"))


def test_a_title_is_found_by_any_of_its_words_and_in_its_commonest_spelling(completions: Completions) -> None:
    found = completions.complete("skolskjuts avg")

    assert found == (Suggestion("Avgift för skolskjuts", TITLE, 5),)


@pytest.mark.parametrize(
    "typed", ["", " ", "och", "som", "360", "n:36", "ks-0", "§", "***", "\x00", "😀", "xyz"]
)
def test_stop_words_numbers_and_nothing_are_not_completed_to_words(
    completions: Completions, typed: str
) -> None:
    assert not [suggestion for suggestion in completions.complete(typed) if suggestion.kind is WORD]


def test_behind_other_words_what_has_all_of_them_in_its_name_comes_before_words() -> None:
    found = completions_of(
        words=[("arbete", 90), ("arbetsutskott", 80)],
        titles=[("Arbetet i kommunstyrelsens kansli", 2)],
        committees=[("Kommunstyrelsens arbetsutskott", 12)],
    ).complete("kommunstyrelsens arb", count=lambda text: {"kommunstyrelsens arbete": 40}.get(text, 60))

    assert found == (
        Suggestion("Kommunstyrelsens arbetsutskott", COMMITTEE, 12),
        Suggestion("Arbetet i kommunstyrelsens kansli", TITLE, 2),
        Suggestion("kommunstyrelsens arbetsutskott", WORD, 60),
        Suggestion("kommunstyrelsens arbete", WORD, 40),
    )


@pytest.mark.parametrize(
    "typed", ['"avgift för skol', "titel:skol", "avgift TITEL: skol", 'taxa "avgift skol']
)
def test_in_an_open_quotation_and_behind_a_field_only_words_are_suggested(typed: str) -> None:
    found = completions_of(
        words=[("skolskjuts", 5)],
        titles=[("Avgift för skolskjuts", 4), ("Ny titel i avgift och taxa för skolskjuts", 2)],
    ).complete(typed, count=lambda _: 3)

    assert [(one.kind, one.count) for one in found] == [(WORD, 3)]


def test_a_closed_quotation_and_a_field_further_ahead_hide_no_titles() -> None:
    completions = completions_of(titles=[("Avgift för skolskjuts i titel", 4)])

    assert texts(completions.complete('"avgift" skol')) == ["Avgift för skolskjuts i titel"]
    assert texts(completions.complete("titel:avgift skol")) == ["Avgift för skolskjuts i titel"]


def test_nothing_is_suggested_when_nothing_is_wanted(completions: Completions) -> None:
    assert completions.complete("skol", limit=0) == ()
    assert completions_of().complete("skol") == ()


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "KS 2019/0835",
            "ks 2019/08",
            "ks 2019/8",
            "ks2019/835",
            "KS-2019-835",
            "ks 2019",
            "ks 20",
            "2019/083",
        ),
        *(
            "20190835",
            "2019-835",
            "dnr ks 2019/0835",
            "dnr:ks",
            "dnr: 20",
            "Dnr: 2019/08",
            "835/2019",
            "0835",
            "835",
            "ks 835",
            "ks",
        ),
        *("2019/00835", "2019 08", "2019/0835 ks"),
    ],
)
def test_a_dnr_is_found_in_any_form_as_far_as_it_is_typed(completions: Completions, typed: str) -> None:
    found = [suggestion for suggestion in completions.complete(typed) if suggestion.kind is DNR]

    assert Suggestion("KS 2019/0835", DNR, 3) in found


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        *(("kun 2019", "2019.088 KUN"), ("2019.08", "2019.088 KUN"), ("kun", "2019.088 KUN")),
        *(("0123/2", "0123/22"), ("123/2022", "0123/22"), ("2022/123", "0123/22"), ("0123", "0123/22")),
        *(("sbn 313-00", "SBN 313-0042/21"), ("sbn 313-0042/21", "SBN 313-0042/21")),
    ],
)
def test_other_ways_of_numbering_cases_are_completed_too(
    completions: Completions, typed: str, written: str
) -> None:
    assert written in texts(completions.complete(typed))


@pytest.mark.parametrize(
    "typed", ["ks 2018", "kun 2019/08354", "2019/9", "ks 2019/00", "bun 2019", "835/2018"]
)
def test_another_case_is_not_suggested(completions: Completions, typed: str) -> None:
    assert "KS 2019/0835" not in texts(completions.complete(typed))


@given(st.sampled_from(["KS", "KUN", "SBN"]), YEARS, NUMBERS, st.integers(0, 30))
def test_every_beginning_of_a_dnr_finds_it(registry: str, year: int, number: int, cut: int) -> None:
    written = f"{registry} {year}/{number:04}"
    completions = completions_of(cases=[(written, 1)])
    typed = written.lower()[: 1 + cut % len(written)]

    found = completions.complete(typed)

    assert texts(found) == [written]


@given(
    st.lists(st.tuples(YEARS, NUMBERS), min_size=1, max_size=20),
    YEARS,
    # A number like a year may be the year, behind the number.
    NUMBERS.filter(lambda number: not 1900 <= number <= 2099),
)
def test_a_whole_dnr_finds_that_case_and_those_whose_number_begins_with_it(
    cases: list[tuple[int, int]], year: int, number: int
) -> None:
    written = {f"KS {year}/{number:04}" for year, number in cases}
    completions = completions_of(cases=[(text, 1) for text in written])

    found = texts(completions.complete(f"ks {year}/{number}", limit=100))

    digits = str(number)
    for text in written:
        prefix, own = text.split("/")
        if prefix == f"KS {year}" and own.lstrip("0").startswith(digits):
            assert text in found
        if text in found:
            assert prefix == f"KS {year}"
    same = [text for text in written if dnr.key(text) == f"KS-{year}-{number}"]
    assert set(same) <= set(found)


@given(st.text(max_size=600))
def test_any_text_may_be_typed(typed: str) -> None:
    found = completions_of(
        words=[("skola", 1), ("åsna", 2)],
        titles=[("Åsna i skola", 1)],
        cases=[("KS 2019/0835", 1)],
    ).complete(typed)

    assert len(found) <= 10


@given(st.lists(st.tuples(st.text(max_size=30), COUNTS), max_size=10), st.text(max_size=5))
def test_any_text_may_be_a_title_or_a_dnr(entries: list[tuple[str, int]], typed: str) -> None:
    completions = completions_of(titles=entries, cases=entries, committees=entries)

    found = completions.complete(typed)

    assert all(suggestion.text.strip() for suggestion in found)


def test_threads_may_ask_at_the_same_time(completions: Completions) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: completions.complete("skol"), range(32)))

    assert len(answers) == 1
