"""tantivy, a search library in Rust, through its Python package; as fast as we could make it.

- The same zones are searched as in the project, title (counting twice) and text (with the decision in it), in
  one field each, its own Swedish stemmer in both. It has no compounds, dictionary forms or synonyms, and so
  finds less. One field for both would take 0.1 ms less where most sections match, and could not weigh titles.
- Queries are parsed from text, as in the project; prefixes by its regular expressions, on stems (its terms by
  prefix and a set of them took five times as long).
- Hits without counting (`count=False`) let it skip; the total comes from the counts. Those are one call of
  `aggregate` over text columns, which was faster than number columns, one call each, or a nested one.
- With a filter, the counts of the filtered property leave that filter out, as in the project: one call more.
- Snippets are its own generator's, over the text; indexing is in one thread, merged to one segment.
"""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

import tantivy

from corpus.document import Document
from scripts.benchmarks.engines.engine import HITS, SNIPPET_LENGTH, Outcome
from scripts.benchmarks.queries import FILTERS, BenchmarkQuery, Kind, values_of

_HEAP: Final = 500_000_000
_ANALYZER: Final = "swedish"
_STORED: Final = ("id", "title", "text", "dnr", *FILTERS, "date", "source")
_ZONES: Final = ("title", "text")
_TITLE_WEIGHT: Final = 2.0
_MOST_VALUES: Final = 1_000
_COUNTS: Final = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in FILTERS}


class Asked(NamedTuple):
    """A query in tantivy's syntax, and the property and value of its filter."""

    text: str
    filter: tuple[str, str] | None


class TantivyEngine:
    """An index of tantivy."""

    name = "tantivy"

    def __init__(self) -> None:
        self._index: Any = None
        self._searcher: Any = None

    def prepare(self) -> None:
        """Do nothing: there is nothing to make."""

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Index in one thread, and merge what is left to merge."""
        folder.mkdir(parents=True)
        schema = _schema()
        index = _with_analyzer(tantivy.Index(schema, path=str(folder)))
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        for document in documents:
            for fields in _fields(document):
                writer.add_document(tantivy.Document.from_dict(fields, schema))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """Open the index and one searcher for all queries."""
        self._index = _with_analyzer(tantivy.Index.open(str(folder)))
        self._searcher = self._index.searcher()

    def translate(self, query: BenchmarkQuery) -> Asked:
        """Return the query as text."""
        return Asked(text_of(query), query.filter)

    def request(self, asked: Asked) -> Mapping[str, Any]:
        """Return an answer of dicts and lists, ready to become JSON."""
        words, wanted = self._parsed(asked)
        documents = self._documents(wanted)
        snippets = tantivy.SnippetGenerator.create(self._searcher, words, self._index.schema, "text")
        snippets.set_max_num_chars(SNIPPET_LENGTH)
        counts = self._counts(words, wanted, asked.filter)
        name = asked.filter[0] if asked.filter else FILTERS[0]
        return {
            "total": counts[name].get(asked.filter[1], 0) if asked.filter else sum(counts[name].values()),
            "results": [
                {**_stored(document), "snippet": snippets.snippet_from_doc(document).to_html()}
                for document in documents
            ],
            "facets": counts,
        }

    def top_ten(self, asked: Asked) -> list[Mapping[str, Any]]:
        """Return the hits alone."""
        return [_stored(document) for document in self._documents(self._parsed(asked)[1])]

    def outcome(self, answer: Mapping[str, Any]) -> Outcome:
        """Return what was found."""
        hits = answer["results"]
        return Outcome(
            answer["total"],
            tuple(hit["id"] for hit in hits),
            tuple(hit["snippet"] for hit in hits),
            answer["facets"],
        )

    def server(self, folder: Path, *, port: int, workers: int) -> Sequence[str]:
        """Return the server of `tantivy_server`."""
        module = "scripts.benchmarks.tantivy_server"
        return (sys.executable, "-m", module, str(folder), str(port), str(workers))

    def address(self, query: BenchmarkQuery) -> str:
        """Return the search of that server."""
        parameters = {"q": text_of(query), **dict([query.filter] if query.filter else ())}
        return f"/search?{urlencode(parameters)}"

    def version(self) -> str:
        """Return the version of package and library."""
        return f"{importlib.metadata.version('tantivy')}, {self._searcher.num_segments} segment(s)"

    def close(self) -> None:
        """Let go of the index."""
        self._searcher = self._index = None

    def _parsed(self, asked: Asked) -> tuple[Any, Any]:
        """Return the query without and with its filter."""
        words = self._index.parse_query(
            asked.text,
            list(_ZONES),
            field_boosts={"title": _TITLE_WEIGHT},
            conjunction_by_default=True,
            allow_regexes=True,
        )
        if asked.filter is None:
            return words, words
        only = tantivy.Query.term_query(self._index.schema, *asked.filter, index_option="basic")
        must = tantivy.Occur.Must
        unscored = tantivy.Query.const_score_query(only, 0.0)
        return words, tantivy.Query.boolean_query([(must, words), (must, unscored)])

    def _documents(self, query: Any) -> list[Any]:
        found = self._searcher.search(query, HITS, count=False)
        return [self._searcher.doc(address) for _, address in found.hits]

    def _counts(self, words: Any, wanted: Any, filtered: tuple[str, str] | None) -> dict[str, dict[str, int]]:
        if filtered is None:
            return _buckets(self._searcher.aggregate(words, _COUNTS))
        name = filtered[0]
        others = {each: count for each, count in _COUNTS.items() if each != name}
        return _buckets(self._searcher.aggregate(words, {name: _COUNTS[name]})) | _buckets(
            self._searcher.aggregate(wanted, others)
        )


def text_of(query: BenchmarkQuery) -> str:
    """Return the query in tantivy's syntax; words beside each other are all required."""
    match query.kind:
        case Kind.EITHER:
            return " OR ".join(query.words)
        case Kind.PHRASE:
            return f'"{" ".join(query.words)}"'
        case Kind.PREFIX:
            return " OR ".join(f"{zone}:/{query.words[0]}.*/" for zone in _ZONES)
        case _:
            return " ".join(query.words)


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in _STORED:
        if name in _ZONES:
            builder.add_text_field(name, stored=True, tokenizer_name=_ANALYZER)
        else:
            builder.add_text_field(
                name, stored=True, fast=name in FILTERS, tokenizer_name="raw", index_option="basic"
            )
    return builder.build()


def _with_analyzer(index: Any) -> Any:
    """Let `index` know the Swedish analysis, which it asks for by name."""
    steps = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (tantivy.Filter.lowercase(), tantivy.Filter.stemmer("swedish")):
        steps = steps.filter(step)
    index.register_tokenizer(_ANALYZER, steps.build())
    return index


def _fields(document: Document) -> Iterator[dict[str, Any]]:
    shared = {**values_of(document), "date": str(document.date or ""), "source": document.source}
    for section in document.sections:
        yield {
            "id": section.id,
            "title": section.title,
            "text": section.text,
            "dnr": list(section.dnr),
            **shared,
        }


def _stored(document: Any) -> dict[str, Any]:
    return {name: document.get_first(name) for name in _STORED}


def _buckets(answer: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    return {
        name: {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]} for name in answer
    }
