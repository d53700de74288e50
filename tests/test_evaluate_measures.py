"""The measures of retrieval and the bootstrap, against figures worked out by hand and by other formulas."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.evaluation.bootstrap import difference
from scripts.evaluation.judgements import Target
from scripts.evaluation.measures import NAMES, measure

SECTIONS = [f"section-{number}" for number in range(8)]
grades = st.dictionaries(st.sampled_from(SECTIONS), st.integers(1, 3), min_size=1)
rankings = st.lists(st.sampled_from(SECTIONS), unique=True)


def targets(grade_of):
    return [Target(section, frozenset({section}), grade) for section, grade in grade_of.items()]


def test_the_figures_are_those_worked_out_by_hand():
    wanted = targets({"a": 2, "b": 1, "c": 2})

    figures = measure(wanted, ["x", "a", "y", "b"], k=10)

    best = 2 + 2 / math.log2(3) + 1 / math.log2(4)
    assert figures.recall == pytest.approx(2 / 3)
    assert figures.mrr == 0.5
    assert figures.ndcg == pytest.approx((2 / math.log2(3) + 1 / math.log2(5)) / best)
    assert figures.p == pytest.approx(0.2)
    assert figures.precision == 0.5


def test_nothing_found_is_nothing_earned():
    figures = measure(targets({"a": 2}), [], k=10)

    assert all(getattr(figures, name) == 0 for name in NAMES)


def test_only_the_first_results_count():
    figures = measure(targets({"a": 2, "b": 2}), ["x", "a", "b"], k=2)

    assert (figures.recall, figures.p, figures.precision) == (0.5, 0.5, 0.5)


def test_a_target_of_several_sections_is_found_once_and_each_of_them_is_a_hit():
    anywhere = Target("a file", frozenset({"a", "b"}), 2)

    figures = measure([anywhere], ["a", "b"], k=10)

    assert (figures.recall, figures.ndcg, figures.precision) == (1.0, 1.0, 1.0)


def test_a_target_that_is_not_in_the_index_is_missed():
    nowhere = Target("not there", frozenset(), 2)

    figures = measure([nowhere, *targets({"a": 2})], ["a"], k=10)

    assert figures.recall == 0.5


@given(grades, rankings, st.integers(1, 10))
def test_the_order_is_as_good_as_its_share_of_the_best_order(grade_of, ranking, k):
    figures = measure(targets(grade_of), ranking, k=k)

    def gain(order):
        return sum(grade_of.get(one, 0) / math.log2(rank + 2) for rank, one in enumerate(order[:k]))

    best = max(gain(order) for order in itertools.permutations(grade_of, min(k, len(grade_of))))
    assert figures.ndcg == pytest.approx(gain(ranking) / best)


@given(grades, rankings, st.integers(1, 10))
def test_the_figures_agree_with_their_definitions(grade_of, ranking, k):
    figures = measure(targets(grade_of), ranking, k=k)

    found = [section for section in ranking[:k] if section in grade_of]
    assert figures.recall == pytest.approx(len(found) / len(grade_of))
    assert figures.p == pytest.approx(len(found) / k)
    assert figures.mrr == (1 / (ranking.index(found[0]) + 1) if found else 0)
    assert figures.precision == (pytest.approx(len(found) / len(ranking[:k])) if ranking else 0)


figures_of_a_run = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@given(figures_of_a_run)
def test_a_run_does_not_differ_from_itself(figures):
    found = difference(figures, figures, resamples=200)

    assert (found.mean, found.low, found.high) == (0, 0, 0)
    assert not found.is_certain


@given(figures_of_a_run, st.floats(0.01, 1))
def test_a_gain_on_every_query_is_certain(figures, gain):
    found = difference(figures, [figure + gain for figure in figures], resamples=200)

    assert found.low == pytest.approx(gain)
    assert found.high == pytest.approx(gain)
    assert found.is_certain


@given(figures_of_a_run, st.randoms(use_true_random=False))
def test_the_same_figures_give_the_same_interval_and_the_other_way_round_its_mirror(figures, random):
    others = random.sample(figures, len(figures))

    there = difference(figures, others, resamples=500)
    again = difference(figures, others, resamples=500)
    back = difference(others, figures, resamples=500)

    assert there == again
    assert (back.low, back.high) == (pytest.approx(-there.high), pytest.approx(-there.low))


def test_the_interval_is_as_wide_as_theory_says():
    noise = np.random.default_rng(7).normal(0.1, 0.3, size=400)

    found = difference([0.0] * 400, list(noise))

    error = noise.std() / math.sqrt(400)
    assert found.low == pytest.approx(noise.mean() - 1.96 * error, abs=0.1 * error)
    assert found.high == pytest.approx(noise.mean() + 1.96 * error, abs=0.1 * error)


def test_pairs_are_needed():
    assert difference([], []) is None
    with pytest.raises(ValueError, match="cannot be paired"):
        difference([1.0], [1.0, 0.0])
