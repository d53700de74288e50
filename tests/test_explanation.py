"""Why a section has its score, for random minutes and queries."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.execution.deadline import Deadline
from index.execution.evaluation import Evaluator
from index.execution.explanation import explain
from index.execution.leaf_cache import LeafCache
from index.query import And, AtLeast, Keyword, Not, Or, Phrase, Query, Scope, Word
from tests.array_reader import ArrayReader
from tests.builders import document, section
from tests.compound_words import COMPOUNDS
from tests.corpora import documents, queries
from tests.oracle import rows_of


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
    reader = ArrayReader(rows_of([data.draw(documents(f"{name}.txt")) for name in names], COMPOUNDS))
    made = evaluator(reader)
    for query in data.draw(st.lists(searches, min_size=1, max_size=5)):
        found = made.evaluate(query)
        scores = [0.0] * len(found.docs) if found.scores is None else found.scores.tolist()

        for doc, score in zip(found.docs.tolist(), scores, strict=True):
            reasons = explain(made, query, doc)
            assert sum(reason.score for reason in reasons) == pytest.approx(score)
            for reason in reasons:
                counted = sum(field.score for field in reason.fields if field.counts)
                assert counted == pytest.approx(reason.score)
                assert all(field.frequency > 0 and field.score > 0 for field in reason.fields)
        for doc in set(range(reader.size)) - set(found.docs.tolist()):
            assert explain(made, query, doc) == ()


def evaluator(reader: ArrayReader) -> Evaluator:
    return Evaluator(reader, LeafCache(10**6), Deadline(None), 1000)


@pytest.fixture(scope="module")
def reader() -> ArrayReader:
    return ArrayReader(
        rows_of(
            [
                document(
                    "a.txt",
                    section("1", title="Avgift för skolan", text="Skolan tar avgift. Skolavgift för skolan."),
                    section("2", title="Bygglov", text="Bygglov för en bastu."),
                )
            ]
        )
    )


def reasons_for(reader: ArrayReader, query: Query) -> dict[str, list[tuple[str, int, bool]]]:
    """Return for the best hit by leaf the fields, how often it stands there, and whether it counts."""
    made = evaluator(reader)
    found = made.evaluate(query)
    assert found.scores is not None
    best = int(found.docs[found.scores.argmax()])
    return {
        str(getattr(reason.leaf, "surface", "")): [
            (field.field, field.frequency, field.counts) for field in reason.fields
        ]
        for reason in explain(made, query, best)
    }


@pytest.mark.parametrize(("stem", "better"), [("skolavgift", "stem"), ("saknas", "near")])
def test_of_stem_and_near_only_the_better_counts(reader: ArrayReader, stem: str, better: str) -> None:
    near = (("skol", "skola", "skolan"), ("avgift",))
    word = Word("ord", (stem,), ("skolan",), near=near)

    found = reasons_for(reader, word)["ord"]

    assert {field.rpartition("_")[2] for field, _, counts in found if counts} == {better, "exact"}
    assert {field for field, _, _ in found if field.endswith("near")} == {"title_near", "text_near"}


def test_alternatives_that_do_not_match_are_no_reasons(reader: ArrayReader) -> None:
    bygglov, bastu = Word("bygglov", ("bygglov",), ("bygglov",)), Word("bastu", ("bastu",), ("bastu",))
    skola = Word("skola", ("skol",), ("skola",))
    phrase = Phrase('"en bastu"', ("en", "bastu"))
    tree = And(
        (AtLeast((bygglov, And((bastu, skola)), phrase), 2), Keyword("§ 2", "section", ("2",)), Not(skola))
    )

    found = reasons_for(reader, tree)

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
