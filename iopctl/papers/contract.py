"""The text of an agreement from its record, for the template `agreement.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.papers import clauses
from iopctl.papers import swedish as words
from iopctl.papers.filling import filled
from iopctl.papers.partnership import paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iopctl.case.case import Case
    from iopctl.model.agreement import AgreementKind
    from iopctl.papers.texts import Texts

KINDS: Final[Mapping[AgreementKind, str]] = {
    "iop": "Överenskommelse om idéburet offentligt partnerskap",
    "samverkansavtal": "Samverkansavtal",
    "foreningsavtal": "Föreningsavtal",
    "bidrag": "Överenskommelse om bidrag",
    "other": "Överenskommelse",
}


def markdown(case: Case, texts: Texts, folders: Sequence[str] = ()) -> str:
    """Write the agreement as its latest terms have it, with *texts* for what no record holds."""
    agreement, terms = case.agreement, case.terms[-1]
    validity = terms.validity
    first, last = (validity.known_first, validity.known_last) if validity else (None, None)
    values = {
        "kind": KINDS[agreement.kind],
        "title": agreement.title,
        "dnr": agreement.dnr or "",
        "is_draft": agreement.status == "draft",
        "parties": [clauses.party(each) for each in terms.parties.values()],
        "purpose": paragraphs(agreement.purpose),
        "target_group": agreement.target_group or "",
        "referral": agreement.referral or "",
        "activities": list(agreement.activities),
        "targets": [words.target(each) for each in terms.volume if each.target is not None],
        "steering_group": (terms.follow_up and terms.follow_up.steering_group) or "",
        "rows": clauses.rows(terms),
        "promised": clauses.promised(terms),
        "start": words.bound(first) if first else "",
        "end": words.bound(last) if last else "",
        "is_open": bool(validity and validity.is_open),
        "length": words.length(validity.length) if validity and validity.length else "",
        "is_paid_out": {each.method for each in terms.invoicing} == {"payout"},
        "extension": clauses.extension(terms),
        "notice": clauses.notice(terms),
        **clauses.money(terms),
    }
    return filled("agreement.md", values, texts, folders)
