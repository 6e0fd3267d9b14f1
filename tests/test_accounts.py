"""Whose an invoice is that the log does not name: told by its days and amount, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.test_coverage import case_of, log, sent

if TYPE_CHECKING:
    from tests.conftest import AgreementText

SOCIAL = ", seller: foreningen, buyer: kommunen, board: SN"
CULTURE = ", seller: foreningen, buyer: kommunen, board: KN"
HALVES = ", instalments: [{date: 2024-02-01, amount: 100000, period: 2024}, {date: 2024-08-01, amount: 125000, period: 2024}]"  # fmt: skip


def shared(social: int, *, instalments: str = "") -> str:
    """Return an economy of which the social committee pays *social* percent."""
    boards = f"{{SN: {social}, KN: {100 - social}}}"
    blocks = "".join(
        f"  - {{seller: foreningen, buyer: kommunen, board: {board}{instalments}}}\n"
        for board in ("SN", "KN")
    )
    row = f"{{party: kommunen, item: Stöd, amount: 450000, board: {boards}}}"
    return f"economy: {{contributions: [{row}]}}\ninvoicing:\n{blocks}"


@pytest.mark.parametrize(
    ("agreed", "events", "boards"),
    [
        (  # both have theirs: of the other two nobody knows whose they are
            shared(50),
            [sent("1", "2024", 225_000, more=SOCIAL), sent("2", "2024", 225_000, more=CULTURE),
             sent("3", "2024", 225_000), sent("4", "2024", 225_000)],
            ["SN", "KN", None, None],
        ),
        (  # the amount is that of one alone, who has been invoiced: it may be the other's
            shared(60),
            [sent("1", "2024", 270_000, more=SOCIAL), sent("2", "2024", 270_000)],
            ["SN", None],
        ),
        (  # the other has been invoiced, too: it is the same one's twice
            shared(60),
            [sent("1", "2024", 270_000, more=SOCIAL), sent("2", "2024", 180_000, more=CULTURE),
             sent("3", "2024", 270_000)],
            ["SN", "KN", "SN"],
        ),
        (  # likewise of a total that no year divides
            shared(60).replace("amount", "total"),
            [sent("1", "2024-01-01/2025-12-31", 270_000, more=SOCIAL),
             sent("2", "2024-01-01/2025-12-31", 270_000)],
            ["SN", None],
        ),
        (  # one of two alike is settled, the other invoiced and credited: it may be either's
            f"{shared(50).replace('board: KN}', 'board: KN, timing: advance}')}"
            "follow_up: {settled_until: 2024-01-01}\n",
            [sent("1", "2024", 225_000), sent("2", "2024", 225_000, more=SOCIAL, day="2024-02-10"),
             "2024-02-10, event: credit, number: 3, of: 2"],
            [None, "SN"],
        ),
        (  # by the budget of its time it was one's, who has it twice now: later terms tell nothing
            shared(60),
            [sent("1", "2024", 270_000),
             "2024-05-20, event: amendment, effective: 2024-01-01, terms: {economy: {contributions: "
             "[{party: kommunen, item: Stöd, amount: 450000, board: {SN: 40, KN: 60}}]}}",
             sent("2", "2024", 180_000, more=SOCIAL, day="2024-07-01")],
            [None, "SN"],
        ),
        # a quarter of the year's bill is a quarter of its amount
        (shared(60), [sent("1", "2024-Q1", 67_500)], ["SN"]),
        (shared(60), [sent("1", "2024-Q1", 45_000)], ["KN"]),
        (shared(60), [sent("1", "2024-Q1", 75_000)], [None]),
        (  # all that is agreed for the very days is done by one of them: it is the other's
            shared(50, instalments=HALVES),
            [sent("1", "2024", 225_000, more=SOCIAL), sent("2", "2024", 225_000)],
            ["SN", "KN"],
        ),
    ],
)  # fmt: skip
def test_days_and_amount_tell_whose_an_invoice_is(
    agreement_text: AgreementText, agreed: str, events: list[str], boards: list[str | None]
) -> None:
    """Where they are those of several, it is nobody's."""
    case = case_of(agreement_text(agreed + log(*events)))
    found = [each.account and each.account.board for each in case.ledger.postings]

    assert found == boards
