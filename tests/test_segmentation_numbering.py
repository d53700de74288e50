"""Numbers that minutes declare, tables of contents, and agendas that are minutes too."""

import pytest

from corpus.document import DecisionKind
from tests.meeting_texts import BODY, MEETING_COVER, TITLES, meeting, titles_by_number
from tests.section_layouts import numbered, segmented


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("Paragrafer §§111-122", "111", "122"),
        ("Paragrafer\t§§ 335–372", "335", "372"),
        ("Paragrafer12 – 22", "12", "22"),
        ("Paragrafer §52 -§ 59", "52", "59"),
        ("Paragrafer: 1–51", "1", "51"),
        ("Paragrafer\n\n§ 335–372", "335", "372"),
        ("Plats och tid Salen Paragrafer §§94-110", "94", "110"),
    ],
)
def test_declared_numbers_are_read_in_every_spelling(line, first, last):
    text = f"Plats och tid Salen\nBeslutande Ada Exempelsson (X)\n{line}\nUtses att justera Bo Provholm (Y)\n"

    declared = segmented(text).declared_sections

    assert (declared[0], declared[-1]) == (first, last)
    assert len(declared) == int(last) - int(first) + 1


def test_a_paragraph_named_in_a_section_declares_nothing():
    text = "§ 1\nAnmälan av jäv\nBeslut\n\nParagraf 705, Bidrag till vägar\nParagraf 725, Beslut\n"

    assert segmented(text).declared_sections == ()


CONTENTS_LAYOUTS = [
    "§ 1\tInformation\n§ 2\tEn mycket lång titel om\nstrandbad\n§ 3\tMeddelanden\n",
    "Innehållsförteckning\n§ 1 Information\n§ 2 En mycket lång titel om strandbad\n§ 3 Meddelanden\n",
    "§ 1\n§ 2\n§ 3\nInformation\nEn mycket lång titel om strandbad\nMeddelanden\n",
    "1 Information\n2 En mycket lång titel om strandbad\n3 Meddelanden\n",
]


@pytest.mark.parametrize("contents", CONTENTS_LAYOUTS)
def test_a_table_of_contents_is_no_section_and_no_part_of_one(contents):
    body = (
        "§ 1\nInformation\n\nA/ Om budgeten berättas mycket.\n\n"
        "§ 2 2031.002 KS\nEn mycket lång titel om strandbad\nÄrendebeskrivning\nOm sand.\n\nBeslut\nJa.\n\n"
        "§ 3\nMeddelanden\n\nInga meddelanden finns.\nDe kommer senare.\nOch sedan fler.\nOch ännu fler.\n"
    )

    segmentation = segmented(f"{contents}\n{body}")

    assert [section.number for section in segmentation.sections] == ["1", "2", "3"]
    assert [section.title for section in segmentation.sections] == [
        "Information",
        "En mycket lång titel om strandbad",
        "Meddelanden",
    ]


AGENDA = """
    Påhittade rådet

    Sammanträdesdatum 2031-09-20

    Följande ärende ska behandlas:

    1. Information om partnerskap

    Föredragande: Ada Exempelsson

    2. Skrivelse om bidrag

    Dnr KS 2031/0243

    Föredragande: Bo Provholm

    Ada Exempelsson (X)
    Ordförande

    Ledamöter

    Ada Exempelsson (X), ordförande
    Cia Påhitt (Z)

    1. Information om partnerskap

    Sammanfattning

    Ada berättar om avtal i Sagoland.

    2. Skrivelse om bidrag

    Dnr KS 2031/0243

    Sammanfattning

    Skrivelsen kom i mars.

    Beslut

    Skrivelsen bordläggs.
"""


def test_an_agenda_with_minutes_gives_one_section_an_item():
    segmentation = segmented(AGENDA)

    sections = numbered(segmentation)
    assert [(section.number, section.title) for section in sections.values()] == [
        ("1", "Information om partnerskap"),
        ("2", "Skrivelse om bidrag"),
    ]
    assert sections["2"].dnr == ("KS 2031/0243",)
    assert "Föredragande: Bo Provholm" in sections["2"].text
    assert "kom i mars" in sections["2"].text
    assert sections["2"].decision is not None
    assert sections["2"].decision.kind is DecisionKind.REFERRED
    assert "Cia Påhitt" not in sections["2"].text
    assert segmentation.attendance == ("Ada Exempelsson (X), ordförande", "Cia Påhitt (Z)")


@pytest.mark.parametrize(
    "head",
    [
        *("{n} §\n\n{t}", "{n} §      Dnr 2031/{d}\n\n{t}", "{n} § {t}", "Ärende {n}\n{t}", "Nr {n} {t}"),
        *("{n}. {t}", "§\n{n}\n{t}", "Ks {n}/31 {t}"),
    ],
)
def test_declared_numbers_are_found_without_a_sign_before_them(head):
    assert titles_by_number(meeting(head)) == TITLES


def test_a_number_without_a_sign_is_no_heading_unless_it_is_declared():
    text = meeting("{n}. {t}", cover=MEETING_COVER.replace("12-14", "40-44"))

    assert not titles_by_number(text)


def test_declared_sections_that_are_not_found_are_warned_of():
    assert segmented(MEETING_COVER + BODY).warnings == ("§§ 12–14 anges, men 0 av 3 hittades",)
    assert not segmented(meeting("§ {n} {t}")).warnings
    assert not segmented(f"PROTOKOLLSUTDRAG\n{MEETING_COVER}§ 13 Taxa för sotning{BODY}").warnings


@pytest.mark.parametrize("heading", ["Ärenden", "Ärendelista", "Nr Ärende Dnr", ""])
@pytest.mark.parametrize("item", ["{n}. {t}", "{n}   {t}", "Punkt {n} {t}"])
def test_titles_that_come_twice_are_an_agenda_with_its_minutes(heading, item):
    lines = [item.format(n=at, t=title) for at, title in enumerate(TITLES.values(), 1)]
    minutes = [f"{line}\n\nGungor saknas.\n\nBeslut\n1. Köpa gungor\n2. Måla dem\n" for line in lines]
    text = "\n".join(["Närvarande", "Vera Påhittson (S)", "", heading, *lines, "", *minutes])

    segmentation = segmented(text)

    sections = numbered(segmentation)
    assert [section.title for section in sections.values()] == list(TITLES.values())
    assert all("Köpa gungor" in section.text for section in sections.values())
    assert segmentation.attendance == ("Vera Påhittson (S)",)


def test_an_item_of_the_agenda_may_come_to_another_title_in_the_minutes():
    listed = "1. Gungor\n2. Rutschkanor\n3. Sandlådor\n4. Klätterställningar\n"
    minutes = "\n\n".join(
        f"{line}\n\nDet sades något om detta." for line in listed.replace("Rutsch", "Is").splitlines()
    )

    assert titles_by_number(f"Ärenden\n{listed}\n{minutes}")["2"] == "Iskanor"


def test_a_lone_numbered_list_is_no_agenda():
    assert not titles_by_number(
        "Rapport om lekplatser\n\n1. Gungor\n2. Rutschkanor\n3. Sandlådor\n\nAllt är bra."
    )
