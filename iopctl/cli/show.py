"""`iopctl show`: one agreement on a page."""

from __future__ import annotations

from iopctl.cli.options import AsOf, ColorChoice, One, OutputFormat
from iopctl.errors import UserError
from iopctl.language import for_programs, tr
from iopctl.output import TableFormat, terminal
from iopctl.output.terminal import Color


def show(
    agreement: One,
    output: OutputFormat = TableFormat.TEXT,
    as_of: AsOf = None,
    color: ColorChoice = Color.AUTO,
) -> None:
    """Show one agreement on a page.

    Parties, validity, budget, split, invoicing, follow-up and log.

    Examples:
        iopctl show stadsmissionen-2024
        iopctl show ikf-2023 --as-of 2024-06-30  # as it was on that day
    """
    from iopctl.cli.reading import selection
    from iopctl.listings.page import page
    from iopctl.output import show_page

    selected = selection([agreement], as_of, followed=True)
    given = selected.reckoned()
    if len(given) != 1:
        raise UserError(
            tr(
                "{agreement} are {given} agreements, and a page shows one",
                agreement=agreement,
                given=len(given),
            )
        )
    with for_programs(applies=output.is_for_programs):
        tables = page(given[0], selected.notes, selected.parts())
        show_page("show", tables, output, terminal.screen(color))
