from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.personal_numbers import MASK, asks_for_number, has_number, mask


def check_digit(nine: str) -> str:
    """The Luhn check digit, worked out another way than in the code: on sums of digit strings."""
    total = sum(int(digit) for index, one in enumerate(nine) for digit in str(int(one) * (2, 1)[index % 2]))
    return str(-total % 10)


@st.composite
def numbers(draw: st.DrawFn) -> tuple[str, str, str]:
    """Century, date and four last digits of a valid number, that of a person or a co-ordination number."""
    date = draw(st.dates(datetime.date(1900, 1, 1), datetime.date(2026, 12, 31)))
    day = date.day + draw(st.sampled_from([0, 60]))
    short = f"{date.year % 100:02}{date.month:02}{day:02}"
    serial = f"{draw(st.integers(0, 999)):03}"
    return str(date.year // 100), short, serial + check_digit(short + serial)


@given(
    number=numbers(),
    separator=st.sampled_from(
        ["-", "+", "–", " ", "\u2011", "\u00ad", "\uff0d", "\u00a0", "\u202f", "\t", " - ", "-\n"]
    ),
    form=st.sampled_from(["short", "long"]),
    around=st.sampled_from([("", ""), ("Ada Provsson, ", "."), ("(", ")"), ("nr:", "\n")]),
)
def test_every_valid_number_with_a_separator_is_masked(
    number: tuple[str, str, str],
    separator: str,
    form: str,
    around: tuple[str, str],
) -> None:
    century, date, last = number
    text = around[0] + (century if form == "long" else "") + date + separator + last + around[1]

    assert mask(text) == (around[0] + MASK + around[1], 1)


FORMS = (
    "{d}-{s}",
    "{d}+{s}",
    "{d}–{s}",
    "{d} {s}",
    "{c}{d}-{s}",
    "{c}{d}+{s}",
    "{c}{d}–{s}",
    "{c}{d} {s}",
    "{c}{d}{s}",
)


@pytest.mark.parametrize("form", [*FORMS, "personnr {d}{s}", "född {d}{s}"])
@pytest.mark.parametrize("added_days", [0, 60], ids=["personnummer", "samordningsnummer"])
def test_two_hundred_numbers_are_masked_in_every_form(form: str, added_days: int) -> None:
    first, left = datetime.date(1900, 1, 1), []
    for count in range(200):
        date = first + datetime.timedelta(days=count * 230)
        short = f"{date.year % 100:02}{date.month:02}{date.day + added_days:02}"
        serial = f"{count * 37 % 1000:03}"
        last = serial + check_digit(short + serial)
        text = form.format(c=date.year // 100, d=short, s=last)
        if last in mask(text)[0]:
            left.append(text)

    assert left == []


@given(number=numbers())
def test_twelve_digits_in_a_row_are_masked(number: tuple[str, str, str]) -> None:
    assert mask(f"Sökande {''.join(number)}, Granby") == (f"Sökande {MASK}, Granby", 1)


@given(number=numbers())
def test_ten_digits_in_a_row_are_masked_only_where_the_text_speaks_of_a_person(
    number: tuple[str, str, str],
) -> None:
    digits = number[1] + number[2]

    assert mask(f"Kontonummer {digits}")[1] == 0
    assert mask(f"Personnummer: {digits}")[1] == 1
    assert mask(f"Bo Testberg, född {digits}")[1] == 1
    assert mask(f"pnr {digits}")[1] == 1


@given(number=numbers(), form=st.sampled_from(["short", "long"]))
def test_digits_on_two_lines_are_masked_only_where_the_text_speaks_of_a_person(
    number: tuple[str, str, str], form: str
) -> None:
    century, date, last = number
    digits = f"{century if form == 'long' else ''}{date}\n{last}"

    assert mask(f"Tid {digits}") == (f"Tid {digits}", 0)
    assert mask(f"Personnr {digits}") == (f"Personnr {MASK}", 1)


@given(
    number=numbers(),
    separator=st.sampled_from(["-", "+", "–", " ", "", "\n"]),
    typed=st.sampled_from(["{}", "person:{}", 'x "{}"']),
)
def test_a_number_is_known_in_a_query_without_a_word_that_says_what_it_is(
    number: tuple[str, str, str], separator: str, typed: str
) -> None:
    century, date, last = number

    assert has_number(typed.format(date + separator + last))
    assert has_number(typed.format(century + date + separator + last))
    assert not has_number(typed.format(date + separator + last[:3]))


@given(
    number=numbers(),
    separator=st.sampled_from(["-", "+", "–", " ", "", "\n"]),
    around=st.sampled_from(["{}", "  {} ", '"{}"', "”{}”.", "({})"]),
)
def test_a_value_that_is_nothing_but_a_number_asks_for_it_in_any_form(
    number: tuple[str, str, str], separator: str, around: str
) -> None:
    century, date, last = number

    assert asks_for_number(around.format(date + separator + last))
    assert asks_for_number(around.format(century + date + separator + last))
    assert not asks_for_number(around.format(date + separator + last[:3]))


@given(text=st.text(st.sampled_from("0123456789-+ \nab"), max_size=30), number=numbers())
def test_beside_other_words_only_what_would_be_masked_asks_for_a_number(
    text: str, number: tuple[str, str, str]
) -> None:
    digits = number[1] + number[2]

    assert asks_for_number(f"ring {text} nu") == (mask(f"ring {text} nu")[1] > 0)
    assert not asks_for_number(f"ring {digits}")
    assert asks_for_number(f"personnr {digits}")


@given(number=numbers(), wrong=st.integers(1, 9), separator=st.sampled_from(["-", "+", "", " "]))
def test_a_wrong_check_digit_is_left(number: tuple[str, str, str], wrong: int, separator: str) -> None:
    century, date, last = number
    text = f"personnummer {century}{date}{separator}{last[:3]}{(int(last[3]) + wrong) % 10}"

    assert mask(text) == (text, 0)


@given(group=st.integers(20, 99), rest=st.integers(0, 99), serial=st.integers(0, 999))
def test_an_organisation_number_is_left(group: int, rest: int, serial: int) -> None:
    nine = f"55{group:02}{rest:02}{serial:03}"
    text = f"Org.nr {nine[:6]}-{nine[6:]}{check_digit(nine)}"

    assert mask(text) == (text, 0)


@pytest.mark.parametrize(
    "text",
    [
        "Mötet den 260615 1406 i Granby",
        "Telefon 031-811218, 0322-81 12 18",
        "Dnr 2019/0835 och § 811218",
        "8112189876543",
        "1 811 218 987 kronor",
        "811318-9870",
        "",
    ],
)
def test_what_only_looks_like_a_number_is_left(text: str) -> None:
    assert mask(text) == (text, 0)


@given(text=st.text(st.sampled_from("0123456789-+ \nab"), max_size=60))
def test_masking_again_finds_nothing(text: str) -> None:
    masked, _ = mask(text)

    assert mask(masked) == (masked, 0)
