"""What stands in generated minutes more often than chance has it: names, phrases, the words of the trade."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FUNCTION_WORDS: Final = _words(
    """
    och att i för av till är den som med en på det om ett har enligt ska från inom vid de kan inte
    under samt eller efter mot sig då vi man hur också hos över utan ut upp där när även genom
    mellan detta denna dessa vilket så men än nu skulle kunna vara blir bli blev var varit hade få
    får fick sin sina sitt alla allt andra annan annat någon något några ingen inget inga varje både
    bland kring cirka minst högst mer mest mycket många flera fler färre båda samma egen egna eget
    dels dock därför därmed dessutom således därutöver härmed vidare innan sedan tidigare senare
    redan fortfarande fortsatt idag senast årligen omkring istället respektive jämfört gällande
    avseende angående rörande utifrån beträffande trots utöver före sådan sådana sådant sker gör
    göra gjort finns fanns finnas ges ger gav tas tar ta tagit behöver behövas bör måste kommer kom
    kommit
    """
)
"""In the order of how common they are in minutes."""

STEMS: Final = _words(
    """
    kommun beslut förslag kommunstyrelse kommunfullmäktige nämnd ärende förvaltning ordförande
    ledamot protokoll sammanträde verksamhet yrka yttrande handling besluta uppdrag ordinarie
    ersättare punkt budget föreslå bedöma kostnad år utskott barn elev skola förskola plan
    detaljplan fastighet bygglov ansökan lag innebära revidera rapport uppföljning redovisa
    information delegation socialnämnd tjänsteskrivelse bilaga avtal avgift taxa medel anslå
    investering projekt utredning utreda behov resurs personal medarbetare chef arbetsmiljö bolag
    stad väg gata trafik cykelväg parkering busshållplats belysning park lekplats vatten avlopp
    dagvatten renhållning avfall miljö klimat energi tillsyn tillstånd serveringstillstånd livsmedel
    buller strand strandskydd dispens byggnad lokal hyra ägare mark köp försäljning tomt
    exploatering bostad äldreboende hemtjänst omsorg vård boende stöd insats familj ungdom placering
    försörjningsstöd missbruk integration nyanländ arbetsmarknad sysselsättning näringsliv företag
    turism kultur bibliotek förening bidrag idrott idrottshall simhall fritidsgård evenemang
    musikskola museum konst grundskola gymnasium skolskjuts rektor lärare undervisning betyg
    frånvaro modersmål förskoleklass fritidshem måltid kök mat upphandling upphandla leverantör
    ramavtal kontroll internkontroll risk säkerhet beredskap kris räddningstjänst brand polis
    trygghet brottsförebyggande samverkan samråd granskning remiss motion medborgarförslag
    interpellation fråga svar besvara avslå bifalla anta godkänna fastställa återremiss votering
    omröstning reservation jäv justering val valberedning revision revisor ansvarsfrihet bokslut
    delårsrapport årsredovisning resultat underskott överskott skatt skattesats statsbidrag lån
    borgen finansiering likviditet ränta pension policy riktlinje reglemente arbetsordning strategi
    mål målsättning indikator utveckling kvalitet effektivisering besparing åtgärd åtgärdsplan
    tidplan process system digitalisering webbplats register personuppgift arkiv dokument
    kommunikation invånare medborgare brukare kund patient anhörig vårdnadshavare region
    länsstyrelse myndighet domstol överklagande dom föreläggande vite beslutsunderlag konsekvens
    jämställdhet tillgänglighet barnkonventionen barnperspektiv ekonomisk social teknisk kommunal
    politisk regional nationell gemensam särskild ny stor god lång viktig möjlig nödvändig positiv
    negativ tydlig ökad minskad aktuell juridisk planerad total genomföra öka minska bygga skapa
    stärka säkerställa arbeta ansvara bevilja medföra anordna ansöka avsätta inkomma överlämna
    samordna utföra tillhandahålla erbjuda meddela påbörja avsluta hantera inventera prioritera
    """
)
"""Words of the trade as a dictionary has them, more common ones earlier."""

COMMITTEES: Final = (
    ("Kommunstyrelsen", "KS", 18),
    ("Kommunfullmäktige", "KF", 13),
    ("Kommunstyrelsens arbetsutskott", "KSAU", 12),
    ("Barn- och utbildningsnämnden", "BUN", 10),
    ("Socialnämnden", "SN", 9),
    ("Miljö- och byggnadsnämnden", "MBN", 9),
    ("Tekniska nämnden", "TN", 7),
    ("Kultur- och fritidsnämnden", "KFN", 6),
    ("Vård- och omsorgsnämnden", "VON", 6),
    ("Samhällsbyggnadsnämnden", "SBN", 5),
    ("Överförmyndarnämnden", "ÖFN", 3),
    ("Valnämnden", "VN", 2),
)
"""Names, the codes of their registries, and how often they meet, in relation to each other."""

MUNICIPALITIES: Final = tuple(
    beginning + end
    for end in ("by", "fors", "köping", "stad", "vik")
    for beginning in ("Attrapp", "Dikt", "Fabel", "Kuliss", "Låtsas", "Påhitts", "Saga", "Skenbar")
)

BACKGROUND_HEADINGS: Final = ("Ärendebeskrivning", "Sammanfattning av ärendet", "Bakgrund")
PROPOSAL_HEADINGS: Final = ("Förslag till beslut", "Förvaltningens förslag")
DECISION_HEADINGS: Final = ("Beslut", "Beslut i ärendet")

OPENINGS: Final = (
    "förvaltningen föreslår att",
    "förvaltningen bedömer att",
    "ordföranden föreslår att",
    "av tjänsteskrivelsen framgår att",
    "det innebär att",
    "kommunen ansvarar för att",
    "i samband med detta",
    "mot bakgrund av detta",
    "arbetsutskottet har behandlat",
    "i budgeten har avsatts",
    "enligt kommunens riktlinjer",
    "med hänvisning till",
    "under förutsättning att",
    "syftet med förslaget är att",
    "i yttrandet framhålls att",
    "inför beslutet har samråd skett med",
)
"""How sentences begin."""

FORMULAE: Final = (
    "Ordföranden finner att nämnden bifaller förslaget",
    "Ordföranden frågar om ärendet kan avgöras idag",
    "Ärendet har beretts av arbetsutskottet",
    "Förslaget har inga ekonomiska konsekvenser",
    "Barnkonsekvensanalys har inte bedömts vara aktuell",
    "Beslutet ska skickas till förvaltningen",
    "Paragrafen förklaras omedelbart justerad",
    "Ledamoten deltar inte i beslutet på grund av jäv",
    "Informationen läggs till handlingarna",
    "Ordföranden ställer förslagen mot varandra",
    "Hur man överklagar framgår av bilagan",
    "Ärendet återremitteras för ytterligare utredning",
    "Kostnaden ryms inom beslutad ram",
    "Nämnden ställer sig bakom förvaltningens yttrande",
)
"""Sentences that stand in minutes word for word, time and again."""

DECISIONS: Final = (
    "beslutar att godkänna",
    "beslutar att anta",
    "beslutar att avslå",
    "beslutar att bevilja",
    "beslutar att föreslå kommunfullmäktige att",
    "beslutar att uppdra åt förvaltningen att",
    "beslutar att återremittera ärendet för att",
    "beslutar att lägga informationen till handlingarna och",
)

TITLES: Final = (
    "svar på motion om",
    "svar på medborgarförslag om",
    "yttrande över",
    "ansökan om",
    "revidering av",
    "uppföljning av",
    "information om",
    "detaljplan för",
    "budget för",
    "taxa för",
    "riktlinjer för",
    "förslag till",
    "remiss om",
    "delårsrapport för",
    "val av",
    "begäran om",
)
"""How titles begin."""

FIRST_NAMES: Final = _words(
    """
    Anna Eva Maria Karin Kerstin Lena Sara Emma Malin Jenny Ulla Birgitta Hanna Ida Elin Lars Anders
    Per Johan Nils Erik Karl Mikael Jan Peter Thomas Fredrik Daniel Mats Ali Fatima Samir Leyla
    Gunnar Bo Håkan Åsa Örjan
    """
)
SURNAMES: Final = tuple(
    beginning + end
    for beginning in ("Berg", "Björk", "Ek", "Gran", "Lind", "Lund", "Sjö", "Sten", "Sand", "Ö")
    for end in ("blad", "dal", "gren", "man", "mark", "qvist", "stedt", "ström")
)
PARTIES: Final = ("S", "M", "SD", "C", "V", "KD", "L", "MP")
MONTHS: Final = _words(
    "januari februari mars april maj juni juli augusti september oktober november december"
)
STANDING_TITLES: Final = (
    "Fastställande av dagordningen",
    "Val av justerare",
    "Föregående mötes protokoll",
    "Anmälan av delegationsbeslut",
    "Information från förvaltningen",
    "Meddelanden till nämnden",
    "Ekonomisk uppföljning till och med september",
    "Redovisning av obesvarade motioner och medborgarförslag",
)
"""Titles that most minutes have."""
