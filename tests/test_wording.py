import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.wording import reworded


@pytest.mark.parametrize(
    ("q", "words", "text"),
    [
        ("bygglåv i lund", {"bygglåv": "bygglov"}, "bygglov i lund"),
        ("Alingsas", {"Alingsas": "alingsås"}, "Alingsås"),
        ('"bygglåv nekas"  taxa', {"bygglåv": "bygglov"}, '"bygglov nekas" taxa'),
        ("titel:bygglåv -taksa", {"bygglåv": "bygglov", "taksa": "taxa"}, "titel:bygglov -taxa"),
        ("bygglåv bygglåvet", {"bygglåv": "bygglov"}, "bygglov bygglåvet"),
        ("ab ba", {"ab": "ba", "ba": "ab"}, "ba ab"),
        ("a.b (x)", {"a.b": "c"}, "c (x)"),
        ("bygglåv", {"skola": "skolan"}, None),
        ("bygglåv", {}, None),
        ("", {"a": "b"}, None),
    ],
)
def test_the_words_are_exchanged_and_the_rest_stays(q: str, words: dict[str, str], text: str | None) -> None:
    assert reworded(q, words) == text


@given(
    st.text(max_size=60), st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=5), max_size=4)
)
def test_any_text_and_any_words_will_do(q: str, words: dict[str, str]) -> None:
    text = reworded(q, words)

    assert text is None or isinstance(text, str)
