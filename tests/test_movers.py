"""Who moved and who reserved, as municipalities write it, with people who do not exist."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import PartKind
from corpus.movers import moved
from corpus.parts import split

ADA = "Ada Exempelsson (X)"


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ("Ada Exempelsson (X) yrkar avslag.", ADA),
        ("Ordförande Ada Exempelsson (X) yrkar avslag.", ADA),
        ("Ordföranden Ada Exempelsson (X) yrkar avslag.", ADA),
        ("Tjänstgörande ordföranden Ada Exempelsson (X) yrkar avslag.", ADA),
        ("Tjänstgörande ersättaren Ada Exempelsson (X) yrkar avslag.", ADA),
        ("Tf ordförande Ada Exempelsson (X) yrkar avslag.", ADA),
        ("Förste vice ordföranden Ada Exempelsson (X) yrkar avslag.", ADA),
        ("2:e vice ordförande Ada Exempelsson (X) yrkar avslag.", ADA),
        ("Kommunstyrelsens ordförande Ada Exempelsson (X) yrkar avslag.", ADA),
        ("Oppositionsrådet Ada Exempelsson (X) yrkar avslag.", ADA),
        ("Ada Exempelsson (X), ordförande, yrkar avslag.", ADA),
        ("A Exempelsson (X) yrkar avslag.", "A Exempelsson (X)"),
        ("A. Exempelsson (X) yrkar avslag.", "A. Exempelsson (X)"),
        ("A-B. Exempelsson (X) yrkar avslag.", "A-B. Exempelsson (X)"),
        ("Ada E. Exempelsson Påhitt (X) yrkar avslag.", "Ada E. Exempelsson Påhitt (X)"),
        ("Ada af Exempel (-) yrkar avslag.", "Ada af Exempel (-)"),
        ("Ada Exempelsson (x) yrkar avslag.", "Ada Exempelsson (x)"),
        ("Ada Exempelsson(X) yrkar avslag.", ADA),
        ("- Ada Exempelsson (X) yrkar avslag.", ADA),
        ("• Ada Exempelsson (X) yrkar avslag.", ADA),
        ("1. Ada Exempelsson (X) yrkar avslag.", ADA),
        ("Ada Exempelsson (X) har yrkat avslag.", ADA),
        ("Ada Exempelsson (X) hemställer om avslag.", ADA),
        ("Ada Exempelsson (X) ställer sig bakom förslaget.", ADA),
        ("Ada Exempelsson (X): Bifall till förslaget.", ADA),
        ("Ada Exempelsson (X) bifall till förslaget.", ADA),
        ("Ada\nExempelsson (X) yrkar bifall.", ADA),
        ("Ada Exempelsson\n(X) yrkar bifall.", ADA),
        ("Avslag yrkas av Ada Exempelsson (X).", ADA),
        ("Ada Exempelsson (X) yrkar bifall till Bo Provholms (Y) förslag.", ADA),
        ("Ada Exempelsson (X) med instämmande av Bo Provholm (Y) yrkar bifall.", ADA),
        ("Bo Provholm (Y), Cia Påhitt (Z) och\nAda Exempelsson (X) yrkar bifall.", None),
        ("Bo Provholm (Y), Cia Påhitt (Z) och Ada\nExempelsson (X) yrkar bifall.", None),
        ("Bo Provholm (Y) och tjänstgörande ersättaren Ada Exempelsson (X) yrkar bifall.", None),
        ("Bo Provholm (Y) m.fl. yrkar bifall.", None),
        ("Ledamöterna från X och Y yrkar bifall.", None),
        ("Ordföranden yrkar bifall.", None),
        ("Ada Exempelsson (X) anmäler att ledamöterna från X inte deltar i beslutet.", None),
    ],
)
def test_a_motion_is_by_whom_it_names_when_it_is_one(words: str, by: str | None) -> None:
    motions = [part for part in split(f"Yrkanden\n\n{words}") if part.kind is PartKind.MOTION]

    assert [(part.by, part.text) for part in motions] == [(by, words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ada Exempelsson (X) reserverar sig mot beslutet.", [ADA]),
        ("Ada Exempelsson (X)", [ADA]),
        ("Mot beslutet reserverar sig Ada Exempelsson (X).", [ADA]),
        ("Ada Exempelsson (X) har reserverat sig.", [ADA]),
        ("Ada Exempelsson (X) anmäler reservation.", [ADA]),
        ("Ada Exempelsson (X) lämnar en skriftlig reservation.", [ADA]),
        ("Badet är för dyrt.\n\nAda Exempelsson (X)", [ADA]),
        ("Mot beslutet reserverar sig:\nAda Exempelsson (X)\nBo Provholm (Y)", [ADA, "Bo Provholm (Y)"]),
        ("Ada Exempelsson (X) och Bo Provholm (Y)", [None]),
        ("Ledamöterna från X reserverar sig mot beslutet.", [None]),
        ("Badet är för dyrt.", [None]),
    ],
)
def test_a_reservation_is_by_whom_it_names_or_who_signs_it(words: str, expected: list[str | None]) -> None:
    parts = split(f"Beslut\n\nBadet öppnas.\n\nReservation\n\n{words}")

    assert [part.by for part in parts if part.kind is PartKind.RESERVATION] == expected


@pytest.mark.parametrize(
    "words",
    [
        "Badet öppnas.\n\nMot beslutet reserverar sig Ada Exempelsson (X).",
        "Badet öppnas.\nAda Exempelsson (X) reserverar sig mot beslutet.",
        "Badet öppnas.\n\nAda Exempelsson (X) lämnar följande reservation:\n\nBadet är för dyrt.",
        "Badet öppnas.\n\nReservationer mot beslutet: Ada Exempelsson (X)",
    ],
)
def test_a_reservation_without_a_heading_ends_the_decision(words: str) -> None:
    parts = split(f"Beslut\n\n{words}")

    assert [(part.kind, part.by) for part in parts] == [
        (PartKind.DECISION, None),
        (PartKind.RESERVATION, ADA),
    ]
    assert parts[0].text == "Badet öppnas."


LINES = st.sampled_from(
    [
        "Ada Exempelsson (X) yrkar bifall.",
        "Bo Provholm (Y), Cia Påhitt (Z) och",
        "Ada Exempelsson (X)",
        "att badet öppnas",
        "Ada Exempelsson (X) yrkar bifall. Bo Provholm (Y) yrkar avslag.",
        "Ledamöterna från X",
        "A. Exempelsson",
    ]
)


@given(
    st.lists(st.lists(st.one_of(LINES, st.text(min_size=1, max_size=30)), min_size=1, max_size=5), max_size=5)
)
def test_no_word_is_lost_or_moved(blocks: list[list[str]]) -> None:
    found = moved(blocks)

    words = " ".join(line for block in blocks for line in block).split()
    assert " ".join(line for one in found for block in one.blocks for line in block).split() == words
