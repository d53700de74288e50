import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.furniture import remove


def body(text, *, paged=False):
    """The lines that stay, without the spaces."""
    pages = text.split("\f") if paged else [text]
    return [line.text for line in remove(pages, paged=paged) if line.text]


@pytest.mark.parametrize(
    "line",
    [
        "Justerandes sign",
        "Justerandes sign\tJusterandes sign\tJusterandes sign\tUtdragsbestyrkande",
        "Utdragsbestyrkande",
        "**Justerandes sign**",
        "34 (73)",
        "Sida 3(23)",
        "Sida 1 av 3",
        "Sammanträdesdatum: 2031-02-23",
        "SAMMANTRÄDESPROTOKOLL Sida 2 (23)",
        "Hittepåstads Stad Kommunfullmäktige, protokoll",
        "Påhittade nämnden SAMMANTRÄDESPROTOKOLL Sida 1(16) Sammanträdesdatum 2031-06-09",
        "_____________________",
        "----------------------",
        "..............................",
    ],
)
def test_a_line_that_is_furniture_by_itself_goes_from_the_middle_of_a_text(line):
    assert body(f"Badet är\n{line}\nöppet.\n") == ["Badet är", "öppet."]


def test_the_head_of_a_page_in_a_text_without_pages_goes_as_a_whole():
    head = (
        "Hittepåstads Stad Kommunfullmäktige, protokoll\n\n{} (73)\n\nKommunfullmäktige\n\nProtokoll (nr 3)\n"
    )
    text = "".join(
        f"Stycke {number} om bad.\n\n{head.format(number)}Sammanträdesdatum: 2031-03-23\n\n"
        for number in range(1, 6)
    )

    assert body(text) == [f"Stycke {number} om bad." for number in range(1, 6)]


def test_a_recipient_above_the_foot_of_a_page_stays():
    foot = (
        "Hittepåstads Stad Kommunfullmäktige, protokoll\n\n3 (9)\n\nKommunfullmäktige\n\nProtokoll (nr 3)\n\n"
    )
    sent = "Utdrag skickas till\nByggnadsnämnden\n\n"
    text = f"{sent}{foot}§ 2\nBad\n\n{sent}{foot}Slut"

    assert body(text).count("Byggnadsnämnden") == 2
    assert "Kommunfullmäktige" not in body(text)


def test_the_pages_of_a_pdf_lose_head_foot_and_number():
    head = "{}\nVård- och\nlåtsasnämnden\nProtokoll\n\n2031-05-18\n\n"
    pages = [f"{head.format(number)}Text {number} om badet\n\nUtdragsbestyrkande" for number in range(1, 5)]

    lines = remove(pages, paged=True)

    assert [(line.text, line.page) for line in lines if line.text] == [
        (f"Text {number} om badet", number) for number in range(1, 5)
    ]


def test_an_address_at_the_foot_of_each_page_goes():
    pages = [
        f"Text {number} om badet.\nMer text {number}.\n\nBox 1, 999 99 Fablebo" for number in range(1, 6)
    ]

    assert "Box 1, 999 99 Fablebo" not in [line.text for line in remove(pages, paged=True)]


def test_date_label_and_dnr_that_come_again_on_each_page_go():
    head = "2031-11-14\n\nDiarienummer\n\nKS 2031/0835\n\n"
    text = f"Badet är till för\n\n{head}alla som vill.\n\nDet är stort.\n\n{head}Det är djupt.\n"

    assert body(text) == ["Badet är till för", "alla som vill.", "Det är stort.", "Det är djupt."]


@pytest.mark.parametrize(
    "line", ["2031-09-08", "KS 2031/0243", "Dnr KS 2031/0243", "12", "Påhittade nämnden"]
)
def test_a_date_a_dnr_a_number_or_a_name_in_the_body_stays(line):
    assert body(f"Inkomna handlingar\n\n{line}\n\nEn skrivelse om bad.\n") == [
        "Inkomna handlingar",
        line,
        "En skrivelse om bad.",
    ]


def test_the_date_of_the_head_goes_also_where_nothing_else_is_left_of_it():
    assert body("2031-02-08\n\n§ 2\nBad\n\nDet finns\n\n2031-02-08\n\nkallt vatten.\n") == [
        "§ 2",
        "Bad",
        "Det finns",
        "kallt vatten.",
    ]


def test_lines_that_furniture_parted_stand_together():
    lines = remove(["Nämnderna ges i\n\nJusterandes sign\n\nUtdragsbestyrkande\n\nuppdrag att bada.\n"])

    assert [line.text for line in lines] == ["Nämnderna ges i", "uppdrag att bada."]


def test_a_table_below_the_head_of_a_page_keeps_its_numbers():
    head = "Hittepåstads Stad Kommunfullmäktige, protokoll\n\nKommunfullmäktige\n\nProtokoll nr 1\n\n"
    text = f"{head}Text ett.\n\n{head}Text två.\n\n{head}Plats\n\n1\n\n2\n\n{head}3\n\n4\n"

    assert [line for line in body(text) if line.isdigit()] == ["1", "2", "3", "4"]


SENTENCES = st.lists(st.sampled_from(["bad", "skog", "sand", "torg"]), min_size=2, max_size=8).map(
    lambda words: " ".join(words).capitalize() + "."
)
FURNITURE = st.sampled_from(
    ["Justerandes sign", "Utdragsbestyrkande", "3 (9)", "Sammanträdesdatum: 2031-02-23", ""]
)


@given(st.lists(st.one_of(SENTENCES, FURNITURE), max_size=30), st.booleans())
@settings(max_examples=100, deadline=None)
def test_every_sentence_stays_in_its_order_whatever_stands_between(lines, paged):
    texts = [line.text for line in remove(["\n".join(lines)], paged=paged) if line.text]

    assert texts == [line for line in lines if line.endswith(".")]


@given(st.lists(st.text(max_size=30), max_size=30), st.booleans())
@settings(max_examples=100, deadline=None)
def test_any_text_is_read(lines, paged):
    assert isinstance(remove(["\n".join(lines)], paged=paged), list)


_HEADS = [
    "Låtsasnämnden 2031-02-07 {page}",
    "Hittestads kommun\nLåtsasnämnden\nSAMMANTRÄDESPROTOKOLL\n2031-02-07  {page}",
    "Justerandes sign    Utdragsbestyrkande\nLåtsasnämnden   Sammanträdesdatum   {page}\n2031-02-07",
    "Hittestads stad\nLåtsasnämnden\n{page}",
    "Region Hittö\nLåtsasnämnden\nProtokoll\nSida\n2031-02-07\n{page}(12)",
    "Justerandes sign\nLåtsasnämnden\nProtokoll 2031:3\n{page}/10",
    "Hittestads kommun\n29-30 november 2031\n{page} (12)\nJusterandes sign",
    "HITTESTADS KOMMUN   PROTOKOLL\nLåtsasnämnden   Nr 4/2031   Sida {page}",
    "Just. sign\nLåtsasstyrelsens plan- och\nlåtsasutskott\nProtokoll\n2031-02-07   {page} (8)",
    "Signerat i Påhittet\nPostadress: 123 45 Hittestad  Besök: Gata 3\nTel 0123-45 67\nJusterarens signatur",
    "Justerandes sign. (_^/, Utdragsbestyrkande\nSAMMANTRADESPROTOKOLL\nLatsasnamnden\n2031-02-07 {page}",
    "Justerandes sign l Utdragsbestyrkande\nHITTESTADS KOMMUN\nLåtsasnämnden 2031-02-07",
    "Påhittade Förbundet, möte 7, blad nummer {page}",
]


@pytest.mark.parametrize("head", _HEADS)
def test_a_head_between_pages_goes_whatever_its_words(head):
    body = "Badet i {place} är slitet och behöver\n{head}\nlagas före sommaren i {place}."
    places = ["Norrbyn", "Söderbyn", "Västerbyn", "Österbyn", "Mellanbyn"]
    text = "\n\n".join(
        body.format(place=place, head=head.format(page=page)) for page, place in enumerate(places, 2)
    )

    lines = [line.text for line in remove([text]) if line.text]

    assert lines == [
        line
        for place in places
        for line in (f"Badet i {place} är slitet och behöver", f"lagas före sommaren i {place}.")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Beslut",
        "Handling",
        "Bordlagt den 3 mars 2031, § 20.",
        "Protokollsutdrag skickas till",
        "Ada Exempelsson (X)   Ja",
        "Bilaga 4",
        "Akten",
    ],
)
def test_a_line_of_the_body_stays_however_often_it_comes(line):
    section = (
        f"§ {{number}} Badet i {{place}}\n\nBadet öppnas i {{place}}.\n\n{line}\n\nDet blir dyrt i {{place}}."
    )
    places = ["Norrbyn", "Söderbyn", "Västerbyn", "Österbyn", "Mellanbyn"]
    text = "\n\n".join(section.format(number=at, place=place) for at, place in enumerate(places, 2))

    lines = [found.text for found in remove([text])]

    assert lines.count(line) == len(places)


def test_recipients_at_the_foot_of_each_page_stay():
    pages = [
        f"§ {at} Bad\n\nText {at}.\n\nExpedieras till\n\nAkten\n\nJusterandes sign" for at in range(2, 8)
    ]

    lines = [line.text for line in remove(pages, paged=True)]

    assert lines.count("Akten") == lines.count("Expedieras till") == len(pages)


def test_a_heading_glued_to_its_text_stays_beside_furniture():
    glued = "Låtsasutskottets beslut***Låtsasutskottet föreslår nämnden besluta***"
    pages = [f"{glued}\natt öppna badet {at}.\nJusterandes sign" for at in "abcde"]

    lines = [line.text for line in remove(pages, paged=True)]

    assert lines.count(glued) == len(pages)


def test_the_kind_of_a_record_with_a_page_the_last_number_and_the_adjustment_go():
    text = "Beslut 1 (2)\nBadet öppnas.\nParagrafen är justerad\n\fJusterandes sign\n2\nBadet stängs.\n\n3"

    lines = [line.text for line in remove([text]) if line.text]

    assert lines == ["Badet öppnas.", "Badet stängs."]
