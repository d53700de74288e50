"""How many slips of the hand lie between two words."""

from __future__ import annotations


def edit_distance(left: str, right: str, *, most: int) -> int:
    """Return the optimal string alignment distance of two words, `most + 1` when it is more than `most`.

    Counted are letters that are missing, too many or wrong, and neighbours that have changed places; no
    stretch is edited twice. Source: L. Boytsov, Indexing methods for approximate dictionary searching, 2011.
    """
    left, right = _without_common_ends(left, right)
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for place, letter in enumerate(left, start=1):
        next_row = [place]
        for column, other in enumerate(right, start=1):
            cost = min(row[column] + 1, next_row[-1] + 1, row[column - 1] + (letter != other))
            if _are_swapped(left, right, place, column):
                cost = min(cost, before[column - 2] + 1)
            next_row.append(cost)
        before, row = row, next_row
        if min(row) > most and min(before) >= most:
            return most + 1
    return min(row[-1], most + 1)


def _without_common_ends(left: str, right: str) -> tuple[str, str]:
    shorter = min(len(left), len(right))
    start = 0
    while start < shorter and left[start] == right[start]:
        start += 1
    end = 0
    while end < shorter - start and left[-1 - end] == right[-1 - end]:
        end += 1
    return left[start : len(left) - end], right[start : len(right) - end]


def _are_swapped(left: str, right: str, place: int, column: int) -> bool:
    return (
        place > 1
        and column > 1
        and left[place - 1] == right[column - 2]
        and left[place - 2] == right[column - 1]
    )
