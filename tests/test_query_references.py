import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import dnr
from index.analysis.special import case_keys
from index.errors import QueryTooComplex
from index.query import And, DateRange, Keyword, Or, Phrase, Query, Scope, Word
from index.query_tree import surface_of
from tests.analysis import parse

LABELS = ["", "dnr ", "Dnr. ", "d.nr ", "diarienummer ", "Diarienummer: ", "Ärendenummer ", "ärende ", "nr "]
REGISTRIES = ["KS", "ks", "Ks", "SLK", "KUN", "kun"]


def readings(query: Query) -> tuple[Query, ...]:
    return query.children if isinstance(query, Or) else (query,)


def case_in(query: Query) -> str | None:
    """Return the case that one term is understood as, in its properties and in the text alike."""
    for keyword in readings(query):
        if isinstance(keyword, Keyword) and keyword.field == "dnr":
            (key,) = keyword.values
            words = [word.exact for word in readings(query) if isinstance(word, Word)]
            assert words == [case_keys(key)[:1]]
            return key
    return None


def days_in(query: Query) -> tuple[datetime.date | None, datetime.date | None] | None:
    for reading in readings(query):
        if isinstance(reading, DateRange):
            return reading.first, reading.last
    return None


@pytest.mark.parametrize(
    "q", ["2020/8", "2020.8", "2020-8", "2020:008", "2020:08", "8/2020", "2020/08", "2020/008", "0008/2020"]
)
def test_a_number_without_registry_alone_is_a_case_in_every_order(q: str) -> None:
    tree = parse(q).tree

    assert case_in(tree) == "DNR-2020-8"
    assert any(isinstance(reading, Phrase) for reading in readings(tree))


@given(
    st.sampled_from(LABELS),
    st.sampled_from(REGISTRIES),
    st.sampled_from([" ", "", "-", "/"]),
    st.integers(1990, 2030),
    st.integers(100, 9999).filter(lambda number: not 1900 <= number <= 2099),
    st.sampled_from("/-.:"),
    st.sampled_from(["", ".", " "]),
)
def test_a_case_alone_is_recognised_in_every_written_form(
    label: str, registry: str, joint: str, year: int, number: int, mark: str, end: str
) -> None:
    q = f"{label}{registry}{joint}{year}{mark}{number:05}{end}"
    key = dnr.key(f"dnr {registry}{joint}{year}{mark}{number:05}")

    tree = parse(q).tree

    assert case_in(tree) == key == f"{registry.upper()}-{year}-{number}"


@pytest.mark.parametrize(
    ("q", "key"),
    [
        ("dnr KS 2020/008", "KS-2020-8"),
        ("dnr SLK-2023-00848", "SLK-2023-848"),
        ("Ärendenummer SLK-2023-00848", "SLK-2023-848"),
        ("ärende nr KS 2020/8", "KS-2020-8"),
        ("dnr 2019-11", "DNR-2019-11"),
        ("dnr 2019/20", "DNR-2019-20"),
        ("diarienummer 8/2020", "DNR-2020-8"),
        ("2019.088 KUN", "KUN-2019-88"),
        ("2019.088 kun", "KUN-2019-88"),
        ("2011BNS0306", "BNS-2011-306"),
        ("ks2019 835", "KS-2019-835"),
        ("KS 2019-11", "KS-2019-11"),
        ("KS/2019:123", "KS-2019-123"),
        ("miljö-2020-123", "MILJÖ-2020-123"),
        ("KS 2019/0835-2", "KS-2019-835"),
        ("0123/22", "DNR-2022-123"),
    ],
)
def test_a_case_alone_needs_no_more_than_its_label(q: str, key: str) -> None:
    assert case_in(parse(q).tree) == key
    assert parse(q).warnings == ()


@pytest.mark.parametrize(
    "q",
    [
        "2019-11-25",
        "2019.11.25",
        "2019-11",
        "2019.11",
        "2019-2021",
        "2019/2020",
        "2019/20",
        "14:30",
        "14.30",
        "25/11",
        "1/2",
        "14/11 2019",
        "ks 2019-2021",
        "maj 2019-11",
        "KS 2019-11-25",
        "SFS 2010:800",
        "prop. 2019/20:12",
        "COVID-19",
        "08-123456",
        "2020",
        "dnr",
        "dnr dnr dnr dnr",
        "nr 5",
    ],
)
def test_a_period_a_time_and_a_law_are_no_case(q: str) -> None:
    tree = parse(q).tree

    terms = tree.children if isinstance(tree, And) else (tree,)
    assert not any(case_in(term) for term in terms)


@pytest.mark.parametrize(("q", "word"), [("2020/8 skola", "skola"), ("skolskjuts 2020/8", "skolskjuts")])
def test_a_word_beside_a_number_is_no_registry(q: str, word: str) -> None:
    tree = parse(q).tree

    assert isinstance(tree, And)
    assert {case_in(term) for term in tree.children} == {None, "DNR-2020-8"}
    assert word in [surface_of(term) for term in tree.children]


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(["", "skola "]))
def test_a_day_is_the_meeting_of_that_day_in_every_written_form(day: datetime.date, before: str) -> None:
    forms = (
        f"{day}",
        f"datum {day}",
        f"{day:%Y.%m.%d}",
        f"{day:%Y/%m/%d}",
        f"{day.year}-{day.month}-{day.day}",
        f"den {day.day}/{day.month} {day.year}",
    )
    for form in forms:
        tree = parse(before + form).tree
        term = tree.children[-1] if isinstance(tree, And) else tree

        assert days_in(term) == (day, day)
        assert isinstance(tree, And) == bool(before)


@pytest.mark.parametrize("q", ["2019-13-05", "2019-02-30"])
def test_a_day_that_does_not_exist_is_neither_day_nor_month(q: str) -> None:
    assert days_in(parse(q).tree) is None


@pytest.mark.parametrize("before", ["", "protokoll "])
def test_a_year_and_a_month_are_the_meetings_of_that_month(before: str) -> None:
    tree = parse(f"{before}2020-02").tree

    term = tree.children[-1] if isinstance(tree, And) else tree
    assert days_in(term) == (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))


def test_references_among_words_are_also_properties() -> None:
    tree = parse("skolskjuts SLK-2023-00848 § 570 2019-11-25").tree

    assert isinstance(tree, And)
    _, case, section, day = tree.children
    assert case_in(case) == "SLK-2023-848"
    assert section == Or((Keyword("§ 570", "section", ("570",)), Word("§ 570", ("p:570",), ("p:570",))))
    assert days_in(day) == (datetime.date(2019, 11, 25), datetime.date(2019, 11, 25))


def test_several_sections_are_any_of_them() -> None:
    tree = parse("skola §§ 12-14").tree

    assert isinstance(tree, And)
    assert readings(tree.children[1])[0] == Keyword("§§ 12-14", "section", ("12", "13", "14"))


@pytest.mark.parametrize("scope", [Scope.TITLE, Scope.DECISION])
def test_in_one_part_of_a_section_references_are_looked_for_as_text(scope: Scope) -> None:
    for q in ("§ 125", "2019-11-25", "2019-11", "dnr KS 2019/0835", "2020/8"):
        for reading in readings(parse(q, scope=scope).tree):
            assert isinstance(reading, Word | Phrase)
            assert reading.scope is scope


@pytest.mark.parametrize(
    "q", ["bygglov dnr KS 2019/0835", "bygglov, diarienummer: KS 2019/0835", "bygglov ärende nr KS 2019/0835"]
)
def test_what_only_says_that_a_case_follows_need_not_be_found(q: str) -> None:
    assert parse(q).interpreted == "bygglov OCH KS 2019/0835"


def test_a_label_without_a_reference_is_a_word() -> None:
    assert parse("skola nr ärende").interpreted == "skola OCH nr OCH ärende"


def test_a_pasted_citation_is_the_cited_section() -> None:
    tree = parse("Granvika kommun, Kommunstyrelsen, protokoll 2019-11-25, § 354, dnr KS 2019/0835").tree

    assert isinstance(tree, And)
    day, municipality, committee, section = tree.children
    assert days_in(day) == (datetime.date(2019, 11, 25), datetime.date(2019, 11, 25))
    assert isinstance(municipality, Keyword)
    assert {"granvika", "unknown"} <= set(municipality.values)
    assert isinstance(committee, Keyword)
    assert committee.values == ("kommunstyrelsen", "unknown")
    assert section == Keyword("paragraf:354", "section", ("354",))


@pytest.mark.parametrize(
    "q",
    [
        "Kultur-, idrotts- och fritidsnämnden, protokoll 2019-11-25, § 8 a",
        "Granviks kommun, protokoll 2019-11-25, § 3, dnr KS 2019/0835, KS 2019/0836",
        "protokoll 2019-11-25, § 3",
    ],
)
def test_a_citation_may_lack_what_could_not_be_read(q: str) -> None:
    tree = parse(q).tree

    assert isinstance(tree, And)
    assert all(isinstance(child, Keyword | DateRange) for child in tree.children)


def test_a_citation_of_no_day_is_words() -> None:
    assert isinstance(parse("Nämnden, protokoll 2019-02-30, § 3").leaves[0], Word)


@given(st.text(alphabet="dnrKSks 0129/-.:§,", max_size=60), st.sampled_from(Scope))
def test_digits_and_marks_in_any_order_are_a_query(q: str, scope: Scope) -> None:
    parsed = parse(q, scope=scope)

    assert isinstance(parsed.interpreted, str)


@pytest.mark.parametrize(
    "q", ["2019-" * 100, "KS/" * 170, "1./" * 10, "a, " * 5 + "protokoll 2019-11-25, § 3 x"]
)
def test_hostile_repetition_is_still_a_query(q: str) -> None:
    try:
        parse(q)
    except QueryTooComplex:
        assert len(q) > 100


@pytest.mark.parametrize(
    "q", ["20191114", "2019.11.14", "2019-11-14", "14.11.2019", "14-11-2019", "14/11-19", "14/11 2019"]
)
def test_a_day_is_known_however_its_digits_are_put(q: str) -> None:
    tree = parse(q).tree

    assert isinstance(tree, Or)
    day = datetime.date(2019, 11, 14)
    assert tree.children[0] == DateRange(q, day, day)


@pytest.mark.parametrize("q", ["20191399", "31.2.2019", "14-13-2019", "99/11-19", "1.2.3.2019"])
def test_digits_that_are_no_day_are_not_taken_for_one(q: str) -> None:
    tree = parse(q).tree

    assert not any(isinstance(child, DateRange) for child in getattr(tree, "children", (tree,)))


def test_a_month_is_no_registry() -> None:
    assert parse("18-20 mars").interpreted == "18-20 OCH mars"
    assert not any(isinstance(child, Keyword) for child in getattr(parse("18-20 mars").tree, "children", ()))


def test_hans_is_a_name_before_another_and_else_a_word_that_need_not_match() -> None:
    assert parse("Hans Andersson").interpreted == "Hans OCH Andersson"
    assert parse("hans förslag").interpreted == "förslag"
    assert parse("Hans förslag").interpreted == "förslag"
