import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.lexicon.affixes import Role, WordListBroken, expand, read_affixes, read_entries
from index.analysis.lexicon.compiler import compile_lexicon
from index.analysis.lexicon.lemmas import irregular_forms, lemma_of_part
from index.analysis.lexicon.lexicon import Lexicon, LexiconDamaged
from index.analysis.lexicon.readings import (
    Family,
    packed_entry,
    packed_reading,
    unpacked_entry,
    unpacked_reading,
)
from tests.lexicons import real_lexicon

AFFIXES = """SET UTF-8
# a remark
FORBIDDENWORD %
NEEDAFFIX ¤
COMPOUNDMIN 1
COMPOUNDPERMITFLAG W
COMPOUNDBEGIN X
COMPOUNDMIDDLE U
COMPOUNDEND Y
ONLYINCOMPOUND Z
REP 1
REP e ä

SFX A Y 1
SFX A 0 s .

SFX D Y 2
SFX D 0 en [^a]
SFX D 0 nde a

SFX H Y 3
SFX H 0 er [^a]
SFX H 0 erna [^a]
SFX H a erna [nt]a

SFX v N 2
SFX v a s/WXZ a
SFX v 0 s/WXZ [^a]

SFX b N 1
SFX b 0 - .
"""


def forms(folder: Path, *entries: str, affixes: str = AFFIXES) -> dict[str, list[tuple[str, int]]]:
    """Return what the words of a list expand to: for each form its lemmas and roles."""
    (folder / "a.aff").write_text(affixes, encoding="utf-8")
    (folder / "a.dic").write_text("\n".join([str(len(entries)), *entries]), encoding="utf-8")
    rules = read_affixes(folder / "a.aff")
    found: dict[str, list[tuple[str, int]]] = {}
    for form in expand(read_entries(folder / "a.dic", rules), rules):
        found.setdefault(form.form, []).append((form.lemma, form.roles))
    return found


def compiled(folder: Path, *entries: str) -> Lexicon:
    """Return the lexicon of a list of words."""
    forms(folder, *entries)
    contents = compile_lexicon(folder / "a.aff", folder / "a.dic", "1", progress=lambda _share: None)
    (folder / "lexicon").write_bytes(contents)
    return Lexicon.open(folder / "lexicon")


def test_a_suffix_is_added_where_its_condition_fits(tmp_path: Path) -> None:
    found = forms(tmp_path, "katt/AH", "data/AH")

    assert set(found) == {"katt", "katts", "katter", "katterna", "data", "datas", "daterna"}


def test_only_an_ending_s_own_word_may_end_a_compound_and_only_its_rule_lets_a_form_begin_one(
    tmp_path: Path,
) -> None:
    found = forms(tmp_path, "nämnd/DvXY", "rad/v")

    assert found["nämnd"] == [("nämnd", Role.WORD | Role.FIRST | Role.LAST)]
    assert found["nämnden"] == [("nämnd", Role.WORD | Role.LAST)]
    assert found["nämnds"] == [("nämnd", Role.FIRST)]
    assert found["rads"] == [("rad", Role.FIRST)]


def test_what_only_begins_compounds_makes_no_words(tmp_path: Path) -> None:
    found = forms(tmp_path, "skol/AXZ")

    assert found["skol"] == [("skol", Role.FIRST)]
    assert not any(roles & Role.WORD for readings in found.values() for _, roles in readings)


def test_forbidden_words_and_stems_without_their_suffix_are_left_out(tmp_path: Path) -> None:
    found = forms(tmp_path, "katt/H", "katten/%", "gen/¤A", "hund/D")

    assert set(found) == {"katt", "katter", "katterna", "gens", "hund", "hunden"}


def test_only_words_of_letters_and_hyphens_count_and_morphology_is_no_flag(tmp_path: Path) -> None:
    found = forms(tmp_path, "t.ex.", "1:a/A", "e-post\tpo:noun", "katt/b", "-", "")

    assert set(found) == {"e-post", "katt"}


def test_a_participle_used_as_a_noun_is_its_own_dictionary_form(tmp_path: Path) -> None:
    found = forms(tmp_path, "söka/D")

    assert found["sökande"] == [("sökande", Role.WORD)]


def test_names_are_marked(tmp_path: Path) -> None:
    found = forms(tmp_path, "Lund/A", "NATO/A", "lund/A")

    assert found["Lunds"] == [("Lund", Role.WORD | Role.NAME)]
    assert found["NATO"] == [("NATO", Role.WORD | Role.NAME)]
    assert found["lund"] == [("lund", Role.WORD)]


@pytest.mark.parametrize(
    ("affixes", "reason"),
    [
        ("", "no suffix rules"),
        ("SET UTF-8\nFLAG long\nSFX Aa Y 1\nSFX Aa 0 s .\n", "more than one character"),
        ("SET UTF-99\nSFX A Y 1\nSFX A 0 s .\n", "not written in"),
        ("SET UTF-8\nSFX A Y 1\nSFX A 0 s [^b-a]\n", "condition"),
    ],
)
def test_rules_that_cannot_be_read_say_so(tmp_path: Path, affixes: str, reason: str) -> None:
    with pytest.raises(WordListBroken, match=reason):
        forms(tmp_path, "katt/A", affixes=affixes)


def test_a_list_without_words_is_broken(tmp_path: Path) -> None:
    with pytest.raises(WordListBroken, match="no words"):
        forms(tmp_path, "1:a", "...")


def test_bytes_in_another_encoding_are_no_word_list(tmp_path: Path) -> None:
    (tmp_path / "a.aff").write_bytes("SET UTF-8\nSFX A Y 1\nSFX A 0 ö .\n".encode("latin-1"))

    with pytest.raises(WordListBroken, match="not written in UTF-8"):
        read_affixes(tmp_path / "a.aff")


def test_a_list_in_latin_1_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.aff").write_bytes("SET ISO8859-1\nSFX A Y 1\nSFX A 0 ö .\n".encode("latin-1"))
    (tmp_path / "a.dic").write_bytes("1\nräv/A\n".encode("latin-1"))
    rules = read_affixes(tmp_path / "a.aff")

    found = {form.form for form in expand(read_entries(tmp_path / "a.dic", rules), rules)}

    assert found == {"räv", "rävö"}


@given(
    rules=st.lists(
        st.tuples(st.text("abå", max_size=3), st.text("abå", max_size=3), st.sampled_from("ab.")), max_size=6
    ),
    word=st.text("abå", min_size=1, max_size=8),
)
def test_every_form_is_the_word_with_one_suffix_exchanged(
    rules: list[tuple[str, str, str]], word: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = [f"SFX A {strip or 0} {add or 0} {condition}" for strip, add, condition in rules]
    affixes = "\n".join(["SET UTF-8", "SFX A Y 9", "SFX A zz zz z", *lines])
    expected = {word} | {
        word.removesuffix(strip) + add
        for strip, add, condition in rules
        if word.endswith(strip) and (condition == "." or word.endswith(condition))
    }

    found = forms(tmp_path_factory.mktemp("list"), f"{word}/A", affixes=affixes)

    assert set(found) == expected - {""}


@pytest.mark.parametrize(
    ("part", "lemma"),
    [
        ("skol", "skola"),
        ("kvinno", "kvinna"),
        ("arbets", "arbete"),
        ("medborgar", "medborgare"),
        ("gymnasie", "gymnasium"),
        ("tim", "timme"),
        ("gatu", "gata"),
        ("okänt", "okänt"),
    ],
)
def test_a_part_that_is_no_word_has_the_dictionary_form_that_it_comes_from(part: str, lemma: str) -> None:
    words = {"skola", "kvinna", "arbete", "medborgare", "gymnasium", "timme", "tima", "gata"}

    assert lemma_of_part(part, words) == lemma


def test_a_compound_has_the_irregular_forms_of_its_last_part() -> None:
    found = dict(irregular_forms(["huvudstad", "ledamot", "katt", "ta"]))

    assert found["huvudstäderna"] == "huvudstad"
    assert found["ledamöters"] == "ledamot"
    assert found["tog"] == "ta"
    assert "katt" not in found.values()


def test_a_lexicon_knows_words_lemmas_and_roles(tmp_path: Path) -> None:
    lexicon = compiled(tmp_path, "nämnd/DHvXY", "skola/A", "skol/XZ", "Lund/A", "idé/H")

    assert "nämnden" in lexicon
    assert "skol" not in lexicon
    assert "nämnds" not in lexicon
    assert "okänd" not in lexicon
    assert 3 not in lexicon
    assert lexicon.lemmas("nämnderna") == ("nämnd",)
    assert lexicon.lemmas("skol") == ()
    assert lexicon.readings("skol")[0].lemma == "skola"
    assert lexicon.roles("skol") == Role.FIRST
    assert lexicon.roles("okänd") == 0
    assert lexicon.lemmas("ideer") == ("ide",)
    assert lexicon.lemmas("lunds") == ("lund",)


def test_the_form_itself_is_the_first_of_its_lemmas(tmp_path: Path) -> None:
    lexicon = compiled(tmp_path, "banen/A", "ban/D")

    assert lexicon.lemmas("banen") == ("banen", "ban")


def test_irregular_plurals_belong_to_their_singular_also_where_the_list_has_them_apart(
    tmp_path: Path,
) -> None:
    lexicon = compiled(tmp_path, "stad/DY", "städer/AY", "bostad/D")

    assert lexicon.lemmas("städer") == ("stad",)
    assert lexicon.lemmas("städerna") == ("stad",)
    assert lexicon.lemmas("bostäder") == ("bostad",)
    assert lexicon.roles("städers") & Role.LAST


def test_a_word_without_a_plural_gets_the_one_that_the_list_derives_from_a_verb(tmp_path: Path) -> None:
    lexicon = compiled(tmp_path, "avgift/DY", "avgifta/H")

    assert "avgift" in lexicon.lemmas("avgifterna")
    assert "avgift" in lexicon.lemmas("avgifter")


def test_parts_know_how_many_words_they_begin_and_end(tmp_path: Path) -> None:
    lexicon = compiled(tmp_path, "bil/DXY", "väg/DXY", "bilväg/D", "bilbil/D", "järnväg/H")

    assert lexicon.family("bil") == (2, 1)
    assert lexicon.family("väg") == (0, 1)
    assert lexicon.family("järn") == (0, 0)


def test_the_readings_of_a_lemma_that_has_more_of_them_come_first(tmp_path: Path) -> None:
    lexicon = compiled(tmp_path, "banen/A", "ban/D", "ban/XZ", "banen/XZ", "banen/Y")

    assert [reading.lemma for reading in lexicon.readings("banen")] == ["banen", "banen", "banen", "ban"]


def test_many_forms_are_looked_up_like_one(tmp_path: Path) -> None:
    lexicon = compiled(tmp_path, "nämnd/DHvXY", "skola/A", "bil/DXY", "bilväg/D")
    forms = ["nämnden", "okänd", "", "skola", "bil", "bilvägen"]

    entries = [lexicon.entry(number) for number in lexicon.numbers(forms)]

    assert [entry.family for entry in entries] == [lexicon.family(form) for form in forms]
    assert [len(entry.kinds) for entry in entries] == [len(lexicon.readings(form)) for form in forms]
    assert entries[0].lemmas == ((2, ""),)
    assert entries[1].kinds == ()


def test_a_lexicon_has_every_form_of_its_list_with_its_lemma(tmp_path: Path) -> None:
    entries = ["nämnd/ADHXY", "karta/ADHv", "råd/AY", "söka/D", "Åre/A", "e-post/A"]
    expected = forms(tmp_path, *entries)

    lexicon = compiled(tmp_path, *entries)

    for form, readings in expected.items():
        found = lexicon.readings(form.casefold())
        for lemma, roles in readings:
            assert any(one.lemma == lemma.casefold() and one.roles == roles for one in found)


def test_what_is_compiled_twice_is_the_same(tmp_path: Path) -> None:
    forms(tmp_path, "nämnd/ADHXY", "karta/ADHv", "skol/XZ")
    paths = (tmp_path / "a.aff", tmp_path / "a.dic")

    first, second = (compile_lexicon(*paths, "1", progress=lambda _share: None) for _ in range(2))

    assert first == second


def test_a_changed_byte_or_a_cut_is_noticed(tmp_path: Path) -> None:
    compiled(tmp_path, "nämnd/ADHXY", "karta/ADHv")
    whole = (tmp_path / "lexicon").read_bytes()
    choose = random.Random(5)  # noqa: S311 -- the same damage in each run
    damaged = [whole[: choose.randrange(len(whole))] for _ in range(20)]
    for _ in range(60):
        place = choose.randrange(len(whole))
        damaged.append(whole[:place] + bytes([whole[place] ^ 1 << choose.randrange(8)]) + whole[place + 1 :])

    for contents in damaged:
        (tmp_path / "damaged").write_bytes(contents)
        with pytest.raises(LexiconDamaged):
            Lexicon.open(tmp_path / "damaged")


def test_a_file_that_is_missing_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(LexiconDamaged, match="nowhere"):
        Lexicon.open(tmp_path / "nowhere")


@given(st.text(st.characters()) | st.just("\ud800") | st.just("-"))
def test_any_string_can_be_looked_up(form: str) -> None:
    lexicon = real_lexicon()

    readings = lexicon.readings(form)

    assert bool(readings) == bool(lexicon.roles(form))
    assert isinstance(form in lexicon, bool)


@given(st.lists(st.integers(0, 0xFFFF), min_size=3, max_size=3))
def test_readings_come_out_of_an_array_as_they_went_in(numbers: list[int]) -> None:
    rule, roles, declension = numbers

    assert unpacked_reading(packed_reading(rule, roles, declension)) == (rule, roles, declension)


@given(st.integers(0, 0xFFFFFFFF), st.integers(0, 255), st.integers(0, 255))
def test_entries_come_out_of_an_array_as_they_went_in(first: int, begins: int, ends: int) -> None:
    family = Family(begins, ends)

    assert unpacked_entry(packed_entry(first, family)) == (first, family)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("nämndernas", "nämnd"),
        ("besluten", "beslut"),
        ("städer", "stad"),
        ("ledamöter", "ledamot"),
        ("böckerna", "bok"),
        ("avgifterna", "avgift"),
        ("taxan", "taxa"),
        ("protokollet", "protokoll"),
        ("tjänstemännen", "tjänsteman"),
        ("föreslog", "föreslå"),
        ("antogs", "anta"),
    ],
)
def test_the_real_lexicon_has_the_dictionary_form_of_common_forms(form: str, lemma: str) -> None:
    lexicon = real_lexicon()

    assert lemma in lexicon.lemmas(form)
