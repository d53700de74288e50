"""The text of a query to lexemes: words, phrases, operators, fields and balanced parentheses."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from index.query_syntax import FIELDS, OPERATORS, Complaints, Kind, Lexeme

MAX_SLOP: Final = 100
"""How many positions apart the words of a phrase may be at most."""

_CHARACTERS: Final = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»＂″", '"'),
        **dict.fromkeys((*map(chr, range(32)), "\x7f", "\u00a0", "\u202f", "\u3000"), " "),
        **dict.fromkeys("\u2010\u2011", "-"),
    }
)

_LEXEME: Final = re.compile(
    rf"""
    \s*
    (?: (?P<phrase>")
      | (?P<party>\([^\W\d_]{{1,4}}\)(?=[\s,.;:)]|\Z))
      | (?P<open>\()
      | (?P<close>\))
      | (?P<field>(?:{"|".join(FIELDS)}):\s*)
      | (?P<word>[^\s"()]+)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SLOP: Final = re.compile(r"~([0-9]*)")
_PARTIES: Final = re.compile(r"\((?:[A-ZÅÄÖ]{1,4}|s|m|sd|c|v|kd|l|mp)\)")


def clean(query: str) -> str:
    """Return the query in composed letters, with straight quotes and plain spaces."""
    return unicodedata.normalize("NFC", query).translate(_CHARACTERS)


def lex(query: str, complaints: Complaints) -> list[Lexeme]:
    """Return the lexemes of a cleaned query; each OPEN has its CLOSE."""
    lexemes: list[Lexeme] = []
    place = 0
    while match := _LEXEME.match(query, place):
        kind = match.lastgroup or ""
        place = match.start(kind)
        if kind == "phrase":
            place = _phrase(query, place, lexemes, complaints)
        elif kind == "word" and query[place] == "-" and _is_minus(query, place):
            lexemes.append(Lexeme(Kind.NOT, "-", place, place + 1))
            place += 1
        else:
            after_field = bool(lexemes) and lexemes[-1].kind is Kind.FIELD
            lexemes.append(_lexeme(kind, match[kind], place, after_field=after_field))
            place = lexemes[-1].end
    return _balanced(lexemes, complaints) if "(" in query or ")" in query else lexemes


def _lexeme(kind: str, text: str, start: int, *, after_field: bool) -> Lexeme:
    end = start + len(text)
    match kind:
        case "word":
            return Lexeme(OPERATORS.get(text, Kind.WORD), text, start, end)
        case "field":
            return Lexeme(Kind.FIELD, text.rstrip()[:-1].lower(), start, end)
        case "close":
            return Lexeme(Kind.CLOSE, text, start, end)
        case "party" if not after_field and _PARTIES.fullmatch(text):
            return Lexeme(Kind.WORD, text, start, end)
        case _:
            return Lexeme(Kind.OPEN, "(", start, start + 1)


def _is_minus(query: str, place: int) -> bool:
    """Tell whether the hyphen that a word begins with excludes it: `-ord`, not `- ord` and not `--`."""
    before, after = query[place - 1 : place], query[place + 1 : place + 2]
    return before in {"", " ", "("} and after not in {"", " ", "-", ")"}


def _phrase(query: str, start: int, lexemes: list[Lexeme], complaints: Complaints) -> int:
    """Read from a quote to its pair and return where to go on; a quote without one is passed over."""
    close = query.find('"', start + 1)
    if close == -1:
        complaints.add("Citattecknet saknar sitt par och räknas inte", start)
        return start + 1
    slop, end = 0, close + 1
    if near := _SLOP.match(query, end):
        end = near.end()
        slop = min(int(near[1] or 0), MAX_SLOP)
        if not near[1]:
            complaints.add("Efter ~ saknas ett tal", close + 1)
        elif int(near[1]) > MAX_SLOP:
            complaints.add(f"Talet efter ~ räknas som {MAX_SLOP}, som är det högsta", close + 1)
    lexemes.append(Lexeme(Kind.PHRASE, query[start + 1 : close], start, end, slop))
    return end


def _balanced(lexemes: list[Lexeme], complaints: Complaints) -> list[Lexeme]:
    """Drop the parentheses that have no pair."""
    open_places: list[int] = []
    unpaired: set[int] = set()
    for place, lexeme in enumerate(lexemes):
        if lexeme.kind is Kind.OPEN:
            open_places.append(place)
        elif lexeme.kind is Kind.CLOSE:
            if open_places:
                open_places.pop()
            else:
                unpaired.add(place)
    unpaired.update(open_places)
    for place in sorted(unpaired):
        complaints.add("Parentesen saknar sitt par och räknas inte", lexemes[place].start)
    return [lexeme for place, lexeme in enumerate(lexemes) if place not in unpaired]
