"""After a takedown all files are searched for what might be left, and nothing else is taken for it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Part, PartKind
from tests.builders import document, section
from tests.takedown.private_minutes import run
from tests.web_client import index as index_documents

SHORT = section("5", title='Svar till "Bo Ek"', text="Bo Ek får\nett nej.")
LONG = section("6", title="Yttrande", text='Hon kallar det för\n"en ren påhittad historia" i sin\nskrivelse.')


@pytest.mark.parametrize(
    "kept",
    [
        *('Svar till "Bo Ek"', 'Svar till \\"Bo Ek\\"', "Bo Ek får\nett nej.", "Bo Ek får ett nej."),
        *(json.dumps(SHORT.text, ensure_ascii=False), json.dumps(LONG.text, ensure_ascii=False)),
        *(LONG.text, " ".join(LONG.text.split())),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_whatever_is_left_is_found_as_it_may_be_written_also_when_it_is_short(
    tmp_path: Path, kept: str, encoding: str
) -> None:
    built = document("a.txt", SHORT, LONG, section("7", title="Rapporter", text="Till handlingarna."))
    index_documents(tmp_path, [built])
    (tmp_path / "kopia").write_bytes(f"x{kept}x".encode(encoding))

    said = run(tmp_path, *(f"{built.id}-{number}" for number in "56"))

    assert said.exit_code == 70
    assert "some of the text is still in kopia" in said.stdout
    assert "Bo Ek" not in said.output


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Kommunstyrelsen", "ledamotsförteckning"),
        ("Ada Provsson (S)", "ADA PROVSSON"),
        ("till Ada Provsson", "Svar  till\nAda Provsson"),
        ("Protokoll 2019-11-25", "2019 Svar till Ada"),
        ("KS 2019/0835", "Granvika kommun"),
        ("Låneförteckning", "låneförteckning"),
        ("Lånet", "lånen"),
    ],
)
def test_what_others_say_too_is_no_trace(tmp_path: Path, title: str, text: str) -> None:
    going = document("går.txt", section("1", title=title, text=text))
    part = Part(PartKind.MOTION, "Ada Provsson föreslår avslag.", "Ada Provsson (S)")
    said_too = "Svar\ntill ada  provsson. Granvika kommun har lånen och en låneförteckning."
    other = section(
        "1", title="Ledamotsförteckningen", text=f"{said_too}\n{part.text}", dnr=("KS 2019/0835",)
    )
    staying = document("2019 Svar till Ada.txt", replace(other, parts=(part,)))
    index_documents(tmp_path, [going, staying])

    said = run(tmp_path, f"{going.id}-1")

    assert (said.exit_code, "1 sections" in said.stdout) == (0, True)
