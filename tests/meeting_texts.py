"""An invented meeting, of which tests vary a heading."""

from tests.section_layouts import numbered, segmented

MEETING_COVER = """
Hittepå kommun
Kommunstyrelsen
Sammanträdesdatum 2031-04-03
Beslutande     Vera Påhittson (S), ordförande
               Bo Exempelman (M)
Paragrafer §§ 12-14

"""
BODY = "\n\nLekplatsen i Fiktivby kostar 300 tkr.\n\nBeslut\nNämnden beslutar att godkänna förslaget.\n\n"
TITLES = {"12": "Plan för lekplatser", "13": "Taxa för sotning", "14": "Lokaler i Sagoberga"}


def meeting(head: str, *, body: str = BODY, cover: str = MEETING_COVER) -> str:
    return cover + "".join(
        head.format(n=number, t=title, d=f"1{number}") + body for number, title in TITLES.items()
    )


def titles_by_number(text: str) -> dict[str, str]:
    return {number: section.title for number, section in numbered(segmented(text)).items()}
