from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.texts import Counted, KeyTable, Texts, united

TEXTS = st.lists(st.text(alphabet="abåäö\x00 \n:é😀", max_size=20) | st.text(max_size=30), max_size=40)


@given(TEXTS)
def test_texts_are_those_that_were_given(texts: list[str]) -> None:
    found = Texts.of(iter(texts))

    assert list(found) == [found[number] for number in range(len(found))] == texts
    assert found.lengths.tolist() == list(map(len, texts))
    assert found.joined(0, len(texts)) == "".join(texts)
    assert found.with_character(":").tolist() == [":" in text for text in texts]


@given(TEXTS)
def test_ranks_order_texts_by_their_code_points(texts: list[str]) -> None:
    found = Texts.of(texts)

    assert found.ranks().tolist() == [sum(other < text for other in texts) for text in texts]
    assert list(found.take(found.order())) == sorted(texts)


@given(TEXTS)
def test_ranks_are_of_what_the_bytes_are_read_as(texts: list[str]) -> None:
    translation = bytes.maketrans(b"ab\x00", b"ba:")
    found, read = Texts.of(texts), Texts.of(text.translate(translation) for text in texts)

    assert found.ranks(translation).tolist() == read.ranks().tolist()
    assert found.order(translation).tolist() == read.order().tolist()


@given(TEXTS, st.data())
def test_any_of_the_texts_can_be_taken(texts: list[str], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=20)) if texts else []

    taken = Texts.of(texts).take(np.array(rows, np.int32))

    assert list(taken) == [texts[row] for row in rows]


@given(TEXTS)
def test_each_text_is_changed_as_a_line_of_its_own(texts: list[str]) -> None:
    changed = Texts.of(texts).lines(lambda lines: lines.replace("a", "öö").replace("b", ""))

    expected = [text.replace("\n", " ").replace("a", "öö").replace("b", "") for text in texts]
    assert list(changed) == expected


@given(st.lists(st.tuples(st.text("abå", max_size=3), st.text("abå", max_size=3)), max_size=20))
def test_texts_differ_where_they_are_not_equal(pairs: list[tuple[str, str]]) -> None:
    these, those = (Texts.of(pair[side] for pair in pairs) for side in (0, 1))

    assert these.differ(those).tolist() == [this != that for this, that in pairs]


@given(st.lists(TEXTS.map(lambda texts: sorted(set(texts))), max_size=4))
def test_dictionaries_are_united_to_one_in_order(parts: list[list[str]]) -> None:
    texts, numbers = united([Texts.of(part) for part in parts])

    assert list(texts) == sorted(set[str]().union(*parts))
    assert [list(texts.take(each)) for each in numbers] == parts


@given(st.lists(st.text("abå", max_size=2), max_size=30), st.text("abå", max_size=2))
def test_the_rows_of_a_key_are_among_those_that_may_have_it(keys: list[str], key: str) -> None:
    found = KeyTable(keys).maybe(key)

    assert {row for row, other in enumerate(keys) if other == key} <= set(found)


def test_what_is_in_no_section_has_no_row() -> None:
    counted = Counted.of([("b", 0), ("c", 2), ("a", 1)])

    assert list(counted.texts) == ["a", "b", "c"]
    assert counted.rows.tolist() == [0, 2]
