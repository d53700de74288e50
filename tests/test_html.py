from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ExtractionError
from corpus.formats.html import read_html


def lines(html: str) -> list[str]:
    return [line for line in read_html(html.encode()).pages[0].split("\n") if line]


def test_blocks_are_lines_and_inline_elements_are_not() -> None:
    html = "<h2>§ 12 <b>Över</b>syn</h2><p>Granby   ska\n bygga.<br>Ny rad.<div>Block</div>Svans"

    assert lines(html) == ["§ 12 Översyn", "Granby ska bygga.", "Ny rad.", "Block", "Svans"]


def test_what_a_reader_does_not_see_is_left_out() -> None:
    html = """<body><nav>Meny</nav><p>Synligt <script>kod()</script>ord.</p><style>p{}</style>
    <div hidden>dolt</div><p style="color:red; DISPLAY : none">dolt</p><div aria-hidden="true">dolt</div>
    <!-- dolt --><noscript>dolt</noscript><footer>Kontakt</footer>"""

    assert lines(html) == ["Synligt ord."]


def test_the_main_element_is_preferred_when_it_holds_the_text() -> None:
    body = "Nämnden beslutar att bygga lekplatsen. " * 10

    assert lines(f"<div>Sidhuvud</div><main><p>{body}</p></main><div>Relaterat</div>") == [body.strip()]
    assert lines(f"<div>{body}</div><main>Kort</main>") == [body.strip(), "Kort"]


def test_the_title_of_the_page_comes_first() -> None:
    assert lines("<title>Protokoll, Granby</title><p>Text") == ["Protokoll, Granby", "Text"]


def test_a_table_row_is_a_line_with_tabs_and_a_cell_of_lines_goes_on_below() -> None:
    html = """<table><tr><th>Datum<td>2019-11-25<tr><td>Ej tjänst-<br>görande<td>Ada<br>Bo
    <tr><td></td><td>Ensam</td></table>"""

    assert lines(html) == ["Datum\t2019-11-25", "Ej tjänst- görande\tAda", "Bo", "Ensam"]


def test_a_table_that_only_lays_out_the_page_keeps_its_lines() -> None:
    html = "<table><tr><td><h1>Protokoll</h1><p>Ett.</p><table><tr><td>A<td>B</table></td></tr></table>"

    assert lines(html) == ["Protokoll", "Ett.", "A\tB"]


def test_items_of_an_ordered_list_have_their_numbers() -> None:
    html = "<ol start=3><li>Tre<ul><li>Punkt</ul><li>Fyra<li value=9>Nio</ol><li>Lös"

    assert lines(html) == ["3. Tre", "Punkt", "4. Fyra", "9. Nio", "Lös"]


def test_preformatted_text_keeps_its_lines_and_spaces() -> None:
    assert lines("<pre>§ 1    Val\n  av   justerare</pre>") == ["§ 1    Val", "  av   justerare"]


def test_latin_1_is_read_whatever_the_page_says_of_itself() -> None:
    content = '<?xml version="1.0" encoding="utf-8"?><html><p>Årsredovisning'.encode("cp1252")

    assert read_html(content).pages[0].strip() == "Årsredovisning"


@pytest.mark.parametrize("count", [300, 100_000])
def test_html_nested_too_deep_fails_rather_than_losing_text(count: int) -> None:
    with pytest.raises(ExtractionError, match="för djupt nästlad"):
        read_html(b"<div>" * count + b"text")


@pytest.mark.parametrize(
    "hostile",
    [
        "<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">",
        "<p x='" + " ".join(f"a{number}=1" for number in range(100_000)) + "'>",
        "<!--" * 200_000 + "-->",
        "<" * 500_000 + "p>",
        "&" * 500_000,
        "<p '" * 50_000 + ">",
        '<p a="' * 50_000 + '">',
    ],
    ids=lambda value: value[:8],
)
def test_hostile_html_is_read_in_linear_time(hostile: str) -> None:
    # There is nothing to assert but that this comes to an end: the parser alone takes minutes over the first.
    assert read_html((hostile + "<p>efter</p>").encode()).pages


@given(
    html=st.lists(
        st.sampled_from(["<", ">", "/", "td", "tr", "table", "p", "ol", "li", "pre", " ", "ord", '"', "="])
    )
)
def test_any_soup_of_tags_gives_text(html: list[str]) -> None:
    assert len(read_html("".join(html).encode()).pages) == 1
