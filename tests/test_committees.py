from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.committee_names import find_names, repaired
from corpus.committees import by_letters, by_slug, municipalities_of, named, spelled_out
from corpus.document import Committee

PARTS = st.sampled_from(
    ["barn", "kultur", "miljö", "bygg", "vård", "teknik", "plan", "arbetsmarknads", "social"]
)
TAILS = st.sampled_from(["utbildnings", "omsorgs", "fritids", "byggnads", "hälsoskydds", "äldre"])


@st.composite
def boards(draw: st.DrawFn) -> tuple[str, str]:
    """A board's name in its one spelling and in another."""
    first, tail = draw(PARTS), draw(TAILS)
    owned = draw(st.sampled_from(["", "arbetsutskott", "presidium", "myndighetsutskott"]))
    name = f"{first.capitalize()}- och {tail}nämnden{'s ' + owned if owned else ''}"
    link = draw(
        st.sampled_from(["- och ", " och ", "och ", " - och ", "-och ", "-\noch ", "- och\n", "- & "])
    )
    written = f"{first}{link}{tail}nämnden{'s ' + owned if owned else ''}"
    written = draw(st.sampled_from([written.capitalize(), written.upper(), written, f"Storåsens {written}"]))
    return name, written if owned else written + draw(st.sampled_from(["", "s" if written.islower() else ""]))


@given(boards())
def test_every_spelling_of_a_board_is_the_one_that_is_shown(board: tuple[str, str]) -> None:
    name, written = board

    found = named(written)

    assert found is not None
    assert found.name == name


@given(boards())
def test_the_name_of_a_body_means_itself(board: tuple[str, str]) -> None:
    found = named(board[0])

    assert found is not None
    assert named(found.name) == found


@given(st.text(max_size=60))
def test_any_text_is_a_stable_name_or_none(text: str) -> None:
    found = named(text)

    assert found is None or (found.slug and named(found.name) is not None)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("KOMMUNSTYRELSENS PLAN- OCH\nTILLVÄXTUTSKOTT", "Kommunstyrelsens plan- och tillväxtutskott"),
        ("Socialnämndens barn- och familjeutskott", "Socialnämndens barn- och familjeutskott"),
        ("Direktionen", "Direktionen"),
        ("Brottsförebyggande rådet", "Brottsförebyggande rådet"),
        ("Nämnden Kultur & Fritid", "Nämnden Kultur & Fritid"),
        ("Miljö och klimatnämnden", "Miljö- och klimatnämnden"),
        ("Idrott- och föreningsnämnden", "Idrotts- och föreningsnämnden"),
        ("barnoch utbildningsnämnden", "Barn- och utbildningsnämnden"),
        ("Bygg-\noch miljönämnden", "Bygg- och miljönämnden"),
        ("Kultur, idrott och fritidsnämnden", "Kultur-, idrotts- och fritidsnämnden"),
        ("Äldre samt vård- och omsorgsnämnden", "Äldre samt vård- och omsorgsnämnden"),
        ("Lunds kommunstyrelse", "Kommunstyrelsen"),
        ("Göteborgs Stads kommunfullmäktige", "Kommunfullmäktige"),
        ("Till kommunstyrelsen", "Kommunstyrelsen"),
        ("Kommunstyrelsens arbetsutskott", "Kommunstyrelsens arbetsutskott"),
        ("KSAU", "Kommunstyrelsens arbetsutskott"),
        ("ks", "Kommunstyrelsen"),
        ("KF", "Kommunfullmäktige"),
        ("SOCIALNÄMNDEN CENTRUM", "Socialnämnden Centrum"),
        ("Nämnden för funktionsstöd", "Nämnden för funktionsstöd"),
        ("Nämnden för teknik, fritid och kultur", "Nämnden för teknik, fritid och kultur"),
        ("Gemensam nämnd för familjerätt", "Gemensamma nämnden för familjerätt"),
        ("Kommunala integrationsrådet", "Kommunala integrationsrådet"),
        ("Kommunalt pensionärsråd", "Kommunala pensionärsrådet"),
        ("Rinkeby-Kista stadsdelsnämnd", "Rinkeby-Kista stadsdelsnämnd"),
        ("Stadsdelsnämnden Norra Hisingen", "Stadsdelsnämnden Norra Hisingen"),
        ("Kommunfullmäktiges valberedning", "Kommunfullmäktiges valberedning"),
        ("Tekniska nämndens arbetsutskott", "Tekniska nämndens arbetsutskott"),
        ("Samhällsbyggnadsutskottet", "Samhällsbyggnadsutskottet"),
        ("KUN", "KUN"),
        ("Stadens hemliga sällskap", "Stadens hemliga sällskap"),
    ],
)
def test_a_body_has_one_name(written: str, name: str) -> None:
    found = named(written)

    assert found is not None
    assert found.name == name


def test_the_sub_committee_is_not_its_owner() -> None:
    assert named("Kommunstyrelsens arbetsutskott") != named("Kommunstyrelsen")


@pytest.mark.parametrize("name", ["", " ", "§§", "-"])
def test_a_name_without_a_letter_is_no_body(name: str) -> None:
    assert named(name) is None


def test_bodies_in_a_sentence_are_two_and_a_company_is_none() -> None:
    text = "Kommunstyrelsen och barn- och ungdomsnämnden samt socialnämndens arbetsutskott, bolagsstyrelsen"

    found = [match.name for match in find_names(text)]

    assert found == ["Kommunstyrelsen", "Barn- och ungdomsnämnden", "Socialnämndens arbetsutskott"]


def test_the_short_form_says_that_it_is_one() -> None:
    found = [
        (match.name, match.abbreviated) for match in find_names("Arbetsutskottet, nämnden, socialnämnden")
    ]

    assert found == [("Arbetsutskottet", True), ("Nämnden", True), ("Socialnämnden", False)]


@given(st.text(alphabet="barnoch -&,nämdeskotufl\n", max_size=80))
def test_any_text_is_searched_for_names_and_a_match_stands_where_it_says(text: str) -> None:
    mended = repaired(text)

    for match in find_names(mended):
        assert 0 <= match.start < match.end <= len(mended)
        assert match.name


def test_letters_mean_a_body_only_where_that_is_known() -> None:
    assert by_letters("KS", None) == Committee("kommunstyrelsen", "Kommunstyrelsen")
    assert by_letters("BUN", None) is None
    assert by_letters("BUN", "alingsas") == Committee("barn-och-ungdomsnamnden", "Barn- och ungdomsnämnden")
    assert by_letters("BUN", "hoor") == Committee(
        "barn-och-utbildningsnamnden", "Barn- och utbildningsnämnden"
    )
    assert by_letters("SLK", "goteborg") is None


def test_the_letters_of_a_body_and_au_are_its_sub_committee() -> None:
    found = by_letters("VONAU", "alingsas")

    assert found is not None
    assert found.name == "Vård- och omsorgsnämndens arbetsutskott"


def test_letters_are_spelled_out_by_the_one_name_that_fits() -> None:
    names = ["Kultur- och utbildningsnämnden", "Kommunstyrelsen", "Bygg- och miljönämnden"]

    assert spelled_out("KUN", names) == named("Kultur- och utbildningsnämnden")
    assert spelled_out("XYN", names) is None
    assert spelled_out("KUN", [*names, "Kultur- och ungdomsnämnden"]) is None


def test_a_known_pair_of_letters_and_name_leads_to_its_municipalities() -> None:
    assert municipalities_of("KUN", ["Kultur- och utbildningsnämnden"]) == {"alingsas"}
    assert municipalities_of("KUN", ["Socialnämnden"]) == frozenset()


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("barn-och-ungdomsnamnden", "Barn- och ungdomsnämnden"),
        ("miljo-och-halsoskyddsnamnden", "Miljö- och hälsoskyddsnämnden"),
        ("kommunala-integrationsradet", "Kommunala integrationsrådet"),
        ("namnden-for-funktionsstod", "Nämnden för funktionsstöd"),
        ("ksau", "Kommunstyrelsens arbetsutskott"),
    ],
)
def test_a_part_of_a_path_names_a_body_with_its_letters_restored(part: str, name: str) -> None:
    assert by_slug(part) == named(name)


@pytest.mark.parametrize("part", ["protokoll", "bun", "2019", "grad", "mark-och-exploatering"])
def test_other_parts_of_a_path_name_none(part: str) -> None:
    assert by_slug(part) is None
