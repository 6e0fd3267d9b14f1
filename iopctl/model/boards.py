"""Which committees pay a row: one, several with percent, or several whose division is unknown."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import PlainValidator

from iopctl.language import marked, tr
from iopctl.model.base import refusal
from iopctl.model.scalars import HUNDRED_PERCENT, percentage, scalar, shown
from iopctl.model.scalars import name as short
from iopctl.money import total

WANTED = marked("a committee, a list of them, or percent by committee")


class BoardShares(tuple[tuple[str, Decimal | None], ...]):
    """The committees that pay a row, each with its percent; None where no division is stated."""

    __slots__ = ()


def _boards(value: object) -> BoardShares:
    if isinstance(value, Mapping):
        shares = BoardShares((_name(name), _percent(name, each)) for name, each in value.items())
        return _whole(shares)
    names = [_name(each) for each in (value if isinstance(value, list) else [value])]
    if not names:
        raise refusal("half-stated", tr("no committee is named"), tr("name one, or take board out"))
    if len(set(names)) < len(names):
        raise refusal(
            "stated-twice", tr("a committee is named twice"), tr("name each of them once")
        )
    return BoardShares((each, HUNDRED_PERCENT if len(names) == 1 else None) for each in names)


def _name(value: object) -> str:
    name = short(scalar(value, WANTED))
    if name.strip():
        return name
    raise refusal("text-empty", tr("a committee's name is empty"), tr("write it, or take it out"))


def _percent(name: str, value: object) -> Decimal:
    text = scalar(value, "a percentage such as 50 or 33.33", at=(name,))
    found = percentage(text)
    if found is None:
        raise refusal(
            "number-spelling",
            tr("found {text}", text=shown(text)),
            tr("write a percentage such as 50 or 33.33"),
            at=(name,),
        )
    return found


def _whole(shares: BoardShares) -> BoardShares:
    whole = total(percent for _, percent in shares if percent is not None)
    if whole == HUNDRED_PERCENT:
        return shares
    raise refusal(
        "contradiction",
        tr("the committees' shares add up to {whole} %, not 100", whole=whole),
        tr("write percent that add up, as 33.33, 33.33 and 33.34"),
    )


Boards = Annotated[BoardShares, PlainValidator(_boards)]
