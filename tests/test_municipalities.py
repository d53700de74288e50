from __future__ import annotations

import csv
from importlib import resources

import pytest

from corpus.document import Municipality
from corpus.municipalities import by_name, by_seat, by_slug, designations, free_designation, known, places


def facts() -> list[dict[str, str]]:
    lines = resources.files("corpus").joinpath("municipalities.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_all_290_are_known_by_every_form_of_their_name() -> None:
    rows = facts()

    for row in rows:
        forms = (
            row["name"],
            f"{row['genitive']} kommun",
            f"{row['genitive']} KOMMUN".upper(),
            f"{row['genitive']} stad",
        )
        assert {found.name for form in forms if (found := known(form))} == {row["name"]}

    assert len(rows) == 290


def test_no_two_have_one_slug() -> None:
    found = {municipality for row in facts() if (municipality := known(row["name"]))}

    assert len({municipality.slug for municipality in found}) == 290


def test_letters_that_two_share_mean_neither() -> None:
    assert by_slug("habo") is None
    assert by_name("Habo") != by_name("Håbo")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Lunds kommun", "Lund"),
        ("LUNDS KOMMUN", "Lund"),
        ("  Lunds   kommun ", "Lund"),
        ("lund", "Lund"),
        ("Göteborgs Stad", "Göteborg"),
        ("Malmö stad", "Malmö"),
        ("Borås Stad", "Borås"),
        ("Mora kommun", "Mora"),
        ("Falu kommun", "Falun"),
        ("Hofors kommun", "Hofors"),
        ("Region Gotland", "Gotland"),
        ("Dals-Eds kommun", "Dals-Ed"),
        ("Lilla Edets kommun", "Lilla Edet"),
        ("Upplands-Bro kommun", "Upplands-Bro"),
        ("Åtvidabergs kommunstyrelse", "Åtvidaberg"),
        ("Påhittsbo kommun", "Påhittsbo"),
        ("STORÅSENS KOMMUN", "Storåsen"),
        ("Fiktivsnäs kommun", "Fiktivsnäs"),
    ],
)
def test_a_name_is_shown_short_in_whatever_form_it_is_given(written: str, name: str) -> None:
    found = by_name(written)

    assert found is not None
    assert found.name == name


def test_a_short_name_means_itself() -> None:
    for row in facts():
        found = by_name(row["name"])

        assert found is not None
        assert found.name == row["name"]


@pytest.mark.parametrize("name", ["", " ", "§", "---"])
def test_a_name_without_a_letter_means_none(name: str) -> None:
    assert by_name(name) is None


def test_designations_are_found_and_companies_are_none() -> None:
    text = "JÖNKÖPINGS KOMMUN, Påhittsbo kommun, Göteborgs Stadshus AB. Från Lunds kommun till Malmö stad."

    found = [(text[match.start : match.end], match.municipality.name) for match in designations(text)]

    assert found == [("JÖNKÖPINGS KOMMUN", "Jönköping"), ("Lunds kommun", "Lund"), ("Malmö stad", "Malmö")]


def test_a_seat_leads_to_its_municipality() -> None:
    assert by_seat("Kinna") == Municipality("mark", "Mark")
    assert [found.municipality.name for found in places("Kommunhuset, Kinna")] == ["Mark"]
    assert [found.municipality.name for found in places("Rådhuset, Stortorget 7, Lund")] == ["Lund"]


@pytest.mark.parametrize(
    "line", ["Din kommun", "Kommun", "ALE KOMMUN Kommunstyrelsen", "Till kommunstyrelsen"]
)
def test_a_line_that_is_no_name_alone_designates_none(line: str) -> None:
    assert free_designation(line) is None


def test_a_slug_may_lose_its_hyphens() -> None:
    assert by_slug("upplandsbro") == by_slug("upplands-bro") == Municipality("upplands-bro", "Upplands-Bro")
    assert by_slug("pahittsbo") is None
