from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import dnr
from index.analysis.analyzer import Analyzer
from index.analysis.bulk import BulkAnalyzer
from index.entry import SectionEntry
from index.errors import IndexDamaged
from index.fields import FORMS
from index.segments.section_values import VALUES
from index.segments.segment import COLUMNS, Segment
from tests import segment_oracle as oracle
from tests.analysis import PLAIN
from tests.segments import built, entries, entries_with_parts, files, knowing, plain_entry


def with_segment(
    files: list[list[SectionEntry]], check: Callable[[Segment], None], analyzer: Analyzer | None = None
) -> None:
    """Check a segment that is there no longer than that."""
    with TemporaryDirectory() as folder:
        check(built(Path(folder) / "a.arrays", files, analyzer=BulkAnalyzer(analyzer or knowing())))


def flat(files: list[list[SectionEntry]]) -> list[SectionEntry]:
    """Return the sections of all files, as a segment numbers them."""
    return [entry for file in files for entry in file]


@pytest.mark.parametrize("analyzer", [PLAIN, knowing()], ids=["without a lexicon", "with one"])
@given(files=files())
@settings(max_examples=60)
def test_every_key_of_every_form_stands_where_the_tokens_say(
    analyzer: Analyzer, files: list[list[SectionEntry]]
) -> None:
    def check(segment: Segment) -> None:
        assert oracle.words_in(segment) == oracle.words_of(flat(files), analyzer)

    with_segment(files, check, analyzer)


@given(files=files())
@settings(max_examples=40)
def test_frequencies_count_the_places_of_each_zone(files: list[list[SectionEntry]]) -> None:
    def check(segment: Segment) -> None:
        for form in FORMS:
            for number, key in enumerate(segment.terms(form)):
                expected = oracle.counts_of(oracle.places_of(segment, form, key))
                assert oracle.counts_in(segment.postings(form, number)) == expected

    with_segment(files, check)


@given(files=files())
@settings(max_examples=30)
def test_what_only_a_decision_has_is_told_of_any_range_of_forms(files: list[list[SectionEntry]]) -> None:
    def check(segment: Segment) -> None:
        size = len(segment.terms("exact"))
        expected = {
            (number, doc)
            for number in range(size // 2, size)
            for doc, (title, text, _) in oracle.counts_in(segment.postings("exact", number)).items()
            if not title and not text
        }
        forms, docs = segment.in_decision_alone(size // 2, size)
        assert set(zip((forms + size // 2).tolist(), docs.tolist(), strict=True)) == expected

    with_segment(files, check)


@given(files=files(), data=st.data())
@settings(max_examples=40)
def test_places_within_some_documents_are_those_of_all_that_are_in_them(
    files: list[list[SectionEntry]], data: st.DataObject
) -> None:
    size = len(flat(files))
    within = sorted(data.draw(st.sets(st.integers(0, max(0, size - 1)))))

    def check(segment: Segment) -> None:
        for form in FORMS:
            for key in segment.terms(form):
                places = oracle.places_of(segment, form, key)
                found = oracle.places_of(segment, form, key, np.array(within, np.int32))
                assert found == [place for place in places if place[0] in within]

    with_segment(files, check)


@given(files=files(), data=st.data())
@settings(max_examples=40)
def test_places_by_range_are_those_of_the_documents_of_each_range(
    files: list[list[SectionEntry]], data: st.DataObject
) -> None:
    size = len(flat(files))
    ends = sorted([*data.draw(st.lists(st.integers(0, size), max_size=4)), size])
    begins = oracle.begins_of_zones(size)
    within = np.array(sorted(data.draw(st.sets(st.integers(0, max(0, size - 1))))), np.int32)

    def check(segment: Segment) -> None:
        every = [(form, key) for form in FORMS for key in segment.terms(form)]
        for terms in ([], every, *([term] for term in every)):
            for docs in (None, within):
                found = list(segment.places_by_range(terms, begins, ends, docs))
                places = [oracle.place_of(place) for place in segment.places(terms, begins, docs).tolist()]
                assert [[oracle.place_of(place) for place in each.tolist()] for each in found] == [
                    [place for place in places if first <= place[0] < last]
                    for first, last in zip([0, *ends[:-1]], ends, strict=True)
                ]

    with_segment(files, check)


@given(files=files())
@settings(max_examples=40)
def test_columns_and_values_are_those_of_the_sections(files: list[list[SectionEntry]]) -> None:
    sections = flat(files)

    def check(segment: Segment) -> None:
        assert segment.size == len(sections)
        lengths = zip(
            *(segment.column(f"{zone}_length").tolist() for zone in ("title", "text", "decision")),
            strict=True,
        )
        assert list(lengths) == oracle.lengths_of(sections, knowing())
        assert segment.column("ordinal").tolist() == [entry.ordinal for entry in sections]
        assert segment.column("added").tolist() == [int(entry.indexed_at.timestamp()) for entry in sections]
        ids = segment.file_ids
        assert [ids[file] for file in segment.column("file")] == [entry.document_id for entry in sections]
        for field in VALUES:
            found = {value: set(segment.keyword(field, value).tolist()) for value in segment.terms(field)}
            values = [oracle.values_of(entry)[field] for entry in sections]
            assert found == {
                value: {doc for doc, own in enumerate(values) if value in own}
                for value in set[str]().union(*values)
            }

    with_segment(files, check)


@given(files=files())
@settings(max_examples=30)
def test_the_cases_of_a_section_come_in_the_order_of_its_dnr(files: list[list[SectionEntry]]) -> None:
    def check(segment: Segment) -> None:
        cases, names = segment.cases(), list(segment.terms("case"))
        for doc, entry in enumerate(flat(files)):
            codes = cases.codes[int(cases.starts[doc]) : int(cases.starts[doc + 1])]
            order = [dnr.key(written) for written in entry.dnr]
            assert [names[code] for code in codes] == list(dict.fromkeys(key for key in order if key))

    with_segment(files, check)


@given(files=files(), data=st.data())
@settings(max_examples=30)
def test_document_frequencies_count_what_is_not_deleted(
    files: list[list[SectionEntry]], data: st.DataObject
) -> None:
    size = len(flat(files))
    deleted = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), np.bool_)

    def check(segment: Segment) -> None:
        for form in FORMS:
            docs = [segment.postings(form, number).docs for number in range(len(segment.terms(form)))]
            assert segment.document_frequencies(form).tolist() == [len(each) for each in docs]
            live = segment.document_frequencies(form, deleted)
            assert live.tolist() == [int(np.count_nonzero(~deleted[each])) for each in docs]
            some = segment.document_frequencies(form, deleted, first=len(live) // 2, last=len(live))
            assert some.tolist() == live[len(live) // 2 :].tolist()
        for field in VALUES:
            found = [len(segment.keyword(field, value)) for value in segment.terms(field)]
            assert segment.document_frequencies(field).tolist() == found

    with_segment(files, check)


@given(st.lists(entries | entries_with_parts(), max_size=4))
def test_a_section_comes_back_as_it_was_added(added: list[SectionEntry]) -> None:
    def check(segment: Segment) -> None:
        assert [segment.entry(doc) for doc in range(segment.size)] == added

    with_segment([added], check, PLAIN)


def test_sections_come_back_from_a_segment_with_a_dictionary(tmp_path: Path) -> None:
    added = [plain_entry(number) for number in range(700)]

    first = built(tmp_path / "1.arrays", [added], analyzer=BulkAnalyzer(PLAIN))
    second = built(
        tmp_path / "2.arrays", [added[:3]], analyzer=BulkAnalyzer(PLAIN), dictionary=first.dictionary
    )

    assert first.dictionary
    assert second.dictionary == first.dictionary
    assert [first.entry(doc) for doc in range(700)] == added
    assert [second.entry(doc) for doc in range(3)] == added[:3]


def test_one_analyzer_serves_several_builders(tmp_path: Path) -> None:
    analyzer = BulkAnalyzer(PLAIN)
    built(tmp_path / "1.arrays", [[plain_entry(1)]], analyzer=analyzer)

    segment = built(tmp_path / "2.arrays", [[plain_entry(2)]], analyzer=analyzer)

    assert oracle.words_in(segment) == oracle.words_of([plain_entry(2)], PLAIN)


def test_an_unknown_key_stands_nowhere(tmp_path: Path) -> None:
    segment = built(tmp_path / "a.arrays", [[plain_entry(1)]], analyzer=BulkAnalyzer(PLAIN))

    assert not oracle.places_of(segment, "stem", "finns inte")
    assert not len(segment.keyword("dnr", "finns inte"))
    assert segment.terms("exact").number("\ud800") is None


def test_a_word_may_stand_more_often_than_a_byte_counts(tmp_path: Path) -> None:
    entry = plain_entry(1, text="och " * 70_000)

    segment = built(tmp_path / "a.arrays", [[entry]], analyzer=BulkAnalyzer(PLAIN))

    number = segment.terms("exact").number("och")
    assert number is not None
    assert segment.postings("exact", number).text.tolist() == [70_000]
    assert len(oracle.places_of(segment, "exact", "och")) == 70_000


def test_a_changed_byte_is_an_error_and_not_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "a.arrays"
    built(path, [[plain_entry(number) for number in range(40)]], analyzer=BulkAnalyzer(PLAIN))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    segment = Segment.open(path)

    with pytest.raises(IndexDamaged):
        read_through(segment)


def read_through(segment: Segment) -> None:
    """Read everything there is in a segment."""
    for form in FORMS:
        for key in segment.terms(form):
            oracle.places_of(segment, form, key)
    for field in VALUES:
        for value in segment.terms(field):
            segment.keyword(field, value)
    for name in COLUMNS:
        segment.column(name)
    for doc in range(segment.size):
        segment.entry(doc)
