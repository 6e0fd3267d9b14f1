"""The agreement's own text: each kind of raise, row, payment and validity as a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from iopctl.money import NBSP
from iopctl.papers import contract
from iopctl.papers.texts import none
from tests.test_budget import case_of

DAY = date(2026, 11, 30)
PARTIES = (
    "id: huset\ntitle: Huset\nparties: {kommunen: {role: public, name: Exempels kommun},"
    " huset: {role: civil, name: Huset}}\n"
)
ROWS = "[{party: kommunen, item: Hyra, amount: 100}, {party: huset}]"
DAYS = "validity: {start: 2022-01-01, end: 2026-12-31}\n"


def written(text: str) -> str:
    """Return the text of an agreement whose blocks beside the head are *text*."""
    found = contract.markdown(case_of(PARTIES + text, DAY), none("t.md"))
    return found.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("index", "told"),
    [
        ("{percent: 2.5}", "vid varje årsskifte med 2,5 % per år."),
        ("{percent: 2, compound: rounded}",
         "vid varje årsskifte med 2 % per år, räknat på föregående års avrundade belopp."),
        ("{steps: {2023: 2, 2024: 0, 2025: 3.5}}",
         "vid varje årsskifte med 2 % för 2023, 0 % för 2024 och 3,5 % för 2025."),
        ("{series: AKI, pass_through: 80}",
         "vid varje årsskifte med 80 % av förändringen i index AKI."),
        ("{series: PKV, month: 10, lag_years: 1, raise_on: 05-01, cap: 5, floor: 0}",
         "den 1 maj varje år med förändringen i index PKV (värdet för oktober året före),"
         " högst 5 % per år, lägst 0 % per år."),
        ("{series: LPIK, lag_years: 2}",
         "vid varje årsskifte med förändringen i index LPIK (värdet för två år före)."),
        ("{series: KPI, base: {period: 2021-10, value: 350.5}, lag_years: 1, pass_through: 75}",
         "vid varje årsskifte med 75 % av förändringen i index KPI sedan bastalet 350,5 för"
         " oktober 2021 (värdet för oktober året före)."),
        ("{series: KPI, base: {period: 2021}, base_is_floor: true}",
         "vid varje årsskifte med förändringen i index KPI sedan bastalet för 2021, aldrig under"
         " basårets belopp."),
        ("{composite: [{series: OPI, weight: 90}, {series: KPI, weight: 10, lag_years: 1, month: 10}]}",
         "vid varje årsskifte med den sammanvägda förändringen i index: 90 % av OPI och 10 % av"
         " KPI (värdet för oktober året före)."),
        ("{composite: [{series: OPI, weight: 50}, {series: KPI, weight: 50}], pass_through: 80}",
         "vid varje årsskifte med 80 % av den sammanvägda förändringen i index: 50 % av OPI och"
         " 50 % av KPI."),
    ],
)  # fmt: skip
def test_each_kind_of_index_is_a_clause(index: str, told: str) -> None:
    """With its share, the value that counts, its bounds, and the day."""
    text = f"{DAYS}economy: {{index: {index}, contributions: {ROWS}}}\n"

    assert f"Beloppen är för ett år, i 2022 års priser. Beloppen räknas upp {told}\n" in written(
        text
    )


def test_an_index_of_a_row_alone_names_it() -> None:
    """Kronor are of one row; how an unspecified one is reckoned is for the parties."""
    rows = (
        "[{party: kommunen, item: Hyra, amount: 100, index: {kronor: 1500}},"
        " {party: huset, item: Tid, amount: 5, index: unspecified}]"
    )

    assert (
        "Beloppet för Hyra räknas upp vid varje årsskifte med 1 500 kr per år."
        " Beloppet för Tid räknas upp. Hur det görs bestäms av parterna."
    ) in written(f"{DAYS}economy: {{contributions: {rows}}}\n")


def test_rows_say_what_is_known_of_their_amounts() -> None:
    """Numbers that differ by year, and what has no price."""
    rows = (
        "[{party: kommunen, item: Bidrag, unit: invånare, unit_price: 6,"
        " units_by_year: {2022: 1000, 2023: 1010}},"
        " {party: kommunen, item: Kurs, unit_price: 9, units_by_year: {2022: 3}},"
        " {party: huset, item: Kansli}]"
    )
    found = written(f"{DAYS}economy: {{contributions: {rows}}}\n")

    assert (
        "| 1 000 invånare 2022 och 1 010 invånare 2023 à 6 kr | kontant | 6 kr × antal invånare |"
        in found
    )
    assert "| 3 st 2022 à 9 kr | kontant | 9 kr × antal enheter |" in found
    assert "| Huset | Kansli |  | i natura | utan belopp |" in found
    assert "där inget annat sägs.\n" in found


@pytest.mark.parametrize(
    ("economy", "block", "told"),
    [
        ("label: bidrag, ", "method: payout, interval: quarterly, timing: advance",
         "betalar ut bidraget till Huset varje kvartal i förskott, utan faktura."),
        ("", "method: payout", "betalar ut pengarna till Huset, utan faktura."),
    ],
)  # fmt: skip
def test_money_without_invoices_is_paid_out(economy: str, block: str, told: str) -> None:
    """Nobody invoices it."""
    found = written(
        f"{DAYS}economy: {{{economy}contributions: {ROWS}}}\n"
        f"invoicing: {{seller: huset, buyer: kommunen, {block}}}\n"
    )

    assert f"## Utbetalning\n\nExempels kommun {told}\n" in found
    assert "## Fakturering" not in found


@pytest.mark.parametrize(
    ("validity", "told"),
    [
        ("{signed: 2020-10-29, years: 3}", "Överenskommelsen gäller i tre år.\n\n**"),
        ("{end: 2027-05-31}", "Överenskommelsen gäller till och med den 31 maj 2027.\n\n**"),
        ("{start: 2023-07}", "Överenskommelsen gäller från och med juli 2023.\n\n**"),
        ("{start: 2023, end: 2025, extension: {kind: unspecified}}",
         "Överenskommelsen gäller från och med 2023 till och med 2025.\n\n**"),
        ("{start: 2023, end: 2025, extension: {kind: unspecified, years: 1}}",
         "till och med 2025.\nDen kan förlängas med ett år i taget."),
        ("{start: 2023, end: 2025, extension: {kind: automatic, years: 1}}",
         "Den förlängs av sig själv med ett år i taget om ingen säger upp den."),
    ],
)  # fmt: skip
def test_validity_says_what_is_known(validity: str, told: str) -> None:
    """What is not known is left to be written, and no extension is made up."""
    found = written(f"validity: {validity}\neconomy: {{contributions: {ROWS}}}\n")

    assert told in found
