"""Whoosh reads what we wrote: its own readers and matchers say what the arrays say, term for term."""

from __future__ import annotations

import pickletools
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import whoosh.index
import whoosh.query
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.reading import IndexReader as WhooshReader

from corpus.document import Document
from index import generations
from index.engines.arrays_reader import ArraysReader
from index.engines.segment_writer import SegmentPolicy
from index.engines.whoosh_engine import WhooshEngine
from index.engines.whoosh_generation import WhooshGeneration
from index.engines.whoosh_matcher import occurrences
from index.execution.deadline import Deadline
from index.execution.evaluation import Evaluator
from index.execution.frequencies import docs_in
from index.execution.postings import Postings
from index.fields import FORMS, KEYWORDS, ZONES
from index.query import And, Keyword, Or, Query, Scope, Word
from index.segments.packed_places import ZONE_SHIFT
from index.segments.section_values import VALUES
from tests.builders import document, section
from tests.corpora import apply, histories

POLICY = SegmentPolicy(run=3, choose=lambda _: [])
"""Nothing is merged but what one run wrote, so that a history has several segments and deletions."""

EXAMPLES = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)

Term = tuple[str, str]


def written(folders: pytest.TempPathFactory, history: list[list[Document | str]]) -> Path:
    """Return the folder of an index with a history."""
    folder = folders.mktemp("index")
    with closing(WhooshEngine(folder, policy=POLICY)) as engine:
        apply(engine, history)
    return folder


@contextmanager
def opened(folder: Path) -> Iterator[tuple[WhooshGeneration, WhooshReader]]:
    """Open the current generation as we do, and as Whoosh does."""
    with (
        closing(WhooshEngine(folder)) as engine,
        engine._generation() as generation,
        closing(whoosh.index.open_dir(str(generation.folder))) as index,
        index.reader() as reader,
    ):
        yield generation, reader


@EXAMPLES
@given(history=histories)
def test_the_matchers_of_whoosh_say_what_the_arrays_say(
    tmp_path_factory: pytest.TempPathFactory, history: list[list[Document | str]]
) -> None:
    folder = written(tmp_path_factory, history)

    with opened(folder) as (generation, reader):
        ours = generation.reader
        for form in FORMS:
            for term in reader.lexicon(form):
                postings, places = ours.postings(form, term.decode()), placed(ours, (form, term.decode()))
                expected = {
                    doc: (freq, places[doc])
                    for doc, freq in zip(postings.docs.tolist(), occurrences(postings).tolist(), strict=True)
                }
                assert matched(reader, form, term) == expected
        for field in VALUES:
            for term in reader.lexicon(field):
                docs = ours.keyword(field, term.decode()).tolist()
                assert list(reader.postings(field, term).all_ids()) == docs


@EXAMPLES
@given(history=histories, scope=st.sampled_from(Scope))
def test_many_words_at_once_stand_where_each_of_them_does(
    tmp_path_factory: pytest.TempPathFactory, history: list[list[Document | str]], scope: Scope
) -> None:
    folder = written(tmp_path_factory, history)

    with opened(folder) as (generation, _):
        reader = generation.reader
        words = sorted({"finns inte", *reader.beginning_with("")[::2]})
        each = [reader.postings("exact", word) for word in words]
        expected = [len(docs_in(postings, scope)) for postings in each]
        assert reader.document_frequencies(words, scope).tolist() == expected
        together = reader.postings_of_any(words)
        assert rows(together) == sorted(row for postings in each for row in rows(postings))


def rows(postings: Postings) -> list[tuple[int, ...]]:
    """Return each row's document and frequencies, in order of documents."""
    found = [[doc, freq, 0, 0] for doc, freq in zip(postings.docs, postings.text, strict=True)]
    for place, zone in enumerate((postings.title, postings.decision), start=2):
        for at, freq in zip(zone.at, zone.freqs, strict=True):
            found[at][place] = freq
    return sorted(tuple(map(int, row)) for row in found)


def placed(reader: ArraysReader, term: Term) -> dict[int, list[int]]:
    """Return the zones and positions of a term in each document, as Whoosh's matchers have them."""
    found: dict[int, list[int]] = defaultdict(list)
    places = reader.places([term])
    for place, number in zip(places.tolist(), reader.line.zones(places).tolist(), strict=True):
        doc, zone = divmod(number, len(ZONES))
        found[doc].append(zone << ZONE_SHIFT | place - int(reader.line.begins[doc, zone]))
    return found


def matched(reader: WhooshReader, field: str, term: bytes) -> dict[int, tuple[int, list[int]]]:
    """Return the documents that Whoosh's matcher goes through, with frequency and places."""
    found = {}
    matcher = reader.postings(field, term)
    while matcher.is_active():
        found[matcher.id()] = (int(matcher.weight()), matcher.value_as("positions"))
        assert matcher.value_as("frequency") == matcher.weight()
        matcher.next()
    return found


@EXAMPLES
@given(history=histories)
def test_the_reader_of_whoosh_lists_what_there_is(
    tmp_path_factory: pytest.TempPathFactory, history: list[list[Document | str]]
) -> None:
    folder = written(tmp_path_factory, history)

    with opened(folder) as (generation, reader):
        ours = generation.reader
        assert set(reader.indexed_field_names()) <= {*FORMS, *VALUES}
        assert list(reader.all_doc_ids()) == ours.live.tolist()
        assert (reader.doc_count(), reader.doc_count_all()) == (len(ours.live), ours.size)
        entries = [fields["entry"] for fields in reader.all_stored_fields()]
        assert entries == ours.entries(ours.live)
        terms = list(reader.all_terms())
        assert terms == sorted(set(terms))
        for field, term in terms:
            info = reader.term_info(field, term)
            matcher = reader.postings(field, term)
            live = list(matcher.all_ids()) if matcher.is_active() else []
            # Whoosh counts deleted sections until they are merged away.
            assert info.doc_frequency() >= len(live)
            assert info.weight() >= info.doc_frequency()
            assert not reader.has_deletions() or info.max_weight() >= 1
        if ours.size:
            ordinals = reader.column_reader("ordinal_column")
            assert [ordinals[doc] for doc in ours.live.tolist()] == [entry.ordinal for entry in entries]


def leaf_of(term: Term) -> Query:
    """Return our query for what Whoosh's `Term` asks."""
    field, text = term
    if field not in FORMS:
        return Keyword("", field, (text,))
    keys = {form: (text,) if form == field else () for form in FORMS}
    return Word("", keys["stem"], keys["exact"], parts=keys["parts"])


Tree = tuple[str, list["Tree"]] | Term


def ours_of(tree: Tree) -> Query:
    operator, rest = tree
    if isinstance(rest, str):
        return leaf_of((operator, rest))
    children = tuple(map(ours_of, rest))
    return And(children) if operator == "and" else Or(children)


def theirs_of(tree: Tree) -> whoosh.query.Query:
    operator, rest = tree
    if isinstance(rest, str):
        return whoosh.query.Term(operator, rest)
    return (whoosh.query.And if operator == "and" else whoosh.query.Or)([*map(theirs_of, rest)])


@EXAMPLES
@given(history=histories, data=st.data())
def test_a_searcher_of_whoosh_without_a_limit_finds_what_we_find(
    tmp_path_factory: pytest.TempPathFactory, history: list[list[Document | str]], data: st.DataObject
) -> None:
    folder = written(tmp_path_factory, history)

    with opened(folder) as (generation, reader):
        asked = {*FORMS, *KEYWORDS}
        terms = [(field, term.decode()) for field, term in reader.all_terms() if field in asked]
        leaves: st.SearchStrategy[Tree] = st.sampled_from([*terms, ("stem", "borta"), ("id", "borta")])
        trees = st.recursive(
            leaves,
            lambda children: st.tuples(
                st.sampled_from(("and", "or")), st.lists(children, min_size=1, max_size=3)
            ),
            max_leaves=6,
        )
        evaluator = Evaluator(generation.reader, generation.leaf_cache, Deadline(None), 100)
        with whoosh.index.open_dir(str(generation.folder)).searcher() as searcher:
            for _ in range(5):
                tree = data.draw(trees)
                found = {hit.docnum for hit in searcher.search(theirs_of(tree), limit=None)}
                assert set(evaluator.evaluate(ours_of(tree)).docs.tolist()) == found


def test_whoosh_matchers_skip_and_are_copied_like_its_own(tmp_path: Path) -> None:
    with closing(WhooshEngine(tmp_path)) as engine, engine.update() as writer:
        writer.put(document("a.txt", *(section(str(number), text="skola") for number in range(1, 8))))

    with opened(tmp_path) as (_, reader):
        matcher = reader.postings("exact", "skola")
        matcher.skip_to(3)
        other = matcher.copy()
        other.skip_to(5)
        other.skip_to(2)
        assert (matcher.id(), other.id()) == (3, 5)
        assert list(matcher.all_ids()) == list(range(7))


def test_a_table_of_contents_names_nothing_to_run_but_our_types(tmp_path: Path) -> None:
    with closing(WhooshEngine(tmp_path)) as engine, engine.update() as writer:
        writer.put(document("a.txt", section("1", text="skola")))

    (file,) = generations.current(tmp_path).glob("*.toc")
    content = file.read_bytes()
    pickles = [content[at:] for at in range(len(content)) if content.startswith(b"\x80\x02", at)]
    named = {name for one in pickles for name in globals_of(one)}

    assert {name.split(" ")[0].split(".")[0] for name in named} <= {"index", "whoosh", "copy_reg"}
    assert len(content) < 10_000


def globals_of(content: bytes) -> Iterator[str]:
    """Yield what a pickle would import."""
    for opcode, argument, _ in pickletools.genops(content):
        if opcode.name == "GLOBAL":
            yield str(argument)
