from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import find_dates, first_date

MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()  # noqa: SIM905 -- as one reads it
DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2049, 12, 31))


@given(DAYS, st.sampled_from(["iso", "words", "den", "capital", "dots", "slash"]))
def test_every_sure_form_of_a_date_is_read(day: datetime.date, form: str) -> None:
    month = MONTHS[day.month - 1]
    written = {
        "iso": day.isoformat(),
        "words": f"{day.day} {month} {day.year}",
        "den": f"tisdagen den {day.day} {month} {day.year}",
        "capital": f"{day.day} {month.upper()} {day.year}",
        "dots": f"{day.day}.{day.month}.{day.year}",
        "slash": f"{day.day}/{day.month} {day.year}",
    }[form]

    found = list(find_dates(f"Sammanträdet {written}, kl. 14.30"))

    assert [(match.date, match.sure) for match in found] == [(day, True)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("24-25 januari 2023", "2023-01-24"),
        ("den 24 och 25 januari 2023", "2023-01-24"),
        ("24–25 jan. 2023", "2023-01-24"),
        ("den 9:e juni 2020", "2020-06-09"),
        ("2023 - 01 - 09", "2023-01-09"),
        ("260615", "2026-06-15"),
        ("15/6", "2026-06-15"),
        ("den 15 juni", "2026-06-15"),
    ],
)
def test_other_forms_are_read_where_a_date_is_expected(written: str, expected: str) -> None:
    assert first_date(written, year=2026) == datetime.date.fromisoformat(expected)


@pytest.mark.parametrize(
    "written", ["KS 2018/14-05", "2019-02-30", "kl. 14:00-16:25", "maj 2019", "0322-616000", "§ 12"]
)
def test_what_is_no_date_is_not_read(written: str) -> None:
    assert list(find_dates(written)) == []


def test_a_day_without_a_year_is_a_date_only_when_the_year_is_known() -> None:
    assert first_date("den 15 juni") is None
    assert [match.sure for match in find_dates("den 15 juni", year=2020)] == [False]


@given(st.text(alphabet="0123456789-./ den15junioch", max_size=60))
def test_any_text_is_read_and_a_match_stands_where_it_says(text: str) -> None:
    for match in find_dates(text, year=2020):
        assert 0 <= match.start < match.end <= len(text)
