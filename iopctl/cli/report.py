"""`iopctl report`: the papers that committees decide on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from iopctl.cli.choices import PROPOSALS
from iopctl.cli.cuts import Board, spelled_board
from iopctl.cli.dashboard import dashboard
from iopctl.cli.manual import ToldCommand, ToldGroup
from iopctl.cli.options import AsOf, Files, One, YearOver
from iopctl.cli.paper import (
    OwnTexts,
    PaperFile,
    Pictures,
    Reference,
    ReplacePaper,
    To,
    leave,
    tell,
)
from iopctl.cli.templates import OwnTemplates, Templates, folders
from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iopctl.case.case import Case
    from iopctl.cli.reading import AgreementSelection

app = typer.Typer(
    cls=ToldGroup,
    help="Write the papers that committees decide on.",
    rich_markup_mode=None,
    add_completion=False,
)
app.command("dashboard", cls=ToldCommand)(dashboard)


class _Means(NamedTuple):
    """What the options say a paper is made with, and whether it may replace another."""

    templates: str | None
    own_templates: bool
    reference: str | None
    force: bool

    def to(
        self, names: Sequence[str], output: str | None, texts: str | None, *, pictures: bool | None
    ) -> To:
        """Return where the paper of what is named goes, with what of its repository."""
        from iopctl.files import place as place_of

        place = place_of(names)
        own = folders(self.templates, place, own=self.own_templates)
        return To(output, texts, pictures, place.root, own, self.reference, self.force)


@app.command("overview", cls=ToldCommand)
def overview(
    files: Files = None,
    year: YearOver = None,
    board: Board = None,
    output: PaperFile = None,
    own_texts: OwnTexts = None,
    pictures: Pictures = None,
    templates: Templates = None,
    own_templates: OwnTemplates = False,
    reference: Reference = None,
    force: ReplacePaper = False,
    as_of: AsOf = None,
) -> None:
    """Tell a committee of all its partnerships.

    A table of a year's partnerships, what was reported on each, and the economy.

    Examples:
        iopctl report overview --year 2020
        iopctl report overview --year 2020 --board Arbetsmarknadsnämnden -o overview.docx
    """
    from iopctl.cli.reading import selection
    from iopctl.papers import overview as paper
    from iopctl.papers.overview import of_board, overview

    means = _Means(templates, own_templates, reference, force)
    to = means.to(files or (), output, own_texts, pictures=pictures)
    selected = selection(files, as_of, followed=True)
    given = selected.reckoned()
    year = year or selected.as_of.year - 1
    board = spelled_board(board, given)
    found = overview(given, year, board, selected.as_of, selected.config)
    if not found.partnerships:
        _refuse_board(given, board)
        _refuse_year(tr("no partnership has the year {year}", year=year), of_board(given, board))
    partnerships = set(of_board(given, None))
    others = [each.agreement.id for each in given if each not in partnerships]
    texts = to.written(f"overview-{year}")
    leave(partial(paper.markdown, found, texts, to.folders), to, texts, selected.as_of)
    tell((*selected.notes, *_left_out(others)))


@app.command("memo", cls=ToldCommand)
def memo(
    agreement: One,
    year: Annotated[
        int | None,
        typer.Option(
            metavar="YEAR",
            min=1990,
            max=2199,
            help="Whose money. Default: the current year, else the nearest decided.",
            show_default=False,
        ),
    ] = None,
    output: PaperFile = None,
    own_texts: OwnTexts = None,
    pictures: Pictures = None,
    templates: Templates = None,
    own_templates: OwnTemplates = False,
    reference: Reference = None,
    force: ReplacePaper = False,
    as_of: AsOf = None,
) -> None:
    """Tell a committee of one partnership.

    That it goes on, for whom, and what it costs.

    Examples:
        iopctl report memo ikf-2018
        iopctl report memo stadsmissionen-2024 -o memo.docx
    """
    from iopctl.papers import memo as paper
    from iopctl.papers.memo import memo

    means = _Means(templates, own_templates, reference, force)
    to = means.to([agreement], output, own_texts, pictures=pictures)
    selected, case = _one(agreement, as_of, year)
    texts = to.written(f"memo-{case.agreement.id}")
    found = memo(case, year)
    leave(partial(paper.markdown, found, texts, to.folders), to, texts, selected.as_of)


@app.command("annual", cls=ToldCommand)
def annual(
    agreement: One,
    year: YearOver = None,
    output: PaperFile = None,
    own_texts: OwnTexts = None,
    pictures: Pictures = None,
    templates: Templates = None,
    own_templates: OwnTemplates = False,
    reference: Reference = None,
    force: ReplacePaper = False,
    as_of: AsOf = None,
) -> None:
    """Report a non-profit's year to the committee.

    Outcomes against targets, duties held and missed, money planned and invoiced.

    Examples:
        iopctl report annual stadsmissionen-2024 --year 2024
    """
    from iopctl.cli.reading import day
    from iopctl.papers import annual as paper
    from iopctl.papers.annual import annual
    from iopctl.papers.partnership import Partnership

    means = _Means(templates, own_templates, reference, force)
    to = means.to([agreement], output, own_texts, pictures=pictures)
    year = year or day(as_of).year - 1
    selected, case = _one(agreement, as_of, year)
    texts = to.written(f"annual-{case.agreement.id}-{year}")
    found = annual(Partnership(case, year))
    markdown = partial(paper.markdown, found, texts, to.folders)
    leave(markdown, to, texts, selected.as_of)


@app.command("decision", cls=ToldCommand)
def decision(
    agreement: One,
    proposal: Annotated[
        Literal["extend", "renew", "end"],
        typer.Option(
            "--proposal",
            help="What the committee is to decide.",
            show_default=False,
            parser=PROPOSALS,
            autocompletion=PROPOSALS.offered,
        ),
    ],
    until: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="The last day as proposed. Default: the next option's, else the present end.",
            show_default=False,
        ),
    ] = None,
    dnr: Annotated[
        str | None,
        typer.Option(metavar="NUMBER", help="The number of the case.", show_default=False),
    ] = None,
    output: PaperFile = None,
    own_texts: OwnTexts = None,
    pictures: Pictures = None,
    templates: Templates = None,
    own_templates: OwnTemplates = False,
    reference: Reference = None,
    force: ReplacePaper = False,
    as_of: AsOf = None,
) -> None:
    """Propose to a committee to extend, renew or end one.

    What is proposed, what came of it, and what each year costs.

    Examples:
        iopctl report decision stadsmissionen-2024 --proposal extend --dnr "AMN 2025-41"
        iopctl report decision ikf-2023 --proposal end -o beslut.docx
    """
    from iopctl.cli.reading import day
    from iopctl.papers import decision as paper

    means = _Means(templates, own_templates, reference, force)
    to = means.to([agreement], output, own_texts, pictures=pictures)
    selected, case = _one(agreement, as_of, None)
    last = day(until, "--until") if until else None
    found = paper.decision(case, proposal, last, dnr or "")
    texts = to.written(f"decision-{case.agreement.id}")
    leave(partial(paper.markdown, found, texts, to.folders), to, texts, selected.as_of)


@app.command("agreement", cls=ToldCommand)
def agreement_(
    agreement: One,
    output: PaperFile = None,
    own_texts: OwnTexts = None,
    templates: Templates = None,
    own_templates: OwnTemplates = False,
    reference: Reference = None,
    force: ReplacePaper = False,
    as_of: AsOf = None,
) -> None:
    """Write the agreement itself, from its file.

    With a place for every point that guidelines for partnerships ask for.

    Examples:
        iopctl report agreement stadsmissionen-2024 -o avtal.docx
    """
    from iopctl.papers import contract

    means = _Means(templates, own_templates, reference, force)
    to = means.to([agreement], output, own_texts, pictures=None)
    selected, case = _one(agreement, as_of, None)
    texts = to.written(f"agreement-{case.agreement.id}")
    leave(lambda _: contract.markdown(case, texts, to.folders), to, texts, selected.as_of)


# ------------------------------------------------------------------ what is asked for
def _one(agreement: str, as_of: str | None, year: int | None) -> tuple[AgreementSelection, Case]:
    """Return the one agreement that a paper is on, which has the *year* asked for."""
    from iopctl.cli.reading import selection
    from iopctl.papers.partnership import held_years

    selected = selection([agreement], as_of, followed=True)
    cases = selected.reckoned()
    if len(cases) != 1:
        raise UserError(
            tr(
                "{agreement} are {cases} agreements, and this paper is on one",
                agreement=agreement,
                cases=len(cases),
            )
        )
    [case] = cases
    if year is not None and year not in held_years(case) and not case.may_hold(year):
        _refuse_year(tr("{name} has no year {year}", name=case.agreement.id, year=year), cases)
    return selected, case


def _refuse_board(given: Sequence[Case], board: str | None) -> None:
    from iopctl.case.payers import boards_of
    from iopctl.papers.overview import of_board

    known = sorted({name for case in given for name in boards_of(case)})
    these = tr("the committees are {names}", names=", ".join(known))
    there = these if known else tr("none names a committee")
    if board and not any(of_board(given, board)):
        raise UserError(tr("no partnership is {board}'s: {there}", board=board, there=there))


def _refuse_year(why: str, given: Iterable[Case]) -> None:
    from iopctl.papers.partnership import held_years

    known = sorted({year for case in given for year in held_years(case)})
    these = tr("choose one of {years}", years=", ".join(map(str, known)))
    there = these if known else tr("no year is known")
    raise UserError(f"{why}: {there}")


def _left_out(others: Sequence[str]) -> Iterable[str]:
    from iopctl.listings.notes import named

    if others:
        yield tr("not partnerships (kind: iop), and left out: {names}", names=named(others))
