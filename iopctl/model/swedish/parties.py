"""What the keys of a party mean."""

from iopctl.model.parties import Address, Party
from iopctl.model.swedish.key import Blocks, BlockText, Key

BLOCKS: Blocks = {
    Party: BlockText(
        "Part",
        "En avtalspart, eller någon annan som bidrar.",
        {
            "role": Key(
                "Roll",
                "Vilken sida parten hör till när kostnaden fördelas.",
                choices={
                    "public": "Offentlig part: kommun, region eller myndighet.",
                    "civil": "Idéburen part: förening, stiftelse, församling eller kooperativ.",
                    "funder": "Annan finansiär, som inte räknas till någon sida.",
                },
            ),
            "name": Key(
                "Partens namn",
                "Hela namnet, som det står i avtalet. Utelämnas bara om antal anges i stället.",
                ("Exempels kommun",),
            ),
            "count": Key(
                "Antal",
                "Hur många organisationer eller personer det är, när de inte nämns vid namn.",
                (3,),
            ),
            "short_name": Key("Kortnamn", "Det som parten kallas i tabeller.", ("IKF",)),
            "org_number": Key(
                "Organisationsnummer",
                "Tio siffror med bindestreck. Samma nummer i två filer betyder samma part.",
                ("212000-0449",),
            ),
            "register_number": Key(
                "Registernummer",
                "Numret i registret över idéburna organisationer hos Kammarkollegiet"
                " (lag 2022:900).",
            ),
            "inhabitants": Key(
                "Invånare",
                "Antalet invånare i kommunen eller regionen för varje år. Med det räknas kronor per"
                " invånare.",
            ),
            "board": Key(
                "Nämnd",
                "Den ansvariga nämnden, som beslutar. Den betalar också, om inget annat anges.",
                ("Arbetsmarknadsnämnden",),
            ),
            "payer": Key(
                "Nämnd som betalar",
                "Nämnden som betalar, när en annan än den ansvariga gör det. Utelämnas: nämnden.",
                ("Kommunstyrelsen",),
            ),
            "department": Key(
                "Förvaltning", "Förvaltningen under nämnden.", ("Socialförvaltningen",)
            ),
            "address": Key("Adress", "Postadressen, som den står på brev och fakturor."),
            "peppol_id": Key(
                "Peppol-id",
                "Elektronisk adress för e-faktura: 0007: och organisationsnumret utan bindestreck,"
                " eller 0088: och GLN.",
                ("0007:2120000449",),
            ),
            "gln": Key(
                "GLN-kod", "Lokaliseringsnummer från GS1, med 13 siffror.", (7332776000001,)
            ),
            "bankgiro": Key(
                "Bankgironummer",
                "Kontot som fakturor ska betalas till. Skriv bara ett av bankgiro, plusgiro och"
                " IBAN.",
                ("160-9908",),
            ),
            "plusgiro": Key(
                "Plusgironummer",
                "Kontot som fakturor ska betalas till, utan mellanslag.",
                ("286543-4",),
            ),
            "iban": Key(
                "IBAN-nummer",
                "Kontot som fakturor ska betalas till, med stora bokstäver och utan mellanslag.",
            ),
            "vat_number": Key(
                "Momsregistreringsnummer",
                "SE, organisationsnumrets tio siffror och 01. Bara för den som är momsregistrerad.",
                ("SE212000044901",),
            ),
            "f_tax": Key(
                "Godkänd för F-skatt", "Om parten är det. Skriv true för ja och false för nej."
            ),
            "coordinator": Key(
                "Samordnande part",
                "Skriv true för den organisation som företräder de andra. Utelämnas för övriga.",
            ),
            "start": Key(
                "Med från", "Första dagen, om parten kom med senare än avtalet.", ("2024-07-01",)
            ),
            "end": Key(
                "Med till", "Sista dagen, om parten lämnade före avtalets slut.", ("2024-06-30",)
            ),
        },
    ),
    Address: BlockText(
        "Adress",
        "En postadress.",
        {
            "lines": Key(
                "Adressrader",
                "Raderna före postnumret, uppifrån. Den första kan vara en förvaltning eller"
                " fakturacentral.",
                (["Box 1"],),
            ),
            "postal_code": Key("Postnummer", "Postnumret med mellanslag.", ("581 81",)),
            "city": Key("Ort", "Postorten, gärna med stora bokstäver.", ("LINKÖPING",)),
            "country": Key(
                "Land", "Landets kod med två bokstäver. Utelämnas: SE för Sverige.", ("SE",)
            ),
        },
    ),
}
