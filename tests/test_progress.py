"""What a long run says on the way, where no one watches a bar."""

from __future__ import annotations

import io
from collections.abc import Iterator

from search_service.progress import reading_progress


def shown(*times: tuple[float, int, int]) -> list[str]:
    """Return the lines of a run that has read so many files of so many at some seconds."""
    stream = io.StringIO()
    clock: Iterator[float] = iter([0.0, *(seconds for seconds, _, _ in times)])
    with reading_progress(stream, clock=lambda: next(clock)) as progress:
        for _, done, total in times:
            progress(done, total)
    return stream.getvalue().splitlines()


def test_it_says_how_fast_it_goes_and_how_long_it_will_take() -> None:
    lines = shown(
        (0, 0, 1000), (1, 5, 1000), (10, 100, 1000), (12, 119, 1000), (20, 200, 1000), (90, 1000, 1000)
    )

    assert lines == [
        "Reading 1000 files",
        "Read 100 of 1000 files (10.0 a second, 01:30 left)",
        "Read 200 of 1000 files (10.0 a second, 01:20 left)",
        "Read 1000 of 1000 files (11.1 a second)",
    ]


def test_what_the_first_file_waited_for_is_not_taken_for_slow_reading() -> None:
    lines = shown((0, 0, 1000), (50, 1, 1000), (60, 101, 1000))

    assert lines[-1] == "Read 101 of 1000 files (10.0 a second, 01:30 left)"


def test_a_run_with_nothing_to_read_says_so_at_once() -> None:
    assert shown((0, 0, 0)) == ["Reading 0 files"]
