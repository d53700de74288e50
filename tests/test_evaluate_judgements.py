"""Files of judged queries: what they may name, and what is said of those that cannot be understood."""

import datetime

import pytest

from corpus.reader import read_folder
from index.entry import entries_of
from scripts.evaluation.judgements import (
    Catalogue,
    JudgementError,
    judged_queries,
    missing_targets,
    read_lines,
)
from tests.minutes_folder import write_minutes

TODAY = datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def entries(tmp_path_factory):
    folder = tmp_path_factory.mktemp("minutes")
    write_minutes(folder, "dimmelunda/ett.txt", word="torgfontänen", number=12)
    write_minutes(folder, "dimmelunda/tva.txt", word="isbanan", number=13)
    (folder / "dimmelunda" / "plan.txt").write_text(
        "Plan för parken\n\nParken ska ha bänkar.\n", encoding="utf-8"
    )
    return [entry for document in read_folder(folder) for entry in entries_of(document, TODAY)]


def judged(tmp_path, entries, *lines, has_snippets=False):
    path = tmp_path / "judgements.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return judged_queries(read_lines(path, has_snippets=has_snippets), Catalogue(entries))


def section(entries, source, number):
    return next(entry.id for entry in entries if entry.source == source and entry.number == number)


def test_a_hit_is_named_by_id_by_number_by_name_or_by_source(tmp_path, entries):
    one = section(entries, "dimmelunda/ett.txt", "12")
    plan = next(entry for entry in entries if entry.source == "dimmelunda/plan.txt")

    [query] = judged(
        tmp_path,
        entries,
        f"fontän\tinflection\t{one}\t2",
        "fontän\tinflection\tdimmelunda/ett.txt#§12\t2",
        "fontän\tinflection\tdimmelunda/plan.txt#text\t1",
        "fontän\tinflection\tdimmelunda/tva.txt\t1",
    )

    by_id, by_number, by_name, by_source = (target.sections for target in query.targets)
    assert by_id == by_number == {one}
    assert by_name == {plan.id}
    assert by_source == {entry.id for entry in entries if entry.source == "dimmelunda/tva.txt"}
    assert [target.grade for target in query.targets] == [2, 2, 1, 1]


def test_a_header_names_the_columns_in_any_order(tmp_path, entries):
    [query] = judged(
        tmp_path, entries, "query\tgrade\tsource\tkind", "fontän\t1\tdimmelunda/ett.txt#§12\tinflection"
    )

    assert (query.kind, query.targets[0].grade) == ("inflection", 1)


@pytest.mark.parametrize("header", [["query\tkind\tsource\tsnippet"], []])
def test_a_snippet_names_the_section_that_holds_it_whatever_the_white_space(tmp_path, entries, header):
    line = "fontän\tinflection\tdimmelunda/ett.txt\tberett  frågan om torgfontänen tillsammans"

    [query] = judged(tmp_path, entries, *header, line, has_snippets=True)

    assert query.targets[0].sections == {section(entries, "dimmelunda/ett.txt", "12")}
    assert query.targets[0].grade == 2


@pytest.mark.parametrize("trap", ["ark\tzero-hit trap\t-\t0", "ark\tzero-hit trap\t-"])
def test_a_query_that_should_find_nothing_is_a_trap(tmp_path, entries, trap):
    [query] = judged(tmp_path, entries, trap)

    assert query.is_trap


def test_lines_of_a_query_belong_together_and_kinds_keep_it_apart(tmp_path, entries):
    queries = judged(
        tmp_path,
        entries,
        "is\thead\tdimmelunda/tva.txt\t2",
        "fontän\ttail\tdimmelunda/ett.txt\t2",
        "",
        "is\ttail\tdimmelunda/tva.txt\t2",
        "is\thead\tdimmelunda/ett.txt\t0",
    )

    assert [(query.query, query.kind) for query in queries] == [
        ("is", "head"),
        ("fontän", "tail"),
        ("is", "tail"),
    ]
    assert len(queries[0].targets) == 1


def test_what_is_not_there_is_said(tmp_path, entries):
    queries = judged(
        tmp_path, entries, "is\thead\tdimmelunda/tre.txt\t2", "is\thead\tdimmelunda/ett.txt#§99\t2"
    )

    assert missing_targets(queries) == ["dimmelunda/tre.txt", "dimmelunda/ett.txt#§99"]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["is\thead"], ":1: a line has query, kind and id"),
        (["query\tkind\tid", "is\thead\tx\t2", "\thead\tx\t2"], ":3: a line has query"),
        (["is\thead\tx\tbra"], "grade is a whole number, not 'bra'"),
        (["query\tkind\tplats", "is\thead\tx"], "no column id or section"),
        (["is\thead\t-\t0", "is\thead\tdimmelunda/ett.txt\t2"], "should find nothing and something"),
        (["is\thead\tdimmelunda/ett.txt\t0"], "neither a hit nor a line '-'"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_with_the_reason(tmp_path, entries, lines, problem):
    with pytest.raises(JudgementError, match=problem):
        judged(tmp_path, entries, *lines)
