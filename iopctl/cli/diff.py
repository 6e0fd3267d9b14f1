"""`iopctl diff`: what a change means, in kronor, shares and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.options import AsOf, ColorChoice, OutputFormat
from iopctl.errors import Refused
from iopctl.language import for_programs, tr
from iopctl.output import TableFormat, terminal
from iopctl.output.terminal import Color

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.check.portfolio import Document
    from iopctl.check.rules import Context
    from iopctl.files.history import CommitRange
    from iopctl.input import Input
    from iopctl.listings.versions import Version


def diff(
    revision: Annotated[
        str,
        typer.Argument(
            metavar="[REV]", help="A git revision: a commit, branch or tag, or A..B or A...B."
        ),
    ] = "HEAD",
    other: Annotated[
        str | None,
        typer.Argument(
            metavar="[REV2]", help="Another. Default: the files as they are.", show_default=False
        ),
    ] = None,
    form: OutputFormat = TableFormat.TEXT,
    as_of: AsOf = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show what changed between two git revisions.

    That is kronor a year and in all, shares, dates, options, parties and all else that the files
    say otherwise; comments and spelling count for nothing. Each revision is read under its own
    configuration. Fit to be posted on a pull request.

    From a branch, what counts is where the work parted from it: what others did there since is
    left out. So it is with A...B; A..B is from A itself.

    Examples:
        iopctl diff  # since the last commit
        iopctl diff main --format md  # for a pull request
    """
    from iopctl.check.rules import Context
    from iopctl.cli.reading import day
    from iopctl.files import history, present, repository
    from iopctl.listings.changes import page
    from iopctl.listings.differences import differences
    from iopctl.listings.versions import changes
    from iopctl.output import show_page

    given, today = history.span(revision, other), day(as_of)
    old = history.repository(given.first)
    new = history.repository(given.last) if given.last else repository()
    before = _documents(history.inputs(given.first, old.agreements))
    if given.last is None:
        now = present(new.agreements)
        history.refuse_others(each.name for each in now)
    else:
        now = history.inputs(given.last, new.agreements)
    after = _documents(now)
    found = changes(
        _versions(before, Context(old.config, today)), _versions(after, Context(new.config, today))
    )
    with for_programs(applies=form.is_for_programs):
        here, there = _names(revision, other, given)
        notes = (*_unread(before, here), *_unread(after, there))
        title = tr("What changed from {here} to {there}", here=here, there=there)
        settings = differences(old.settings, new.settings)
        shown = page(found, title, today, notes, settings)
        show_page("diff", shown, form, terminal.screen(color))
        if any(each.agreement is None for each in after):
            raise typer.Exit(Refused.exit_code)


def _names(revision: str, other: str | None, given: CommitRange) -> tuple[str, str]:
    """Return what both sides are called: as they were asked for."""
    one, dots, last = revision.partition("...") if "..." in revision else revision.partition("..")
    first = one or "HEAD"
    if given.parted:
        first = tr("where {revision} was parted from", revision=first)
    if given.last is None:
        return first, tr("the files as they are")
    return first, other or (last or "HEAD" if dots else "HEAD")


def _documents(given: Sequence[Input]) -> list[Document]:
    from iopctl.check.portfolio import document

    return [document(each) for each in given]


def _versions(documents: Sequence[Document], context: Context) -> list[Version]:
    from iopctl.listings.versions import Version

    found = []
    for each in documents:
        text, data = (each.source.text, each.source.data) if each.source else ("", None)
        case = context.case(each.agreement) if each.agreement else None
        found.append(Version(each.name, text, data or {}, case))
    return found


def _unread(documents: Sequence[Document], when: str) -> Iterator[str]:
    for each in documents:
        if each.agreement is None:
            yield tr(
                "INCOMPLETE: {name} can't be read in {when}: {message}",
                name=each.name,
                when=when,
                message=each.diagnostics[0].message,
            )
