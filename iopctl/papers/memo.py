"""The memo on one partnership, for the template `memo.md`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iopctl.localised import in_full, listed
from iopctl.model.log import Decision, Meeting, Report
from iopctl.model.scalars import UNKNOWN_DATE
from iopctl.papers import pictures
from iopctl.papers import swedish as words
from iopctl.papers.annual import annual, duties
from iopctl.papers.filling import filled
from iopctl.papers.illustration import Illustration
from iopctl.papers.outcome import outcomes
from iopctl.papers.partnership import Partnership, partnership, public_side, told
from iopctl.papers.years import of_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iopctl.case.case import Case
    from iopctl.model.agreement import AgreementKind
    from iopctl.papers.pictures.drawing import PictureFormat
    from iopctl.papers.texts import Texts


@dataclass(frozen=True, slots=True)
class Memo:
    """One partnership on the day of the memo."""

    partnership: Partnership

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided on it, oldest first."""
        return tuple(each for _, each in self.partnership.case.happened(Decision))

    @property
    def latest(self) -> Meeting | Report | None:
        """The last meeting or report that tells how it goes."""
        for _, each in reversed(self.partnership.case.events):
            if isinstance(each, Meeting | Report) and (each.outcome or each.text):
                return each
        return None


def memo(case: Case, year: int | None) -> Memo:
    """Return the memo on an agreement, with the money of *year*.

    Without it, of the current year, else of the nearest decided one.
    """
    found = year or case.share().year or case.as_of.year
    return Memo(Partnership(case, found))


# ------------------------------------------------------------------ in words
_KINDS: Final[Mapping[AgreementKind, str]] = {
    "iop": "ett idéburet offentligt partnerskap (IOP)",
    "samverkansavtal": "ett samverkansavtal",
    "foreningsavtal": "ett föreningsavtal",
    "bidrag": "en överenskommelse om bidrag",
    "other": "en överenskommelse",
}


def markdown(
    found: Memo, texts: Texts, folders: Sequence[str] = (), form: PictureFormat | None = None
) -> str:
    """Write the memo, with *texts* in its sections, and pictures where they have a *form*."""
    each = found.partnership
    validity, promised = each.case.terms[-1].validity, each.case.terms[-1].follow_up
    kind = _KINDS[each.agreement.kind]
    last, is_iop = each.case.last_known, each.agreement.kind == "iop"
    drawn = (
        pictures.costs([each.case], each.case.as_of),
        pictures.validity([each.case], each.case.as_of),
    )
    drawing = Illustration(drawn, form)
    values = {
        **partnership(each),
        **duties(annual(each)),
        "year": str(each.year),
        "date": in_full(each.case.as_of),
        "public_side": public_side([each]),
        "kind": kind,
        "readers": _readers(each),
        "is_partnership": is_iop,
        "is_draft": each.agreement.status == "draft",
        "ended": words.on_day(last) if last and last.last < each.case.as_of else "",
        "value_of": of_time(each, each.value),
        "cost_of": of_time(each, each.public, "public"),
        "in_writing": "undertecknat"
        if _KINDS[each.agreement.kind].startswith("ett")
        else "undertecknad",
        "signed": words.on_day(validity.signed) if validity and validity.signed else "",
        "extension": words.extension(each.case, is_neuter=is_iop),
        "meetings_a_year": _times(promised.meetings_per_year if promised else None),
        "reports_a_year": _times(promised.reports_per_year if promised else None),
        "report_to": words.in_running_text(promised.report_to)
        if promised and promised.report_to
        else "",
        "latest": told(found.latest) if found.latest else None,
        "decisions": [_decision(event) for event in found.decisions],
        "benchmark": words.benchmark(each.case.config.benchmark),
        "outcomes": outcomes(each.case),
        "picture": drawing,
    }
    return drawing.drawn(filled("memo.md", values, texts, folders))


def _readers(each: Partnership) -> str:
    """Return whom the memo informs, as a sentence has it: nämnden, nämnderna, kommunstyrelsen."""
    boards = sorted(each.own_boards)
    if all(board.casefold().endswith("nämnden") for board in boards):
        return "nämnderna" if len(boards) > 1 else "nämnden"
    return listed([words.in_running_text(board) for board in boards])


def _times(number: int | None) -> str:
    return words.times(number) if number else ""


def _decision(event: Decision) -> str:
    """Return a decision in a line: who, when, and under which number."""
    number = f"dnr {event.dnr}" if event.dnr else None
    parts = (event.body, _when(event), number, event.text)
    return ", ".join(part for part in parts if part)


def _when(event: Decision) -> str:
    return "datum okänt" if event.date == UNKNOWN_DATE else words.day(event.date)
