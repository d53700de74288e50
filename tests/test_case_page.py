"""The page of a case: the same §§ as its JSON in the same order, said in words, escaped, with sound links."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Decision, DecisionKind, Document, DocumentType
from search_service.routes.case_view import LONGEST_DECISION, shortened
from search_service.settings import Settings
from tests.builders import document, section
from tests.html_pages import Page, assert_sound, page, targets
from tests.web_client import BASE, Client, index, serving, serving_collection

HOSTILE = '"><script>alert(1)</script>\u202e\x00'


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving_client:
        yield serving_client


@pytest.fixture(scope="module")
def one_case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Serve a case of five documents of three committees."""
    folder = tmp_path_factory.mktemp("case")
    index(folder, _one_case())
    with serving(Settings(index_dir=folder)) as serving_client:
        yield serving_client


def _one_case() -> list[Document]:
    return [
        document(
            "kf.txt",
            section("12", title="Taxa antas", dnr=("KS 2019/0835",), decision="att anta taxan"),
            committee="Kommunfullmäktige",
            date=datetime.date(2020, 2, 8),
        ),
        document(
            "skrivelse.txt",
            section(
                None,
                title="Taxa",
                dnr=("KS2019/835",),
                decision="att nämnden antar taxan",
                kind=DecisionKind.PROPOSAL,
            ),
            committee="Östra nämnden",
            date=datetime.date(2020, 2, 8),
            type=DocumentType.REPORT,
        ),
        document(
            "ks.txt",
            section(
                "354",
                title="Taxa föreslås",
                dnr=("dnr KS 2019-0835",),
                decision="att  föreslå\n\n \nfullmäktige att anta taxan",
                kind=DecisionKind.PROPOSAL,
            ),
            date=datetime.date(2019, 11, 25),
        ),
        document("utan.txt", section("7", title="Taxa utan datum", dnr=("KS 2019/835",)), date=None),
        document("annat.txt", section("8", title="Annat ärende", dnr=("KS 2019/836",))),
    ]


def steps(shown: str) -> list[str]:
    """Return the ids of the §§ of a timeline."""
    timeline = shown[shown.index('<ol class="timeline"') : shown.index("</ol>")]
    return re.findall(r'<h2><a href="/p/([^"]+)">', timeline)


def test_the_page_has_the_sections_of_the_case_in_its_order(client: Client) -> None:
    results = [one for one in client.search("per_page=100")["results"] if one["case_url"]]

    for result in results:
        case = client.get(result["case_url"]).json
        shown = client.get(result["case_url"].replace("/api/v1/cases/", "/c/")).text

        assert steps(shown) == [one["id"] for one in case["sections"]]
        assert (
            f'<h1>Ärende <span class="whole">{case["dnr"]},</span> {case["municipality"]["name"]}</h1>'
            in shown
        )
    assert results


def test_a_summary_says_how_much_there_is_from_when_and_what_came_last(one_case: Client) -> None:
    shown = page(one_case, "/c/granvika/KS-2019-835")

    assert (
        "4 paragrafer ur 4 handlingar i 3 organ, från 25 november 2019 till 8 februari 2020. "
        "1 paragraf utan datum står sist. Senaste: beslut av Kommunfullmäktige." in shown.text
    )


def test_a_case_of_one_section_is_summed_up_as_one(one_case: Client) -> None:
    shown = page(one_case, "/c/granvika/KS-2019-836")

    words = "1 paragraf ur 1 handling i 1 organ, 25 november 2019. Senaste: protokoll, Kommunstyrelsen."
    assert words in shown.text


def test_a_case_without_any_date_says_so(tmp_path: Path) -> None:
    index(tmp_path, [document("a.txt", section("1", dnr=("KS 2019/1",)), date=None, committee=None)])

    with serving(Settings(index_dir=tmp_path)) as client:
        shown = page(client, "/c/granvika/KS-2019-1")

    assert "1 paragraf ur 1 handling. Inget datum kunde utläsas." in shown.text
    assert "Utan datum" in shown.text


def test_each_step_says_when_who_what_and_what_was_decided(one_case: Client) -> None:
    shown = page(one_case, "/c/granvika/KS-2019-835").text

    assert (
        "25 november 2019 Kommunstyrelsen Protokoll § 354 Taxa föreslås Förslag "
        "att föreslå fullmäktige att anta taxan 8 februari 2020 Kommunfullmäktige Protokoll § 12 Taxa antas "
        "Beslut att anta taxan 8 februari 2020 Östra nämnden Tjänsteskrivelse Taxa Förslag "
        "att nämnden antar taxan Utan datum Kommunstyrelsen Protokoll § 7 Taxa utan datum" in shown
    )


def test_every_spelling_of_the_dnr_is_the_same_page_with_one_canonical_address(one_case: Client) -> None:
    spellings = ("KS-2019-835", "KS 2019/0835", "ks2019/835", "2019.835 KS", "dnr ks 2019-0835")

    answers = [
        one_case.get(f"/c/granvika/{quote(spelling, safe=safe)}")
        for spelling in spellings
        for safe in ("/", "")
    ]

    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert f'<link rel="canonical" href="{BASE}/c/granvika/KS-2019-835">' in answers[0].text


def test_what_the_page_offers_to_take_along_is_the_same_case(one_case: Client) -> None:
    shown = page(one_case, "/c/granvika/KS-2019-835")
    found = targets(shown)
    ids = sorted(one["id"] for one in one_case.get("/api/v1/cases/granvika/KS-2019-835").json["sections"])

    (csv,) = (one for one in found if "search.csv?" in one)
    (atom,) = (one for one in found if "search.atom?" in one)
    (search,) = (one for one in found if one.startswith("/?"))

    assert sorted(re.findall(r"/p/([^,\s]+)", one_case.get(csv).text)) == ids
    assert one_case.get(atom).text.count("<entry>") == len(ids)
    assert sorted(one["id"] for one in one_case.search(search.removeprefix("/?"))["results"]) == ids


def test_the_page_is_sound_and_all_its_links_are_there(one_case: Client, client: Client) -> None:
    case_url = next(one["case_url"] for one in client.search()["results"] if one["case_url"])
    for serving_client, address in (
        (one_case, "/c/granvika/KS-2019-835"),
        (client, case_url.replace("/api/v1/cases/", "/c/")),
    ):
        shown = page(serving_client, address)

        assert_sound(shown)
        for target in targets(shown):
            assert serving_client.get(target).status == 200, target


def test_hits_and_sections_lead_to_the_page_of_their_case(one_case: Client) -> None:
    result = one_case.search("q=fullm%C3%A4ktige")["results"][0]
    address = f'<a href="{BASE}/c/granvika/KS-2019-835">'

    hits, whole = one_case.get("/?q=fullm%C3%A4ktige").text, one_case.get(result["permalink"]).text

    assert f"{address}{result['dnr'][0]}</a>" in hits
    assert f"{address}{result['dnr'][0]}</a>" in whole
    assert f"<h2>{address}Samma ärende, {result['dnr'][0]}</a></h2>" in whole


def test_a_case_of_an_unknown_municipality_is_shown_as_the_interface_has_it(tmp_path: Path) -> None:
    index(tmp_path, [document("a.txt", section("1", dnr=("KS 2019/7",)), municipality=None)])

    with serving(Settings(index_dir=tmp_path)) as client:
        shown = page(client, "/c/unknown/KS-2019-7")
        statuses = {target: client.get(target).status for target in targets(shown)}

    assert "KS 2019/7, okänd kommun" in shown.text
    assert set(statuses.values()) == {200}


@pytest.mark.parametrize("written", ["KS 1900/1", "inget", "", "%00", "..%2f..%2fx", "%FF", "%3Cscript%3E"])
def test_a_case_that_is_not_there_is_a_problem_in_json_and_as_a_page(one_case: Client, written: str) -> None:
    answer = one_case.get(f"/c/granvika/{quote(written, safe='%')}")
    shown = one_case.get(f"/c/granvika/{quote(written, safe='%')}", headers={"Accept": "text/html"})

    assert (answer.status, shown.status) == (404, 404)
    assert answer.json["type"].endswith("#not-found")
    assert_sound(Page(shown.text))
    assert "<script>" not in shown.text


def test_the_page_takes_no_parameters_and_is_kept_until_the_index_changes(one_case: Client) -> None:
    address = "/c/granvika/KS-2019-835"

    whole, head = one_case.get(address), one_case.get(address, method="HEAD")
    again = one_case.get(address, headers={"If-None-Match": whole.headers["etag"]})

    assert one_case.get(f"{address}?q=taxa").status == 400
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", whole.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert "x-robots-tag" not in whole.headers


def test_what_comes_from_a_file_is_escaped_on_the_page(tmp_path: Path) -> None:
    one = section("1", title=f"Taxa {HOSTILE}", dnr=("KS 2019/1", HOSTILE), decision=f"att {HOSTILE}")
    hostile = document("a.txt", one, municipality=f"Ort {HOSTILE}", committee=f"Nämnd {HOSTILE}")
    hostile = replace(hostile, title=HOSTILE, source_url="javascript:alert(1)")
    index(tmp_path, [hostile])

    with serving(Settings(index_dir=tmp_path)) as client:
        result = client.search()["results"][0]
        addresses = [result["case_url"].replace("/api/v1/cases/", "/c/"), "/", result["permalink"]]
        sources = [client.get(address).text for address in addresses]
        statuses = {one: client.get(one).status for source in sources for one in targets(Page(source))}

    assert set(statuses.values()) == {200}
    for source in sources:
        assert_sound(Page(source))
        assert "<script>" not in source
        assert "\u202e" not in source
        assert "javascript:" not in source
    assert '"><script>alert(1)</script>' in unescape(sources[0])


def test_a_decision_without_a_kind_is_shown_without_a_badge(tmp_path: Path) -> None:
    made = document("a.txt", section("1", dnr=("KS 2019/1",)))
    decided = replace(made.sections[0], decision=Decision(None, "att vänta"))
    index(tmp_path, [replace(made, sections=(decided,))])

    with serving(Settings(index_dir=tmp_path)) as client:
        shown = client.get("/c/granvika/KS-2019-1").text

    assert '<p class="decided">att vänta</p>' in shown
    assert "badge" not in shown


@given(st.text(alphabet="ab \n", max_size=60), st.integers(1, 60))
def test_shortened_text_is_whole_words_of_its_beginning(text: str, length: int) -> None:
    kept = shortened(text, length)

    beginning = kept.removesuffix(" …")
    assert text.startswith(beginning)
    assert len(beginning) <= length
    assert (kept == text) == (len(text) <= length)


def test_a_long_decision_is_shown_as_far_as_its_first_words(tmp_path: Path) -> None:
    words = "att anta taxan " * 100
    index(tmp_path, [document("a.txt", section("1", dnr=("KS 2019/1",), decision=words))])

    with serving(Settings(index_dir=tmp_path)) as client:
        shown = client.get("/c/granvika/KS-2019-1").text

    decided = re.search('<p class="decided">(.*?)</p>', shown)
    assert decided is not None
    assert decided[1].endswith(" …")
    assert LONGEST_DECISION - 20 < len(decided[1]) <= LONGEST_DECISION + 2
