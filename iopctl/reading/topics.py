"""What a section is about, by the words of its heading, in Swedish and English."""

from __future__ import annotations

import re
from typing import Final

# The first that fits: a heading of several things is of what matters most to its figures.
_TOPICS: Final = (
    ("signature", r"underskrift|signatur|undertecknande|signature"),
    ("proposal", r"förslag till beslut|beslutsförslag|proposed decision"),
    ("index", r"uppräkning|index|prisjustering|price adjust"),
    ("invoicing", r"faktur|betalning|utbetalning|rekvisition|invoic|payment"),
    ("termination", r"hävning|avtalsbrott|förtida|breach"),
    (
        "validity",
        (
            r"giltighet|avtalstid|avtalsperiod|löptid|^tid\b|hur länge|uppsägning|förläng"
            r"|avtalets längd|period|duration|^term\b|term and|validity|in force"
        ),
    ),
    (
        "follow_up",
        (
            r"uppfölj|utvärder|följs upp|styrning|styrgrupp|rapport|redovis|dialog"
            r"|follow|report|evaluat|governance|steering|monitoring"
        ),
    ),
    ("legal", r"juridi|rättslig|upphandling|statsstöd|statligt stöd|legal|procure|state aid"),
    (
        "economy",
        (
            r"ekonomi|ersättning|pengar|kostnad|budget|finansier|bidrag|resurs|värde\b"
            r"|parternas insats|insatser och|tillskott|financ|econom|fund|contribution"
            r"|resourc|costs"
        ),
    ),
    ("target", r"målgrupp|deltagare|för vilka|vem är|target|participants|beneficiar"),
    ("purpose", r"syfte|ändamål|(?<!kommunala )\bmål\b|varför|purpose|\baims?\b|objective"),
    ("parties", r"^part(?:er|erna|s|ies)?\b|avtalsparter"),
    ("scope", r"omfattning|volym|scope|extent"),
    (
        "activities",
        (
            r"insats|verksamhet|aktivitet|åtagand|\bgör$|\bska$|innehåll|genomförande"
            r"|activit|service|commitment|undertak|work\b"
        ),
    ),
    ("referral", r"anvisning|remiss|rekryter|referral"),
    ("background", r"bakgrund|utgångspunkt|inledning|värdegrund|nuläge|background|introduction"),
    ("matter", r"ärende|sammanfattning|summary|förslag"),
    (
        "other",
        (
            r"kontakt|försäkring|personuppgift|sekretess|tystnad|tvist|ändring|övrig|ansvar|kommunikation"
            r"|jämställd|samråd|organisation|samverkan|insurance|personal data|dispute"
            r"|amendment"
        ),
    ),
)
_COMPILED: Final = [(topic, re.compile(words, re.IGNORECASE)) for topic, words in _TOPICS]


def of(heading: str) -> str | None:
    """Return what a section with this heading is about; None where it does not tell."""
    return next((topic for topic, words in _COMPILED if words.search(heading)), None)
