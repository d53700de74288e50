"""Words that make a question of its matter and say nothing of it.

They are required as any others as long as something has them all. When nothing has, they are the first that
need not be there: of *Hur mycket får man ta betalt för sotning?* two words say what it is about.
"""

from __future__ import annotations

from typing import Final

_WRITTEN: Final = """
    anser antal behöva behövde behöver behövs betyda betyder bör egentligen fanns fick finnas finns
    fortfarande fram få får fått gick gjorde gjort gälla gällde gäller gå går gått gör göra ha heta
    heter hända hände händer hänt idag igen innebär innebära kom komm komma kommer kunna länge mycket
    många måste någonstans någonting något också ofta ser ska skall skulle stod stor stora stort stå
    står säga säger ta tagit tar tog tycker tänker vet veta vidare vilja vill ville
"""

QUESTION_WORDS: Final = frozenset(_WRITTEN.split())
"""In lower case, in the forms in which they are asked."""

_ASKING: Final = frozenset(
    ["hur", "när", "vad", "var", "varför", "vart", "vem", "vems", "vilka", "vilken", "vilket"]
)


def is_question(text: str) -> bool:
    """Tell whether a query reads as a question to somebody rather than as words to be found."""
    words = text.split()
    return text.rstrip().endswith("?") or (len(words) > 2 and words[0].casefold() in _ASKING)
