"""`explain`: how a query is understood, and why its best hits matched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import click

from index.analysis.analyzer import analyze, fingerprint
from index.analysis.tokens import Token
from index.engine import SearchEngine
from index.engines.whoosh_engine import WhooshEngine
from index.entry import SectionEntry
from index.fields import FORMS, ZONES_IN, field_name
from index.highlighting import mark, one_line
from index.query import And, AtLeast, Keyword, Not, Or, Phrase, Prefix, Query, Scope, Word
from index.query_tree import Leaf
from index.request import SearchRequest
from index.searching import Answer, search
from search_service.commands.questions import params_of, query_command, settings_of
from search_service.logging_config import configure_logging
from search_service.routes.answering import question_of


@click.command(
    "explain",
    epilog="""\b
Examples:
  minutes-search explain 'skolskjuts OR "särskilt boende"' --index var/index
  minutes-search explain titel:bygglov --year 2019 --limit 1
""",
)
@query_command
@click.option(
    "--limit",
    type=click.IntRange(0, 100),
    default=3,
    show_default=True,
    show_envvar=True,
    help="Hits that are explained.",
)
def explain_command(query: str, *, limit: int, **given: Any) -> None:
    """Print how QUERY is understood and why hits match.

    That is its tokens, its tree with the fields of the index that each word is looked for in, and for
    the best hits what each word adds to the score and the forms it met.
    """
    settings = settings_of(given)
    configure_logging(settings.log_level)
    window, numbers = settings.result_window, {"per_page": max(limit, 1), "snippets": 0}
    engine = WhooshEngine(settings.index_dir)
    try:
        params = params_of(query, given, manifest=engine.manifest(), window=window, **numbers)
        answer = search(engine, question_of(params, settings))
        click.echo("\n".join([*_query_lines(query, answer), *_hit_lines(engine, answer, limit)]))
    finally:
        engine.close()


def _query_lines(query: str, answer: Answer) -> Iterator[str]:
    yield f"Query       {one_line(query)}"
    yield f"Understood  {one_line(answer.interpreted)}"
    yield from (f"Warning     {one_line(warning)}" for warning in answer.warnings)
    yield f"Analysis    {fingerprint()}"
    yield ""
    yield "Tokens (position, as written, keys)"
    yield from (_token_line(token) for token in analyze(query))
    yield ""
    yield "Tree"
    yield from tree_lines(answer.query)


def _token_line(token: Token) -> str:
    return f"  {token.position:3}  {token.exact:24}  {' '.join(token.stems)}"


def tree_lines(query: Query) -> Iterator[str]:
    """Yield a query tree, a node a line, children indented; however deep it is."""
    waiting: list[tuple[int, Query]] = [(1, query)]
    while waiting:
        depth, node = waiting.pop()
        yield "  " * depth + _described(node)
        waiting += [(depth + 1, child) for child in reversed(children_of(node))]


def children_of(node: Query) -> tuple[Query, ...]:
    """Return the nodes below `node`."""
    match node:
        case And(children) | Or(children) | AtLeast(children):
            return children
        case Not(child):
            return (child,)
    return ()


def _described(node: Query) -> str:
    name = type(node).__name__
    match node:
        case Word():
            keys = f"stem: {' '.join(node.stems) or '–'}; exact: {' '.join(node.exact) or '–'}"
            return f"{name} {node.surface!r}  {keys}  in {_fields(node.scope)}"
        case Phrase():
            near = f" within {node.slop}" if node.slop else ""
            return f"{name} {node.surface!r}  {' '.join(node.words)}{near}  in {_fields(node.scope, 'exact')}"
        case Prefix():
            return f"{name} {node.prefix}*  in {_fields(node.scope, 'exact')}"
        case Keyword():
            return f"{name} {node.field}: {' '.join(node.values)}"
        case AtLeast():
            return f"{name} {node.minimum} of"
    return name if children_of(node) else str(node)


def _fields(scope: Scope, *forms: str) -> str:
    return " ".join(field_name(zone, form) for form in forms or FORMS for zone in ZONES_IN[scope])


def _hit_lines(engine: SearchEngine, answer: Answer, limit: int) -> Iterator[str]:
    yield ""
    yield f"Hits        {answer.total} in generation {answer.manifest.generation}"
    leaves = list(_wanted_leaves(answer.query))
    for number, result in enumerate(answer.results[:limit], start=1):
        yield ""
        title = one_line(result.entry.title)
        yield f"{number:3}. {title}  (score {result.score or 0:.4f}, {result.entry.id})"
        for leaf in leaves:
            yield from (f"     {line}" for line in _reasons(engine, leaf, result.entry))


def _wanted_leaves(query: Query) -> Iterator[Query]:
    """Yield the leaves that can be a reason for a hit: none below a NOT."""
    waiting = [query]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Not):
            continue
        children = children_of(node)
        waiting += reversed(children)
        if not children:
            yield node


def _reasons(engine: SearchEngine, leaf: Query, entry: SectionEntry) -> Iterator[str]:
    """Yield why `leaf` found `entry`: what it adds to the score alone, and the words that it met."""
    hits = engine.search(SearchRequest(And((leaf, Keyword("", "id", (entry.id,)))), limit=1)).hits
    if not hits:
        return
    yield f"{hits[0].score:+8.4f}  {_described(leaf)}"
    if isinstance(leaf, Leaf):
        for field, text in (("title", entry.title), ("text", entry.text)):
            met = Counter(text[start:end] for start, end in mark(text, (leaf,), field=field))
            if met:
                yield f"          {field}: {', '.join(_counted(met))}"


def _counted(met: Counter[str]) -> Iterator[str]:
    return (one_line(form) + (f" ×{count}" if count > 1 else "") for form, count in met.items())
