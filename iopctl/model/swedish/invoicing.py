"""What the keys of the invoicing mean."""

from iopctl.model.invoicing import Instalment, Invoicing
from iopctl.model.swedish.key import PERIOD, Blocks, BlockText, Key

BLOCKS: Blocks = {
    Invoicing: BlockText(
        "Fakturering",
        "Fakturor från en säljare till en köpare.",
        {
            "seller": Key("Säljare", "Nyckeln för parten som skickar fakturan.", ("foreningen",)),
            "buyer": Key("Köpare", "Nyckeln för parten som tar emot fakturan.", ("kommunen",)),
            "board": Key(
                "Nämnd",
                "Nämnden som fakturan gäller, när flera nämnder faktureras var för sig.",
                ("Socialnämnden",),
            ),
            "method": Key(
                "Sätt",
                "Om pengarna faktureras eller betalas ut utan faktura. Utelämnas: de faktureras.",
                choices={
                    "invoice": "Säljaren skickar faktura.",
                    "payout": "Köparen betalar ut pengarna, till exempel efter rekvisition.",
                },
            ),
            "start": Key(
                "Från", "Första dagen, när sättet att fakturera har ändrats.", ("2024-01-01",)
            ),
            "end": Key("Till", "Sista dagen, när sättet att fakturera ändras.", ("2023-12-31",)),
            "recipient": Key(
                "Fakturaadress", "Adressen som fakturan skickas till, under köparens namn."
            ),
            "reference": Key(
                "Referenskod",
                "Köparens kod, som styr fakturan rätt (Er referens, beställarreferens).",
                ("150Z",),
            ),
            "marking": Key(
                "Märkning",
                "Det som fakturan ska märkas med, tecken för tecken. Sätt citattecken om texten"
                " innehåller kolon.",
                ("ID 150010, AKTIVITET: 450211",),
            ),
            "label": Key(
                "Ange",
                "Texten som ska stå på fakturan, före perioden. Den skiljer avtal med samma"
                " märkning åt.",
                ("IOP Exemplet",),
            ),
            "interval": Key(
                "Faktureringsintervall",
                "Hur ofta det faktureras. Utelämnas när avtalet inte säger något: då antas en gång"
                " om året.",
                choices={
                    "yearly": "En gång om året.",
                    "half_yearly": "Varje halvår.",
                    "tertial": "Var fjärde månad.",
                    "quarterly": "Varje kvartal.",
                    "monthly": "Varje månad.",
                },
            ),
            "timing": Key(
                "Förskott eller efterskott",
                "När fakturan skickas. Utelämnas när avtalet inte säger något: då antas"
                " efterskott.",
                choices={
                    "advance": "I förskott: på periodens första dag.",
                    "arrears": "I efterskott: på periodens sista dag.",
                },
            ),
            "instalments": Key(
                "Delbetalningar",
                "Betalningar som avtalet självt daterar. De ersätter intervallet.",
            ),
            "payment_days": Key(
                "Betalningsvillkor i dagar",
                "Antal dagar från fakturans datum till sista dag.",
                (30,),
            ),
            "vat": Key(
                "Moms",
                "Hur momsen hanteras. Utelämnas: utanför momsen.",
                choices={
                    "O": "Utanför momsen, som ett bidrag.",
                    "E": "Undantaget från moms.",
                    "S": "Med moms, som läggs till beloppet.",
                },
            ),
            "vat_percent": Key("Momssats", "6, 12 eller 25 procent, när moms tas ut.", (25,)),
            "vat_reason": Key(
                "Skäl för momsfrihet",
                "Det som ska stå på fakturan när verksamheten är undantagen från moms.",
            ),
            "e_invoice": Key(
                "E-faktura",
                "Om avtalet kräver en elektronisk faktura. En PDF är ingen e-faktura.",
                choices={"required": "Krävs.", "possible": "Går bra, men krävs inte."},
            ),
            "portal": Key(
                "Fakturaportal",
                "Webbplatsen för den som inte kan skicka e-faktura, eller vad avtalet säger"
                " om den.",
            ),
            "order_reference": Key(
                "Orderreferens", "Inköpsordernumret, om köparen har ett.", ("DLL1234567",)
            ),
            "contract_reference": Key(
                "Avtalsreferens", "Avtalets nummer hos köparen.", ("KUN 2023-310",)
            ),
            "payment_reference": Key(
                "Betalningsreferens", "Det som ska anges vid betalningen, som ett OCR-nummer."
            ),
            "peppol_id": Key(
                "Peppol-id",
                "Elektronisk adress för just dessa fakturor, när den är en annan än köparens.",
                ("0088:7332776000001",),
            ),
            "gln": Key(
                "GLN-kod",
                "Lokaliseringsnummer för just dessa fakturor, när det är ett annat än köparens.",
                (7332776000001,),
            ),
        },
    ),
    Instalment: BlockText(
        "Delbetalning",
        "En betalning som avtalet självt daterar.",
        {
            "date": Key(
                "Fakturadatum",
                "Dagen då fakturan ska skickas, eller månaden om dagen inte anges: då senast dess"
                " sista dag.",
                ("2020-02-01", "2021-01"),
            ),
            "amount": Key("Belopp", "Kronor utan moms.", (900000,)),
            "period": Key(
                "Avsedd period",
                f"Tiden som betalningen avser. {PERIOD}",
                ("2020-01-01/2022-12-31",),
            ),
        },
    ),
}
