"""Words that people write where the format has one of its own: only those that mean one thing."""

from __future__ import annotations

import re
from typing import Final

from iopctl.language import spoken, tr

# Beside what listings show, which the catalogue has. Of words of the format that one Swedish word
# means, each key has one at most.
SWEDISH: Final[dict[str, tuple[str, ...]]] = {
    # ------------------------------------------------------------------ parties
    "offentlig": ("public",),
    "offentlig part": ("public",),
    "offentliga": ("public",),
    "kommun": ("public",),
    "region": ("public",),
    "myndighet": ("public",),
    "idéburen": ("civil",),
    "idéburen part": ("civil",),
    "idéburna": ("civil",),
    "förening": ("civil",),
    "ideell": ("civil",),
    "ideell förening": ("civil",),
    "civil part": ("civil",),
    "finansiär": ("funder",),
    "givare": ("funder",),
    # ------------------------------------------------------------------ times of the year
    "årsvis": ("yearly", "year"),
    "årlig": ("yearly", "year"),
    "årligen": ("yearly", "year"),
    "varje år": ("yearly", "year"),
    "år": ("year",),
    "halvår": ("half_yearly", "half_year"),
    "halvårsvis": ("half_yearly", "half_year"),
    "varje halvår": ("half_yearly", "half_year"),
    "tertialvis": ("tertial",),
    "varje tertial": ("tertial",),
    "kvartal": ("quarterly", "quarter"),
    "kvartalsvis": ("quarterly", "quarter"),
    "varje kvartal": ("quarterly", "quarter"),
    "månad": ("monthly", "month"),
    "månadsvis": ("monthly", "month"),
    "varje månad": ("monthly", "month"),
    "månader": ("months",),
    "per månad": ("months", "monthly"),
    "förskott": ("advance",),
    "i förskott": ("advance",),
    "efterskott": ("arrears",),
    "i efterskott": ("arrears",),
    "tills vidare": ("open",),
    "tillsvidare": ("open",),
    "öppet": ("open",),
    # ------------------------------------------------------------------ extensions
    "ömsesidig": ("mutual",),
    "om parterna är överens": ("mutual",),
    "gemensam": ("mutual", "joint"),
    "gemensamt": ("mutual", "joint"),
    "automatisk": ("automatic",),
    "automatiskt": ("automatic",),
    "ingen": ("none",),
    "inget": ("none",),
    "ej angivet": ("unspecified",),
    "ej angiven": ("unspecified",),
    "anges inte": ("unspecified",),
    # ------------------------------------------------------------------ money
    "personal": ("staff",),
    "lokal": ("premises",),
    "lokaler": ("premises",),
    "administration och samordning": ("administration",),
    "övrigt": ("other",),
    "annat": ("other",),
    "pengar": ("cash",),
    "kontant": ("cash",),
    "kontanter": ("cash",),
    "kontanta medel": ("cash",),
    "insats": ("in_kind",),
    "in natura": ("in_kind",),
    "natura": ("in_kind",),
    "återbetalas": ("repay",),
    "återbetalning": ("repay",),
    "betalas tillbaka": ("repay",),
    "överförs": ("carry_over",),
    "förs över": ("carry_over",),
    "förs över till nästa år": ("carry_over",),
    "behålls": ("keep",),
    "uppåt": ("up",),
    "nedåt": ("down",),
    "avrundat": ("rounded",),
    "platser": ("places",),
    "per år": ("per_year", "yearly"),
    # ------------------------------------------------------------------ what happens
    "möte": ("meeting",),
    "avstämningsmöte": ("meeting",),
    "uppföljningsmöte": ("meeting",),
    "rapport": ("report",),
    "omprövning": ("review",),
    "granskning": ("audit",),
    "klart": ("done",),
    "gjort": ("done",),
    "kredit": ("credit",),
    "utbetalning": ("payout",),
    "betalning": ("payment",),
    "utbetalning utan faktura": ("payout", "payment"),
    "tilläggsavtal": ("amendment",),
    # ------------------------------------------------------------------ yes and no, and the rest
    "ja": ("true", "yes"),
    "yes": ("true",),
    "nej": ("false", "no"),
    "no": ("false",),
    "utkast": ("draft",),
    "stöd av mindre betydelse": ("de_minimis",),
    "tjänst av allmänt ekonomiskt intresse": ("sgei",),
    "föreningsavtal": ("foreningsavtal",),
    "krav": ("required",),
    "krävs": ("required",),
    "möjlig": ("possible",),
    "möjligt": ("possible",),
}


def meant(word: object, choices: str) -> str | None:
    """Return which of *choices* a *word* means, in Swedish or spelled a little otherwise.

    *choices* are in quotes, as pydantic tells them. None where it is not certain.
    """
    if not isinstance(word, str):
        return None
    spelled = word.strip().casefold()
    plain = spelled.replace("-", "_").replace(" ", "_")
    found = (*SWEDISH.get(spelled, ()), plain)
    return next((each for each in found if f"'{each}'" in choices), None) or _shown(
        spelled, choices
    )


def _shown(spelled: str, choices: str) -> str | None:
    """Return the choice that Swedish listings show by that word."""
    with spoken("sv"):
        for choice in re.findall(r"'(\w+)'", choices):
            if spelled in {tr(choice), tr(choice.replace("_", " "))}:
                return str(choice)
    return None
