"""What a check finds: from the words of the command line to the findings, and their correction."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.errors import Refused, UserError
from iopctl.language import marked, tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.check.diagnostics import Diagnostic
    from iopctl.check.rules import Context
    from iopctl.check.run import Run
    from iopctl.cli import reading
    from iopctl.files import Repository
    from iopctl.input import Input

STANDARD_INPUT: Final = "-"


class Wishes(NamedTuple):
    """What the command line asks to be looked at, when, and by which rules."""

    files: tuple[str, ...] = ()
    stdin_filename: str = ""
    changed_since: str | None = None
    as_of: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    use_cache: bool = True


def findings(given: Run) -> list[Diagnostic]:
    """Return what a run finds; how far it has come is told on a terminal."""
    from iopctl.output.progress import watched

    return given.findings(lambda inputs: watched(inputs, marked("checking"), sys.stderr))


def run(wishes: Wishes) -> Run:
    """Read what the command line asks for.

    Raises:
        UserError: nothing was found, or an option or the configuration is wrong.
    """
    from iopctl.check.rules import Context
    from iopctl.check.run import Run
    from iopctl.check.selection import selection
    from iopctl.cli.reading import day
    from iopctl.files import place

    here = place(wishes.files if STANDARD_INPUT not in wishes.files else [wishes.stdin_filename])
    context = Context(here.config, day(wishes.as_of))
    selected = selection(here.config, wishes.select, wishes.ignore)
    named, around = _inputs(wishes, here)
    return Run(named, around, context, selected, wishes.use_cache)


def of(selected: reading.AgreementSelection) -> list[Diagnostic]:
    """Return what a check finds in the files that a reading command was asked about."""
    from iopctl.check.rules import Context
    from iopctl.check.run import Run
    from iopctl.check.selection import selection
    from iopctl.files import neighbours

    around = neighbours(selected.inputs, selected.place.agreements)
    checked = Run(
        named={each.name: each for each in selected.inputs},
        around={each.name: each for each in around},
        context=Context(selected.config, selected.as_of),
        selection=selection(selected.config),
        use_cache=True,
        cases={selected.files[each.agreement.id]: each for each in selected.cases},
    )
    return [each for each in findings(checked) if each.file in checked.named]


def _inputs(wishes: Wishes, place: Repository) -> tuple[dict[str, Input], dict[str, Input]]:
    from iopctl.files import inputs, neighbours, standard_input

    if STANDARD_INPUT not in wishes.files:
        named = inputs(wishes.files, place.agreements)
    elif len(wishes.files) == 1:
        named = [standard_input(wishes.stdin_filename)]
    else:
        raise UserError(tr("- is standard input: give it alone, or else files"))
    around = neighbours(named, place.agreements) if wishes.files else []
    if wishes.changed_since is not None:
        from iopctl.files import history

        names = history.changed([each.name for each in named], wishes.changed_since)
        before = history.repository(history.forked(wishes.changed_since))
        if before.settings != place.settings:  # which may change what any file comes to
            names = frozenset(each.name for each in named)
        around += [each for each in named if each.name not in names]
        named = [each for each in named if each.name in names]
    return {each.name: each for each in named}, {each.name: each for each in around}


# ------------------------------------------------------------------ corrections
class Correction(NamedTuple):
    """A file as it was, and as it is with *rewritten* values spelled as the format wants them."""

    name: str
    before: bytes
    after: bytes
    rewritten: int

    @property
    def difference(self) -> str:
        """The lines that change, as a patch."""
        from iopctl.output.patch import patch

        before, after = (each.decode("utf-8-sig") for each in (self.before, self.after))
        return patch(self.name, before, after)


def corrections(given: Run) -> Iterator[Correction]:
    """Yield the named files that can be corrected in form; tell of those that can't safely be.

    A file is corrected until nothing more can be: under a key that is spelled right, values are
    seen that were not before.
    """
    for name, each in given.named.items():
        if isinstance(each.content, bytes):
            after, rewritten = _corrected(name, each.content, given.context)
            if rewritten:
                yield Correction(name, each.content, after, rewritten)


def _corrected(name: str, content: bytes, context: Context) -> tuple[bytes, int]:
    """Return a file's text as far as it can be corrected, and how many values that rewrites."""
    seen: list[bytes] = []
    rewritten = 0
    while content not in seen:
        seen.append(content)
        content, number = _corrected_once(name, content, context)
        rewritten += number
    return content, rewritten


def _corrected_once(name: str, content: bytes, context: Context) -> tuple[bytes, int]:
    from iopctl.check import checked
    from iopctl.check.fixes import fixed, fixes
    from iopctl.input import Input

    edits = fixes(checked(Input(name, content), context).diagnostics)
    try:
        return fixed(content, edits), len(edits)
    except Refused as error:
        terminal.say(f"{name}: {error}")
        return content, 0
