"""Fields such as `kommun:` and the values behind them."""

import datetime

import pytest

from index.query import (
    And,
    DateRange,
    Keyword,
    MatchNone,
    Or,
    Phrase,
    Scope,
    Word,
)
from tests.analysis import parse
from tests.query_trees import word


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


@pytest.mark.parametrize(
    ("q", "as_words"),
    [
        ("typ:blaj", "blaj"),
        ("paragraf:xyz", "xyz"),
        ("datum:2024-02-30", "2024-02-30"),
        ("datum:2019-13 skola", "2019-13 skola"),
        ("dnr:x", "x"),
        ("år:nitton", "nitton"),
        ("år:9..8", "9 8"),
        ('typ:"en hund"', "hund"),
        ('typ:"katt i hus" skola', "katt hus skola"),
        ("-typ:hund skola", "-hund skola"),
        ("typ:(hund OR bilaga)", "hund OR typ:bilaga"),
        ("titel:(typ:hund)", "titel:hund"),
    ],
)
def test_where_a_value_cannot_be_it_alone_is_searched_and_not_the_name_of_the_field(
    q: str, as_words: str
) -> None:
    parsed = parse(q)

    assert parsed.tree == parse(as_words).tree
    assert parse(parsed.interpreted).tree == parsed.tree
    assert "söks som ord; efter" in parsed.warnings[0]


def test_a_field_whose_value_has_no_words_is_a_word_as_one_without_a_value() -> None:
    assert parse("år:..").tree == parse("år:").tree == word("år")


def test_a_person_is_a_phrase_and_a_party_a_key() -> None:
    assert parse('person:"Ada Exempel"').tree == Phrase('person:"Ada Exempel"', ("ada", "exempel"))
    assert parse("person:Exempel").tree == Word("person:Exempel", (), ("exempel",))
    exact = ("party:s", "socialdemokraterna", "socialdemokraternas")
    for typed in ("S", "(S)", "Socialdemokraterna"):
        assert parse(f"parti:{typed}").tree == Word(f"parti:{typed.strip('()')}", ("party:s",), exact)
    assert parse("parti:FNL").tree == Word("parti:FNL", ("party:fnl",), ("party:fnl",))


def test_a_party_in_brackets_is_no_group() -> None:
    assert parse("Ada Exempel (L)").interpreted == "Ada OCH Exempel OCH (L)"
