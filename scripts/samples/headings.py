"""How a § begins: one function for each way in which real minutes write it."""

from __future__ import annotations

from samples.blocks import Block, BlockKind
from samples.meeting import Item, Meeting


def _section(text: str) -> Block:
    return Block(BlockKind.SECTION, text)


def _heading(text: str) -> Block:
    return Block(BlockKind.HEADING, text)


def _dnr(text: str) -> Block:
    return Block(BlockKind.DNR, text)


def _dnr_line(item: Item) -> str:
    return ", ".join(item.dnr)


def suffix_dnr(_: Meeting, item: Item) -> list[Block]:
    """`§ 33 2026.117 TEN`, the title on the next line."""
    return [_section(f"§ {item.number} {_dnr_line(item)}".rstrip()), _heading(item.title)]


def title_then_dnr(_: Meeting, item: Item) -> list[Block]:
    """`§ 354 Kommunalt partnerskap`, then `Dnr KS 2019/0835`."""
    return [
        _section(f"§ {item.number} {item.title}"),
        *([_dnr(f"Dnr {_dnr_line(item)}")] if item.dnr else []),
    ]


def tight_sign(_: Meeting, item: Item) -> list[Block]:
    """`§63 Anmälan av motioner`, then one line a dnr: `Dnr. 2011/KS 0206 001`."""
    return [_section(f"§{item.number} {item.title}"), *(_dnr(f"Dnr. {dnr}") for dnr in item.dnr)]


def case_number(_: Meeting, item: Item) -> list[Block]:
    """`§ 36 Ärendenummer SLK-2023-00829`; furniture may come before the title."""
    line = f"§ {item.number} Ärendenummer {_dnr_line(item)}".rstrip()
    gap = [Block(BlockKind.PAGE)] if item.breaks else []
    return [_section(line), *gap, _heading(item.title)]


def short_number(_: Meeting, item: Item) -> list[Block]:
    """`§ 28 0123/22`, the title on the next line."""
    return [_section(f"§ {item.number} {_dnr_line(item)}".rstrip()), _heading(item.title)]


def dnr_word(_: Meeting, item: Item) -> list[Block]:
    """`§ 6      Dnr BN-2020-00017`, the title on the next line."""
    tail = f"      Dnr {_dnr_line(item)}" if item.dnr else ""
    return [_section(f"§ {item.number}{tail}"), _heading(item.title)]


def diarienummer(_: Meeting, item: Item) -> list[Block]:
    """`§ 162   Diarienummer 00322/2026`, the title on the next line."""
    tail = f"   Diarienummer {_dnr_line(item)}" if item.dnr else ""
    return [_section(f"§ {item.number}{tail}"), _heading(item.title)]


def fused_plan_code(_: Meeting, item: Item) -> list[Block]:
    """`§ 14   00031/20231.1.2`: the code of the archive's plan is stuck to the dnr."""
    tail = f"   {item.dnr[0]}1.1.2" if item.dnr else ""
    return [_section(f"§ {item.number}{tail}"), _heading(item.title)]


def dnr_below(_: Meeting, item: Item) -> list[Block]:
    """`§ 56`, the title, and two lines below `Bun/2015:188   611`."""
    return [
        _section(f"§ {item.number}"),
        _heading(item.title),
        *([_dnr(f"{_dnr_line(item)}   611")] if item.dnr else []),
    ]


def dnr_above(_: Meeting, item: Item) -> list[Block]:
    """`BUN/2016:360` above the § line, the title below it."""
    above = [_dnr(_dnr_line(item))] if item.dnr else []
    return [*above, _section(f"§ {item.number}"), _heading(item.title)]


def packed_dnr(_: Meeting, item: Item) -> list[Block]:
    """`§135`, then `Dnr: 2011BNS0306`, then the title."""
    return [
        _section(f"§{item.number}"),
        *([_dnr(f"Dnr: {_dnr_line(item)}")] if item.dnr else []),
        _heading(item.title),
    ]


def bare_number(_: Meeting, item: Item) -> list[Block]:
    """`26 Dnr KS 2018/14`, a § without its sign; the title on the next line."""
    tail = f" Dnr {_dnr_line(item)}" if item.dnr else ""
    return [_section(f"{item.number}{tail}"), _heading(item.title)]


def committee_number(meeting: Meeting, item: Item) -> list[Block]:
    """`Ks 1` and `Sn 50 Au 84`: the committee's letters stand in for the sign."""
    letters = {"Kommunstyrelsen": "Ks", "Socialnämnden": "Sn"}[meeting.committee]
    dnr = [_dnr(f"Dnr {_dnr_line(item)}")] if item.dnr else []
    return [_section(f"{letters} {item.number} {item.also}".rstrip()), *dnr, _heading(item.title)]


def agenda_item(_: Meeting, item: Item) -> list[Block]:
    """`3. Skrivelse om …`, then `Dnr KS 2016/0243`."""
    dnr = [_dnr(f"Dnr {_dnr_line(item)}")] if item.dnr else []
    return [_section(f"{item.number}. {item.title}"), *dnr]
