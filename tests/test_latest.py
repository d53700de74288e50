"""What was asked for last is kept."""

from __future__ import annotations

import pytest

from index.latest import Latest


def test_what_is_kept_is_made_once_and_the_least_recently_used_goes_first() -> None:
    latest, made = Latest(2), []

    def get(key: str) -> str:
        return latest.get(key, lambda: made.append(key) or key.upper())

    assert [get(key) for key in "abacab"] == ["A", "B", "A", "C", "A", "B"]
    assert made == ["a", "b", "c", "b"]


def test_what_cannot_be_made_is_tried_again() -> None:
    latest = Latest(2)

    def fail() -> str:
        raise KeyError("a")

    with pytest.raises(KeyError):
        latest.get("a", fail)
    assert latest.get("a", lambda: "A") == "A"


def test_what_is_not_to_be_kept_is_made_each_time() -> None:
    latest, made = Latest(2, is_kept=lambda value: len(value) == 1), []

    def get(key: str) -> str:
        return latest.get(key, lambda: made.append(key) or key.upper())

    assert [get(key) for key in ("a", "bb", "a", "bb", "bb")] == ["A", "BB", "A", "BB", "BB"]
    assert made == ["a", "bb", "bb", "bb"]
