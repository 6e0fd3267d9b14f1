"""What the keys of the validity mean."""

from iopctl.model.swedish.key import Blocks, BlockText, Key
from iopctl.model.validity import Extension, Granted, Validity

BLOCKS: Blocks = {
    Validity: BlockText(
        "Giltighet",
        "Dagarna som avtalet gäller, första och sista medräknade. Det som är okänt utelämnas.",
        {
            "signed": Key(
                "Undertecknat",
                "Dagen då avtalet undertecknades, eller månaden eller året.",
                ("2018-06",),
            ),
            "start": Key(
                "Gäller från",
                "Första dagen. Är bara månaden eller året känt gäller dess första dag.",
                ("2024-01-01",),
            ),
            "end": Key(
                "Gäller till",
                "Sista dagen före eventuell förlängning, eller open för tills vidare. Är bara"
                " månaden eller året känt gäller dess sista dag.",
                ("2025-12-31", "open"),
            ),
            "years": Key(
                "Längd i år", "Avtalstidens längd i hela år, när start eller slut är okänt.", (2,)
            ),
            "months": Key(
                "Längd i månader",
                "Avtalstidens längd i hela månader, när start eller slut är okänt.",
                (18,),
            ),
            "notice_months": Key(
                "Uppsägningstid",
                "Så många månader före slutet måste avtalet sägas upp.",
                (6,),
            ),
            "notice_by": Key(
                "Sista dag för uppsägning",
                "Dagen som avtalet nämner i stället för en uppsägningstid: ett datum, eller månad"
                " och dag om det är samma varje år.",
                ("06-30",),
            ),
            "extension": Key("Förlängning", "Hur avtalet kan förlängas."),
        },
    ),
    Extension: BlockText(
        "Förlängning",
        "Vem som kan förlänga avtalet, hur många gånger och hur länge.",
        {
            "kind": Key(
                "Typ av förlängning",
                "Vem som bestämmer om avtalet förlängs.",
                choices={
                    "mutual": "Parterna måste vara överens.",
                    "option": "Den offentliga parten bestämmer ensam.",
                    "automatic": "Avtalet förlängs om ingen säger upp det i tid.",
                    "none": "Ingen förlängning: det behövs ett nytt avtal.",
                    "unspecified": "Avtalet kan förlängas, men säger inte hur.",
                },
            ),
            "times": Key(
                "Antal gånger",
                "Hur många gånger avtalet kan förlängas. Utelämnas när det inte finns någon gräns.",
                (2,),
            ),
            "years": Key("Längd i år", "Hur länge varje förlängning är, i hela år.", (2,)),
            "months": Key(
                "Längd i månader", "Hur länge varje förlängning är, i hela månader.", (6,)
            ),
            "options": Key(
                "Förlängningar",
                "Förlängningarna en efter en, när de är olika långa: [{years: 3}, {years: 2}].",
            ),
        },
    ),
    Granted: BlockText(
        "En förlängning",
        "Hur lång en av flera olika långa förlängningar är.",
        {
            "years": Key("Längd i år", "Hur lång den är, i hela år.", (3,)),
            "months": Key("Längd i månader", "Hur lång den är, i hela månader.", (6,)),
        },
    ),
}
