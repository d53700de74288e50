"""Headings of sections in every layout, and what only looks like one."""

import pytest

from tests.meeting_texts import MEETING_COVER, TITLES, meeting, titles_by_number
from tests.section_layouts import numbered, only, segmented

HEAD_LAYOUTS = [
    ("§ 112 2026.272 KS\n\nLekplats i Hittepådalen\n", "112", ("2026.272 KS",)),
    ("§2\nLekplats i Hittepådalen\n", "2", ()),
    ("§ 36 Ärendenummer SLK-2023-00829\n\nLekplats i Hittepådalen\n", "36", ("SLK-2023-00829",)),
    ("§ 28 0123/22\nLekplats i Hittepådalen\n", "28", ("0123/22",)),
    ("§ 354 Lekplats i Hittepådalen\n\nDnr KS 2019/0835\n", "354", ("KS 2019/0835",)),
    ("§ 6      Dnr BN-2020-00017\n\nLekplats i Hittepådalen\n", "6", ("BN-2020-00017",)),
    ("§ 162   Diarienummer 00322/2026\n\nLekplats i Hittepådalen\n", "162", ("00322/2026",)),
    ("§ 5 00031/20231.1.2\n\nLekplats i Hittepådalen\n", "5", ("00031/2023",)),
    ("§ 56\n\n## **Lekplats i Hittepådalen**\n\nBun/2015:188   611\n", "56", ("Bun/2015:188",)),
    ("BUN/2016:360\n\n§ 12\n\nLekplats i Hittepådalen\n", "12", ("BUN/2016:360",)),
    ("§135\n\nLekplats i Hittepådalen\n\nDnr: 2011BNS0306\n", "135", ("2011BNS0306",)),
    (
        "§63 Lekplats i Hittepådalen\n\nDnr. 2011/KS 0206 001\n\nDnr. 2011/KS 0207 001\n",
        "63",
        ("2011/KS 0206", "2011/KS 0207"),
    ),
    ("26 Dnr KS 2018/14\n\nLekplats i Hittepådalen\n", "26", ("KS 2018/14",)),
    ("Ks 1\n\nLekplats i Hittepådalen\n", "1", ()),
    ("Sn 50 Au 84\n\nLekplats i Hittepådalen\n", "50", ()),
    ("**§ 9** Lekplats i Hittepådalen\n", "9", ()),
    (
        "§ 34 Ärendenummer\n\nProtokoll nr 9\nSammanträdesdatum: 2031-10-12\n\nLekplats i Hittepådalen\n",
        "34",
        (),
    ),
]


@pytest.mark.parametrize(("head", "number", "dnr"), HEAD_LAYOUTS)
def test_every_layout_of_a_heading_gives_number_title_and_dnr(head, number, dnr):
    section = only(segmented(f"{head}\nÄrendebeskrivning\nDet saknas gungor.\n\nBeslut\nGungor köps.\n"))

    assert (section.number, section.title, section.dnr) == (number, "Lekplats i Hittepådalen", dnr)
    assert "gungor" in section.text
    assert "Lekplats" not in section.text
    assert not any(written in section.text for written in dnr)


def test_a_heading_that_goes_on_is_merged_with_its_first_part():
    text = """
    § 8 1115/22
    Utegym i Påhittsund
    Beslut

    Utegymmet byggs.

    § 8 1115/22 forts.
    Reservation

    Ada Exempelsson (X) reserverar sig.

    § 9 1116/22
    Badplats
    Beslut

    Badplatsen stängs.
    """

    sections = numbered(segmented(text))

    assert list(sections) == ["8", "9"]
    assert "Utegymmet byggs." in sections["8"].text
    assert "Ada Exempelsson" in sections["8"].text


def test_forts_before_the_sign_goes_on_too():
    text = (
        "§ 52\n\nBad\n\nBeslut\nBadet öppnas.\n\nForts § 52\n\nReservation\nBo Provholm (Y) reserverar sig.\n"
    )

    section = only(segmented(text))

    assert "reserverar sig" in section.text


def test_a_reference_that_a_line_break_put_first_is_no_heading():
    text = """
    § 10
    Skötsel av parker i Fablebo
    Ärendebeskrivning
    Nämnden behandlade frågan första gången den 12 oktober 2031 och sedan enligt kapitel
    § 17 och § 21 som lämnas oförändrade när parkerna i Fablebo får en ny skötselplan.
    Ärendet har bordlagts den 3 februari 2031, § 8, den 4 mars 2031, § 9, den 5 maj 2031,
    § 11, den 7 juni 2031 och slutligen den 9 augusti 2031 i avvaktan på en ny budget för
    parkerna enligt 5 kap. 53 § kommunallagen samt
    § 12.

    Beslut
    Planen antas.

    § 11
    Gator i Fablebo
    Beslut
    Gatorna sopas.
    """

    sections = numbered(segmented(text))

    assert list(sections) == ["10", "11"]
    assert "lämnas oförändrade" in sections["10"].text
    assert sections["11"].title == "Gator i Fablebo"


def test_sections_of_other_bodies_in_a_list_of_notices_are_no_headings():
    text = """
    Plats och tid	Stora salen	Paragrafer	§§40-41
    Beslutande	Ada Exempelsson (X) (ordförande)
    Utses att justera	Bo Provholm (Y)

    § 40 2031.001 TN
    Taxor
    Beslut
    Taxorna antas.

    § 41 2031.002 TN
    Meddelanden
    Följande meddelanden redovisas:
    § 105 2031.220 KS Skogen etapp 4
    § 89 2031.112 KS Verksamhetsområde
    """

    segmentation = segmented(text)

    assert list(numbered(segmentation)) == ["40", "41"]
    assert segmentation.declared_sections == ("40", "41")
    assert "§ 105 2031.220 KS" in numbered(segmentation)["41"].text


def test_a_heading_glued_to_the_title_begins_the_text():
    text = "§ 5 2031.088 KUN\n\nVänort i Sagoland**Ärendebeskrivning**\n\nOrten är fin.\n\nBeslut\n\nJa.\n"

    section = only(segmented(text))

    assert section.title == "Vänort i Sagoland"
    assert section.text.startswith("Ärendebeskrivning\n\nOrten är fin.")


def test_a_title_of_several_lines_ends_where_prose_begins():
    prose = "Länsstyrelsen i det påhittade länet har den 3 mars 2031 beslutat utse Ada Exempelsson till ny"
    text = "\n\n".join(
        f"§{number}\nAnmälan av länsstyrelsens beslut att utse Ada Exempelsson\n"
        "(X) till ny ersättare i stället för\n"
        f"Bo Provholm (Y)\n{prose}\nersättare i fullmäktige.\n\nBeslut\n\nBeslutet antecknas."
        for number in range(1, 10)
    )

    sections = numbered(segmented(text))

    assert len(sections) == 9
    for section in sections.values():
        assert section.title == (
            "Anmälan av länsstyrelsens beslut att utse Ada Exempelsson (X) till ny ersättare i stället för"
            " Bo Provholm (Y)"
        )
        assert section.text.startswith(f"{prose} ersättare i fullmäktige.")


def test_a_section_without_a_title_gets_one_from_its_text():
    section = only(segmented("§ 4 2031.001 KS\n\nBeslut\n\nSkolan i Fablebo byggs om.\n"))

    assert section.title.startswith("Beslut Skolan i Fablebo")


@pytest.mark.parametrize(
    "body",
    [
        *("KsAU", "Ksau", "KS AU", "KS/AU", "Ks au", "SBNau", "MBN AU", "KF", "Kommunstyrelsen"),
        *("Kommunstyrelsens arbetsutskott", "Sammanträdesprotokoll", "Bygg- och miljönämnden"),
    ],
)
@pytest.mark.parametrize("tail", ["    Dnr KS.2030.{d}\n{t}", "\n{t}", " {t}"])
@pytest.mark.parametrize("cover", [MEETING_COVER, MEETING_COVER.replace("Paragrafer §§ 12-14", "")])
def test_any_name_of_the_body_may_stand_before_the_sign(body, tail, cover):
    assert titles_by_number(meeting(f"{body} § {{n}}{tail}", cover=cover)) == TITLES


def test_the_sections_of_another_body_are_no_headings_of_these_minutes():
    body = "\n\nBeslutsunderlag\n\nKommunstyrelsen § 40\n\nBeslut\nGungorna köps till lekplatsen.\n\n"

    assert titles_by_number(meeting("§ {n} {t}", body=body, cover="")) == TITLES


def test_a_title_may_begin_with_a_small_letter():
    found = titles_by_number(meeting("§ {n} e-tjänst för {t}"))

    assert found == {number: f"e-tjänst för {title}" for number, title in TITLES.items()}


@pytest.mark.parametrize("head", ["§ {n} A {t}", "§ {n} a {t}", "§ {n}a {t}"])
def test_a_letter_belongs_to_the_number(head):
    assert titles_by_number(meeting(head)) == {f"{number}a": title for number, title in TITLES.items()}


def test_a_heading_follows_a_line_that_ends_in_a_year():
    body = "\n\nBeslut\nNämnden beslutar att den nya taxan ska gälla från och med den 1 maj 2031\n"

    assert titles_by_number(meeting("§ {n} {t}", body=body)) == TITLES


@pytest.mark.parametrize("head", ["Ks §{n}Dnr 2005/{d}\n{t}", "§ {n}Dnr 2005/{d}\n{t}"])
def test_a_label_may_be_glued_to_the_number(head):
    sections = numbered(segmented(meeting(head)))

    assert {number: section.title for number, section in sections.items()} == TITLES
    assert [section.dnr for section in sections.values()] == [("2005/112",), ("2005/113",), ("2005/114",)]
