"""`iopctl check`: everything that is wrong with agreement files, in one run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from time import sleep
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from iopctl.cli import completion
from iopctl.cli.findings import STANDARD_INPUT, Wishes, corrections, findings, run
from iopctl.cli.options import AsOf, ColorChoice, Files
from iopctl.errors import UserError
from iopctl.language import counted, for_programs, tr
from iopctl.output import TableFormat, terminal
from iopctl.output.diagnostics import FindingFormat, Findings
from iopctl.output.terminal import Color

if TYPE_CHECKING:
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.check.run import Run
    from iopctl.cli.findings import Correction
    from iopctl.output.terminal import Screen

SECONDS: Final = 1
OF_SERVICES: Final = frozenset({FindingFormat.GITHUB, FindingFormat.GITLAB, FindingFormat.SARIF})
"""Formats whose readers call a file as from the top of its repository."""
TABLES: Final = {
    FindingFormat.TEXT: TableFormat.TEXT,
    FindingFormat.JSON: TableFormat.JSON,
    FindingFormat.MARKDOWN: TableFormat.MARKDOWN,
}


class Presentation(NamedTuple):
    """How the findings are shown, and what is done about them."""

    form: FindingFormat = FindingFormat.TEXT
    statistics: bool = False
    output: str | None = None
    color: Color = Color.AUTO
    strict: bool = False
    fix: bool = False
    baseline: str | None = None
    write_baseline: bool = False
    sources: bool = False

    @property
    def is_for_programs(self) -> bool:
        """Whether programs read the findings, who know no language."""
        return self.form in {FindingFormat.JSON, FindingFormat.JSONL}


def check(
    files: Files = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE",
            help="Only these: codes, names, or series as 2xx.",
            autocompletion=completion.rules,
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE",
            help="All but these.",
            show_default=False,
            autocompletion=completion.rules,
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail, too.")] = False,
    form: Annotated[
        FindingFormat | None,
        typer.Option(
            "--format", "-f", help="How to write it. Default: text, or what the CI service reads."
        ),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")
    ] = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Count the findings of each rule instead.")
    ] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Rewrite what is misspelt, never what is meant.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would rewrite, and write nothing.")
    ] = False,
    changed_since: Annotated[
        str | None,
        typer.Option(metavar="REV", help="Only files that changed since this git revision."),
    ] = None,
    baseline: Annotated[
        str | None, typer.Option(metavar="FILE", help="Leave out what this file lists.")
    ] = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Have the baseline list what is found now.")
    ] = False,
    stdin_filename: Annotated[
        str, typer.Option(metavar="FILE", help="The name of the text that - reads.")
    ] = "<stdin>",
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever a file changes.")
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Check all anew, and remember nothing.")
    ] = False,
    sources: Annotated[
        bool, typer.Option("--sources", help="Compare with the documents that source names, too.")
    ] = False,
    as_of: AsOf = None,
    color: ColorChoice = Color.AUTO,
) -> int:
    """Find all that is wrong with agreements.

    Each finding has its place, its rule and what to do; iopctl rule explains a rule. A FILE, or
    - for standard input, is also compared with the agreements beside it.

    Errors make the exit code 1: what can't be read, or would be billed wrongly. Warnings do so
    with --strict, notes never.

    Examples:
        iopctl check
        iopctl check --fix --diff  # what can be mended by itself
        iopctl check --select IOP2xx --strict  # money alone, warnings as errors
    """
    wishes = Wishes(
        files=tuple(files or ()),
        stdin_filename=stdin_filename,
        changed_since=changed_since,
        as_of=as_of,
        select=_words(select),
        ignore=_words(ignore),
        use_cache=not no_cache,
    )
    manner = Presentation(
        form=form or _usual_format(statistics=statistics),
        statistics=statistics,
        output=output,
        color=color,
        strict=strict,
        fix=fix,
        baseline=baseline,
        write_baseline=write_baseline,
        sources=sources,
    )
    _refuse_nonsense(wishes, manner, watch=watch)
    if diff:
        return _differences(run(wishes))
    if watch:
        return watch_for_changes(wishes, manner, partial(sleep, SECONDS))
    return _once(wishes, manner)


def _words(given: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(word for each in given or () for word in each.replace(",", " ").split())


def _usual_format(*, statistics: bool) -> FindingFormat:
    service = None if statistics else terminal.ci_service()
    return FindingFormat(service) if service else FindingFormat.TEXT


def _refuse_nonsense(wishes: Wishes, manner: Presentation, *, watch: bool) -> None:
    reads_input = STANDARD_INPUT in wishes.files
    beyond_input = manner.fix or watch or wishes.changed_since
    for is_wrong, told in (
        (reads_input and beyond_input, tr("- is no file to be fixed, watched or known to git")),
        (
            manner.write_baseline and not manner.baseline,
            tr("--write-baseline needs --baseline FILE"),
        ),
        (
            manner.statistics and manner.form not in TABLES,
            tr("--statistics has the formats {formats}", formats=", ".join(TABLES)),
        ),
    ):
        if is_wrong:
            raise UserError(told)


# ------------------------------------------------------------------ a run, or one after another
def _once(wishes: Wishes, manner: Presentation) -> int:
    from iopctl.check.diagnostics import Severity
    from iopctl.output.diagnostics.summary import mended, summary

    given = run(wishes)
    if manner.fix:
        _correct(given)
        given = run(wishes)
    with for_programs(applies=manner.is_for_programs):
        all_of_them = [*findings(given), *_of_sources(given, manner)]
    told, more = _new(all_of_them, manner)
    found = Findings(sorted(given.named), given.context.as_of, told)
    _show(found, manner)
    if manner.form is FindingFormat.TEXT or manner.output:
        terminal.say(f"{summary(found)}{more}{mended(found)}")
    failing = (Severity.ERROR, Severity.WARNING) if manner.strict else (Severity.ERROR,)
    return int(any(found.count(each) for each in failing))


def _of_sources(given: Run, manner: Presentation) -> list[Diagnostic]:
    if not manner.sources:
        return []
    from iopctl.cli.compare import of_sources

    return of_sources(given)


def watch_for_changes(wishes: Wishes, manner: Presentation, wait: Callable[[], object]) -> int:
    """Check at once and after every change, until the process is stopped."""
    from iopctl.files import place, stamps

    seen, told = None, ""
    while True:
        try:
            now = stamps(wishes.files, place(wishes.files).agreements)
            if now != seen:
                seen, told = now, ""
                _once(wishes, manner)
        except UserError as error:
            if str(error) != told:
                told = str(error)
                terminal.say(f"iopctl: {told}")
        wait()


def _new(found: list[Diagnostic], manner: Presentation) -> tuple[list[Diagnostic], str]:
    """Return what the baseline does not list, and what to say of what it does."""
    if manner.baseline is None:
        return found, ""
    from iopctl import files
    from iopctl.check import baseline

    most = files.MOST_BASELINE
    text = files.text(manner.baseline, most)
    if manner.write_baseline:
        text = baseline.written(found, text, manner.baseline)
        if len(text.encode()) > most:
            raise UserError(
                tr("{found} findings are more than a baseline can have", found=len(found))
            )
        files.write(manner.baseline, text.encode(), replace=True)
    if text is None:
        raise UserError(
            tr("{baseline} is not there: write it with --write-baseline", baseline=manner.baseline)
        )
    new, gone = baseline.compared(found, text, manner.baseline)
    listed = tr("; {number} in the baseline", number=len(found) - len(new))
    stale = tr(", {number} of its entries no longer found", number=gone) if gone else ""
    return new, listed + stale


# ------------------------------------------------------------------ what is shown
def _show(found: Findings, manner: Presentation) -> None:
    if manner.output is None:
        screen = terminal.screen(manner.color)
        is_text = manner.form is FindingFormat.TEXT
        text = _text(found, manner, screen)
        terminal.write(text, screen.encoding if is_text else "utf-8")
    else:
        from iopctl.files import write

        text = _text(found, manner, terminal.PIPE)
        write(manner.output, text.encode(errors="backslashreplace"), replace=True)


def _text(found: Findings, manner: Presentation, screen: Screen) -> str:
    from iopctl.output import diagnostics, rendered

    if manner.statistics:
        from iopctl.output.diagnostics.statistics import table

        return rendered(table(found), TABLES[manner.form], screen)
    if manner.form in OF_SERVICES:
        from iopctl.files import from_top

        told = [each._replace(file=from_top(each.file)) for each in found.diagnostics]
        found = found._replace(diagnostics=told)
    with for_programs(applies=manner.is_for_programs):
        return diagnostics.rendered(found, manner.form, screen)


# ------------------------------------------------------------------ corrections
def _correct(given: Run) -> None:
    from iopctl.files import write

    found = list(corrections(given))
    for each in found:
        write(each.name, each.after, expected=each.before)
    if found:
        terminal.say(tr("rewrote {values}", values=_counted(found)))


def _differences(given: Run) -> int:
    found = list(corrections(given))
    terminal.write("".join(each.difference for each in found), "utf-8")
    would = tr("would rewrite {values}", values=_counted(found))
    terminal.say(would if found else tr("nothing to rewrite"))
    return int(bool(found))


def _counted(found: Sequence[Correction]) -> str:
    values, files = sum(each.rewritten for each in found), len(found)
    return tr(
        "{values} in {files}",
        values=counted("{number} value", "{number} values", values),
        files=counted("{number} file", "{number} files", files),
    )
