import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import DecisionKind, DocumentType, Extraction
from corpus.segmentation import flattened
from corpus.segmentation.segmenter import segment
from tests.section_layouts import cover_of, numbered, only, segmented, segmented_pages

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


WORDS = st.sampled_from(["bad", "skog", "väg", "park", "sand", "torg", "bro", "skola", "lekplats", "taxa"])
SENTENCES = st.lists(WORDS, min_size=3, max_size=25).map(lambda words: " ".join(words).capitalize() + ".")
BODIES = st.lists(st.lists(SENTENCES, min_size=1, max_size=4), min_size=2, max_size=7)


def _minutes(bodies):
    return "\n".join(
        f"§ {number} 2031.{number:03} KS\n\nÄrende nummer {number}\n\nÄrendebeskrivning\n"
        + "\n\n".join(body)
        + "\n\nBeslut\nDet antas.\n"
        for number, body in enumerate(bodies, 7)
    )


@given(BODIES)
@settings(max_examples=40, deadline=None)
def test_each_body_line_is_in_exactly_one_section(bodies):
    sections = segmented(_minutes(bodies)).sections

    assert [section.number for section in sections] == [str(number) for number, _ in enumerate(bodies, 7)]
    for body, section in zip(bodies, sections, strict=True):
        expected = ["Ärendebeskrivning", *body, "Beslut", "Det antas."]
        assert section.text.split("\n\n") == expected


@given(BODIES, st.integers(0, 6), SENTENCES)
@settings(max_examples=40, deadline=None)
def test_a_change_in_one_section_leaves_the_ids_of_the_others(bodies, which, sentence):
    changed = [list(body) for body in bodies]
    changed[which % len(bodies)].append(sentence)

    before = segmented(_minutes(bodies)).sections
    after = segmented(_minutes(changed)).sections

    assert [section.id for section in before] == [section.id for section in after]


LINES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [
                "§ 1",
                "§ 2 2031.001 KS",
                "§ 1 forts.",
                "Beslut",
                "",
                "Plats och tid",
                "1. Punkt",
                "Bilaga 1",
                "\f",
            ]
        ),
        st.integers(0, 3000).map("§ {}".format),
        st.integers(0, 3000).map("{}. Punkt".format),
    ),
    max_size=40,
)


@given(LINES, st.sampled_from([None, *DocumentType]), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_text_gives_unique_ids_titles_and_the_same_result_again(lines, kind, paged):
    extraction = Extraction(("\n".join(lines[:20]), "\n".join(lines[20:])), paged=paged)

    first = segment(extraction, document_id="d", type=kind, title=None)
    second = segment(extraction, document_id="d", type=kind, title=None)

    assert first == second
    ids = [section.id for section in first.sections]
    assert len(ids) == len(set(ids))
    assert all(section.title.strip() for section in first.sections)
    assert all(section.id.startswith("d-") for section in first.sections)


ADVERSARIAL = [
    "§ 1\n",
    "§ ",
    "§ 1 " * 8 + "\n",
    "1. A\n2. B\n",
    "a-\n",
    "Förslag till beslut i " * 4 + "\n",
    "Plats och tid\nOrdförande\n",
    "____\n",
    "A B (C), ",
    "Beslut***",
    "**_*_**",
    "nämnden " * 9 + "\n",
    "2031-01-01\n",
]


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_a_hostile_text_is_taken_apart_too(piece):
    text = piece * (120_000 // len(piece))

    segmentation = segment(Extraction((text,), paged=False), document_id="d", type=None, title=None)

    assert len({section.id for section in segmentation.sections}) == len(segmentation.sections)


_COVER = """
Hittepå kommun
Kommunstyrelsen
Sammanträdesdatum 2031-04-03
Beslutande     Vera Påhittson (S), ordförande
               Bo Exempelman (M)
Paragrafer §§ 12-14

"""
_BODY = "\n\nLekplatsen i Fiktivby kostar 300 tkr.\n\nBeslut\nNämnden beslutar att godkänna förslaget.\n\n"
_TITLES = {"12": "Plan för lekplatser", "13": "Taxa för sotning", "14": "Lokaler i Sagoberga"}


def _meeting(head: str, *, body: str = _BODY, cover: str = _COVER) -> str:
    return cover + "".join(
        head.format(n=number, t=title, d=f"1{number}") + body for number, title in _TITLES.items()
    )


def _titles(text: str) -> dict[str, str]:
    return {number: section.title for number, section in numbered(segmented(text)).items()}


@pytest.mark.parametrize(
    "body",
    [
        *("KsAU", "Ksau", "KS AU", "KS/AU", "Ks au", "SBNau", "MBN AU", "KF", "Kommunstyrelsen"),
        *("Kommunstyrelsens arbetsutskott", "Sammanträdesprotokoll", "Bygg- och miljönämnden"),
    ],
)
@pytest.mark.parametrize("tail", ["    Dnr KS.2030.{d}\n{t}", "\n{t}", " {t}"])
@pytest.mark.parametrize("cover", [_COVER, _COVER.replace("Paragrafer §§ 12-14", "")])
def test_any_name_of_the_body_may_stand_before_the_sign(body, tail, cover):
    assert _titles(_meeting(f"{body} § {{n}}{tail}", cover=cover)) == _TITLES


def test_the_sections_of_another_body_are_no_headings_of_these_minutes():
    body = "\n\nBeslutsunderlag\n\nKommunstyrelsen § 40\n\nBeslut\nGungorna köps till lekplatsen.\n\n"

    assert _titles(_meeting("§ {n} {t}", body=body, cover="")) == _TITLES


def test_a_title_may_begin_with_a_small_letter():
    found = _titles(_meeting("§ {n} e-tjänst för {t}"))

    assert found == {number: f"e-tjänst för {title}" for number, title in _TITLES.items()}


@pytest.mark.parametrize("head", ["§ {n} A {t}", "§ {n} a {t}", "§ {n}a {t}"])
def test_a_letter_belongs_to_the_number(head):
    assert _titles(_meeting(head)) == {f"{number}a": title for number, title in _TITLES.items()}


@pytest.mark.parametrize(
    "head",
    [
        *("{n} §\n\n{t}", "{n} §      Dnr 2031/{d}\n\n{t}", "{n} § {t}", "Ärende {n}\n{t}", "Nr {n} {t}"),
        *("{n}. {t}", "§\n{n}\n{t}", "Ks {n}/31 {t}"),
    ],
)
def test_declared_numbers_are_found_without_a_sign_before_them(head):
    assert _titles(_meeting(head)) == _TITLES


def test_a_number_without_a_sign_is_no_heading_unless_it_is_declared():
    text = _meeting("{n}. {t}", cover=_COVER.replace("12-14", "40-44"))

    assert not _titles(text)


def test_declared_sections_that_are_not_found_are_warned_of():
    assert segmented(_COVER + _BODY).warnings == ("§§ 12–14 anges, men 0 av 3 hittades",)
    assert not segmented(_meeting("§ {n} {t}")).warnings
    assert not segmented(f"PROTOKOLLSUTDRAG\n{_COVER}§ 13 Taxa för sotning{_BODY}").warnings


def test_a_heading_follows_a_line_that_ends_in_a_year():
    body = "\n\nBeslut\nNämnden beslutar att den nya taxan ska gälla från och med den 1 maj 2031\n"

    assert _titles(_meeting("§ {n} {t}", body=body)) == _TITLES


@pytest.mark.parametrize("head", ["Ks §{n}Dnr 2005/{d}\n{t}", "§ {n}Dnr 2005/{d}\n{t}"])
def test_a_label_may_be_glued_to_the_number(head):
    sections = numbered(segmented(_meeting(head)))

    assert {number: section.title for number, section in sections.items()} == _TITLES
    assert [section.dnr for section in sections.values()] == [("2005/112",), ("2005/113",), ("2005/114",)]


@pytest.mark.parametrize("heading", ["Ärenden", "Ärendelista", "Nr Ärende Dnr", ""])
@pytest.mark.parametrize("item", ["{n}. {t}", "{n}   {t}", "Punkt {n} {t}"])
def test_titles_that_come_twice_are_an_agenda_with_its_minutes(heading, item):
    lines = [item.format(n=at, t=title) for at, title in enumerate(_TITLES.values(), 1)]
    minutes = [f"{line}\n\nGungor saknas.\n\nBeslut\n1. Köpa gungor\n2. Måla dem\n" for line in lines]
    text = "\n".join(["Närvarande", "Vera Påhittson (S)", "", heading, *lines, "", *minutes])

    segmentation = segmented(text)

    sections = numbered(segmentation)
    assert [section.title for section in sections.values()] == list(_TITLES.values())
    assert all("Köpa gungor" in section.text for section in sections.values())
    assert segmentation.attendance == ("Vera Påhittson (S)",)


def test_an_item_of_the_agenda_may_come_to_another_title_in_the_minutes():
    listed = "1. Gungor\n2. Rutschkanor\n3. Sandlådor\n4. Klätterställningar\n"
    minutes = "\n\n".join(
        f"{line}\n\nDet sades något om detta." for line in listed.replace("Rutsch", "Is").splitlines()
    )

    assert _titles(f"Ärenden\n{listed}\n{minutes}")["2"] == "Iskanor"


def test_a_lone_numbered_list_is_no_agenda():
    assert not _titles("Rapport om lekplatser\n\n1. Gungor\n2. Rutschkanor\n3. Sandlådor\n\nAllt är bra.")


@pytest.mark.parametrize(
    "head",
    [
        *("Ks {n} Dnr 2031-KS0{d} {t}", "§ {n} Dnr KS 2031/{d} {t}", "Ks § {n} {t}", "§ {n} {t}"),
        *("{n} Dnr KS 2031/{d} {t}", "KSAU § {n} KS 2031/{d} {t}"),
    ],
)
def test_pages_that_are_one_line_each_come_apart(head):
    text = " ".join(_COVER.split()) + " Anslag" * 120
    told = "Lekplatsen i Fiktivby ska rustas upp. " * 20
    for page, (number, title) in enumerate(_TITLES.items(), 2):
        text += (
            f"\n\n{page} HITTEPÅ KOMMUN Kommunstyrelsen SAMMANTRÄDESPROTOKOLL 2031-04-03 {page} "
            f"{head.format(n=number, t=title, d=number)} Bakgrund {told}Se den 2 maj 2030, § 13, om detta. "
            f"Kommunstyrelsens beslut Kommunstyrelsen beslutar att köpa gungor. Justerandes sign"
        )

    sections = numbered(segmented(text))

    assert {number: section.title for number, section in sections.items()} == _TITLES
    for section in sections.values():
        assert section.decision is not None
        assert section.decision.kind is DecisionKind.FINAL
        assert "HITTEPÅ" not in section.text
        assert "§ 13, om detta" in section.text


@settings(deadline=None)
@given(st.lists(st.text("ab §1.\nÅ", max_size=40), max_size=30), st.integers(1, 40))
def test_long_lines_come_apart_without_losing_words(pieces, times):
    page = " ".join(pieces).replace("\n", " ") * times

    (parted,) = flattened.parted((page,))

    assert parted.split() == page.split()
