from __future__ import annotations

import datetime

import pytest

from corpus.document import Extraction
from corpus.metadata.inference import infer


def date(text: str) -> datetime.date | None:
    return infer(Extraction((text,), paged=False), "x.txt").date


OTHER_DATES = (
    """Protokoll
    Miljönämnden
    Plats och tid Stadshuset kl 13
    Beslutande Fiktiva Fiktivsson
    Justeringens plats och tid Stadshuset 2024-05-06
    Anslagsdatum 2024-05-07
    § 1 Val""",
    """§ 1 Val
    Ärendet bordläggs till sammanträdet
    den 27 november 2024.
    § 2 Val
    Ärendet bordläggs till
    den 27 november 2024.""",
    """§ 1 Motion
    Motionen daterad 2024-05-06 remitteras.
    Tjänsteskrivelse 2024-05-07""",
)


@pytest.mark.parametrize("text", OTHER_DATES)
def test_a_date_of_something_else_is_not_the_meetings(text: str) -> None:
    assert date(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Protokoll\nMiljönämnden\nSammanträdesdatum 260615\nPlats och tid Stadshuset\n§ 1 Val",
            "2026-06-15",
        ),
        ("Protokoll 2026\nMiljönämnden\nSammanträdesdatum: 15/6\nPlats och tid Huset\n§ 1 Val", "2026-06-15"),
        ("Miljönämnden\nSammanträdesdatum: 24-25 januari 2023\n§ 1 Val", "2023-01-24"),
        (
            "Justeringens plats och tid: Huset 2019-04-12\nPlats och tid: Huset den 5 april 2019\n§ 1",
            "2019-04-05",
        ),
        (
            "Stockholms stad\nNämnden\nTid: torsdagen den 15 juni 2023\nJusterat: 22 juni 2023\n§ 1",
            "2023-06-15",
        ),
        ("2019-02-13\n\n§ 5 Val\n\nden 8 februari\n\nUtdragsbestyrkande\n\n2019-02-13\n", "2019-02-13"),
    ],
)
def test_the_meetings_date_is_read_in_every_form(text: str, expected: str) -> None:
    assert date(text) == datetime.date.fromisoformat(expected)


def test_the_first_of_several_meetings_counts() -> None:
    own = "Socialnämnden\nSammanträdesdatum 2020-05-06\n§ 1 Val\n"

    assert date(own + "Kommunstyrelsen\nSammanträdesdatum 2020-01-01\n") == datetime.date(2020, 5, 6)
