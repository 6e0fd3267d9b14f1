"""What the keys of the log's events mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.model.log import (
    Actual,
    Amendment,
    Audited,
    Credit,
    Decision,
    Evaluated,
    Extended,
    Fulfilled,
    InvoiceSent,
    Meeting,
    NewTerms,
    OptionDeclined,
    Payment,
    Report,
    Reviewed,
    Termination,
)
from iopctl.model.swedish.key import PERIOD, Blocks, BlockText, Key

if TYPE_CHECKING:
    from collections.abc import Mapping


def _event(word: str, title: str, description: str, keys: Mapping[str, Key]) -> BlockText:
    """Return the block of an event: what every event has, then its own *keys*."""
    shared = {
        "date": Key(
            "Datum",
            "Dagen då det hände, eller månaden eller året om inte mer är känt. Ett beslut, en"
            " förlängning, ändring eller uppsägning kan ha unknown: då säger platsen i loggen när.",
            ("2024-05-14",),
        ),
        "event": Key("Händelse", "Vad som har hänt.", choices={word: description}),
    }
    return BlockText(title, description, {**shared, **keys})


_OUTCOME = Key(
    "Utfall",
    "Hur många det blev, till exempel {deltagare: 66}: ett antal för varje enhet, helst samma"
    " enheter som under omfattning.",
)

_MADE = Key(
    "Upprättad",
    "Dagen då den gjordes, när den är daterad längre fram. Vad som loggas däremellan ändrar inte"
    " kopior av den.",
    ("2023-12-10",),
)

_WHAT = Key("Vad", "Vilket av åtagandena det gäller, när flera är av samma slag.", ("Slutrapport",))

BLOCKS: Blocks = {
    Decision: _event(
        "decision",
        "Beslut",
        "En nämnd, styrelse eller tjänsteman har beslutat.",
        {
            "proposed_by": Key("Föreslaget av", "Vem som föreslog det.", ("Fritidsnämnden",)),
            "body": Key("Beslutande", "Vem som har beslutat.", ("Socialnämnden",)),
            "dnr": Key("Diarienummer", "Diarienumret på beslutet.", ("SN 2021-88",)),
            "text": Key("Beskrivning", "Vad som beslutades."),
            "conditional_on": Key(
                "Villkor", "Det som beslutet förutsätter.", ("Fullmäktiges budget",)
            ),
        },
    ),
    Meeting: _event(
        "meeting",
        "Möte",
        "Parterna har träffats för uppföljning.",
        {
            "what": _WHAT,
            "period": Key(
                "Avsedd period", f"Perioden, när det inte är den som dagen är i. {PERIOD}"
            ),
            "outcome": _OUTCOME,
            "text": Key("Beskrivning", "Vad som kom fram."),
        },
    ),
    Report: _event(
        "report",
        "Rapport",
        "Den idéburna parten har rapporterat för ett år eller en period.",
        {
            "what": _WHAT,
            "year": Key("År", "Året som rapporten avser.", (2024,)),
            "period": Key(
                "Avsedd period", f"Perioden, när det inte är ett år. {PERIOD}", ("2024-H1",)
            ),
            "outcome": _OUTCOME,
            "actual": Key(
                "Verkligt",
                "Vad parternas insatser blev: kronor eller timmar för varje part, eller för varje"
                " post.",
            ),
            "text": Key("Beskrivning", "Det viktigaste i rapporten, i några meningar."),
        },
    ),
    Actual: BlockText(
        "Verklig insats",
        "Vad en parts insats, eller en post av den, blev.",
        {
            "party": Key("Part", "Nyckeln för parten vars insats det är.", ("foreningen",)),
            "item": Key(
                "Post",
                "Posten, som ekonomin kallar den. Utelämnas: allt som parten lägger.",
                ("Handledning",),
            ),
            "amount": Key("Belopp", "Kronor som det blev.", (412500,)),
            "hours": Key("Timmar", "Timmar som det blev.", (1180,)),
        },
    ),
    Evaluated: _event(
        "evaluation",
        "Utvärdering",
        "Partnerskapet har utvärderats.",
        {"what": _WHAT, "text": Key("Beskrivning", "Vad utvärderingen kom fram till.")},
    ),
    Reviewed: _event(
        "review",
        "Översyn",
        "Parterna har sett över om avtalet ska fortsätta som det är.",
        {"what": _WHAT, "text": Key("Beskrivning", "Vad översynen kom fram till.")},
    ),
    Audited: _event(
        "audit",
        "Granskning",
        "Räkenskaperna eller verksamheten har granskats av någon.",
        {"what": _WHAT, "text": Key("Beskrivning", "Det som granskningen kom fram till.")},
    ),
    Fulfilled: _event(
        "done",
        "Gjort",
        "Ett annat åtagande är gjort.",
        {
            "what": Key("Vad", "Det som åtagandet kallas i avtalet.", ("Brandskyddskontroll",)),
            "text": Key("Beskrivning", "Det som är värt att säga om det."),
        },
    ),
    InvoiceSent: _event(
        "invoice",
        "Faktura",
        "En faktura har skickats. Dess period föreslås inte igen.",
        {
            "number": Key("Fakturanummer", "Fakturans nummer hos säljaren.", ("2024-117",)),
            "period": Key("Avsedd period", f"Tiden som fakturan avser. {PERIOD}", (2024,)),
            "amount": Key("Belopp", "Kronor utan moms.", (450000,)),
            "seller": Key("Säljare", "Nyckeln för säljaren, när det finns flera.", ("foreningen",)),
            "buyer": Key("Köpare", "Nyckeln för köparen, när det finns flera.", ("kommunen",)),
            "board": Key(
                "Nämnd",
                "Nämnden som fakturan gäller, när flera nämnder faktureras var för sig.",
                ("Socialnämnden",),
            ),
            "payment_reference": Key(
                "Betalningsreferens", "Fakturans eget OCR-nummer, när den har ett.", ("1234566",)
            ),
            "made": _MADE,
        },
    ),
    Credit: _event(
        "credit",
        "Kreditfaktura",
        "En faktura har krediterats, i sin helhet eller delvis. Det som är krediterat helt kan"
        " faktureras igen.",
        {
            "number": Key(
                "Kreditfakturans nummer", "Numret på kreditfakturan själv.", ("2024-118",)
            ),
            "of": Key("Krediterad faktura", "Numret på fakturan som krediteras.", ("2024-117",)),
            "seller": Key(
                "Säljare",
                "Nyckeln för säljaren, när flera har skickat en faktura med det numret.",
                ("foreningen",),
            ),
            "amount": Key(
                "Belopp",
                "Kronor utan moms som krediteras. Utelämnas: det som är kvar av fakturan, eller"
                " det som den har för perioden.",
                (225000,),
            ),
            "period": Key(
                "Avsedd period",
                f"Tiden som krediteras, när det inte är all. {PERIOD}",
                ("2024-H2",),
            ),
            "made": _MADE,
        },
    ),
    Payment: _event(
        "payment",
        "Utbetalning",
        "Pengar har betalats ut utan faktura. Det som perioden kräver är därmed betalt.",
        {
            "period": Key("Avsedd period", f"Tiden som pengarna avser. {PERIOD}", (2024,)),
            "amount": Key("Belopp", "Kronor utan moms.", (450000,)),
            "receiver": Key(
                "Mottagare", "Nyckeln för mottagaren, när det finns flera.", ("foreningen",)
            ),
            "buyer": Key(
                "Betalare", "Nyckeln för den som betalar, när det finns flera.", ("kommunen",)
            ),
            "board": Key(
                "Nämnd", "Nämnden som betalar, när flera gör det var för sig.", ("Socialnämnden",)
            ),
            "repaid": Key(
                "Återbetalat", "Skriv true om det är pengar som har kommit tillbaka.", ("true",)
            ),
        },
    ),
    Extended: _event(
        "extension",
        "Förlängning",
        "Avtalet har förlängts.",
        {
            "start": Key(
                "Från",
                "Första dagen efter ett uppehåll. Utelämnas: dagen efter det förra slutet.",
                ("2022-01-01",),
            ),
            "until": Key(
                "Nytt slut",
                "Sista dagen efter förlängningen. Utelämnas: nästa förlängnings längd.",
                ("2027-12-31",),
            ),
            "decision": Key("Beslut", "Diarienumret på beslutet om förlängning.", ("AMN 2025-41",)),
        },
    ),
    OptionDeclined: _event(
        "option_declined",
        "Ingen förlängning",
        "Det är klart att avtalet inte förlängs mer.",
        {"text": Key("Beskrivning", "Varför det blev så.")},
    ),
    Amendment: _event(
        "amendment",
        "Ändring",
        "Parterna har ändrat villkoren från och med en dag.",
        {
            "effective": Key("Gäller från", "Första dagen med de nya villkoren.", ("2024-07-01",)),
            "terms": Key(
                "Nya villkor", "De block som ersätter de gamla, vart och ett i sin helhet."
            ),
            "text": Key("Beskrivning", "Vad ändringen går ut på."),
        },
    ),
    NewTerms: BlockText(
        "Nya villkor",
        "De block som ersätter de gamla. Ett block som inte nämns gäller som förut.",
        {
            "parties": Key("Parter", "Alla parter, även de som är kvar."),
            "validity": Key("Giltighet", "Hela giltigheten, räknad på nytt."),
            "economy": Key(
                "Ekonomi",
                "Hela ekonomin, med alla rader, eget basår och egen uppräkning.",
            ),
            "invoicing": Key("Fakturering", "Hela faktureringen, med alla block."),
            "follow_up": Key("Uppföljning", "Hela uppföljningen."),
            "volume": Key("Omfattning", "Alla mål."),
        },
    ),
    Termination: _event(
        "termination",
        "Uppsägning",
        "Avtalet upphör i förtid, eller förlängs inte längre av sig självt.",
        {
            "effective": Key("Sista dag", "Den sista dagen som avtalet gäller.", ("2024-06-30",)),
            "reason": Key("Orsak", "Varför avtalet upphör."),
        },
    ),
}
