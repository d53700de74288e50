import logging
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.analysis.lexicon.compiler import publish
from index.analysis.lexicon.lexicon import LexiconDamaged
from index.analysis.lexicon.store import LexiconStore, WordList, find_word_list
from tests.word_list import write_word_list


def compile_now(folder: Path, word_list: WordList) -> str:
    """Compile a list and return the version."""
    path = LexiconStore(folder, word_list).obtain()
    return path.stem


def test_the_list_of_the_setting_goes_before_ours(tmp_path: Path) -> None:
    of_setting = write_word_list(tmp_path / "set")

    assert find_word_list(tmp_path / "set") == of_setting
    assert find_word_list(of_setting.words) == of_setting
    assert find_word_list(of_setting.affixes) == of_setting
    assert find_word_list() not in (of_setting, None)


def test_half_a_list_is_none(tmp_path: Path) -> None:
    word_list = write_word_list(tmp_path)
    word_list.words.unlink()

    assert find_word_list(tmp_path) is None


def test_a_setting_that_leads_nowhere_is_logged_and_no_other_list_taken(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert find_word_list(tmp_path / "nowhere") is None
    assert "nowhere" in caplog.text


def test_without_a_word_list_there_is_nothing_to_be_had(tmp_path: Path) -> None:
    store = LexiconStore(tmp_path / "store")

    assert store.version is None
    assert store.available() is None
    assert store.start_compiling() is None
    with pytest.raises(LexiconDamaged):
        store.obtain()
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    "broken", ["", "SET UTF-8\nFLAG num\nSFX 1 Y 1\nSFX 1 0 s .\n", "\udcff", "SET undefined\n"]
)
def test_a_broken_word_list_is_logged_and_taken_for_none(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, broken: str
) -> None:
    word_list = write_word_list(tmp_path)
    word_list.affixes.write_bytes(broken.encode(errors="surrogateescape"))

    assert LexiconStore(tmp_path / "store", word_list).version is None
    assert "word list is not used" in caplog.text


def test_what_is_compiled_is_available_and_opens(tmp_path: Path) -> None:
    word_list = write_word_list(tmp_path / "list")
    store = LexiconStore(tmp_path / "store", word_list)
    shares: list[float] = []

    compilation = store.start_compiling(shares.append)

    assert compilation is not None
    assert compilation.wait() == store.version
    assert store.available() == store.version
    assert store.version is not None
    lexicon = store.open(store.version)
    assert lexicon.version == store.version
    assert "skolan" in lexicon
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert store.start_compiling() is None


def test_only_the_finished_file_is_left_in_the_folder(tmp_path: Path) -> None:
    version = compile_now(tmp_path / "store", write_word_list(tmp_path / "list"))

    assert [path.name for path in (tmp_path / "store").iterdir()] == [f"{version}.lexicon"]


def test_another_list_is_another_version_and_the_same_list_elsewhere_is_not(tmp_path: Path) -> None:
    here, there = write_word_list(tmp_path / "here"), write_word_list(tmp_path / "there")
    other = write_word_list(tmp_path / "other", "taxa/AY")

    assert here.version() == there.version() != other.version()


def test_versions_stay_side_by_side(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    old = compile_now(folder, write_word_list(tmp_path / "old"))

    new = compile_now(folder, write_word_list(tmp_path / "new", "taxa/AY"))

    store = LexiconStore(folder)
    assert "taxa" not in store.open(old)
    assert "taxa" in store.open(new)


def test_a_damaged_file_is_not_available_and_compiled_anew(tmp_path: Path) -> None:
    word_list = write_word_list(tmp_path / "list")
    version = compile_now(tmp_path / "store", word_list)
    path = tmp_path / "store" / f"{version}.lexicon"
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-10])
    store = LexiconStore(tmp_path / "store", word_list)

    assert store.available() is None
    with pytest.raises(LexiconDamaged):
        store.open(version)
    assert store.obtain() == path
    assert store.available() == version


def test_a_file_under_another_version_s_name_is_not_opened(tmp_path: Path) -> None:
    version = compile_now(tmp_path, write_word_list(tmp_path / "list"))
    (tmp_path / f"{version}.lexicon").rename(tmp_path / "0000.lexicon")

    with pytest.raises(LexiconDamaged, match=version):
        LexiconStore(tmp_path).open("0000")


def test_words_that_cannot_be_read_end_the_compilation_without_a_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    word_list = write_word_list(tmp_path / "list")
    word_list.words.write_bytes(b"1\n\xff\xfe\n")
    store = LexiconStore(tmp_path / "store", word_list)

    compilation = store.start_compiling()

    assert compilation is not None
    with caplog.at_level(logging.WARNING):
        assert compilation.wait() is None
    assert "failed" in caplog.text
    assert list((tmp_path / "store").iterdir()) == []
    with pytest.raises(LexiconDamaged):
        store.obtain()


def test_a_cancelled_compilation_ends(tmp_path: Path) -> None:
    store = LexiconStore(tmp_path / "store", write_word_list(tmp_path / "list"))
    compilation = store.start_compiling()
    assert compilation is not None

    compilation.cancel()
    compilation.cancel()


def test_two_that_compile_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    word_list = write_word_list(tmp_path / "list")
    stores = [LexiconStore(tmp_path / "store", word_list) for _ in range(3)]

    compilations = [store.start_compiling() for store in stores]

    versions = {compilation.wait() for compilation in compilations if compilation}
    assert versions == {word_list.version()}
    assert [path.stem for path in (tmp_path / "store").iterdir()] == [word_list.version()]
    assert stores[0].available() == word_list.version()


def test_readers_see_a_published_file_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "file"
    contents = [bytes([number]) * 200_000 for number in range(8)]
    writer = multiprocessing.get_context("spawn").Process(target=_publish_all, args=(contents, target))
    writer.start()

    seen = set()
    while writer.is_alive():
        if target.exists():
            seen.add(target.read_bytes())
    writer.join()

    assert writer.exitcode == 0
    assert seen <= set(contents)
    assert target.read_bytes() == contents[-1]


def _publish_all(contents: list[bytes], target: Path) -> None:
    for content in contents:
        publish(content, target)


def test_a_folder_that_cannot_be_made_is_the_caller_s_affair(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file")
    store = LexiconStore(tmp_path / "store", write_word_list(tmp_path / "list"))

    with pytest.raises(OSError, match="store"):
        store.start_compiling()


def test_every_process_compiles_a_list_to_the_same_file(tmp_path: Path) -> None:
    words = (
        "stad/A",
        "bok/A",
        "natt/A",
        "hand/A",
        "far/A",
        "fader/A",
        "mor/A",
        "moder/A",
        "bror/A",
        "broder/A",
    )
    word_list = write_word_list(tmp_path, *words)
    compiler = [sys.executable, "-m", "index.analysis.lexicon.compiler"]

    for seed in range(3):
        target = str(tmp_path / f"{seed}.lexicon")
        subprocess.run(
            [*compiler, str(word_list.affixes), str(word_list.words), "version", target],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            stdout=subprocess.DEVNULL,
            check=True,
        )

    assert len({(tmp_path / f"{seed}.lexicon").read_bytes() for seed in range(3)}) == 1
