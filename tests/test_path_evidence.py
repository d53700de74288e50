from __future__ import annotations

import datetime

import pytest

from corpus.metadata.path_evidence import read_path


@pytest.mark.parametrize(
    ("source", "municipality", "committee", "date"),
    [
        ("lund/kommunstyrelsen/2019-11-25.pdf", "lund", "kommunstyrelsen", "2019-11-25"),
        ("goteborg/ks-2024-05-15.txt", "goteborg", "kommunstyrelsen", "2024-05-15"),
        (
            "alingsas/barn-och-ungdomsnamnden_2018-01-30_protokoll.pdf",
            "alingsas",
            "barn-och-ungdomsnamnden",
            "2018-01-30",
        ),
        ("hoor/bun_2018-01-02.pdf", "hoor", "barn-och-utbildningsnamnden", "2018-01-02"),
        ("excerpts/krokom_bun_2020-06-09.txt", "krokom", None, "2020-06-09"),
        (
            "Upplands Väsby/Kommunstyrelsens arbetsutskott/Protokoll KSAU 20230405.docx",
            "upplands-vasby",
            "kommunstyrelsens-arbetsutskott",
            "2023-04-05",
        ),
        ("marks-kommun/ksau-2020-01-02.pdf", "mark", "kommunstyrelsens-arbetsutskott", "2020-01-02"),
        ("malmo-stad/stadsbyggnadsnamnden/protokoll_2020-02-30.pdf", "malmo", "stadsbyggnadsnamnden", None),
        ("protokoll-kommunfullmaktige-15-juni-2026.pdf", None, "kommunfullmaktige", "2026-06-15"),
        ("lund-kommunstyrelsen-2019-11-25.pdf", "lund", "kommunstyrelsen", "2019-11-25"),
        ("Håbo/kf.pdf", "habo-uppsala", "kommunfullmaktige", None),
        ("2024/mark-och-exploatering.pdf", None, None, None),
        ("x.txt", None, None, None),
        ("", None, None, None),
        ("///", None, None, None),
    ],
)
def test_a_path_tells_what_its_parts_name(
    source: str, municipality: str | None, committee: str | None, date: str | None
) -> None:
    found = read_path(source)

    assert (found.municipality and found.municipality.slug) == municipality
    assert (found.committee and found.committee.slug) == committee
    assert found.date == (datetime.date.fromisoformat(date) if date else None)


def test_what_follows_bilaga_is_the_attachments_own_name() -> None:
    found = read_path("mora/socialnamnden_2024-03-05_bilaga_kommunstyrelsen-2020-01-01.pdf")

    assert found.committee is not None
    assert found.committee.slug == "socialnamnden"
    assert found.date == datetime.date(2024, 3, 5)
