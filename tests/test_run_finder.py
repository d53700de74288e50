import re

from hypothesis import given
from hypothesis import strategies as st

from index.analysis.beginnings import whole
from index.highlighting import one_line
from index.run_finder import RunFinder
from index.text_scan import BOUND, IS_ELLIPTIC, IS_UNSHOWN, IS_UNSURE, ROW, Scanned

WORDS = [
    "Skola",
    "SKOLAN,",
    "(skol)",
    "förskola",
    "sko-lan",
    "e-post",
    "ÅÄÖ",
    "idé",
    "og",
    "§",
    "–",
    "-",
    "\n\n",
    " ",
    "\u2003\t",
    "x" * 90,
]
texts = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=30).map(" ".join)
beginnings = st.sets(st.sampled_from(["sko", "epo", "aao", "ide", "og", "x", "forskolans"]), min_size=1)


def runs(found: Scanned) -> list[str]:
    return [found.text[start:end] for start, end in zip(found.rows[1::ROW], found.rows[2::ROW], strict=True)]


def flags(text: str, *sought: str) -> int:
    return int(RunFinder(sought).find([text]).bounds[-1])


@given(texts, beginnings)
def test_every_run_with_a_beginning_is_found(text: str, sought: set[str]) -> None:
    found = set(runs(RunFinder(sought).find([text])))

    for run in text.split():
        if any(one in whole(run.casefold()) for one in sought):
            assert run in found


@given(st.lists(texts, max_size=4), beginnings)
def test_texts_that_are_searched_together_have_the_runs_that_each_has(
    several: list[str], sought: set[str]
) -> None:
    finder = RunFinder(sought)

    together = finder.find(several)

    alone = [finder.find([text]) for text in several]
    assert runs(together) == [run for one in alone for run in runs(one)]
    assert together.bounds[3::BOUND].tolist()[-1:] == [len(together.rows) // ROW][: len(several)]


@given(st.lists(texts, min_size=1, max_size=4), beginnings)
def test_a_text_without_the_white_space_that_is_dropped_is_its_line(
    several: list[str], sought: set[str]
) -> None:
    several = [text.rstrip() for text in several]
    found = RunFinder(sought).find(several)

    dropped = set(found.dropped.tolist())
    line = "".join(character for place, character in enumerate(found.text) if place not in dropped)
    shown = [
        re.sub(r"\s", " ", line[begin:end])
        for begin, end in zip(found.bounds[1::BOUND].tolist(), found.bounds[2::BOUND].tolist(), strict=True)
    ]
    assert shown == [" ".join(text.split()) for text in several]
    assert [line[begin:] for begin in found.rows[0::ROW]] == [
        "".join(line[begin:]) for begin in found.rows[0::ROW]
    ]
    for begin, run in zip(found.rows[0::ROW], runs(found), strict=True):
        assert line.startswith(run, begin)


def test_runs_without_a_beginning_are_passed_over() -> None:
    text = "Kommunen bygger en skola – och en förskola: 360 kr, § 12."

    assert runs(RunFinder({"sko"}).find([text])) == ["skola", "förskola:"]


def test_what_is_not_plain_is_always_looked_at() -> None:
    text = "ett par sko\u0308n kultur- samt epost och \ufb01n d’or"

    found = RunFinder({"zzz"}).find([text])

    assert runs(found) == ["sko\u0308n", "\ufb01n", "d’or"]
    assert flags(text, "zzz") & IS_UNSURE
    assert not flags("Förskolan – ”idé” • 12…", "zzz") & IS_UNSURE


def test_a_word_that_is_written_with_joints_is_found_without_them() -> None:
    text = "e-post E-POSTEN i-post 'e&post' post-e e- post ICLD:s 2020-11-02"

    found = RunFinder({"epost", "icld:s"}).find([text])

    assert runs(found) == ["e-post", "E-POSTEN", "'e&post'", "ICLD:s"]


@given(texts)
def test_a_text_with_what_is_not_shown_is_told_from_others(text: str) -> None:
    assert bool(flags(text, "zzz") & IS_UNSHOWN) == (one_line(text) != " ".join(text.split()))


def test_elliptic_words_are_told_where_they_may_have_what_is_sought() -> None:
    for text in (
        "kultur- och utbildningsnämnden",
        "fritids- , kultur-\noch utbildningsnämnden",
        "vatten- och kultursnämnden",
        "kult- & urnämnden",
        "musikundervisning och -utövning",
        "kultur\u2010 och nämnden",
    ):
        assert flags(text, "kul") & IS_ELLIPTIC or "kul" not in text
    assert flags("vinter- och väghållning", "erv") & IS_ELLIPTIC
    assert not flags("vatten- och kultur. " + "Och sedan skolan. " * 3, "sko") & IS_ELLIPTIC
    assert not flags("kultur-skola A-skatt - och", "kul") & IS_ELLIPTIC


def test_long_texts_are_searched_in_linear_time() -> None:
    for text in (
        "sko" * 300_000,
        "sko " * 300_000,
        "- " * 400_000,
        "?" * 900_000,
        " " * 900_000,
        "a-/" * 300_000,
    ):
        assert RunFinder({"sko", "abc"}).find([text]).bounds[0] == len(text)
