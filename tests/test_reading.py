"""What the words of a document mean: numbers, dates, and each kind of clause by itself."""

from __future__ import annotations

from decimal import Decimal

import pytest

from iopctl.reading import numbers, overview
from iopctl.reading.amounts import amounts, bare
from iopctl.reading.days import days, days_of_year, spans
from iopctl.reading.facts import Fact
from iopctl.reading.identifiers import of, organisations
from iopctl.reading.known import Register, taken_over
from iopctl.reading.passages import passages
from iopctl.reading.persons import persons
from iopctl.reading.plain_text import lines
from iopctl.reading.sentences import split
from tests.document_files import drafted, reading

OPENING = "Överenskommelse om IOP Bryggan\n\nmellan Ekeby kommun, org.nr 212000-7048, och Föreningen Bryggan, org.nr 802471-3060.\n\n"


# ------------------------------------------------------------------ numbers, kronor and days
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("450 000 kr", [("450000", "")]),
        ("450.000:- per år", [("450000", "year")]),
        ("SEK 450,000 per year", [("450000", "year")]),
        ("1,9 mnkr/år", [("1900000", "year")]),
        ("12,5 tkr", [("12500", "")]),
        ("åttahundratusen (800 000) kronor", [("800000", "")]),
        ("en miljon tvåhundrafemtio tusen kronor", [("1250000", "")]),
        ("tvåhundrafyrtio tusen kronor för avtalsperioden", [("240000", "whole")]),
        ("110 kronor per timme, 37 500 kr i månaden", [("110", "hour"), ("37500", "month")]),
        ("20 000 kr per kvartal och 500 kr per deltagare", [("20000", "quarter"), ("500", "unit")]),
        ("300 000 euro, 12 345 678 901 234 567 kr", []),
        ("belopp i tusen kronor", []),
        ("1 234,50 kronor", [("1234.50", "")]),
    ],
)
def test_amounts(text: str, expected: list[tuple[str, str]]) -> None:
    """In every spelling, with the time that they are for; no other currency."""
    assert [(numbers.plain(each.kronor), each.per) for each in amounts(text)] == [
        (numbers.plain(Decimal(kronor)), per) for kronor, per in expected
    ]


@pytest.mark.parametrize(
    ("text", "factor", "expected"),
    [
        ("1 450", 1000, "1450000"),
        ("1 450 kr", 1000, "1450"),
        ("–", 1, None),
        ("x", 1, None),
        ("1.2.3", 1, None),
        ("12*", 1, "12"),
    ],
)
def test_a_cell(text: str, factor: int, expected: str | None) -> None:
    """A figure alone is in the unit of its column."""
    found = bare(text, factor)

    assert (None if found is None else f"{found:f}") == expected


def test_small_numbers() -> None:
    """In digits and words; what is no number is none."""
    told = [numbers.count(each) for each in ("12", "varje", "tolv", "tjugofem", "många", "")]

    assert told == [12, 1, 12, 25, None, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("den 1 januari 2025 t.o.m. 31 dec. 2027", ["2025-01-01", "2027-12-31"]),
        (
            "2025-01-01–2027-12-31, 1/2 2024, 20240301, 1.4.2024",
            ["2025-01-01", "2027-12-31", "2024-02-01", "2024-03-01", "2024-04-01"],
        ),
        ("January 5, 2025; 6th of May 2025", ["2025-01-05", "2025-05-06"]),
        ("i juni 2018, 2019-05", ["2018-06", "2019-05"]),
        ("den 31 februari 2025, 2016:1145, 2024-13-01", []),
    ],
)
def test_days(text: str, expected: list[str]) -> None:
    """As people write them; what is no day is left out."""
    assert [each.text for each in days(text)] == expected


def test_days_of_a_year_and_lengths() -> None:
    """Without a year; and so many years or months, within reason."""
    assert [each.text for each in days_of_year("den 28 februari, March 15, 31 februari")] == [
        "02-28",
        "03-15",
    ]
    assert [each.facts() for each in spans("två år, 16 månader, 24 månader, 90 år")] == [
        {"years": "2"},
        {"months": "16"},
        {"years": "2"},
    ]


def test_identifiers_by_their_check_digits() -> None:
    """One with a wrong digit is none, nor is a person's number."""
    text = "Bankgiro 640-9189, bg 640-9188, plusgiro 28 65 43-4, GLN 7332776000001, IBAN SE35 5000 0000 0549 1000 0003, SE212000044901"
    told = [(field, number) for field, number, _ in of(text)]

    assert told == [
        ("gln", "7332776000001"),
        ("bankgiro", "640-9189"),
        ("plusgiro", "286543-4"),
        ("iban", "SE3550000000054910000003"),
        ("vat_number", "SE212000044901"),
    ]
    assert [each[2] for each in organisations("162120000449, 212000-0448, 850101-1236")] == [
        "212000-0449"
    ]


def test_sentences() -> None:
    """An abbreviation ends none."""
    assert split("Se bl.a. kap. 5 § 2. Avtalet gäller t.o.m. 2025. Nr. 7 A. Berg bor här.") == [
        "Se bl.a. kap. 5 § 2.",
        "Avtalet gäller t.o.m. 2025.",
        "Nr. 7 A. Berg bor här.",
    ]


# ------------------------------------------------------------------ passages
def test_edges_of_pages_are_told_once() -> None:
    """What every page repeats is set aside, page numbers are dropped."""
    pages = [
        f"Ekeby kommun          Dnr 7\n\n{body}\n\nSida {number} (3)"
        for number, body in enumerate(("Syfte\nAtt alla ska", "få plats.", "Slut."), 1)
    ]
    told = passages(list(lines("\f".join(pages).encode())))

    assert [(each.style, each.text) for each in told] == [
        ("heading", "Syfte"),
        ("text", "Att alla ska"),
        ("text", "få plats."),
        ("text", "Slut."),
        ("edge", "Ekeby kommun"),
        ("edge", "Dnr 7"),
    ]


def test_a_word_divided_over_pages_is_whole() -> None:
    """And a suspended hyphen stays."""
    text = "En rad som är lång nog för att fylla sin sida till den sista bok-\fstaven, med kultur- och\nfritidsnämnden här."
    told = passages(list(lines(text.encode())))

    assert told[0].text.startswith("En rad som är lång nog")
    assert "bokstaven, med kultur- och fritidsnämnden" in told[0].text
    assert passages([]) == ()


def test_persons_are_masked() -> None:
    """Beside a role, alone where one signs, and wherever they stand then; mail and numbers, too."""
    given = reading(
        f"{OPENING}Kontaktperson: Anna Berg, anna@ekeby.se\n\nFrågor ställs till Anna Berg, 850101-1236.\n\nBo Ek\n\nStina Lind Per Falk"
    )
    masked = persons(given.passages, given.parties).masked

    assert masked("Anna Berg, anna@ekeby.se, 850101-1236") == "[namn], [e-post], [personnummer]"
    assert masked("Bo Eks och Per Falk") == "[namn] och [namn]"
    assert persons((), given.parties).masked("Bo Ek") == "Bo Ek"


# ------------------------------------------------------------------ clauses
def told(text: str) -> dict[str, object]:
    """Return what the draft of a text states, by dotted path."""
    return {
        ".".join(map(str, path)): fact.value
        for path, fact in drafted(OPENING + text).drafts[0].facts.items()
    }


GIVEN = "\n\nEkonomi\nKommunen betalar 300 000 kronor per år.\n\n"
CASES = [
    ("Giltighet\nAvtalet löper 2024-01-01--2025-12-31.", {"validity.start": "2024-01-01", "validity.end": "2025-12-31"}),
    ("Giltighet\nAvtalet gäller i två år.", {"validity.years": "2"}),
    ("Giltighet\nAvtalet gäller enligt bilaga.", {"validity.years": None}),
    ("Giltighet\nAvtalet gäller tills vidare.", {"validity.end": "open", "validity.start": None}),
    ("Giltighet\nAvtalet gäller från 2024-01-01 i tre år, med två månaders varsel i taget.", {"validity.years": "3"}),
    ("Giltighet\nStartdatum: 2024-03-01\n\nSlutdatum: 2025-02-28", {"validity.start": "2024-03-01", "validity.end": "2025-02-28"}),
    ("Giltighet\nAvtalet gäller 2024-05-01 och 2023-01-01.", {"validity.start": None}),
    ("Giltighet\nAvtalet gäller från 2024-01-01 till 2024-12-31. Förlängning sker inte.", {"validity.extension.kind": "none"}),
    ("Giltighet\nAvtalet gäller från 2024-01-01 till 2024-12-31. Förlängning kan diskuteras.", {"validity.extension.kind": None}),
    ("Giltighet\nDen gäller 2024-01-01 till 2024-12-31. Den kan förlängas med ett år. Det kräver att båda parter är överens.", {"validity.extension.kind": "mutual"}),
    ("Giltighet\nDen gäller 2024-01-01 till 2024-12-31. Den kan förlängas med ytterligare ett år. Kommunen har rätt att förlänga.", {"validity.extension.kind": "option", "validity.extension.times": "1"}),
    ("Giltighet\nThe agreement may be extended twice by one year at a time if the parties agree.", {"validity.extension.times": "2", "validity.extension.kind": "mutual"}),
    ("Giltighet\nAvtalstid 2024-01-01 till 2025-12-31, 2+1+1 år.", {"validity.extension.times": "2", "validity.extension.years": "1"}),
    ("Giltighet\nUppsägningstiden är sex månader.", {"validity.notice_months": "6"}),
    ("Giltighet\nVid väsentligt brott kan avtalet sägas upp inom två månader före periodens slut.", {"validity.notice_months": None}),
    ("Giltighet\nAvtalet kan sägas upp med två års uppsägning.", {"validity.notice_months": None}),
    ("Giltighet\nAvtalet kan sägas upp. Avtalet gäller från 2024-01-01 till 2025-01-01.", {"validity.notice_months": None}),
    ("Underskrift\nAvtalet undertecknades den 3 maj 2024.", {"validity.signed": "2024-05-03"}),
    ("Underskrift\nAvtalet undertecknades av behöriga den dag som anges i bilagan, som är 2024-05-03.", {"validity.signed": None}),
    ("Indexering\nBidraget räknas upp med KPIF, lägst 1 procent och högst två procent.", {"economy.index.series": "KPIF", "economy.index.floor": "1", "economy.index.cap": "2"}),
    ("Indexering\nErsättningen höjs varje år med tre procent och avrundas uppåt till närmaste tiotal.", {"economy.index.percent": "3", "economy.rounding.unit": "10", "economy.rounding.mode": "up"}),
    ("Indexering\nErsättningen indexeras årligen.", {"economy.index": "unspecified"}),
    ("Indexering\nErsättningen höjs varje år med 2 %. Den avrundas till närmaste krona.", {"economy.rounding.unit": None}),
    ("Indexering\nSamtliga belopp räknas upp med 2 %. Övriga poster räknas inte upp.", {"economy.index.percent": "2"}),
    ("Fakturering\nFaktura skickas till Ekeby kommun, Box 1, 123 45 EKEBY. E-faktura går bra.", {"invoicing.0.recipient": {"lines": ["Box 1"], "postal_code": "123 45", "city": "EKEBY"}, "invoicing.0.e_invoice": "possible"}),
    ("Fakturering\nFaktura ska skickas till\n\nEkeby kommun\n\n123 45 EKEBY", {"invoicing.0.recipient": {"postal_code": "123 45", "city": "EKEBY"}}),
    ("Fakturering\nFakturan märks: Projekt 7 och skickas halvårsvis. Avtalsnummer: A-77.", {"invoicing.0.marking": "Projekt 7", "invoicing.0.interval": "half_yearly", "invoicing.0.contract_reference": "A-77"}),
    ("Fakturering\nBidraget betalas i delar:\n\n1 mars 2024 100 000 kr\n1 maj 2024 100 000 kr", {"invoicing.0.instalments": None, "economy.contributions.1": None}),
    ("Fakturering\n1 mars 2024 till 1 maj 2024 100 000 kr betalas mot faktura", {"invoicing.0.instalments": None}),
    ("Uppföljning\nVarje deltagare har ett möte per år. Parterna möts varannan månad.", {"follow_up.meetings_per_year": "6"}),
    ("Uppföljning\nFörvaltningen har under 2023 haft fem möten per år.", {"follow_up.meetings_per_year": None}),
    ("Uppföljning\nRapport lämnas till nämnden en gång per år.", {"follow_up.reports_per_year": "1", "follow_up.report_to": None}),
    ("Uppföljning\nRapport lämnas till nämnden en gång per år. Den behandlas av socialnämnden.", {"follow_up.report_to": "Socialnämnden"}),
    ("Uppföljning\nFöreningen redovisar resultatet; målet är tio per år.", {"follow_up.reports_per_year": None}),
    ("Uppföljning\nUtvärdering sker 2024-05-01. Partnerskapet utvärderas.", {"follow_up.evaluation.due": "2024-05-01"}),
    ("Uppföljning\nÅr 2024-05-01 utvärderades partnerskapet.", {"follow_up.evaluation.due": None}),
    ("Uppföljning\nEn styrgrupp leder arbetet. Avtalet ses över varje år.", {"follow_up.review_every_years": "1", "follow_up.steering_group": None}),
    ("Omfattning\nHuset tar emot 30 personer åt gången och 30 personer åt gången.", {"volume.0": {"unit": "personer", "target": "30", "measure": "places"}, "volume.1": None}),
    ("Omfattning\nMålet är att under ett år nå 40 familjer.", {"volume.0": {"unit": "familjer", "target": "40", "measure": "per_year"}}),
    ("Omfattning\nSamtidigt ska minst 40 familjer nås.", {"volume.0": {"unit": "familjer", "target": "40", "measure": "places"}}),
    ("Omfattning\nMålet är 40 familjer.", {"volume.0": None}),
    ("Bakgrund\nFrågan om initiativ ska prövas. Initiativet kom från en utredning. Kommunen tog initiativet.", {"legal.initiative": "public"}),
    ("Rättsliga frågor\nKommunen har bedömt frågan. Stödet är inte statligt stöd. Ett intyg finns, från maj 2024.", {"legal.state_aid.basis": "none", "legal.procurement_assessed": None, "legal.state_aid.certificate": None}),
    ("Rättsliga frågor\nUpphandling: nämnden har den 3 maj 2024 prövat saken.", {"legal.procurement_assessed": "2024-05-03"}),
    ("Övrigt\nParterna bedömer läget den 3 maj 2024.", {"legal.procurement_assessed": None}),
    ("Kontakt\nPostadress: Ekeby kommun, 123 45 Ekeby", {"parties.ekeby.address": {"lines": ["Ekeby kommun"], "postal_code": "123 45", "city": "Ekeby"}}),
    ("Kontakt\nStorgatan 4, 123 45 Ekeby", {"parties.ekeby.address": None}),
    ('Syfte\nAvtalet ingås avseende "Nya Bryggan".', {"title": "Nya Bryggan"}),
    ("Indexering\nErsättningen räknas upp med KPI, lägst 5 och högst 2 procent.", {"economy.index.floor": "5", "economy.index.cap": None}),
    ("Indexering\nBeloppen räknas inte upp. Bidraget räknas upp med 2 %.", {"economy.index.percent": "2"}),
    ("Indexering\nBidraget räknas upp med 10 000 kronor per år.", {"economy.index.kronor": "10000"}),
    ("Indexering\nErsättningen höjs årligen med 5.000 kr.", {"economy.index.kronor": "5000", "economy.index.percent": None}),
    ("Indexering\nBidraget räknas upp med 10 000 kronor.", {"economy.index.kronor": None, "economy.index": "unspecified"}),
    ("Indexering\nBidraget räknas upp varje år med 10 000 kronor eller 2 procent.", {"economy.index.kronor": None, "economy.index.percent": "2"}),
    ("Indexering\nBidraget räknas upp med KPI, och lokalen höjs med 10 000 kronor per år.", {"economy.index.kronor": None, "economy.index.series": "KPI"}),
    ("Ekonomi\nFöreningen bidrar med lokal värd 120 000 kronor per år.\n\nIndexering\nSamtliga belopp räknas upp med 10 000 kronor per år.", {"economy.index.kronor": None}),
    ("Indexering\nBidragets värde räknas med 10 000 kronor per år och höjs.", {"economy.index.kronor": None}),
    ("Indexering\nBidraget räknas upp med 2 procent 2025, 3 % 2026 och 2,5 procent 2027.", {"economy.index.steps": {"2025": "2", "2026": "3", "2027": "2.5"}, "economy.index.percent": None}),
    ("Indexering\nErsättningen räknas upp: 2025 med 2 %, 2026 med 3 %.", {"economy.index.steps": {"2025": "2", "2026": "3"}}),
    ("Indexering\nBidraget räknas upp från 2024 med 2 % 2025 och 3 % 2026.", {"economy.index.steps": None, "economy.index.percent": "2"}),
    ("Indexering\nBidraget räknas upp med högst 2 % 2025 och 3 % 2026.", {"economy.index.steps": None}),
    ("Indexering\nBidraget räknas upp med 2 % 2025 och 3 % 2025.", {"economy.index.steps": None}),
    ("Indexering\nBidraget räknas upp varje år med 90 % av KPI.", {"economy.index.series": "KPI", "economy.index.pass_through": "90", "economy.index.percent": None}),
    ("Indexering\nBeloppet justeras med 75 procent av ändringen av konsumentprisindex.", {"economy.index.series": "KPI", "economy.index.pass_through": "75"}),
    ("Indexering\nBidraget räknas upp med 90 % av OPI och 10 % av KPI.", {"economy.index.composite.0": {"series": "OPI", "weight": "90"}, "economy.index.composite.1": {"series": "KPI", "weight": "10"}, "economy.index.series": None}),
    ("Indexering\nBidraget räknas upp med AKI till 70 % och KPI till 30 %, efter värdet föregående år, lägst med 0 %.", {"economy.index.composite.0": {"series": "AKI", "weight": "70", "lag_years": "1"}, "economy.index.composite.1": {"series": "KPI", "weight": "30", "lag_years": "1"}, "economy.index.floor": "0"}),
    ("Indexering\nBidraget räknas upp med 90 % av OPI och 20 % av KPI.", {"economy.index": "unspecified"}),
    ("Indexering\nBeloppet räknas upp med KPI för oktober närmast föregående år. Basmånad är oktober 2023.", {"economy.index.series": "KPI", "economy.index.lag_years": "1", "economy.index.base.period": "2023-10"}),
    ("Indexering\nBidraget räknas upp med PKV för oktober året före.", {"economy.index.series": "PKV", "economy.index.lag_years": "1", "economy.index.month": "10"}),
    ("Indexering\nBidraget räknas upp varje år med ändringen i KPI mellan oktober två år före och oktober året före.", {"economy.index.month": "10", "economy.index.lag_years": "1"}),
    ("Indexering\nBidraget räknas upp med oktobervärdet av PKV närmast föregående år.", {"economy.index.month": "10"}),
    ("Indexering\nBidraget räknas upp med KPI för mars och KPI för oktober året före.", {"economy.index.month": None}),
    ("Indexering\nBidraget räknas upp med PKV för oktober.", {"economy.index.series": "PKV", "economy.index.month": None}),
    ("Indexering\nBidraget räknas upp den 1 maj varje år med PKV för oktober året före.", {"economy.index.month": "10", "economy.index.raise_on": "05-01"}),
    ("Indexering\nBidraget räknas upp den 1 januari varje år med 2 %.", {"economy.index.percent": "2", "economy.index.raise_on": None}),
    ("Indexering\nBidraget räknas upp den 1 maj 2025 med 2 %.", {"economy.index.percent": "2", "economy.index.raise_on": None}),
    ("Indexering\nBeloppet räknas upp med KPI för oktober året före. Bastalet för oktober 2021 är 350,5.", {"economy.index.base.period": "2021-10", "economy.index.base.value": "350.5", "economy.index.month": None}),
    ("Indexering\nBeloppet räknas upp med KPI för oktober året före. Basindex 402,5 avser oktober 2022.", {"economy.index.base.value": "402.5"}),
    ("Indexering\nBeloppet räknas upp med KPI för oktober året före. Basmånad är oktober 2023 (418,6).", {"economy.index.base.period": "2023-10", "economy.index.base.value": "418.6"}),
    ("Indexering\nBeloppet räknas upp med KPI för oktober året före, och basmånad är oktober 2023, 90 % följer index.", {"economy.index.base.period": "2023-10", "economy.index.base.value": None}),
    ("Indexering\nBidraget räknas upp med 90 % av OPI samma år och 10 % av KPI för oktober året före.", {"economy.index.composite.0": {"series": "OPI", "weight": "90"}, "economy.index.composite.1": {"series": "KPI", "weight": "10", "lag_years": "1", "month": "10"}}),
    ("Indexering\nBidraget räknas upp med 90 % av OPI och 10 % av KPI för oktober året före.", {"economy.index.composite.0": {"series": "OPI", "weight": "90", "lag_years": "1"}, "economy.index.composite.1": {"series": "KPI", "weight": "10", "lag_years": "1", "month": "10"}}),
    ("Indexering\nBeloppet räknas upp med KPI, med oktober 2023 som basmånad.", {"economy.index.series": "KPI", "economy.index.base.period": None}),
    ("Uppföljning\nRapport lämnas. En rapport lämnas varje år till nämnden.", {"follow_up.reports_per_year": "1"}),
    ("Fakturering\nBeställarreferens: Anna.", {"invoicing.0.reference": None}),
    ("Fakturering\nFakturan skickas till\n\nKommunen\n\nRum A\n\nRum B\n\nRum C\n\nRum D\n\nBox 1\n\n123 45 EKEBY", {"invoicing.0.recipient": {"lines": ["Rum A", "Rum B", "Rum C", "Rum D", "Box 1"], "postal_code": "123 45", "city": "EKEBY"}}),
    ("Ekonomi\nBeloppen är i 2023 års priser. Kostnaden delas med 60 % på socialnämnden och 40 % på kulturnämnden.", {"economy.base_year": "2023"}),
    ("Ekonomi\nKommunen betalar 300 000 kr. Det sammanlagda värdet framgår nedan. Av 300 000 kr är det sammanlagda värdet 500 000 kr per år. Det totala värdet är 600 000 kr per år.", {"economy.stated.total": "500000"}),
    ("Giltighet\nAvtalet gäller under en tid som är två år.", {"validity.years": None}),
    ("Övrigt\nOanvända medel får föras över till nästa år.", {"economy.unspent": "carry_over"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=range(len(CASES)))
def test_a_clause(text: str, expected: dict[str, object]) -> None:
    """What it states, and what it does not."""
    found = told(GIVEN + text)

    assert {path: found.get(path) for path in expected} == expected


ROWS = [
    ("Kommunen står för 300 000 kr per år, och föreningen står för resten.", [("ekeby", {"amount": "300000"}), ("bryggan", {"remainder": None})]),
    ("Föreningen erhåller 200 000 kr per år från kommunen.", [("ekeby", {"amount": "200000"})]),
    ("Bidraget uppgår till 250 000 kr per år.", [("ekeby", {"amount": "250000"})]),
    ("Någon betalar 250 000 kr per år.", []),
    ("Kommunen köpte platser för 250 000 kr per år.", []),
    ("Kommunen betalar 250 000 kr.", [("ekeby", {"amount": "250000"})]),
    ("Kommunen betalar 20 000 kr per kvartal.", [("ekeby", {"unit": "kvartal", "units": "4", "unit_price": "20000"})]),
    ("Kommunen betalar 250 000 kr per år till lokal och fika.", [("ekeby", {"item": "Bidrag till lokal", "amount": "250000"})]),
    ("Föreningens andel av kommunen är 250 000 kr per år.", [("bryggan", {"amount": "250000"})]),
    ("Kommunen upplåter en sal utan avgift. Föreningen ger 400 timmar per år.", [("ekeby", {"item": "En sal", "form": "in_kind"}), ("bryggan", {"hours_per_year": "400"})]),
    ("Föreningen upplåter en sal utan avgift. Ingen ger 400 timmar per år.", []),
    ("Kommunen ställer lokalen till förfogande. Värdet av lokalen är 50 000 kr per år.", [("ekeby", {"item": "Lokalen", "form": "in_kind", "amount": "50000"})]),
    ("Kommunen: lokal 50 000 kr\nFöreningen: personal, 100 timmar à 200 kr 20 000 kr", [("ekeby", {"item": "Lokal", "amount": "50000"}), ("bryggan", {"item": "Personal", "hours_per_year": "100", "unit_price": "200"})]),
    ("Kommunen\nPersonal, 0,5 årsarbetare 250 000 kr\nTotalt 250 000 kr", [("ekeby", {"amount": "250000"})]),
    ("Kommunen\nPersonal                 250 000\nTräffar per år           12\nDelsumma                 240 000", [("ekeby", {"item": "Personal", "amount": "250000"})]),
    ("Bidrag                  Kommunen        Föreningen\nPersonal                250 000         100 000\nLokal                   50 000          –\nSumma                   300 000         100 000", [("ekeby", {"item": "Personal", "amount": "250000"}), ("bryggan", {"item": "Personal", "amount": "100000"}), ("ekeby", {"item": "Lokal", "amount": "50000"})]),
    ("Part            Insats          Form          kr\nKommunen        Bidrag          kontant       250 000\nFöreningen      Lokal           natura        50 000", [("ekeby", {"item": "Bidrag", "amount": "250000"}), ("bryggan", {"item": "Lokal", "amount": "50000"})]),
    ("Kommunen\nVerksamhetsstöd\n250 000 kr\nFöreningen\nLokal 50 000 kr", [("ekeby", {"item": "Verksamhetsstöd", "amount": "250000"}), ("bryggan", {"item": "Lokal", "amount": "50000"})]),
    ("Beloppen anges i tkr:\nKommunen        250\nFöreningen      50", [("ekeby", {"amount": "250000"}), ("bryggan", {"amount": "50000"})]),
    ("Kommunen: lokal 50 000 kr\nFöreningen: personal 20 000 kr\n\nKommunen upplåter en lokal utan avgift. Kommunen betalar 50 000 kr per år. Kommunen betalar 70 000 kr per år. Föreningen bidrar med 900 kr per år.", [("ekeby", {"form": None, "amount": "50000"}), ("bryggan", {"amount": "20000"})]),
    ("Kommunen: handledare 50 000 kr\nFöreningen: ledare, 300 timmar 20 000 kr\n\nHandledaren är kommunens insats i natura. Föreningen ger 300 timmar per år.", [("ekeby", {"form": "in_kind"}), ("bryggan", {"hours_per_year": "300"})]),
    ("Föreningen bidrar med 40 000 kr per år. Kommunen bidrar med 40 000 kr per år till hyra.", [("bryggan", {"amount": "40000"}), ("ekeby", {"amount": "40000"})]),
    ("Rubrik             kr per år\nNamn               Adress\nKommunen: lokal    50 000\n\n60 000 kr", [("ekeby", {"amount": "50000"})]),
    ("Kommunen betalar 300 000 kr per år. Kommunen anger återstoden senare.", [("ekeby", {"amount": "300000"})]),
    ("Kommunen\nLokal 50 000 kr\nSumma 50 000 kr\nFöreningen\nLedare 20 000 kr\nSumma 20 000 kr\nTotalt 70 000 kr\nTotalt 80 000 kr", [("ekeby", {"amount": "50000"}), ("bryggan", {"amount": "20000"})]),
    ("Kommunen: lokal 50 000 kr\n\nFöreningen bidrar med 20 000 kr per år.", [("ekeby", {"amount": "50000"}), ("bryggan", {"amount": "20000"})]),
    ("Kommunen betalar 300 000 kr per år. Summan höjs varje år med 2 %. Föreningen bidrar med lokal till ett värde av 20 000 kr per år. Egna insatser räknas inte upp.", [("ekeby", {"indexed": None}), ("bryggan", {"indexed": "false"})]),
    ("Kommunen            250 000 kr årligen", [("ekeby", {"amount": "250000"})]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=range(len(ROWS)))
def test_rows(text: str, expected: list[tuple[str, dict[str, str]]]) -> None:
    """Whose they are, what they are for, and how much."""
    end = "\n\nGiltighet\nAvtalet gäller 2024-01-01 till 2025-12-31."
    data = drafted(f"{OPENING}Ekonomi\n{text}{end}").drafts[0].data
    found = data["economy"]["contributions"]

    assert [
        (row["party"], {key: row.get(key) for key in wanted})
        for row, (_, wanted) in zip(found, expected, strict=True)
    ] == expected


# ------------------------------------------------------------------ parties
PARTIES = [
    (
        "Parter\n212000-7048          Ekeby kommun\n802471-3060          Bryggan i Ekeby",
        [("public", "Ekeby kommun"), ("civil", "Bryggan i Ekeby")],
    ),
    (
        "Parter\n\nEkeby kommun\n\n212000-7048\n\nFöreningen Bryggan, 934 11 Ekeby, org.nr 802471-3060. Bankgiro 802471-3060.",
        [("public", "Ekeby kommun"), ("civil", "Föreningen Bryggan")],
    ),
    (
        "212000-7048\n\nAvtal mellan Ekeby kommun och andra. Det tecknas med Bryggan.\n\nEkeby kommun och Kvinnojouren Bryggan har ingått detta avtal.",
        [("public", "Ekeby kommun"), ("civil", "Kvinnojouren Bryggan")],
    ),
    (
        "Avtal mellan Ekeby kommun (genom nämnden), org.nr 212000-7048, samt Kvinnojouren Eken, org.nr 802471-3060, Mansjouren Eken, org.nr 802530-9173, samt Bryggans Vänner, Storgatan 9, 934 11 Ekeby. Ekeby kommun har org.nr 212000-7048.",
        [("public", "Ekeby kommun"), ("civil", "Kvinnojouren Eken"), ("civil", "Mansjouren Eken"), ("civil", "Bryggans Vänner")],
    ),
    (
        "1. Bakgrund\nRegion Norr, org.nr 232100-9280, och Region Syd, org.nr 212000-7048, avtalar med Bryggan, org.nr 802471-3060, Bryggans Hus, org.nr 802530-9173.\n\nEkonomi\nRegion Norr sänder underlag. Bryggan fakturerar med referens A1. Bankgiro 640-9189. Bryggans bankgiro är 9021-7738. Bryggan är samordnande part.",
        [("public", "Region Norr"), ("public", "Region Syd"), ("civil", "Bryggan"), ("civil", "Bryggans Hus")],
    ),
    (
        "Ekeby kommun, 212000-7048\n\nParter är Eken, 802471-3060, och Linden, 802530-9173. Kommunen är samordnande part.\n\nFakturering\nFaktura skickas med referens A1. Plusgiro 28 65 43-4.",
        [("public", "Ekeby kommun"), ("civil", "Eken"), ("civil", "Linden")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PARTIES, ids=range(len(PARTIES)))
def test_parties(text: str, expected: list[tuple[str, str]]) -> None:
    """By number, by what they are said to do, and by their place beside others."""
    end = "\n\nGiltighet\nAvtalet gäller 2024-01-01 till 2025-12-31."
    data = drafted(f"{text}{end}").drafts[0].data

    assert [(each["role"], each["name"]) for each in data["parties"].values()] == expected


def test_an_address_in_the_edge_of_a_page_is_nobodys() -> None:
    """Unless it says that it is where post goes."""
    edge = "Ekeby kommun, Storgatan 4, 123 45 Ekeby"
    text = f"{edge}\n\n{OPENING}\f{edge}\n\nGiltighet\nAvtalet gäller tills vidare från 2024-01-01."

    assert "address" not in drafted(text).drafts[0].data["parties"]["ekeby"]


def test_two_parties_never_bear_one_handle() -> None:
    """Nothing is taken over then."""
    known = Register()
    known.add("ekeby-2020", {"a": {"role": "civil", "name": "Eken", "org_number": "802471-3060"}})
    facts = [
        Fact(("parties", handle, key), value)
        for handle, key, value in (
            ("x", "role", "civil"),
            ("x", "org_number", "802471-3060"),
            ("y", "role", "civil"),
            ("y", "name", "Eken"),
        )
    ]

    assert [*taken_over(facts, known)] == facts


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("Bryggan Eken", []),
        (
            "Bryggan\nEken\n900 tkr 1 000 tkr\nSteget\nLinden 400 tkr 200 tkr\nStigen\nBoken: 400 tkr",
            [],
        ),
        (
            "Bryggan\nEken\n900 tkr 500 tkr\nSteget\nLinden 400 tkr 200 tkr\nStigen\nBoken",
            ["Bryggan", "Steget"],
        ),
    ],
)
def test_a_list_of_partnerships(table: str, expected: list[str]) -> None:
    """Is one where each has its two figures, of which the own is the smaller."""
    prose = "Här står en lång text om vad som har hänt i verksamheten under det gångna året och vad som väntar under det nästa."
    told = "".join(f"\n\n{name}\n{prose}" for name in ("Bryggan", "Steget", "Stigen"))
    text = f"{OPENING}Ärendet\nIOP Förening Värde Kostnad\n{table}\n\nUppföljning{told}\n\nGiltighet\nAvtalet gäller 2024-01-01 till 2025-12-31."
    found = [each.data["title"] for each in drafted(text).drafts]

    assert (found if len(found) > 1 else []) == expected


def test_only_the_first_doubts_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are counted."""
    monkeypatch.setattr(overview, "MOST_DOUBTS", 0)
    told = [
        *overview.overview(
            drafted(f"{OPENING}Giltighet\nAvtalet gäller tills vidare från 2024-01-01.").drafts[0]
        )
    ]

    assert told[-1] == "  and 1 more doubts, marked # ?"


def test_a_sum_of_several_parties_is_compared() -> None:
    """Where it differs from their rows, that is a doubt."""
    text = OPENING.replace(", och Föreningen", ", Eken, org.nr 802530-9173, och Föreningen")
    rows = (
        "Ekonomi\nEken: lokal 50 000 kr\nBryggan: personal 20 000 kr\nSumma föreningarna 80 000 kr"
    )
    doubts = drafted(f"{text}{rows}").drafts[0].doubts

    assert "angiven delsumma 80\xa0000 skiljer sig från radernas 70\xa0000" in [
        each.told for each in doubts
    ]
