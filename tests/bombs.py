"""Hostile files of minutes: what takes a reader's time, memory or wits, made small.

They are made anew for each run, since most of them are something else than text to a reviewer.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests import bomb_packages, bomb_pdfs

_HEAD = "Dimmelunda kommun\nTekniska nämnden\nSammanträdesprotokoll 2021-03-04\n\n"

_PAGES: Mapping[str, str] = {
    "comments": "<!--" * 300_000,
    "comments-that-end": "<p>" + "<!---->" * 200_000,
    "attributes": "<p " + " ".join(f"a{at}=1" for at in range(200_000)) + ">x",
    "deep": "<div>" * 100_000 + "x",
    "deep-tables": "<table><tr><td>" * 3_000 + "x",
    "unclosed": "<b><i><p>" * 4_000 + "x",
    "entities": "&amp;" * 40_000,
    "unknown-entities": "&a" * 50_000,
    "cells-in-a-row": "<table><tr>" + "<td>cell" * 20_000,
    "tags-never-ended": "<a" * 500_000,
    "quotes-never-ended": '<a b="' + "'=\"" * 300_000,
    "declarations": "<!" * 500_000,
    "instructions": "<?" * 500_000,
    "scripts": "<script>" * 100_000,
    "hidden": "<div hidden>" * 200 + "x" * 100_000,
    "lists": "<ol>" * 100 + "<li>" * 10_000,
}

_TEXTS: Mapping[str, str | bytes] = {
    "one-line": "a" * 100_000_000,
    "one-word": "kommunstyrelsen" * 200_000,
    "one-line-of-words": "ord " * 90_000,
    "nulls": "\0" * 1_000_000,
    "combining-marks": "a" + "\u0301" * 1_000_000,
    "mixed-marks": "a" + "\u0301\u0323" * 500_000,
    "not-utf-8": b"\xff\xfe\xfd"[::-1] * 300_000,
    "utf-16-without-mark": (_HEAD * 1_000).encode("utf-16-le"),
    "utf-16-of-lone-surrogates": b"\xff\xfe" + b"\x00\xd8" * 20_000,
    "turned-around": _HEAD + "§ 1 \u202eevil\u202c\n" * 2_000,
    "empty": "",
    "white-space": " \n\t" * 1_000_000,
    "form-feeds": "\f" * 1_000_000 + "x",
    "headings": _HEAD + "".join(f"§ {at}\n" for at in range(500_000)),
    "same-headings": _HEAD + "§ 1 Ärende\n" * 10_000,
    "headings-with-text": _HEAD + "".join(f"§ {at} Ärende\n\nBeslut\n\nBifall.\n\n" for at in range(3_000)),
    "section-signs": "§ " * 100_000,
    "section-signs-together": "§" * 1_000_000,
    "signs-a-line": "§\n" * 30_000,
    "dots": "." * 1_000_000,
    "contents": _HEAD + "Innehåll\n" + ("§ 12 Ärende " + "." * 400 + " 12\n") * 3_000,
    "dots-and-spaces": ". " * 100_000,
    "numbers": "12 " * 50_000,
    "numbers-a-line": "12\n" * 30_000,
    "items-of-an-agenda": "Kallelse\nÄrenden\n" + "".join(f"{at % 999 + 1}. Ärende\n" for at in range(6_000)),
    "lists-of-one": "Kallelse\nÄrenden\n" + "1. Ärende\n2. Annat\n" * 5_000,
    "spaces": "a" + " " * 2_000_000 + "b",
    "spaces-within": ("a" + " " * 5_000 + "\n") * 300,
    "tabs": "a\t" * 70_000,
    "hyphens": "-" * 1_000_000,
    "hyphens-at-ends": "ord-\n" * 20_000,
    "soft-hyphens": "ord\u00ad" * 30_000,
    "registry-labels": "Dnr " * 30_000,
    "registry-labels-a-line": "Dnr\n" * 20_000,
    "registry-numbers": "KS 2019/0835 " * 10_000,
    "half-numbers": "KS 2019/" * 20_000,
    "marks-of-headings": "#" * 1_000_000,
    "markup": "**" * 50_000,
    "markup-and-words": "*_a" * 40_000,
    "brackets": "(" * 1_000_000,
    "links": "[a](" * 30_000,
    "declared": _HEAD + "Paragrafer §§ " + "1-2000, " * 2_000,
    "declared-often": _HEAD + "§§ 1–2000\n" * 2_000,
    "names": _HEAD + "Närvarande\n" + "Ada Provsson (X), " * 4_000,
    "names-a-line": _HEAD + "Närvarande\n" + "Ada Provsson (X)\n" * 6_000,
    "capitals": "A" * 1_000_000,
    "capital-words": "Ada " * 30_000,
    "capital-words-a-line": _HEAD + "Närvarande\n" + ("Ada " * 200 + "\n") * 300,
    "initials": _HEAD + "Ledamöter: " + "A. " * 20_000,
    "personal-numbers": "811218-9876 " * 10_000,
    "digits": "1" * 1_000_000,
    "dates": "den 12 mars 2021 " * 6_000,
    "furniture": _HEAD + "".join(f"Justerandes sign\nSida {at} (9999)\n\f" for at in range(9_999)),
    "running-heads": "".join(f"Rad ett\nRad två\nRad {at}\n\f" for at in range(2_000)),
    "part-headings": _HEAD + "§ 1 Ärende\n" + "Beslut\n" * 10_000,
    "motions": _HEAD + "§ 1 Ärende\nYrkanden\n" + "Ada Provsson (X) yrkar bifall. " * 2_000,
    "committees": "Kommunstyrelsens arbetsutskotts " * 4_000,
    "broken-committees": "Bygg- och\n" * 10_000,
    "municipalities": "Dimmelunda kommun " * 6_000,
    "different-words": " ".join(f"ord{at:x}" for at in range(40_000)),
    "long-words": " ".join("förskolelärar" * 800 for _ in range(100)),
    "addresses": "http://" * 15_000,
    "at-signs": "a@" * 40_000,
    "shifted": "(IWHU " * 20_000,
}  # fmt: skip


def bombs() -> Mapping[str, bytes]:
    """Return the content of each file, by its name."""
    made = {f"{name}.pdf": content for name, content in bomb_pdfs.BOMBS.items()}
    made |= {f"{name}.docx": content for name, content in bomb_packages.BOMBS.items()}
    made |= {f"{name}.html": page.encode() for name, page in _PAGES.items()}
    made |= {
        f"{name}.txt": text if isinstance(text, bytes) else text.encode() for name, text in _TEXTS.items()
    }
    return made


ANYTHING = frozenset(
    {
        "forms-in-forms.pdf",
        "huge-page.pdf",
        "page-without-size.pdf",
        "states-never-restored.pdf",
        "text-operators.pdf",
        "words-side-by-side.pdf",
    }
)
"""What PDFium makes of these is its own affair, as long as it is over."""

READ = frozenset(
    {
        "addresses.txt",
        "at-signs.txt",
        "attributes.html",
        "beside-the-text.docx",
        "brackets.txt",
        "broken-committees.txt",
        "capital-words-a-line.txt",
        "capital-words.txt",
        "cells-in-a-row.docx",
        "cells-in-a-row.html",
        "combining-marks.txt",
        "committees.txt",
        "contents.txt",
        "dates.txt",
        "declared-often.txt",
        "declared.txt",
        "digits.txt",
        "dots-and-spaces.txt",
        "dots.txt",
        "entities.html",
        "half-numbers.txt",
        "headings-with-text.txt",
        "hyphens-at-ends.txt",
        "hyphens.txt",
        "initials.txt",
        "items-of-an-agenda.txt",
        "links.txt",
        "lists-of-one.txt",
        "lists.html",
        "long-labels.docx",
        "marks-of-headings.txt",
        "markup-and-words.txt",
        "markup.txt",
        "mixed-marks.txt",
        "motions.txt",
        "municipalities.txt",
        "names-a-line.txt",
        "names.txt",
        "nested.docx",
        "numbers-a-line.txt",
        "numbers.txt",
        "one-line-of-words.txt",
        "part-headings.txt",
        "personal-numbers.txt",
        "registry-labels-a-line.txt",
        "registry-labels.txt",
        "registry-numbers.txt",
        "running-heads.txt",
        "same-headings.txt",
        "section-signs-together.txt",
        "section-signs.txt",
        "shifted.txt",
        "signs-a-line.txt",
        "soft-hyphens.txt",
        "spaces-within.txt",
        "spaces.txt",
        "tabs.txt",
        "turned-around.txt",
        "unclosed.html",
        "unknown-entities.html",
    }
)
"""What is strange and yet text: it is read, and costs no more than its length. All others are refused."""
