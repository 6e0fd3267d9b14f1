"""`iopctl new`: the first text of an agreement, out of options or of answers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from iopctl.cli.options import AsOf
from iopctl.cli.writing import Write, option
from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iopctl.check.run import Run
    from iopctl.drafting.precedents import Precedent
    from iopctl.drafting.repricing import Data

NEEDED: Final = ("title", "public", "civil")


def new(
    name: Annotated[
        str, typer.Argument(metavar="[ID]", help="Default: of title and year.", show_default=False)
    ] = "",
    title: Annotated[str, option("TEXT", "What the agreement is called.")] = "",
    public: Annotated[str, option("NAME", "The municipality or region.")] = "",
    civil: Annotated[list[str] | None, option("NAME", "The non-profit; repeatable.")] = None,
    start: Annotated[str, option("DATE", "The first day.")] = "",
    end: Annotated[str, option("DATE|open", "The last day.")] = "",
    amounts: Annotated[
        list[str] | None,
        option("KRONOR", "What each gives a year, the public side first.", "--amount"),
    ] = None,
    percent: Annotated[str, option("PERCENT", "The raise of every new year.", "--index")] = "",
    area: Annotated[str, option("TEXT", "The field of work.")] = "",
    board: Annotated[str, option("NAME", "The committee that decides and pays.")] = "",
    decided: Annotated[
        bool, typer.Option("--decided", help="It is agreed on; else it is marked as a draft.")
    ] = False,
    folder: Annotated[
        str | None, option("FOLDER", "Where. Default: with the other agreements.")
    ] = None,
    write: Write = False,
    as_of: AsOf = None,
) -> None:
    """Make the first text of an agreement.

    On a terminal, what is needed and not told by options is asked for. The text is valid as it
    stands; what is not known stands in comments, to be filled in. What other agreements say of a
    party is taken over.

    Examples:
        iopctl new --title Bryggan --public Umeå --civil Bryggan --start 2027 --end open
    """
    from iopctl.cli.asking import KnownAnswers, asked, names, understood
    from iopctl.cli.spellings import read_as
    from iopctl.cli.writing import alone, everything, found, schema_from
    from iopctl.drafting.precedents import invoicing_for
    from iopctl.drafting.skeleton import Answers, skeleton, slug
    from iopctl.model.scalars import Slug

    given = understood(Answers(
        name, title, public, tuple(civil or ()), tuple(amounts or ()), start, end, percent,
        area, board, draft=not decided,
    ))  # fmt: skip
    missing = [each for each in NEEDED if not getattr(given, each)]
    ask = bool(missing) and sys.stdin.isatty()
    if missing and not ask:
        options = ", ".join(f"--{each}" for each in missing)
        raise UserError(
            tr(
                "{options} is missing: tell it, or run this on a terminal to be asked",
                options=options,
            )
        )
    with alone([folder or ""], write=write):
        place, run = everything(folder, as_of)
        others, known = _known(run)
        given = names(given, known)
        if ask:
            given, known = asked(KnownAnswers(given, known), others)
        usual = invoicing_for(others, _identity(given.public, known))
        if len(given.amounts) > 1 + len(given.civil):
            raise UserError(
                tr(
                    "--amount {amounts}: there are more amounts than parties",
                    amounts=given.amounts[-1],
                )
            )
        id_ = read_as(Slug, name, "ID") if name else slug(f"{given.title} {given.start[:4]}")
        invoicing = {**usual, **given.invoicing}
        text = skeleton(given._replace(id=id_, invoicing=invoicing), known, schema_from(place))
        found(run, (place / f"{id_}.yaml").as_posix(), text, write=write, ask=ask)


def _known(run: Run) -> tuple[list[Precedent], dict[str, Data]]:
    """Return what the agreements that there are say, and what they say of each party by name.

    Those that can't be read are told.
    """
    from iopctl.check.portfolio import document
    from iopctl.drafting.precedents import precedent

    others: list[Precedent] = []
    found: dict[str, Data] = {}
    for each in run.around.values():
        read = document(each)
        if read.agreement is None or read.source is None:
            terminal.say(
                tr(
                    "{name} can't be read: what it says of parties is not taken over",
                    name=each.name,
                )
            )
            continue
        others.append(precedent(read.agreement, read.source.data or {}))
        for told in others[-1].parties.values():
            name = told.get("name", "")
            found[name] = {**found.get(name, {}), **told}
    return others, found


def _identity(name: str, known: Mapping[str, Data]) -> str:
    from iopctl.drafting.precedents import identity

    return identity({"name": name, **known.get(name, {})}) or name
