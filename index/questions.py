"""What a person asks for, and what the answer is made of."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from index.entry import SectionEntry
from index.facets import Facet
from index.highlighting import Snippet
from index.manifest import Manifest
from index.query import Query, Scope
from index.query_syntax import Limits
from index.request import Filters, Group, Sort
from index.synonyms import SynonymFile


class Question(Struct, frozen=True):
    """What is asked for.

    Attributes:
        facets: the facets to count; of each at most `facet_size` values, chosen ones besides.
        snippets: how many a hit has, each about `snippet_length` characters.
        strict: refuse what must be mended to be understood, and give up or replace no word.
        time_budget: seconds for the whole answer, `None` for no limit.
        correction_budget: seconds of them in which other words are looked for than those that were typed,
            `None` for all. What is not found by then is not found, and a warning says so.
        synonyms: what words mean in other words.
    """

    q: str = ""
    filters: Filters = field(default_factory=Filters)
    scope: Scope = Scope.ALL
    sort: Sort = Sort.RELEVANCE
    group: Group = Group.SECTION
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
    facet_size: int = 50
    snippets: int = 1
    snippet_length: int = 240
    strict: bool = False
    limits: Limits = field(default_factory=Limits)
    time_budget: float | None = None
    correction_budget: float | None = None
    max_expansions: int = 1000
    synonyms: SynonymFile | None = None


class Result(Struct, frozen=True, gc=False):
    """A hit as it is shown; `score` is `None` when there were no words to score."""

    entry: SectionEntry
    score: float | None
    snippets: tuple[Snippet, ...]


class Answer(Struct, frozen=True):
    """What a search found, all of it from the generation that `manifest` describes.

    Attributes:
        interpreted: how the query was understood, in words.
        query: the tree that was run in the end.
        suggestion: the query in other words, which may be what was meant.
    """

    interpreted: str
    query: Query
    suggestion: str | None
    warnings: tuple[str, ...]
    total: int
    total_documents: int
    total_cases: int
    results: tuple[Result, ...]
    facets: Mapping[str, Facet]
    manifest: Manifest
