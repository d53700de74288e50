from __future__ import annotations

import pytest

from corpus.document import Extraction
from corpus.metadata.inference import infer


def municipality(text: str) -> str | None:
    found = infer(Extraction(tuple(text.split("\f")), paged="\f" in text), "x.txt").municipality
    return found.name if found else None


SPOKEN_OF = (
    """§ 12 Yttrande

    Malmö stad har översänt ett förslag. Malmö stad vill ha yttrande från kommunen.
    Samarbetet i Malmö är gott.

    Beslut

    Kommunstyrelsen beslutar att avge yttrandet.""",
    """§ 3 Avtal med Lunds kommun

    Avtal tecknas med Lunds kommun. Avtalet med Lunds kommun gäller ett år.

    Beslut

    Socialnämnden beslutar att teckna avtal med Lunds kommun.""",
    """Lunds kommuns plan är på remiss. I Lunds kommun planeras bostäder. Lunds kommun växer. För Lunds
    kommun är det viktigt. Staffanstorps kommun ser positivt på den. Staffanstorps kommun håller med.""",
    """Barn- och utbildningsnämnden
    Protokoll
    2022-03-01
    § 1 2022.123 BUN
    Ansökan från Lerums kommun""",
    """Fiktiva Lund (S) och Påhitt Berg (M) yrkar bifall. Hitta Boden (C) yrkar avslag.""",
)


@pytest.mark.parametrize("text", SPOKEN_OF)
def test_a_municipality_that_is_only_spoken_of_is_not_inferred(text: str) -> None:
    assert municipality(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Socialnämnden\nProtokoll\n§ 1 Val\nhitta.passon@upplands-bro.se\nMalmö stad", "Upplands-Bro"),
        ("Socialnämnden\nProtokoll\nwww.skovde.se\n§ 1 Val", "Skövde"),
        ("Socialnämnden\nJusteringens plats och tid: Kinna 2020-01-02\n§ 1 Val", "Mark"),
        ("Socialnämnden\nPlats och tid Vilhelmina kommunkontor\n§ 1 Val", "Vilhelmina"),
        ("§ 1 Val\nJusteringen har tillkännagivits på Ydre kommuns digitala\nanslagstavla.", "Ydre"),
        (
            "Utdrag ur protokoll fört vid sammanträde med kommunstyrelsen i Mora kommun\n§ 1 Orsa kommun",
            "Mora",
        ),
        (
            "Kommunens förslag är att Sala kommun bygger. I Sala kommun finns mark. Sala kommun äger den.",
            "Sala",
        ),
    ],
)
def test_the_own_municipality_is_told_by_its_head_its_house_and_its_officials(text: str, name: str) -> None:
    assert municipality(text) == name


def test_two_municipalities_of_one_head_are_none() -> None:
    text = (
        "Gemensam nämnd för familjerätt\nÄlmhults kommun och Markaryds kommun\nProtokoll 2022-03-04\n§ 1 Val"
    )

    assert municipality(text) is None


def test_a_persons_second_name_is_no_place() -> None:
    text = "Socialnämnden\nBeslutande Fiktiva Lund (S)\nMora kommun\n§ 1 Val\nFiktiva Lund yrkar bifall."

    assert municipality(text) == "Mora"
