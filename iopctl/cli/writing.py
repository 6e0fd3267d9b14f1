"""What every writing command does: open one agreement, show the change as a patch, write it."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections import Counter
from contextlib import contextmanager
from functools import wraps
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple, TypeVar, cast

import typer

from iopctl.cli.findings import findings
from iopctl.cli.spellings import day
from iopctl.errors import Refused, UserError
from iopctl.language import counted, tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.check.run import Run
    from iopctl.model import Agreement
    from iopctl.source import Path, Source
    from iopctl.source.events import Value

Command = TypeVar("Command", bound="Callable[..., Any]")

OF_INVOICES: Final = frozenset({"IOP424", "IOP430"})
NONE: Final = frozenset[str]()
YES: Final = frozenset({"y", "yes", "j", "ja"})
NO: Final = frozenset({"", "n", "no", "nej"})

Write = Annotated[
    bool, typer.Option("--write", help="Write the change; without this, it is only shown.")
]


def option(
    metavar: str,
    told: str,
    *names: str,
    autocompletion: Callable[..., Any] | None = None,
) -> Any:  # noqa: ANN401 - as typer has it
    """Return an option that has no default to be shown."""
    return typer.Option(
        *names, metavar=metavar, help=told, show_default=False, autocompletion=autocompletion
    )


EventDay = Annotated[str | None, option("DATE", "When. Default: the day looked from.", "--date")]


def in_turn(command: Command) -> Command:
    """Let a *command* that is to write keep others from it as long as it runs.

    So what it has read, and decided on, still holds when it writes. Those that only show what they
    would write wait for nobody.
    """

    @wraps(command)
    def in_its_turn(**words: Any) -> Any:  # noqa: ANN401 - as typer has them
        named = words.get("files") or [words.get("agreement", "")]
        with alone(named, write=words.get("write") or words.get("record", False)):
            return command(**words)

    return cast("Command", in_its_turn)


@contextmanager
def alone(named: Sequence[str], *, write: bool) -> Iterator[None]:
    """Keep others from writing where the agreements are, and those that are *named*, if to *write*.

    Raises:
        UserError: another program writes there for too long, or the configuration can't be read.
    """
    from iopctl.files import place, turn

    if write:
        with turn(named, place(named).agreements):
            yield
    else:
        yield


def when(text: str | None, given: OpenedAgreement) -> str:
    """Return when something happened, as files have it: the day looked from, unless told."""
    return day(text) if text else given.today.isoformat()


class OpenedAgreement(NamedTuple):
    """The one agreement that a command changes, among those that it is checked with."""

    name: str
    content: bytes
    source: Source
    case: Case
    run: Run

    @property
    def agreement(self) -> Agreement:
        """The agreement."""
        return self.case.agreement

    @property
    def today(self) -> date:
        """The day that the command looks from."""
        return self.case.as_of


class FileChange(NamedTuple):
    """A file's bytes as they were, None where there was no file, and as they are to be."""

    name: str
    before: bytes | None
    after: bytes
    patch: str


def opened(agreement: str, as_of: str | None) -> OpenedAgreement:
    """Read the agreement that a file or id names.

    Raises:
        Refused: it can't be read as an agreement.
        UserError: it is none, or not one alone.
    """
    from iopctl.check.portfolio import document
    from iopctl.cli.findings import STANDARD_INPUT, Wishes, run
    from iopctl.cli.reading import tell

    if agreement == STANDARD_INPUT:
        raise UserError(tr("standard input can't be written to: name a file or an id"))
    found = run(Wishes(files=(agreement,), as_of=as_of, use_cache=False))._replace(known={})
    if len(found.named) != 1:
        raise UserError(
            tr(
                "{agreement} are {named} agreements: name one",
                agreement=agreement,
                named=len(found.named),
            )
        )
    [given] = found.named.values()
    read = document(given)
    if read.agreement is None or read.source is None or not isinstance(given.content, bytes):
        tell(read.diagnostics)
        raise Refused(
            tr("{name} can't be read: correct that first", name=terminal.printable(given.name))
        )
    case = found.context.case(read.agreement)
    known = found._replace(cases={given.name: case})  # what it comes to is worked out once
    return OpenedAgreement(given.name, given.content, read.source, case, known)


def everything(folder: str | None, as_of: str | None) -> tuple[PurePath, Run]:
    """Return a folder, by default that of the agreements, and all in it to check a new one with.

    The folder may not be there yet: it is made for the first file that is written.

    Raises:
        UserError: it is called as a file is.
    """
    from iopctl.check.rules import Context
    from iopctl.check.run import Run
    from iopctl.check.selection import selection
    from iopctl.cli.endings import refuse_file
    from iopctl.cli.reading import day
    from iopctl.files import is_there, place, present

    refuse_file(folder or "", "--folder")
    here = place([folder] if folder else [])
    where = folder or here.agreements
    there = present(where) if is_there(where) else ()
    around = {each.name: each for each in there}
    context = Context(here.config, day(as_of))
    run = Run({}, around, context, selection(here.config), use_cache=False)
    return PurePath(where), run


def schema_from(folder: PurePath) -> str:
    """Return where the format's schema lies, as seen from a folder of the repository."""
    from iopctl.files import seen_from
    from iopctl.model.schema import ID

    return seen_from(str(folder), ID)


def settle_event(given: OpenedAgreement, event: dict[str, Value], *, write: bool) -> None:
    """Show the agreement with an *event* in its log, and write it if asked.

    What is wrong with the event's own parts is told by the options that gave them. What changes
    the terms has happened: it is never refused for the sake of invoices that are in the log.

    Raises:
        Refused: its number is taken, or likewise.
        ChangedFile, UserError: likewise.
    """
    from iopctl.drafting import logbook
    from iopctl.model.log import TermsEvent, words_of
    from iopctl.source import dotted

    own = ("log", logbook.place(given.agreement, event))

    text = logbook.logged(given.source, given.agreement, event)

    def called(path: Path) -> str:
        is_own = path[:2] == own and path[2:]
        return logbook.of_option(path[2:]) if is_own else dotted(path, given.source.data)

    of_terms = str(event["event"]) in words_of(TermsEvent)
    settle(given, text, write=write, called=called, told_alone=OF_INVOICES if of_terms else NONE)


def settle(
    given: OpenedAgreement,
    text: str,
    *,
    write: bool,
    called: Callable[[Path], str] | None = None,
    told_alone: frozenset[str] = NONE,
) -> None:
    """Show *text* as a change of the agreement, and write it if asked.

    What rules find that are *told_alone* refuses nothing. What a place is *called* goes into
    messages.

    Raises:
        ChangedFile: the file was changed by another since it was read.
        Refused: the change would bring an error.
        UserError: it can't be written.
    """
    from iopctl.files import ChangedFile
    from iopctl.output.patch import patch

    mark = BOM_UTF8 if given.content.startswith(BOM_UTF8) else b""
    shown = patch(given.name, given.source.text, text)
    change = FileChange(given.name, given.content, mark + text.encode(), shown)
    _refuse_worse(given.run, given.run, change, told_alone, called)
    try:
        told = _carried_out(change, write=write)
    except ChangedFile:  # which may be tried again, and is shown once
        raise
    except UserError:
        terminal.write(change.patch)
        raise
    terminal.write(change.patch)
    terminal.say(told)


def found(
    run: Run,
    name: str,
    text: str,
    *,
    write: bool,
    ask: bool = False,
    like: OpenedAgreement | None = None,
) -> None:
    """Show *text* as a new agreement beside those of *run*, and write it if asked.

    It is shown as a change of the one that it is *like*, else whole. With *ask*, a person is
    asked whether to write it.

    Raises:
        Refused: there is such a file, or it would have an error.
        UserError: it can't be written.
    """
    from iopctl.output.patch import patch

    around = {**run.around, **run.named}
    if name in around:
        raise Refused(
            tr("{name} is there already, and is left as it is: choose another id", name=name)
        )
    shown = patch(name, like.source.text, text, like.name) if like else patch(name, None, text)
    change = FileChange(name, None, text.encode(), shown)
    _refuse_worse(run._replace(around=around), like and like.run, change)
    terminal.write(change.patch)
    wanted = write or (ask and _agreed(tr("Write {name}? [y/N]", name=name)))
    terminal.say(_carried_out(change, write=wanted))


def _carried_out(change: FileChange, *, write: bool) -> str:
    """Write a change if asked, and return what is to be said of it."""
    from iopctl import files

    if not write:
        return tr("nothing is written: --write does that")
    files.write(change.name, change.after, expected=change.before)
    return tr("{name} is written", name=change.name)


def _refuse_worse(
    run: Run,
    before: Run | None,
    change: FileChange,
    told_alone: frozenset[str] = NONE,
    called: Callable[[Path], str] | None = None,
) -> None:
    """Tell what a check would find beside what it finds of the run *before*, and refuse errors.

    Where there was nothing, errors alone are told: a new agreement leaves much open. Those of the
    rules that are *told_alone* refuse nothing.
    """
    from iopctl.check.diagnostics import Severity
    from iopctl.input import Input
    from iopctl.source import dotted, read
    from iopctl.source.size import excess

    if why := excess(change.after.decode(), None):
        raise Refused(tr("nothing is written: {why}", why=why))
    told = {Severity.ERROR} if before is None else {Severity.ERROR, Severity.WARNING}
    new = {change.name: Input(change.name, change.after)}
    after = findings(run._replace(named=new, cases={}))
    if all(each.severity not in told for each in after):
        return  # so that nobody waits for what was found before
    data = read(change.after).data
    worse = list(_more(findings(before) if before else [], after))
    for each in worse:
        if each.severity in told:
            path = each.finding.path
            where = (called(path) if called else dotted(path, data)) or change.name
            remedy = f"; {each.finding.remedy}" if each.finding.remedy else ""
            terminal.say(f"{tr(each.severity)}: {where}: {each.message}{remedy} ({each.code})")
    errors = sum(each.severity is Severity.ERROR and each.code not in told_alone for each in worse)
    if errors:
        raise Refused(
            counted(
                "nothing is written: {name} would have an error",
                "nothing is written: {name} would have {number} errors",
                errors,
                name=change.name,
            )
        )


def _more(before: list[Diagnostic], after: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield as many findings of each rule as there are more of it, new words first."""
    many = Counter(each.code for each in after)
    many.subtract(each.code for each in before)
    words = {each.message for each in before}
    for each in sorted(after, key=lambda each: each.message in words):
        if many[each.code] > 0:
            many[each.code] -= 1
            yield each


def _agreed(question: str) -> bool:
    """Ask until the answer is yes or no: nothing else throws away what was answered before."""
    while (told := answer(question).lower()) not in {*YES, *NO}:
        pass
    return told in YES


def answer(question: str) -> str:
    """Return what a person types, without blanks around it; standard output stays as it is.

    Raises:
        Abort: there is no more to come.
    """
    terminal.say(question)
    line = sys.stdin.readline()
    if not line:
        raise typer.Abort
    return line.strip()
