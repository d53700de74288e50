from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.report_titles import title_of

OFFICES = (
    "Barn- och fantasiförvaltningen",
    "Sagokontoret",
    "Sektor Påhitt",
    "Fantasiavdelningen",
    "Sagostaben",
)
FORMS = (
    "Tjänsteskrivelse",
    "TJÄNSTEUTLÅTANDE",
    "Beslutsförslag",
    "Tjänsteskrivelse 1 (3)",
    "Information 1 (3)",
)
BODIES = (
    "Kommunstyrelsen",
    "Barn- och fantasinämnden",
    "Till Socialnämnden",
    "Kommunstyrelsens arbetsutskott",
)
PLACES = ("Påhittsbo kommun", "PÅHITTSBO KOMMUN", "Lunds kommun", "Malmö stad")
NUMBERS = ("Dnr KS 2031/0099-2", "2031-02-03  1 (4)", "Datum 2031-02-03", "Sida 1 (4)", "KS 2031/99")
PEOPLE = (
    "Handläggare: Saga Påhittsdotter",
    "Handläggare\nSaga Påhittsdotter",
    "Saga Påhitt, kommunsekreterare",
)
TITLES = (
    "Svar på remiss om fysisk planering",
    "Ny förskola i Drömtorp",
    "Dokumenthanteringsplan för nämnden",
    "Reglemente för kommunstyrelsen",
    "Ny organisation för sagoförvaltningen",
    "Riktlinjer för trygghetsboende i Påhittsbo stad",
)
CONTENTS = ("Förslag till beslut", "Sammanfattning", "Ärendet", "Fantasinämndens förslag till beslut")


@given(
    st.permutations([OFFICES, FORMS, BODIES, PLACES, NUMBERS, PEOPLE]).flatmap(
        lambda kinds: st.tuples(*map(st.sampled_from, kinds))
    ),
    st.sampled_from(TITLES),
    st.sampled_from(CONTENTS),
    st.sampled_from(["\n", "\n\n"]),
)
def test_the_title_stands_last_in_the_letterhead_whatever_its_order(
    letterhead: tuple[str, ...], title: str, content: str, gap: str
) -> None:
    text = gap.join([*letterhead, title, content, "Förvaltningen skriver detta i löpande text."])

    assert title_of(text.splitlines()) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Handlingsplan\n2031\nSaga Påhitt\n\nInledning\nText.", "Handlingsplan"),
        (
            "Påhittsbo kommun\n\nTaxa för sagor i\ncentrum\n\nAntagen av fullmäktige",
            "Taxa för sagor i centrum",
        ),
        ("Ärende: Val av sagofarbror\nMer text.", "Val av sagofarbror"),
        (
            (
                "Tjänsteskrivelse\n\nRevidering av taxan för de allra mest påhittade sagorna\n"
                "Drömtorp 2:14\n\nSammanfattning\nText."
            ),
            "Revidering av taxan för de allra mest påhittade sagorna Drömtorp 2:14",
        ),
    ],
)
def test_the_title_is_what_is_no_letterhead(text: str, title: str) -> None:
    assert title_of(text.splitlines()) == title


@pytest.mark.parametrize(
    "text", ["", "Påhittsbo kommun", "Tjänsteskrivelse\n2031-02-03", "Sammanfattning\nText som rinner på."]
)
def test_a_letterhead_alone_has_no_title(text: str) -> None:
    assert title_of(text.splitlines()) is None


@given(st.lists(st.text(max_size=60), max_size=30))
def test_any_lines_are_read_and_a_title_is_of_one_line(lines: list[str]) -> None:
    title = title_of(lines)

    assert title is None or (title == " ".join(title.split()) and len(title) <= 300)


@pytest.mark.parametrize("unit", ["och ", "a, ", "A-", "Saga Saga ", "förvaltningen för "])
def test_a_long_hostile_line_is_read(unit: str) -> None:
    title_of([unit * 20_000, "Förslag till beslut"])
