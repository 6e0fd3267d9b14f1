"""What the keys of the economy, its index and its rows mean."""

from iopctl.model.economy import Contribution, Economy, Rounding, Stated
from iopctl.model.swedish.key import Blocks, BlockText, Key

BLOCKS: Blocks = {
    Economy: BlockText(
        "Ekonomi",
        "Vad parterna bidrar med, i kronor och basårets priser.",
        {
            "base_year": Key(
                "Basår",
                "Året vars priser beloppen är i. Det räknas upp från och med året efter. Utelämnas:"
                " året då villkoren börjar gälla.",
                (2024,),
            ),
            "label": Key(
                "Pengarnas namn",
                "Vad avtalet kallar den offentliga partens pengar. Det säger något om moms.",
                choices={
                    "bidrag": "Avtalet talar om bidrag.",
                    "ersättning": "Avtalet talar om ersättning.",
                },
            ),
            "index": Key(
                "Uppräkning",
                "Hur beloppen räknas upp varje år, till exempel {percent: 2}. Skriv"
                " unspecified om avtalet säger att de räknas upp men inte hur: då blir åren efter"
                " basåret okända. Utelämnas när inget räknas upp.",
            ),
            "rounding": Key(
                "Avrundning",
                "Hur uträknade belopp avrundas, en gång för varje rad och år. Utelämnas: till hela"
                " kronor, och 50 öre uppåt.",
            ),
            "stated": Key(
                "Summor i avtalet",
                "Summor som avtalet självt anger. De jämförs med raderna och ersätter dem aldrig.",
            ),
            "contributions": Key(
                "Bidrag och insatser",
                "En rad för varje sak som någon bidrar med: pengar, personal, lokaler, tid.",
            ),
            "unspent": Key(
                "Ej förbrukade medel",
                "Vad som händer med pengar som blir över.",
                choices={
                    "repay": "De betalas tillbaka.",
                    "carry_over": "De förs över till nästa år.",
                    "keep": "Mottagaren behåller dem.",
                },
            ),
        },
    ),
    Rounding: BlockText(
        "Avrundning",
        "Hur uträknade belopp avrundas.",
        {
            "unit": Key(
                "Till närmaste", "Hela kronor är 1, hela hundratal 100. Utelämnas: 1.", (1, 100)
            ),
            "mode": Key(
                "Åt vilket håll",
                "Åt vilket håll det avrundas. Utelämnas: half_up.",
                choices={
                    "half_up": "Till det närmaste, och uppåt mitt emellan.",
                    "half_even": "Till det närmaste, och till jämnt mitt emellan.",
                    "up": "Alltid uppåt.",
                    "down": "Alltid nedåt.",
                },
            ),
        },
    ),
    Stated: BlockText(
        "Summor i avtalet",
        "Summor som avtalet självt anger, i kronor.",
        {
            "total": Key("Totalt per år", "Vad allt är värt ett år, alla parter.", (900000,)),
            "by_party": Key(
                "Per part och år",
                "Varje parts summa ett år, till exempel {kommunen: 450000}.",
            ),
            "public_cash": Key(
                "Kontant per år",
                "Vad de offentliga parterna betalar ett år i pengar.",
                (450000,),
            ),
            "period_total": Key(
                "Totalt för hela tiden",
                "Vad allt är värt under hela avtalstiden, alla parter.",
                (1800000,),
            ),
            "period_by_party": Key(
                "Per part för hela tiden",
                "Varje parts summa för hela avtalstiden, till exempel {kommunen: 900000}.",
            ),
            "public_share": Key(
                "Offentlig andel",
                "Den offentliga sidans andel i procent, som avtalet anger den. Den används när den"
                " inte går att räkna ut av raderna.",
                (50,),
            ),
        },
    ),
    Contribution: BlockText(
        "Rad",
        "Vad någon bidrar med. Beloppet anges på ett av sätten amount, total, by_year, remainder"
        " eller antal gånger pris. Anges inget är värdet okänt, inte noll.",
        {
            "party": Key(
                "Part",
                "Nyckeln för parten som bidrar, eller flera i en lista när de bidrar tillsammans"
                " och avtalet inte säger hur de delar.",
                ("kommunen",),
            ),
            "item": Key("Vad", "Vad raden avser, som i avtalet.", ("Handledning", "Lokaler")),
            "category": Key(
                "Kostnadsslag",
                "Vad för slags kostnad det är.",
                choices={
                    "staff": "Personal.",
                    "premises": "Lokaler.",
                    "material": "Material och utrustning.",
                    "administration": "Administration och samordning.",
                    "other": "Annat.",
                },
            ),
            "form": Key(
                "Pengar eller insats",
                "Utelämnas: pengar från den offentliga sidan och finansiärer, insats från den"
                " idéburna.",
                choices={
                    "cash": "Pengar. Från den offentliga sidan faktureras de.",
                    "in_kind": "Något annat än pengar: personal, lokaler, material eller tid.",
                },
            ),
            "amount": Key(
                "Belopp per år",
                "Kronor för ett helt år, i basårets priser. För en del av ett år räknas per månad.",
                (450000,),
            ),
            "total": Key(
                "Belopp för hela tiden",
                "Kronor för hela avtalstiden. Det räknas inte upp, och fördelas inte på år om inte"
                " spread anges.",
                (800000,),
            ),
            "spread": Key(
                "Periodisering",
                "Hur ett belopp för hela tiden fördelas. Utelämnas när det betalas på en gång.",
                choices={"months": "Lika mycket varje månad."},
            ),
            "by_year": Key(
                "Belopp år för år",
                "Kronor för varje kalenderår, till exempel {2024: 500000, 2025: 520000}. Det räknas"
                " inte upp, och ett år som saknas är okänt.",
            ),
            "remainder": Key(
                "Återstoden",
                "Skriv true när avtalet bara anger summan: raden är då stated.total minus de andra"
                " raderna. Högst en rad.",
            ),
            "quantity": Key("Mängd", "Mängden i ord, som i avtalet.", ("3 st à 100 %",)),
            "hours_per_week": Key(
                "Timmar per vecka", "Som i avtalet. Används inte i någon uträkning.", (30,)
            ),
            "hours_per_year": Key(
                "Timmar per år",
                "Antal timmar om året. Med ett pris per enhet räknas beloppet ut.",
                (400,),
            ),
            "unit": Key("Enhet", "Vad antalet avser, om inte timmar.", ("tillfällen",)),
            "units": Key(
                "Antal per år", "Antal om året. Med ett pris per enhet räknas beloppet ut.", (40,)
            ),
            "unit_price": Key("Pris per enhet", "Kronor för en timme eller en enhet.", (220,)),
            "units_by_year": Key(
                "Antal år för år",
                "Antal för varje kalenderår, till exempel invånare: {2024: 32150, 2025: 32411}. Ett"
                " år som saknas är okänt.",
            ),
            "receiver": Key(
                "Mottagare",
                "Nyckeln för den som får och fakturerar pengarna, när flera fakturerar. Utelämnas:"
                " den som fakturerar, eller den samordnande parten.",
                ("foreningen",),
            ),
            "board": Key(
                "Nämnd som betalar",
                "En nämnd, nämnder med andelar i procent, som {Socialnämnden: 50, Kulturnämnden:"
                " 50}, eller en lista när fördelningen inte anges. Utelämnas: partens nämnd.",
                ("Socialnämnden",),
            ),
            "indexed": Key(
                "Räknas upp", "Skriv false för en rad som inte räknas upp. Utelämnas: true."
            ),
            "index": Key(
                "Egen uppräkning",
                "Postens egen uppräkning, när den är en annan än de övriga posternas. Utelämnas:"
                " den som gäller för hela ekonomin.",
            ),
            "start": Key(
                "Från", "Första dagen, om raden inte gäller från avtalets start.", ("2025-01-01",)
            ),
            "end": Key(
                "Till", "Sista dagen, om raden inte gäller till avtalets slut.", ("2024-12-31",)
            ),
            "source": Key("Källa", "Var i avtalet beloppet står.", ("§ 7, sidan 4",)),
            "note": Key(
                "Anmärkning",
                "Annat om raden, som varifrån ett timpris kommer.",
                ("Timpris enligt Leader",),
            ),
        },
    ),
}
