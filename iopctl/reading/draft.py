"""Facts to a draft: one record in the format's order, valid, with what each value rests on."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from iopctl.drafting.skeleton import slug
from iopctl.model.agreement import Agreement
from iopctl.model.shape import in_order
from iopctl.reading.facts import Doubt, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from iopctl.reading.persons import Persons
    from iopctl.source import Path
    from iopctl.source.events import Value

DraftData = dict[str, Any]


class Draft(NamedTuple):
    """A record's data, and by path what each value rests on and what is doubtful about it."""

    data: DraftData
    facts: Mapping[Path, Fact]
    doubts: tuple[Doubt, ...]

    @property
    def id(self) -> str:
        """The draft's id."""
        return str(self.data["id"])


def draft(facts: Iterable[Fact | Doubt], source: str, persons: Persons) -> Draft:
    """Return the draft that facts make: the first fact for a place wins, and none has a person."""
    told: dict[Path, Fact] = {}
    doubts: list[Doubt] = []
    for each in facts:
        if isinstance(each, Doubt):
            doubts.append(each)
        elif each.path not in told and not _overlaps(each.path, told):
            told[each.path] = each._replace(value=_masked(each.value, persons))
    if any(doubt.path == ("status",) for doubt in doubts):  # what is proposed is not signed
        told.pop(("validity", "signed"), None)
    _settle(told)
    data = _assembled(told)
    start = str(data.get("validity", {}).get("start", ""))
    data |= {"id": slug(f"{data['title']} {start[:4]}"), "status": "draft", "source": source}
    doubts += _unfit(data, told)
    return Draft(in_order(data, Agreement), told, tuple(doubts))


def _overlaps(path: Path, told: Mapping[Path, Fact]) -> bool:
    """Whether a value for the place, or for a part of it, is told in another shape."""
    return any(
        other[: len(path)] == path or path[: len(other)] == other
        for other in told
        if other[0] == path[0] and len(other) != len(path)
    )


def _masked(value: Value, persons: Persons) -> Value:
    match value:
        case list():
            return [_masked(each, persons) for each in value]
        case dict():
            return {key: _masked(each, persons) for key, each in value.items()}
        case _:
            return value and persons.masked(value)


def _settle(told: dict[Path, Fact]) -> None:
    """Settle what two facts say of one thing: an end makes a length needless."""
    base = told.get(("economy", "base_year"))
    start = told.get(("validity", "start"))
    if base and base.value == "start":
        if start:
            told[base.path] = base._replace(value=str(start.value)[:4])
        else:
            del told[base.path]
    if ("validity", "end") in told:
        told.pop(("validity", "years"), None)
        told.pop(("validity", "months"), None)
    if ("validity", "notice_months") in told:
        told.pop(("validity", "notice_by"), None)
    end = told.get(("validity", "end"))
    kind = told.get(("validity", "extension", "kind"))
    if end and end.value == "open" and kind:
        for path in [path for path in told if path[:2] == ("validity", "extension")]:
            del told[path]


def _assembled(told: Mapping[Path, Fact]) -> DraftData:
    data: DraftData = {}
    for path, fact in told.items():
        here: Any = data
        for key, following in pairwise(path):
            here = _within(here, key, [] if isinstance(following, int) else {})
        _put(here, path[-1], fact.value)
    data.setdefault("economy", {}).setdefault("contributions", [])
    data.setdefault("parties", {})
    return data


def _within(here: Any, key: str | int, new: Any) -> Any:  # noqa: ANN401 - a record's data
    if isinstance(key, int):
        while len(here) <= key:
            here.append({})
        return here[key]
    return here.setdefault(key, new)


def _put(here: Any, key: str | int, value: Value) -> None:  # noqa: ANN401 - likewise
    if isinstance(key, int):
        while len(here) <= key:
            here.append({})
    here[key] = value


# ------------------------------------------------------------------ what the format refuses
def _unfit(data: DraftData, told: dict[Path, Fact]) -> list[Doubt]:
    """Take out what the format refuses, and return a doubt for each such value."""
    from iopctl.model.problems import problems

    found: list[Doubt] = []
    while True:  # each round takes something out
        try:
            Agreement.model_validate(data, context={"handles": tuple(data["parties"])})
        except ValidationError as error:
            first = next(iter(problems(error, Agreement)))
            path = _take_out(data, first.path, told)
            found.append(Doubt(path, f"{first.message}: {first.remedy}"))
        else:
            return found


def _take_out(data: DraftData, path: Path, told: dict[Path, Fact]) -> Path:
    """Remove the value at *path*, or the nearest above it that there is; return where it was."""
    here: Any = data
    holder: Any = data
    where: Path = ()
    with suppress(LookupError, TypeError):  # what is missing is not there to be removed
        for key in path:
            holder, here, where = here, here[key], (*where, key)
    last: Any = where[-1]
    del holder[last]
    for each in [each for each in told if each[: len(where)] == where]:
        del told[each]
    return where
