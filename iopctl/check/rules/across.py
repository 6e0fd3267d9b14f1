"""What may be wrong between files, in ids and from one agreement to the next: series 6xx.

The values of a finding name the other files that it is about as *others*.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from iopctl.check.diagnostics import Finding, Severity
from iopctl.check.rules.rule import FileFinding, rule_across
from iopctl.dates import ONE_DAY
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from iopctl.check.facts import Between, Facts
    from iopctl.check.rules.rule import Context


# ------------------------------------------------------------------ ids and file names
@rule_across("IOP601", "id-twice", Severity.ERROR)
def id_twice(facts: Sequence[Facts], _: Context) -> Iterator[FileFinding]:
    """Two files have the same id.

    Commands name an agreement by its id, and a sum over all agreements would count one of
    the two or both. Give each an id of its own; a new agreement with the same partner can
    end in its first year, as ikf-2023.

    Source: the format of agreement files.

    Bad:

        # in exempel-2024.yaml:
        id: exempel-2024
        # in kopia.yaml:
        id: exempel-2024  # expect: IOP601 IOP602

    Good:

        # in exempel-2024.yaml:
        id: exempel-2024
        # in exempel-2026.yaml:
        id: exempel-2026
    """
    yield from same_ids(facts)


def same_ids(facts: Iterable[Facts]) -> Iterator[FileFinding]:
    """Yield a finding for each file whose id an earlier one has."""
    first: dict[str, Facts] = {}
    for each in facts:
        other = first.setdefault(each.id, each)
        if other is not each:
            finding = Finding(
                ("id",),
                "the id '{id}' is also that of {others}",
                remedy="give each agreement an id of its own",
                id=each.id,
                others=(other.file,),
            )
            yield each, finding


@rule_across("IOP602", "file-name-differs", Severity.WARNING)
def file_name_differs(facts: Sequence[Facts], _: Context) -> Iterator[FileFinding]:
    """A file is not called what its agreement's id says.

    Commands find an agreement by its id, people by its file's name: the two should be the same.
    Rename the file, or correct the id where it is the one that is wrong. An id is best never
    changed once others use it, in `succeeds` for instance.

    Source: the format of agreement files.

    Bad:

        # in exemplet.yaml:
        id: exempel-2024  # expect: IOP602

    Good:

        # in exempel-2024.yaml:
        id: exempel-2024
    """
    for each in facts:
        path = PurePath(each.file)
        if path.suffix and path.stem != each.id:
            finding = Finding(
                ("id",),
                "the file is called {file}, the agreement '{id}'",
                remedy=tr(
                    "call the file {name}, or correct the id", name=f"{each.id}{path.suffix}"
                ),
                file=path.name,
                id=each.id,
            )
            yield each, finding


# ------------------------------------------------------------------ one agreement after another
@rule_across("IOP603", "agreement-unknown", Severity.WARNING)
def agreement_unknown(facts: Sequence[Facts], _: Context) -> Iterator[FileFinding]:
    """An agreement says that it succeeds or is part of one that is not there.

    What they have to do with each other can't be shown. Correct the id, or take the key out
    where the other agreement is not kept as a file.

    Source: the format of agreement files.

    Bad:

        succeeds: exempel-2022  # expect: IOP603

    Good:

        # in exempel-2024.yaml:
        succeeds: exempel-2022
        # in exempel-2022.yaml:
        id: exempel-2022
        validity: {start: 2022-01-01, end: 2023-12-31}
    """
    known = {each.id for each in facts}
    for each in facts:
        for key, named in (("succeeds", each.succeeds), ("part_of", each.part_of)):
            if named and (named not in known or named == each.id):
                problem = (
                    tr("is itself") if named == each.id else tr("is none of the agreements read")
                )
                finding = Finding(
                    (key,),
                    "{key} names '{id}', which {problem}",
                    remedy="correct the id, or take the key out",
                    key=key,
                    id=named,
                    problem=problem,
                )
                yield each, finding


@rule_across("IOP604", "succession-overlaps", Severity.WARNING)
def succession_overlaps(facts: Sequence[Facts], _: Context) -> Iterator[FileFinding]:
    """An agreement starts before the one that it succeeds has ended.

    Both are in force for some time, and both are in the budget. Correct a date, or log in the
    older one that it was terminated. Silent for drafts, and where a date is not known.

    Source: the agreements' sections on validity.

    Bad:

        # in exempel-2024.yaml:
        succeeds: exempel-2022
        validity: {start: 2024-01-01, end: 2025-12-31}  # expect: IOP604
        # in exempel-2022.yaml:
        id: exempel-2022
        validity: {start: 2022-01-01, end: 2024-06-30}

    Good:

        # in exempel-2024.yaml:
        succeeds: exempel-2022
        validity: {start: 2024-01-01, end: 2025-12-31}
        # in exempel-2022.yaml:
        id: exempel-2022
        validity: {start: 2022-01-01, end: 2023-12-31}
    """
    for each, start, before in _successions(facts):
        end = before.end and before.end.earliest
        if before.is_open or (end and start.latest <= end):
            finding = Finding(
                ("validity", "start"),
                "it starts {start}, and {id}, which it succeeds, ends {end} ({others})",
                remedy="correct a date, or log the termination of the older one",
                start=start.latest,
                id=before.id,
                end=end or "never",
                others=(before.file,),
            )
            yield each, finding


@rule_across("IOP605", "succession-gap", Severity.WARNING)
def succession_gap(facts: Sequence[Facts], _: Context) -> Iterator[FileFinding]:
    """An agreement starts later than on the day after the one that it succeeds.

    Between them nothing is agreed, and nothing is in the budget. Correct a date, log an
    extension of the older one, or say under exceptions what held in between. Silent for
    drafts, and where a date is not known.

    Source: the agreements' sections on validity.

    Bad:

        # in exempel-2024.yaml:
        succeeds: exempel-2022
        validity: {start: 2024-01-01, end: 2025-12-31}  # expect: IOP605
        # in exempel-2022.yaml:
        id: exempel-2022
        validity: {start: 2022-01-01, end: 2023-08-31}

    Good:

        # in exempel-2024.yaml:
        succeeds: exempel-2022
        validity: {start: 2024-01-01, end: 2025-12-31}
        # in exempel-2022.yaml:
        id: exempel-2022
        validity: {start: 2022-01-01, end: 2023-12-31}
    """
    for each, start, before in _successions(facts):
        if before.end and start.earliest > before.end.latest + ONE_DAY:
            finding = Finding(
                ("validity", "start"),
                "it starts {start}, and {id}, which it succeeds, ended {end} ({others})",
                remedy="correct a date, log an extension, or say under exceptions what held",
                start=start.earliest,
                id=before.id,
                end=before.end.latest,
                others=(before.file,),
            )
            yield each, finding


def _successions(facts: Iterable[Facts]) -> Iterator[tuple[Facts, Between, Facts]]:
    """Yield each agreement that succeeds another, its start, and the other one."""
    by_id = {each.id: each for each in facts}
    for each in facts:
        before = by_id.get(each.succeeds or "")
        if before and before is not each and each.start and not each.is_draft:
            yield each, each.start, before


RULES = (
    id_twice,
    file_name_differs,
    agreement_unknown,
    succession_overlaps,
    succession_gap,
)
