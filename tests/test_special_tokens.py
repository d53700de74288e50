import datetime
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.characters import normalize
from index.analysis.dates import date_key
from index.analysis.section_references import section_numbers
from index.analysis.special import WALL, specials

MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]


def keys(text: str) -> list[str]:
    return [key for special in specials(text) for key in special.keys]


def written(text: str) -> list[str]:
    return [text[special.start : special.end] for special in specials(text)]


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_a_day_has_one_key_in_every_written_form(day: datetime.date) -> None:
    forms = (
        f"{day:%Y-%m-%d}",
        f"den {day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}",
        f"{day.day}/{day.month} {day.year}",
        f"{day.day}\n{MONTHS[day.month - 1].upper()} {day.year}",
    )

    assert {tuple(keys(form)) for form in forms} == {(date_key(day),)}


def test_days_of_a_range_in_one_month_are_both_found() -> None:
    assert keys("24-25 januari 2023") == ["d:20230124", "d:20230125"]


@pytest.mark.parametrize("text", ["2019-13-01", "2019-02-30", "31 april 2019", "99/99 2019"])
def test_a_day_that_does_not_exist_is_no_day(text: str) -> None:
    assert not [key for key in keys(text) if key.startswith("d:")]


@pytest.mark.parametrize("text", ["KS 2019/0835", "KS2019/835", "dnr ks 2019-0835", "KS-2019-835"])
def test_a_case_has_its_key_and_one_without_registry(text: str) -> None:
    assert keys(text) == ["dnr:KS-2019-835", "dnr:DNR-2019-835"]


@pytest.mark.parametrize("text", ["KS 2019 beslut 12", "2019 beslut 2020 12", "2019 ärende 2020"])
def test_a_word_between_a_year_and_a_number_is_no_registry(text: str) -> None:
    assert not [key for key in keys(text) if key.startswith("dnr:")]


def test_a_year_and_a_word_before_it_do_not_hide_a_case() -> None:
    assert keys("2019 och 2020 KS 12") == ["dnr:KS-2020-12", "dnr:DNR-2020-12"]


@pytest.mark.parametrize("text", ["14 ſeptember 2019", "12 mıljoner", "9999 ſek"])
def test_letters_that_only_look_alike_make_no_month_and_no_unit(text: str) -> None:
    assert [key for key in keys(text) if key != "n:9999"] == []


def test_a_date_is_no_case_and_a_case_no_date() -> None:
    assert keys("KS 2016-04-06 § 125") == ["d:20160406", "p:125"]
    assert keys("KS 2016/0406") == ["dnr:KS-2016-406", "dnr:DNR-2016-406"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("§ 125", ["p:125"]),
        ("§125", ["p:125"]),
        ("§ 8 a", ["p:8a"]),
        ("§§ 335–338", ["p:335", "p:336", "p:337", "p:338"]),
        ("§§111-112", ["p:111", "p:112"]),
        ("§52 -§ 54", ["p:52", "p:53", "p:54"]),
        ("§§ 5, 7 och 9", ["p:5", "p:7", "p:9"]),
        ("§ 5 och § 7", ["p:5", "p:7"]),
        ("paragraf 125", ["p:125"]),
        ("12 oktober 2023 § 22", ["d:20231012", "p:22"]),
        ("53 § kommunallagen", []),
        ("5 kap. 53 § 2 stycket", []),
        ("26 kap.13§ 4 skollagen", []),
        ("2 kap. § 5 i lagen", []),
    ],
)
def test_a_section_is_known_from_a_paragraph_of_law(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


def test_a_range_of_sections_has_a_limit() -> None:
    assert len(section_numbers("1-200")) == 200
    assert section_numbers("1-9999") == ("1",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("360.000 kr", ["n:360000"]),
        ("360 000", ["n:360000"]),
        ("360\u2009000 kronor".replace("\u2009", " "), ["n:360000"]),
        ("360000", ["n:360000"]),
        ("521 tkr", ["n:521", "n:521000"]),
        ("0,36 mkr", ["n:360000"]),
        ("12,5 miljoner kronor", ["n:12500000"]),
        ("1 250 000 kr", ["n:1250000"]),
        ("500:-", ["n:500"]),
        ("1 234,50 kr", ["n:1234.5"]),
        ("2019", []),
        ("12 personer", []),
        ("14:30", []),
        ("08-123456", []),
        ("2015/1045678", []),
    ],
)
def test_an_amount_has_one_key_whatever_its_unit(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@given(st.integers(1000, 10**12))
def test_grouping_the_digits_changes_no_amount(number: int) -> None:
    grouped = f"{number:,}"

    assert (
        keys(f"{number} kr")
        == keys(grouped.replace(",", " ") + " kr")
        == keys(grouped.replace(",", ".") + " kr")
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Exempel (L)", ["party:l"]),
        ("Ada Exempel (s)", ["party:s"]),
        ("A Exempel (FNL)", ["party:fnl"]),
        ("(S, MP)", ["party:s", "party:mp"]),
        ("Exempelnämnden (KS)", []),
        ("protokoll(s)", []),
        ("punkt (v)", []),
    ],
)
def test_a_party_stands_in_brackets_after_a_name(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ledamöterna från SD reserverar sig mot beslutet.", ["party:sd"]),
        ("Bifall till yrkandet från M, D, L och KD.", ["party:m", "party:d", "party:l", "party:kd"]),
        ("Tilläggsyrkande från S, V samt MP", ["party:s", "party:v", "party:mp"]),
        ("Yttrande\nfrån C den 4 maj", ["party:c"]),
        ("reservation/protokollsanteckning från S/V.", ["party:s", "party:v"]),
        ("Ersättare för KD och L", ["party:kd", "party:l"]),
        ("Yrkande från D", []),
        ("Yttrande från KS och TN", []),
        ("Yrkande från M Exempel", []),
        ("Yrkande från M5", []),
        ("Yrkande från M 5", []),
        ("Yrkande från S:t Påhitt", []),
        ("Yrkande från s", []),
        ("förslag för C", []),
        ("plan för V-området, från V till Ö", []),
        ("priset för L och M", []),
        ("SD reserverar sig", []),
    ],
)
def test_a_party_without_brackets_is_one_that_something_is_from(text: str, expected: list[str]) -> None:
    assert [
        key for special in specials(text) for key in special.keys if key in expected or "party" in key
    ] == (expected)


def test_addresses_are_one_token_without_what_closes_the_sentence() -> None:
    text = "Se https://www.example.se/sida?x=1, eller skriv till ada.exempel@example.se."

    assert keys(text) == ["url:www.example.se/sida?x=1", "mail:ada.exempel@example.se"]
    assert written(text) == ["https://www.example.se/sida?x=1", "ada.exempel@example.se"]


@pytest.mark.parametrize(
    "address",
    ["www.example.se", "WWW.EXAMPLE.SE", "Www.example.se", "wWw.example.se", "HTTPS://www.example.se/"],
)
def test_an_address_is_one_in_capitals_too(address: str) -> None:
    assert keys(f"Se {address}") == ["url:www.example.se"]


@given(st.text(alphabet="§0129 -–/.,:()ABs@kr\nw", max_size=80))
def test_special_tokens_are_in_order_and_do_not_overlap(text: str) -> None:
    spans = [(special.start, special.end) for special in specials(text)]

    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


EDGES = [
    *("§", "§§ 5,", "§§ 5 och", "paragraf", "kap.", "53", "12", "2019", "2019-", "-12", "/12", ":-", "1,"),
    *("000 kr", "tkr", "miljoner", "sek", "14", "24-", "14/11", "november", "november 2019", "nov.", "maj"),
    *(
        "dnr",
        "Dnr:",
        "Ert dnr",
        "ärende-",
        "diarienummer",
        "KS",
        "KS 2016/0178,",
        "2016/0179",
        "22SN118",
        "och",
    ),
    *(
        "länsstyrelsens",
        "Ada",
        "Ada Exempel",
        "Exempel (L)",
        "(L)",
        "(FNL)",
        "(S,",
        "MP)",
        "ada@",
        "@a.se",
        "|",
    ),
    *(
        "www.",
        "https://",
        "a.se",
        "till",
        "–",
        ",",
        "(",
        ")",
        ".",
        " ",
        "\n",
        "\t",
        "a",
        "S",
        "0",
        "x2019/12",
    ),
]


@given(st.lists(st.lists(st.sampled_from(EDGES), max_size=4).map(" ".join), min_size=1, max_size=5))
def test_texts_with_a_wall_between_them_are_read_as_if_each_were_alone(texts: list[str]) -> None:
    texts = [normalize(text).text for text in texts]

    together = specials(WALL.join(texts))

    offsets = [0, *accumulate(len(text) + len(WALL) for text in texts)]
    alone = [
        (offset + start, offset + end, keys)
        for offset, text in zip(offsets, texts, strict=False)
        for start, end, keys in specials(text)
    ]
    assert together == alone


@pytest.mark.parametrize(
    "text", ["1" * 100_000, "1 " * 50_000, "a@" * 50_000, "a" * 100_000 + "@", "§" * 100_000, "(A" * 50_000]
)
def test_hostile_repetition_is_read_in_linear_time(text: str) -> None:
    assert isinstance(specials(text), list)
