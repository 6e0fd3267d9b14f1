"""The overview of a committee's partnerships, for the template `overview.md`."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from iopctl import localised
from iopctl.localised import in_full
from iopctl.render import pictures
from iopctl.render import swedish as words
from iopctl.render.reports.annual import follow_up
from iopctl.render.reports.filling import filled
from iopctl.render.reports.illustration import illustration
from iopctl.render.reports.partnership import (
    VERDICTS,
    departments,
    partnership,
    public_side,
    verdict,
)
from iopctl.render.swedish import MISSING
from iopctl.report.annual import annual

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from iopctl.render.pictures import Picture
    from iopctl.render.reports.illustration import Form
    from iopctl.report.overview import Overview
    from iopctl.report.partnership import Partnership
    from iopctl.report.texts import Texts
    from iopctl.tables import Amount

_SUMMED: Final[Mapping[str, Callable[[Partnership], Amount]]] = {
    "value": attrgetter("value"),
    "cost": attrgetter("public"),
    "own_part": attrgetter("own_part"),
    "civil": attrgetter("civil"),
    "others": attrgetter("others"),
}
_STAGES: Final = {"current": "Pågående", "ended": "Avslutade", "unknown": "Med okänt slutdatum"}
_NO_AREA: Final = "Övriga områden"


def markdown(
    found: Overview, texts: Texts, folders: Sequence[str] = (), form: Form | None = None
) -> str:
    """Write the overview, with *texts* in its sections, and pictures where they have a *form*."""
    told = {each: _partnership(each, found) for each in found.partnerships}
    values = {
        "year": str(found.year),
        "board": found.board or "",
        "date": in_full(found.as_of),
        "departments": departments(found.partnerships),
        "public_side": public_side(found.partnerships),
        "count": words.in_letters(len(found.partnerships)),
        "associations": words.in_letters(_associations(found), "en"),
        "groups": _groups(found, told),
        "partnerships": list(told.values()),
        "has_others": any(each["has_others"] for each in told.values()),
        "undated": [e.agreement.title for e in found.partnerships if e.stage == "unknown"],
        "picture": illustration(_pictures(found), form),
        **_economy(found),
    }
    return filled("overview.md", values, texts, folders)


def _pictures(found: Overview) -> Iterator[Picture]:
    standings = [each.standing for each in found.partnerships]
    yield pictures.outcomes(standings, found.year)
    yield pictures.costs([each.sheet for each in found.partnerships], found.as_of)
    yield pictures.shares([each.share for each in found.partnerships], found.config.benchmark)
    yield pictures.validity(standings, found.as_of)


def _associations(found: Overview) -> int:
    return len({each.identity for one in found.partnerships for each in one.parties("civil")})


def _groups(found: Overview, told: Mapping[Partnership, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the tables; they have headings only where there are several."""
    stages = {group.stage for group in found.groups}
    areas = {group.area for group in found.groups}
    return [
        {
            "stage": _STAGES[group.stage] if len(stages) > 1 else "",
            "area": (group.area or _NO_AREA) if len(areas) > 1 else "",
            "partnerships": [told[each] for each in group.partnerships],
        }
        for group in found.groups
    ]


def _partnership(each: Partnership, found: Overview) -> dict[str, Any]:
    return {
        **partnership(each),
        **follow_up(annual(each, found.config.report_due)),
        "verdict": verdict(each, found.config.benchmark),
    }


def _economy(found: Overview) -> dict[str, Any]:
    """Return the sums of all partnerships, and the share of those whose share is known."""
    share, benchmark = found.share, found.config.benchmark
    return {
        **{name: words.kronor(found.total(part)) for name, part in _SUMMED.items()},
        "share": words.percent(share.rounded_percent if share else None),
        "shares_known": localised.number(len(found.shares)),
        "all_shares_known": len(found.shares) == len(found.partnerships),
        "verdict": VERDICTS[share.verdict(benchmark)] if share else MISSING,
        "benchmark": words.benchmark(benchmark),
    }
