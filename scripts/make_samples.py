"""Writes the sample minutes: invented municipalities in the layouts of real ones.

The same content gives the same files, so what is committed can be checked against a fresh run.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

from samples.blocks import without_marks
from samples.layouts import render
from samples.loading import folder_metadata, load_meetings
from samples.meeting import Item, Meeting
from samples.writers import docx, html, markdown, pdf, plain_text

WRITERS = {
    ".txt": plain_text.write,
    ".md": markdown.write,
    ".html": html.write,
    ".pdf": pdf.write,
    ".docx": docx.write,
}
_PLAN_CODE = re.compile(r"(?<=\d) \d{2,3}$")
DEFAULT_FOLDER = Path(__file__).parents[1] / "corpus" / "samples"


def main() -> None:
    """Writes the samples, and on request what a reader should make of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=DEFAULT_FOLDER, help="folder to write to")
    parser.add_argument("--expectations", type=Path, help="JSON file for what a reader should find")
    arguments = parser.parse_args()
    meetings = load_meetings()
    for path, data in sample_files(meetings):
        target = arguments.out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    if arguments.expectations:
        arguments.expectations.write_text(
            _json([expectation(meeting) for meeting in meetings]), encoding="utf-8"
        )
    print(f"{len(meetings)} documents, {sum(len(meeting.items) for meeting in meetings)} sections")


def sample_files(meetings: tuple[Meeting, ...]) -> Iterator[tuple[str, bytes]]:
    """Path below the folder and content of every file but the hand-written README."""
    for meeting in meetings:
        yield meeting.file, WRITERS[Path(meeting.file).suffix](meeting, render(meeting))
        if meeting.meta is not None:
            yield f"{meeting.file}.meta.json", _json(meeting.meta).encode()
    for key, metadata in folder_metadata().items():
        yield f"{key}/meta.json", _json(metadata).encode()


def expectation(meeting: Meeting) -> dict[str, object]:
    """What a reader should find in a document, for tests and for judging search.

    A `type` of null and a `decision` of "either" may be read in more than one way.
    """
    return {
        "source": meeting.file,
        "municipality": meeting.municipality.name,
        "committee": meeting.committee,
        "date": meeting.date.isoformat(),
        "type": meeting.kind,
        "layout": meeting.layout,
        "sections": [_expected_section(item, meeting) for item in meeting.items],
    }


def _expected_section(item: Item, meeting: Meeting) -> dict[str, object]:
    return {
        "number": item.number,
        "title": without_marks(item.title),
        # `2015/KS 0206 001` is a dnr and a code of the archive's plan.
        "dnr": [_PLAN_CODE.sub("", dnr) for dnr in item.dnr],
        # Whether what a report proposes is a decision yet is a matter of taste.
        "decision": "either" if meeting.kind == "report" else item.decision_kind,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    main()
