"""What is a section: of covers, extracts, reports, attachments and appendices."""

import string

import pytest

from corpus.document import DecisionKind, DocumentType
from tests.section_layouts import cover_of, only, segmented, segmented_pages

COVER = """
    Plats och tid	Låtsassalen, Fablebo, kl. 13.00-15.55
    Ledamöter	Ada Exempelsson (X), ordförande Bo Provholm (Y)
    Ersättare	Cia Påhitt (Z)
    Justerare	Bo Provholm (Y)
    Paragrafer	§ 335–372

    Underskrifter

    Sekreterare

    Dan Skrivare

    ANSLAG/BEVIS

    Protokollet är justerat. Justeringen har tillkännagivits genom anslag.
"""
EXTRACT = """
    § 354 Partnerskap med Sagoland

    Dnr KS 2031/0835

    Sammanfattning

    Sagoland vill samarbeta.

    Beslut***Arbetsutskottet föreslår att Kommunstyrelsen beslutar***

    att samarbeta med Sagoland

    Beslut expedieras till:

    Kommunstyrelsen
"""


@pytest.mark.parametrize("text", [EXTRACT + COVER, COVER + EXTRACT])
def test_an_extract_has_its_cover_before_or_after_the_section(text):
    segmentation = segmented(text)

    section = only(segmentation)
    cover = cover_of(segmentation)
    assert segmentation.attendance == ("Ada Exempelsson (X), ordförande", "Bo Provholm (Y)", "Cia Påhitt (Z)")
    assert "Dan Skrivare" in cover.text
    assert cover.number is None
    assert "Dan Skrivare" not in section.text
    assert "Plats och tid" not in section.text
    assert section.decision is not None
    assert section.decision.kind is DecisionKind.PROPOSAL
    assert section.decision.text == "att samarbeta med Sagoland"


REPORT = """
    Datum:	2031-05-26	Påhittade nämnden
    Handläggare:	Ada Exempelsson
    Diarienr:	2031.275 KS

    Parkering vid Sagovägen
    Ärendebeskrivning
    Enligt reglementet, antaget den 22 februari 2031,
    § 3, ersätts ingen parkering.

    Förslag till beslut
    Förtydligandet antas.
"""


def test_a_report_is_one_section_without_a_number():
    (section,) = segmented(REPORT, kind=DocumentType.REPORT).sections

    assert (section.id, section.number, section.title) == ("d-text", None, "Parkering vid Sagovägen")
    assert section.dnr == ("2031.275 KS",)
    assert section.decision is not None
    assert section.decision.kind is DecisionKind.PROPOSAL
    assert section.decision.text == "Förtydligandet antas."


def test_a_known_title_is_the_title_of_a_text_without_sections():
    (section,) = segmented("Bara text.\n", title="Kommunens plan").sections

    assert section.title == "Kommunens plan"


def test_numbered_headings_of_a_report_are_no_items():
    text = "Plan för bad\n\n1. Bakgrund\n\nDet är varmt.\n\n2. Åtgärder\n\nDet byggs.\n"

    (section,) = segmented(text, kind=DocumentType.REPORT).sections

    assert "Det är varmt." in section.text


def test_statutes_in_an_attachment_are_not_taken_apart():
    text = "Reglemente\n\n§ 1 Uppgifter\n\nNämnden sköter bad.\n\n§ 2 Ledamöter\n\nDe är nio.\n"

    (section,) = segmented(text, kind=DocumentType.ATTACHMENT).sections

    assert "Nämnden sköter bad." in section.text
    assert "De är nio." in section.text


def test_an_attachment_that_is_an_extract_of_minutes_has_its_section():
    head = "Påhittade nämnden\nProtokoll\n\n2031-06-09\n\n"
    text = f"{head}§ 30 2031.159 BN\n\nBiblioteksplan\nBeslut\nPlanen antas.\n"

    (section,) = segmented(text, kind=DocumentType.ATTACHMENT).sections

    assert (section.number, section.title) == ("30", "Biblioteksplan")


def test_appendices_after_the_last_section_are_sections_of_their_own():
    names = "\n\n".join(f"Ledamot {letter}" for letter in string.ascii_uppercase)
    text = f"§ 1\nVal\nBeslut\n\nValet förrättas.\n\nBilaga 1\n\n{names}\n\nBilaga 2\n\n{names}\n"

    segmentation = segmented(text)

    assert [section.id for section in segmentation.sections] == ["d-1", "d-bilaga-1", "d-bilaga-2"]
    assert "Ledamot A" not in segmentation.sections[0].text


def test_the_page_of_a_section_is_the_page_of_its_heading():
    head = "Påhittade nämnden\nProtokoll\n\n2031-06-09\n"
    pages = [
        f"{head}\n§ {number} 2031.00{number} BN\nÄrende {number} om badet\nBeslut\nJa.\n"
        for number in (1, 2, 3)
    ]

    segmentation = segmented_pages(*pages)

    assert [(section.number, section.page) for section in segmentation.sections] == [
        ("1", 1),
        ("2", 2),
        ("3", 3),
    ]


def test_the_same_number_twice_gives_two_ids_that_do_not_depend_on_each_other():
    first = (
        "§ 1 2031.001 KS\nVal av bad\nBeslut\nBadet väljs.\n\n§ 2 2031.002 KS\nSand\nBeslut\nSanden köps.\n"
    )
    second = (
        "§ 1 2031.007 KF\nVal av skog\nBeslut\nSkogen väljs.\n\n§ 2 2031.008 KF\nSten\nBeslut\nStenen köps.\n"
    )

    together = segmented(f"{first}\n{second}").sections
    changed = segmented(f"{first.replace('Badet', 'Det stora badet')}\n{second}").sections

    assert [section.title for section in together] == ["Val av bad", "Sand", "Val av skog", "Sten"]
    assert len({section.id for section in together}) == 4
    assert [section.id for section in together] == [section.id for section in changed]


def test_an_empty_text_has_no_sections():
    assert segmented("").sections == ()
