import math

from hypothesis import given
from hypothesis import strategies as st

from index.segments.merge_policy import MOST_DELETED, RATIO, choose_merges

segments = st.lists(st.tuples(st.integers(1, 100_000), st.integers(0, 100_000)), max_size=12)
additions = st.lists(st.integers(1, 5_000), min_size=1, max_size=150)


@given(segments)
def test_after_the_merges_nothing_is_left_to_do(sizes: list[tuple[int, int]]) -> None:
    assert choose_merges(after(sizes)) == []


@given(segments)
def test_no_segment_is_in_two_groups(sizes: list[tuple[int, int]]) -> None:
    chosen = [number for group in choose_merges(sizes) for number in group]

    assert len(chosen) == len(set(chosen))
    assert set(chosen) <= set(range(len(sizes)))


@given(segments)
def test_what_is_full_of_deletions_is_written_anew(sizes: list[tuple[int, int]]) -> None:
    assert all(deleted <= MOST_DELETED * (live + deleted) for live, deleted in after(sizes))


@given(additions)
def test_there_are_few_segments_and_no_section_is_rewritten_often(added: list[int]) -> None:
    sizes: list[tuple[int, int]] = []
    rewritten: list[int] = []

    for size in added:
        sizes.append((size, 0))
        rewritten.append(0)
        for group in choose_merges(sizes):
            merged = sum(sizes[number][0] for number in group), 0
            most = max(rewritten[number] for number in group) + 1
            left = [number for number in range(len(sizes)) if number not in group]
            sizes = [*(sizes[number] for number in left), merged]
            rewritten = [*(rewritten[number] for number in left), most]
        total = sum(live for live, _ in sizes)
        assert len(sizes) <= 2 + math.log(total / min(live for live, _ in sizes), RATIO + 1)
        assert max(rewritten) <= math.log(total, 1 + 1 / RATIO)


def test_a_hundred_thousand_sections_and_daily_additions_are_at_most_six_segments() -> None:
    sizes = [(100_000, 0)]

    counts = []
    for day in range(1_000):
        sizes = after([*sizes, (20 + day % 150, 0)])
        counts.append(len(sizes))

    assert max(counts) <= 6


def after(sizes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the sizes of the segments when what was chosen has been merged."""
    groups = choose_merges(sizes)
    chosen = {number for group in groups for number in group}
    alone = [size for number, size in enumerate(sizes) if number not in chosen]
    return alone + [(sum(sizes[number][0] for number in group), 0) for group in groups]
