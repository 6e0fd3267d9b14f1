"""The first text of an agreement: what is known of it, and in comments what may be added."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic_core import PydanticCustomError

from iopctl.drafting.precedents import OF_PARTY, PrecedentValue
from iopctl.model import scalars
from iopctl.source.spelling import Indentation, flow, lines, scalar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from iopctl.drafting.repricing import Data
    from iopctl.source.events import Value

LONGEST_SLUG: Final = 60  # with room for a number
COLUMN: Final = 37  # of the comments beside values
_LETTERS: Final = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "ð": "d", "þ": "th", "ł": "l"})


class Answers(NamedTuple):
    """What is known of a new agreement; dates and amounts as files have them, "" is unknown.

    The *amounts* a year are in the order of the parties, the public one first; *invoicing* has
    by key what is known of the buyer's invoices.
    """

    id: str
    title: str
    public: str
    civil: tuple[str, ...]
    amounts: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    percent: str = ""
    area: str = ""
    board: str = ""
    notice_months: str = ""
    invoicing: Mapping[str, PrecedentValue] = MappingProxyType({})
    draft: bool = True


def slug(name: str, taken: Collection[str] = ()) -> str:
    """Return the id that a *name* gives, `roda-korset` for Röda korset; none of those *taken*."""
    letters = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", letters.encode("ascii", "ignore").decode())
    first = "-".join(words)[:LONGEST_SLUG].strip("-")
    if first.startswith("x-") or not _is_slug(first):  # a key of the user's own, or no id at all
        first = f"part-{first}".strip("-")
    numbered = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (first, *numbered) if each not in taken)


def _is_slug(text: str) -> bool:
    try:
        scalars.slug(text)
    except PydanticCustomError:
        return False
    return True


def skeleton(answers: Answers, known: Mapping[str, Data], schema: str) -> str:
    """Return the text of a new agreement, which is valid as it stands.

    *known* has by name what other agreements say of a party; *schema* is where the format's
    schema lies, as seen from the file. What is not known stands in comments, which are valid,
    too, once their sign is taken away.
    """
    parties = _parties(answers, known)
    handles = [scalar(handle) for handle in parties]
    blocks = (
        _head(answers, schema),
        _written(parties),
        _validity(answers),
        _economy(answers, handles),
        _invoicing(answers, *handles[:2]),
        _REST,
    )
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


_REST: Final = (
    "# follow_up: {meetings_per_year: 2, reports_per_year: 1, report_due: 03-31}",
    "# volume: [{unit: deltagare, target: 40, measure: per_year}]",
    "# legal: {initiative: civil, procurement_assessed: 2026-01-01, state_aid: {basis: none}}",
    "",
    "# Vad som har hänt, äldst först; iopctl log skriver det.",
    "log: []",
)


def _field(key: str, value: Value, example: str, told: str = "", indent: int = 0) -> str:
    """Return the line of a key; in a comment, with an *example*, where the value is not known."""
    known = f"{key}: {flow(value) if isinstance(value, dict) else scalar(str(value))}"
    line = " " * indent + (known if value else f"# {key}: {example}")
    return _commented(line, told) if told else line


def _commented(line: str, told: str) -> str:
    """Return a line and a comment beside it, parted by a blank: without it YAML has no comment."""
    return f"{line:<{COLUMN - 1}} # {told}"


def _head(answers: Answers, schema: str) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={schema}"
    yield "# Det som står efter # är inte ifyllt: ta bort tecknet och skriv, eller stryk raden."
    yield f"id: {scalar(answers.id)}"
    yield f"title: {scalar(answers.title)}"
    if answers.draft:
        yield _field("status", "draft", "", "tills avtalet är beslutat: stryk då raden")
    yield _field("area", answers.area, "Arbetsmarknad")
    yield _field("dnr", "", "AMN 2026-12", "ärendets nummer")
    yield _field("purpose", "", "Vad partnerskapet ska uppnå")
    yield _field("target_group", "", "De som det är till för")
    yield _field("referral", "", "Hur de kommer till verksamheten")
    yield _field("activities", "", "[Café, Språkträning]")


# ------------------------------------------------------------------ the parties
_OPEN: Final = {
    "public": (
        ("org_number", "219900-0007", ""),
        ("board", "Socialnämnden", "nämnden som beslutar och betalar"),
        ("department", "Socialförvaltningen", ""),
        ("peppol_id", "0007:2199000007", "dit e-fakturor går"),
    ),
    "civil": (
        ("org_number", "899900-0006", ""),
        ("bankgiro", "1234-5674", "eller plusgiro, eller iban"),
    ),
}


def _parties(answers: Answers, known: Mapping[str, Data]) -> dict[str, Data]:
    """Return what is known of each party, by its handle; the public one first."""
    found: dict[str, Data] = {}
    for name in (answers.public, *answers.civil):
        role = "civil" if found else "public"
        told = known.get(name, {})
        other = {key: each for key, each in told.items() if key not in OF_PARTY}
        found[slug(name, found)] = {"role": role, "name": name} | other | {"role": role}
    if answers.board:
        next(iter(found.values()))["board"] = answers.board
    return found


def _written(parties: Mapping[str, Data]) -> Iterator[str]:
    yield "# Parterna får varsitt kortnamn, som resten av filen använder."
    yield "parties:"
    for handle, told in parties.items():
        yield f"  {scalar(handle)}:"
        for key, value in told.items():
            yield from lines(f"{key}:", value, 4, Indentation())
        for key, example, words in _OPEN[told["role"]]:
            if key not in told and not (key == "bankgiro" and {"plusgiro", "iban"} & {*told}):
                yield _field(key, "", example, words, indent=4)


# ------------------------------------------------------------------ the terms
def _validity(answers: Answers) -> Iterator[str]:
    yield "# Första och sista dag; för ett avtal tills vidare skrivs end: open."
    yield "validity:"
    yield _field("start", answers.start, "2027-01-01", indent=2)
    yield _field("end", answers.end, "2028-12-31", indent=2)
    yield _field("notice_months", answers.notice_months, "6", "uppsägningstid", indent=2)
    yield _field("extension", "", "{kind: mutual, times: 1, years: 2}", indent=2)


def _economy(answers: Answers, handles: list[str]) -> Iterator[str]:
    index: Value = {"percent": answers.percent} if answers.percent else ""
    yield "# Vad var och en lägger in, en rad för varje sak, i kronor per år."
    yield "economy:"
    yield _field("base_year", answers.start[:4], "2027", "vars priser beloppen är i", indent=2)
    yield _field("index", index, "{percent: 2}", "varje nytt kalenderår därefter", indent=2)
    yield _field("stated", "", "{total: 900000}", "vad avtalet säger; jämförs", indent=2)
    yield "  contributions:"
    for handle, amount in zip(handles, (*answers.amounts, *[""] * len(handles)), strict=False):
        if amount:
            yield f"    - {{party: {handle}, amount: {scalar(amount, brackets=True)}}}"
        else:
            row = f"    - {{party: {handle}}}"
            yield _commented(row, "amount: 450000, eller det som avtalet säger")


# What a buyer wants of an invoice: an example, and what it is.
_ASKED: Final = {
    "recipient": ("{lines: [Fakturor], postal_code: 123 45, city: ORTEN}", ""),
    "reference": ("150Z", "er referens, referenskod"),
    "marking": ('"ID 150010"', "märkning"),
    "label": ("IOP Exemplet", "vad fakturan avser"),
    "interval": ("yearly", "half_yearly, tertial, quarterly, monthly"),
    "timing": ("advance", "eller arrears, i efterskott"),
    "payment_days": ("30", ""),
}


def _invoicing(answers: Answers, buyer: str, seller: str) -> Iterator[str]:
    yield "# Vad fakturan ska ha för att komma fram."
    yield "invoicing:"
    yield f"  seller: {seller}"
    yield f"  buyer: {buyer}"
    for key, (usual, words) in _ASKED.items():
        example = scalar(answers.title) if key == "label" else usual
        said = answers.invoicing.get(key)
        if said is None:
            yield _field(key, "", example, words, indent=2)
        elif said.is_proposal:
            yield _field(key, "", said.value, f"som i {said.by}?", indent=2)
        else:
            yield from _said(key, said)
    for key, said in answers.invoicing.items():
        if key not in _ASKED:
            yield from _said(key, said)


def _said(key: str, said: PrecedentValue) -> Iterator[str]:
    first, *rest = lines(f"{key}:", said.value, 2, Indentation())
    yield _commented(first, f"som i {said.by}") if said.by else first
    yield from rest
