"""`iopctl new`: the first text of an agreement, out of options or of answers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from iopctl.cli.options import AsOf
from iopctl.cli.writing import Write, option
from iopctl.errors import UserError
from iopctl.output import terminal

if TYPE_CHECKING:
    from iopctl.check.run import Run
    from iopctl.drafting.repricing import Data
    from iopctl.drafting.skeleton import Answers

NEEDED: Final = ("title", "public", "civil")
SCHEMA: Final = "../iopctl.schema.json"


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
    from iopctl.cli.writing import alone, everything, found, read_as
    from iopctl.drafting.skeleton import Answers, skeleton, slug
    from iopctl.model.scalars import Slug

    given = Answers(
        name, title, public, tuple(civil or ()), tuple(amounts or ()), start, end, percent,
        area, board, draft=not decided,
    )  # fmt: skip
    missing = [each for each in NEEDED if not getattr(given, each)]
    asked = bool(missing) and sys.stdin.isatty()
    if asked:
        given = _asked(given)
    elif missing:
        options = ", ".join(f"--{each}" for each in missing)
        raise UserError(f"{options} is missing: tell it, or run this on a terminal to be asked")
    if len(given.amounts) > 1 + len(given.civil):
        raise UserError(f"--amount {given.amounts[-1]}: there are more amounts than parties")
    id_ = read_as(Slug, name, "ID") if name else slug(f"{given.title} {given.start[:4]}")
    with alone([folder or ""], write=write):
        place, run = everything(folder, as_of)
        text = skeleton(given._replace(id=id_), _known(run), SCHEMA)
        found(run, (place / f"{id_}.yaml").as_posix(), text, write=write, ask=asked)


def _asked(given: Answers) -> Answers:
    """Return what is *given* with answers to what it lacks."""
    from iopctl.model.scalars import Kronor, PartialDate, Text
    from iopctl.model.validity import End

    title = given.title or _answer("What is the agreement called?", Text)
    public = given.public or _answer("Which municipality or region?", Text)
    civil = given.civil or (_answer("Which non-profit?", Text),)
    start = given.start or _answer("Its first day, as 2027-01-01?", PartialDate, needed=False)
    end = given.end or _answer("Its last day, or open?", End, needed=False)
    amounts = given.amounts or tuple(
        _answer(f"What does {each} give a year, in kronor?", Kronor, needed=False)
        for each in (public, *civil)
    )
    return given._replace(
        title=title, public=public, civil=civil, start=start, end=end, amounts=amounts
    )


def _answer(question: str, kind: object, *, needed: bool = True) -> str:
    """Return an answer that can be read as a *kind* of value; "" where none is *needed*."""
    from iopctl.cli.writing import answer, read_as

    while True:
        text = answer(question if needed else f"{question} (may be left empty)")
        try:
            if text:
                read_as(kind, text, "the answer")
        except UserError as error:
            terminal.say(str(error))
            continue
        if text or not needed:
            return text


def _known(run: Run) -> dict[str, Data]:
    """Return what the agreements that there are say of each party, by its name.

    Those that can't be read are told.
    """
    from iopctl.check.portfolio import document

    found: dict[str, Data] = {}
    for each in run.around.values():
        read = document(each)
        if read.agreement is None:
            terminal.say(f"{each.name} can't be read: what it says of parties is not taken over")
        data: Data = read.source.data if read.agreement and read.source and read.source.data else {}
        for told in data.get("parties", {}).values():
            found[told.get("name", "")] = found.get(told.get("name", ""), {}) | told
    return found
