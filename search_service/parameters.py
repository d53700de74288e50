"""The parameters there are: one table for the parser, the OpenAPI document and the documentation."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from corpus.document import DocumentType
from index.query import Scope
from index.request import BREAKDOWNS, FACETS, UNKNOWN, Group, Sort
from search_service.parameter import BOOLEANS, Parameter

FORMATS: Final = ("json", "csv", "jsonl", "atom")
"""The formats a search can be answered in."""

EXPORT_FORMATS: Final = ("jsonl", "csv")
"""The formats of an export, the usual one first."""

TIMELINE_FORMATS: Final = ("json", "csv")
"""The formats that matches per year can be answered in."""

GROUPS: Final = tuple(group.value for group in Group)
"""What one result can stand for."""

NO_FACETS: Final = "none"

FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2200

_DATES: Final = ("YYYY", "YYYY-MM", "YYYY-MM-DD")
_DATE: Final = (
    "^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])|-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9])"
    "|-(0[13-9]|1[0-2])-30|-(0[13578]|1[02])-31)?$"
)
"""Every date there is, and 29 February of other years."""

_YEAR: Final = "(1[89][0-9]{2}|2[01][0-9]{2}|2200)"
"""From `FIRST_YEAR` to `LAST_YEAR`."""

_SLUG: Final = "^[a-z0-9]+(-[a-z0-9]+)*$"

Q: Final = Parameter(
    "q",
    "Söktext. Alla ord ska finnas; frågespråket beskrivs i /docs. Tomt: bläddra bland allt.",
    form="text, högst 512 tecken",
    example="skolskjuts",
    limit="max_query_characters",
)
MUNICIPALITY: Final = Parameter(
    "municipality",
    "Kommunens kortnamn i adressform, eller unknown för paragrafer där kommunen inte kunde utläsas.",
    form="slug",
    many=True,
    example="lund",
    pattern=_SLUG,
)
COMMITTEE: Final = Parameter(
    "committee",
    "Organets namn i adressform, eller unknown.",
    form="slug",
    many=True,
    example="kommunstyrelsen",
    pattern=_SLUG,
)
YEAR: Final = Parameter(
    "year",
    "Sammanträdets år, eller unknown.",
    form="2019 · 2019,2021 · 2016..2019 · 2016.. · ..2019",
    many=True,
    example="2016..2022",
    forms=("YYYY", "YYYY..YYYY", "YYYY..", "..YYYY", UNKNOWN),
    pattern=rf"^({_YEAR}(\.\.{_YEAR}?)?|\.\.{_YEAR}|{UNKNOWN})$",
)
TYPE: Final = Parameter(
    "type",
    "Slags handling: protokoll, tjänsteskrivelse, kallelse eller bilaga.",
    many=True,
    choices=tuple(kind.value for kind in DocumentType),
    example=DocumentType.MINUTES.value,
)
DATE_FROM: Final = Parameter(
    "date_from",
    "Första sammanträdesdag, denna inräknad.",
    form="ÅÅÅÅ[-MM[-DD]]",
    example="2019-01",
    forms=_DATES,
    pattern=_DATE,
)
DATE_TO: Final = Parameter(
    "date_to",
    "Sista sammanträdesdag, denna inräknad.",
    form="ÅÅÅÅ[-MM[-DD]]",
    example="2019-06",
    forms=_DATES,
    pattern=_DATE,
)
DNR: Final = Parameter(
    "dnr",
    "Diarienummer, hur det än skrivs.",
    form="diarienummer",
    many=True,
    example="KS 2020/0377",
    notation="dnr",
    forms=("KS 2019/0835", "KS 2019-835", "KS2019/835", "835/2019 KS", "KS-2019-835"),
)
IN: Final = Parameter(
    "in",
    "Var orden ska stå: överallt, i rubriken eller i beslutets text.",
    choices=tuple(scope.value for scope in Scope),
    default=Scope.ALL.value,
    example=Scope.TITLE.value,
)
SORT: Final = Parameter(
    "sort",
    "Ordning. Utan angivelse: relevance med q, annars -date.",
    choices=tuple(sort.value for sort in Sort),
    example=Sort.ADDED.value,
)
PAGE: Final = Parameter(
    "page",
    "Sidans nummer.",
    form="från 1",
    minimum=1,
    default="1",
    example="2",
    limit="result_window",
)
PER_PAGE: Final = Parameter(
    "per_page", "Träffar på en sida.", form="1–100", minimum=1, maximum=100, default="20", example="50"
)
GROUP: Final = Parameter(
    "group",
    "Vad en träff står för: en paragraf, en handling eller ett ärende.",
    choices=GROUPS,
    default=Group.SECTION.value,
    example=Group.CASE.value,
)
FACETS_WANTED: Final = Parameter(
    "facets",
    "Vilka fasetter som räknas, eller none.",
    many=True,
    choices=(*FACETS, NO_FACETS),
    default="municipality,year,committee",
    example="municipality,year",
)
FACET_SIZE: Final = Parameter(
    "facet_size",
    "Högsta antal värden i en fasett.",
    form="1–500",
    minimum=1,
    maximum=500,
    default="50",
    example="10",
)
SNIPPETS: Final = Parameter(
    "snippets", "Utdrag per träff.", form="0–5", minimum=0, maximum=5, default="1", example="3"
)
SNIPPET_LENGTH: Final = Parameter(
    "snippet_length",
    "Ett utdrags längd i tecken.",
    form="60–600",
    minimum=60,
    maximum=600,
    default="240",
    example="120",
)
FORMAT: Final = Parameter(
    "format",
    "Svarets format. Utan angivelse: adressens ändelse, därefter Accept.",
    choices=FORMATS,
    example=FORMATS[0],
)
EXPORT_FORMAT: Final = Parameter(
    "format",
    "Filens format. Utan angivelse: Accept, annars jsonl.",
    choices=EXPORT_FORMATS,
    default=EXPORT_FORMATS[0],
    example=EXPORT_FORMATS[0],
)
FIELDS: Final = Parameter(
    "fields",
    "Vad varje träff har utöver det vanliga: text är paragrafens hela text.",
    many=True,
    choices=("text",),
    example="text",
)
TIMELINE_FORMAT: Final = replace(
    FORMAT, description="Svarets format. Utan angivelse: Accept.", choices=TIMELINE_FORMATS
)
BY: Final = Parameter(
    "by", "Räkna varje år också per kommun eller organ.", choices=BREAKDOWNS, example=BREAKDOWNS[0]
)
EXCEL: Final = Parameter(
    "excel",
    "Bara för CSV: byteordningsmärke och semikolon, som Excel vill ha det.",
    choices=BOOLEANS,
    default="false",
    example="false",
)
STRICT: Final = Parameter(
    "strict",
    "Gör varje varning om sökfrågan till ett fel.",
    choices=BOOLEANS,
    default="false",
    example="true",
)
PREFIX: Final = Parameter("prefix", "Bara värden vars namn börjar så.", example="kommun")
SIZE: Final = Parameter(
    "size", "Högsta antal värden.", form="1–500", minimum=1, maximum=500, default="50", example="10"
)

TYPED: Final = Parameter(
    "q",
    "Det som har skrivits hittills. Tomt: inga förslag.",
    form="text, högst 512 tecken",
    example="skolskj",
    limit="max_query_characters",
)

SECTION_ID: Final = Parameter(
    "section_id", "Paragrafens id, som i id hos en träff.", form="id", example="axryrky60b-59"
)
DOCUMENT_ID: Final = Parameter(
    "document_id", "Handlingens id, som i document_id hos en träff.", form="id", example="axryrky60b"
)
FACET_NAME: Final = Parameter("name", "Fasettens namn.", choices=FACETS, example="committee")
CASE_MUNICIPALITY: Final = Parameter(
    "municipality", "Kommunens kortnamn, eller dess namn hur det än skrivs.", form="slug", example="granvika"
)
CASE_DNR: Final = Parameter(
    "dnr", "Ärendets diarienummer, hur det än skrivs.", form="diarienummer", example="KS 2020/0377"
)

MATCHING: Final = (Q, MUNICIPALITY, COMMITTEE, YEAR, TYPE, DATE_FROM, DATE_TO, DNR, IN)
"""What decides which sections are found."""

SEARCH: Final = (
    *MATCHING,
    SORT,
    PAGE,
    PER_PAGE,
    GROUP,
    FACETS_WANTED,
    FACET_SIZE,
    SNIPPETS,
    SNIPPET_LENGTH,
    FORMAT,
    EXCEL,
    STRICT,
)


def search_in(form: str) -> tuple[Parameter, ...]:
    """Return what a search takes whose address ends on its format."""
    alike = {"format": replace(FORMAT, choices=(form,), example=form)}
    if form != "csv":
        alike["excel"] = replace(EXCEL, choices=BOOLEANS[1:])
    if form == "atom":
        alike["sort"] = replace(SORT, choices=(Sort.ADDED.value,))
    return tuple(alike.get(parameter.name, parameter) for parameter in SEARCH)


OF_A_PAGE: Final = tuple(
    replace(
        parameter,
        description=f"{parameter.description} Formar bara sökningens sidor, här utan verkan.",
        limit=None,
    )
    for parameter in (PAGE, PER_PAGE, FACETS_WANTED, FACET_SIZE, SNIPPETS, SNIPPET_LENGTH)
)
"""What an export takes, as it stands in the addresses of searches, but has no use for."""

EXPORT: Final = (*MATCHING, SORT, GROUP, EXPORT_FORMAT, EXCEL, FIELDS, STRICT, *OF_A_PAGE)
FACET: Final = (*MATCHING, STRICT, PREFIX, SIZE)
TIMELINE: Final = (*MATCHING, BY, TIMELINE_FORMAT, EXCEL, STRICT)
SECTION_PAGE: Final = (Q, IN)
SUGGEST: Final = (TYPED,)
