"""The same text has the same tokens in every process, and others only with another version of the rules."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from corpus.document import ReadFailure
from corpus.reader import read_folder
from index.analysis.analyzer import RULES_VERSION, Analyzer
from index.analysis.lexicon.lexicon import Lexicon
from tests.lexicons import lexicon_folder, real_lexicon

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"

TEXT = """
Kommunstyrelsen 2019-11-14 § 125 Dnr KS 2019/0835, den 14 november 2019, 14/11 2019 och 24-25 januari 2023
Yrkande av Ada Exempel (L) och Bo Påhitt-Sund (S, MP). §§ 335-337, paragraf 12 a, 360.000 kr, 0,36 mkr
Kultur- och utbildningsnämndens ledamöter; barn-, ungdoms- och familjenämnden; musikundervisning och -utövning
Skolskjutsreglementet för grundskolorna, bygglovet, taxan, städerna, lagret, värdet, kostar, allén
Ansökan om strandskyddsdispens avslås. Se www.example.se, ada@example.se. E-posten, idén, Ødegård, bl.a.
Ärendet återremitteras. Protokollet; orosanmälningar, balanskravsresultat, riktlinjer, föräldramöten, ICLD:s
Ledamöterna från SD reserverar sig; yrkandet från M, D och L, priset för L, ersättare för KD
S:a 12, straße-nämnd, wWw.example.se, KS 2019 beslut 2020/12
"""
TOKENS = {"5": "e1ff1cd2e67c8663 85cdaf6076baaed1"}
"""A checksum of the tokens of the text without a lexicon, and with our own, by the version of the rules."""


def checksum(analyzer: Analyzer, *texts: str) -> str:
    """Return a checksum of all tokens of some texts."""
    found = hashlib.sha256()
    for text in texts:
        found.update(repr(analyzer.analyze(text)).encode())
    return found.hexdigest()[:16]


def sample_texts() -> list[str]:
    """Return the texts of some of the sample minutes."""
    outcomes = (
        outcome for outcome in read_folder(SAMPLES / "granvika") if not isinstance(outcome, ReadFailure)
    )
    return [section.text for outcome in outcomes for section in outcome.sections]


def test_tokens_change_only_with_the_version_of_the_rules() -> None:
    """Guards what no checksum of the version covers: rules and patterns.

    When this fails, raise `RULES_VERSION`, or `FORMAT` of the lexicon, unless it is only a table, the word
    list or the stemmer that has changed; these are in the version. Then write down the new checksums.
    """
    found = f"{checksum(Analyzer(), TEXT)} {checksum(Analyzer(real_lexicon()), TEXT)}"

    assert {RULES_VERSION: found} == TOKENS


def test_every_process_makes_the_same_tokens() -> None:
    (file,) = lexicon_folder().glob("*.lexicon")
    found = {
        subprocess.run(
            [sys.executable, "-m", "tests.test_same_tokens", str(file)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(found) == 1


if __name__ == "__main__":
    sys.stdout.write(checksum(Analyzer(Lexicon.open(Path(sys.argv[1]))), *sample_texts()))
