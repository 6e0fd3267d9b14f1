"""What the keys of follow-up, volumes, legal assessment and deviations mean."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from iopctl.model.follow_up import (
    Deviation,
    Evaluation,
    FollowUp,
    Legal,
    Settled,
    StateAid,
    Undertaking,
    UndertakingKind,
    Volume,
)
from iopctl.model.swedish.key import Blocks, BlockText, Key

BLOCKS: Blocks = {
    FollowUp: BlockText(
        "Uppföljning",
        "Det som parterna har lovat varandra utöver pengar.",
        {
            "meetings_per_year": Key("Möten per år", "Minsta antal möten om året.", (2,)),
            "reports_per_year": Key(
                "Rapporter per år", "Antal skriftliga rapporter om året.", (1,)
            ),
            "report_to": Key("Rapport till", "Den som rapporten går till.", ("Socialnämnden",)),
            "report_due": Key(
                "Rapport senast",
                "Månad och dag då rapporten om ett år ska finnas, året efter. Utelämnas: 31 mars,"
                " om inte iopctl.toml säger något annat.",
                ("03-31",),
            ),
            "steering_group": Key("Styrgrupp", "Vilka som ingår: roller, inte personer."),
            "evaluation": Key("Utvärdering", "När partnerskapet ska utvärderas."),
            "review_every_years": Key(
                "Översyn", "Hur ofta ett avtal som gäller tills vidare ses över, i år.", (2,)
            ),
            "duties": Key(
                "Åtaganden", "Det som ska göras senast vissa dagar, ett åtagande för varje sak."
            ),
            "settled_until": Key(
                "Avklarat till och med",
                "Möten, rapporter och fakturor som skulle vara klara till och med denna dag är det,"
                " även om de inte står i loggen.",
                ("2023-12-31",),
            ),
            "settled": Key(
                "Avklarat var för sig",
                "Detsamma för fakturor, möten och rapporter var för sig. Går före det gemensamma.",
            ),
        },
    ),
    Settled: BlockText(
        "Avklarat var för sig",
        "Till och med vilken dag varje slag är avklarat utanför loggen.",
        {
            "invoices": Key("Fakturor", "De som skulle skickas senast denna dag.", ("2023-12-31",)),
            "meetings": Key("Möten", "De som skulle hållas senast denna dag.", ("2023-12-31",)),
            "reports": Key("Rapporter", "De som skulle lämnas senast denna dag.", ("2023-12-31",)),
        },
    ),
    Undertaking: BlockText(
        "Åtagande",
        "Något som ska göras senast en dag, eller gång på gång.",
        {
            "kind": Key(
                "Slag",
                "Vad det är.",
                choices={
                    "report": "En rapport till den offentliga parten.",
                    "meeting": "Ett möte mellan parterna.",
                    "evaluation": "En utvärdering av partnerskapet.",
                    "review": "En översyn av avtalet.",
                    "audit": "En revision eller granskning.",
                    "other": "Något annat, som what säger.",
                },
            ),
            "what": Key(
                "Vad",
                "Vad det kallas i avtalet. Loggen skiljer saker av samma slag med det.",
                ("Slutrapport",),
            ),
            "due": Key(
                "Senast",
                "En dag, en dag varje år (månad och dag), eller flera sådana i en lista.",
                ("2025-04-30", "05-15"),
            ),
            "every": Key(
                "Hur ofta",
                "Skriv month, quarter, tertial, half_year eller year, eller ett antal år som räknas"
                " från start.",
                ("quarter", "3 years"),
            ),
            "months_after_end": Key(
                "Månader efteråt",
                "Hur många månader efter varje periods slut. Utan every: efter avtalets slut.",
                (3,),
            ),
            "to": Key("Till", "Den som ska ha det.", ("Socialnämnden",)),
            "by": Key("Av", "Nyckeln för parten som ska göra det, när det inte är den vanliga."),
        },
    ),
    Evaluation: BlockText(
        "Utvärdering",
        "När partnerskapet ska utvärderas.",
        {
            "due": Key("Senast", "Senaste dag, månad eller år.", ("2025-05",)),
            "before_renewal": Key(
                "Före förlängning", "Skriv true om det ska ske innan avtalet förlängs."
            ),
        },
    ),
    Volume: BlockText(
        "Omfattning",
        "Hur många verksamheten ska nå, av ett slag.",
        {
            "unit": Key("Enhet", "Vad som räknas.", ("deltagare", "platser")),
            "target": Key("Mål", "Antalet som avtalet anger.", (60,)),
            "measure": Key(
                "Räknesätt",
                "Om målet är platser på en gång eller antal om året.",
                choices={"places": "Så många på en gång.", "per_year": "Så många om året."},
            ),
            "party": Key("Part", "Nyckeln för parten som målet gäller, när det inte gäller alla."),
        },
    ),
    Legal: BlockText(
        "Rättslig bedömning",
        "Det som prövades innan avtalet ingicks.",
        {
            "initiative": Key(
                "Initiativ",
                "Varifrån initiativet till partnerskapet kom.",
                choices={
                    "civil": "Från den idéburna sidan.",
                    "public": "Från den offentliga sidan.",
                    "joint": "Från båda.",
                },
            ),
            "market": Key(
                "Marknad",
                "Om det finns andra som skulle göra samma sak mot betalning.",
                choices={"yes": "Ja, det finns en marknad.", "no": "Nej."},
            ),
            "procurement_assessed": Key(
                "Upphandling prövad",
                "Dagen då det bedömdes att avtalet inte är ett köp enligt LOU.",
                ("2023-10-02",),
            ),
            "state_aid": Key("Statsstöd", "Bedömningen av om pengarna är statligt stöd."),
        },
    ),
    StateAid: BlockText(
        "Statsstöd",
        "På vilken grund pengarna är tillåtna.",
        {
            "basis": Key(
                "Grund",
                "Varför stödet är tillåtet.",
                choices={
                    "none": "Det är inget statligt stöd.",
                    "de_minimis": "Stöd av mindre betydelse (förordning 2023/2831).",
                    "sgei": "Tjänst av allmänt ekonomiskt intresse (förordning 2023/2832).",
                    "other": "En annan grund.",
                },
            ),
            "certificate": Key(
                "Intyg",
                "Dagen på mottagarens intyg om tidigare stöd av mindre betydelse.",
                ("2023-11-15",),
            ),
        },
    ),
    Deviation: BlockText(
        "Avvikelse",
        "En avvikelse från en regel som parterna står för.",
        {
            "rule": Key(
                "Regel", "Regelns kod eller namn, som iopctl check visar den.", ("IOP201",)
            ),
            "path": Key(
                "Plats",
                "Vad i filen det gäller, med punkter mellan nycklarna. Utelämnas: allt i filen.",
                ("economy.stated.total",),
            ),
            "reason": Key("Skäl", "Varför parterna avviker. Skälet visas för läsaren."),
            "until": Key(
                "Till och med",
                "Sista dag som skälet gäller. Utelämnas när det gäller hela tiden.",
                ("2024-12-31",),
            ),
        },
    ),
}


class UndertakingText(NamedTuple):
    """What an undertaking is called where it is agreed on, and where it is due."""

    agreed: str
    due: str


UNDERTAKINGS: Final[Mapping[UndertakingKind, UndertakingText]] = {
    "report": UndertakingText("Rapport", "Återrapport"),
    "meeting": UndertakingText("Möte", "Uppföljningsmöte"),
    "evaluation": UndertakingText("Utvärdering", "Utvärdering"),
    "review": UndertakingText("Översyn", "Översyn"),
    "audit": UndertakingText("Granskning", "Granskning"),
    "other": UndertakingText("Övrigt", "Övrigt"),  # which has a name of its own
}
