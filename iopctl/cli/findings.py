"""What a check finds: from the words of the command line to the findings, and their correction."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.errors import Refused, UserError
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.check.diagnostics import Diagnostic
    from iopctl.check.rules import Context
    from iopctl.check.selection import Selection
    from iopctl.cli import reading
    from iopctl.files import Repository
    from iopctl.source import Source
    from iopctl.source.input import Input

STANDARD_INPUT: Final = "-"
PAYS: Final = 50
"""Files that take longer to check than to look up what was found in them."""


class Wishes(NamedTuple):
    """What the command line asks to be looked at, when, and by which rules."""

    files: tuple[str, ...] = ()
    stdin_filename: str = ""
    changed_since: str | None = None
    as_of: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    use_cache: bool = True


class Run(NamedTuple):
    """The files to tell of by name, those around that they are compared with, and the rules."""

    named: dict[str, Input]
    around: dict[str, Input]
    context: Context
    selection: Selection
    use_cache: bool = False

    def findings(self) -> list[Diagnostic]:
        """Return all that is found in the named files, and between them and others."""
        from iopctl.check import kept
        from iopctl.files import cache

        if not self.use_cache or len(self.named) + len(self.around) < PAYS:
            return self._findings()
        key = cache.key(kept.asked(self.named, self.around, self.context, self.selection))
        known = kept.read(cache.entry(key) or b"")
        if known is not None:
            return known
        found = self._findings()
        cache.keep(key, kept.written(found))
        return found

    def _findings(self) -> list[Diagnostic]:
        from functools import partial

        from iopctl import check as checking
        from iopctl import workers
        from iopctl.output.progress import watched

        given = dict(sorted((self.named | self.around).items()))
        each_in_turn = watched([*given.values()], "checking", sys.stderr)
        check = partial(checking.checked, context=self.context)
        checked = workers.done(check, [*given.values()], workers.paying(len(given)))
        results = [each for _, each in zip(each_in_turn, checked, strict=True)]

        def source(name: str) -> Source:
            from iopctl.source import read

            content = given[name].content
            return read(content if isinstance(content, bytes) else b"")

        told = checking.findings(results, self.context, source)
        return [each for each in self.selection.shown(told) if _concerns(each, self.named)]


def _concerns(each: Diagnostic, named: dict[str, Input]) -> bool:
    others = each.finding.values.get("others")
    return each.file in named or (isinstance(others, tuple) and not named.keys().isdisjoint(others))


def run(wishes: Wishes) -> Run:
    """Read what the command line asks for.

    Raises:
        UserError: nothing was found, or an option or the configuration is wrong.
    """
    from iopctl.check.rules import Context
    from iopctl.check.selection import selection
    from iopctl.cli.reading import day
    from iopctl.files import place

    here = place(wishes.files if STANDARD_INPUT not in wishes.files else [wishes.stdin_filename])
    context = Context(here.config, day(wishes.as_of))
    selected = selection(here.config, wishes.select, wishes.ignore)
    named, around = _inputs(wishes, here)
    return Run(named, around, context, selected, wishes.use_cache)


def of(selected: reading.Selection) -> list[Diagnostic]:
    """Return what a check finds in the files that a reading command was asked about."""
    from iopctl.check.rules import Context
    from iopctl.check.selection import selection
    from iopctl.files import neighbours

    around = neighbours(selected.inputs, selected.place.agreements)
    checked = Run(
        named={each.name: each for each in selected.inputs},
        around={each.name: each for each in around},
        context=Context(selected.config, selected.as_of),
        selection=selection(selected.config),
        use_cache=True,
    )
    return [each for each in checked.findings() if each.file in checked.named]


def _inputs(wishes: Wishes, place: Repository) -> tuple[dict[str, Input], dict[str, Input]]:
    from iopctl.files import inputs, neighbours, standard_input

    if STANDARD_INPUT not in wishes.files:
        named = inputs(wishes.files, place.agreements)
    elif len(wishes.files) == 1:
        named = [standard_input(wishes.stdin_filename)]
    else:
        raise UserError("- is standard input: give it alone, or else files")
    around = neighbours(named, place.agreements) if wishes.files else []
    if wishes.changed_since is not None:
        from iopctl.files.history import changed

        names = changed([each.name for each in named], wishes.changed_since)
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
    """Yield the named files that can be corrected in form; tell of those that can't safely be."""
    from iopctl.check import checked
    from iopctl.check.fixes import fixed, fixes

    for name, each in given.named.items():
        edits = fixes(checked(each, given.context).diagnostics)
        if edits and isinstance(each.content, bytes):
            try:
                yield Correction(name, each.content, fixed(each.content, edits), len(edits))
            except Refused as error:
                terminal.say(f"{name}: {error}")
