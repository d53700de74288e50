from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.slugs import slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lund", "lund"),
        ("Håbo", "habo"),
        ("Miljö- och byggnämnden", "miljo-och-byggnamnden"),
        ("  ÄLVDALEN  ", "alvdalen"),
        ("Café & Ærø", "cafe-aero"),
        ("A\u030angby", "angby"),
        ("Straße", "strasse"),
        ("§ –", ""),
    ],
)
def test_a_name_becomes_ascii(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(name=st.text())
def test_a_slug_is_safe_in_an_address_and_its_own_slug(name: str) -> None:
    made = slug(name)

    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made)
    assert slug(made) == made


@given(name=st.text())
def test_case_never_matters(name: str) -> None:
    assert slug(name.casefold()) == slug(name)
