"""How papers spell things in Swedish: kronor that may be unknown, shares, dates, lists, numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from iopctl.case.marking import billed_in_words, in_words
from iopctl.dates import MONTHS_A_YEAR
from iopctl.localised import in_full, in_kronor, in_letters, listed, month_name, number
from iopctl.money import NBSP
from iopctl.output.figures import shown
from iopctl.tables import ZERO, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iopctl.case.case import Case
    from iopctl.config import Benchmark
    from iopctl.dates import Period
    from iopctl.model import Contribution, Invoicing, Party, Validity
    from iopctl.model.follow_up import Volume
    from iopctl.model.validity import Extension
    from iopctl.tables import Amount

MISSING: Final = "uppgift saknas"
_FRACTIONS: Final = {
    Decimal(50): "hälften",
    Decimal(25): "en fjärdedel",
    Decimal(75): "tre fjärdedelar",
    Decimal(20): "en femtedel",
    Decimal("33.33"): "en tredjedel",
    Decimal("33.34"): "en tredjedel",
}
_MEASURES: Final = {"places": " samtidigt", "per_year": " per år", None: ""}
_MONTH: Final = len("2024-01")
_NOUNS: Final = ("överenskommelse", "partnerskap", "samverkansavtal", "föreningsavtal", "avtal")


# ------------------------------------------------------------------ figures
def kronor(amount: Amount, undivided: Amount = ZERO, as_written: Amount = ZERO) -> str:
    """Write a year's sum; where some of it is unknown, also the whole period's that is in no year.

    *as_written* is what the agreement states a year, where it is not known in which years.
    """
    if amount.complete:
        return in_kronor(amount.known)
    yearly = f"{kronor(as_written)} per år, åren okända" if as_written.known else ""
    is_told = undivided.complete or (bool(yearly) and as_written.complete)
    least = "" if is_told and not amount.known else "minst "
    whole = f"{in_kronor(undivided.known)} för hela avtalstiden" if undivided.known else ""
    if amount.known:
        return f"{least}{in_kronor(amount.known)}{whole and f', och {whole}'}"
    if whole:
        return f"{least}{whole}{yearly and f', och {yearly}'}"
    return f"{kronor(as_written)}, åren okända" if as_written.known else MISSING


def percent(value: Decimal | None) -> str:
    """Write a share with one decimal: `58,2 %`."""
    return MISSING if value is None else shown(value, Kind.PERCENT).replace(".", ",")


def benchmark(value: Benchmark) -> str:
    """Write the bounds of the benchmark: `40–60 %`."""
    return f"{number(value.low)}–{number(value.high)}{NBSP}%"


def part_of_whole(value: Decimal) -> str:
    """Write a percentage in words where there are some: `hälften`, else `30 %`."""
    return _FRACTIONS.get(value) or f"{number(value)}{NBSP}%"


def times(value: int) -> str:
    """Write how often: `en gång`, `två gånger`."""
    return "en gång" if value == 1 else f"{in_letters(value)} gånger"


def count_of(parties: Sequence[Party]) -> int:
    """Return how many organisations parties are: those without names are as many as they say."""
    named = {each.identity for each in parties if each.name}
    return len(named) + sum(each.count or 1 for each in parties if not each.name)


def in_running_text(board: str) -> str:
    """Write a committee within a sentence: a Swedish one begins with a small letter there.

    An abbreviation (`BIN`) and what has another capital in it stay as they are.
    """
    rest = board[1:]
    common = rest.islower() or (rest.replace("-", "").replace(" ", "").islower())
    ends = board.casefold().endswith(("nämnden", "styrelsen", "utskottet", "beredningen"))
    return board[0].lower() + rest if common and ends else board


def counted(numbers: Mapping[str, Decimal]) -> str:
    """Write what was counted: `39 deltagare`, or `Nyanlända: 151, Etablerade: 92`."""
    if len(numbers) == 1:
        return "".join(f"{number(count)} {unit}" for unit, count in numbers.items())
    return ", ".join(f"{unit}: {number(count)}" for unit, count in numbers.items())


def target(volume: Volume) -> str:
    """Write what is to be reached: `60 deltagare per år`."""
    if volume.target is None:
        return MISSING
    return f"{number(volume.target)} {volume.unit}{_MEASURES[volume.measure]}"


def quantity(row: Contribution, year: int | None) -> str:
    """Write how much a row is: as the agreement has it, else its hours or units and their price.

    *year* tells of which year, where the number is not the same in all.
    """
    if row.quantity:
        return row.quantity
    units = row.units_in(year) if year else row.units
    if row.hours_per_year is not None:
        told = f"{number(row.hours_per_year)} timmar"
    elif row.hours_per_week is not None:
        told = f"{number(row.hours_per_week)} timmar i veckan"
    else:
        told = "" if units is None else f"{number(units)} {row.unit or 'st'}"
        if row.units_by_year and units is None:
            told = _by_year(row) if year is None else f"okänt antal {row.unit or 'enheter'}"
    return f"{told} à {in_kronor(row.unit_price)}" if told and row.unit_price else told


def _by_year(row: Contribution) -> str:
    numbers = (row.units_by_year or {}).items()
    return listed([f"{number(each)} {row.unit or 'st'} {year}" for year, each in numbers])


def whole_time(row: Contribution) -> str:
    """Write which time a row's total is for: the whole period, or the row's own days."""
    first, last = row.start, row.end
    if first and last:
        return f"för {day(first)}–{day(last)}"
    if first:
        return f"för tiden från {day(first)}"
    return f"för tiden till och med {day(last)}" if last else "för hela avtalstiden"


# ------------------------------------------------------------------ words
def called(party: Party) -> str:
    """Return the shortest name of a party, or how many organisations it is."""
    return party.short_name or in_whole(party)


def named(title: str) -> str:
    """Return a title as it follows the word for an agreement: quoted where it begins with one."""
    return f"”{title}”" if title.casefold().startswith(_NOUNS) else title


def in_whole(party: Party) -> str:
    """Return the whole name of a party, or how many organisations it is."""
    return party.name or f"{number(party.count or 0)} organisationer"


# ------------------------------------------------------------------ days
def day(when: Period) -> str:
    """Write a date as far as it is known: `31 december 2024`, `juni 2018`, `2018`."""
    if when.first == when.last:
        return in_full(when.first)
    if len(when.text) == _MONTH:
        return f"{month_name(when.first.month)} {when.first.year}"
    return when.text


def bound(when: Period) -> str:
    """Write a first or last day after `från och med`: `den 1 januari 2024`, `juni 2018`, `2018`."""
    return f"den {day(when)}" if when.first == when.last else day(when)


def on_day(when: Period) -> str:
    """Write when something came, likewise: `den 31 december 2024`, `i juni 2018`, `2018`."""
    return f"den {day(when)}" if when.first == when.last else in_month(when)


def in_month(when: Period) -> str:
    """Write a date as a sentence has it: `31 december 2024`, but `i juni 2018`."""
    return f"i {day(when)}" if len(when.text) == _MONTH else day(when)


def period(when: Period, invoicing: Invoicing | None = None) -> str:
    """Write a period that is no whole year as `halvår 1 2022`, a year as `2022`.

    One that is invoiced is called a part of the year only if the invoicing has such parts.
    """
    if len(when.text) == len("2022"):
        return when.text
    return billed_in_words(invoicing, when) if invoicing else in_words(when)


def length(months: int) -> str:
    """Write a number of months: `två år`, `18 månader`."""
    years, rest = divmod(months, MONTHS_A_YEAR)
    if rest:
        return f"{in_letters(months)} månader" if months > 1 else "en månad"
    return f"{in_letters(years)} år"


def validity(case: Case) -> str:
    """Write from when to when an agreement holds, as far as that is known."""
    first, last = case.first_known, case.last_known
    if case.reach.is_open:
        return f"från {day(first)}, tills vidare" if first else "tills vidare"
    if first and last:
        return f"{day(first)}–{day(last)}"
    if last:
        return f"till {day(last)}" if last.first == last.last else f"till och med {day(last)}"
    told = [f"från {day(first)}"] if first else list(_told(case.terms[-1].validity))
    return ", ".join(told) or MISSING


def _told(written: Validity | None) -> Sequence[str]:
    if written is None:
        return ()
    whole = (length(written.length) if written.length else "",)
    signed = (f"undertecknad {on_day(written.signed)}" if written.signed else "",)
    return [each for each in (*whole, *signed) if each]


_WHO: Final = {
    "mutual": "Parterna kan tillsammans förlänga {it}{how}",
    "option": "Den offentliga parten kan förlänga {it}{how}",
    "unspecified": "{It} kan förlängas{how}",
    "automatic": "{It} förlängs av sig {itself}{how} om ingen säger upp {pronoun}",
}


def extension(case: Case, *, is_neuter: bool) -> str:
    """Return how the agreement may still go on, as a sentence; empty where that is not known.

    What was declined, used up or has lapsed is no way to go on. *is_neuter* is of the word for
    the agreement: partnerskapet, or överenskommelsen.
    """
    reach, validity = case.reach, case.terms[-1].validity
    granted = validity and validity.extension
    over = reach.end is not None and reach.end < case.as_of
    it, itself = ("partnerskapet", "självt") if is_neuter else ("överenskommelsen", "själv")
    if case.successor and not over:
        return f"{it.capitalize()} följs av en ny{' överenskommelse' if is_neuter else ''}."
    if not granted or over or reach.terminated or reach.is_hearsay:
        return ""
    if granted.kind == "none" or (reach.options_left == 0 and not reach.declined):
        return "En fortsättning kräver en ny överenskommelse."
    if reach.declined:
        return "Möjligheten att förlänga utnyttjas inte."
    return granted_in_words(granted, reach.options_left, it, itself=itself)


def granted_in_words(granted: Extension, left: int | None, it: str, *, itself: str) -> str:
    """Return how *it* may be extended, as many times as are *left*; *itself* is in its gender."""
    how = _by_turns(granted, left) if granted.options else _how(left, granted.length)
    pronoun = "det" if itself == "självt" else "den"
    words = {"it": it, "It": it.capitalize(), "itself": itself, "pronoun": pronoun}
    return f"{_WHO[granted.kind].format(how=how, **words)}."


def _by_turns(granted: Extension, left: int | None) -> str:
    """Return how long each extension is that is left: `, först med tre år och sedan med två år`."""
    lengths = granted.lengths[len(granted.lengths) - (left or len(granted.lengths)) :]
    first, *rest = [f"med {length(each)}" for each in lengths]
    if not rest:
        return f" en gång, {first}"
    return f", först {first} och sedan {listed(rest)}"


def _how(left: int | None, months: int | None) -> str:
    """Return how many times more, and by how much each time: ` två gånger, med ett år i taget`."""
    often = f" {times(left)}" if left else ""
    by = f"med {length(months)}" if months else ""
    if left != 1 and by:
        by += " i taget"
    return f"{often}{',' * bool(often and by)}{' ' * bool(by)}{by}"
