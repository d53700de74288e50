"""Why a section was found, as lines for people: what each word of the query adds, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from index.analysis.analyzer import Analyzer
from index.engine import SearchEngine
from index.entry import SectionEntry
from index.highlighting import Highlighter, one_line
from index.query import Query
from index.query_tree import Leaf
from index.results import FieldScore, Reason
from index.searching import Result
from search_service.commands.explained_query import described


def hit_lines(engine: SearchEngine, query: Query, results: Iterable[Result]) -> Iterator[str]:
    """Yield for each result of `query` why it has its score."""
    analyzer = engine.analyzer()
    for number, result in enumerate(results, start=1):
        entry = result.entry
        reasons = engine.explain(query, entry.id)
        yield ""
        yield f"{number:3}. {one_line(entry.title)}  ({entry.id})"
        for reason in reasons:
            yield from (f"     {line}" for line in _lines_of_reason(reason, entry, analyzer))
        yield f"     {sum(reason.score for reason in reasons):8.4f}  score"


def _lines_of_reason(reason: Reason, entry: SectionEntry, analyzer: Analyzer) -> Iterator[str]:
    yield f"{reason.score:+8.4f}  {described(reason.leaf)}"
    best = {one.field.rpartition("_")[2] for one in reason.fields if one.counts} - {"exact"}
    for one in reason.fields:
        yield _line_of_field(one, " ".join(best))
    if isinstance(reason.leaf, Leaf):
        for field, text in (("title", entry.title), ("text", entry.text)):
            ranges = Highlighter((reason.leaf,), analyzer).ranges(text, field=field)
            met = Counter(text[start:end] for start, end in ranges)
            if met:
                yield f"            met in {field}: {', '.join(_counted(met))}"


def _line_of_field(one: FieldScore, best: str) -> str:
    if one.counts:
        return f"  {one.score:+8.4f}  {one.field} ×{one.frequency}"
    return f"            {one.field} ×{one.frequency}: {one.score:.4f} does not count, {best} is better"


def _counted(met: Counter[str]) -> Iterator[str]:
    return (one_line(form) + (f" ×{count}" if count > 1 else "") for form, count in met.items())
