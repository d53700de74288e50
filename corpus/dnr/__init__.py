"""Diarienummer: one key for every way of writing one case, and where they stand in a text.

There is no national form. A registry numbers its cases per year, with or without the letters of the body
that keeps it, before or after, between them or not at all: `KS 2019/0835`, `2019.088 KUN`, `2011BNS0306`,
`0123/22`.
"""

from corpus.dnr.finding import DnrMatch, find, find_in_heading, remove_from_heading
from corpus.dnr.keys import key

__all__ = ["DnrMatch", "find", "find_in_heading", "key", "remove_from_heading"]
