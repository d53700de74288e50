"""Abbreviations written with inner full stops, which are one word each."""

from __future__ import annotations

from typing import Final

_WRITTEN: Final = """
    a.a. a.k.a. bl.a. d.d. d.s. d.v.s. d.y. d.ä. e.d. e.dyl. e.g. e.kr. e.l. e.m. enl.ö. f.d. f.f. f.kr. f.m.
    f.n. f.o.m. f.r.o.m. f.v.b. fr.o.m. i.a. i.e. i.o. i.o.m. i.st.f. k.h. m.a.a. m.a.o. m.a.p. m.fl. m.h.a.
    m.h.t. m.i. m.m. m.v. n.b. n.n. o.d. o.dyl. o.s.a. o.s.v. p.g.a. p.m. p.r. p.s. r.s.v.p. resp.vis s.a.s.
    s.k. s.o. s.å. sk.k. st.f. t.ex. t.f. t.h. t.o.m. t.v. t.ä. u.a. u.p.a. u.å. v.s.b. ö.h.t.
"""

ABBREVIATIONS: Final = {written.rstrip("."): written for written in _WRITTEN.split()} | {
    "s:t": "st",
    "s:ta": "sta",
    "s:a": "summa",
}
"""From an abbreviation in lower case without its last stop to the key it is indexed under."""
