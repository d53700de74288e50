from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dnr import DnrMatch, find, find_in_heading, key, remove_from_heading
from corpus.registries import can_be_registry

PREFIXES = st.sampled_from(["KS", "KUN", "BUN", "SLK", "SÄN", "BNS", "VON", "ÖN", "LOV", "KSKF", "FN"])
YEARS = st.integers(1995, 2039)
NUMBERS = st.integers(1, 99_999)
LABELS = st.sampled_from(
    ["", "Dnr ", "dnr: ", "Dnr. ", "D.nr ", "Diarienummer ", "Diarienr: ", "Ärendenummer  "]
)
MARKS = st.sampled_from(["/", ".", ":", "-"])


@st.composite
def spellings(draw: st.DrawFn) -> tuple[str, str]:
    """One case and one way to write it."""
    prefix, year, number = draw(PREFIXES), draw(YEARS), draw(NUMBERS)
    digits = str(number).zfill(draw(st.integers(3, 6)))
    mark, joint = (
        draw(MARKS),
        draw(st.sampled_from([" ", "/", "-", ".", "  "] + [""] * (not prefix[-1].isdigit()))),
    )
    body = draw(
        st.sampled_from(
            [f"{prefix}{joint}{year}{mark}{digits}", f"{prefix}{joint}{digits.zfill(5)}/{year}"]
            + [f"{year}{mark}{digits}{joint}{prefix}", f"{year}{mark}{prefix}{joint}{digits}"]
            * prefix.isalpha()
        )
    )
    if draw(st.booleans()):
        body = body.lower()
    return f"{prefix}-{year}-{number}", draw(LABELS) + body


@given(spellings())
def test_every_spelling_of_a_case_has_its_one_key(case: tuple[str, str]) -> None:
    expected, written = case

    found = key(written)

    assert found == expected


@given(spellings())
def test_the_key_of_a_key_is_itself(case: tuple[str, str]) -> None:
    first = key(case[1])

    assert first is not None
    assert key(first) == first


@given(st.text(max_size=60))
def test_any_text_has_a_stable_key_or_none(text: str) -> None:
    found = key(text)

    assert found is None or key(found) == found


@given(st.text(alphabet="KSkun dr.§:/-0123456789\n,", max_size=80))
def test_a_match_says_where_it_stands_and_its_text_has_its_key(text: str) -> None:
    for match in find(text) + find_in_heading(text):
        assert text[match.start : match.end] == match.written
        assert match.key == key(match.key)


@given(st.lists(spellings(), min_size=1, max_size=4))
def test_labelled_capitals_are_found_in_running_text(cases: list[tuple[str, str]]) -> None:
    written = [(k, w) for k, w in cases if not w[0].isdigit() and w.upper().startswith(k.split("-")[0])]
    text = "Ärendet bereds. " + " Beslutet gäller nu. ".join(f"Dnr {w.upper()}" for _, w in written)

    found = [match.key for match in find(text)]

    assert found == [k for k, _ in written]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("KS 2019/0835", "KS-2019-835"),
        ("KS2019/835", "KS-2019-835"),
        ("dnr ks 2019-0835", "KS-2019-835"),
        ("KS 2019 835", "KS-2019-835"),
        ("KS 2019/0835-12", "KS-2019-835"),
        ("ks.2019.123.042", "KS-2019-123"),
        ("2019.088 KUN", "KUN-2019-88"),
        ("SLK-2023-00829", "SLK-2023-829"),
        ("SLK-2023-00829:30", "SLK-2023-829"),
        ("N 160-0167/23", "N160-2023-167"),
        ("N160-0167/23", "N160-2023-167"),
        ("0123/22", "DNR-2022-123"),
        ("00322/2026", "DNR-2026-322"),
        ("00031/20231.1.2", "DNR-2023-31"),
        ("Bun/2015:188   611", "BUN-2015-188"),
        ("2011BNS0306", "BNS-2011-306"),
        ("2011/KS 0206 001", "KS-2011-206"),
        ("SÄN/2012:3", "SÄN-2012-3"),
        ("STK–2019–2020", "STK-2019-2020"),
        ("FN 5390/18", "FN-2018-5390"),
        ("KS19/123", "KS-2019-123"),
        ("SA\u0308N/2012:3", "SÄN-2012-3"),
    ],
)
def test_each_known_form_is_read(written: str, expected: str) -> None:
    assert key(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2019-11-25",
            "2019.12.05",
            "2019-2021",
            "2019/2020",
            "2016/17",
            "2019-11",
            "12.05.2019",
            "5/12/2019",
        ),
        *("15/6", "KS 2016-04-06", "2017:725", "SFS 2017:900", "SFS 2010:800", "PBL 2010:900", "SOU 2020:12"),
        *("prop. 2016/17:171", "SKOLFS 2011:144", "TRV 2020/21182", "EU 2016/679", "ISO 9001:2015", "14:30"),
        *(
            "212000-1553",
            "0322-616000",
            "08-123 45 67",
            "19800101-1234",
            "",
            "KS",
            "§",
            "kosten/baten",
            ":::",
        ),
        *("a:b", "2019", "KS 2019/0000"),
    ],
)
def test_what_is_no_municipal_dnr_has_no_key(written: str) -> None:
    assert key(written) is None


def test_running_text_yields_only_what_is_surely_a_dnr() -> None:
    text = (
        "Enligt KS 2019/0835 och 2019.089 KUN, prop. 2016/17:171, skollagen (2010:800), PBL (2010:900), "
        "TRV 2020/21182 och (EU) 2016/679 samt EU 2016/679 ska 0123/22 prövas. KS 2016-04-06 § 125, "
        "KF 2019-2021. Storåsen 2:11, STORÅSEN 123:45, § 63/2026 KS, läsåret 2019/20, kl. 14:30."
    )

    found = [match.written for match in find(text)]

    assert found == ["KS 2019/0835", "2019.089 KUN"]


def test_bare_digits_are_a_dnr_after_a_word_for_it_and_so_is_the_list_that_follows() -> None:
    found = find("Dnr 0123/22, 0124/22 och 0125/22. Diarienummer\n00322/2026. Dnr KS 2016/0178, 2016/0179")

    assert [match.key for match in found] == [
        "DNR-2022-123",
        "DNR-2022-124",
        "DNR-2022-125",
        "DNR-2026-322",
        "KS-2016-178",
        "KS-2016-179",
    ]


def test_a_bare_number_of_an_authority_is_not_the_municipalitys() -> None:
    assert find("Länsstyrelsens beslut, dnr 5475-2026, och ert dnr 123/2020") == []


@pytest.mark.parametrize(
    ("heading", "keys", "rest"),
    [
        ("§ 28 0123/22", ["DNR-2022-123"], "§ 28"),
        ("§ 112 2026.272 KS", ["KS-2026-272"], "§ 112"),
        ("§ 8 1115/22 forts.", ["DNR-2022-1115"], "§ 8 forts."),
        ("§ 36 Ärendenummer SLK-2024-00009:30", ["SLK-2024-9"], "§ 36"),
        ("§ 162   Diarienummer 00322/2026", ["DNR-2026-322"], "§ 162"),
        ("00031/20231.1.2", ["DNR-2023-31"], ""),
        ("Bun/2015:188   611", ["BUN-2015-188"], ""),
        ("Dnr. 2011/KS 0206 001", ["KS-2011-206"], ""),
        ("§135 Dnr: 2011BNS0306", ["BNS-2011-306"], "§135"),
        ("26 Dnr KS 2018/14 Budget 2019-2021", ["KS-2018-14"], "26 Budget 2019-2021"),
        ("§ 4 Motion om cykelväg (KS 2019/12)", ["KS-2019-12"], "§ 4 Motion om cykelväg"),
        ("§ 12 Remiss av lag 2017:725 och SOU 2023:12", [], "§ 12 Remiss av lag 2017:725 och SOU 2023:12"),
        ("§ 3 Läsåret 2022/23", [], "§ 3 Läsåret 2022/23"),
        ("§ 3 2022/23 års budget", [], "§ 3 2022/23 års budget"),
        ("§ 354 Kommunalt partnerskap", [], "§ 354 Kommunalt partnerskap"),
    ],
)
def test_a_heading_gives_its_dnr_and_what_is_left_without_it(
    heading: str, keys: list[str], rest: str
) -> None:
    found = [match.key for match in find_in_heading(heading)]
    left = remove_from_heading(heading)

    assert found == keys
    assert left == rest


def test_a_match_is_written_as_it_stands() -> None:
    assert find("Dnr KS 2019/0835.") == [DnrMatch("KS 2019/0835", "KS-2019-835", 4, 16)]


@pytest.mark.parametrize(
    "unit", ["1" * 7, "2019/", "KS 2019-", "dnr . . ", "9-9.9.9", "Dnr" + " " * 30, "a" * 50]
)
def test_long_hostile_text_is_read_to_its_end(unit: str) -> None:
    text = unit * 20_000 + " och KS 2019/0835"

    found = [match.key for match in find(text)]

    assert found[-1:] == ["KS-2019-835"]


def test_statute_books_are_no_registries_but_a_municipalitys_own_is() -> None:
    assert not can_be_registry("SFS")
    assert not can_be_registry("HSLF-FS")
    assert can_be_registry("KFS")
    assert can_be_registry("")


@pytest.mark.parametrize(
    ("heading", "written", "expected"),
    [
        ("§ 46Dnr 2005/236", "2005/236", "DNR-2005-236"),
        ("Ks §46Dnr KS 2005/236", "KS 2005/236", "KS-2005-236"),
        ("§ 4 Diarienummer: 22SN118", "22SN118", "SN-2022-118"),
        ("§ 4 Ärendenummer SLK:16342", "SLK:16342", "SLK-0-16342"),
    ],
)
def test_a_label_makes_a_dnr_of_what_follows_it(heading: str, written: str, expected: str) -> None:
    (found,) = find_in_heading(heading)

    assert (found.written, found.key) == (written, expected)
    assert key(written) == key(f"dnr {written}") == key(expected) == expected
    assert not any(character.isdigit() for character in remove_from_heading(heading).split("§")[1][3:])


@pytest.mark.parametrize("text", ["I 22SN118 och SLK:16342 står", "dnr PBL:1234", "Dnr SLK:2019", "KS:2019"])
def test_such_a_code_is_no_dnr_without_a_label_or_as_a_statute(text: str) -> None:
    assert not find(text)
    assert key(text) is None
