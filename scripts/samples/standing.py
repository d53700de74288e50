"""Items that every meeting has, in a few wordings each."""

from __future__ import annotations

from typing import Any

from samples.choice import pick

_STANDING: dict[str, tuple[tuple[str, str, str], ...]] = {
    "adjuster": (
        ("Val av justerare", "Protokollet justeras på {place}.", "{adjuster} utses att justera protokollet."),
        (
            "Upprop och val av justerare",
            "Upprop förrättas. Ordföranden föreslår att {adjuster} justerar dagens protokoll.",
            "{adjuster} väljs att jämte ordföranden justera protokollet.",
        ),
        (
            "Val av protokolljusterare",
            "",
            "Till justerare väljs {adjuster}. Justeringen sker inom fjorton dagar.",
        ),
    ),
    "agenda": (
        (
            "Fastställande av föredragningslistan",
            "Ordföranden går igenom föredragningslistan.",
            "Föredragningslistan fastställs utan ändringar.",
        ),
        (
            "Godkännande av dagordning",
            "Inga extra ärenden har anmälts till sammanträdet.",
            "Dagordningen godkänns.",
        ),
        (
            "Fastställande av dagordning",
            "Ordföranden {chair} frågar om dagordningen kan fastställas.",
            "Dagordningen fastställs enligt utsänt förslag.",
        ),
    ),
    "conflict": (
        (
            "Anmälan av jäv",
            "Ordföranden frågar om någon ledamot eller ersättare är jävig i något av dagens ärenden.",
            "Ingen anmäler jäv.",
        ),
    ),
    "delegation": (
        (
            "Redovisning av delegationsbeslut",
            "Enligt 6 kap. 40 § kommunallagen ska beslut som fattas på delegation anmälas.\n\n{detail}",
            "Redovisningen av delegationsbesluten godkänns.",
        ),
        (
            "Delegationsbeslut",
            "Beslut som har fattats med stöd av {body} delegationsordning redovisas:\n\n{detail}",
            "Delegationsbesluten läggs till handlingarna.",
        ),
    ),
    "notices": (
        (
            "Meddelanden",
            "Följande meddelanden har kommit in sedan förra sammanträdet:\n\n{detail}",
            "Meddelandena läggs till handlingarna.",
        ),
        (
            "Anmälningsärenden",
            "Till sammanträdet anmäls följande handlingar:\n\n{detail}",
            "Anmälan antecknas.",
        ),
    ),
}


def standing_fields(name: str, *, key: str, values: dict[str, str]) -> dict[str, Any]:
    """Title, background and decision of a standing item, worded by `key`."""
    title, background, decision = pick(_STANDING[name], key)
    return {
        "title": title,
        "background": background.format(**values).strip(),
        "decision": [decision.format(**values)],
    }
