"""Searches of the invented collection, one of each kind."""

from __future__ import annotations

QUERIES = (
    "",
    "q=taxa",
    "q=bygglov+taxa&municipality=granvika",
    "q=taxa&year=2017..2019&committee=kommunstyrelsen,unknown",
    "q=beslutar&in=decision&type=report",
    "municipality=unknown",
    "q=godk%C3%A4nna+OR+skolskjuts&date_from=2017-06&sort=date",
    "q=kommun:granvika+taxa",
    "q=taxa+ordsomintefinns",
    "group=document&q=taxa",
    "group=case",
)
