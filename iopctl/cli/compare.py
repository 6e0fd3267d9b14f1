"""`iopctl compare`: a record held against its document."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.documents import PasswordFile, lines_of
from iopctl.cli.options import AsOf, ColorChoice, One, OutputFormat
from iopctl.errors import Refused
from iopctl.language import for_person, for_programs, tr
from iopctl.output import TableFormat, terminal
from iopctl.output.terminal import Color

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.check.diagnostics import Diagnostic, Finding
    from iopctl.check.run import Run
    from iopctl.reading.comparing import Contradiction
    from iopctl.reading.importing import ImportedDocument
    from iopctl.source import Source


def compare(
    agreement: One,
    document: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]", help="Its document. Default: what source names.", show_default=False
        ),
    ] = None,
    output: OutputFormat = TableFormat.TEXT,
    password_file: PasswordFile = None,
    as_of: AsOf = None,
    color: ColorChoice = Color.AUTO,
) -> int:
    """Hold an agreement against the document that it is from.

    What differs is shown with its places in both, and what only one of them states. Figures,
    dates, numbers, intervals and terms are compared; what people word freely is not. The exit
    code is 1 where something differs.

    Examples:
        iopctl compare stadsmissionen-2024  # with the document that its source names
        iopctl compare stadsmissionen-2024 avtal.pdf --format markdown
    """
    from iopctl.cli.writing import opened
    from iopctl.output import show
    from iopctl.reading.against import against, table
    from iopctl.reading.importing import imported

    given = opened(agreement, as_of)
    name = document or _source(given.agreement.source or "", given.name)
    found = imported(lines_of(name, password_file), name)
    with for_programs(applies=output.is_for_programs):
        told = against(given.source.data or {}, found)
        show(table(given.name, name, given.source, told, found), output, terminal.screen(color))
        return int(bool(told))


def _source(source: str, name: str) -> str:
    """Return the document that an agreement names.

    Raises:
        Refused: it names none.
    """
    if not source:
        raise Refused(
            tr("{name} names no source: name its document, as compare ID FILE", name=name)
        )
    from iopctl.files import place

    return (PurePath(place([name]).root) / source).as_posix()


# ------------------------------------------------------------------ all that have a document
def of_sources(given: Run) -> list[Diagnostic]:
    """Return what differs between the named agreements and their documents.

    Tells of each whose source is no file here; what can't be read is told, too.
    """
    from iopctl.check.portfolio import document
    from iopctl.reading.against import against
    from iopctl.reading.importing import imported

    found: list[Diagnostic] = []
    for each in given.named.values():
        read = document(each)
        if read.agreement is None or read.source is None or not read.agreement.source:
            continue
        name = _source(read.agreement.source, each.name)
        try:
            with for_person():
                made = imported(lines_of(name), name)
        except Refused as error:
            with for_person():
                terminal.say(tr("{name} is not compared: {error}", name=each.name, error=error))
            continue
        told = against(read.source.data or {}, made)
        found += _diagnostics(each.name, read.source, told, made)
    return found


def _diagnostics(
    name: str, source: Source, told: list[Contradiction], made: ImportedDocument
) -> Iterator[Diagnostic]:
    from iopctl.check.diagnostics import Diagnostic, Severity, excerpt
    from iopctl.check.rules.documents import DIFFERS

    for each in told:
        finding = _finding(each, made)
        span = source.locate(each.path)
        yield Diagnostic(
            name, span, DIFFERS.code, DIFFERS.name,
            Severity.NOTE if each.is_only_ours else DIFFERS.severity, finding,
            excerpt(source.text, span),
        )  # fmt: skip


def _finding(each: Contradiction, made: ImportedDocument) -> Finding:
    from iopctl.check.diagnostics import Finding

    if each.is_only_ours:
        return Finding(
            each.path,
            "the record has {ours}, and its document says nothing of it",
            remedy="see where it is from, and say so in the notes",
            ours=each.ours,
        )
    place = made.persons.masked(each.evidence.place.told) if each.evidence else tr("nowhere")
    return Finding(
        each.path,
        "the record has {ours}, its document {theirs} ({place})",
        remedy="compare both, and correct the one that is wrong",
        ours=each.ours or tr("nothing"),
        theirs=each.theirs,
        place=place,
    )
