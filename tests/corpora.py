"""Hypothesis strategies for small collections of minutes, and for queries and requests on them."""

from __future__ import annotations

import datetime
import hashlib

from hypothesis import strategies as st

from corpus.document import (
    Committee,
    Decision,
    DecisionKind,
    Document,
    DocumentType,
    Municipality,
    Section,
)
from index.engine import SearchEngine
from index.query import (
    And,
    AtLeast,
    DateRange,
    Keyword,
    MatchAll,
    MatchNone,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Scope,
    Word,
)
from index.request import FACETS, Filters, Group, SearchRequest, Sort
from tests.analysis import parse

WORDS = [
    "bygglov",
    "bygglovet",
    "skola",
    "skolan",
    "skolor",
    "taxa",
    "avgift",
    "avgiften",
    "nämnden",
    "beslutar",
    "inte",
    "att",
    "och",
    "avslå",
    "kultur-nämnden",
    "§",
    "12",
    "KS",
    "2019/0835",
    "den",
    "14",
    "november",
    "2019",
    "(S)",
    "360",
    "000",
    "kr",
    "Lund",
    "skolskjuts",
    "skolskjutsreglementet",
    "skjuts",
    "reglemente",
    "skolavgift",
]
STEMS = ("skol", "skol", "skjut", "skolskjut", "reglement", "bygglov", "avgift", "tax", "borta")
MUNICIPALITIES = (None, Municipality("granvika", "Granvika"), Municipality("bjorkasa", "Björkåsa"))
COMMITTEES = (
    None,
    Committee("kommunstyrelsen", "Kommunstyrelsen"),
    Committee("tekniska-namnden", "Tekniska nämnden"),
)
DATES = (None, datetime.date(2019, 11, 14), datetime.date(2019, 1, 2), datetime.date(2021, 5, 3))
DNR = ("KS 2019/0835", "KS2019/835", "BUN 2020/17")

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
scopes = st.sampled_from(Scope)


@st.composite
def documents(draw: st.DrawFn, name: str) -> Document:
    """Draw the document of the source `name`; its content differs from draw to draw."""
    document_id = hashlib.sha256(name.encode()).hexdigest()[:10]
    numbers = draw(st.lists(st.integers(1, 30), unique=True, min_size=1, max_size=4))
    sections = tuple(_section(draw, f"{document_id}-{number}", str(number)) for number in numbers)
    return Document(
        id=document_id,
        source=name,
        fingerprint=draw(st.text("abc", min_size=4, max_size=4)),
        type=draw(st.sampled_from(DocumentType)),
        title="Protokoll",
        municipality=draw(st.sampled_from(MUNICIPALITIES)),
        committee=draw(st.sampled_from(COMMITTEES)),
        date=draw(st.sampled_from(DATES)),
        sections=sections,
    )


def _section(draw: st.DrawFn, section_id: str, number: str) -> Section:
    decision = draw(texts)
    return Section(
        id=section_id,
        number=number,
        title=draw(texts),
        dnr=tuple(draw(st.lists(st.sampled_from(DNR), unique=True, max_size=2))),
        text=f"{draw(texts)}\n\n{decision}",
        decision=Decision(DecisionKind.FINAL, decision) if decision else None,
    )


SOURCES = tuple(f"granvika/{name}.txt" for name in "abcdef")

changes = st.lists(
    st.sampled_from(SOURCES).flatmap(
        lambda source: st.one_of(documents(source), documents(source), st.just(source))
    ),
    min_size=1,
    max_size=6,
)
"""One run: documents to put and sources to remove, in order."""

histories = st.lists(changes, min_size=1, max_size=3)
"""Several runs one after another, so that there are several segments and deletions."""


def _words(scope: Scope) -> st.SearchStrategy[Query]:
    return st.sampled_from(WORDS).map(lambda word: parse(word, scope=scope).tree)


keys = st.lists(st.sampled_from(STEMS), max_size=2, unique=True).map(tuple)

compounds = st.builds(
    Word,
    surface=st.just(""),
    stems=keys,
    exact=st.lists(st.sampled_from(("skolskjuts", "skola", "avgiften")), max_size=1).map(tuple),
    scope=scopes,
    parts=keys,
    near=st.lists(keys, max_size=3).map(tuple),
)
"""Words that match in every way there is, whatever the analysis of a word would give."""

leaves: st.SearchStrategy[Query] = st.one_of(
    scopes.flatmap(_words),
    scopes.flatmap(_words),
    compounds,
    compounds,
    st.builds(
        Phrase,
        surface=st.just(""),
        words=st.lists(
            st.sampled_from(("bygglov", "att", "inte", "skola", "saknas")), min_size=2, max_size=3
        ).map(tuple),
        slop=st.sampled_from((0, 0, 3, 5)),
        scope=scopes,
    ),
    st.builds(
        Prefix, surface=st.just(""), prefix=st.sampled_from(("byg", "sko", "avg", "xyz", "par")), scope=scopes
    ),
    st.builds(
        Keyword,
        surface=st.just(""),
        field=st.just("municipality"),
        values=st.lists(st.sampled_from(("granvika", "bjorkasa", "unknown", "borta")), max_size=2).map(tuple),
    ),
    st.builds(
        Keyword,
        surface=st.just(""),
        field=st.just("dnr"),
        values=st.sampled_from((("KS-2019-835",), ("DNR-2020-17",))),
    ),
    st.builds(
        Keyword,
        surface=st.just(""),
        field=st.just("section"),
        values=st.sampled_from((("12",), ("1", "2", "3"))),
    ),
    st.builds(
        DateRange,
        surface=st.just(""),
        first=st.sampled_from((None, datetime.date(2019, 6, 1))),
        last=st.sampled_from((None, datetime.date(2020, 1, 1))),
    ),
    st.just(MatchAll()),
    st.just(MatchNone()),
)


def _combined(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(children, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(AtLeast, several, st.integers(1, 3), st.sampled_from((0, 0, 1))),
        st.builds(Not, children),
    )


queries = st.recursive(leaves, _combined, max_leaves=6)

filters = st.builds(
    Filters,
    municipality=st.lists(st.sampled_from(("granvika", "bjorkasa", "unknown")), max_size=2, unique=True).map(
        tuple
    ),
    committee=st.lists(st.sampled_from(("kommunstyrelsen", "unknown")), max_size=1).map(tuple),
    type=st.lists(st.sampled_from(("minutes", "report")), max_size=2, unique=True).map(tuple),
    year=st.lists(st.sampled_from(("2019", "2021", "unknown")), max_size=2, unique=True).map(tuple),
    date_from=st.sampled_from((None, None, datetime.date(2019, 1, 3))),
    date_to=st.sampled_from((None, None, datetime.date(2019, 12, 31))),
    dnr=st.sampled_from(((), (), ("KS-2019-835",))),
)

requests = st.builds(
    SearchRequest,
    query=queries,
    filters=filters,
    sort=st.sampled_from((Sort.RELEVANCE, Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST)),
    group=st.sampled_from((Group.SECTION, Group.SECTION, Group.DOCUMENT, Group.CASE)),
    facets=st.just(FACETS),
)


def apply(engine: SearchEngine, history: list[list[Document | str]]) -> None:
    """Write one of `histories`, each run of it as one update."""
    for run in history:
        with engine.update() as writer:
            for change in run:
                if isinstance(change, str):
                    writer.remove(change)
                else:
                    writer.put(change)
