"""The cheapest way to put words together from parts, as compiled loops over their letters.

A form costs less as a part when it is long, and when many words begin or end with it, which is counted in
doublings: so costs are whole numbers.

It is one module, though a long one, as compiled code calls none in others (`index.compiled`).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.compiled import BOOL, INT64, NONE, UINT8, UINT32, compiled, reads, several, writes

Longs = NDArray[np.int64]
Codes = NDArray[np.uint32]
Letters = NDArray[np.uint8]
Lexicon = tuple[Longs, Longs, Longs, Longs, Longs, Longs]
"""Edges, entries, readings, rules, which declensions are alike, edges of the table: see `SplitterArrays`."""
Ways = tuple[Longs, ...]
"""By place in a word: the cost of the cheapest way there, its parts, where the last of them begins and ends,
the number of its entry; and of what stands from there to the end its entry and its bits in the table."""

# As `Role` has them, which compiled code cannot look at.
WORD: Final = 1
NAME: Final = 16
BEGINS: Final = 2 | 4
_FIRST: Final = 2
_MIDDLE: Final = 4
_LAST: Final = 8

# The bits of the table's words: what `CompoundTable` calls them.
FIRST_OF_TABLE: Final = 1
LAST_OF_TABLE: Final = 2
NOT_FIRST: Final = 4
NOT_LAST: Final = 8
WHOLE: Final = 16

OF_TABLE: Final = -1
"""Instead of a rule: the dictionary form of a first part is in the table."""

LONGEST_WORD: Final = 64
_SHORTEST_WORD: Final = 5
_SHORTEST: Final = 3
_MOST_PARTS: Final = 8

_PART: Final = 3
"""What any part costs besides, so that few win over many."""
_DEAREST: Final = 9
"""What the parts may cost on average; a word whose parts are dearer is no compound."""
_WITHOUT_FAMILY: Final = 8
_FAMILY_OF_TABLE: Final = 5
_ONLY_MIDDLE: Final = 2
_ONLY_FIRST: Final = 1
_OF_NAME: Final = 4
_OTHER_DECLENSION: Final = 4
_SHORTEST_OF_OTHER_DECLENSION: Final = 5
_SHORTEST_IN_NAME: Final = 4

_NEVER: Final = 1 << 40
_S: Final = ord("s")
_VOWELS: Final = tuple(map(ord, "aeiouyåäö"))

# What a word is known as.
_UNKNOWN: Final = 0
_KNOWN: Final = 1
_ONLY_NAME: Final = 2
_NEVER_SPLIT: Final = 3

_LEXICON: Final = several(reads(INT64), 6)
_WAYS: Final = several(writes(INT64), 7)


@compiled(INT64(reads(INT64), INT64, INT64))
def _edge(edges: Longs, node: int, letter: int) -> int:
    """Return the edge of a letter, 0 for none."""
    if node == 0 or letter == 0:
        return 0
    while edges[node] & 0xFF < letter and not edges[node] & 0x100:
        node += 1
    return int(edges[node]) if edges[node] & 0xFF == letter else 0


@compiled(INT64(reads(INT64), writes(INT64), INT64, INT64, reads(INT64), INT64))
def _number(edges: Longs, letters: Longs, start: int, end: int, rules: Longs, rule: int) -> int:
    """Return the number of the dictionary form that a rule makes of `letters[start:end]`, 0 for none."""
    node, number = edges[0], 0
    added = rules[rule] >> 16 & 0xFFFFFF
    for place in range(start, end - (rules[rule] & 0xFFFF)):
        edge = _edge(edges, node, letters[place])
        node, number = edge >> 32, edge >> 9 & 0x7FFFFF
    for place in range(added, added + (rules[rule] >> 40 & 0xFFFF)):
        edge = _edge(edges, node, rules[place])
        node, number = edge >> 32, edge >> 9 & 0x7FFFFF
    return number


@compiled(INT64(INT64))
def _dear_when_short(length: int) -> int:
    return 3 if length == 3 else 1 if length == 4 else 0


@compiled(INT64(_LEXICON, INT64, INT64, INT64, INT64))
def _cost_of_first(lexicon: Lexicon, number: int, bits: int, length: int, before: int) -> int:
    """Return what a form costs as a part with others behind it, `_NEVER` when it is none.

    Args:
        lexicon: its arrays.
        number: of the form's entry.
        bits: of the table.
        length: of the form.
        before: how many letters stand before it.
    """
    _, entries, readings, _, _, _ = lexicon
    begins = entries[number] >> 32 & 0xFF
    if bits & FIRST_OF_TABLE:
        return int(_WITHOUT_FAMILY - max(begins, _FAMILY_OF_TABLE))
    if bits & NOT_FIRST or (length < _SHORTEST and not bits & LAST_OF_TABLE):
        return _NEVER
    roles, common = 0, NAME
    for place in range(entries[number] & 0xFFFFFFFF, entries[number + 1] & 0xFFFFFFFF):
        roles |= readings[place] >> 16
        common &= readings[place] >> 16
    if not roles & BEGINS:
        return _NEVER
    cost = _WITHOUT_FAMILY - begins + _dear_when_short(length) + (_OF_NAME if common else 0)
    if before:
        return int(cost if roles & _MIDDLE else cost + _ONLY_FIRST)
    return int(cost if roles & _FIRST else cost + _ONLY_MIDDLE)


@compiled(NONE(_WAYS, INT64, INT64, INT64, INT64, INT64))
def _arrive(ways: Ways, at: int, cost: int, start: int, end: int, number: int) -> None:
    """Note a way to where the next part begins, when none is as cheap."""
    costs, lengths, starts, ends, numbers, _, _ = ways
    if cost < costs[at]:
        costs[at], lengths[at], starts[at], ends[at], numbers[at] = (
            cost,
            lengths[start] + 1,
            start,
            end,
            number,
        )


@compiled(INT64(_LEXICON, reads(UINT32), writes(INT64), INT64, INT64, _WAYS))
def _find_ways(lexicon: Lexicon, codes: Codes, letters: Longs, begin: int, size: int, ways: Ways) -> int:
    """Find the cheapest way to each place in a word, and what stands from there to its end."""
    edges, table = lexicon[0], lexicon[5]
    costs, lengths, _, _, _, tails, bits_of_tails = ways
    for place in range(begin, size):
        costs[place], tails[place], bits_of_tails[place] = _NEVER, 0, 0
    costs[begin], lengths[begin] = 0, 0
    for start in range(begin, size):
        if costs[start] == _NEVER or lengths[start] == _MOST_PARTS:
            continue
        node, of_table = edges[0], table[0]
        for place in range(start, size):
            edge, other = _edge(edges, node, letters[place]), _edge(table, of_table, letters[place])
            node, of_table = edge >> 32, other >> 32
            number, bits, end = edge >> 9 & 0x7FFFFF, other >> 9 & 0x7FFFFF, place + 1
            if end == size:
                tails[start], bits_of_tails[start] = number, bits
            elif node == 0 and of_table == 0 and number == 0 and bits == 0:
                break
            elif number or bits & FIRST_OF_TABLE:
                cost = _cost_of_first(lexicon, number, bits, end - start, start - begin)
                if cost == _NEVER:
                    continue
                cost += costs[start] + _PART
                number = OF_TABLE if bits & FIRST_OF_TABLE else number
                _arrive(ways, end, cost, start, end, number)
                # Of three letters alike one is not written: the next part may begin with this one's last.
                if end - start > 2 and codes[place] == codes[place - 1] and codes[place] not in _VOWELS:
                    _arrive(ways, place, cost, start, end, number)
    return 0


@compiled(INT64(_LEXICON, writes(INT64), INT64, INT64, INT64, INT64))
def _known_as(lexicon: Lexicon, letters: Longs, begin: int, size: int, number: int, role: int) -> int:
    """Return what a word is known as where it stands."""
    _, entries, readings, rules, _, table = lexicon
    found, common = 0, NAME
    for place in range(entries[number] & 0xFFFFFFFF, entries[number + 1] & 0xFFFFFFFF):
        if readings[place] >> 16 & role:
            if _number(table, letters, begin, size, rules, readings[place] >> 32) & WHOLE:
                return _NEVER_SPLIT
            found += 1
            common &= readings[place] >> 16
    return _UNKNOWN if not found else _ONLY_NAME if common else _KNOWN


@compiled(BOOL(reads(UINT32), INT64, INT64, INT64))
def _is_own_lemma(codes: Codes, start: int, end: int, rule: int) -> bool:
    """Tell whether a form is its own dictionary form, but for an s at the end of one of them."""
    strip, length = rule & 0xFFFF, rule >> 40 & 0xFFFF
    if strip == 0 and length == 0:
        return True
    has_s = end - strip > start and codes[end - strip - 1] == _S
    if strip == 1 and length == 0:
        return codes[end - 1] == _S and not has_s
    return strip == 0 and rule >> 56 == 1 and not has_s


@compiled(INT64(_LEXICON, INT64, INT64, INT64))
def _declines_otherwise(lexicon: Lexicon, number: int, role: int, last: int) -> int:
    """Return what a last part costs besides when a word does not inflect as its reading `last`."""
    _, entries, readings, _, alike, _ = lexicon
    row = 1 + alike[0] * (last & 0xFFFF)
    for place in range(entries[number] & 0xFFFFFFFF, entries[number + 1] & 0xFFFFFFFF):
        reading, column = readings[place], readings[place] & 0xFFFF
        # Of one word the same rule makes the same dictionary form as of its last part.
        is_same = reading >> 16 & role and reading >> 32 == last >> 32
        if is_same and alike[row + (column >> 6)] >> (column & 63) & 1:
            return 0
    return _OTHER_DECLENSION


@compiled(
    INT64(_LEXICON, reads(UINT32), writes(INT64), _WAYS, writes(INT64), INT64, INT64, INT64, INT64, INT64)
)
def _heads(
    lexicon: Lexicon,
    codes: Codes,
    letters: Longs,
    ways: Ways,
    heads: Longs,
    begin: int,
    start: int,
    size: int,
    role: int,
    known_as: int,
) -> int:
    """Put into `heads` what the end of a word from `start` is as its last part: costs and rules in turn.

    Returns:
        How many; none when it is no last part.
    """
    edges, entries, readings, rules, _, table = lexicon
    tails, bits, length, count = ways[5], ways[6][start], size - start, 0
    if bits & NOT_LAST or (length < _SHORTEST and not bits & (LAST_OF_TABLE | FIRST_OF_TABLE)):
        return 0
    for place in range(entries[tails[start]] & 0xFFFFFFFF, entries[tails[start] + 1] & 0xFFFFFFFF):
        roles, rule = readings[place] >> 16 & 0xFFFF, readings[place] >> 32
        of_lemma = _number(table, letters, start, size, rules, rule)
        is_last = roles & _LAST or (roles & WORD and of_lemma & LAST_OF_TABLE)
        # Inside the first part of a longer word one is last that never ends words: skolskjuts|reglemente.
        if of_lemma & NOT_LAST or roles & NAME or not (is_last or (role == BEGINS and roles & BEGINS)):
            continue
        length_of_lemma, extra = length - (rules[rule] & 0xFFFF) + (rules[rule] >> 40 & 0xFFFF), 0
        if known_as == _ONLY_NAME:
            # Skolinspektionen, but not Strömstad.
            if length_of_lemma < _SHORTEST_IN_NAME or _is_own_lemma(codes, start, size, rules[rule]):
                continue
        elif known_as == _KNOWN:
            extra = _declines_otherwise(lexicon, tails[begin], role, readings[place])
            if extra and length_of_lemma < _SHORTEST_OF_OTHER_DECLENSION:
                continue
        ends = entries[_number(edges, letters, start, size, rules, rule)] >> 40 & 0xFF
        if of_lemma & LAST_OF_TABLE:
            cost = _WITHOUT_FAMILY - max(ends, _FAMILY_OF_TABLE)
        else:
            cost = _WITHOUT_FAMILY - ends + _dear_when_short(min(length, length_of_lemma))
        heads[2 * count], heads[2 * count + 1] = cost + extra, rule
        count += 1
    return count


@compiled(INT64(writes(INT64), INT64, INT64, reads(INT64), INT64, INT64))
def _letter_of_lemma(letters: Longs, start: int, end: int, rules: Longs, rule: int, place: int) -> int:
    """Return a letter of the dictionary form that a rule makes of `letters[start:end]`, 0 behind the last."""
    left = end - start - (rules[rule] & 0xFFFF)
    if place < left:
        return int(letters[start + place])
    added = place - left
    return int(rules[(rules[rule] >> 16 & 0xFFFFFF) + added]) if added < rules[rule] >> 40 & 0xFFFF else 0


@compiled(NONE(writes(INT64), INT64, INT64, reads(INT64), writes(INT64), INT64))
def _sort(letters: Longs, start: int, end: int, rules: Longs, heads: Longs, count: int) -> None:
    """Order heads by cost and then by their dictionary forms."""
    for last in range(1, count):
        for head in range(2 * last, 0, -2):
            cost, rule, before, other = heads[head], heads[head + 1], heads[head - 2], heads[head - 1]
            place = 0
            while before == cost and rule != other:
                letter = _letter_of_lemma(letters, start, end, rules, rule, place)
                of_other = _letter_of_lemma(letters, start, end, rules, other, place)
                if letter != of_other:
                    before += 1 if letter < of_other else -1
                place += 1
            if before <= cost:
                break
            heads[head], heads[head + 1] = heads[head - 2], other
            heads[head - 2], heads[head - 1] = cost, rule


@compiled(INT64(_LEXICON, reads(UINT32), writes(INT64), _WAYS, writes(INT64), INT64, INT64, INT64))
def _cheapest(
    lexicon: Lexicon, codes: Codes, letters: Longs, ways: Ways, heads: Longs, begin: int, size: int, role: int
) -> int:
    """Find the cheapest way through a word, and the heads of its last part.

    Returns:
        Where the last part begins, above 32 bits that say how many heads it has; 0 when it is no compound.
    """
    costs, lengths, _, _, _, tails, bits = ways
    _find_ways(lexicon, codes, letters, begin, size, ways)
    if bits[begin] & WHOLE:
        return 0
    known_as, best, cost = -1, begin, _NEVER
    for start in range(begin + 1, size):
        if tails[start] == 0 or costs[start] == _NEVER or lengths[start] == _MOST_PARTS:
            continue
        if known_as < 0:
            known_as = _known_as(lexicon, letters, begin, size, tails[begin], role)
        if known_as == _NEVER_SPLIT:
            return 0
        count = _heads(lexicon, codes, letters, ways, heads, begin, start, size, role, known_as)
        for head in range(count):
            if costs[start] + heads[2 * head] + _PART < cost:
                best, cost = start, costs[start] + heads[2 * head] + _PART
    if best == begin or cost > (lengths[best] + 1) * (_DEAREST + _PART):
        return 0
    count = _heads(lexicon, codes, letters, ways, heads, begin, best, size, role, known_as)
    _sort(letters, best, size, lexicon[3], heads, count)
    return best << 32 | count


@compiled(NONE(writes(INT64), INT64, INT64))
def _add_rule(parts: Longs, part: int, rule: int) -> None:
    """Give the part that begins at `part` another rule, unless it has it."""
    last = part + 4 + parts[part + 3]
    for place in range(part + 4, last):
        if parts[place] == rule:
            return
    parts[last] = rule
    parts[part + 3] += 1


@compiled(INT64(_LEXICON, _WAYS, writes(INT64), writes(INT64), INT64, INT64, INT64))
def _push(
    lexicon: Lexicon, ways: Ways, heads: Longs, parts: Longs, part: int, found: int, stride: int
) -> int:
    """Put the parts of the cheapest way in place of the whole, from the last to the first.

    Returns:
        Where the first of them begins in `parts`, which has of each its start, its end, its role, how many
        dictionary forms it has, and their rules.
    """
    _, entries, readings, _, _, _ = lexicon
    _, _, starts, ends, numbers, _, _ = ways
    begin, at = parts[part], found >> 32
    parts[part], parts[part + 3] = at, 0
    for head in range(found & 0xFFFFFFFF):
        _add_rule(parts, part, heads[2 * head + 1])
    while at > begin:
        part += stride
        parts[part], parts[part + 1], parts[part + 2], parts[part + 3] = starts[at], ends[at], BEGINS, 0
        number = numbers[at]
        if number == OF_TABLE:
            _add_rule(parts, part, OF_TABLE)
        else:
            for place in range(entries[number] & 0xFFFFFFFF, entries[number + 1] & 0xFFFFFFFF):
                if readings[place] >> 16 & BEGINS:
                    _add_rule(parts, part, readings[place] >> 32)
        at = starts[at]
    return part


@compiled(INT64(_LEXICON, reads(UINT8), reads(UINT32), reads(INT64), _WAYS, INT64, writes(INT64)))
def split_all(
    lexicon: Lexicon, alphabet: Letters, codes: Codes, ends: Longs, ways: Ways, most: int, out: Longs
) -> int:
    """Split words into their smallest parts.

    Args:
        lexicon: its arrays, and what is made of it and the table.
        alphabet: uint8, by code point: the numbers of letters; 0 also for what is no letter.
        codes: uint32, the letters of all words.
        ends: int64, where in `codes` each word ends.
        ways: seven of 64 elements, to work in.
        most: the most readings that an entry has.
        out: int64, a number for each word and `3 + most` for each letter: gets for each word how many parts
            it has, and of each part its start, its end, how many dictionary forms it has, and their rules.

    Returns:
        How many numbers there are in `out`.
    """
    letters, heads, stride = np.zeros(LONGEST_WORD, np.int64), np.zeros(2 * most, np.int64), 4 + most
    parts = np.zeros(2 * LONGEST_WORD * stride, np.int64)
    first, size = 0, 0
    for word in range(len(ends)):
        length, counted = ends[word] - first, size
        out[counted] = 0
        size += 1
        # Where in `parts` the next one begins.
        part = 0 if _SHORTEST_WORD <= length <= LONGEST_WORD else -1
        for place in range(length if part == 0 else 0):
            code = np.int64(codes[first + place])
            letters[place] = np.int64(alphabet[code if code < len(alphabet) else len(alphabet) - 1])
            if letters[place] == 0:
                part = -1
        parts[0], parts[1], parts[2] = 0, length, WORD
        while part >= 0:
            begin, end, found = parts[part], parts[part + 1], 0
            if end - begin >= _SHORTEST_WORD:
                written = codes[first : ends[word]]
                found = _cheapest(lexicon, written, letters, ways, heads, begin, end, parts[part + 2])
            if found:
                part = _push(lexicon, ways, heads, parts, part, found, stride)
                continue
            if end - begin < length:
                out[counted] += 1
                out[size], out[size + 1], size = begin, end, size + 2
                # Slices that are set take seconds to compile.
                for place in range(part + 3, part + 4 + parts[part + 3]):
                    out[size], size = parts[place], size + 1
            part -= stride
        first = ends[word]
    return size
