"""What every writing command does: open one agreement, show the change as a patch, write it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from iopctl.errors import Refused, UserError
from iopctl.render import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from iopctl.cli.findings import Run
    from iopctl.diagnostics import Diagnostic
    from iopctl.model import Agreement
    from iopctl.source import Source
    from iopctl.standing import Standing

One = Annotated[str, typer.Argument(metavar="ID|FILE", help="The agreement.")]
Write = Annotated[
    bool, typer.Option("--write", help="Write the change; without this, it is only shown.")
]


class Opened(NamedTuple):
    """The one agreement that a command changes, among those that it is checked with."""

    name: str
    content: bytes
    source: Source
    standing: Standing
    run: Run

    @property
    def agreement(self) -> Agreement:
        """The agreement."""
        return self.standing.agreement

    @property
    def today(self) -> date:
        """The day that the command looks from."""
        return self.standing.as_of


def opened(agreement: str, as_of: str | None) -> Opened:
    """Read the agreement that a file or id names.

    Raises:
        Refused: it can't be read as an agreement.
        UserError: it is none, or not one alone.
    """
    from iopctl.cli.findings import STANDARD_INPUT, Wishes, run
    from iopctl.cli.reading import refuse_broken
    from iopctl.portfolio import Portfolio, document
    from iopctl.standing import standing

    if agreement == STANDARD_INPUT:
        raise UserError("standard input can't be written to: name a file or an id")
    found = run(Wishes(files=(agreement,), as_of=as_of))
    if len(found.named) != 1:
        raise UserError(f"{agreement} are {len(found.named)} agreements: name one")
    [given] = found.named.values()
    read = document(given)
    refuse_broken(Portfolio((read,), ()), keep_going=False)
    if read.agreement is None or read.source is None or not isinstance(given.content, bytes):
        raise Refused(f"{given.name} can't be read")
    stands = standing(read.agreement, found.context.as_of)
    return Opened(given.name, given.content, read.source, stands, found)


def settle(given: Opened, text: str, *, write: bool) -> None:
    """Show *text* as a change of the agreement, and write it if asked.

    Raises:
        Changed: the file was changed by another since it was read.
        Refused: the change would bring an error that was not there.
        UserError: it can't be written.
    """
    from codecs import BOM_UTF8

    mark = BOM_UTF8 if given.content.startswith(BOM_UTF8) else b""
    _settle(given.run, given.name, given.content, mark + text.encode(), write=write)


def found(run: Run, name: str, text: str, *, write: bool) -> None:
    """Show *text* as a new file called *name*, and write it if asked; *run* is all that is there.

    Raises:
        Refused: it would have an error.
        UserError: there is such a file, or it can't be written.
    """
    _settle(run, name, None, text.encode(), write=write)


def _settle(run: Run, name: str, before: bytes | None, after: bytes, *, write: bool) -> None:
    from iopctl import files
    from iopctl.render.patch import patch

    _refuse_worse(run, name, after)
    if write:
        files.write(name, after, expected=before)
    old = None if before is None else before.decode("utf-8-sig")
    terminal.write(patch(name, old, after.decode("utf-8-sig")))
    terminal.say(f"{name} is written" if write else "nothing is written: --write does it")


def _refuse_worse(run: Run, name: str, after: bytes) -> None:
    """Tell what a check would newly find, and refuse errors."""
    from iopctl.diagnostics import Severity
    from iopctl.portfolio import Input

    changed = run._replace(named={name: Input(name, after)})
    worse = list(_new(run.findings(), changed.findings()))
    for each in worse:
        where = ".".join(map(str, each.finding.path))
        remedy = f"; {each.finding.remedy}" if each.finding.remedy else ""
        terminal.say(f"{each.severity}: {where}: {each.code} {each.message}{remedy}")
    errors = sum(each.severity is Severity.ERROR for each in worse)
    if errors:
        more = "an error" if errors == 1 else f"{errors} errors"
        raise Refused(f"nothing is written: it would bring {more} to {name}")


def _new(before: list[Diagnostic], after: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield what is found after and was not before, in the same place or in the same words."""
    places = Counter((each.code, each.finding.path) for each in before)
    words = Counter((each.code, each.message) for each in before)
    for each in after:
        if not places[each.code, each.finding.path] and not words[each.code, each.message]:
            yield each


def read_as(kind: Any, text: str, option: str) -> Any:  # noqa: ANN401 - a type, and its value
    """Return what *text* says, read as a *kind* of value that agreements have.

    Raises:
        UserError: naming the *option*, and the right spelling.
    """
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(kind).validate_python(text)
    except ValidationError as error:
        told = error.errors()[0]["ctx"]
    raise UserError(f"{option}: {told['message']}; {told['remedy']}")
