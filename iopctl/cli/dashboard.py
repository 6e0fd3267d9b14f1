"""`iopctl report dashboard`: the whole portfolio on one page for a browser."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.options import AsOf, Files, KeepGoing
from iopctl.cli.templates import OwnTemplates, Templates, folders
from iopctl.language import marked, spoken, tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from iopctl.cli.reading import AgreementSelection

DashboardFile = Annotated[
    str, typer.Option("--output", "-o", metavar="FILE", help="Write here; - is standard output.")
]
ReplaceDashboard = Annotated[
    bool, typer.Option("--force", help="Replace a file that is no dashboard.")
]


def dashboard(
    files: Files = None,
    output: DashboardFile = "dashboard.html",
    templates: Templates = None,
    own_templates: OwnTemplates = False,
    force: ReplaceDashboard = False,
    as_of: AsOf = None,
    keep_going: KeepGoing = False,
) -> None:
    """Show the portfolio on a page for browsers.

    Key figures, pictures, the agreements to sort and filter, deadlines and findings, in one file
    that needs no network. An older dashboard is replaced.

    Examples:
        iopctl report dashboard -o dashboard.html
    """
    from iopctl.cli import findings
    from iopctl.cli.endings import refuse_other
    from iopctl.cli.reading import selection
    from iopctl.listings import due
    from iopctl.output.progress import during
    from iopctl.papers.dashboard import DashboardData, page

    refuse_other(output, (".html", ".htm"))
    selected = selection(files, as_of, keep_going=keep_going, followed=True)
    cases = selected.reckoned()
    with spoken("sv"):  # the language of the page
        found = findings.of(selected)
    portfolio = DashboardData(
        cases=cases,
        agenda=due.agenda(cases, selected.as_of),
        findings=found,
        config=selected.config,
        as_of=selected.as_of,
        left_out=_left_out(selected),
    )
    own = folders(templates, selected.place, own=own_templates)
    with during(marked("drawing"), sys.stderr):
        drawn = page(portfolio, own)
    _leave(drawn, output, force=force)


def _left_out(selected: AgreementSelection) -> list[str]:
    """Return the files that are in no figure: drafts, and what can't be read."""
    shown = {selected.files[each.agreement.id] for each in selected.cases}
    return [each.name for each in selected.inputs if each.name not in shown]


def _leave(page: str, output: str, *, force: bool) -> None:
    from iopctl import files
    from iopctl.papers.dashboard import MARK

    if output == "-":
        terminal.write(terminal.in_markup(page), "utf-8")
        return
    before = files.content(output)
    ours = isinstance(before, bytes) and MARK.encode() in before
    files.write(output, page.encode(), replace=force or ours)
    terminal.say(tr("{name} is written", name=output))
