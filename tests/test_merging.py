from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.analysis.bulk import BulkAnalyzer
from index.entry import SectionEntry
from index.segments.array_file import ArrayFile
from index.segments.merging import merge
from index.segments.segment import Segment
from index.segments.union import Field, united
from tests.analysis import PLAIN
from tests.segments import built, files, plain_entry

Files = list[list[SectionEntry]]

runs = st.lists(st.integers(0, 9), min_size=1, max_size=4, unique=True).flatmap(
    lambda numbers: st.tuples(*(files(most=3, prefix=f"r{number}-") for number in numbers)).map(list)
)
"""What several segments are made of; no two have a file in common."""


@given(runs=runs, data=st.data())
@settings(max_examples=60)
def test_merged_segments_are_the_one_that_their_live_sections_give(
    runs: list[Files], data: st.DataObject
) -> None:
    deleted = [data.draw(deletions(sum(map(len, run)))) for run in runs]
    postings = data.draw(st.sampled_from((1, 7, 1 << 20)))

    with TemporaryDirectory() as name:
        folder = Path(name)
        segments = [built(folder / f"{number}.arrays", run) for number, run in enumerate(runs)]
        merge(list(zip(segments, deleted, strict=True)), folder / "merged.arrays", postings=postings)
        live = [file for run, mask in zip(runs, deleted, strict=True) for file in left(run, mask)]
        built(folder / "built.arrays", live)

        assert arrays(folder / "merged.arrays") == arrays(folder / "built.arrays")


@given(runs=runs.filter(lambda runs: len(runs) > 2))
@settings(max_examples=20)
def test_it_does_not_matter_which_are_merged_first(runs: list[Files]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        segments = [built(folder / f"{number}.arrays", run) for number, run in enumerate(runs)]
        first = merged(segments[:2], folder / "first.arrays")
        last = merged(segments[1:], folder / "last.arrays")

        merged([first, *segments[2:]], folder / "left.arrays")
        merged([segments[0], last], folder / "right.arrays")

        assert arrays(folder / "left.arrays") == arrays(folder / "right.arrays")


def test_sections_come_back_whatever_their_segments_are_compressed_with(tmp_path: Path) -> None:
    many, few = numbered(range(600)), numbered(range(600, 610))
    others = [entry for file in few for entry in file]
    own = built(tmp_path / "own.arrays", many, analyzer=BulkAnalyzer(PLAIN))
    none = built(tmp_path / "none.arrays", few, analyzer=BulkAnalyzer(PLAIN))
    deleted = np.arange(600) % 3 == 0

    merge([(none, None), (own, deleted)], tmp_path / "merged.arrays")

    segment = Segment.open(tmp_path / "merged.arrays")
    expected = [*others, *(entry for file in left(many, deleted) for entry in file)]
    assert segment.dictionary == own.dictionary
    assert [segment.entry(doc) for doc in range(segment.size)] == expected


def test_many_small_segments_get_a_dictionary_when_they_are_one(tmp_path: Path) -> None:
    files = numbered(range(600))
    segments = [
        built(tmp_path / f"{start}.arrays", files[start : start + 200], analyzer=BulkAnalyzer(PLAIN))
        for start in (0, 200, 400)
    ]

    segment = merged(segments, tmp_path / "merged.arrays")

    assert segment.dictionary
    assert [segment.entry(doc) for doc in range(600)] == [entry for file in files for entry in file]


def test_a_range_of_terms_is_bounded_where_all_segments_have_the_same(tmp_path: Path) -> None:
    text = " ".join(f"ord{number:04}" for number in range(2_000))
    segments = [
        built(tmp_path / f"{number}.arrays", [[plain_entry(number, text)]], analyzer=BulkAnalyzer(PLAIN))
        for number in range(10)
    ]
    fields = [
        Field(
            segment.terms("exact"),
            segment.posting_lists("exact"),
            np.array([number], np.int32),
            segment.release,
        )
        for number, segment in enumerate(segments)
    ]

    rows = [len(found.table.terms) for found in united(fields, most=1_000)]

    assert sum(rows) >= 20_000
    assert max(rows) <= 2_000


def deletions(size: int) -> st.SearchStrategy[NDArray[np.bool_] | None]:
    """Return masks of deleted sections."""
    masks = st.lists(st.booleans(), min_size=size, max_size=size)
    return st.none() | masks.map(lambda mask: np.array(mask, np.bool_))


def left(files: Files, deleted: NDArray[np.bool_] | None) -> Files:
    """Return the files with the sections that are not deleted."""
    numbers = iter(range(sum(map(len, files))))
    kept = [[(entry, next(numbers)) for entry in file] for file in files]
    return [[entry for entry, number in file if deleted is None or not deleted[number]] for file in kept]


def merged(segments: Sequence[Segment], path: Path) -> Segment:
    """Return segments without deletions as one."""
    merge([(segment, None) for segment in segments], path)
    return Segment.open(path)


def arrays(path: Path) -> dict[str, tuple[str, list[float]]]:
    """Return type and content of each array in a file."""
    file = ArrayFile.open(path)
    return {name: (file.dtype(name).str, file.whole(name).tolist()) for name in file.names}


def numbered(numbers: range) -> Files:
    """Return files of one section each."""
    return [[plain_entry(number)] for number in numbers]
