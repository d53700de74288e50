"""The pages: what stands on them, and that they are sound, escaped, light and load nothing from elsewhere."""

from __future__ import annotations

import datetime
import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from corpus.document import Part, PartKind
from search_service.rendering.citations import municipality_in_full
from search_service.rendering.html import STATIC, swedish_date, thousands, visible
from search_service.routes.pages import LINKED_MARKS
from search_service.settings import Settings
from tests.builders import document, section
from tests.html_pages import assert_sound, page, targets
from tests.web_client import BASE, Client, index, serving, serving_collection


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving_client:
        yield serving_client


@pytest.fixture(scope="module")
def addresses(client: Client) -> list[str]:
    section_id = client.search("q=bastu&per_page=1")["results"][0]["id"]
    return [
        *(
            "/",
            "/?q=taxa&page=2",
            "/?q=taxa&municipality=granvika,unknown&year=2016..2018&in=decision&facets=none",
        ),
        *("/?q=ordsomintefinns&year=1999", "/?page=400", f"/p/{section_id}", f"/p/{section_id}?q=taxa+bastu"),
        *("/docs", "/docs/problems"),
    ]


def test_every_page_is_nested_labelled_and_loads_only_what_is_its_own(
    client: Client, addresses: list[str]
) -> None:
    for address in addresses:
        assert_sound(page(client, address))


def test_every_link_and_file_of_a_page_is_there(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        for target in targets(page(client, address)):
            assert client.get(target).status == 200, (address, target)


def test_every_field_has_a_label_and_belongs_to_the_one_form(client: Client) -> None:
    shown = page(client, "/?q=taxa&type=minutes&snippets=2")

    fields = [a for tag, a in shown.elements if tag in {"input", "select"} and a.get("type") != "hidden"]
    assert len(shown.all("form")) == 1
    assert shown.all("form")[0]["id"] == "f"
    assert "method" not in shown.all("form")[0]
    assert {"for": "q"}.items() <= shown.all("label")[0].items()
    assert all(a.get("id") == "q" or a.get("form") == "f" for a in fields)
    hidden = {(a["name"], a["value"]) for a in shown.all("input") if a.get("type") == "hidden"}
    assert hidden == {("type", "minutes"), ("snippets", "2")}


def test_sending_the_form_as_it_stands_is_the_same_search(client: Client) -> None:
    filters = "municipality=granvika,unknown&year=2016..2018&type=minutes&date_from=2016-02-01"
    query = f"q=taxa&{filters}&in=decision&sort=date"
    shown = page(client, f"/?{query}")

    sent = [
        f"{attributes['name']}={(attributes.get('value') or '').replace(' ', '+')}"
        for attributes in shown.all("input")
        if attributes.get("type") != "checkbox" or "checked" in attributes
    ]
    answer = client.search("&".join([*sent, "in=decision", "sort=date"]))

    assert answer["links"]["self"] == f"{BASE}/api/v1/search?{query}"


def test_the_title_and_the_heading_say_how_many_hits_there_are(client: Client) -> None:
    total = client.search("q=taxa")["total"]

    source = client.get("/?q=taxa").text

    assert f"<title>{total} träffar på ”taxa” – Protokollsök</title>" in source
    assert f"<h1>{total} träffar på ”taxa”</h1>" in source


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("taxa", "”taxa”"),
        ('"taxa och avgift"', "”taxa och avgift”"),
        ("“taxa och avgift„ bastu", "”taxa och avgift” bastu"),
        ("»taxa«", "”taxa”"),
        ('taxa"', "”taxa”"),
        ('"', '”"”'),
        ("<taxa>", "”&lt;taxa&gt;”"),
    ],
)
def test_the_heading_has_one_pair_of_marks_around_a_phrase(client: Client, typed: str, shown: str) -> None:
    source = client.get(f"/?{urlencode({'q': typed})}").text

    heading = re.search("<h1>(.*?)</h1>", source)

    assert heading is not None
    assert unescape(heading[1]).endswith(f" träffar på {unescape(shown)}")
    assert "<taxa>" not in source


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("q=taxa&group=case", "{} ärenden och paragrafer utan diarienummer med träff på ”taxa”"),
        ("q=taxa&group=document", "{} handlingar med träff på ”taxa”"),
        ("group=document", "{} handlingar ur kommunala protokoll"),
    ],
)
def test_the_heading_of_groups_says_what_is_counted(client: Client, query: str, words: str) -> None:
    total = client.search(query)["total"]

    source = client.get(f"/?{query}").text

    assert f"<h1>{words.format(total)}</h1>" in source
    assert 'name="group"' in source


def test_the_page_shows_the_hits_of_the_answer_with_title_links(client: Client) -> None:
    results = client.search("q=taxa&page=2")["results"]

    shown = page(client, "/?q=taxa&page=2")

    links = [a["href"] for a in shown.all("a") if (a.get("href") or "").startswith("/p/")]
    assert links == [f"/p/{result['id']}?q=taxa" for result in results]
    assert len(shown.all("article")) == len(results)


def test_counts_on_the_page_are_those_of_the_answer(client: Client) -> None:
    answer = client.search("q=taxa&municipality=granvika")

    source = client.get("/?q=taxa&municipality=granvika").text

    for name, facet in answer["facets"].items():
        for value in facet["values"]:
            checked = " checked" if value["selected"] else ""
            field = f'name="{name}" value="{value["value"]}"{checked}>'
            assert f"{field} {value['label']} <span>{value['count']}</span>" in source


def active_filters(client: Client, query: str) -> list[tuple[str, str, str]]:
    return re.findall(
        r'<li><a href="([^"]+)"><span class="hidden">Ta bort filtret </span>([^<:]+): ([^<]+) <span',
        client.get(f"/?{query}").text,
    )


@pytest.mark.parametrize(
    ("years", "shown"),
    [
        ("2017..", [("från 2017", "")]),
        ("..2017", [("till 2017", "")]),
        (
            "2016..2019,1999,unknown",
            [("1999", "2016..2019,unknown"), ("2016–2019", "1999,unknown"), ("Okänt", "1999,2016..2019")],
        ),
        ("2016,2017", [("2016", "2017"), ("2017", "2016")]),
    ],
)
def test_a_run_of_years_is_one_active_filter(
    client: Client, years: str, shown: list[tuple[str, str]]
) -> None:
    found = active_filters(client, f"q=taxa&year={years}")

    assert [(value, "".join(re.findall("year=([^&]*)", link))) for link, _, value in found] == shown


def test_an_active_filter_can_be_dropped_by_its_link(client: Client) -> None:
    dropped = active_filters(client, "q=taxa&municipality=granvika&date_from=2017&dnr=KS+2018/2")

    assert [(label, value) for _, label, value in dropped] == [
        ("Kommun", "Granvika"),
        ("Från", "1 januari 2017"),
        ("Diarienummer", "KS 2018/2"),
    ]
    assert client.get(dropped[0][0].replace("&amp;", "&")).status == 200
    assert "municipality" not in dropped[0][0]


def test_an_empty_result_offers_what_each_filter_less_would_find(client: Client) -> None:
    source = client.get("/?q=taxa&year=1999&municipality=granvika").text

    offered = re.findall(r'<a href="/([^"]*)">Sök utan ([^<]+)</a>: (\d+) träff', source)

    assert [(label, count) for _, label, count in offered] == [
        ("filtret År", str(client.search("q=taxa&municipality=granvika")["total"])),
        ("något filter", str(client.search("q=taxa")["total"])),
    ]
    for query, _, count in offered:
        assert client.search(query.removeprefix("?").replace("&amp;", "&"))["total"] == int(count)


def years_shown(source: str) -> list[tuple[str, str, str]]:
    """Return the query, the number and the rate of each year that has a link."""
    return re.findall(
        r'<th scope="row"><a href="/([^"]*)"[^>]*>[^<]*</a></th><td>.*?</td><td>([^<]*)</td><td>([^<]*)</td>',
        unescape(source),
    )


@pytest.mark.parametrize("query", ["q=taxa", "q=bastu&municipality=granvika", "q=taxa&facets=none&page=3"])
def test_each_year_of_the_hits_leads_to_them(client: Client, query: str) -> None:
    shown = years_shown(client.get(f"/?{query}").text)

    assert len(shown) > 2
    assert sum(int(count) for _, count, _ in shown) == client.search(query)["total"]
    for address, count, _ in shown:
        assert client.search(address.removeprefix("?"))["total"] == int(count)


def test_a_chosen_year_is_marked_among_the_others(client: Client) -> None:
    every, one = (client.get(f"/?q=bastu{year}").text for year in ("", "&year=2017"))

    assert years_shown(one) == years_shown(every)
    assert re.findall(r'year=(\d+)" aria-current="true">(\d+)<', one) == [("2017", "2017")]
    assert 'aria-current="true"' not in every


def test_the_rate_of_a_year_is_that_of_the_timeline(client: Client) -> None:
    query = "q=bastu&municipality=granvika,bjorkasa"

    shown = years_shown(client.get(f"/?{query}").text)

    values = client.get(f"/api/v1/timeline?{query}").json["values"]
    assert [rate.replace(",", ".") for _, _, rate in shown] == [
        f"{year['per_1000']:g}" for year in values if year["count"]
    ]


def test_a_year_without_hits_is_shown_without_a_link(tmp_path: Path) -> None:
    years = {2019: "taxa", 2020: "skola", 2021: "taxa"}
    index(
        tmp_path,
        [
            document(f"{year}.txt", section("1", text=text), date=datetime.date(year, 1, 1))
            for year, text in years.items()
        ],
    )

    with serving(Settings(index_dir=tmp_path)) as client:
        source = client.get("/?q=taxa").text

    assert [count for _, count, _ in years_shown(source)] == ["1", "1"]
    assert '<th scope="row">2020</th>' in source


def test_groups_are_counted_by_year_as_the_sections_that_they_have(client: Client) -> None:
    source = client.get("/?q=taxa&group=case").text

    assert "<summary>Paragrafer per år</summary>" in source
    assert sum(int(count) for _, count, _ in years_shown(source)) == client.search("q=taxa")["total"]


def test_the_curl_command_is_quoted_for_a_shell(client: Client) -> None:
    source = client.get("/?q=it%27s+%24(rm)").text

    command = re.search("<pre[^>]*><code>(.*?)</code>", source)

    assert command is not None
    assert shlex.split(unescape(command[1])) == ["curl", "-s", f"{BASE}/api/v1/search?q=it%27s%20%24%28rm%29"]


HOSTILE = '"><script>alert(1)</script>\u202e\x00'


def test_what_comes_from_a_file_or_an_address_is_escaped_everywhere(tmp_path: Path) -> None:
    part = Part(PartKind.MOTION, f"taxa {HOSTILE}", by=HOSTILE)
    one = section(
        "1", title=f"Taxa {HOSTILE}", text=f"taxa {HOSTILE}", dnr=(f"KS 2019/1 {HOSTILE}",), decision=HOSTILE
    )
    hostile = document("a.txt", one, municipality=f"Ort {HOSTILE}", committee=f"Nämnd {HOSTILE}")
    hostile = replace(
        hostile,
        title=HOSTILE,
        source_url="javascript:alert(1)",
        sections=tuple(replace(each, parts=(part,)) for each in hostile.sections),
    )
    index(tmp_path, [hostile])

    with serving(Settings(index_dir=tmp_path)) as client:
        result = client.search("q=taxa")["results"][0]
        sources = [
            client.get("/?q=taxa").text,
            client.get("/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&dnr=KS+2019/1").text,
            client.get(f"/p/{result['id']}?q=taxa").text,
            client.get("/?%3Cscript%3E=1", headers={"Accept": "text/html"}).text,
        ]

    for source in sources:
        assert "<script>" not in source
        assert "\u202e" not in source
        assert "javascript:" not in source


def test_a_section_page_marks_what_was_searched_and_shows_its_parts(client: Client) -> None:
    result = client.search("q=bastu&per_page=1&municipality=granvika")["results"][0]
    whole = client.get(result["api_url"]).json

    source = client.get(f"/p/{result['id']}?q=bastu+bygglov").text

    assert re.search(r'<mark id="m\d+">bastu</mark>', source)
    assert result["citation"] in source
    assert f'href="{BASE}/p/{result["id"]}"' in source
    for neighbour, relation in ((whole["previous"], "prev"), (whole["next"], "next")):
        if neighbour:
            assert f'<a rel="{relation}" href="/p/{neighbour["id"]}?q=bastu%20bygglov">' in source


@pytest.mark.parametrize(("times", "linked"), [(0, 0), (1, 1), (3, 3), (LINKED_MARKS + 5, LINKED_MARKS)])
def test_each_mark_of_a_section_has_a_link_until_there_are_too_many(
    tmp_path: Path, times: int, linked: int
) -> None:
    index(tmp_path, [document("a.txt", section("1", title="Om <taxa>", text="En bastu.\n\n" * times))])

    with serving(Settings(index_dir=tmp_path)) as client:
        result = client.search()["results"][0]
        shown = page(client, f"/p/{result['id']}?q=bastu")

    assert [mark["id"] for mark in shown.all("mark")] == [f"m{number}" for number in range(1, times + 1)]
    targets = [a["href"] for a in shown.all("a") if (a.get("href") or "").startswith("#m")]
    assert targets == [f"#m{number}" for number in range(1, linked + 1)]
    assert bool(shown.all("nav")) == bool(times)


def test_a_section_page_lists_its_case_in_date_order(tmp_path: Path) -> None:
    days = (datetime.date(2019, 5, 1), datetime.date(2019, 1, 1), datetime.date(2019, 3, 1))
    index(
        tmp_path,
        [
            document(f"{n}.txt", section(str(n), title=f"Steg {n}", dnr=("KS 2019/7",)), date=day)
            for n, day in enumerate(days)
        ],
    )

    with serving(Settings(index_dir=tmp_path)) as client:
        result = client.search("q=steg")["results"][0]
        source = client.get(f"/p/{result['id']}").text

    case = source[source.index('<section class="case">') :]
    assert re.findall(r"Steg \d", case)[:3] == ["Steg 1", "Steg 2", "Steg 0"]


def test_a_full_page_of_results_with_style_and_script_stays_light(tmp_path: Path) -> None:
    words = "Nämnden behandlade frågan om avgift och taxa för de påhittade anläggningarna i orten. " * 20
    index(
        tmp_path,
        [
            document(
                f"{number:03}.txt",
                section(
                    str(number),
                    title=f"Revidering av taxa och avgifter för anläggning nummer {number} i orten",
                    text=words,
                    dnr=(f"KS 2019/{number}",),
                    decision=words,
                ),
                municipality=f"Ort{number % 60}",
                committee=f"Nämnden för ärenden av slaget {number % 90}",
                date=datetime.date(1980 + number % 40, 1, 1),
            )
            for number in range(120)
        ],
    )

    with serving(Settings(index_dir=tmp_path)) as client:
        weight = len(client.get("/?q=taxa").body) + sum(len(file.read_bytes()) for file in STATIC.iterdir())

    assert weight < 60_000


def test_dates_numbers_and_names_are_written_in_swedish() -> None:
    assert swedish_date(datetime.date(2019, 11, 5)) == "5 november 2019"
    assert thousands(1234567) == "1\u00a0234\u00a0567"
    assert visible("a\u202eb\x00c\nd") == "abc\nd"


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("Lund", "Lunds kommun"),
        ("Borås", "Borås kommun"),
        ("Mora", "Mora kommun"),
        ("Malmö", "Malmö kommun"),
        ("Falun", "Falu kommun"),
        ("Kalmar", "Kalmar kommun"),
        ("Stockholm", "Stockholms kommun"),
    ],
)
def test_a_municipality_is_cited_in_full(name: str, full: str) -> None:
    assert municipality_in_full(name) == full
