from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_service.settings import (
    Settings,
    SettingsError,
    from_environ,
    settings_rows,
    settings_table,
    to_environ,
)

README = Path(__file__).resolve().parent.parent / "README.md"


def test_the_readme_has_the_table_of_settings() -> None:
    readme = README.read_text(encoding="utf-8")

    assert settings_table() in readme


def test_without_variables_every_setting_has_its_default() -> None:
    settings = from_environ({})

    assert settings == Settings()


def test_every_field_is_a_row_with_a_variable_and_an_option_of_its_own() -> None:
    rows = settings_rows()

    assert [row.field for row in rows] == [field.name for field in fields(Settings)]
    assert len({row.variable for row in rows}) == len({row.option for row in rows}) == len(rows)
    assert all(
        row.variable.startswith("MINUTES_") or row.variable in {"PUBLIC_URL", "LEXICON_DIR"} for row in rows
    )


def test_an_empty_variable_is_as_none() -> None:
    settings = from_environ({"MINUTES_PORT": "", "PUBLIC_URL": "", "MINUTES_DIR": ""})

    assert settings == Settings()


def test_a_public_url_loses_its_last_slash() -> None:
    settings = from_environ({"PUBLIC_URL": "https://sok.example.se/minutes/"})

    assert settings.public_url == "https://sok.example.se/minutes"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MINUTES_PORT", "http"),
        ("MINUTES_PORT", "65536"),
        ("MINUTES_PORT", "-1"),
        ("MINUTES_PORT", "1_000"),
        ("MINUTES_PORT", "٣"),
        ("MINUTES_PORT", "9" * 5000),
        ("MINUTES_WORKERS", "0"),
        ("MINUTES_TIME_BUDGET", "nan"),
        ("MINUTES_TIME_BUDGET", "0"),
        ("MINUTES_TIME_BUDGET", "inf"),
        ("MINUTES_SEARCHES_WAITING", "0"),
        ("MINUTES_COMPUTING_SHARE", "0"),
        ("MINUTES_COMPUTING_SHARE", "1.5"),
        ("MINUTES_COMPUTING_SHARE", "nan"),
        ("MINUTES_LOG_LEVEL", "loud"),
        ("MINUTES_HOST", " "),
        ("MINUTES_DIR", "a\0b"),
        ("PUBLIC_URL", "sok.example.se"),
        ("PUBLIC_URL", "javascript://sok.example.se"),
        ("PUBLIC_URL", "https://sok.example.se/?a=b"),
        ("PUBLIC_URL", "https://sok.example.se:http"),
        ("PUBLIC_URL", "https://[sok"),
        ("PUBLIC_URL", 'https://sok.example.se/"><b>'),
    ],
)
def test_a_bad_value_is_refused_with_variable_value_and_what_is_expected(variable: str, value: str) -> None:
    expected = next(row.kind.expected for row in settings_rows() if row.variable == variable)

    with pytest.raises(SettingsError) as refused:
        from_environ({variable: value})

    assert variable in str(refused.value)
    assert repr(value) in str(refused.value)
    assert expected in str(refused.value)


@given(
    port=st.integers(0, 65535),
    workers=st.integers(1, 64),
    time_budget=st.floats(0.001, 3600),
    folder=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1),
)
def test_settings_survive_the_way_through_the_environment(
    port: int, workers: int, time_budget: float, folder: str
) -> None:
    settings = Settings(
        port=port, workers=workers, time_budget=time_budget, index_dir=Path("x" + folder + "x")
    )

    assert from_environ(to_environ(settings)) == settings


@given(st.sampled_from(settings_rows()), st.text())
def test_any_text_is_either_a_value_or_refused(row, text: str) -> None:
    try:
        settings = from_environ({row.variable: text})
    except SettingsError:
        return

    assert isinstance(settings, Settings)
