"""Infers to which municipality a text belongs: from its head, where its meetings are, what it says.

Minutes name other municipalities too: partners, neighbours, senders. What names the own one is the head of
the pages, the place of the meeting and of the archive, the addresses of officials; in running text only what
all mentions agree on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from corpus.document import Municipality
from corpus.head_noise import MEETING_WORD
from corpus.metadata.head_lines import HeadLine
from corpus.metadata.header import Header, Label
from corpus.municipalities import by_seat, by_slug, designations, free_designation, known, places
from corpus.slugs import slug

_HEAD: Final = 6
_HEAD_LINE: Final = 3
_FIELD: Final = 6
_ADDRESS: Final = 4
_ARCHIVE: Final = 4
_MEETING_PLACE: Final = 2
_ENOUGH: Final = 4
_LEAD: Final = 2
_TOP_LINES: Final = 12
_LONGEST_LINE: Final = 110
_FEWEST_MENTIONS: Final = 3
_MANY_MENTIONS: Final = 6
_SOME_MENTIONS: Final = 4
_OF_FACTS: Final = 2
_DOMINANCE: Final = 4
_LEAD_OF_ACTOR: Final = 2
_E_MAIL: Final = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,40}\.){0,3}?(?P<domain>[\w-]{2,40})\.se\b")
_OWN_SITE: Final = re.compile(r"(?:https?://)?(?:www\.)?(?P<domain>[\w-]{2,40})\.se/?")
# Who sends, answers, cooperates: the municipality after such a word is most often another one.
_FOREIGN: Final = re.compile(
    r"(?i)\b(?:från|med|till|av|hos|mellan|och|samt|eller|både|exempelvis|t\.ex\.|liksom|grannkommunen|,)\s?\Z"
)
# A sender's address: `Lunds kommun, Box 41, 221 00 Lund`.
_POSTCODE: Final = re.compile(r"(?:,\s?|\s[-–|•]\s|\s)(?:[^,\n]{1,40},\s?)?\d{3}\s?\d{2}\s+[A-ZÅÄÖ]")
_FIRST_NAME: Final = re.compile(r"[A-ZÅÄÖ][\wåäö-]*\s\Z")
_MEETING: Final = re.compile(r"(?i)sammanträde|möte|protokoll|kallelse")
_GOES_ON: Final = re.compile(r"\s[a-zåäö]")
_OWN_HOUSE: Final = re.compile(r"s?\s(?:kommunhus|kommunkontor|kommunalhus|stadshus|rådhus)")
_SENDS: Final = re.compile(
    r"\s(?:har\s(?:översänt|skickat|inkommit|remitterat|begärt|bjudit|inbjudit|ansökt|sökt|överklagat|föreslagit)"
    r"|vill|önskar|begär|inbjuder|översänder|remitterar|ansöker)\b"
)
# Where another municipality's plan is answered, its name can be the only one in the text.
_CONSULTED: Final = re.compile(r"(?i)\bremiss|\byttrande (?:över|till)\b|samrådshandling|\bgranneyttrande")
# A place of this name, but not a person's second name, a university or what is counted as `X kommun`.
_PLACE: Final = re.compile(
    r"(?<![\w-])(?P<own>(?:[Ii]|[Ii]nom|[Ff]ör)\s)?"
    r"(?P<place>[A-ZÅÄÖ][a-zåäö]+(?:-[A-ZÅÄÖ][a-zåäö]+)?)(?![\w-])"
)
_NO_PLACE: Final = re.compile(
    r"\s(?:[Uu]niversitet|län|stift|tingsrätt|högskola|museum|kommun|KOMMUN|stad|Stad|[A-ZÅÄÖ][a-zåäö])"
)
_NOTICE_BOARD: Final = re.compile(r"(?i)\A\s+(?:\w+\s+){0,2}anslagstavl|\A\s+webbplats")
_ACTOR: Final = re.compile(
    r"(?i)(?:förslag(?:et)? är|föreslår|föreslås|beslutar)"
    r"(?P<clause>[^.\n]{0,60}\satt\s[^.\n]{1,30}\s(?:kommun|stad)\s)"
)
_LOCATED: Final = re.compile(r"(?:,\s?|\bi\s|\b[\wåäö]*(?:huset|kontoret|förvaltningen|salen)\s|\A)\Z")


def infer_municipality(
    header: Header, heads: Sequence[HeadLine], text: str, of_facts: frozenset[str]
) -> Municipality | None:
    """Infers the municipality, the strongest evidence first, `None` where nothing says it clearly.

    Args:
        header: the head of the text.
        heads: where bodies are named as in a heading.
        text: all of it, or as much as is to be read.
        of_facts: the slugs of municipalities of which a body and its letters, both in the text, are facts.
    """
    votes = Counter[Municipality]()
    for municipality, weight in (
        *_in_head(header, heads),
        *_in_addresses(header),
        *_in_places(header),
        *_on_notice_board(text),
    ):
        votes[municipality] += weight
    if votes:
        best = votes.most_common(2)
        clear = len(best) == 1 or best[0][1] >= _LEAD * best[1][1]
        if best[0][1] >= _ENOUGH:
            return best[0][0] if clear else None
    return _in_running_text(text, votes, of_facts)


def _in_head(header: Header, heads: Sequence[HeadLine]) -> Iterator[tuple[Municipality, int]]:
    for line in header.top[:_TOP_LINES]:
        yield from _on_line(line, _HEAD)
    for line in header.lines[: min(_TOP_LINES, header.first_section or 0)]:
        if line not in header.top:
            yield from (
                (found.municipality, _HEAD)
                for found in designations(line)
                if found.end - found.start == len(line)
            )
    for field in header.fields:
        if field.label is Label.BODY:
            yield from ((found.municipality, _FIELD) for found in designations(field.value[:80]))
    for line in header.lines:
        if len(line) <= _LONGEST_LINE and (MEETING_WORD.search(line) or line.isupper()):
            yield from _on_line(line, _HEAD_LINE)
    for head in heads:
        if head.marked:
            yield from _on_line(header.lines[head.line], _HEAD_LINE)


def _on_line(line: str, weight: int) -> Iterator[tuple[Municipality, int]]:
    """Reads the municipality on a line that is a heading: short, and not a sentence or a title about it."""
    free = free_designation(line)
    if free is not None:
        yield free, weight
        return
    if line.endswith(".") or (len(line) > _LONGEST_LINE and not MEETING_WORD.search(line[:_LONGEST_LINE])):
        return
    named = list(designations(line))
    several = len({found.municipality for found in named}) > 1
    for found in named:
        before = line[: found.start].rstrip()
        phrase = before[-1:].islower() and not _MEETING.search(before)
        sentence = _GOES_ON.match(line, found.end) and not _MEETING.search(line)
        if found.start < _LONGEST_LINE and (several or not (phrase or sentence)):
            yield found.municipality, weight


def _in_addresses(header: Header) -> Iterator[tuple[Municipality, int]]:
    seen: Counter[Municipality] = Counter()
    for line in header.lines:
        for place in designations(line) if len(line) <= _LONGEST_LINE else ():
            if place.start == 0 and _POSTCODE.match(line, place.end):
                seen[place.municipality] += 1
        if "." not in line:
            continue
        own = _OWN_SITE.fullmatch(line)
        for match in [own] if own else _E_MAIL.finditer(line):
            found = by_slug(slug(match["domain"]))
            if found is not None:
                seen[found] += 1
    return ((municipality, _ADDRESS) for municipality, count in seen.items() for _ in range(min(count, 3)))


def _in_places(header: Header) -> Iterator[tuple[Municipality, int]]:
    for index, field in enumerate(header.fields):
        weight = {Label.ADJUSTMENT: _ARCHIVE, Label.STORAGE: _ARCHIVE, Label.PLACE_TIME: _MEETING_PLACE}.get(
            field.label
        )
        if weight is None:
            continue
        value = field.value
        if not value and field.label is Label.STORAGE and index + 1 < len(header.fields):
            value = header.fields[index + 1].value
        for found in places(value[:160]):
            if _OWN_HOUSE.match(value, found.end):
                yield found.municipality, _ARCHIVE
                break
            if _LOCATED.search(value[: found.start]):
                yield found.municipality, weight
                break


def _on_notice_board(text: str) -> Iterator[tuple[Municipality, int]]:
    """Reads on whose notice board the adjustment is announced: `på Lunds kommuns anslagstavla`."""
    for found in designations(text):
        if _NOTICE_BOARD.search(text[found.end : found.end + 60]):
            yield found.municipality, _FIELD


def _in_running_text(
    text: str, votes: Counter[Municipality], of_facts: frozenset[str]
) -> Municipality | None:
    own, mentions, designated = _mentions(text)
    own.update(votes)
    own.update({municipality: _OF_FACTS for municipality in own if municipality.slug in of_facts})
    best = next(iter(own.most_common(1)), None)
    if best is None:
        return None
    municipality, strength = best
    if strength < (_MANY_MENTIONS if _CONSULTED.search(text) else _FEWEST_MENTIONS):
        return None
    if municipality not in designated and municipality not in votes and municipality.slug not in of_facts:
        return None
    rival = max((count for other, count in mentions.items() if other != municipality), default=0)
    agreed = rival == 0 or (strength >= _MANY_MENTIONS and strength >= _DOMINANCE * rival)
    acts = strength >= _SOME_MENTIONS and strength >= _LEAD_OF_ACTOR * rival and _acts(text, municipality)
    return municipality if agreed or acts else None


def _mentions(text: str) -> tuple[Counter[Municipality], Counter[Municipality], set[Municipality]]:
    """Counts what a text says as of its own municipality, and all mentions of any.

    The third is what it designates as a municipality, not only names as a place.
    """
    own: Counter[Municipality] = Counter()
    designated: set[Municipality] = set()
    mentions: Counter[Municipality] = Counter()
    for found in designations(text):
        mentions[found.municipality] += 1
        foreign = _FOREIGN.search(text[max(0, found.start - 16) : found.start])
        if not foreign and not _SENDS.match(text, found.end):
            own[found.municipality] += 1
            designated.add(found.municipality)
    for match in _PLACE.finditer(text):
        # A seat can be a person's name, so without a preposition only the municipality's own name counts.
        place = by_seat(match["place"]) if match["own"] else known(match["place"])
        if place is None or _NO_PLACE.match(text, match.end()) or _is_second_name(text, match):
            continue
        mentions[place] += 1
        if match["own"] or place in own:
            own[place] += 1
    return own, mentions, designated


def _is_second_name(text: str, place: re.Match[str]) -> bool:
    """Whether a capitalised word stands right before, as in a person's name."""
    return not place["own"] and bool(_FIRST_NAME.search(text[max(0, place.start() - 20) : place.start()]))


def _acts(text: str, municipality: Municipality) -> bool:
    """Whether a proposal or decision says what this municipality is to do."""
    for match in _ACTOR.finditer(text):
        first = next(designations(match["clause"]), None)
        if first is not None and first.municipality == municipality:
            return True
    return False
