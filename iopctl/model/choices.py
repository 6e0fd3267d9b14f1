"""Words that people write where the format has one of its own: only those that mean one thing."""

from __future__ import annotations

from typing import Final

SWEDISH: Final = {
    "årsvis": "yearly",
    "årlig": "yearly",
    "årligen": "yearly",
    "varje år": "yearly",
    "halvår": "half_yearly",
    "halvårsvis": "half_yearly",
    "varje halvår": "half_yearly",
    "tertialvis": "tertial",
    "kvartal": "quarterly",
    "kvartalsvis": "quarterly",
    "varje kvartal": "quarterly",
    "månad": "monthly",
    "månadsvis": "monthly",
    "varje månad": "monthly",
    "förskott": "advance",
    "i förskott": "advance",
    "efterskott": "arrears",
    "i efterskott": "arrears",
    "personal": "staff",
    "lokal": "premises",
    "lokaler": "premises",
    "övrigt": "other",
    "utkast": "draft",
}


def meant(word: object, choices: str) -> str | None:
    """Return which of *choices* a *word* means, in Swedish or spelled a little otherwise.

    *choices* are in quotes, as pydantic tells them. None where it is not certain.
    """
    if not isinstance(word, str):
        return None
    spelled = word.strip().casefold()
    plain = spelled.replace("-", "_").replace(" ", "_")
    found = SWEDISH.get(spelled, plain)
    return found if f"'{found}'" in choices else None
