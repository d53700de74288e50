"""Works out the numbers that Word shows before paragraphs of numbered lists (`§ 12`, `3.`, `a)`).

The text of a DOCX file does not hold them: a paragraph only names its list and level
(ECMA-376 part 1, 17.9, Numbering).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LARGEST = 10_000
_LONGEST_TEXT = 100


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of one document, counting as its paragraphs are read in order."""

    _lists: dict[str, str] = field(default_factory=dict)
    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)
    _seen: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
        """Read `word/numbering.xml` and `word/styles.xml`; either may be missing."""
        made = cls()
        if numbering is not None:
            made._read_levels(numbering)
            made._read_lists(numbering)
        if styles is not None:
            made._read_styles(styles)
        return made

    def label(self, paragraph: etree._Element) -> str:
        """Count the paragraph in its list and return what Word shows before it, or nothing."""
        place = self._place(paragraph)
        if place is None:
            return ""
        list_id, depth = place
        abstract = self._lists.get(list_id)
        levels = self._levels.get(abstract or "")
        if abstract is None or levels is None or depth not in levels:
            return ""
        self._count(list_id, abstract, depth, levels)
        level = levels[depth]
        if level.form == "bullet":
            return "• "
        if level.form == "none" or not level.text:
            return ""
        counts = self._counts[abstract]
        shown = _PLACE.sub(lambda match: _shown(counts, levels, int(match[1]) - 1), level.text)
        return f"{shown.strip()} "

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return None
        style = properties.find(f"{_W}pStyle")
        list_id, depth = self._styles.get(style.get(f"{_W}val", "") if style is not None else "", ("", 0))
        own = properties.find(f"{_W}numPr")
        if own is not None:
            list_id, depth = _value(own, "numId") or list_id, _integer(_value(own, "ilvl"), depth)
        # List 0 takes a paragraph out of the list of its style.
        return None if list_id in {"", "0"} or not 0 <= depth < _LEVELS else (list_id, depth)

    def _count(self, list_id: str, abstract: str, depth: int, levels: dict[int, _Level]) -> None:
        counts = self._counts.setdefault(abstract, [0] * _LEVELS)
        restart = self._restarts.get((list_id, depth))
        if restart is not None and (list_id, depth) not in self._seen:
            counts[depth] = restart
        elif counts[depth] == 0:
            counts[depth] = levels[depth].start
        else:
            counts[depth] = min(counts[depth] + 1, _LARGEST)
        self._seen.add((list_id, depth))
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)

    def _read_levels(self, numbering: etree._Element) -> None:
        for abstract in numbering.iterfind(f"{_W}abstractNum"):
            self._levels[abstract.get(f"{_W}abstractNumId", "")] = {
                _integer(level.get(f"{_W}ilvl"), 0): _Level(
                    _integer(_value(level, "start"), 1),
                    _value(level, "numFmt") or "decimal",
                    (_value(level, "lvlText") or "")[:_LONGEST_TEXT],
                )
                for level in abstract.iterfind(f"{_W}lvl")
            }

    def _read_lists(self, numbering: etree._Element) -> None:
        for one in numbering.iterfind(f"{_W}num"):
            list_id = one.get(f"{_W}numId", "")
            self._lists[list_id] = _value(one, "abstractNumId") or ""
            for override in one.iterfind(f"{_W}lvlOverride"):
                start = _value(override, "startOverride")
                if start is not None:
                    self._restarts[list_id, _integer(override.get(f"{_W}ilvl"), 0)] = _integer(start, 1)

    def _read_styles(self, styles: etree._Element) -> None:
        for style in styles.iterfind(f"{_W}style"):
            properties = style.find(f"{_W}pPr/{_W}numPr")
            if properties is not None:
                place = _value(properties, "numId") or "", _integer(_value(properties, "ilvl"), 0)
                self._styles[style.get(f"{_W}styleId", "")] = place


def _value(parent: etree._Element, name: str) -> str | None:
    child = parent.find(f"{_W}{name}")
    return None if child is None else child.get(f"{_W}val")


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else default


def _shown(counts: list[int], levels: dict[int, _Level], depth: int) -> str:
    level = levels.get(depth, _Level())
    number = counts[depth] or level.start
    if level.form.endswith("Letter"):
        shown = (
            chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 1000 else str(number)
        )
    elif level.form.endswith("Roman"):
        shown = _roman(number)
    else:
        return str(number)
    return shown.upper() if level.form.startswith("upper") else shown


def _roman(number: int) -> str:
    digits = []
    for value, digit in _ROMAN:
        digits.append(digit * (number // value))
        number %= value
    return "".join(digits)
