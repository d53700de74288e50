from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.committees import by_letters, municipalities_of
from corpus.document import DocumentType, Extraction, Municipality
from corpus.metadata.inference import InferredMetadata, infer, meeting_title
from tests import layouts
from tests.layouts import Meeting

PLACES = (
    ("Borås", "Borås", "stad", "Borås"),
    ("Mora", "Mora", "kommun", "Mora"),
    ("Västerås", "Västerås", "stad", "Västerås"),
    ("Upplands-Bro", "Upplands-Bro", "kommun", "Kungsängen"),
    ("Malmö", "Malmö", "stad", "Malmö"),
    ("Stockholm", "Stockholms", "stad", "Stockholm"),
    ("Dals-Ed", "Dals-Eds", "kommun", "Ed"),
    ("Lilla Edet", "Lilla Edets", "kommun", "Lilla Edet"),
    ("Mark", "Marks", "kommun", "Kinna"),
    ("Åre", "Åre", "kommun", "Järpen"),
    ("Östra Göinge", "Östra Göinge", "kommun", "Broby"),
    ("Hofors", "Hofors", "kommun", "Hofors"),
    ("Falun", "Falu", "kommun", "Falun"),
    ("Kil", "Kils", "kommun", "Kil"),
    ("Vara", "Vara", "kommun", "Vara"),
    ("Upplands Väsby", "Upplands Väsby", "kommun", "Upplands Väsby"),
    ("Berg", "Bergs", "kommun", "Svenstavik"),
    ("Alingsås", "Alingsås", "kommun", "Alingsås"),
    ("Höör", "Höörs", "kommun", "Höör"),
    ("Malung-Sälen", "Malung-Sälens", "kommun", "Malung"),
    ("Vilhelmina", "Vilhelmina", "kommun", "Vilhelmina"),
    ("Haparanda", "Haparanda", "stad", "Haparanda"),
    ("Ale", "Ale", "kommun", "Nödinge"),
    ("Staffanstorp", "Staffanstorps", "kommun", "Staffanstorp"),
    ("Nora", "Nora", "kommun", "Nora"),
    ("Ydre", "Ydre", "kommun", "Österbymo"),
    ("Storuman", "Storumans", "kommun", "Storuman"),
    ("Karlskrona", "Karlskrona", "kommun", "Karlskrona"),
    ("Sala", "Sala", "kommun", "Sala"),
    ("Kungälv", "Kungälvs", "kommun", "Kungälv"),
    ("Lund", "Lunds", "kommun", "Lund"),
)
BODIES = (
    "Kommunstyrelsen",
    "Kommunfullmäktige",
    "Barn- och utbildningsnämnden",
    "Kommunstyrelsens arbetsutskott",
    "Tekniska nämnden",
    "Miljö- och hälsoskyddsnämnden",
    "Samhällsbyggnadsutskottet",
    "Vård- och omsorgsnämndens arbetsutskott",
    "Nämnden för funktionsstöd",
    "Kommunala pensionärsrådet",
    "Kultur-, idrotts- och fritidsnämnden",
    "Överförmyndarnämnden",
    "Jävsnämnden",
    "Gemensamma nämnden för familjerätt",
)


def inferred(text: str, source: str = "x.txt") -> InferredMetadata:
    return infer(Extraction((text,), paged=False), source)


@pytest.mark.parametrize("layout", layouts.names())
@settings(max_examples=30)
@given(
    place=st.sampled_from(PLACES),
    body=st.sampled_from(BODIES),
    day=st.dates(datetime.date(2011, 1, 1), datetime.date(2027, 12, 31)),
)
def test_each_layout_tells_municipality_body_and_date_whatever_else_it_names(
    layout: str, place: tuple[str, str, str, str], body: str, day: datetime.date
) -> None:
    meeting = Meeting(*place, body=body, day=day.replace(day=min(day.day, 27)))

    found = infer(layouts.fill(layout, meeting), "x.txt")

    assert found.municipality is not None
    assert found.committee is not None
    assert (found.municipality.name, found.committee.name, found.date) == (meeting.name, body, meeting.day)
    assert found.type in (None, DocumentType.AGENDA if layout == "agenda" else DocumentType.MINUTES)


def test_papers_of_another_body_do_not_outvote_the_head() -> None:
    papers = "".join(
        f"§ {n} Val\nBeslutsunderlag\nKommunstyrelsen\nProtokoll 2024-01-01 § {n}\n" for n in range(9)
    )

    found = inferred(f"Kumla kommun\nKommunfullmäktige\nProtokoll 2024-02-03\n{papers}")

    assert found.committee is not None
    assert found.committee.name == "Kommunfullmäktige"
    assert found.date == datetime.date(2024, 2, 3)


def test_an_extract_without_a_head_tells_its_body_by_what_it_decides() -> None:
    found = inferred(
        "2023-02-08\n\n§ 2 2023.027 KUN\n\nAvtal\n\nBeslut\n\nKultur- och fritidsnämnden beslutar att vila."
    )

    assert found.committee is not None
    assert found.committee.name == "Kultur- och fritidsnämnden"
    assert found.date == datetime.date(2023, 2, 8)


def test_letters_that_the_text_spells_out_tell_the_body() -> None:
    text = "2019-02-13\n\n§ 5 2019.088 KUN\n\nVal\n\nKultur- och utbildningsnämnden ska välja. "

    assert inferred(text).committee is None
    found = inferred(text + "Kultur- och utbildningsnämnden är ny.").committee
    assert found is not None
    assert found.name == "Kultur- och utbildningsnämnden"


def test_a_report_has_its_own_date_its_addressee_its_title_and_its_dnr() -> None:
    found = inferred(
        "Tjänsteskrivelse 1 (3)\nDatum\n2022-04-05\nDiarienummer\nSBN 2022/123\nHandläggare\n"
        "Fiktiva Fiktivsson\nfiktiva.fiktivsson@kungalv.se\nSamhällsbyggnadsnämnden\n"
        "Taxa för parkering i\ncentrum\nSammanfattning\nTaxan antogs 2019-05-06.\n"
        "Förslag till beslut\nSamhällsbyggnadsnämnden beslutar att anta taxan."
    )

    assert found.type is DocumentType.REPORT
    assert found.title == "Taxa för parkering i centrum"
    assert found.date == datetime.date(2022, 4, 5)
    assert found.dnr == ("SBN 2022/123",)
    assert found.municipality is not None
    assert found.municipality.name == "Kungälv"
    assert found.committee is not None
    assert found.committee.name == "Samhällsbyggnadsnämnden"


def test_an_attachment_belongs_to_the_meeting_of_its_path() -> None:
    text = "Handlingsplan\nDatum 2024-01-02\nTrygghet på skolgården\n"

    found = inferred(text, "mora/socialnamnden_2024-03-05_bilaga_handlingsplan.pdf")

    assert found.type is DocumentType.ATTACHMENT
    assert found.title == "Handlingsplan"
    assert found.date == datetime.date(2024, 3, 5)
    assert found.committee is not None
    assert found.committee.slug == "socialnamnden"


def test_an_extract_that_is_attached_is_minutes_of_its_own_meeting() -> None:
    text = "Kommunfullmäktige\nProtokoll\n2026-05-06\n§ 99 2026.209 KS\nVal\nBeslut\nValet beviljas.\n"

    found = inferred(text, "mora/socialnamnden_2026-06-16_bilaga_utdrag.pdf")

    assert found.type is DocumentType.MINUTES
    assert found.date == datetime.date(2026, 5, 6)
    assert found.committee is not None
    assert found.committee.slug == "kommunfullmaktige"


def test_a_municipality_that_is_not_among_the_facts_is_read_from_a_line_of_its_own() -> None:
    found = inferred("Påhittsbo kommun\nSocialnämnden\nSAMMANTRÄDESPROTOKOLL 2024-03-05\n1 (3)\n§ 1 Val")

    assert found.municipality is not None
    assert (found.municipality.slug, found.municipality.name) == ("pahittsbo", "Påhittsbo")


def test_the_text_comes_before_the_path_field_by_field() -> None:
    found = inferred("Mora kommun\nSocialnämnden\nProtokoll\n§ 1 Val", "lund/kommunstyrelsen/2019-11-25.pdf")

    assert found.municipality is not None
    assert found.municipality.slug == "mora"
    assert found.committee is not None
    assert found.committee.slug == "socialnamnden"
    assert found.date == datetime.date(2019, 11, 25)


def test_the_title_of_a_meeting_is_its_body_and_its_date() -> None:
    found = inferred("Mora kommun\nSocialnämnden\nProtokoll\n2024-05-06\n§ 1 Val")

    assert found.title == "Socialnämnden 2024-05-06"
    assert meeting_title(None, None) is None
    assert (
        meeting_title(found.committee, found.date, DocumentType.AGENDA)
        == "Socialnämnden, kallelse 2024-05-06"
    )


@pytest.mark.parametrize("text", ["", "\n\n", "%%% ### ???", "§", "§ 1", "|||", "\f\f"])
def test_nothing_says_nothing(text: str) -> None:
    found = inferred(text)

    assert (found.municipality, found.committee, found.date, found.dnr) == (None, None, None, ())


@given(st.text(max_size=300), st.text(alphabet="abåö-_/.2019 kskf", max_size=40))
def test_any_text_and_path_are_read(text: str, source: str) -> None:
    assert isinstance(inferred(text, source), InferredMetadata)


@pytest.mark.parametrize(
    "unit",
    [
        "Kommunstyrelsens och ",
        "- och ",
        "Plats och tid ",
        "2019-",
        "kommun ",
        "Lunds kommun\n",
        "§ 1\n",
        " " * 50,
    ],
)
def test_long_hostile_text_is_read_to_its_end(unit: str) -> None:
    assert isinstance(inferred(unit * 20_000), InferredMetadata)


REPORT = (
    "Påhittsbo kommun\nBarn- och fantasiförvaltningen\n\nTJÄNSTESKRIVELSE\nDatum\n2031-08-29\nDiarienummer\n"
    "BFN 2031/0412\n\nBarn- och fantasinämnden\n\n{title}\n\nFörslag till beslut\nNämnden godkänner det.\n"
)


@pytest.mark.parametrize("path", ["x.txt", "bilagor/x.txt"])
def test_an_extract_whose_cover_follows_is_minutes_whatever_it_rests_on(path: str) -> None:
    text = (
        "KF § 78    Dnr KS.2031.123\nFantasipolicy\n\nBeslut\nKommunfullmäktige beslutar att anta den.\n\n"
        "Beslutsunderlag\nTjänsteskrivelse daterad 2031-04-13\n\nSändlista\nSökanden\n\n\n"
        "Sammanträdesprotokoll för Kommunfullmäktige, Åre kommun\nDatum för sammanträde 2031-06-18\n"
    )

    found = inferred(text, path)

    assert found.type is DocumentType.MINUTES
    assert found.date == datetime.date(2031, 6, 18)
    assert found.committee is not None
    assert found.committee.slug == "kommunfullmaktige"


@pytest.mark.parametrize(
    "head",
    [
        "Tjänsteskrivelse 1 (3)\n2031-04-05\n",
        "Påhittsbo kommun\nTjänsteskrivelse 2031-04-05\n",
        "Sektor Påhitt\nTjänsteutlåtande\nDnr 31PN118\n2031-04-05   Sid 1 (5)\n",
    ],
)
def test_the_name_of_the_form_in_the_letterhead_makes_a_report(head: str) -> None:
    found = inferred(f"{head}\nNy taxa för sagor\n\nSammanfattning\nTaxan höjs.\n")

    assert found.type is DocumentType.REPORT
    assert found.title == "Ny taxa för sagor"


def test_a_report_among_the_papers_of_a_text_makes_no_report() -> None:
    found = inferred("Ny taxa för sagor\n\nTaxan höjs.\n\nBeslutsunderlag\nTjänsteskrivelse\n")

    assert found.type is not DocumentType.REPORT


def test_a_report_tells_its_municipality_by_the_address_of_the_sender() -> None:
    found = inferred(REPORT.format(title="Ny taxa").split("\n", 1)[1] + "\nGävle kommun, 801 84 Gävle\n")

    assert found.municipality is not None
    assert found.municipality.name == "Gävle"


@pytest.mark.parametrize(
    "text",
    [
        (
            "Reglemente för fantasinämnden\n\nÅnge kommun\nAntaget av kommunfullmäktige 2031-12-16 § 98\n"
            "Gäller från 2032-01-01\n\n1 § Ansvar\nNämnden leder allt.\n\n2 § Protokoll\nDet justeras.\n"
        ),
        (
            "Reglemente för fantasinämnden\nAntaget av kommunfullmäktige 2031-12-16 § 98\n\n"
            "§ 1 Ansvar\nNämnden beslutar om allt.\n\n§ 2 Jäv\nDen som är jävig går.\n"
        ),
        "Handlingsplan för fantasi 2031–2036\nÅnge kommun\n\nInledning\nPlanen gäller sagor.\n",
        "Ånge kommun\nRiktlinjer för sagoläsning\n\nDe gäller alla som läser.\n",
    ],
)
def test_what_a_body_adopted_is_an_attachment(text: str) -> None:
    found = inferred(text)

    assert found.type is DocumentType.ATTACHMENT
    assert found.title in text.splitlines()[:2]
    assert found.title != "Ånge kommun"


def test_an_extract_about_a_plan_is_no_attachment() -> None:
    found = inferred("Fantasiplan 2031\n\nBeslut\n\nFantasinämnden beslutar att anta planen.\n")

    assert found.type is not DocumentType.ATTACHMENT


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Kommunstyrelsens plan- och tillväxtutskott", "Kommunstyrelsens plan- och tillväxtutskott"),
        ("Kommunstyrelsens plan- och\ntillväxtutskott", "Kommunstyrelsens plan- och tillväxtutskott"),
        ("Direktionen", "Direktionen"),
        ("Nämnden Kultur & Fritid", "Nämnden Kultur & Fritid"),
        ("Nämnden för Förskola & Grundskola", "Nämnden för Förskola & Grundskola"),
        ("Brottsförebyggande rådet", "Brottsförebyggande rådet"),
    ],
)
def test_the_line_between_municipality_and_form_names_the_body(written: str, name: str) -> None:
    found = inferred(
        f"Tranås kommun\n{written}\nSAMMANTRÄDESPROTOKOLL\nSammanträdesdatum 2031-04-03\n"
        "Plats och tid  Sagosalen kl. 9-12\nBeslutande  Alva Påhittsdotter (S)\n\n§ 12 Plan\nDen antas.\n"
    )

    assert found.committee is not None
    assert found.committee.name.casefold() == name.casefold()
    assert found.date == datetime.date(2031, 4, 3)


@pytest.mark.parametrize(
    "line", ["Fantasiförvaltningen", "Kommunstyrelsens ordförande", "Stadsbyggnadsbolaget"]
)
def test_an_office_beside_the_form_is_no_body(line: str) -> None:
    assert (
        inferred(f"Tranås kommun\n{line}\nPROTOKOLL\n2031-04-03\n\n§ 12 Plan\nDen antas.\n").committee is None
    )


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Protokoll 2031-04-03\n\n§ 1 Val\nNågon väljs.\n", "bun/2031-04-03.txt"),
        ("BUN\nProtokoll 2031-04-03\n\n§ 1 Val\nNågon väljs.\n", "x.txt"),
        ("2031-04-03\n\nBUN § 1\nVal\nNågon väljs.\n", "x.txt"),
    ],
)
def test_letters_mean_the_body_of_the_municipality_that_is_known_otherwise(text: str, source: str) -> None:
    extraction = Extraction((text,), paged=False)
    letters, municipality = "BUN", known_with("BUN")

    assert infer(extraction, source).committee is None
    assert infer(extraction, source, municipality=municipality).committee == by_letters(
        letters, municipality.slug
    )


def known_with(letters: str) -> Municipality:
    """A municipality of which it is a fact what the letters mean there."""
    candidates = ("Barn- och utbildningsnämnden", "Barn- och ungdomsnämnden")
    return Municipality(min(municipalities_of(letters, candidates)), "Fakta")
