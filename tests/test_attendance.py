import pytest

from corpus.furniture import Line
from corpus.segmentation.attendance import persons


def present(text):
    return persons([Line(line, None) for line in text.split("\n")])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Beslutande\tAda Exempelsson (X) (ordförande)\nBo Provholm (Y) §§94-98\n"
                "Cia Påhitt (Z) §§99-110 ersätter Bo Provholm (Y)\nUtses att justera\tDan Justerare"
            ),
            (
                "Ada Exempelsson (X) (ordförande)",
                "Bo Provholm (Y) §§94-98",
                "Cia Påhitt (Z) §§99-110 ersätter Bo Provholm (Y)",
            ),
        ),
        (
            "Ej tjänstgörande\tAda Exempelsson (X)\nersättare\tBo Provholm (-)\n",
            ("Ada Exempelsson (X)", "Bo Provholm (-)"),
        ),
        (
            (
                "Ledamöter\tAda Exempelsson (X), ordförande Bo Provholm (Y), 1:e vice ordförande,"
                " §§ 335 - 365\n"
                "Tjänstgörande ersättare\tCia Påhitt (Z), tjänstgör för Bo Provholm (Y) §§ 366 - 372\n"
            ),
            (
                "Ada Exempelsson (X), ordförande",
                "Bo Provholm (Y), 1:e vice ordförande, §§ 335 - 365",
                "Cia Påhitt (Z), tjänstgör för Bo Provholm (Y) §§ 366 - 372",
            ),
        ),
        (
            "Beslutande Ledamöter Ada Exempelsson, X, Ordförande Bo Provholm, Y Ersättare Cia Påhitt, Z"
            " Övriga närvarande Dan Skrivare, sekreterare Justerare Bo Provholm, Y " + "Fyllnad " * 20,
            (
                "Ada Exempelsson, X, Ordförande",
                "Bo Provholm, Y",
                "Cia Påhitt, Z",
                "Dan Skrivare, sekreterare",
            ),
        ),
        (
            "Beslutande\nL Ada Exempelsson, ordförande M Bo Prov S Cia Påhitt tjänstgör för Dan Borta (S)\n",
            ("L Ada Exempelsson, ordförande", "M Bo Prov", "S Cia Påhitt tjänstgör för Dan Borta (S)"),
        ),
        (
            "Övriga deltagare\tAda Exempelsson (controller,\npunkt A) §34\nBo Provholm (förvaltningschef)\n",
            ("Ada Exempelsson (controller, punkt A) §34", "Bo Provholm (förvaltningschef)"),
        ),
        (
            "Tjänstgörande ersättare\nAda Exempelsson (X), Bo Provholm (Y), Cia\nPåhitt (Z)\n",
            ("Ada Exempelsson (X)", "Bo Provholm (Y)", "Cia Påhitt (Z)"),
        ),
        ("Sekreterare\nDan Skrivare\nOrdförande\nAda Exempelsson (X)\n", ()),
    ],
)
def test_who_was_present_is_read_in_every_form(text, expected):
    assert present(text) == expected


@pytest.mark.parametrize("gap", ["   ", "\t"])
def test_a_table_gives_the_party_in_a_column_of_its_own(gap):
    rows = [
        ("Ada Exempelsson", "MP", "X"),
        ("Bo Provholm", "SD", "X", "Ja"),
        ("Cia Påhitt", "FNL", "Nej"),
        ("Dan Von Skrift", "S"),
    ]
    head = "Närvaro- och omröstningslista\nLedamöter   Parti  Närv  Ja Nej\n"

    found = present(head + "\n".join(gap.join(row) for row in rows) + "\n")

    assert found == (
        *("Ada Exempelsson (MP)", "Bo Provholm (SD)", "Cia Påhitt (FNL)"),
        "Dan Von Skrift (S)",
    )
