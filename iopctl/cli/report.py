"""`iopctl report`: the papers that committees decide on."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from iopctl.cli.dashboard import dashboard
from iopctl.cli.options import AsOf, Files
from iopctl.errors import UserError
from iopctl.render import terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from iopctl.cli.reading import Selection
    from iopctl.economy.budget import Sheet
    from iopctl.report.texts import Texts

app = typer.Typer(
    help="Write the papers that committees decide on.",
    rich_markup_mode=None,
    add_completion=False,
)
app.command("dashboard")(dashboard)

One = Annotated[str, typer.Argument(metavar="ID|FILE", help="The agreement.")]
OfYear = Annotated[
    int | None,
    typer.Option(
        metavar="YEAR",
        min=1990,
        max=2199,
        help="The year. Default: the last one that is over.",
        show_default=False,
    ),
]
Board = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Only what this committee decides or pays.", show_default=False
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write a .md, .html, .docx, .odt or .pdf. Default: Markdown to standard output.",
        show_default=False,
    ),
]
OwnTexts = Annotated[
    str | None,
    typer.Option(
        "--texts",
        metavar="FILE",
        help="Texts for the sections. Default: texts/NAME.md in the repository.",
        show_default=False,
    ),
]
Templates = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        exists=True,
        file_okay=False,
        help="Look here for templates first.",
        show_default=False,
    ),
]
Reference = Annotated[
    str | None,
    typer.Option(
        "--reference-doc",
        metavar="FILE",
        help="A .docx or .odt whose styles to take.",
        show_default=False,
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")]


class To(NamedTuple):
    """Where a paper goes, and what it is made with."""

    file: str | None
    texts: str | None
    templates: Path | None
    reference: str | None
    force: bool

    @property
    def folders(self) -> tuple[str, ...]:
        """Where a user's own templates may be: the folder named, then the repository's."""
        own = (str(self.templates),) if self.templates else ()
        return (*own, f"{_root()}/templates")

    def written(self, name: str) -> Texts:
        """Return the texts for the paper called *name*.

        Raises:
            UserError: the file that was named is not there, or can't be read.
        """
        from iopctl import files
        from iopctl.report import texts

        file = self.texts or PurePath(_root(), "texts", f"{name}.md").as_posix()
        found = files.text(file)
        if found is None and self.texts:
            raise UserError(f"there is no file {file}")
        return texts.none(file) if found is None else texts.texts(found, file)


@app.command("overview")
def overview(
    files: Files = None,
    year: OfYear = None,
    board: Board = None,
    output: Output = None,
    own_texts: OwnTexts = None,
    templates: Templates = None,
    reference: Reference = None,
    force: Force = False,
    as_of: AsOf = None,
) -> None:
    """Tell a committee of all its partnerships.

    A table of a year's partnerships, what was reported on each, and the economy.
    """
    from iopctl.cli.reading import selection
    from iopctl.render.reports import overview as paper
    from iopctl.report.overview import of_board, overview

    to = To(output, own_texts, templates, reference, force)
    selected = selection(files, as_of)
    given = _sheets(selected)
    year = year or selected.as_of.year - 1
    found = overview(given, year, board, selected.as_of, selected.config)
    if not found.partnerships:
        _refuse_board(given, board)
        _refuse_year(f"no partnership has the year {year}", of_board(given, board))
    others = [each.agreement.id for each in given if each not in set(of_board(given, None))]
    texts = to.written(f"overview-{year}")
    _leave(paper.markdown(found, texts, to.folders), to, texts, selected.as_of)
    _tell((*selected.notes, *_left_out(others)))


@app.command("memo")
def memo(
    agreement: One,
    year: Annotated[
        int | None,
        typer.Option(
            metavar="YEAR",
            min=1990,
            max=2199,
            help="Whose money. Default: the current year, else the last decided.",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    own_texts: OwnTexts = None,
    templates: Templates = None,
    reference: Reference = None,
    force: Force = False,
    as_of: AsOf = None,
) -> None:
    """Tell a committee of one partnership.

    That it goes on, for whom, and what it costs.
    """
    from iopctl.render.reports import memo as paper
    from iopctl.report.memo import memo

    to = To(output, own_texts, templates, reference, force)
    selected, sheet = _one(agreement, as_of, year)
    texts = to.written(f"memo-{sheet.agreement.id}")
    found = memo(sheet, year, selected.config)
    _leave(paper.markdown(found, texts, to.folders), to, texts, selected.as_of)


@app.command("annual")
def annual(
    agreement: One,
    year: OfYear = None,
    output: Output = None,
    own_texts: OwnTexts = None,
    templates: Templates = None,
    reference: Reference = None,
    force: Force = False,
    as_of: AsOf = None,
) -> None:
    """Report a non-profit's year to the committee.

    Outcomes against targets, duties held and missed, money planned and invoiced.
    """
    from iopctl.cli.reading import day
    from iopctl.render.reports import annual as paper
    from iopctl.report.annual import annual
    from iopctl.report.partnership import Partnership

    to = To(output, own_texts, templates, reference, force)
    year = year or day(as_of).year - 1
    selected, sheet = _one(agreement, as_of, year)
    texts = to.written(f"annual-{sheet.agreement.id}-{year}")
    found = annual(Partnership(sheet, year), selected.config.report_due)
    markdown = paper.markdown(found, selected.config, texts, to.folders)
    _leave(markdown, to, texts, selected.as_of)


# ------------------------------------------------------------------ what is asked for
def _root() -> str:
    from iopctl.files import repository

    return repository().root or "."


def _sheets(selected: Selection) -> tuple[Sheet, ...]:
    from iopctl.economy import budget
    from iopctl.economy.figures import Rates

    return budget.sheets(selected.standings, Rates(selected.config.index))


def _one(agreement: str, as_of: str | None, year: int | None) -> tuple[Selection, Sheet]:
    """Return the one agreement that a paper is on, which has the *year* asked for."""
    from iopctl.cli.reading import selection
    from iopctl.report.partnership import years

    selected = selection([agreement], as_of)
    sheets = _sheets(selected)
    if len(sheets) != 1:
        raise UserError(f"{agreement} are {len(sheets)} agreements, and this paper is on one")
    [sheet] = sheets
    if year is not None and year not in years(sheet):
        _refuse_year(f"{sheet.agreement.id} has no year {year}", sheets)
    return selected, sheet


def _refuse_board(given: Sequence[Sheet], board: str | None) -> None:
    from iopctl.economy.budget import boards_of
    from iopctl.report.overview import of_board

    known = sorted({name for sheet in given for name in boards_of(sheet.standing)})
    if board and not any(of_board(given, board)):
        raise UserError(f"no partnership is {board}'s: the committees are {', '.join(known)}")


def _refuse_year(why: str, given: Iterable[Sheet]) -> None:
    from iopctl.report.partnership import years

    known = sorted({year for sheet in given for year in years(sheet)})
    there = f"choose one of {', '.join(map(str, known))}" if known else "no dates are known"
    raise UserError(f"{why}: {there}")


# ------------------------------------------------------------------ what is left
def _leave(markdown: str, to: To, texts: Texts, as_of: date) -> None:
    """Write the paper, and say which sections are yet to be written."""
    from iopctl import files
    from iopctl.economy.notes import named
    from iopctl.render.paper import paper
    from iopctl.render.reports.filling import missing

    if to.file in {None, "-"}:
        terminal.write(markdown, "utf-8")
    else:
        made = paper(markdown, PurePath(to.file).suffix.lower(), as_of, to.reference)
        files.write(to.file, made.content, replace=to.force)
        terminal.say(f"{to.file} is written")
        _tell((made.told,))
    if sections := missing(markdown):
        terminal.say(f"to be written in {texts.file}, each under its ##: {named(sections)}")


def _left_out(others: Sequence[str]) -> Iterable[str]:
    from iopctl.economy.notes import named

    if others:
        yield f"not partnerships (kind: iop), and left out: {named(others)}"


def _tell(notes: Iterable[str]) -> None:
    for note in filter(None, notes):
        terminal.say(note)
