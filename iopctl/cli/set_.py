"""`iopctl set`: one value of an agreement, in the smallest change of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.options import AsOf, One
from iopctl.cli.writing import Write, in_turn

if TYPE_CHECKING:
    from iopctl.cli.writing import OpenedAgreement
    from iopctl.source import Path


@in_turn
def set_(
    agreement: One,
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="The keys that lead there, as invoicing.marking.")
    ],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="What it is to say.")],
    write: Write = False,
    as_of: AsOf = None,
) -> None:
    """Set one value of an agreement.

    The rows of a list are counted from 1, or named by their item. Amounts, dates and the like
    may be spelled as people do; lists and mappings stand in brackets. What the text says
    otherwise, and its comments, stay as they are.

    Examples:
        iopctl set stadsmissionen-2024 invoicing.marking "ID 150010"
        iopctl set ikf-2023 parties.ikf.bankgiro 5050-1055
        iopctl set ikf-2023 follow_up.report_due 03-31 --write
    """
    from iopctl.cli.writing import opened, settle
    from iopctl.drafting.setting import path_of, put, value_of

    given = opened(agreement, as_of)
    path = path_of(given.source.data or {}, key)
    text = put(given.source, path, value_of(value))
    settle(given, _spelled(given, path, text), write=write)


def _spelled(given: OpenedAgreement, path: Path, text: str) -> str:
    """Return *text* with what is at *path* spelled as the format has it, where that is certain."""
    from iopctl.check.fixes import fixed, fixes
    from iopctl.check.portfolio import document
    from iopctl.input import Input

    content = text.encode()
    found = document(Input(given.name, content)).diagnostics
    own = [each for each in fixes(found) if each.path[: len(path)] == path]
    return fixed(content, own).decode() if own else text
