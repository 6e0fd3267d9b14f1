"""The words by which sentences say who gives what, to what value, for how long."""

import re
from typing import Final

from iopctl.reading.numbers import GROUPED, WORDS

GIVES: Final = re.compile(
    r"andel\b|bidra(?:r|ger)?\b|lämna(?:r|s)?\b|betala(?:r|s)?\b|ersätt(?:er|a)"
    r"|tillskjuter|skjuter till|avsätt(?:er|s|a)|finansierar|står för|svarar för"
    r"|satsar|går in med|utgår|\bger\b|anslår|ställer|lånar ut"
    r"|upplåt(?:er|a)|ställa|låna ut|tillhandahåll|bekostar|tillför|insats|\bandel\b|\bdel\b"
    r"|bidrag|ersättning|\bvärde|värdera|uppgår|använda|stöd|contribut|pays?\b"
    r"|provid|grant|makes available|share|value|lends",
    re.IGNORECASE,
)
RECEIVES: Final = re.compile(
    (
        r"\b(?:erhåller|får|mottar|ersätts|tilldelas|receives?|is paid)\b(?! använda|"
        r" skicka| föras| hålla)"
    ),
    re.IGNORECASE,
)
NOT_AGREED: Final = re.compile(
    r"budgetram|anslag|\bkostade\b|\bköpte\b|begär|ansök|\btak\b|gräns|försäkring"
    r"|basbelopp|\bvite\b|senast\s\d[\d ]*\skr|ersätter de|tidigare|föregående"
    r"|besparing|omsättning|\bavgift"
    r"|genomsnittlig|i månaden för|utbetalning(?:ar|arna)? om|delbetalning|moms"
    r"|betalad|har betalat|\bvar\b|\bfick\b|\buppgick\b|lotteri|insurance|ceiling"
    r"|budget of|turnover|last year|previous|självrisk|kostar|mot \d",
    re.IGNORECASE,
)
HOURS: Final = re.compile(
    (
        rf"(?P<count>{GROUPED}|{WORDS})\s(?:ideella\s|volontär)?(?:arbets)?(?:timmar"
        rf"|tim\b|hours)\b(?P<what>[^,.;]{{0,40}}?)(?:\s(?:per|om|varje|a"
        rf"|each)\s(?:kalender)?(?:år\w*|year))"
    ),
    re.IGNORECASE,
)
WORTH: Final = re.compile(
    r"(?:,?\s?(?:till (?:ett )?(?:värde|belopp) av|till (?:ett )?(?:uppskattat "
    r"|beräknat )?värde (?:av|om)|motsvarande|vilket motsvarar|värdera(?:d|t|de)s?"
    r" till|är värderad till|värde|värt|värda|motsvarar|om|på|med)\s*(?:ca\.?"
    r"|cirka|minst|högst|sammanlagt|totalt|ungefär)?\s*\(?)+$"
    r"|,?\s*(?:to a value of|worth|valued at|of|equivalent to)\s*(?:approximately|about)?\s*\(?$",
    re.IGNORECASE,
)
WITH: Final = re.compile(
    (
        r"(?:bidrar?\b|går in|deltar|tillför|ställer upp|står för|svarar för|ansvarar"
        r" för|contributes?|provides?)\s?(?:även |också |dessutom |därutöver )?(?:med "
        r"|with )?(?P<what>.+)$|(?:består av|consists of)\s(?P<of>.+)$|(?:samt|och"
        r"|dels|and)\s(?:med |with )?(?P<more>.+)$"
    ),
    re.IGNORECASE,
)
TO: Final = re.compile(
    (
        r"^\s?(?:(?:kronor|kr|sek)\s)?(?:(?:per|om|varje|/)\s?\w*år\w*|årligen|per"
        r" year|a year)?,?\s?(?:till|för|to(?:wards)?|for)\s(?!föreningen\b"
        r"|stiftelsen\b|hela\b|avtals)(?P<what>[^,.;]{4,60}?)(?=[,.;]|\soch\s|$)"
    ),
    re.IGNORECASE,
)
LENDS: Final = re.compile(
    (
        r"(?:ställ(?:er|a)|lånar? ut|upplåt(?:er|a)|tillhandahåll(?:er|a)"
        r"|låta\s.{0,40}?använda|låter\s.{0,40}?använda|lends|makes available"
        r"|provides)\s(?:dessutom\s|också\s|även\s)?(?P<what>.+?)(?=\s(?:till"
        r" förfogande|utan|i de|kostnadsfritt|gratis|till ett|till föreningen|free|at"
        r" no)|,|\(|$)"
    ),
    re.IGNORECASE,
)
OF: Final = re.compile(
    (
        r"värdet av\s(?P<what>[\wåäö -]{3,40}?)\s(?:är|uppskattas|beräknas|uppgår)|the"
        r" value of\s(?P<of>[\w -]{3,40}?)\sis"
    ),
    re.IGNORECASE,
)
GRANT: Final = re.compile(
    (
        r"\b(bidrag|ersättning|verksamhetsstöd|verksamhetsbidrag|stöd|grant"
        r"|compensation|contribution)\b"
    ),
    re.IGNORECASE,
)
WHOLE: Final = re.compile(
    (
        r"(?:hela|samlade|för) (?:avtals|projekt)?(?:perioden|tiden)|avtalsperioden"
        r"|för hela|whole (?:period|term)|entire (?:period|term)|och inte (?:ett"
        r" belopp )?per år"
    ),
    re.IGNORECASE,
)
SUMMED: Final = re.compile(
    (
        r"(?:sammanlag|total|samlad)\w*,?(?:\s\w+){0,2}\s(?:värde|kostnad|budget"
        r"|omfattning|insats)|värdet? (?:av|för) (?:partnerskapet|insatsen"
        r"|överenskommelsen|avtalet)|total (?:annual )?value|total cost"
    ),
    re.IGNORECASE,
)
REST: Final = re.compile(
    r"återstoden|återstående del|resterande|\bresten\b|the remainder|the rest", re.IGNORECASE
)
VERB: Final = re.compile(
    (
        r"\b(?:bidrar|lämnar|betalar|ersätter|avsätter|finansierar|ger|utger|ställer"
        r"|tillskjuter|anslår|pays|provides|contributes)\s(?:by\s)?$"
    ),
    re.IGNORECASE,
)
OF_ANOTHER: Final = re.compile(
    (
        r"s\s(?!(?:del|insats|egeninsats|andel|bidrag|kontanta|ersättning|kostnad"
        r"|ekonomiska|åtagande|motprestation|share|contribution|värde)\b)[a-zåäö]"
    ),
    re.IGNORECASE,
)
LENT: Final = re.compile(
    (
        r"\b(?:ger|ställer|lånar ut|upplåter|tillhandahåller|erbjuder|provides|lends"
        r"|makes available)\s(?P<what>[^.;]{4,90}?)\s(?:till förfogande|utan"
        r" (?:kostnad|avgift|hyra)|kostnadsfritt|gratis|free of charge|at no cost)"
    ),
    re.IGNORECASE,
)
