"""The analysis without a lexicon, for tests that need none: the same everywhere, and quickly made."""

from collections.abc import Iterable
from typing import Any

from index import query_parser
from index.analysis.analyzer import Analyzer
from index.highlighting import Highlighter, Range, Snippet
from index.query_parser import ParsedQuery
from index.query_tree import Leaf

PLAIN = Analyzer()
analyze = PLAIN.analyze
words_of_run = PLAIN.words_of_run


def parse(q: str, **options: Any) -> ParsedQuery:
    """Return what a query is understood as without a lexicon."""
    return query_parser.parse(q, PLAIN, **options)


def mark(text: str, leaves: Iterable[Leaf], *, field: str = "text") -> tuple[Range, ...]:
    """Return what leaves match in a text."""
    return Highlighter(leaves, PLAIN).ranges(text, field=field)


def snippets(text: str, title: str, leaves: Iterable[Leaf], **options: int) -> tuple[Snippet, ...]:
    """Return passages of a section."""
    [found] = Highlighter(leaves, PLAIN).snippets([(text, title)], **options)
    return found
