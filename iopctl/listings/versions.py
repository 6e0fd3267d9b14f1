"""Which agreements two versions of the files have, and which of them are not the same in both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from iopctl.listings.differences import DataChange, differences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.case.case import Case

Which = Literal["added", "removed", "changed", "by configuration", "form only", "can't be read"]
UNREADABLE: Final = "can't be read"
CONFIGURED: Final = "by configuration"


class Version(NamedTuple):
    """A file in one version: its text and data, and its agreement unless it can't be read."""

    file: str
    text: str
    data: dict[str, Any]
    case: Case | None


@dataclass(frozen=True, slots=True)
class Revision:
    """An agreement that is not the same in two versions, None where it is not or can't be read.

    *parts* are what differs in its data. One whose data are the same may come to something else
    by another configuration.
    """

    name: str
    kind: Which
    before: Case | None
    after: Case | None
    parts: tuple[DataChange, ...] = ()


def changes(before: Sequence[Version], after: Sequence[Version]) -> tuple[Revision, ...]:
    """Return what is not the same in both versions, by id; what can't be read by its file."""
    ids = {each.file: each.case.agreement.id for each in (*after, *before) if each.case}
    old, new = (
        {
            each.case.agreement.id if each.case else ids.get(each.file, each.file): each
            for each in side
        }
        for side in (before, after)
    )
    found = (_change(name, old.get(name), new.get(name)) for name in sorted({*old, *new}))
    return tuple(each for each in found if each)


def _change(name: str, before: Version | None, after: Version | None) -> Revision | None:
    cases = before and before.case, after and after.case
    texts = before and before.text, after and after.text
    if any(each is not None and each.case is None for each in (before, after)):
        return Revision(name, UNREADABLE, *cases) if texts[0] != texts[1] else None
    if before is None or after is None:
        return Revision(name, "removed" if before else "added", *cases)
    parts = tuple(differences(before.data, after.data))
    if parts:
        return Revision(name, "changed", *cases, parts)
    if before.case and after.case and before.case.config != after.case.config:
        return Revision(name, CONFIGURED, *cases)
    return Revision(name, "form only", *cases) if texts[0] != texts[1] else None
