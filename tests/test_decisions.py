"""How far a decision goes: cases in the words that municipalities use, about a bath that does not exist."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.decisions import kind_of_decision
from corpus.document import DecisionKind
from corpus.parts import decision_of

PROPOSALS = [
    "Låtsasnämnden tillstyrker motionen.",
    "Låtsasnämnden avstyrker motionen om bad.",
    "Motionen tillstyrks.",
    "Låtsasnämnden föreslår att motionen avslås.",
    "Låtsasnämnden ställer sig bakom planen och översänder den till kommunfullmäktige för antagande.",
    "Planen godkänns och överlämnas till kommunfullmäktige för fastställande.",
    "Planen godkänns och överlämnas till kommunfullmäktige för beslut.",
    "Nämnden godkänner taxan för egen del och hemställer att kommunfullmäktige fastställer taxan.",
    "Nämnden föreslår kommunstyrelsen föreslå kommunfullmäktige besluta\n\natt anta planen",
    "att föreslå kommunfullmäktige besluta att anta planen",
    "att föreslå kommunfullmäktige\n\natt anta planen",
    "att rekommendera kommunfullmäktige att anta planen",
    "Nämnden beslutar föreslå kommunfullmäktige att anta taxan.",
    "Arbetsutskottet föreslår låtsasnämnden att anta taxan.",
    "Arbetsutskottet beslutar att överlämna ärendet till låtsasnämnden med förslag att anta taxan.",
    "Låtsasnämnden hemställer hos kommunfullmäktige om 5 mnkr till badet.",
    "Nämnden begär hos kommunfullmäktige att ramen utökas med 5 mnkr.",
    "Kommunfullmäktige föreslås anta taxan.",
    "Styrelsen förordar att kommunfullmäktige antar taxan.",
    "Valberedningen föreslår kommunfullmäktige att välja Ada Exempelsson (X).",
    "att ge kontoret i uppdrag att utreda badet\n\noch föreslår kommunfullmäktige besluta\n\natt anta planen",
    "Kontoret får i uppdrag att utreda badet och nämnden föreslår att kommunfullmäktige antar planen.",
]
REFERRALS = [
    "Enligt återremissyrkande från X och Y:\n\nÄrendet återremitteras till kontoret för att utreda badet.",
    "1. Redovisningen av badet antecknas.\n2. Ärendet återremitteras i övrigt till kommunstyrelsen.",
    "Initiativärendet tas emot och tas upp på kommande sammanträde.",
    "Initiativärendet tas emot och listas till kommande sammanträde i låtsasnämnden.",
    "Ärendet tas upp vid nästa sammanträde.",
    "Ärendet tas upp på nytt i mars.",
    "Ärendet flyttas till nästa möte.",
    "Ärendet utgår från dagordningen.",
    "Ärendet tas bort från dagordningen.",
    "Ärendet återtas.",
    "Frågan vilar till nästa sammanträde.",
    "Beslut i ärendet skjuts upp.",
    "Motionen lämnas till kommunstyrelsen för beredning.",
    "- Motionerna lämnas över till kommunstyrelsen för beredning.",
    "att lämna initiativärendet till kontoret för vidare beredning",
    "Medborgarförslaget överlämnas till låtsasnämnden för beslut.",
    "Motionen remitteras till kommunstyrelsen.",
    "Kommunfullmäktige beslutar att remittera motionen till kommunstyrelsen.",
    "Låtsasnämnden godkänner utkastet och beslutar att remittera det till samtliga nämnder för yttrande.",
    "Låtsasnämnden beslutar att skicka planen på remiss till samtliga nämnder.",
    "Kommunstyrelsen hänskjuter ärendet till kommunfullmäktige utan eget ställningstagande.",
    "Ärendet överlämnas till kommunfullmäktige utan förslag till beslut.",
    "Arbetsutskottet lämnar ärendet vidare till nämnden utan eget förslag.",
    "1. Interpellationen får framställas.\n2. Interpellationen bordläggs.",
    "Interpellationen får ställas och besvaras vid nästa sammanträde.",
]
FINALS = [
    "Enligt kommunstyrelsens förslag:\nTaxan antas.",
    "Enligt yrkande från X:\n\nBifalla hemställan om badet.",
    "Enligt yrkande från X och Y:\n\nBadet öppnas.",
    "I enlighet med arbetsutskottets förslag:\n\nBadet öppnas.",
    "Enligt förslag till beslut i skrivelse:\n\nBadet öppnas.",
    "Enligt arbetsutskottets förslag till beslut:\n\nBadet öppnas.",
    "Kommunfullmäktige beslutar enligt kommunstyrelsens förslag till kommunfullmäktige att anta taxan.",
    "Kommunfullmäktige beslutar att bifalla kommunstyrelsens förslag till beslut.",
    "Låtsasnämnden antar yttrandet som sitt eget och överlämnar det till kommunstyrelsen.",
    "Låtsasnämnden godkänner rapporten och överlämnar den till kommunstyrelsen för vidare handläggning.",
    "Ge förvaltningen i uppdrag att ta fram ett förslag till kommunfullmäktige om bad.",
    "Förvaltningen får i uppdrag att återkomma med förslag till nämnden i mars.",
    "Förvaltningen ges i uppdrag att ta fram förslag till beslut i frågan.",
    "Förvaltningen får i uppdrag att utreda badet och återkomma vid nästa sammanträde.",
    "Förvaltningen får i uppdrag att skicka planen på remiss.",
    "Förvaltningen ges i uppdrag att föreslå nämnden åtgärder för badet.",
    "Rapporten godkänns. Uppföljning sker vid nästa sammanträde.",
    "Yttrande över remissen om bad översänds till Baddepartementet.",
    "Låtsasnämnden lämnar yttrandet till länsstyrelsen och föreslår att länsstyrelsen beslutar om badet.",
    "Nämnden tillstyrker partnerskapet och uppdrar till förvaltningen att skriva under.",
    "Låtsasnämnden har inget att erinra mot förslaget till detaljplan.",
    "Inga åtgärder vidtas.",
    "Motionen anses besvarad.",
    "Ada Exempelsson (X) anmäler jäv.\nTaxan antas.",
    "Länsstyrelsen upphäver nämndens beslut. Domen antecknas.",
    "Länsstyrelsens beslut överklagas.",
    "Interpellationen anses besvarad.",
    "Antecknas.",
    "att avslå yrkandet om återremiss",
    "Låtsasnämnden beslutar föreslå Ada Exempelsson (X) till ordförande i stiftelsen.",
]
NOTHING = [
    "Inga anmälningar förekom.",
    "Ingen ledamot anmälde jäv.",
    "Ingen av styrelsens ledamöter ansåg sig förhindrad att delta vid ärendenas behandling.",
    "Inget att rapportera.",
    "Ada Exempelsson (X) anmäler jäv under paragraf 7 om badet.",
    "Ada Exempelsson (X) anmäler jäv under paragraf 7: Badförslag för beslut\n- Badet.",
    "Ada Exempelsson (X), Bo Provholm (Y) och\nCia Påhitt (Z) anmäler jäv under paragraf 7: Badet.",
    "Länsstyrelsen upphäver det överklagade beslutet och återlämnar ärendet till Byggnadsnämnden.",
    "Mark- och miljödomstolen avslår överklagandet.",
    "Ada Exempelsson (X) anmäler jäv under följande paragrafer:\n\nParagraf 7, Bad i Låtsasfors",
]


@pytest.mark.parametrize("words", PROPOSALS)
def test_what_another_body_is_to_settle_is_a_proposal(words: str) -> None:
    assert _kind(words) is DecisionKind.PROPOSAL


@pytest.mark.parametrize("words", REFERRALS)
def test_what_is_put_off_or_sent_elsewhere_first_is_referred(words: str) -> None:
    assert _kind(words) is DecisionKind.REFERRED


@pytest.mark.parametrize("words", FINALS)
def test_what_the_body_settles_itself_is_final(words: str) -> None:
    assert _kind(words) is DecisionKind.FINAL


@pytest.mark.parametrize("words", NOTHING)
def test_that_nothing_came_up_is_no_decision_although_it_stands_under_one(words: str) -> None:
    decision = decision_of(f"Beslut\n\n{words}")

    assert decision is not None
    assert (decision.kind, decision.text) == (None, words)


@given(st.sampled_from(PROPOSALS + REFERRALS + FINALS), st.sampled_from(["\n", "\n\n"]))
def test_recipients_and_reservations_below_do_not_change_the_kind(words: str, gap: str) -> None:
    more = "Bo Provholm (Y) reserverar sig mot beslutet.\n\nExpedieras till\n\nKommunfullmäktige för beslut"

    assert _kind(words + gap + more) is _kind(words)


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_words_have_a_kind_or_none(words: str, heading: str) -> None:
    kind = kind_of_decision(words, heading=heading)

    assert kind is None or kind in DecisionKind


def _kind(words: str) -> DecisionKind | None:
    decision = decision_of(f"Beslut\n\n{words}")
    assert decision is not None
    return decision.kind
