import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QueryError, QuerySyntaxError, QueryTooComplex, QueryTooLong
from index.query import (
    And,
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
from index.query_parser import Limits
from tests.analysis import parse

ORDINARY = [
    "14:30",
    "kosten/baten",
    "KS 2019/0835",
    '"',
    "(",
    ")",
    ":::",
    "a:b",
    "skola\\",
    "*",
    "§",
    "🏫",
    "fo\u0308rening",
    "”bygg lov”",
    "»bygg lov«",
    "~",
    "~5",
    '""',
    '"~5',
    "-",
    "--",
    "()",
    "( OR )",
    "titel:",
    "titel:titel:",
    "år:",
    "datum:..",
    "datum:x..y",
    "-*",
    "\ud800",
    "a\u202eb",
]

soup = st.lists(
    st.sampled_from(
        [
            *'()"*-~§:',
            "OR",
            "ELLER",
            "AND",
            "OCH",
            "NOT",
            "INTE",
            "titel:",
            "kommun:",
            "datum:",
            "år:",
            "dnr:",
            "parti:",
            "paragraf:",
            "typ:",
            "person:",
            "skola",
            "bygg*",
            "i",
            "2019",
            "2019-01..2019-06",
            "KS",
            "2019/0835",
            "(L)",
            '"a b"~3',
            "e-post",
            " ",
        ]
    ),
    max_size=30,
)


def word(surface: str, scope: Scope = Scope.ALL) -> Word:
    tree = parse(surface, scope=scope).tree
    assert isinstance(tree, Word)
    return tree


def leaves(tree: Query) -> list[Query]:
    match tree:
        case And() | Or():
            return [leaf for child in tree.children for leaf in leaves(child)]
        case Not():
            return leaves(tree.child)
        case _:
            return [tree]


@pytest.mark.parametrize("q", ORDINARY)
def test_odd_input_is_ordinary_input(q: str) -> None:
    parsed = parse(q)

    assert parsed.tree != MatchAll()
    assert isinstance(parsed.interpreted, str)


@given(st.text(max_size=200))
def test_any_text_gives_a_tree(q: str) -> None:
    try:
        parse(q)
    except QueryError:
        assert len(q) > 32


@given(soup.map("".join), st.booleans())
def test_operator_soup_gives_a_tree_or_a_query_error(q: str, strict: bool) -> None:  # noqa: FBT001 -- by name
    try:
        parsed = parse(q, strict=strict)
    except QueryError:
        return

    assert not (strict and parsed.warnings)


@given(soup.map(" ".join))
def test_what_was_understood_gives_no_warnings_when_it_is_read_again(q: str) -> None:
    try:
        interpreted = parse(q).interpreted
        again = parse(interpreted)
    except QueryError:
        return

    assert not again.warnings


@pytest.mark.parametrize("q", ["", " ", "\n\t", "\u00a0", "\x00"])
def test_an_empty_query_matches_all(q: str) -> None:
    assert parse(q).tree == MatchAll()
    assert parse(q).warnings == ()


@pytest.mark.parametrize("q", [":::", "*", "🏫", '"', "§", "()", "OR"])
def test_a_query_of_nothing_matches_nothing_and_says_so(q: str) -> None:
    parsed = parse(q)

    assert parsed.tree == MatchNone()
    assert parsed.warnings


def test_adjacent_words_are_all_required() -> None:
    parsed = parse("partnerskap lund")

    assert parsed.tree == And((word("partnerskap"), word("lund")))
    assert parsed.interpreted == "partnerskap OCH lund"


def test_not_binds_tighter_than_and_and_and_tighter_than_or() -> None:
    parsed = parse("lund OR malmö skola NOT gata")

    assert parsed.tree == Or((word("lund"), And((word("malmö"), word("skola"), Not(word("gata"))))))
    assert parsed.interpreted == "lund ELLER (malmö OCH skola OCH INTE gata)"


@pytest.mark.parametrize(
    ("q", "same"),
    [
        ("a OCH b", "a b"),
        ("a AND b", "a b"),
        ("a ELLER b", "a OR b"),
        ("a INTE b", "a -b"),
        ("a NOT b", "a -b"),
        ("(a b) OR c", "a b OR c"),
        ("NOT NOT a", "a"),
        ("»a b«", '"a b"'),
        ("“a b”", '"a b"'),
        ("Titel:a", "titel:a"),
        ("lund lund", "lund"),
    ],
)
def test_there_are_several_ways_to_write_one_query(q: str, same: str) -> None:
    assert parse(q).interpreted == parse(same).interpreted
    assert len(leaves(parse(q).tree)) == len(leaves(parse(same).tree))


def test_operators_in_small_letters_are_words() -> None:
    parsed = parse("skola eller not gata")

    assert parsed.interpreted == "skola OCH not OCH gata"


def test_only_exclusions_exclude_from_everything() -> None:
    assert parse("-lund").tree == And((MatchAll(), Not(word("lund"))))
    assert parse("-lund").interpreted == "INTE lund"


def test_stop_words_do_not_count_beside_other_words() -> None:
    parsed = parse("avgift för den nya skolan")

    assert parsed.interpreted == "avgift OCH nya OCH skolan"
    assert parsed.warnings == ()


def test_stop_words_count_alone_in_phrases_and_when_excluded() -> None:
    assert parse("i på").interpreted == "i OCH på"
    assert parse('"i den"').tree == Phrase('"i den"', ("i", "den"))
    assert parse("skola -inte").interpreted == "skola OCH INTE inte"


def test_a_phrase_is_of_the_forms_written() -> None:
    assert parse('"Bygglovet för skolan"').tree == Phrase(
        '"Bygglovet för skolan"', ("bygglovet", "för", "skolan")
    )
    assert parse('"bygglovet"').tree == Word('"bygglovet"', (), ("bygglovet",))
    assert parse('"skola gata"~5').tree == Phrase('"skola gata"~5', ("skola", "gata"), 5)


def test_a_prefix_needs_three_letters_and_stands_first() -> None:
    assert parse("byg*").tree == Prefix("byg*", "byg")
    for q in ("by*", "*lov", "b*g"):
        assert parse(q).warnings
        assert not any(isinstance(leaf, Prefix) for leaf in leaves(parse(q).tree))


def test_a_hyphenated_word_is_found_whole_or_in_pieces() -> None:
    tree = parse("e-post").tree

    assert isinstance(tree, Or)
    assert tree.children[1] == Phrase("e-post", ("e", "post"))
    assert parse("e-post lund").interpreted == "e-post OCH lund"


def test_numbers_joined_by_a_mark_stand_in_a_row() -> None:
    assert parse("14:30").tree == Phrase("14:30", ("14", "30"))


def test_fields_say_where_words_are_looked_for() -> None:
    assert parse('titel:"a b" beslut:skola').tree == And(
        (Phrase('"a b"', ("a", "b"), 0, Scope.TITLE), word("skola", Scope.DECISION))
    )
    assert parse("titel:(skola OR gata)").tree == Or((word("skola", Scope.TITLE), word("gata", Scope.TITLE)))
    assert parse("titel:skola").interpreted == "titel:skola"
    assert parse("skola", scope=Scope.TITLE).interpreted == "skola"


@pytest.mark.parametrize(
    ("q", "field", "values"),
    [
        ("kommun:göteborg", "municipality", ("goteborg",)),
        ('kommun:"Upplands Väsby"', "municipality", ("upplands-vasby",)),
        ("kommun:(upplands väsby)", "municipality", ("upplands-vasby",)),
        ("kommun:lund,malmö", "municipality", ("lund", "malmo")),
        ("kommun:okänd", "municipality", ("unknown",)),
        ("organ:socialnämnden", "committee", ("socialnamnden",)),
        ("organ:KS", "committee", ("ks", "kommunstyrelsen")),
        ("typ:Protokoll", "type", ("minutes",)),
        ("typ:agenda", "type", ("agenda",)),
        ("år:2019", "year", ("2019",)),
        ("år:2016..2018", "year", ("2016", "2017", "2018")),
        ("år:okänt", "year", ("unknown",)),
        ("a\u030ar:2019", "year", ("2019",)),
        ("paragraf:125", "section", ("125",)),
        ('paragraf:"§ 125"', "section", ("125",)),
        ("paragraf:12..14", "section", ("12", "13", "14")),
        ("dnr:KS2019/835", "dnr", ("KS-2019-835",)),
        ("dnr:KS–2019–0835", "dnr", ("KS-2019-835",)),
        ("dnr:KS 2019/0835", "dnr", ("KS-2019-835",)),
        ("dnr: 2019/0835", "dnr", ("DNR-2019-835",)),
        ("dnr:8/2020", "dnr", ("DNR-2020-8",)),
        ("dnr:2020:008", "dnr", ("DNR-2020-8",)),
        ('kommun:"Göteborgs stad"', "municipality", ("goteborg",)),
        ("kommun:Lunds kommun", "municipality", ("lund",)),
        ("kommun:Upplands Väsby", "municipality", ("upplands-vasby",)),
        ("kommun:upplandsbro", "municipality", ("upplands-bro",)),
        ("kommun:Håbo", "municipality", ("habo-uppsala",)),
        ("kommun:Habo", "municipality", ("habo",)),
        ('organ:"Lunds kommunstyrelse"', "committee", ("lunds-kommunstyrelse", "kommunstyrelsen")),
        ("organ:Barn- och utbildningsnämnden", "committee", ("barn-och-utbildningsnamnden",)),
        ("organ:Barn-och-utbildningsnämnden", "committee", ("barn-och-utbildningsnamnden",)),
        (
            'organ:"Kultur-, idrotts- och fritidsnämnden"',
            "committee",
            ("kultur-idrotts-och-fritidsnamnden",),
        ),
        ("organ:Granskningsgruppen", "committee", ("granskningsgruppen",)),
        ("organ:okänt", "committee", ("unknown",)),
    ],
)
def test_fields_filter_by_property(q: str, field: str, values: tuple[str, ...]) -> None:
    tree = parse(q).tree

    assert isinstance(tree, Keyword)
    assert (tree.field, tree.values) == (field, values)


@pytest.mark.parametrize(
    ("q", "interpreted"),
    [
        ("kommun:Lunds kommun bygglov", 'kommun:"Lunds kommun" OCH bygglov'),
        ("kommun:lund skola", "kommun:lund OCH skola"),
        ("organ:kommunstyrelsen avgift", "organ:kommunstyrelsen OCH avgift"),
        ("dnr:KS 2019/0835 bygglov", 'dnr:"KS 2019/0835" OCH bygglov'),
        ("dnr:2019/0835 skola", "dnr:2019/0835 OCH skola"),
    ],
)
def test_a_value_is_no_longer_than_what_it_names(q: str, interpreted: str) -> None:
    assert parse(q).interpreted == interpreted


@pytest.mark.parametrize(
    ("q", "first", "last"),
    [
        ("år:2024..", datetime.date(2024, 1, 1), None),
        ("år:..2019", None, datetime.date(2019, 12, 31)),
    ],
)
def test_years_may_be_open(q: str, first: datetime.date | None, last: datetime.date | None) -> None:
    assert parse(q).tree == DateRange(q, first, last)


def test_years_may_be_a_list_of_ranges() -> None:
    q = "år:2016..2017,2019,2022.."

    assert parse(q).tree == Or(
        (Keyword(q, "year", ("2016", "2017", "2019")), DateRange(q, datetime.date(2022, 1, 1), None))
    )
    assert parse(q).interpreted == q


def test_a_genitive_before_kommun_is_understood() -> None:
    tree = parse('kommun:"Granviks kommun"').tree

    assert isinstance(tree, Keyword)
    assert {"granvik", "granviks"} <= set(tree.values)


@pytest.mark.parametrize(
    ("q", "first", "last"),
    [
        ("datum:2019-11-14", datetime.date(2019, 11, 14), datetime.date(2019, 11, 14)),
        ("datum:2019-01..2019-06", datetime.date(2019, 1, 1), datetime.date(2019, 6, 30)),
        ("datum:2020-02", datetime.date(2020, 2, 1), datetime.date(2020, 2, 29)),
        ("datum:2019..", datetime.date(2019, 1, 1), None),
        ("datum:..2019", None, datetime.date(2019, 12, 31)),
    ],
)
def test_a_date_range_is_inclusive_and_may_be_open(
    q: str, first: datetime.date | None, last: datetime.date | None
) -> None:
    assert parse(q).tree == DateRange(q, first, last)


@pytest.mark.parametrize(
    "q",
    [
        "typ:hund",
        "år:nitton",
        "datum:2019-13",
        "dnr:x",
        "paragraf:x",
        "parti:12",
        "år:9..8",
        "år:..",
        "år:x..",
    ],
)
def test_a_value_that_cannot_be_is_searched_as_words_with_a_warning(q: str) -> None:
    parsed = parse(q)

    assert len(parsed.warnings) == 1
    assert parsed.tree != MatchNone()


def test_a_person_is_a_phrase_and_a_party_a_key() -> None:
    assert parse('person:"Ada Exempel"').tree == Phrase('person:"Ada Exempel"', ("ada", "exempel"))
    assert parse("person:Exempel").tree == Word("person:Exempel", (), ("exempel",))
    exact = ("party:s", "socialdemokraterna", "socialdemokraternas")
    for typed in ("S", "(S)", "Socialdemokraterna"):
        assert parse(f"parti:{typed}").tree == Word(f"parti:{typed.strip('()')}", ("party:s",), exact)
    assert parse("parti:FNL").tree == Word("parti:FNL", ("party:fnl",), ("party:fnl",))


def test_a_party_in_brackets_is_no_group() -> None:
    assert parse("Ada Exempel (L)").interpreted == "Ada OCH Exempel OCH (L)"


@pytest.mark.parametrize(
    "q", ["KS 2019/0835", "ks 2019/0835", "KS2019/835", "dnr ks 2019-0835", "KS-2019-835", "KS–2019–0835"]
)
def test_a_case_is_recognised_in_any_form(q: str) -> None:
    found = leaves(parse(q).tree)

    assert ("dnr", ("KS-2019-835",)) in [
        (leaf.field, leaf.values) for leaf in found if isinstance(leaf, Keyword)
    ]
    assert any(isinstance(leaf, Word) and leaf.exact == ("dnr:KS-2019-835",) for leaf in found)


def test_a_number_without_registry_may_be_a_case() -> None:
    found = leaves(parse("2019/0835").tree)

    assert Keyword("2019/0835", "dnr", ("DNR-2019-835",)) in found
    assert Phrase("2019/0835", ("2019", "0835")) in found


@pytest.mark.parametrize("q", ["§ 125", "§125", "paragraf 125"])
def test_a_section_reference_alone_is_also_the_section_of_that_number(q: str) -> None:
    assert parse(q).tree == Or((Keyword(q, "section", ("125",)), Word(q, ("p:125",), ("p:125",))))
    assert parse(q).interpreted == q


@pytest.mark.parametrize("q", ["2019-11-14", "den 14 november 2019"])
def test_a_date_alone_is_also_the_meeting_of_that_day(q: str) -> None:
    tree = parse(q).tree
    day = datetime.date(2019, 11, 14)

    assert isinstance(tree, Or)
    assert isinstance(tree.children[0], DateRange)
    assert (tree.children[0].first, tree.children[0].last) == (day, day)


def test_references_in_longer_queries_are_their_keys() -> None:
    tree = parse("bygglov § 125 360 tkr 2019-11-14").tree

    assert isinstance(tree, And)
    assert [leaf.exact for leaf in leaves(tree) if isinstance(leaf, Word)] == [
        ("bygglov",),
        ("p:125",),
        ("n:360000",),
        ("d:20191114",),
    ]


def test_law_is_no_section() -> None:
    assert parse("53 § kommunallagen").interpreted == "53 OCH kommunallagen"


@given(st.sampled_from(["a", "ö", "🏫", "o\u0308"]), st.integers(513, 5000))
def test_a_long_query_is_refused(character: str, length: int) -> None:
    with pytest.raises(QueryTooLong, match="tecken"):
        parse(character * (length * len(unicodedata.normalize("NFD", character))))


def test_as_many_terms_as_allowed_and_no_more() -> None:
    parse(" ".join(f"ord{number}" for number in range(32)))
    parse("(" * 8 + "skola" + ")" * 8)
    for q in (
        " ".join(f"ord{number}" for number in range(33)),
        '"' + "skola " * 33 + '"',
        " OR ".join(["skola"] * 33),
        "(" * 9 + "skola" + ")" * 9,
        "a." * 33,
    ):
        with pytest.raises(QueryTooComplex):
            parse(q)


def test_limits_are_arguments() -> None:
    with pytest.raises(QueryTooLong):
        parse("skola", limits=Limits(characters=4))
    with pytest.raises(QueryTooComplex):
        parse("skola gata", limits=Limits(terms=1))
    assert parse("sk*", limits=Limits(prefix=2)).tree == Prefix("sk*", "sk")


@pytest.mark.parametrize(
    ("q", "place"),
    [('skola "gata', 7), ("skola)", 6), ("a OR", 3), ("by*", 1), ("lund :::", 6), ("typ:hund", 5)],
)
def test_strict_refuses_what_would_be_passed_over_and_says_where(q: str, place: int) -> None:
    with pytest.raises(QuerySyntaxError, match=rf"tecken {place}\b"):
        parse(q, strict=True)


def test_what_is_marked_are_the_words_that_are_sought() -> None:
    parsed = parse('skola -gata kommun:lund "a b" byg*')

    assert [leaf.surface for leaf in parsed.leaves] == ["skola", '"a b"', "byg*"]
