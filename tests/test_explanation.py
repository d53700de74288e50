"""Why a section has its score, for random minutes and queries over a real index."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.engines.whoosh_engine import WhooshEngine
from index.query import And, AtLeast, Keyword, Not, Or, Phrase, Query, Scope, Word
from index.request import SearchRequest
from tests.builders import document, section
from tests.corpora import documents, queries


def compound(scope: Scope) -> Word:
    """Return a word that may also be found by its parts near each other."""
    near = (("skol", "skola"), ("bygglov", "avgift"))
    return Word("skolavgift", ("skolavgift", "taxa"), ("skolan",), scope, parts=("skol",), near=near)


searches = st.one_of(
    queries, st.sampled_from(Scope).map(compound), queries.map(lambda q: Or((q, compound(Scope.ALL))))
)


@settings(max_examples=60)
@given(st.lists(st.sampled_from("abc"), unique=True, min_size=1), st.data())
def test_the_reasons_for_a_hit_add_up_to_its_score(names: list[str], data: st.DataObject) -> None:
    minutes = [data.draw(documents(f"{name}.txt")) for name in names]
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder) / "index")
        with engine.update() as writer:
            for one in minutes:
                writer.put(one)
        for query in data.draw(st.lists(searches, min_size=1, max_size=5)):
            hits = engine.search(SearchRequest(query, limit=100)).hits
            found = {hit.entry.id for hit in hits}

            for hit in hits:
                reasons = engine.explain(query, hit.entry.id)
                assert sum(reason.score for reason in reasons) == pytest.approx(hit.score)
                for reason in reasons:
                    counted = sum(field.score for field in reason.fields if field.counts)
                    assert counted == pytest.approx(reason.score)
                    assert all(field.frequency > 0 and field.score > 0 for field in reason.fields)
            for one in minutes:
                for left in one.sections:
                    assert left.id in found or engine.explain(query, left.id) == ()
        engine.close()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> WhooshEngine:
    made = WhooshEngine(tmp_path_factory.mktemp("index"))
    with made.update() as writer:
        writer.put(
            document(
                "a.txt",
                section("1", title="Avgift för skolan", text="Skolan tar avgift. Skolavgift för skolan."),
                section("2", title="Bygglov", text="Bygglov för en bastu."),
            )
        )
    return made


def reasons_for(engine: WhooshEngine, query: Query) -> dict[str, list[tuple[str, int, bool]]]:
    """Return for the best hit by leaf the fields, how often it stands there, and whether it counts."""
    best = engine.search(SearchRequest(query)).hits[0].entry.id
    return {
        str(getattr(reason.leaf, "surface", "")): [
            (field.field, field.frequency, field.counts) for field in reason.fields
        ]
        for reason in engine.explain(query, best)
    }


@pytest.mark.parametrize(("stem", "better"), [("skolavgift", "stem"), ("saknas", "near")])
def test_of_stem_and_near_only_the_better_counts(engine: WhooshEngine, stem: str, better: str) -> None:
    near = (("skol", "skola", "skolan"), ("avgift",))
    word = Word("ord", (stem,), ("skolan",), near=near)

    found = reasons_for(engine, word)["ord"]

    assert {field.rpartition("_")[2] for field, _, counts in found if counts} == {better, "exact"}
    assert {field for field, _, _ in found if field.endswith("near")} == {"title_near", "text_near"}


def test_alternatives_that_do_not_match_are_no_reasons(engine: WhooshEngine) -> None:
    bygglov, bastu = Word("bygglov", ("bygglov",), ("bygglov",)), Word("bastu", ("bastu",), ("bastu",))
    skola = Word("skola", ("skol",), ("skola",))
    phrase = Phrase('"en bastu"', ("en", "bastu"))
    tree = And(
        (AtLeast((bygglov, And((bastu, skola)), phrase), 2), Keyword("§ 2", "section", ("2",)), Not(skola))
    )

    found = reasons_for(engine, tree)

    assert found == {
        "bygglov": [
            ("title_stem", 1, True),
            ("text_stem", 1, True),
            ("title_exact", 1, True),
            ("text_exact", 1, True),
        ],
        '"en bastu"': [("text_exact", 1, True)],
        "§ 2": [],
    }


def test_there_is_no_reason_for_a_section_that_is_not_there(engine: WhooshEngine) -> None:
    assert engine.explain(Word("bygglov", ("bygglov",), ("bygglov",)), "none") == ()
