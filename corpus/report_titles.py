"""Reads the title of a text without §§, a report or an attachment, from between its letterhead and its text.

A letterhead names the municipality, the office, the form, the date, the handler and the body that is
addressed, in any order; the title is what is none of these. In a letter it stands last, right above the first
heading of the text; on a cover or over running text it stands first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus import dnr
from corpus.clean_text import clean_line
from corpus.committee_names import find_names, repaired
from corpus.document import PartKind
from corpus.head_noise import without_noise
from corpus.heading_numbers import is_number_line
from corpus.municipalities import free_designation
from corpus.part_headings import kind_of

_HEAD_LINES: Final = 60
_TOP_LINES: Final = 20
_LETTERHEAD: Final = 6
_LONGEST_TITLE: Final = 300
_MOST_TITLE_LINES: Final = 4
_LONG_LINE: Final = 45
_FORM: Final = re.compile(
    r"(?i)(?:tjänste(?:skrivelse|utlåtande|yttrande|pm)|besluts(?:förslag|underlag)|promemoria|pm|missiv"
    r"|information|skrivelse|yttrande|rapport|bilaga|handling|protokoll(?:sutdrag)?|utdrag)[\W\d]*"
)
_ALWAYS_FORM: Final = re.compile(r"(?i)(?:tjänste(?:skrivelse|utlåtande|yttrande|pm)|beslutsförslag)\b")
_LABEL: Final = re.compile(
    r"(?i)(?:(?:datum|handläggare|klagande|ombud|motpart|diarie\w*|dnr|ärende-?(?:nummer|nr|id)|telefon|e-post"
    r"|sida?|adress|mottagare|version|skede|status|till|postadress|besöksadress|växel|org\.?\s?nr|utfärdat"
    r"|dokument(?:typ|namn|datum|id|nummer|nr|ansvarig|status|ägare|information)?|vår|er|typ av|beslutande"
    r"|inskickat|ansvarig|upprättad|antag(?:en|et|na)|fastställ(?:d|t|da)|reviderad|senast|giltig\w*|gäller)\b.*"
    r"|(?:https?://)?(?:www\.)?[\w.-]+\.se|[\w.-]*\w@\S+.*|(?:beslut|innehåll)\W*|[\W\d]*)"
)
_OFFICE: Final = re.compile(
    r"(?i)(?:sektor(?:n)?|förvaltning(?:en)?(?:\sför)?|(?:enheten|avdelningen|kontoret)\sför)"
    r"(?:\s[\w&,-]+){1,6}"
    r"|(?:(?!(?:av|för|på|i|om|till|inom|från|hos|med|vid|mellan)\b)[\w-]+,?\s){0,4}?"
    r"(?:[\w-]*(?:förvaltning|kontor|avdelning)(?:en|et)|[\w-]+(?:enheten|staben|sektorn))"
    r"(?:[,/|]\s?.{0,60})?"
)
_POSTCODE: Final = re.compile(r"\b\d{3}\s?\d{2}\s+[A-ZÅÄÖ]")
_PERSON: Final = re.compile(r"[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+){1,2}")
_ROLE: Final = re.compile(
    r"[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+){1,2},? [a-zåäö -]*(?:sekreterare|chef|strateg|handläggare|utredare"
    r"|direktör|ledare|ingenjör|arkitekt|inspektör|controller|samordnare|ekonom|planerare|jurist"
    r"|utvecklare|rektor)"
)
_HANDLER: Final = re.compile(r"(?i)handläggare|@|\A\W*Klagande")
_TITLE_FIELD: Final = re.compile(r"(?i)(?:rubrik|ärende(?:mening)?|titel)\s*:\s*(?P<title>\S.{2,200})")
_CONTENT: Final = re.compile(
    r"(?i)(?:ärendebeskrivning|sammanfattning|bakgrund|inledning|innehåll(?:sförteckning)?"
    r"|förslag till beslut|beslutsunderlag|ärendet|beslut)\W*"
)
_PAGE_NUMBER: Final = re.compile(r"\s\d{1,3}\s?\(\s?\d{1,4}\s?\)")
_OPEN_END: Final = re.compile(
    r"(?i)(?:[-–,/(]|\b(?:och|samt|av|för|till|i|om|med|på|från|mellan|den|en|ett|att|vid|under))\Z"
)
_MARKS: Final = " *_#|"
_LETTERS: Final = re.compile(r"[^\W\d_]{3}")


def title_of(lines: Sequence[str]) -> str | None:
    """Read the title of a report or an attachment, `None` when none can be told.

    Args:
        lines: the lines of the text, stripped; empty ones part the paragraphs.
    """
    near = lines[: 2 * _HEAD_LINES]
    head = [line for line in near if line][:_HEAD_LINES]
    ends = [not "".join(near[index + 1 : index + 2]) for index, line in enumerate(near) if line]
    for line in head[:_TOP_LINES]:
        field = _TITLE_FIELD.fullmatch(line)
        if field:
            return clean_line(field["title"])
    is_title = [_may_be_title(head, index) for index in range(len(head))]
    content = _first_content(head, is_title)
    if content is not None and any(_is_letterhead(line) for line in head[:content]):
        last = max((index for index in range(content) if is_title[index]), default=None)
        return None if last is None else _joined(head[_first_line(head, is_title, ends, last) : last + 1])
    end = min(_TOP_LINES, len(head) if content is None else content)
    first = next((index for index in range(end) if is_title[index]), None)
    return None if first is None else _joined(_onward(head[first : first + _MOST_TITLE_LINES]))


def _first_content(head: Sequence[str], is_title: Sequence[bool]) -> int | None:
    """Find the first heading of the text; the name of a form in the letterhead can look like one."""
    for index, line in enumerate(head):
        is_form = bool(_FORM.fullmatch(line)) and (
            not any(is_title[:index]) or (index < _LETTERHEAD and bool(_ALWAYS_FORM.match(line)))
        )
        if not is_form and _is_content(line):
            return index
    return None


def _is_content(line: str) -> bool:
    return bool(_CONTENT.fullmatch(line.strip(_MARKS))) or kind_of(line) in {
        PartKind.PROPOSAL,
        PartKind.BACKGROUND,
        PartKind.DECISION,
    }


def _is_letterhead(line: str) -> bool:
    """Tell whether the line is one that letters have, and covers of plans have not."""
    plain = line.strip(_MARKS)
    return bool(_ALWAYS_FORM.match(plain) or _HANDLER.search(plain)) or is_number_line(plain)


def _may_be_title(head: Sequence[str], index: int) -> bool:
    plain = _PAGE_NUMBER.sub("", head[index]).strip(_MARKS)
    if len(plain) < 4 or not _LETTERS.search(plain) or _is_content(head[index]):
        return False
    if any(pattern.fullmatch(plain) for pattern in (_FORM, _LABEL, _ROLE, _OFFICE)):
        return False
    if _is_address(plain) or dnr.remove_from_heading(plain) == "" or is_number_line(plain):
        return False
    near = head[max(0, index - 1) : index + 2]
    if _PERSON.fullmatch(plain) and any(_HANDLER.search(line) for line in near):
        return False
    rest = repaired(without_noise(plain))
    names = list(find_names(rest))
    return bool(_LETTERS.search(rest)) and not (
        len(names) == 1 and names[0].end - names[0].start == len(rest)
    )


def _is_address(line: str) -> bool:
    return free_designation(line) is not None or "@" in line or bool(_POSTCODE.search(line))


def _first_line(head: Sequence[str], is_title: Sequence[bool], ends: Sequence[bool], last: int) -> int:
    """Go up from the last line of a title to its first; `ends` tells below which lines a space stands."""
    first = last
    while first > 0 and last - first < _MOST_TITLE_LINES - 1 and is_title[first - 1]:
        above = head[first - 1]
        if above.endswith((".", ":")) or not (
            _goes_on(above, head[first]) or (len(above) >= _LONG_LINE and not ends[first - 1])
        ):
            break
        first -= 1
    return first


def _onward(lines: Sequence[str]) -> Sequence[str]:
    """Go down from the first line of a title to its last."""
    end = 1
    while end < len(lines) and _goes_on(lines[end - 1], lines[end]):
        if _is_content(lines[end]) or _LABEL.fullmatch(lines[end]) or _FORM.fullmatch(lines[end]):
            break
        end += 1
    return lines[:end]


def _goes_on(above: str, line: str) -> bool:
    return line[:1].islower() or bool(_OPEN_END.search(above.strip(_MARKS)))


def _joined(lines: Sequence[str]) -> str:
    return clean_line(" ".join(line.strip(_MARKS) for line in lines))[:_LONGEST_TITLE]
