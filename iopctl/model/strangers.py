"""Parties that are named in terms where they are none: what amendments may bring about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from iopctl.language import tr
from iopctl.model.log import Amendment
from iopctl.model.problems import ModelProblem
from iopctl.model.terms import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.model.agreement import Agreement
    from iopctl.model.terms import Terms
    from iopctl.source import Path


def strangers(agreement: Agreement) -> list[ModelProblem]:
    """Return where a handle is named that is no party of the terms it stands in.

    Every state that the log has been in is looked at: what an agreement says is asked as of
    days past, too, and an amendment may change parties that others' rows still name.
    """
    amended = [each for each in agreement.log if isinstance(each, Amendment)]
    if not amended:
        return []
    days = dict.fromkeys((date.min, *(each.date.first for each in amended)))
    stated = {
        (each.first, *each.stands_at.values()): each
        for day in days
        for each in terms(agreement, day)
    }
    found = {problem: None for each in stated.values() for problem in _of_terms(each)}
    return list(found)


def _of_terms(each: Terms) -> Iterator[ModelProblem]:
    for path, handle in _named(each):
        if handle not in each.parties:
            told = tr("'{handle}' is no party of this agreement", handle=handle)
            since = tr(
                "'{handle}' is no party of this agreement from {day}", handle=handle, day=each.first
            )
            yield ModelProblem(
                "party-unknown",
                path,
                since if each.first else told,
                tr("name one of: {known}", known=", ".join(each.parties)),
            )


def _named(each: Terms) -> Iterator[tuple[Path, str]]:
    """Yield every handle of the terms, with where it is written."""
    for number, row in enumerate(each.economy.contributions):
        path = each.path("economy", "contributions", number)
        yield from (((*path, "party"), handle) for handle in row.party)
        yield from (((*path, "receiver"), handle) for handle in row.receiver)
    stated = each.economy.stated
    for key in ("by_party", "period_by_party"):
        for handle in getattr(stated, key, None) or ():
            yield each.path("economy", "stated", key, handle), handle
    for number, block in enumerate(each.invoicing):
        yield each.path("invoicing", number, "seller"), block.seller
        yield each.path("invoicing", number, "buyer"), block.buyer
    for number, duty in enumerate(each.follow_up.duties if each.follow_up else ()):
        if duty.by is not None:
            yield each.path("follow_up", "duties", number, "by"), duty.by
    for number, volume in enumerate(each.volume):
        if volume.party is not None:
            yield each.path("volume", number, "party"), volume.party
