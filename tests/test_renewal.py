"""The agreement that follows another one: its days, its prices, and what is left out of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl.case.case import Case
from iopctl.check.portfolio import Document, document
from iopctl.config import DEFAULT, Series
from iopctl.drafting.renewal import RenewedDays, following, questions, renewed
from iopctl.errors import Refused, UserError
from iopctl.input import Input

if TYPE_CHECKING:
    from tests.conftest import AgreementText, Golden

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)
SERIES = {
    "AKI": Series.model_validate({"unit": "percent", "values": dict.fromkeys(map(str, range(2000, 2040)), "2")}),
    "PKV": Series.model_validate({"unit": "percent", "values": dict.fromkeys(map(str, range(2000, 2040)), "2")}),
    "KPI": Series.model_validate({"unit": "level", "values": {str(year): str(year - 1900) for year in range(2000, 2040)}}),
}  # fmt: skip
FIXTURES = sorted((ROOT / "tests" / "fixtures").glob("*.yaml"))
OLD = """
validity: {signed: 2023-11, start: 2024-01-01, years: 2, notice_by: 2025-06-30}
economy:
  base_year: 2024
  index: {percent: 2}
  contributions:
    - {party: kommunen, item: Bidrag, amount: 100000}
    - {party: kommunen, item: Start, amount: 5000, end: 2024-12-31}
    - {party: foreningen, item: Lokal, amount: 50000, start: 2024-07, end: 2025-12-31}
    - {party: foreningen, item: Ideell tid, amount: 50000, start: 2026-07}
invoicing:
  - {seller: foreningen, buyer: kommunen, end: 2024-06-30, label: Förr}
  - {seller: foreningen, buyer: kommunen, start: 2024-07-01, label: Nu, instalments: [{date: 2024-07-01, amount: 5, period: 2024}]}
follow_up: {settled_until: 2024-12-31, evaluation: {due: 2025-05}}
dnr: SN 2023-1
log:
  - {date: 2024-05-14, event: meeting}
"""


def opened(text: str) -> Document:
    """Return a text as an agreement, which it must be."""
    found = document(Input("a.yaml", text.encode()))

    assert found.diagnostics == ()
    return found


def seen(text: str, as_of: date = TODAY) -> Case:
    """Return where the agreement of a text stands."""
    found = opened(text).agreement

    assert found
    return Case(found, as_of, DEFAULT.model_copy(update={"index": SERIES}))


def follower(text: str, days: RenewedDays, *, draft: bool = True, as_of: date = TODAY) -> str:
    """Return the text of the agreement `ny` that follows."""
    source = opened(text).source

    assert source
    return renewed(source, seen(text, as_of), "ny", days, draft=draft)


# ------------------------------------------------------------------ the days
@pytest.mark.parametrize(
    ("validity", "first", "last"),
    [
        ("start: 2024-01-01, end: 2025-12-31", "2026-01-01", "2027-12-31"),
        ("start: 2024-02-01, end: 2025-01-31", "2025-02-01", "2026-01-31"),
        ("start: 2024-02-15, years: 1", "2025-02-15", "2026-02-14"),
        ("start: 2024-09-15, end: 2025-06-30", "2025-07-01", "2026-04-15"),
    ],
)
def test_it_holds_as_long_as_the_old_one_did(
    agreement_text: AgreementText, validity: str, first: str, last: str
) -> None:
    """From the day after; in months where those are whole, else in days."""
    days = following(seen(agreement_text(f"validity: {{{validity}}}")))

    assert days == (date.fromisoformat(first), date.fromisoformat(last))


def test_an_extension_does_not_count_for_the_length(agreement_text: AgreementText) -> None:
    """It begins after the end that holds, and lasts as the old one did at first."""
    text = agreement_text("log: [{date: 2025-05-01, event: extension, until: 2028-12-31}]")

    assert following(seen(text)) == (date(2029, 1, 1), date(2030, 12, 31))


def test_the_days_may_be_told(agreement_text: AgreementText) -> None:
    """By first and last day, by years, or till further notice."""
    old, start = seen(agreement_text()), date(2026, 3, 1)

    assert following(old, start, years=3) == (start, date(2029, 2, 28))
    assert following(old, start, date(2026, 12, 31)) == (start, date(2026, 12, 31))
    assert following(old, is_open=True) == (date(2026, 1, 1), None)


@pytest.mark.parametrize(
    ("validity", "end", "message"),
    [
        ("start: 2024-01-01, end: open", None, "exempel-2024 has no end: say when the new one begins with --start"),
        ("start: 2024-01-01", None, "when exempel-2024 ends is not known: say when the new one begins with --start"),
        ("end: 2025-12-31", None, "how long exempel-2024 was to hold is not known: give --years or --end"),
        ("end: 2025-12-31", date(2025, 12, 31), "--end 2025-12-31 is before 2026-01-01, when the new agreement begins"),
    ],
)  # fmt: skip
def test_days_that_are_not_known_are_asked_for(
    agreement_text: AgreementText, validity: str, end: date | None, message: str
) -> None:
    """None is guessed."""
    with pytest.raises(UserError) as refused:
        following(seen(agreement_text(f"validity: {{{validity}}}")), end=end)

    assert str(refused.value) == message


# ------------------------------------------------------------------ the text
@pytest.mark.parametrize("name", ["stadsmissionen-2024", "ikf-2023"])
def test_a_whole_agreement_is_renewed(golden: Golden, name: str) -> None:
    """In the prices of its first year; comments, order and spelling are the old one's."""
    text = (ROOT / "agreements" / f"{name}.yaml").read_text("utf-8")

    golden(f"renewal/{name}.yaml", follower(text, following(seen(text))))


def test_what_was_of_the_old_one_alone_is_left_out(
    golden: Golden, agreement_text: AgreementText
) -> None:
    """Rows and invoicing that had ended, days that have passed, instalments, and the log."""
    text = agreement_text(OLD)

    golden("renewal/left-out.yaml", follower(text, following(seen(text))))


def test_one_without_end_is_given_no_last_day_of_notice(agreement_text: AgreementText) -> None:
    """There is nothing to count back from; all invoicing had ended, too."""
    text = agreement_text(
        OLD.replace("label: Nu, ", "label: Nu, end: 2025-06, ").replace(
            "years: 2", "end: 2025-12-31"
        )
    )
    new = follower(text, RenewedDays(date(2026, 1, 1), None), draft=False)

    assert "validity: {start: 2026-01-01, end: open}\n" in new
    assert "invoicing" not in new
    assert "draft" not in new


def test_a_draft_is_followed_by_what_is_no_draft(agreement_text: AgreementText) -> None:
    """If it is decided."""
    text = agreement_text(
        "status: draft\ninvoicing: {seller: foreningen, buyer: kommunen, start: 2024-01-01}"
    )
    new = follower(text, RenewedDays(date(2026, 1, 1), date(2026, 12, 31)), draft=False)

    assert "status" not in new
    assert "invoicing: {seller: foreningen, buyer: kommunen}\n" in new


def test_the_terms_in_force_last_are_taken_over(agreement_text: AgreementText) -> None:
    """From the log to the top, in place of those first agreed on."""
    text = agreement_text(
        """
        follow_up: {meetings_per_year: 2}
        log:
          - date: 2024-05-20
            event: amendment
            effective: 2025-01-01
            terms:
              economy: {index: {percent: 10}, contributions: [{party: kommunen, amount: 300000}]}
              volume: [{unit: platser, target: 5}]
        """
    )
    new = opened(follower(text, following(seen(text)))).agreement

    assert new
    assert new.economy.base_year == 2026
    assert [row.amount for row in new.economy.contributions] == [330000]
    assert new.volume[0].unit == "platser"
    assert new.log == ()


def test_a_key_without_a_value_is_as_if_it_were_not_there(agreement_text: AgreementText) -> None:
    """Wherever it stands."""
    text = agreement_text("dnr:\nvalidity: {start: 2024-01-01, end: 2025-12-31, signed: }")
    rows = "economy: {stated: {total: }, contributions: [{party: kommunen, amount: , note: }]}"
    new = follower(agreement_text(f"{text}{rows}\nfollow_up:\n"), RenewedDays(TODAY, None))

    assert "contributions: [{party: kommunen}]" in new
    assert "validity: {start: 2026-11-22, end: open}" in new
    assert "follow_up" not in new


def test_a_missing_index_value_stops_it(agreement_text: AgreementText) -> None:
    """Without it the amounts are not known."""
    text = agreement_text(
        "economy: {index: {series: X}, contributions: [{party: kommunen, amount: 1}]}"
    )

    with pytest.raises(Refused, match=r"index series X is not in iopctl\.toml"):
        follower(text, following(seen(text)))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_any_agreement_can_be_renewed(path: Path) -> None:
    """What comes out can be read, and costs in its first year what the old one would have."""
    text = path.read_text("utf-8")
    if path.stem == "index-unspecified":
        with pytest.raises(Refused, match="the index is unspecified"):
            follower(text, RenewedDays(date(2030, 1, 1), date(2031, 12, 31)))
        return
    new = opened(follower(text, RenewedDays(date(2030, 1, 1), date(2031, 12, 31)))).agreement

    assert new
    assert new.succeeds == path.stem
    assert new.validity
    assert (new.validity.first, new.validity.last) == (date(2030, 1, 1), date(2031, 12, 31))
    assert Case(new, TODAY, DEFAULT.model_copy(update={"index": SERIES})).figures


def test_what_is_not_told_for_the_new_days_is_asked(golden: Golden) -> None:
    """Amounts by year, totals for the whole period, and instalments."""
    asked = [
        f"{path.stem}: {each}\n"
        for path in FIXTURES
        for each in questions(seen(path.read_text("utf-8")))
    ]

    golden("renewal/questions.text", "".join(asked))


@pytest.mark.parametrize(
    ("duties", "left"),
    [
        (
            "[{kind: report, due: [2024-06-30, 05-15]}, {kind: meeting, due: 05-15}]",
            ["meeting"],
        ),
        ("[{kind: report, due: 2024}]", []),
    ],
)
def test_what_was_promised_by_dates_is_left_out(duties: str, left: list[str]) -> None:
    """They have passed; days of every year stay, and what is left out is told."""
    text = OLD.replace("evaluation: {due: 2025-05}", f"duties: {duties}")
    whole = f"""id: exempel-2024
title: IOP Exemplet
parties:
  kommunen: {{role: public, name: Exempels kommun}}
  foreningen: {{role: civil, name: Föreningen Exemplet}}
{text}"""
    found, case = opened(whole), seen(whole)
    assert found.source is not None
    new = opened(renewed(found.source, case, "exempel-2026", following(case))).agreement

    assert new is not None
    assert [each.kind for each in (new.follow_up.duties if new.follow_up else ())] == left
    assert "follow_up: report is left out, since it is dated" in list(questions(case))
