"""What the keys at the top of a file mean."""

from iopctl.model.agreement import Agreement
from iopctl.model.swedish.key import Blocks, BlockText, Key

BLOCKS: Blocks = {
    Agreement: BlockText(
        "IOP-avtal",
        "En överenskommelse om idéburet offentligt partnerskap (IOP), eller något som liknar det."
        " En fil för varje avtal, i mappen agreements.",
        {
            "id": Key(
                "Avtalets id",
                "Namnet som kommandon och andra avtal använder. Filen heter likadant, med .yaml"
                " efter. Brukligt är motparten och startåret. Små bokstäver a–z, siffror och"
                " bindestreck, med en bokstav först.",
                ("stadsmissionen-2024",),
            ),
            "title": Key("Rubrik", "Avtalets rubrik, som den står i avtalet.", ("IOP Exemplet",)),
            "kind": Key(
                "Typ av avtal",
                "Vad det är för avtal. Bara kostnadsandelen i ett IOP jämförs med riktmärket."
                " Utelämnas nyckeln är det ett IOP.",
                choices={
                    "iop": "Idéburet offentligt partnerskap.",
                    "samverkansavtal": "Ett avtal om samverkan som inte kallas IOP.",
                    "foreningsavtal": "Ett avtal med en förening, ofta om en plats eller ett"
                    " evenemang.",
                    "bidrag": "Ett bidrag där mottagaren inte lovar någon egen insats.",
                    "other": "Något annat, till exempel en överenskommelse med underavtal.",
                },
            ),
            "status": Key(
                "Utkast",
                "Skriv draft så länge avtalet inte är beslutat. Om det är kommande, pågående,"
                " utgånget eller uppsagt följer av datum och logg, och skrivs inte här.",
                choices={"draft": "Utkast: räknas bara med när filen nämns särskilt."},
            ),
            "area": Key(
                "Verksamhetsområde",
                "Det område som översikter grupperas efter.",
                ("Arbetsmarknad",),
            ),
            "tags": Key("Etiketter", "Egna ord att sortera och söka efter.", (["folkhälsa"],)),
            "dnr": Key(
                "Diarienummer",
                "Ärendets diarienummer hos kommunen eller regionen.",
                ("SN 2021-88",),
            ),
            "source": Key(
                "Källa", "Det dokument som filen bygger på.", ("Överenskommelse SN 2021-88.pdf",)
            ),
            "notes": Key(
                "Anteckningar",
                "Det som är värt att veta men saknar egen nyckel: försäkring, sekretess, vad som"
                " gäller vid hävning, oklarheter i avtalets text.",
            ),
            "purpose": Key("Syfte", "Vad partnerskapet är till för."),
            "target_group": Key("Målgrupp", "Vilka verksamheten är till för."),
            "referral": Key(
                "Anvisning",
                "Hur deltagarna kommer dit: vem som anvisar dem, eller på eget initiativ.",
                ("Eget initiativ",),
            ),
            "activities": Key("Aktiviteter", "Vad som görs, en rad för varje.", (["Språkcafé"],)),
            "succeeds": Key(
                "Efterträder", "Id för avtalet som detta följer på.", ("exempel-2021",)
            ),
            "part_of": Key(
                "Underavtal till",
                "Id för avtalet som detta är en del av. Belopp räknas i den fil där de står, så"
                " samma belopp ska inte stå i båda.",
                ("tryggare-centrum-2020",),
            ),
            "parties": Key(
                "Parter",
                "De som har ingått avtalet, och andra som bidrar. Varje part får en egen nyckel,"
                " som resten av filen hänvisar till.",
            ),
            "validity": Key(
                "Giltighet",
                "När avtalet gäller och hur det kan förlängas. Utelämnas om inget är känt: då"
                " visas bara de år som beloppen gäller.",
            ),
            "economy": Key("Ekonomi", "Vad var och en bidrar med, och hur det räknas upp."),
            "invoicing": Key(
                "Fakturering",
                "Vem som fakturerar vem, när, och vad som ska stå på fakturan. Ett block, eller en"
                " lista med ett block för varje säljare, köpare eller tid.",
            ),
            "follow_up": Key("Uppföljning", "Möten, rapporter och utvärdering som är avtalade."),
            "volume": Key("Omfattning", "Hur många verksamheten ska nå, en rad för varje enhet."),
            "legal": Key("Rättslig bedömning", "Det som prövades innan avtalet ingicks."),
            "exceptions": Key(
                "Avvikelser",
                "Regler som parterna medvetet avviker från. Skälet visas i kontroller och"
                " rapporter.",
            ),
            "log": Key(
                "Logg",
                "Det som har hänt, äldst först: beslut, möten, rapporter, fakturor, förlängningar,"
                " ändringar och uppsägning.",
            ),
        },
    ),
}
