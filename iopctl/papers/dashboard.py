"""The portfolio on one page of HTML that needs nothing else: figures, pictures, tables."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from decimal import Decimal
from functools import partial
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl import localised
from iopctl.case.closing import closings
from iopctl.case.payers import boards_of
from iopctl.case.stage import STAGES, Stage, stage
from iopctl.check.diagnostics import Severity
from iopctl.dates import add_months
from iopctl.errors import UserError
from iopctl.language import spoken, tr
from iopctl.localised import in_full
from iopctl.money import NBSP, plain, total
from iopctl.output.documents import apart, document, source
from iopctl.output.terminal import printable
from iopctl.papers import duties, pictures, swedish
from iopctl.papers.overview import KIND, in_order, overview
from iopctl.papers.pictures.drawing import NARROW, WIDE, Drawing
from iopctl.papers.pictures.shares import VERDICTS
from iopctl.tables import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from iopctl.case.case import Case
    from iopctl.case.duties import Duty
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.config import Config
    from iopctl.papers.pictures import Picture
    from iopctl.tables import Amount

TEMPLATE: Final = "dashboard.html"
SCRIPT: Final = "dashboard.js"
MARK: Final = '<meta name="generator" content="iopctl report dashboard">'
"""What tells a file that was made here."""

MONTHS_AHEAD: Final = 12
STATES: Final[dict[Stage, str]] = {
    "draft": "utkast",
    "upcoming": "kommande",
    "active": "gällande",
    "expiring": "löper snart ut",
    "expired": "avslutad",
    "terminated": "uppsagd",
    "unknown": "okänd tid",
}
_SEVERITIES: Final = {
    Severity.ERROR: "fel",
    Severity.WARNING: "varning",
    Severity.NOTE: "upplysning",
}
# By the first digit of their codes: the headings of the rules' manual.
SUBJECTS: Final = {
    "0": "filen",
    "1": "parter",
    "2": "ekonomi",
    "3": "giltighet",
    "4": "fakturering",
    "5": "uppföljning",
    "6": "mellan filer",
    "9": "undantag",
}


class DashboardData(NamedTuple):
    """All that the page tells of: the agreements, what is due by day, and what a check finds."""

    cases: Sequence[Case]
    agenda: Sequence[Duty]
    findings: Sequence[Diagnostic]
    config: Config
    as_of: date
    left_out: Sequence[str]


def page(given: DashboardData, folders: Sequence[str]) -> str:
    """Return the page; a template in a user's *folders* goes before our own.

    What agreements say stands in it as text alone: the script has no data of its own, and the
    page lets no other one run. The same portfolio gives the same bytes.

    Raises:
        MissingExtra: the library that draws pictures is not installed.
        UserError: something is wrong in a template.
    """
    from markupsafe import Markup

    found = source(SCRIPT, folders)
    if found is None:
        raise UserError(tr("there is no template {script}", script=SCRIPT))
    script = found[0]
    late = Counter(each.agreement for each in given.agenda if each.day < given.as_of)
    agreements = [_agreement(each, late[each.agreement.id]) for each in given.cases]
    cases = {each.agreement.id: each for each in given.cases}
    near = _near(given)
    values = {
        "script": Markup(script),  # noqa: S704 - the template's own, and no agreement's
        "script_hash": b64encode(sha256(script.encode()).digest()).decode(),
        "as_of": in_full(given.as_of),
        "year": given.as_of.year,
        "benchmark": swedish.benchmark(given.config.benchmark),
        "key_figures": list(_key_figures(given)),
        "pictures": list(_drawn(list(_pictures(given)))),
        "agreements": agreements,
        "states": list(dict.fromkeys(each["state"] for each in agreements)),
        "boards": sorted({name for each in agreements for name in each["boards"]}, key=in_order),
        "duties": [_duty(each, cases[each.agreement]) for each in near],
        "later": len(given.agenda) - len(near),
        "findings": [_finding(each) for each in given.findings],
        "severities": [_SEVERITIES[each] for each in Severity],
        "left_out": list(map(printable, given.left_out)),
    }
    return apart(partial(document, TEMPLATE, folders), values, TEMPLATE, folders)


# ------------------------------------------------------------------ the key figures
def _key_figures(given: DashboardData) -> Iterator[dict[str, str]]:
    year, late = given.as_of.year, sum(each.day < given.as_of for each in given.agenda)
    found = overview(given.cases, year, None, given.as_of, given.config)
    unknown = len(found.partnerships) - len(found.shares)
    states = Counter(stage(each) for each in given.cases)
    told = [_counted(states[each], each) for each in STAGES if states[each]]
    yield _figure("Överenskommelser", localised.number(len(given.cases)), ", ".join(told))
    public, value = (found.total(attrgetter(part)) for part in ("public", "value"))
    of_all = "" if value.unknown else f"av {swedish.kronor(value)} i partnerskapen"
    undated = len(found.undated)
    in_doubt = f"för {localised.number(undated)} är åren okända" if undated else ""
    yield _figure(
        f"Offentliga insatser {year}",
        swedish.kronor(public),
        "; ".join(filter(None, (of_all, in_doubt))),
    )
    yield _figure(
        f"Offentlig andel {year}",
        swedish.percent(found.share.rounded_percent if found.share else None),
        f"riktmärket är {swedish.benchmark(given.config.benchmark)}"
        + (f"; okänd för {localised.number(unknown)}" if unknown else ""),
    )
    yield from _outcomes(given)
    yield _figure(
        "Försenat",
        localised.number(late),
        f"och {localised.number(len(_near(given)) - late)} inom ett år",
    )
    severities = Counter(each.severity for each in given.findings)
    warnings = severities[Severity.WARNING]
    rest = f"och {localised.number(warnings)} {'varning' if warnings == 1 else 'varningar'}"
    yield _figure("Fel i filerna", localised.number(severities[Severity.ERROR]), rest)


def _outcomes(given: DashboardData) -> Iterator[dict[str, str]]:
    """Yield what last year's public money came to, where reports tell of it."""
    year = given.as_of.year - 1
    told = [each for case in given.cases for each in closings(case) if each.year == year]
    known = [each for each in told if each.spent is not None]
    if known:
        spent = sum((each.spent or ZERO for each in known), ZERO)
        agreed = sum((each.agreed for each in known), ZERO)
        back = total(each.to_repay or Decimal(0) for each in known)
        number = len(known)
        things = "överenskommelse" if number == 1 else "överenskommelser"
        yield _figure(
            f"Använt {year}",
            swedish.kronor(spent),
            f"av {swedish.kronor(agreed)} i {localised.number(number)} {things}"
            + (f"; {localised.in_kronor(back)} att betala tillbaka" if back else ""),
        )


def _counted(number: int, state: Stage) -> str:
    plural = {"expired": "avslutade", "terminated": "uppsagda"} if number > 1 else {}
    return f"{localised.number(number)} {plural.get(state, STATES[state])}"


def _figure(name: str, value: str, note: str) -> dict[str, str]:
    return {"name": name, "value": value, "note": note}


# ------------------------------------------------------------------ the pictures
def _pictures(given: DashboardData) -> Iterator[Picture]:
    shares = [each.share() for each in given.cases if each.agreement.kind == KIND]
    drawn = (
        pictures.costs(given.cases, given.as_of),
        pictures.shares(shares, given.config.benchmark),
        pictures.validity(given.cases, given.as_of),
        pictures.outcomes(given.cases),
    )
    yield from (each for each in drawn if each.rows)


def _drawn(given: Sequence[Picture]) -> Iterator[dict[str, Any]]:
    from markupsafe import Markup

    sizes = [Drawing(each, "svg", width) for width in (WIDE, NARROW) for each in given]
    drawings = [drawing.decode() for drawing in pictures.drawn(sizes)]
    for picture, wide, narrow in zip(given, drawings, drawings[len(given) :], strict=False):
        yield {
            "name": picture.name,
            "title": picture.title,
            "description": picture.description,
            "wide": Markup(wide),  # noqa: S704 - the library escapes texts
            "narrow": Markup(narrow),  # noqa: S704 - likewise
        }


# ------------------------------------------------------------------ the tables
def _agreement(case: Case, late: int) -> dict[str, Any]:
    reach, share = case.reach, case.share()
    civil = [each for each in case.agreement.parties.values() if each.role == "civil"]
    return {
        "id": case.agreement.id,
        "title": case.agreement.title,
        "civil": localised.listed([swedish.called(each) for each in civil]),
        "boards": sorted(boards_of(case), key=in_order),
        "state": STATES[stage(case)],
        "start": _day(reach.start),
        "end": "tills vidare" if reach.is_open else _day(reach.end),
        "year": share.year or "",
        "public": _kronor(share.public),
        "whole": _kronor(share.in_all),
        "share": swedish.percent(share.rounded_percent),
        "percent": share.rounded_percent or "",
        "verdict": VERDICTS[share.verdict] if share.rounded_percent is not None else "",
        "late": late,
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else "okänt"


def _kronor(amount: Amount) -> dict[str, str]:
    """Return kronor as they are read, and as they are sorted: nowhere if nothing is known."""
    return {
        "text": swedish.kronor(amount).removesuffix(f"{NBSP}kr"),
        "order": "" if amount.unknown else plain(amount.known),
    }


def _near(given: DashboardData) -> list[Duty]:
    until = add_months(given.as_of, MONTHS_AHEAD)
    return [each for each in given.agenda if each.day <= until]


def _duty(duty: Duty, case: Case) -> dict[str, Any]:
    return {
        "day": duty.day.isoformat(),
        "days": (duty.day - case.as_of).days,
        "days_late": localised.number((case.as_of - duty.day).days),
        "agreement": duty.agreement,
        "what": duties.told(duty, case),
        "assumed": duties.assumed(duty),
        "who": duty.who,
    }


def _in_swedish(found: Diagnostic) -> str:
    """Return what is found in the language of the page, which is Swedish for everybody."""
    with spoken("sv"):
        return found.message


def _finding(found: Diagnostic) -> dict[str, Any]:
    return {
        "severity": _SEVERITIES[found.severity],
        "order": list(Severity).index(found.severity),
        "code": found.code,
        "subject": SUBJECTS[found.code.removeprefix("IOP")[0]],
        "file": printable(found.file),
        "line": found.span.line,
        "message": printable(_in_swedish(found)),
    }
