"""Countries by their codes of two letters (ISO 3166-1), as e-invoices have them: by Babel."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

# ISO 3166-1 leaves these letters to its users, or keeps them for what is no country of its own:
# Unicode's CLDR, and so Babel, has names for them, too.
_NO_COUNTRY: Final = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ|AC|CP|CQ|DG|EA|EU|EZ|FX|IC|SU|TA|UK|UN")
# What the code list of EN 16931 (rule BR-CL-14) has beyond: Kosovo, and Northern Ireland.
_BEYOND: Final = ("1A", "XI")
HOME: Final = "SE"
_OTHERWISE: Final = {"EL": "GR"}  # as VAT numbers have it


@cache
def codes() -> frozenset[str]:
    """Return every code that an e-invoice may have: those of ISO 3166-1, 1A and XI."""
    from babel import Locale

    named = map(str, Locale("en").territories)
    found = (code for code in named if re.fullmatch("[A-Z]{2}", code))
    return frozenset((*(code for code in found if not _NO_COUNTRY.fullmatch(code)), *_BEYOND))


def is_known(code: str) -> bool:
    """Whether *code* is one of them."""
    return code == HOME or code in codes()  # our own country takes no library to know


def meant(text: str) -> str | None:
    """Return the code that *text* stands for: `UK` for GB, `se` or `Sverige` for SE; else None."""
    from babel import Locale
    from babel.core import get_global

    wanted = text.strip().upper()
    alias = get_global("territory_aliases").get(wanted, ())
    named = (
        code
        for language in ("sv", "en")
        for code, name in Locale(language).territories.items()
        if name.upper() == wanted
    )
    candidates = (wanted, _OTHERWISE.get(wanted), *(alias if len(alias) == 1 else ()), *named)
    return next((code for code in candidates if code in codes()), None)
