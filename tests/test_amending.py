"""New amounts from a day on: what they become, and that what was before stays as it was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.case.case import Case
from iopctl.check.portfolio import Document, document
from iopctl.config import DEFAULT, Series
from iopctl.drafting import logbook
from iopctl.drafting.amending import amended
from iopctl.errors import Refused, UserError
from iopctl.input import Input
from iopctl.money import total
from iopctl.source.spelling import flow
from tests.conftest import AGREEMENT

if TYPE_CHECKING:
    from iopctl.case.figure import Figure
    from iopctl.drafting.repricing import Data
    from tests.conftest import AgreementText

TODAY = date(2024, 11, 1)
ECONOMY = """
economy:
  base_year: 2024
  index: {percent: 2}
  stated: {total: 1000100, by_party: {kommunen: 500000, foreningen: 500100}, public_cash: 400000, period_total: 1}
  contributions:
    - {party: kommunen, item: Samordnare, amount: 400000}
    - {party: kommunen, item: Lokal, form: in_kind, amount: 100000, indexed: false}
    - {party: foreningen, item: Ideell tid, hours_per_year: 1000, unit_price: 200.10}
    - {party: foreningen, item: Drift, remainder: true}
    - {party: kommunen, item: Start, total: 24000, spread: months, indexed: false}
    - {party: kommunen, item: Inventarier, total: 50000}
"""


def opened(text: str) -> Document:
    """Return a text as an agreement, which it must be."""
    found = document(Input("a.yaml", text.encode()))

    assert found.diagnostics == ()
    return found


def new_economy(
    text: str,
    effective: date,
    percent: str = "0",
    rows: dict[str, str] | None = None,
    series: dict[str, Series] | None = None,
) -> Data:
    """Return the economy of an amendment."""
    found = opened(text)

    assert found.agreement
    assert found.source
    return amended(
        Case(found.agreement, TODAY, DEFAULT.model_copy(update={"index": series or {}})),
        found.source.data or {},
        effective,
        percent=Decimal(percent),
        rows={name: Decimal(amount) for name, amount in (rows or {}).items()},
    )


def row(economy: Data, item: str) -> Data:
    """Return a row by its item."""
    return next(each for each in economy["contributions"] if each.get("item") == item)


def test_amounts_are_those_of_the_year_in_which_they_begin(agreement_text: AgreementText) -> None:
    """Raised by the index till then, and rounded as a budget is; hours keep their number."""
    economy = new_economy(agreement_text(ECONOMY), date(2026, 1, 1))

    assert economy["base_year"] == "2026"
    assert economy["index"] == {"percent": "2"}
    assert row(economy, "Samordnare")["amount"] == "416160"
    assert row(economy, "Lokal")["amount"] == "100000"
    assert row(economy, "Ideell tid")["unit_price"] == "208.18"
    assert row(economy, "Ideell tid")["hours_per_year"] == "1000"


def test_the_raise_comes_on_top_of_the_index(agreement_text: AgreementText) -> None:
    """Also where a row is not indexed; a total for the whole period is not raised."""
    economy = new_economy(agreement_text(ECONOMY), date(2025, 1, 1), percent="10")

    assert row(economy, "Samordnare")["amount"] == "448800"
    assert row(economy, "Lokal")["amount"] == "110000"
    assert row(economy, "Ideell tid")["unit_price"] == "224.51"
    assert row(economy, "Start")["total"] == "24000"


def test_stated_sums_follow_the_rows(agreement_text: AgreementText) -> None:
    """What remains is still what remains; the whole period's sum is no more what was stated."""
    text = agreement_text(ECONOMY.partition("    - {party: kommunen, item: Start")[0])
    economy = new_economy(text, date(2025, 1, 1), percent="10")

    assert economy["stated"] == {
        "total": "1119910",
        "by_party": {"kommunen": "558800", "foreningen": "561110"},
        "public_cash": "448800",
    }
    assert row(economy, "Drift") == {"party": "foreningen", "item": "Drift", "remainder": "true"}


def test_a_stated_sum_of_what_is_unknown_is_raised_as_it_is(agreement_text: AgreementText) -> None:
    """Beside a total for the whole period, what remains of a year is not known."""
    economy = new_economy(agreement_text(ECONOMY), date(2025, 1, 1), percent="10")

    assert economy["stated"] == {
        "total": "1122112",
        "by_party": {"kommunen": "558800", "foreningen": "561112"},
        "public_cash": "448800",
    }


def test_a_row_is_given_its_amount(agreement_text: AgreementText) -> None:
    """In place of whatever priced it."""
    rows = {"Samordnare": "500000", "foreningen: Ideell tid": "250000.50"}
    economy = new_economy(agreement_text(ECONOMY), date(2025, 1, 1), rows=rows)

    assert row(economy, "Samordnare")["amount"] == "500000"
    assert row(economy, "Ideell tid") == {
        "party": "foreningen",
        "item": "Ideell tid",
        "hours_per_year": "1000",
        "amount": "250000.50",
    }
    assert economy["stated"]["by_party"]["kommunen"] == "600000"


def test_what_has_ended_stays_behind_and_a_total_keeps_its_days(
    agreement_text: AgreementText,
) -> None:
    """It stands in the terms before; a total that goes on is for the same days, or months."""
    text = agreement_text(ECONOMY).replace(
        "indexed: false}\n    - {party: foreningen", "end: 2024-12-31}\n    - {party: foreningen"
    )
    economy = new_economy(text, date(2025, 1, 1))

    assert [each["item"] for each in economy["contributions"]] == [
        "Samordnare",
        "Ideell tid",
        "Drift",
        "Start",
        "Inventarier",
    ]
    assert row(economy, "Start") == {
        "party": "kommunen",
        "item": "Start",
        "total": "24000",
        "spread": "months",
        "indexed": "false",
        "start": "2024-01-01",
        "end": "2025-12-31",
    }
    assert row(economy, "Inventarier") == {
        "party": "kommunen",
        "item": "Inventarier",
        "total": "50000",
        "start": "2024-01-01",
        "end": "2025-12-31",
    }
    assert economy["stated"]["public_cash"] == "408000"


@pytest.mark.parametrize(
    ("total", "validity"),
    [
        ("total: 50000, end: 2024-12-31", "start: 2024-01-01, end: 2025-12-31"),
        ("total: 50000", "start: 2024-01-01, end: open"),
    ],
)
def test_a_total_that_is_over_or_has_no_end_stays_behind(
    agreement_text: AgreementText, total: str, validity: str
) -> None:
    """Nothing of it is for the days of the new terms, as far as anybody knows."""
    text = agreement_text(ECONOMY.replace("total: 50000", total))
    text = text.replace("start: 2024-01-01, end: 2025-12-31", validity)
    economy = new_economy(text, date(2025, 1, 1))

    assert "Inventarier" not in [each["item"] for each in economy["contributions"]]


def test_amounts_of_years_to_come_are_raised_by_the_percent_alone(
    agreement_text: AgreementText,
) -> None:
    """They are no index's; those of years that have passed stay as they are."""
    economy = "economy: {index: {percent: 2}, stated: {total: 5}, contributions: [{party: kommunen, by_year: {2024: 100, 2025: 110, 2026: 120.50}}]}"
    text = agreement_text(economy)

    assert new_economy(text, date(2025, 1, 1))["contributions"][0]["by_year"] == {
        "2024": "100",
        "2025": "110",
        "2026": "120.50",
    }
    raised = new_economy(text, date(2025, 1, 1), percent="10")
    assert raised["contributions"][0]["by_year"] == {"2024": "100", "2025": "121", "2026": "133"}
    assert raised["stated"] == {"total": "6"}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Städning", "--row Städning: no row is called so: write one of: kommunen: Samordnare; kommunen: Lokal; foreningen: Ideell tid; foreningen: Drift; kommunen: Start; kommunen: Inventarier"),
        ("kommunen", "--row kommunen: 4 rows are called so"),
        ("Start", "--row Start: the row states a total for the whole period, and no amount a year"),
    ],
)  # fmt: skip
def test_a_row_is_told_by_what_it_alone_is_called(
    agreement_text: AgreementText, name: str, message: str
) -> None:
    """Item, party, or both."""
    with pytest.raises(UserError) as refused:
        new_economy(agreement_text(ECONOMY), date(2025, 1, 1), rows={name: "1"})

    assert str(refused.value).startswith(message)


def test_a_row_without_an_item_is_called_by_its_parties(agreement_text: AgreementText) -> None:
    """All of them, where it is from several."""
    text = agreement_text(
        "economy: {contributions: [{party: kommunen, amount: 1}, {party: [foreningen, kommunen], amount: 1}]}"
    )
    economy = new_economy(
        text, date(2025, 1, 1), rows={"kommunen": "5", "foreningen+kommunen": "6"}
    )

    assert [each["amount"] for each in economy["contributions"]] == ["5", "6"]


def test_a_sum_without_a_value_is_none(agreement_text: AgreementText) -> None:
    """It is as if it were not there."""
    text = agreement_text(
        "economy: {stated: {total: }, contributions: [{party: kommunen, amount: 1, note: }]}"
    )

    assert new_economy(text, date(2025, 1, 1)) == {
        "contributions": [{"party": "kommunen", "amount": "1"}]
    }


def test_a_missing_index_value_is_told(agreement_text: AgreementText) -> None:
    """A figure without it would be a guess; a row that is not indexed needs none."""
    text = agreement_text(
        "economy: {index: {series: AKI}, stated: {total: 7}, contributions: [{party: kommunen, amount: 100}]}"
    )
    known = Series.model_validate({"unit": "percent", "values": {"2025": "5"}})

    with pytest.raises(Refused, match=r"exempel-2024: index series AKI is not in iopctl\.toml"):
        new_economy(text, date(2025, 1, 1))
    assert new_economy(text, date(2025, 1, 1), series={"AKI": known})["stated"] == {"total": "105"}
    not_indexed = text.replace("amount: 100}", "indexed: false, by_year: {2024: 5}}")
    assert new_economy(not_indexed, date(2025, 1, 1))["stated"] == {"total": "7"}


def test_a_later_amendment_builds_on_an_earlier(agreement_text: AgreementText) -> None:
    """On the terms in force on its day."""
    earlier = "log: [{date: 2024-02-01, event: amendment, effective: 2024-07-01, terms: {economy: {contributions: [{party: kommunen, amount: 900}]}}}]"
    text = agreement_text(earlier)

    assert new_economy(text, date(2025, 1, 1), percent="10")["contributions"] == [
        {"party": "kommunen", "amount": "990"}
    ]
    assert len(new_economy(text, date(2024, 6, 30))["contributions"]) == 2


def test_prices_before_the_base_year_are_those_of_the_base_year(
    agreement_text: AgreementText,
) -> None:
    """An index never goes back."""
    text = agreement_text(ECONOMY.replace("base_year: 2024", "base_year: 2026"))
    economy = new_economy(text, date(2025, 1, 1))

    assert (economy["base_year"], row(economy, "Samordnare")["amount"]) == ("2026", "400000")


# ------------------------------------------------------------------ what was before
amounts = st.integers(0, 10_000_000).map(str) | st.decimals(
    0, 10_000_000, places=2, allow_nan=False
).map(str)
rows = st.one_of(
    st.fixed_dictionaries({"amount": amounts}),
    st.fixed_dictionaries({"hours_per_year": st.integers(1, 2000).map(str), "unit_price": amounts}),
    st.fixed_dictionaries({"total": amounts, "spread": st.just("months")}),
    st.fixed_dictionaries({"total": amounts}),
    st.fixed_dictionaries({"by_year": st.fixed_dictionaries({"2024": amounts, "2025": amounts})}),
    st.just({}),
)
economies = st.lists(
    st.tuples(st.sampled_from(["kommunen", "foreningen"]), rows), min_size=1, max_size=4
)


def figures(text: str) -> list[Figure]:
    """Return the decided figures of a text."""
    found = opened(text)

    assert found.agreement
    sheet = Case(found.agreement, TODAY)
    return [each for each in sheet.all_figures if each.state == "decided"]


def written(economy: Data) -> str:
    """Return an agreement of three years and a half with an economy."""
    start = f"{AGREEMENT}\n".partition("validity")[0]
    return f"{start}validity: {{start: 2024-01-01, end: 2027-06-30}}\neconomy: {flow(economy)}\n"


def with_amendment(text: str, effective: date, economy: Data) -> str:
    """Return a text with another economy from a day on."""
    found = opened(text)
    parts: Data = {"effective": effective.isoformat(), "terms": {"economy": economy}}

    assert found.source
    assert found.agreement
    event = logbook.event("amendment", "2024-02-01", parts)
    return logbook.logged(found.source, found.agreement, event)


@given(
    economies,
    st.sampled_from(["0", "2", "3.75"]),
    st.dates(date(2024, 1, 2), date(2027, 6, 29)),
    st.sampled_from(["0", "5", "-3.5"]),
)
def test_the_budget_before_is_as_it_was(
    rows_: list[tuple[str, Data]], index: str, effective: date, percent: str
) -> None:
    """Year by year; and in the year of the change as if nothing had changed."""
    numbered = [
        {"party": party, "item": f"Rad {number}", **row}
        for number, (party, row) in enumerate(rows_)
    ]
    old = {"base_year": "2024", "index": {"percent": index}, "contributions": numbered}
    text = written(old)
    after = figures(with_amendment(text, effective, new_economy(text, effective, percent=percent)))
    unchanged = figures(with_amendment(text, effective, old))
    ahead = [each for each in figures(text) if not each.year or each.year < effective.year]

    assert [each.amount for each in after if not each.year or each.year < effective.year] == [
        each.amount for each in ahead
    ]
    assert [each.amount for each in after if each.terms.first is None] == [
        each.amount for each in unchanged if each.terms.first is None
    ]


@given(amounts, st.dates(date(2024, 1, 2), date(2027, 6, 29)))
def test_a_total_that_is_spread_is_paid_once(whole: str, effective: date) -> None:
    """Whatever the day on which the terms change."""
    row_ = {"party": "kommunen", "total": whole, "spread": "months"}
    text = written({"contributions": [row_]})
    after = figures(with_amendment(text, effective, new_economy(text, effective, percent="5")))

    assert total(each.amount or Decimal(0) for each in after) == Decimal(whole)
