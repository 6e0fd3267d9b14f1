"""How the money is asked for: who bills whom, when, and what the invoice must say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from iopctl.reading.clauses import instalments, recipient
from iopctl.reading.facts import Fact, evidence, of_match
from iopctl.reading.numbers import COUNT, count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.reading.facts import DocumentReading
    from iopctl.reading.sentences import Sentence

TOPICS: Final = "invoicing economy activities index"
ELSEWHERE: Final = "background target purpose legal edge termination follow_up validity proposal"

_CODE: Final = (
    r"[\"”“']?((?-i:[A-ZÅÄÖ]{1,5} (?=\d{2}))?[A-ZÅÄÖ0-9][\wåäöÅÄÖ]*(?:[-/._][\wåäöÅÄÖ]+)*)[\"”“']?"
)
_REFERENCE: Final = re.compile(
    r"(?:er referens|referenskod(?:en)?|referensnummer|beställarreferens(?:en)?"
    r"|fakturareferens(?:en)?|köparreferens|beställar-?id|ref\.?kod|kundreferens"
    r"|referensen|referens|zz-?kod|your reference|buyer'?s? reference|reference(?:"
    r" code| number)?)"
    rf"\s?(?:[:=]|är|anges|ska vara|is|code|number|som ska anges är)?\s*:?\s*(?i:anges\s)?{_CODE}",
    re.IGNORECASE,
)
_MARKING: Final = re.compile(
    (
        r"(?:märkning|märks med|märkas med|märkas|märks|märk fakturan(?: med)?"
        r"|fakturamärkning|märkt|marked(?: with)?|marking)\s?[:=]?\s*(.{3,80})"
    ),
    re.IGNORECASE,
)
_QUOTED: Final = r"[\"”“]([^\"”“]{2,60})[\"”“]"
_LABEL: Final = re.compile(
    (
        rf"(?:ange\b|anges\b|texten|fakturatext(?:en)?|som text|märks|märkas|märkt"
        rf"|innehålla|rubriken|labelled|marked|text|state"
        rf"|och)\s?(?:med\s)?:?\s*{_QUOTED}"
    ),
    re.IGNORECASE,
)
_LABEL_PLAIN: Final = re.compile(
    (
        r"^(?:ange|fakturatext|text på fakturan|avser)\s?:\s*([^,\"”“]{3,60}?)(?:,"
        r"|\s(?:samt|och|med)\s|$)"
    ),
    re.IGNORECASE,
)
_ORDER: Final = re.compile(
    (
        rf"(?:inköpsorder(?:nummer|nr)?|ordernummer|beställningsnummer|order reference"
        rf"|purchase order(?: number)?)\s?(?:[:=]|är|is)?\s*{_CODE}"
    ),
    re.IGNORECASE,
)
_CONTRACT: Final = re.compile(
    (
        rf"(?:avtalsnummer|avtalsnr|kontraktsnummer|contract (?:number|no\.?"
        rf"|reference))\s?(?:[:=]|är|is)?\s*{_CODE}"
    ),
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"faktur|utbetal|betalas\b|betalning|betala ut|rekvir|rekvisition|invoic|payment|\bpaid\b",
    re.IGNORECASE,
)
_INTERVALS: Final = (
    (
        "quarterly",
        (
            r"kvartal|quarter|fyra (?:lika stora )?(?:utbetalning|delbetalning|faktur"
            r"|delar|rater)|var tredje månad|four (?:equal )?(?:instal|payment)"
        ),
    ),
    ("tertial", r"tertial|tre gånger per år|var fjärde månad|every four months"),
    (
        "half_yearly",
        (
            r"halvår|två gånger (?:per|om) år|två (?:lika stora )?(?:utbetalning"
            r"|delbetalning|faktur|delar|rater)|var sjätte månad|half[- ]year|twice a year"
            r"|semi-?annual|six months"
        ),
    ),
    (
        "monthly",
        (
            r"månadsvis|varje månad|(?:per|i|en gång i) månad(?:en)?\b|en faktura i"
            r" månaden|en tolftedel|monthly|each month|every month"
        ),
    ),
    (
        "yearly",
        (
            r"(?:en gång|en faktura|fakturering sker|faktureras|betalas ut|utbetalas"
            r"|utbetalning)\s(?:per|om|varje|i) (?:kalender)?år|årsvis|årligen|helårsvis"
            r"|en gång (?:per|om) året|ett kalenderår|once a year|annually|yearly|per"
            r" annum"
        ),
    ),
)
_TIMINGS: Final = (
    (
        "advance",
        (
            r"förskott|i början av|(?:första|1:a) (?:veckan|månaden|dagen) (?:i|av)"
            r" (?:varje|respektive)|in advance|beginning of"
        ),
    ),
    (
        "arrears",
        (
            r"efterskott|i slutet av|efter (?:kvartalets|periodens|årets|månadens) (?:slut"
            r"|utgång)|in arrears|end of (?:each|the)"
        ),
    ),
)
_DAYS: Final = re.compile(
    (
        rf"(?:inom|efter|är|på|within|senast|om|netto"
        rf"|of)\s(?:minst\s)?({COUNT})\s(?:kalender)?(?:dagar|days)"
        rf"|({COUNT})\s?(?:kalender)?(?:dagar|days)(?:s)?\s?(?:netto|betalning|net|from"
        rf"|efter|från)|(?:betalningsvillkor|betalningstid)\w*\s?:?\s(\d+)"
    ),
    re.IGNORECASE,
)
_PAYING: Final = re.compile(r"betal|förfall|faktura|paid|payment|netto|invoice|due", re.IGNORECASE)
_E_INVOICE: Final = re.compile(
    (
        r"e-?faktur|elektronisk\w* faktur|faktur\w*[^.]{0,30}elektronisk|peppol"
        r"|electronic invoice|e-?invoice|invoice[^.]{0,40}electronic"
    ),
    re.IGNORECASE,
)
_POSSIBLE: Final = re.compile(
    (
        r"tas emot|kan (?:även |också )?(?:skickas|sändas|ske|lämnas)|går (?:också"
        r"|bra)|möjlig|godtas|accepteras|får (?:skickas|sändas)|gärna|om möjligt|may"
        r" be|can be|accepted|possible|preferably"
    ),
    re.IGNORECASE,
)
_UNABLE: Final = re.compile(r"inte kan|kan inte|saknar|möjlighet inte|unable|cannot", re.IGNORECASE)
_PORTAL: Final = re.compile(r"portal", re.IGNORECASE)
_VAT: Final = (
    (
        "S",
        (
            r"moms(?:en)?\s(?:tillkommer\s)?(?:om|med|på)?\s?\d{1,2}\s?%|tillkommer moms"
            r"|exklusive moms.*tillkommer|plus moms|vat (?:of|at) \d+"
        ),
    ),
    ("E", r"undantag\w* från (?:moms|mervärdesskatt)|momsfri|exempt from vat"),
)


def facts(reading: DocumentReading) -> Iterator[Fact]:
    """Yield a block for each seller and buyer, if the text says anything of invoices at all."""
    sellers, buyers = _sellers(reading), reading.parties.of_role("public")
    told = _common(reading)
    if not told or not sellers or not buyers:
        return
    number = 0
    for seller in sellers:
        for buyer in buyers:
            own = _own(reading, buyer) if len(buyers) > 1 else []
            yield Fact(("invoicing", number, "seller"), seller, told[0].evidence)
            yield Fact(("invoicing", number, "buyer"), buyer)
            for fact in (*own, *told):
                yield fact._replace(path=("invoicing", number, *fact.path))
            number += 1


def _sellers(reading: DocumentReading) -> tuple[str, ...]:
    civil = reading.parties.of_role("civil")
    each = re.compile(
        (
            r"varje förening|vardera föreningen|respektive förening|föreningarna"
            r" fakturerar|var för sig|each association|varje part"
        ),
        re.IGNORECASE,
    )
    if len(civil) < 2 or reading.first(each, TOPICS):
        return civil
    asks = re.compile(
        r"fakturerar|skickar (?:en )?faktur|sänder|rekvirerar|invoices", re.IGNORECASE
    )
    for sentence, match in reading.found(asks, TOPICS, ELSEWHERE):
        named = [
            one
            for one in reading.parties.mentions(sentence.text[: match.end()])
            if one.handles[0] in civil
        ]
        if named:
            return named[0].handles
    return civil[:1]


def _sentences(reading: DocumentReading) -> list[Sentence]:
    """Return what may speak of invoices, that of their own section first."""
    unwanted = ELSEWHERE.split()
    found = [each for each in reading.sentences if each.topic not in unwanted]
    return sorted(found, key=lambda each: each.topic != "invoicing")


def _common(reading: DocumentReading) -> list[Fact]:
    """Return what all blocks say, with paths inside of a block."""
    found: dict[str, Fact] = {}
    for fact in (
        *recipient.facts(reading, _sentences(reading), ELSEWHERE.split()),
        *_identifying(reading),
        *_timing(reading),
    ):
        found.setdefault(str(fact.path[0]), fact)
    return list(found.values())


# ------------------------------------------------------------------ what it must say
def _identifying(reading: DocumentReading) -> Iterator[Fact]:
    for sentence in _sentences(reading):
        text = sentence.text
        for field, pattern in (
            ("reference", _REFERENCE),
            ("order_reference", _ORDER),
            ("contract_reference", _CONTRACT),
        ):
            for match in pattern.finditer(text):
                if re.search(r"\d", match[1]) or (match[1].isupper() and len(match[1]) > 2):
                    yield Fact((field,), match[1], of_match(sentence, match))
        for pattern in (_LABEL, _LABEL_PLAIN):
            label = pattern.search(text)
            if (
                label
                and (
                    sentence.topic == "invoicing"
                    or re.search(r"faktur|^ange|invoice|märk", text, re.IGNORECASE)
                )
                and not re.search(r"helår|period", label[1])
            ):
                yield Fact(("label",), label[1].strip(), of_match(sentence, label))
        marking = _MARKING.search(text)
        if marking and not re.match(r"[\"”“]", marking[1]) and re.search(r"\d", marking[1]):
            yield Fact(
                ("marking",),
                re.sub(r"\s(?:och|samt) .*$", "", marking[1]).strip(" ."),
                of_match(sentence, marking),
            )
        yield from _vat(sentence)
        if _PORTAL.search(text):
            yield Fact(("portal",), text.strip(" ."), evidence(sentence))


def _vat(sentence: Sentence) -> Iterator[Fact]:
    for value, words in _VAT:
        vat = re.search(words, sentence.text, re.IGNORECASE)
        if vat:
            yield Fact(("vat",), value, of_match(sentence, vat))
            percent = re.search(r"(\d{1,2})\s?%", sentence.text)
            if value == "S" and percent:
                yield Fact(("vat_percent",), percent[1], of_match(sentence, percent))


# ------------------------------------------------------------------ when
def _timing(reading: DocumentReading) -> Iterator[Fact]:
    asking = [
        each for each in _sentences(reading) if _ASKS.search(each.text) or each.topic == "invoicing"
    ]
    parts = [*instalments.facts(reading)]
    yield from parts
    for sentence in asking:
        text = sentence.text
        is_asking = bool(_ASKS.search(text))
        for field, table in (("interval", _INTERVALS), ("timing", _TIMINGS)):
            for value, words in table:
                match = re.search(words, text, re.IGNORECASE)
                if match and is_asking and not (parts and field == "interval"):
                    yield Fact((field,), value, of_match(sentence, match))
                    break
        within = _DAYS.search(text)
        if (
            within
            and _PAYING.search(text)
            and not re.search(r"återbetal|tillbaka|rättel|påpek", text, re.IGNORECASE)
        ):
            yield Fact(
                ("payment_days",),
                str(count(within[1] or within[2] or within[3])),
                of_match(sentence, within),
            )
        electronic = _E_INVOICE.search(text)
        if electronic and not _UNABLE.search(text):
            value = "possible" if _POSSIBLE.search(text) else "required"
            yield Fact(("e_invoice",), value, of_match(sentence, electronic))


# ------------------------------------------------------------------ each buyer's own
def _own(reading: DocumentReading, buyer: str) -> list[Fact]:
    """Return what sentences say of one buyer alone."""
    found: dict[str, Fact] = {}
    for sentence in _sentences(reading):
        for text in _clauses(reading, sentence, buyer):
            part = sentence._replace(text=text)
            reference = _REFERENCE.search(text)
            if reference and re.search(r"\d", reference[1]):
                found.setdefault(
                    "reference", Fact(("reference",), reference[1], of_match(part, reference))
                )
            for value, words in _TIMINGS:
                match = re.search(words, text, re.IGNORECASE)
                if match:
                    found.setdefault("timing", Fact(("timing",), value, of_match(part, match)))
    return list(found.values())


def _clauses(reading: DocumentReading, sentence: Sentence, buyer: str) -> Iterator[str]:
    """Yield the parts of a sentence that speak of the buyer: to where another one is named."""
    publics = reading.parties.of_role("public")
    named = [
        each for each in reading.parties.mentions(sentence.text) if set(each.handles) & set(publics)
    ]
    for place, each in enumerate(named):
        if each.handles == (buyer,):
            end = named[place + 1].start if place + 1 < len(named) else len(sentence.text)
            yield sentence.text[each.start : end]
