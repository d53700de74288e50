import logging
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.analysis.steps import Step
from index.query import And, Or, Phrase, Query, Word
from index.query_parser import parse
from index.query_tree import positive_leaves
from index.synonyms import SHIPPED, BrokenLine, Group, SynonymFile, Synonyms, parse_line
from tests.analysis import PLAIN

LINES = """
KSAU, kommunstyrelsens arbetsutskott
KS => kommunstyrelsen
rondell, cirkulationsplats
SKL, SKR, Sveriges kommuner och regioner
"""


def synonyms(text: str = LINES, analyzer: Analyzer = PLAIN) -> Synonyms:
    return Synonyms([group for line in text.splitlines() if (group := parse_line(line))], analyzer)


def tree(q: str, text: str = LINES) -> Query:
    return parse(q, PLAIN, synonyms=synonyms(text)).tree


def interpreted(q: str, text: str = LINES) -> str:
    return parse(q, PLAIN, synonyms=synonyms(text)).interpreted


def plain(q: str) -> Word:
    found = parse(q, PLAIN).tree
    assert isinstance(found, Word)
    return found


def test_a_single_word_adds_its_keys_to_the_one_that_was_typed() -> None:
    found = tree("rondellen")

    assert isinstance(found, Word)
    assert set(found.stems) == {*plain("rondellen").stems, *plain("cirkulationsplats").stems}
    assert found.exact == ("rondellen",)
    assert found.also == ("cirkulationsplats",)


def test_several_words_are_a_phrase_beside_the_one_that_was_typed() -> None:
    found = tree("ksau")

    assert isinstance(found, Or)
    assert [leaf.surface for leaf in positive_leaves(found)] == ["ksau", "ksau"]
    assert found.children[1] == Phrase("ksau", ("kommunstyrelsens", "arbetsutskott"))


def test_several_typed_words_are_each_also_the_short_form() -> None:
    found = tree("kommunstyrelsens arbetsutskott taxa")

    assert isinstance(found, And)
    assert [
        set(plain("ksau").stems) <= set(leaf.stems) for leaf in found.children if isinstance(leaf, Word)
    ] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("q", "text"),
    [
        ("KSAU", "KSAU (även kommunstyrelsens arbetsutskott)"),
        ("KSAU taxa", "KSAU (även kommunstyrelsens arbetsutskott) OCH taxa"),
        ("titel:KSAU", "titel:KSAU (även kommunstyrelsens arbetsutskott)"),
        ("KSAU OR taxa", "KSAU (även kommunstyrelsens arbetsutskott) ELLER taxa"),
        ("kommunstyrelsens arbetsutskott", "(kommunstyrelsens OCH arbetsutskott) ELLER KSAU"),
        ("taxa kommunstyrelsens arbetsutskott", "taxa OCH ((kommunstyrelsens OCH arbetsutskott) ELLER KSAU)"),
        ("Sveriges kommuner och regioner", "(Sveriges OCH kommuner OCH regioner) ELLER SKL ELLER SKR"),
        ("SKL", "SKL (även SKR, Sveriges kommuner och regioner)"),
        ("KS", "KS (även kommunstyrelsen)"),
        ("kommunstyrelsen", "kommunstyrelsen"),
        ("rondeller", "rondeller (även cirkulationsplats)"),
    ],
)
def test_what_is_searched_besides_is_said_and_is_no_warning(q: str, text: str) -> None:
    parsed = parse(q, PLAIN, synonyms=synonyms())

    assert parsed.interpreted == text
    assert parsed.warnings == ()


@pytest.mark.parametrize("q", ['"KSAU"', '"KSAU beslutar"', "KSA*", "person:KSAU", '"rondell"'])
def test_quotes_and_beginnings_of_words_have_no_synonyms(q: str) -> None:
    assert tree(q) == parse(q, PLAIN).tree


def test_the_step_can_be_switched_off() -> None:
    bare = Analyzer(without=frozenset({Step.SYNONYMS}))

    assert parse("KSAU", bare, synonyms=synonyms()).tree == parse("KSAU", bare).tree


@pytest.mark.parametrize(
    ("line", "group"),
    [
        ("", None),
        ("  # a, b", None),
        ("a, b # c", Group(("a", "b"), ("a", "b"))),
        (" a  b ,c", Group(("a b", "c"), ("a b", "c"))),
        ("a, b => c", Group(("a", "b"), ("c",))),
        ("a => b, c", Group(("a",), ("b", "c"))),
        ("o\u0308, p", Group(("ö", "p"), ("ö", "p"))),
    ],
)
def test_a_line_is_a_group_or_a_comment(line: str, group: Group | None) -> None:
    assert parse_line(line) == group


@pytest.mark.parametrize(
    "line",
    [
        "a",
        "a,",
        ",",
        "a => ",
        "=> b",
        "a => b => c",
        "a, :::",
        "a, " + "b" * 101,
        ", ".join(map(str, range(51))),
    ],
)
def test_a_broken_line_is_refused(line: str) -> None:
    with pytest.raises(BrokenLine):
        parse_line(line)


@given(st.text(max_size=80), st.text(max_size=30))
def test_any_line_and_any_query_will_do(line: str, q: str) -> None:
    try:
        group = parse_line(line)
    except BrokenLine:
        return
    found = Synonyms([group] if group else [], PLAIN)

    assert parse(q, PLAIN, synonyms=found).leaves is not None


@given(
    st.lists(
        st.sampled_from(["KSAU", "SKL", "SKR", "rondell", "taxa", "kommunstyrelsens", "och"]), max_size=8
    )
)
def test_synonyms_never_make_fewer_words_of_a_query(words: list[str]) -> None:
    q = " ".join(words)

    with_them, without = tree(q), parse(q, PLAIN).tree

    assert type(with_them) is type(without) or isinstance(with_them, Or)
    if isinstance(with_them, And) and isinstance(without, And):
        assert len(with_them.children) == len(without.children)


def test_a_word_stands_for_so_many_others_at_most(caplog: pytest.LogCaptureFixture) -> None:
    many = "\n".join(f"rondell => plats{number}" for number in range(60))

    found = synonyms(many).of([plain("rondellen")])

    assert found == tuple(f"plats{number}" for number in range(50))
    assert caplog.text.count("of what 'rondell' stands for, only 50 are searched") == 1


def test_what_is_no_file_is_not_waited_for(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    found = SynonymFile(pipe).synonyms(PLAIN)

    assert found.longest == 0
    assert "is no file" in caplog.text


def test_a_file_is_read_anew_when_it_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "synonymer.txt"
    path.write_text("a, b", encoding="utf-8")
    file = SynonymFile(path)
    before = file.state, file.synonyms(PLAIN).of([plain("a")])

    path.write_text("a, b\nb, c # ny", encoding="utf-8")

    assert before[1] == ("b",)
    assert file.state != before[0]
    assert file.synonyms(PLAIN).of([plain("b")]) == ("a", "c")
    assert file.synonyms(PLAIN) is file.synonyms(PLAIN)


def test_a_broken_line_is_passed_over_and_logged_with_its_number(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "synonymer.txt"
    path.write_text("\ufeffa, b\nensam\nc, d\n", encoding="utf-8")

    with caplog.at_level(logging.WARNING):
        found = SynonymFile(path).synonyms(PLAIN)

    assert [found.of([plain(typed)]) for typed in ("a", "ensam", "c")] == [("b",), (), ("d",)]
    assert [
        ("line 2 " in record.getMessage(), str(path) in record.getMessage()) for record in caplog.records
    ] == [(True, True)]


def test_what_was_read_last_counts_while_the_file_cannot_be_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "synonymer.txt"
    path.write_text("a, b", encoding="utf-8")
    file = SynonymFile(path)
    file.synonyms(PLAIN)

    found = []
    for content in (b"a, \xff\xfe", None, b"#" * (2**20 + 1)):
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)
        found.append(file.synonyms(PLAIN).of([plain("a")]))
    file.synonyms(PLAIN)

    assert found == [("b",)] * 3
    assert len(caplog.records) == 3


def test_without_a_file_there_are_no_synonyms() -> None:
    file = SynonymFile(None)

    assert file.synonyms(PLAIN).of([plain("ksau")]) == ()
    assert file.state == ""


def test_the_file_that_is_shipped_has_no_broken_line_and_no_word_twice() -> None:
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()

    groups = [group for line in lines if (group := parse_line(line))]
    typed = [member.casefold() for group in groups for member in group.typed]

    assert len(groups) >= 60
    assert len(typed) == len(set(typed))
    assert os.fspath(SHIPPED).endswith("synonyms.txt")


def test_what_is_shipped_says_what_people_in_town_halls_say() -> None:
    found = SynonymFile(SHIPPED).synonyms(PLAIN)

    assert found.of([plain("PBL")])[:1] == ("plan- och bygglagen",)
    assert "tjänsteperson" in found.of([plain("tjänstemän")])
    assert (
        parse("plan- och bygglagen", PLAIN, synonyms=found).interpreted
        == '(plan OCH bygglagen) ELLER PBL ELLER "plan- och bygglag"'
    )


def test_a_party_by_its_name_is_also_its_letters_behind_a_name() -> None:
    found = parse("vänsterpartiet", PLAIN, synonyms=SynonymFile(SHIPPED).synonyms(PLAIN))

    assert found.interpreted == "vänsterpartiet (även (V))"
    assert "party:v" in found.leaves[0].stems
