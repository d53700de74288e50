from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.segments.array_file import ArrayFile, ArrayFileWriter
from index.segments.spool import Spool
from index.segments.terms import Terms, TermsWriter

# Few letters and long words, so that many have the first eight bytes in common.
words = st.text("abå€😀\0", max_size=12) | st.text(max_size=12)
dictionaries = st.lists(words, unique=True, max_size=60).map(sorted)


@given(terms=dictionaries, asked=st.lists(words, max_size=10), cut=st.integers(0, 60))
@settings(max_examples=200)
def test_a_dictionary_answers_like_a_sorted_list(terms: list[str], asked: list[str], cut: int) -> None:
    with TemporaryDirectory() as folder:
        found = written(Path(folder), terms[:cut], terms[cut:])

        assert len(found) == len(terms)
        assert list(found) == terms
        assert [found[number] for number in range(len(terms))] == terms
        assert [found.number(term) for term in terms] == list(range(len(terms)))
        expected = [terms.index(term) if term in terms else -1 for term in sorted(asked)]
        assert found.numbers(sorted(asked)).tolist() == expected
        for term in asked:
            assert found.number(term) == (terms.index(term) if term in terms else None)
            matches = [number for number, other in enumerate(terms) if other.startswith(term)]
            assert list(found.starting_with(term)) == matches
            assert found.place(term.encode()) == sum(other < term for other in terms)


def test_thousands_of_words_that_begin_alike_are_told_apart(tmp_path: Path) -> None:
    terms = [f"kommunfullmäktige{number:05}" for number in range(5000)]

    found = written(tmp_path, terms)

    assert [found.number(term) for term in terms] == list(range(5000))
    assert found.starting_with("kommunfullmäktige012") == range(1200, 1300)
    assert list(found.between(4000, 5000)) == terms[4000:]
    assert found.numbers([terms[3], "kommunfullmäktige1", terms[4900]]).tolist() == [3, -1, 4900]


def test_there_is_no_term_behind_the_last(tmp_path: Path) -> None:
    found = written(tmp_path, ["a"])

    with pytest.raises(IndexError):
        found[1]


def written(folder: Path, *pieces: list[str]) -> Terms:
    """Return a dictionary that was written in pieces."""
    with ArrayFileWriter(folder / "a.arrays") as writer, Spool(folder) as spool:
        terms = TermsWriter(spool, "words")
        for piece in pieces:
            terms.add([term.encode() for term in piece])
        spool.write(writer)
    return Terms(ArrayFile.open(folder / "a.arrays"), "words")
