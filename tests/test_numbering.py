from hypothesis import given
from hypothesis import strategies as st

from corpus.headings import Heading
from corpus.segmentation.numbering import choose, contents

WEAK = -3.0
STRONG = 5.0


def heading(line, order, weight, *, is_dense=False, continues=False):
    return Heading(line, str(order), order, "", continues, weight, is_dense)


def chosen(*candidates, expected=()):
    return [found.order for found in choose(list(candidates), expected)]


def test_rising_numbers_are_chosen_and_a_weak_one_among_them_is_not():
    assert chosen(heading(1, 7, STRONG), heading(5, 93, WEAK), heading(9, 8, STRONG)) == [7, 8]


def test_a_stray_number_is_not_worth_a_new_beginning():
    assert chosen(heading(1, 40, STRONG), heading(2, 41, STRONG), heading(9, 3, 3.0)) == [40, 41]


def test_a_second_meeting_in_the_same_file_is():
    first = [heading(number, number, STRONG) for number in range(10, 20)]
    second = [heading(100 + number, number, STRONG) for number in range(1, 9)]

    assert chosen(*first, *second) == [*range(10, 20), *range(1, 9)]


def test_declared_numbers_win_over_others():
    candidates = [heading(1, 40, 3.5), heading(2, 105, 3.5)]

    assert chosen(*candidates, expected=("39", "40")) == [40]
    assert chosen(*candidates) == [40, 105]


def test_a_section_that_goes_on_is_chosen_with_its_beginning():
    assert chosen(heading(1, 8, STRONG), heading(5, 8, STRONG, continues=True), heading(9, 9, STRONG)) == [
        8,
        8,
        9,
    ]


def test_a_dense_list_that_comes_again_is_a_table_of_contents():
    listed = [heading(number, number, 2.0, is_dense=True) for number in range(1, 5)]
    real = [heading(10 * number, number, STRONG) for number in range(1, 5)]

    assert contents([*listed, *real]) == frozenset({1, 2, 3, 4})


@given(st.lists(st.tuples(st.integers(0, 9999), st.floats(-5, 8)), max_size=60))
def test_what_is_chosen_are_candidates_in_their_order(pairs):
    candidates = [heading(line, order, weight) for line, (order, weight) in enumerate(pairs)]

    lines = [found.line for found in choose(candidates)]

    assert lines == sorted(set(lines))
    assert set(lines) <= set(range(len(candidates)))


def _total(candidates, lines):
    """The worth of a chain, computed anew from the rules."""
    total, above = 0.0, None
    for line in lines:
        found = candidates[line]
        total += found.weight - 1.0
        if above is not None:
            step = found.order - above.order
            total += 0.5 if step == 1 else -min(2.0, 0.25 * (step - 1)) if step > 1 else -4.0
        above = found
    return total


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(2, 8)), min_size=1, max_size=8))
def test_no_other_choice_is_worth_more(pairs):
    candidates = [heading(line, order, float(weight)) for line, (order, weight) in enumerate(pairs)]

    best = _total(candidates, [found.line for found in choose(candidates)])

    for mask in range(1, 2 ** len(candidates)):
        lines = [line for line in range(len(candidates)) if mask >> line & 1]
        assert best >= _total(candidates, lines) - 1e-9
