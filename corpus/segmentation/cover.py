"""Finds the cover of minutes: who was present, who signs, and the notice that the minutes were posted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.furniture import Line
from corpus.part_headings import kind_of

TITLE = "Protokollets första sida: närvaro och justering"

_PLACE = (
    r"(?:sammanträdes|mötes)?plats(?: och| &|/) ?(?:sammanträdes)?tid(?!\s?(?:för|och) justering)"
    r"|tid och plats"
)
_PRESENT = (
    r"beslutande(?: ledamöter)?|närvarande(?: ledamöter| beslutande)?|närvaro(?:lista|förteckning)?|ledamöter"
)
_DEPUTIES = r"(?:(?:ej |icke )?tjänstgörande |närvarande |övriga )?ersättare|ej tjänstgörande"
_OTHERS = r"övriga(?: deltagare| närvarande| deltagande)?|tjänste(?:män|personer)|föredragande|sekreterare"
_ADJUSTER = (
    r"utses att justera|utsedda? att justera|just(?:erare|erande|eringsperson(?:er)?)|val av justerare"
)
_ADJUSTMENT = (
    r"(?:plats och tid för |tid och plats för |tid för )?justering(?:ens|en)?(?: plats(?: och tid)?| tid)?"
)
_NOTICE = r"anslag/?\s?bevis|anslagsbevis|bevis om (?:anslag|justering|tillkännagivande)|bevis"
_POSTED = r"(?:datum|tid) (?:för|då) anslag\w*|anslag(?:et)? (?:är uppsatt|uppsatt|nedtas|sätts upp)\w*"
_PATTERNS = (
    ("place", _PLACE),
    ("present", _PRESENT),
    ("deputies", _DEPUTIES),
    ("others", _OTHERS),
    ("adjuster", _ADJUSTER),
    ("adjustment", _ADJUSTMENT),
    ("signatures", r"underskrift(?:er)?|signatur(?:er)?|vid protokollet"),
    ("chair", r"ordförande"),
    ("sections", r"paragraf(?:er|nummer)?"),
    ("notice", _NOTICE),
    ("posted", _POSTED),
    ("kept", r"förvaringsplats\w*|protokollet förvaras"),
    ("adjusted", r"protokollet är justerat|justeringen har tillkännagivits"),
    ("organ", r"organ|instans|nämnd/styrelse"),
)
_LABELS = tuple((name, re.compile(rf"(?:{pattern})(?!\w)", re.IGNORECASE)) for name, pattern in _PATTERNS)
_ANY_LABEL = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in _LABELS), re.IGNORECASE)
# Where a converter made one line of the whole cover.
_INNER_LABEL = re.compile(
    r"(?<!, )(?<=\s)(?=(?:Plats och tid|Beslutande|Närvarande|Närvarorätt|Ledamöter"
    r"|Tjänstgörande ersättare|Ersättare"
    r"|Ej tjänstgörande|Övriga (?:deltag|närvar)\w*|Tjänstemän|Utses att justera|Justeringens plats"
    r"|Underskrift\w*"
    r"|Justerande|Justerare|Paragrafer|ANSLAG\w*|Sekreterare|Ordförande|Förvaringsplats)\b)"
)
_FLATTENED = 220
_PAGE_NUMBER = re.compile(r"\d{1,3} (?=[A-ZÅÄÖ])")
# What begins a cover after the text of a §; the others stand in running text too.
_STARTS = frozenset({"place", "notice", "signatures", "adjusted", "kept"})
_LOOK_AHEAD = 45
_FEWEST = 3


def label_of(text: str) -> str | None:
    """Return what the label at the beginning of the line announces on a cover, `None` without one."""
    stripped = text.strip(" *_#\t")
    if not stripped or not (stripped[0].isupper() or stripped[0].isdigit()):
        return None
    if not _ANY_LABEL.match(stripped):
        return None
    return next((name for name, pattern in _LABELS if pattern.match(stripped)), None)


def unflattened(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the text of the lines; one that holds a whole cover comes apart before its labels."""
    for line in lines:
        if len(line.text) > _FLATTENED:
            whole = _PAGE_NUMBER.sub("", line.text, count=1) if _PAGE_NUMBER.match(line.text) else line.text
            yield from (piece.strip() for piece in _INNER_LABEL.split(whole) if piece.strip())
        elif line.text:
            yield line.text


def is_cover(lines: Sequence[Line]) -> bool:
    """Tell whether the lines hold a cover, that is, several of its labels."""
    return len({label for text in unflattened(lines) if (label := label_of(text))}) >= _FEWEST


def start_in(lines: Sequence[Line], *, is_last: bool) -> int | None:
    """Return where a cover begins below the text of a §, `None` when there is none.

    Args:
        lines: the lines below a heading.
        is_last: whether no § follows; between two, a cover has to be plainer.
    """
    fewest = _FEWEST - 1 if is_last else _FEWEST + 1
    for index, line in enumerate(lines):
        label = label_of(line.text) if line.text else None
        if label in _STARTS and _is_start(lines, index, label, fewest=fewest):
            return _with_name_above(lines, index)
    return None


def _is_start(lines: Sequence[Line], index: int, label: str | None, *, fewest: int) -> bool:
    ahead = [line.text for line in lines[index : index + _LOOK_AHEAD] if line.text]
    labels = {found for text in ahead if (found := label_of(text))}
    if label == "adjusted" and not any(kind_of(text) is not None for text in ahead):
        return True
    return len(labels) >= fewest


def _with_name_above(lines: Sequence[Line], index: int) -> int:
    """Move the start up over the line of the notice's own heading, if one stands above."""
    above = index - 1
    while above >= 0 and not lines[above].text:
        above -= 1
    if above >= 0 and lines[above].text.casefold() in {
        "sammanträdesprotokoll",
        "protokoll",
        "protokollsutdrag",
    }:
        return above
    return index
