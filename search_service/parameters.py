"""The parameters there are: one table for the parser, the OpenAPI document and the documentation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from corpus.document import DocumentType
from index.query import Scope
from index.request import BREAKDOWNS, FACETS, UNKNOWN, Group, Sort

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


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: what it means and what it can be.

    Attributes:
        form: what a value looks like, for people.
        forms: the same as a list for programs, where neither `choices` nor a range says it.
        many: whether it may be repeated or hold several values with commas between.
        choices: every value there is, where that can be listed.
        minimum: the least whole number, when it is one.
        maximum: the largest.
        default: as it would be written in the address; `None` for no value.
    """

    name: str
    description: str
    form: str = "text"
    many: bool = False
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    default: str | None = None
    example: str | None = None
    forms: tuple[str, ...] = ()

    @property
    def allowed(self) -> tuple[str, ...]:
        """What a value can be: every one, or the range, or the forms that there are."""
        if self.minimum is not None:
            return (f"{self.minimum}..{'' if self.maximum is None else self.maximum}",)
        return self.choices or self.forms or (self.form,)

    def openapi(self) -> dict[str, Any]:
        """Return the parameter as OpenAPI describes it."""
        described: dict[str, Any] = {
            "name": self.name,
            "in": "query",
            "required": False,
            "description": self.description,
            "schema": self._array() if self.many else self._schema(),
        }
        if self.many:
            described |= {"style": "form", "explode": True}
        if self.example is not None:
            described["example"] = [self.example] if self.many else self.example
        return described

    def _array(self) -> dict[str, Any]:
        array: dict[str, Any] = {"type": "array", "items": self._schema(with_default=False)}
        if self.default is not None:
            array["default"] = self.default.split(",")
        return array

    def _schema(self, *, with_default: bool = True) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "string"}
        if self.minimum is not None:
            schema = {"type": "integer", "minimum": self.minimum}
            if self.maximum is not None:
                schema["maximum"] = self.maximum
        elif self.choices == BOOLEANS:
            schema = {"type": "boolean"}
        elif self.choices:
            schema["enum"] = list(self.choices)
        if with_default and self.default is not None:
            schema["default"] = _typed(self.default, schema["type"])
        return schema


def _typed(text: str, kind: str) -> str | int | bool:
    if kind == "integer":
        return int(text)
    return text == "true" if kind == "boolean" else text


BOOLEANS: Final = ("true", "false")

Q: Final = Parameter(
    "q",
    "Söktext. Alla ord ska finnas; frågespråket beskrivs i /docs. Tomt: bläddra bland allt.",
    form="text, högst 512 tecken",
    example="skolskjuts",
)
MUNICIPALITY: Final = Parameter(
    "municipality",
    "Kommunens kortnamn i adressform, eller unknown för paragrafer där kommunen inte kunde utläsas.",
    form="slug",
    many=True,
)
COMMITTEE: Final = Parameter(
    "committee",
    "Organets namn i adressform, eller unknown.",
    form="slug",
    many=True,
)
YEAR: Final = Parameter(
    "year",
    "Sammanträdets år, eller unknown.",
    form="2019 · 2019,2021 · 2016..2019 · 2016.. · ..2019",
    many=True,
    forms=("YYYY", "YYYY..YYYY", "YYYY..", "..YYYY", UNKNOWN),
)
TYPE: Final = Parameter(
    "type",
    "Slags handling: protokoll, tjänsteskrivelse, kallelse eller bilaga.",
    many=True,
    choices=tuple(kind.value for kind in DocumentType),
)
DATE_FROM: Final = Parameter(
    "date_from",
    "Första sammanträdesdag, denna inräknad.",
    form="ÅÅÅÅ[-MM[-DD]]",
    example="2019-01",
    forms=_DATES,
)
DATE_TO: Final = Parameter(
    "date_to",
    "Sista sammanträdesdag, denna inräknad.",
    form="ÅÅÅÅ[-MM[-DD]]",
    example="2019-06",
    forms=_DATES,
)
DNR: Final = Parameter(
    "dnr",
    "Diarienummer, hur det än skrivs.",
    form="diarienummer",
    many=True,
    forms=("KS 2019/0835", "KS 2019-835", "KS2019/835", "835/2019 KS", "KS-2019-835"),
)
IN: Final = Parameter(
    "in",
    "Var orden ska stå: överallt, i rubriken eller i beslutets text.",
    choices=tuple(scope.value for scope in Scope),
    default=Scope.ALL.value,
)
SORT: Final = Parameter(
    "sort",
    "Ordning. Utan angivelse: relevance med q, annars -date.",
    choices=tuple(sort.value for sort in Sort),
)
PAGE: Final = Parameter("page", "Sidans nummer.", form="från 1", minimum=1, default="1")
PER_PAGE: Final = Parameter(
    "per_page", "Träffar på en sida.", form="1–100", minimum=1, maximum=100, default="20"
)
GROUP: Final = Parameter("group", "Vad en träff står för.", choices=GROUPS, default=Group.SECTION.value)
FACETS_WANTED: Final = Parameter(
    "facets",
    "Vilka fasetter som räknas, eller none.",
    many=True,
    choices=(*FACETS, NO_FACETS),
    default="municipality,year,committee",
)
FACET_SIZE: Final = Parameter(
    "facet_size", "Högsta antal värden i en fasett.", form="1–500", minimum=1, maximum=500, default="50"
)
SNIPPETS: Final = Parameter("snippets", "Utdrag per träff.", form="0–5", minimum=0, maximum=5, default="1")
SNIPPET_LENGTH: Final = Parameter(
    "snippet_length", "Ett utdrags längd i tecken.", form="60–600", minimum=60, maximum=600, default="240"
)
FORMAT: Final = Parameter(
    "format", "Svarets format. Utan angivelse: adressens ändelse, därefter Accept.", choices=FORMATS
)
EXPORT_FORMAT: Final = Parameter(
    "format",
    "Filens format. Utan angivelse: Accept, annars jsonl.",
    choices=EXPORT_FORMATS,
    default=EXPORT_FORMATS[0],
    example="csv",
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
BY: Final = Parameter("by", "Räkna varje år också per kommun eller organ.", choices=BREAKDOWNS)
EXCEL: Final = Parameter(
    "excel",
    "Bara för CSV: byteordningsmärke och semikolon, som Excel vill ha det.",
    choices=BOOLEANS,
    default="false",
)
STRICT: Final = Parameter(
    "strict", "Gör varje varning om sökfrågan till ett fel.", choices=BOOLEANS, default="false"
)
PREFIX: Final = Parameter("prefix", "Bara värden vars namn börjar så.", example="kommun")
SIZE: Final = Parameter("size", "Högsta antal värden.", form="1–500", minimum=1, maximum=500, default="50")

TYPED: Final = Parameter(
    "q",
    "Det som har skrivits hittills. Tomt: inga förslag.",
    form="text, högst 512 tecken",
    example="skolskj",
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
OF_A_PAGE: Final = tuple(
    replace(parameter, description=f"{parameter.description} Formar bara sökningens sidor, här utan verkan.")
    for parameter in (PAGE, PER_PAGE, FACETS_WANTED, FACET_SIZE, SNIPPETS, SNIPPET_LENGTH)
)
"""What an export takes, as it stands in the addresses of searches, but has no use for."""

EXPORT: Final = (*MATCHING, SORT, GROUP, EXPORT_FORMAT, EXCEL, FIELDS, STRICT, *OF_A_PAGE)
FACET: Final = (*MATCHING, STRICT, PREFIX, SIZE)
TIMELINE: Final = (*MATCHING, BY, TIMELINE_FORMAT, EXCEL, STRICT)
SECTION_PAGE: Final = (Q, IN)
SUGGEST: Final = (TYPED,)

OTHER_NAMES: Final = {
    "kommun": "municipality",
    "kommuner": "municipality",
    "city": "municipality",
    "organ": "committee",
    "nämnd": "committee",
    "namnd": "committee",
    "styrelse": "committee",
    "år": "year",
    "ar": "year",
    "typ": "type",
    "från": "date_from",
    "fran": "date_from",
    "from": "date_from",
    "till": "date_to",
    "tom": "date_to",
    "to": "date_to",
    "datum": "date_from",
    "diarienummer": "dnr",
    "fråga": "q",
    "fraga": "q",
    "sök": "q",
    "sok": "q",
    "sökord": "q",
    "query": "q",
    "search": "q",
    "sortering": "sort",
    "sortera": "sort",
    "order": "sort",
    "sida": "page",
    "antal": "per_page",
    "limit": "per_page",
    "rows": "per_page",
    "offset": "page",
    "start": "page",
    "grupp": "group",
    "gruppera": "group",
    "fasetter": "facets",
    "facet": "facets",
    "utdrag": "snippets",
    "fält": "fields",
    "falt": "fields",
    "columns": "fields",
    "filformat": "format",
    "strikt": "strict",
    "scope": "in",
}
"""Names that people try, in Swedish and from other interfaces, and what they are called here."""
