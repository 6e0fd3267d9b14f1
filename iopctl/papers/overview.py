"""The overview of a committee's partnerships, for the template `overview.md`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_args

from iopctl import localised
from iopctl.case.payers import boards_of
from iopctl.case.share import whole
from iopctl.localised import in_full
from iopctl.papers import pictures, years
from iopctl.papers import swedish as words
from iopctl.papers.annual import annual, duties
from iopctl.papers.filling import filled
from iopctl.papers.illustration import Illustration
from iopctl.papers.partnership import (
    VERDICTS,
    Chapter,
    Partnership,
    departments,
    held_years,
    partnership,
    public_side,
    verdict,
)
from iopctl.papers.swedish import MISSING
from iopctl.tables import ZERO, Amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.share import Share
    from iopctl.config import Config
    from iopctl.papers.pictures import Picture
    from iopctl.papers.pictures.drawing import PictureFormat
    from iopctl.papers.texts import Texts

KIND = "iop"


class Group(NamedTuple):
    """Partnerships that stand together in the overview; *area* is None where they have none."""

    chapter: Chapter
    area: str | None
    partnerships: tuple[Partnership, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The partnerships of a year, by title; *board* None is those of all committees."""

    year: int
    board: str | None
    as_of: date
    config: Config
    partnerships: tuple[Partnership, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The partnerships by chapter, and within it by area; those without one come last."""
        ordered = sorted(self.partnerships, key=_place)
        found = groupby(ordered, key=lambda each: (each.chapter, each.agreement.area))
        return tuple(Group(chapter, area, tuple(each)) for (chapter, area), each in found)

    @property
    def dated(self) -> tuple[Partnership, ...]:
        """The partnerships that have a day in the year."""
        return tuple(each for each in self.partnerships if each.chapter != "undated")

    @property
    def undated(self) -> tuple[Partnership, ...]:
        """The partnerships of which it is not known that they have a day in the year."""
        return tuple(each for each in self.partnerships if each.chapter == "undated")

    def total(self, part: Callable[[Partnership], Amount]) -> Amount:
        """Return the sum of a *part* of each partnership."""
        return sum(map(part, self.partnerships), ZERO)

    @property
    def shares(self) -> tuple[Share, ...]:
        """The shares that are known by their rows, so that they can be added up."""
        shares = (each.share for each in self.partnerships)
        return tuple(each for each in shares if each.reckoned is not None)

    @property
    def share(self) -> Share | None:
        """The public side's share of the partnerships whose share is known, if any is."""
        return whole(self.shares)


def _place(each: Partnership) -> tuple[int, bool, str, str]:
    area = each.agreement.area
    order = get_args(Chapter).index(each.chapter)
    return order, area is None, in_order(area or ""), in_order(each.agreement.title)


def in_order(text: str) -> str:
    """Return *text* as Swedish sorts it: å, ä and ö after z."""
    return text.casefold().translate(_AFTER_Z)


_AFTER_Z = str.maketrans("åäö", "{|}")


def overview(
    given: Sequence[Case], year: int, board: str | None, as_of: date, config: Config
) -> Overview:
    """Return the overview of *year*; of *given*, only partnerships that a committee has a part in.

    With those that have a day in the year stand those of which that is not known.
    *board* is one that decides or pays; None asks for all.
    """
    found = (Partnership(case, year, board) for case in of_board(given, board))
    ordered = sorted(
        (each for each in found if year in held_years(each.case) or each.case.may_hold(year)),
        key=lambda each: (in_order(each.agreement.title), each.agreement.id),
    )
    return Overview(year, board, as_of, config, tuple(ordered))


def of_board(given: Sequence[Case], board: str | None) -> Iterator[Case]:
    """Yield the partnerships that a committee decides or pays, all if none is named."""
    for case in given:
        if case.agreement.kind == KIND and (board is None or board in boards_of(case)):
            yield case


# ------------------------------------------------------------------ in words
_SUMMED: Final[Mapping[str, Callable[[Partnership], Amount]]] = {
    "value": attrgetter("value"),
    "cost": attrgetter("public"),
    "own_part": attrgetter("own_part"),
    "civil": attrgetter("civil"),
    "others": attrgetter("others"),
}
_CHAPTERS: Final[Mapping[Chapter, str]] = {
    "current": "Pågående",
    "ended": "Avslutade",
    "unknown": "Med okänt slutdatum",
    "undated": "Med okända år",
}
_NO_AREA: Final = "Övriga områden"


def markdown(
    found: Overview, texts: Texts, folders: Sequence[str] = (), form: PictureFormat | None = None
) -> str:
    """Write the overview, with *texts* in its sections, and pictures where they have a *form*."""
    called = Counter(each.agreement.title for each in found.partnerships)
    told = {
        each: _partnership(each, is_alone=called[each.agreement.title] == 1)
        for each in found.partnerships
    }
    drawing = Illustration(tuple(_pictures(found)), form)
    values = {
        "year": str(found.year),
        "board": found.board or "",
        "board_in_text": words.in_running_text(found.board) if found.board else "",
        "is_past": found.year < found.as_of.year,
        "date": in_full(found.as_of),
        "departments": departments(found.dated or found.partnerships),
        "public_side": public_side(found.dated or found.partnerships),
        "known": len(found.dated),
        "count": localised.in_letters(len(found.dated)),
        "without_years": localised.listed([each.agreement.title for each in found.undated]),
        "associations": _associations(found),
        "of_time": years.column(found.dated, found.year),
        "groups": _groups(found, told),
        "partnerships": list(told.values()),
        "has_others": any(each["has_others"] for each in told.values()),
        "endless_in_words": localised.listed(
            [each.agreement.title for each in found.partnerships if _has_no_end(each)]
        ),
        "endless": [each.agreement.title for each in found.partnerships if _has_no_end(each)],
        "picture": drawing,
        **_economy(found),
    }
    return drawing.drawn(filled("overview.md", values, texts, folders))


def _has_no_end(each: Partnership) -> bool:
    return each.case.reach.end is None and not each.case.reach.is_open


def _pictures(found: Overview) -> Iterator[Picture]:
    cases = [each.case for each in found.partnerships]
    yield pictures.outcomes(cases, found.year)
    yield pictures.costs([each.case for each in found.partnerships], found.as_of)
    yield pictures.shares([each.share for each in found.partnerships], found.config.benchmark)
    yield pictures.validity(cases, found.as_of)


def _associations(found: Overview) -> str:
    count = words.count_of([each for one in found.dated for each in one.parties("civil")])
    if count == 1:
        return "en idéburen part"
    return f"sammanlagt {localised.in_letters(count)} idéburna parter" if count else ""


def _groups(found: Overview, told: Mapping[Partnership, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the tables; they have headings only where there are several."""
    chapters = {group.chapter for group in found.groups}
    areas = {group.area for group in found.groups}
    return [
        {
            "stage": _CHAPTERS[group.chapter] if len(chapters) > 1 else "",
            "area": (group.area or _NO_AREA) if len(areas) > 1 else "",
            "partnerships": [told[each] for each in group.partnerships],
        }
        for group in found.groups
    ]


def _partnership(each: Partnership, *, is_alone: bool) -> dict[str, Any]:
    """Return what is told of a partnership; of several with one title each has its own section."""
    agreement = each.agreement
    return {
        **partnership(each),
        "section": agreement.title if is_alone else f"{agreement.title} ({agreement.id})",
        **duties(annual(each)),
        "verdict": verdict(each),
        "is_undated": each.chapter == "undated",
    }


def _of_shares(found: Overview) -> str:
    """Return of how many partnerships the share is, where it is not of all."""
    known, all_of_them = len(found.shares), len(found.partnerships)
    if known == all_of_them:
        return ""
    of_all = localised.in_letters(all_of_them)
    return f"räknat på {localised.in_letters(known)} av {of_all} partnerskap"


def _economy(found: Overview) -> dict[str, Any]:
    """Return the sums of all partnerships, and the share of those whose share is known."""
    share, benchmark = found.share, found.config.benchmark
    return {
        **{name: words.kronor(found.total(part)) for name, part in _SUMMED.items()},
        "share": words.percent(share.rounded_percent if share else None),
        "of_shares": _of_shares(found) if share else "",
        "shares_known": localised.in_letters(len(found.shares)),
        "all_of_them": localised.in_letters(len(found.partnerships)),
        "has_shares": bool(found.shares),
        "all_shares_known": len(found.shares) == len(found.partnerships),
        "verdict": VERDICTS[share.verdict] if share else MISSING,
        "benchmark": words.benchmark(benchmark),
    }
