from hypothesis import given
from hypothesis import strategies as st

from index.analysis.beginnings import whole
from index.run_finder import RunFinder, is_plain, run_around, sketched, sketched_line

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
    "x" * 90,
]
texts = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=30).map(" ".join)


@given(texts)
def test_a_sketch_has_a_byte_a_character(text: str) -> None:
    assert len(sketched(text)) == len(text)


@given(texts, st.sets(st.sampled_from(["sko", "epo", "aao", "ide", "og"]), min_size=1))
def test_every_run_with_a_beginning_is_found(text: str, beginnings: set[str]) -> None:
    found = RunFinder(beginnings).find(sketched(text))

    runs = {text[start:end] for start, end in found}
    assert found == sorted(set(found))
    assert all(" " not in run for run in runs)
    for run in text.split(" "):
        folded = whole(run.casefold())
        if any(one in folded for one in beginnings) and all(run.split()):
            assert run in runs or any(part in runs for part in run.split())


def test_runs_without_a_beginning_are_passed_over() -> None:
    text = "Kommunen bygger en skola – och en förskola: 360 kr, § 12."

    found = RunFinder({"sko"}).find(sketched(text))

    assert [text[start:end] for start, end in found] == ["skola", "förskola:"]


def test_what_is_not_plain_is_always_looked_at() -> None:
    text = "ett par sko\u0308n kultur- samt epost och \ufb01n d’or"

    found = RunFinder({"zzz"}).find(sketched(text))

    assert [text[start:end] for start, end in found] == ["sko\u0308n", "\ufb01n", "d’or"]
    assert not is_plain(sketched(text))
    assert is_plain(sketched("Förskolan – ”idé” • 12…"))


def test_a_word_that_is_written_with_joints_is_found_without_them() -> None:
    text = "e-post E-POSTEN i-post 'e&post' post-e e- post ICLD:s 2020-11-02"

    found = RunFinder({"epost", "icld:s"}).find(sketched(text))

    assert [text[start:end] for start, end in found] == ["e-post", "E-POSTEN", "'e&post'", "ICLD:s"]


@given(texts | st.text(max_size=9))
def test_a_line_is_sketched_as_any_text_when_it_can_be_printed(text: str) -> None:
    assert sketched_line(text) == (sketched(text) if text.isprintable() else None)


@given(texts.filter(bool), st.data())
def test_the_run_around_a_place_is_the_one_that_is_found(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    sketch = sketched(text)

    start, end = run_around(sketch, place)

    assert b" " not in sketch[start:place] + sketch[place + 1 : end]
    assert start == 0 or sketch[start - 1 : start] == b" "
    assert end == len(text) or sketch[end : end + 1] == b" "


def test_long_texts_are_searched_in_linear_time() -> None:
    for text in ("sko" * 300_000, "sko " * 300_000, "- " * 400_000, "?" * 900_000):
        assert RunFinder({"sko", "abc"}).find(sketched(text)) is not None
