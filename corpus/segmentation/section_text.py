"""Makes text of lines: paragraphs, lists and headings apart, wrapped lines and broken words joined."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from corpus import hyphens
from corpus.furniture import Line
from corpus.part_headings import kind_of

_BULLETS = "•·●▪■◦‣⁃∙▫○➢✓\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\u00b7"
_ITEM = re.compile(
    rf"(?:[{_BULLETS}]\s?|[-–—*]\s|\d{{1,2}}[.)]\s|\(?[a-zåäöA-ZÅÄÖ][).]\s|[A-ZÅÄÖ]/\s?|o\s(?=\S))"
)
_CLAUSE = "att "
_BULLET = re.compile(rf"^[{_BULLETS}*]\s*")
_ONLY_MARKS = re.compile(rf"[{_BULLETS}*\s|–—-]+")
_MOVER = re.compile(r"[A-ZÅÄÖÉ][\w’'-]+(?: [A-ZÅÄÖÉa-zåäöé][\w’'-]+){1,4} \([A-ZÅÄÖ]{1,4}\)")
_OPEN_END = re.compile(
    r"\w (?:av|och|samt|i|på|för|med|till|om|från|vid|under|per|enligt|inom|mot|den|det|ett|en|att)$"
)
_SENTENCE_END = (".", "!", "?", ":", ".”", '."', ".)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WIDE = 130  # lines of this length are paragraphs, not lines that were broken at a margin
_NARROW = 40
_SHORT = 30
_LONGEST_PARAGRAPH = 50_000  # joining longer ones line by line takes too long
_SLACK = 0.92


def width_of(lines: Iterable[Line]) -> int:
    """Return the length at which lines were broken; 0 when each line is a paragraph of its own."""
    # Short lines are tables, names and headings, however many they are.
    lengths = sorted(len(line.text) for line in lines if len(line.text) >= _SHORT)
    if not lengths:
        return 0
    width = lengths[int(len(lengths) * 0.95)]
    return width if _NARROW <= width <= _WIDE else 0


def words_of(lines: Iterable[Line]) -> frozenset[str]:
    """Return the words of the text, casefolded, without those that a hyphen at a line's end cuts."""
    words: set[str] = set()
    for line in lines:
        text = line.text
        for found in _WORD.finditer(text):
            if not (found.end() == len(text) - 1 and text.endswith("-")):
                words.add(found[0].casefold())
    return frozenset(words)


def render(lines: Sequence[Line], *, width: int, words: Collection[str] = frozenset()) -> str:
    """Return the text of the lines: an empty line between paragraphs, a line for each item of a list.

    Args:
        lines: the body lines, without furniture.
        width: the length at which lines of the document were broken, from `width_of`.
        words: the document's own words, to decide on hyphens at line ends.
    """
    return "\n\n".join(_paragraphs(lines, width=width, words=words))


def _paragraphs(lines: Sequence[Line], *, width: int, words: Collection[str]) -> Iterator[str]:
    built: list[str] = []
    last = ""
    is_parted = False
    for line in lines:
        text = _clean(line.text)
        if not text:
            is_parted = is_parted or not line.text.strip()
            continue
        if built and is_parted and not _goes_on_below_space(last, text):
            yield "\n".join(built)
            built, last = [], ""
        is_parted = False
        if built and len(built[-1]) < _LONGEST_PARAGRAPH and _is_wrapped(last, text, width):
            built[-1] = _joined(built[-1], text, words)
        elif built and _begins_paragraph(last, text):
            yield "\n".join(built)
            built = [text]
        else:
            built.append(text)
        last = text
    if built:
        yield "\n".join(built)


def _clean(text: str) -> str:
    """Return the line with single spaces, without control characters; empty when it has only marks."""
    clean = " ".join(_CONTROL.sub(" ", text).split())
    if not clean or _ONLY_MARKS.fullmatch(clean):
        return ""
    return _BULLET.sub("• ", clean)


def _is_wrapped(above: str, text: str, width: int) -> bool:
    """Tell whether a line was broken above this one, so that both are one."""
    if hyphens.ends_with_hyphen(above) and (text[0].isalnum() or text[0] in "(”"):
        return True
    if _ITEM.match(text) or kind_of(above) is not None or kind_of(text) is not None:
        return False
    if _OPEN_END.search(above):
        return True
    has_no_room = len(above) + 1 + len(text.split(" ", 1)[0]) > width * _SLACK
    if text.startswith(_CLAUSE) and not (has_no_room and width):
        return False
    if not width or (above.endswith(_SENTENCE_END) and _MOVER.match(text)):
        return False
    if above.endswith(_SENTENCE_END):
        return has_no_room and not above.endswith(":")
    if text[0].islower() or text[0] == "(":
        return len(above) > width / 2 or above.endswith(",")
    return has_no_room


def _goes_on_below_space(above: str, text: str) -> bool:
    """Tell whether a converter parted a sentence: no paragraph ends with `av` or `och`."""
    return text[0].islower() and bool(_OPEN_END.search(above)) and not _ITEM.match(text)


def _begins_paragraph(above: str, text: str) -> bool:
    """Tell whether a space is due between two lines that stand together in the source."""
    if kind_of(text) is not None or kind_of(above) is not None:
        return True
    if _ITEM.match(text) or text.startswith(_CLAUSE):
        return False
    return above.endswith(_SENTENCE_END) and not above.endswith(":")


def _joined(above: str, text: str, words: Collection[str]) -> str:
    if hyphens.ends_with_hyphen(above):
        return hyphens.join(above, text, words)
    if above.endswith(("–", "/")) and len(above) > 1 and above[-2].isalnum() and text[0].isalnum():
        return above + text
    return f"{above} {text}"
