import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Decision, DecisionKind, PartKind
from corpus.part_headings import kind_of
from corpus.parts import decision_of, split

SECTION = """Ärendebeskrivning

Badet är slitet.

Beredning

Förvaltningen har skrivit om badet.

Yrkanden

Ada Exempelsson (X) yrkar bifall till förslaget.

Bo Provholm (Y) och Cia Påhitt (Z) yrkar avslag

att badet stängs

Beslutsgång

Ordföranden finner bifall.

Beslut

Badet renoveras.

Reservation

Bo Provholm (Y) reserverar sig mot beslutet.

Expedieras till

Fritidschefen"""


def test_a_section_comes_apart_into_typed_parts_with_one_motion_a_mover():
    parts = split(SECTION)

    assert [(part.kind, part.by) for part in parts] == [
        (PartKind.BACKGROUND, None),
        (PartKind.PREPARATION, None),
        (PartKind.MOTION, "Ada Exempelsson (X)"),
        (PartKind.MOTION, None),
        (PartKind.PROCEDURE, None),
        (PartKind.DECISION, None),
        (PartKind.RESERVATION, "Bo Provholm (Y)"),
        (PartKind.RECIPIENTS, None),
    ]
    assert parts[3].text.endswith("att badet stängs")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Ärendebeskrivning", PartKind.BACKGROUND),
        ("SAMMANFATTNING", PartKind.BACKGROUND),
        ("Ärendet", PartKind.BACKGROUND),
        ("Beslutsunderlag", PartKind.PREPARATION),
        ("Handlingar", PartKind.PREPARATION),
        ("Tidigare behandling", PartKind.PREPARATION),
        ("Förvaltningens yttrande", PartKind.PREPARATION),
        ("Kommunstyrelsen föreslås besluta", PartKind.PROPOSAL),
        ("Förslag till låtsasnämnden", PartKind.PROPOSAL),
        ("Arbetsutskottets förslag till beslut i låtsasnämnden", PartKind.PROPOSAL),
        ("Yrkanden", PartKind.MOTION),
        ("Förslag till beslut på sammanträdet", PartKind.MOTION),
        ("Propositionsordning", PartKind.PROCEDURE),
        ("Omröstning – huvudvotering", PartKind.PROCEDURE),
        ("Beslut", PartKind.DECISION),
        ("Kommunstyrelsens beslut", PartKind.DECISION),
        ("LÅTSAS- OCH UTBILDNINGSNÄMNDENS BESLUT", PartKind.DECISION),
        ("Nämnden beslutar således", PartKind.DECISION),
        ("ARBETSUTSKOTTET BESLUTAR", PartKind.DECISION),
        ("Överlåtsasnämndens beslut:", PartKind.DECISION),
        ("Särskilt yttrande", PartKind.RESERVATION),
        ("Protokollsanteckning", PartKind.OTHER),
        ("Paragrafen är justerad", PartKind.OTHER),
        ("Beslut expedieras till:", PartKind.RECIPIENTS),
        ("Protokollsutdrag skickas till", PartKind.RECIPIENTS),
        ("Beslutet ska skickas till", PartKind.RECIPIENTS),
        ("Enligt kommunstyrelsens förslag:", None),
        ("Kommunfullmäktige beslutade att anta planen för bad", None),
        ("Beslutet är bra.", None),
        ("att kommunfullmäktige beslutar:", None),
        ("Information om badet", None),
        ("Påhittbergs fond fördelas enligt låtsasnämndens förslag:", None),
        ("Ordföranden ställer arbetsutskottets förslag till beslut mot Ada Exempelsson", None),
        ("Förvaltningsrätten upphäver låtsasnämndens beslut", None),
        ("Nämnden delar förvaltningens bedömning", None),
        ("Reservation mot låtsasnämndens förslag", PartKind.RESERVATION),
        (
            "Kommunstyrelsen tillstyrker nämndens förslag och föreslår att kommunfullmäktige beslutar:",
            PartKind.PROPOSAL,
        ),
    ],
)
def test_headings_are_known_in_their_spellings_and_sentences_are_none(line, kind):
    assert kind_of(line) is kind


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Beslut\n\nBadet renoveras.", DecisionKind.FINAL, "Badet renoveras."),
        ("Beslut: Badet renoveras.", DecisionKind.FINAL, "Badet renoveras."),
        (
            "Beslut\n\nFörslag till beslut i låtsasnämnden\nLåtsasnämnden beslutar att renovera badet.",
            DecisionKind.PROPOSAL,
            "Låtsasnämnden beslutar att renovera badet.",
        ),
        (
            "Beslut\n\nArbetsutskottet föreslår att kommunstyrelsen beslutar\n\natt renovera badet",
            DecisionKind.PROPOSAL,
            "att renovera badet",
        ),
        (
            "Beslut\n\nPlanen godkänns.\n\nFörslag till beslut i kommunfullmäktige\n\nPlanen antas.",
            DecisionKind.PROPOSAL,
            "Planen godkänns.\n\nFörslag till beslut i kommunfullmäktige\n\nPlanen antas.",
        ),
        (
            "Beslut\n\nNämnden tillstyrker planen och föreslår att kommunfullmäktige beslutar:\nBad öppnas.",
            DecisionKind.PROPOSAL,
            "Bad öppnas.",
        ),
        (
            "Kommunstyrelsens beslut\n\nKommunstyrelsen föreslår kommunfullmäktige\n\natt hålla badet öppet",
            DecisionKind.PROPOSAL,
            "Kommunstyrelsen föreslår kommunfullmäktige\n\natt hålla badet öppet",
        ),
        ("Beslut\n\nÄrendet bordläggs.", DecisionKind.REFERRED, "Ärendet bordläggs."),
        (
            "Beslut\n\nBeslut i ärendet hänskjuts till nästa möte.",
            DecisionKind.REFERRED,
            "Beslut i ärendet hänskjuts till nästa möte.",
        ),
        ("Beslut\n\nMotionen återremitteras.", DecisionKind.REFERRED, "Motionen återremitteras."),
        ("Beslut\n\nYrkandet om återremiss avslås.", DecisionKind.FINAL, "Yrkandet om återremiss avslås."),
        (
            "Beslut\n\nRapporten godkänns.\n\nPunkterna 2–4 bordläggs.",
            DecisionKind.FINAL,
            "Rapporten godkänns.\n\nPunkterna 2–4 bordläggs.",
        ),
        ("Ärendet\n\nBad.\n\nFörslag till beslut\n\nBadet öppnas.", DecisionKind.PROPOSAL, "Badet öppnas."),
        (
            "Badet är slitet.\n\nLåtsasnämnden beslutar att renovera badet.",
            DecisionKind.FINAL,
            "Låtsasnämnden beslutar att renovera badet.",
        ),
    ],
)
def test_a_decision_is_told_by_its_words_and_its_heading(text, kind, words):
    decision = decision_of(text)

    assert decision is not None
    assert (decision.kind, decision.text) == (kind, words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rektor berättar om badet.",
        "Information\n\nRektor berättar.",
        "Nämnden beslöt vid förra mötet att bordlägga ärendet om badet.",
    ],
)
def test_a_section_that_decides_nothing_has_no_decision(text):
    assert decision_of(text) is None


def test_a_line_that_names_whose_proposal_is_followed_is_among_the_words_of_the_decision():
    points = "1. Pengar ur\nPåhittbergs fond fördelas enligt låtsasnämndens förslag:\na. 1 kr till Ada."

    decision = decision_of(f"Beslut\n\n{points}")

    assert decision == Decision(DecisionKind.FINAL, points)


def test_what_follows_a_decision_is_not_among_its_words():
    text = (
        "Beslut\n\nBadet renoveras.\n\nAda Exempelsson (X) deltar inte i beslutet.\n\n"
        "Bo Provholm (Y) reserverar sig mot beslutet.\n\nExpedieras till bad@exempel.se\n\n"
        "Paragrafen är justerad"
    )

    decision = decision_of(text)

    assert decision is not None
    assert decision.text == "Badet renoveras."
    assert [part.kind for part in split(text)] == [
        PartKind.DECISION,
        PartKind.OTHER,
        PartKind.RESERVATION,
        PartKind.RECIPIENTS,
    ]


BLOCKS = st.lists(
    st.sampled_from(
        [
            "Beslut",
            "Yrkanden",
            "Badet är stort.",
            "Ada Exempelsson (X) yrkar bifall.",
            "• sand\n• grus",
            "att bada",
            "Reservation",
            "Beslut: Badet öppnas.",
        ]
    ),
    max_size=12,
)


@given(BLOCKS)
@settings(max_examples=150)
def test_the_parts_joined_are_the_text_without_headings(blocks):
    parts = split("\n\n".join(blocks))

    lines = [line for block in blocks for line in block.split("\n") if kind_of(line) is None]
    expected = [line.removeprefix("Beslut: ") for line in lines]
    found = [line for part in parts for line in part.text.split("\n") if line and kind_of(line) is None]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (
            "Badet.\n\nÄrendet hänskjuts till fullmäktige.\n\nExpedieras till\n\nAkten",
            DecisionKind.REFERRED,
            "Ärendet hänskjuts till fullmäktige.",
        ),
        (
            "Chefen talar om badet. Låtsasnämnden noterar informationen.",
            DecisionKind.FINAL,
            "Låtsasnämnden noterar informationen.",
        ),
        (
            "Bad.\n\nNämnden för Lek & Badens beslut\n\nBadet öppnas.",
            DecisionKind.FINAL,
            "Badet öppnas.",
        ),
        (
            "Bad.\n\nBeslut\n\nMotionen remitteras till låtsasnämnden för beredning.",
            DecisionKind.REFERRED,
            "Motionen remitteras till låtsasnämnden för beredning.",
        ),
        (
            "Bad.\n\nBeslut\n\nFyra platser utgår ur planen.",
            DecisionKind.FINAL,
            "Fyra platser utgår ur planen.",
        ),
        (
            "Bad.\n\nLåtsasnämnden föreslår kommunfullmäktige\n\natt öppna badet",
            DecisionKind.PROPOSAL,
            "Låtsasnämnden föreslår kommunfullmäktige\n\natt öppna badet",
        ),
    ],
)
def test_a_decision_is_found_without_a_known_heading_or_verb(text, kind, words):
    decision = decision_of(text)

    assert decision is not None
    assert (decision.kind, decision.text) == (kind, words)


def test_what_was_put_off_at_an_earlier_meeting_is_no_decision():
    assert decision_of("Ärendet hänskjuts ofta. Badet är slitet.") is None


@pytest.mark.parametrize(
    "heading",
    ["Expedieras till", "Beslut expedieras till:", "Protokollsutdrag skickas\ntill", "Expedieras\n\ntill:"],
)
def test_the_word_till_belongs_to_the_heading_of_the_recipients(heading):
    parts = split(f"Beslut\n\nBadet öppnas.\n\n{heading}\n\nAkten")

    assert [(part.kind, part.text) for part in parts][1:] == [(PartKind.RECIPIENTS, "Akten")]


def test_a_motion_is_by_one_person_or_by_none():
    text = (
        "Yrkanden\n\nAda Exempelsson (X) yrkar bifall. Bo Provholm (Y) yrkar avslag.\n\n"
        "Ledamöterna från X och Z yrkar återremiss.\n\n"
        "Bo Provholm (Y) med instämmande av Cia Påhitt (Z) yrkar bifall."
    )

    parts = split(text)

    assert [part.by for part in parts] == ["Ada Exempelsson (X)", "Bo Provholm (Y)", None, "Bo Provholm (Y)"]
