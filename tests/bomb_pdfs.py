"""Hostile PDF files, small as files and large when they are read."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

from tests.factories import pdf, pdf_of_lines

_FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_CATALOG = "<</Type/Catalog/Pages 2 0 R>>"
_ONE_PAGE = "<</Type/Pages/Kids[3 0 R]/Count 1>>"


def of_objects(objects: Sequence[str | bytes], *, trailer: str = "") -> bytes:
    """A PDF of the objects given, numbered from 1; the first is the catalog."""
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, one if isinstance(one, bytes) else one.encode("latin-1"))
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(made)}\n%%EOF"
    return bytes(made) + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def stream(content: bytes, *, filters: int = 1, more: str = "") -> bytes:
    """A stream object, deflated as many times as `filters` says."""
    for _ in range(filters):
        content = zlib.compress(content, 9)
    names = "/FlateDecode" * filters
    return f"<</Length {len(content)}/Filter[{names}]{more}>>stream\n".encode() + content + b"\nendstream"


def of_content(content: bytes, *, filters: int = 1, box: str = "0 0 595 842", more: str = "") -> bytes:
    """A PDF of one page with the content stream given."""
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>{more}>>>>"
    return of_objects([_CATALOG, _ONE_PAGE, page, stream(content, filters=filters), _FONT])


def _text(times: int) -> bytes:
    return b"BT /F1 11 Tf 14 TL 50 750 Td " + b"(ord) Tj T* " * times + b"ET"


def _deep_tree(depth: int) -> bytes:
    nodes = [f"<</Type/Pages/Parent {at - 1} 0 R/Kids[{at + 1} 0 R]/Count 1>>" for at in range(2, depth)]
    return of_objects([_CATALOG, *nodes, f"<</Type/Page/Parent {depth - 1} 0 R/MediaBox[0 0 9 9]>>"])


def _wide_tree(depth: int) -> bytes:
    """Each level has the next one ten times: 10 to the power of `depth` pages."""
    nodes = [
        f"<</Type/Pages/Kids[{f'{at + 1} 0 R ' * 10}]/Count {10 ** (depth + 2 - at)}>>"
        for at in range(2, depth + 2)
    ]
    return of_objects([_CATALOG, *nodes, "<</Type/Page/MediaBox[0 0 9 9]>>"])


def _forms(depth: int) -> bytes:
    """Each form paints the next one ten times."""
    page = (
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    )
    forms = [
        stream(
            b"/X Do " * 10,
            more=f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {at + 1} 0 R>>>>",
        )
        for at in range(5, 5 + depth)
    ]
    last = stream(_text(100), more="/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return of_objects([_CATALOG, _ONE_PAGE, page, stream(b"/X Do"), *forms, last])


def _object_stream_in_itself() -> bytes:
    inner = stream(b"4 0 <</A 1>>", more="/Type/ObjStm/N 1/First 4/Extends 4 0 R")
    return of_objects([_CATALOG, _ONE_PAGE, "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>", inner])


def _cross_references_in_a_loop() -> bytes:
    made = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer<</Size 3/Root 1 0 R/Prev %d>>\n" % len(made)
    return made + table + b"startxref\n%d\n%%%%EOF" % len(made)


def _scattered(count: int) -> bytes:
    """Words on baselines so near each other that each stands between its neighbours."""
    places = b"".join(
        b"1 0 0 1 %d %.2f Tm (x) Tj " % (50 + at % 5 * 80, 800 - at * 0.05) for at in range(count)
    )
    return of_content(b"BT /F1 11 Tf " + places + b"ET")


BOMBS: Mapping[str, bytes] = {
    "encrypted": pdf([(20, 20, "Ett")], opens_with="hemligt"),
    "truncated": pdf_of_lines(["Protokoll"] * 30)[:-600],
    "half": pdf_of_lines(["Protokoll"] * 30)[:400],
    "empty": b"%PDF-1.7\n",
    "not-one": b"%PDF-1.7\n" + bytes(range(256)) * 400,
    "deep-page-tree": _deep_tree(20_000),
    "page-tree-in-itself": of_objects(
        [_CATALOG, "<</Type/Pages/Parent 2 0 R/Kids[2 0 R 2 0 R]/Count 1000000>>"]
    ),
    "wide-page-tree": _wide_tree(7),
    "pages-that-are-not-there": of_objects([_CATALOG, "<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"]),
    "huge-page": of_content(_text(20), box="0 0 1e30 1e30"),
    "page-without-size": of_content(_text(20), box="0 0 0 0"),
    "deflated": of_content(b" " * 50_000_000),
    "deflated-thrice": of_content(b" " * 100_000_000, filters=3),
    "text-operators": of_content(_text(1_000_000)),
    "words-side-by-side": _scattered(40_000),
    "forms-in-forms": _forms(9),
    "deep-brackets": of_content(b"[" * 1_000_000),
    "deep-dictionaries": of_objects([_CATALOG, "<</A" * 200_000]),
    "states-never-restored": of_content(b"q " * 1_000_000 + _text(20)),
    "object-stream-in-itself": _object_stream_in_itself(),
    "cross-references-in-a-loop": _cross_references_in_a_loop(),
    "length-that-is-itself": of_objects([_CATALOG, _ONE_PAGE, "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
                                         "<</Length 4 0 R>>stream\nBT ET\nendstream"]),
    "predictor": of_objects([
        _CATALOG, _ONE_PAGE, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        stream(b"\0" * 100_000, more="/DecodeParms[<</Predictor 15/Colors 2147483647/Columns 2147483647>>]"),
    ]),
}  # fmt: skip
"""Files by what is wrong with them; `pdf` made by a program stand beside those written by hand."""
