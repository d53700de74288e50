from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import DocumentType
from corpus.file_metadata import FileMetadata, metadata_paths, read_file_metadata
from tests.factories import write, write_metadata


def told(folder: Path, source: str = "a/b/x.pdf") -> FileMetadata:
    return read_file_metadata(metadata_paths(folder / source, folder), folder)


def test_all_keys_are_read(tmp_path: Path) -> None:
    write_metadata(
        tmp_path,
        "a/b/x.pdf.meta.json",
        municipality="Granby kommun",
        committee="Kommunstyrelsen",
        date="2019-11-25",
        type="report",
        title="Lekplats",
        dnr=["KS 2019/1", "KS 2019/2"],
        source_url="https://granby.example/1.pdf",
        language="sv",
    )

    assert told(tmp_path) == FileMetadata(
        municipality="Granby kommun",
        committee="Kommunstyrelsen",
        date=datetime.date(2019, 11, 25),
        type=DocumentType.REPORT,
        title="Lekplats",
        dnr=("KS 2019/1", "KS 2019/2"),
        source_url="https://granby.example/1.pdf",
        language="sv",
    )


def test_the_nearest_file_wins_field_by_field(tmp_path: Path) -> None:
    write_metadata(tmp_path, "meta.json", municipality="Granby", committee="Rot", language="sv", title="Rot")
    write_metadata(tmp_path, "a/meta.json", committee="Mellan", title="Mellan")
    write_metadata(tmp_path, "a/b/x.pdf.meta.json", title="Egen")

    metadata = told(tmp_path)

    assert (metadata.municipality, metadata.committee, metadata.title) == ("Granby", "Mellan", "Egen")


def test_a_wrong_value_lets_the_next_file_answer(tmp_path: Path) -> None:
    write_metadata(tmp_path, "meta.json", date="2019-11-25")
    write_metadata(tmp_path, "a/meta.json", date="i höstas")

    metadata = told(tmp_path)

    assert metadata.date == datetime.date(2019, 11, 25)
    assert metadata.warnings == ("a/meta.json: fel värde för ”date”: ska vara ett datum som 2019-11-25",)


def test_nothing_outside_the_folder_of_minutes_or_behind_a_link_counts(tmp_path: Path) -> None:
    write_metadata(tmp_path, "meta.json", municipality="Utanför")
    (tmp_path / "minutes" / "a" / "b").mkdir(parents=True)
    (tmp_path / "minutes" / "a" / "meta.json").symlink_to(tmp_path / "meta.json")

    assert metadata_paths(tmp_path / "minutes/a/b/x.pdf", tmp_path / "minutes") == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("municipality", 7),
        ("municipality", ""),
        ("committee", "–"),
        ("title", "x" * 501),
        ("title", ["a"]),
        ("date", "2019-02-30"),
        ("date", "20191125"),
        ("date", 2019),
        ("type", "protokoll"),
        ("dnr", {"a": 1}),
        ("dnr", ["KS 1", 2]),
        ("dnr", [""]),
        ("source_url", "javascript:alert(1)"),
        ("source_url", "https://"),
        ("source_url", "http://[::1"),
        ("language", "svenska språket"),
    ],
)
def test_a_wrong_value_is_told_with_file_and_key_and_left_out(
    tmp_path: Path, key: str, value: object
) -> None:
    write_metadata(tmp_path, "a/meta.json", **{key: value})

    metadata = told(tmp_path)

    assert metadata == FileMetadata()
    assert len(metadata.warnings) == 1
    assert metadata.warnings[0].startswith(f"a/meta.json: fel värde för ”{key}”")


def test_an_unknown_key_is_told_and_the_others_count(tmp_path: Path) -> None:
    write_metadata(tmp_path, "meta.json", kommun="Granby", title="Lekplats")

    metadata = told(tmp_path)

    assert metadata.title == "Lekplats"
    assert metadata.warnings == ("meta.json: okänd nyckel ”kommun”",)


@pytest.mark.parametrize(
    "content",
    [b"{", b"", b"[]", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"title": "' + b"x" * 1_000_001 + b'"}'],
)
def test_a_broken_file_is_told_and_does_not_stop_the_run(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, "meta.json", content)

    metadata = told(tmp_path)

    assert metadata == FileMetadata()
    assert metadata.warnings[0].startswith("meta.json: ")


def test_a_key_that_stands_twice_is_told_and_the_others_count(tmp_path: Path) -> None:
    write(tmp_path, "meta.json", '{"title": "Ett", "language": "sv", "title": "Två"}')

    metadata = told(tmp_path)

    assert metadata == FileMetadata(language="sv")
    assert metadata.warnings == ("meta.json: nyckeln ”title” står flera gånger",)


def test_of_many_mistakes_the_first_are_told_and_the_others_counted(tmp_path: Path) -> None:
    write_metadata(tmp_path, "meta.json", **{f"k{number}": 1 for number in range(1_000)})

    metadata = told(tmp_path)

    assert len(metadata.warnings) == 11
    assert metadata.warnings[-1] == "meta.json: och 990 fel till"


def test_text_is_cleaned_and_null_says_nothing(tmp_path: Path) -> None:
    content = json.dumps({"title": " O\u0308versyn\n\u202e av\x00 torg ", "dnr": "KS 2019/1", "date": None})
    write(tmp_path, "meta.json", "\ufeff" + content)

    metadata = told(tmp_path)

    assert metadata == FileMetadata(title="Översyn av torg", dnr=("KS 2019/1",))
    assert metadata.warnings == ()


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
JSON = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.text(max_size=3), SCALARS, max_size=2)
KEYS = st.sampled_from(
    ["municipality", "committee", "date", "type", "title", "dnr", "source_url", "language"]
)


@given(values=st.dictionaries(KEYS | st.text(max_size=5), JSON, max_size=8))
def test_whatever_the_file_says_it_is_read(
    values: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "meta.json").write_text(json.dumps(values))

    metadata = told(folder)

    told_keys = {key for key in values if getattr(metadata, key, None) is not None and key != "warnings"}
    assert len(metadata.warnings) >= len([key for key, value in values.items() if value is not None]) - len(
        told_keys
    )
