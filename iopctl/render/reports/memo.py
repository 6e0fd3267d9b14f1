"""The memo on one partnership, for the template `memo.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.localised import in_full
from iopctl.render import pictures
from iopctl.render import swedish as words
from iopctl.render.reports.annual import follow_up
from iopctl.render.reports.filling import filled
from iopctl.render.reports.illustration import illustration
from iopctl.render.reports.partnership import partnership, public_side, told
from iopctl.report.annual import annual

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.model.log import Decision
    from iopctl.render.reports.illustration import Form
    from iopctl.report.memo import Memo
    from iopctl.report.texts import Texts

_KINDS: Final = {
    "iop": "ett idéburet offentligt partnerskap (IOP)",
    "samverkansavtal": "ett samverkansavtal",
    "foreningsavtal": "ett föreningsavtal",
    "bidrag": "en överenskommelse om bidrag",
    "other": "en överenskommelse",
}


def markdown(
    found: Memo, texts: Texts, folders: Sequence[str] = (), form: Form | None = None
) -> str:
    """Write the memo, with *texts* in its sections, and pictures where they have a *form*."""
    each, config = found.partnership, found.config
    validity, promised = each.standing.terms[-1].validity, each.standing.terms[-1].follow_up
    drawn = (
        pictures.costs([each.sheet], each.standing.as_of),
        pictures.validity([each.standing], each.standing.as_of),
    )
    values = {
        **partnership(each),
        **follow_up(annual(each, config.report_due)),
        "year": str(each.year),
        "date": in_full(each.standing.as_of),
        "public_side": public_side([each]),
        "kind": _KINDS[each.agreement.kind],
        "is_partnership": each.agreement.kind == "iop",
        "signed": words.in_month(validity.signed) if validity and validity.signed else "",
        "extension": words.extension(validity.extension if validity else None),
        "meetings_a_year": _times(promised.meetings_per_year if promised else None),
        "reports_a_year": _times(promised.reports_per_year if promised else None),
        "report_to": (promised and promised.report_to) or "",
        "latest": told(found.latest) if found.latest else None,
        "decisions": [_decision(event) for event in found.decisions],
        "benchmark": words.benchmark(config.benchmark),
        "picture": illustration(drawn, form),
    }
    return filled("memo.md", values, texts, folders)


def _times(number: int | None) -> str:
    return words.times(number) if number else ""


def _decision(event: Decision) -> str:
    """Return a decision in a line: who, when, and under which number."""
    number = f"dnr {event.dnr}" if event.dnr else None
    parts = (event.body, words.day(event.date), number, event.text)
    return ", ".join(part for part in parts if part)
