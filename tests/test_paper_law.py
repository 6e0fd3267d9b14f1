"""Papers and the export tell what the money is called, what becomes of the rest, and the law."""

from __future__ import annotations

from datetime import date

import pytest

from iopctl.listings.export import agreements
from iopctl.model.follow_up import Legal
from iopctl.papers import annual, decision, law, memo
from iopctl.papers.annual import annual as of_annual
from iopctl.papers.decision import decision as of_decision
from iopctl.papers.memo import memo as of_memo
from iopctl.papers.partnership import Partnership
from iopctl.papers.texts import none
from tests.test_budget import HERE, case_of

ASSESSED = (HERE / "fixtures/legal-assessment.yaml").read_text("utf-8")
CARRIED_OVER = (HERE / "fixtures/unspent-carried-over.yaml").read_text("utf-8")
NONE = none("t.md")
DAY = date(2024, 6, 1)


def papers(text: str) -> tuple[str, ...]:
    """Return the memo, the annual report and the memo to decide on of an agreement."""
    case = case_of(text, DAY)
    year = max(case.years)
    return (
        memo.markdown(of_memo(case, None), NONE),
        annual.markdown(of_annual(Partnership(case, year)), NONE),
        decision.markdown(of_decision(case, "renew", None, ""), NONE),
    )


def test_the_assessment_stands_in_the_papers() -> None:
    """What was assessed before the agreement, in sentences, in each."""
    told = (
        "- Rättslig bedömning: Initiativet kom från båda sidorna. Det finns ingen marknad för"
        " verksamheten. Den 2 oktober 2023 bedömdes att överenskommelsen inte är ett köp enligt"
        " LOU. Pengarna är stöd av mindre betydelse (förordning 2023/2831), mottagarens intyg är"
        " från den 15 november 2023.\n"
    )
    for paper in papers(ASSESSED):
        assert told in paper
        assert "Överenskommelsen kallar pengarna bidrag." in paper


def test_money_that_is_carried_over_stands_in_the_papers() -> None:
    """An agreement about money that is carried over says so in each."""
    for paper in papers(CARRIED_OVER):
        assert "Medel som inte har använts förs över till nästa år." in paper
        assert "Rättslig bedömning" not in paper
        assert "kallar pengarna" not in paper


@pytest.mark.parametrize(
    ("legal", "expected"),
    [
        (None, ""),
        ({}, ""),
        (
            {"initiative": "civil", "market": "yes"},
            "Initiativet kom från den idéburna sidan."
            " Det finns andra som skulle göra samma sak mot betalning.",
        ),
        ({"initiative": "public"}, "Initiativet kom från den offentliga sidan."),
        ({"state_aid": {"basis": "none"}}, "Pengarna är inte statligt stöd."),
        (
            {"state_aid": {"basis": "other"}},
            "Pengarna är statligt stöd som är tillåtet på annan grund.",
        ),
    ],
)
def test_only_what_was_assessed_is_told(legal: dict[str, object] | None, expected: str) -> None:
    """A key that is not there has no sentence."""
    assert law.assessment(None if legal is None else Legal.model_validate(legal)) == expected


def test_the_export_has_them() -> None:
    """In the table of the agreements, by the format's own words."""
    cases = [case_of(ASSESSED, DAY), case_of(CARRIED_OVER, DAY)]
    holdings = [agreements.agreement(case, ()) for case in cases]
    rows = agreements.AGREEMENTS.rows(holdings)
    keys = [field.key for field in agreements.AGREEMENTS.fields]
    found = [
        [row.cells[keys.index(key)] for key in ("label", "unspent", "initiative", "market")]
        + [row.cells[keys.index(key)] for key in ("procurement_assessed", "state_aid_certificate")]
        for row in rows
    ]

    assert found == [
        ["bidrag", None, "joint", "no", date(2023, 10, 2), date(2023, 11, 15)],
        [None, "carry_over", None, None, None, None],
    ]
