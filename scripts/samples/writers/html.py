"""HTML, as a municipality's web site shows minutes: a page with its navigation around them."""

from __future__ import annotations

from html import escape

from samples.blocks import Block, BlockKind, without_marks
from samples.layouts import Rendering
from samples.meeting import Meeting

_PAGE = """<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>{title}</title>
</head>
<body>
<header><nav><a href="/">Hem</a> <a href="/kommun-och-politik">Kommun och politik</a></nav></header>
<main>
{breadcrumb}{content}
</main>
<footer><p>Kontakta {municipality}. Om webbplatsen och kakor.</p></footer>
</body>
</html>
"""


def write(meeting: Meeting, rendering: Rendering) -> bytes:
    """The bytes of an HTML page."""
    text = _PAGE.format(
        title=escape(f"{meeting.committee} {meeting.date.isoformat()} - {meeting.municipality.full_name}"),
        breadcrumb="".join(f"<p>{escape(line)}</p>\n" for line in _breadcrumb(rendering)),
        content="\n".join(filter(None, map(_element, rendering.blocks))),
        municipality=escape(meeting.municipality.full_name),
    )
    return text.encode()


def _breadcrumb(rendering: Rendering) -> list[str]:
    return [line for line in rendering.furniture.header if line.startswith("Din position")]


def _element(block: Block) -> str:
    text = escape(without_marks(block.text))
    match block.kind:
        case BlockKind.BANNER:
            return f"<h1>{text}</h1>"
        case BlockKind.SECTION:
            return f"<h2>{text}</h2>"
        case BlockKind.HEADING:
            return f"<h2>{text}</h2>"
        case BlockKind.LABEL:
            return f"<h3>{text}</h3>"
        case BlockKind.ROW:
            value = escape(block.value).replace("\n", "<br>\n")
            return f"<dl><dt>{text}</dt><dd>{value}</dd></dl>"
        case BlockKind.RULE:
            return "<hr>"
        case BlockKind.PAGE:
            return ""
        case _:
            return f"<p>{text}</p>"
