"""Agreements drawn from the model: every field of every block, with values likely and odd.

What contradicts itself is taken out again until the file reads, so that nearly every draw does.
A field that the model gets is drawn from then on; a new kind of scalar needs a line in SCALARS.
"""

from __future__ import annotations

from datetime import date
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Final,
    Literal,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import yaml
from hypothesis import assume
from hypothesis import strategies as st

from iopctl.characters import forbidden
from iopctl.check import portfolio
from iopctl.check.rules import ALL
from iopctl.input import Input
from iopctl.model import Agreement, identifiers, scalars
from iopctl.model.boards import Boards
from iopctl.model.economy import Contribution, Economy
from iopctl.model.follow_up import AnyEvery, Dues
from iopctl.model.index import CompositeIndex, WeightedSeries
from iopctl.model.invoicing import Invoicing, Invoicings
from iopctl.model.log import LoggedEvent
from iopctl.model.parties import Handle, Handles
from iopctl.model.validity import End, NoticeBy

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

    from iopctl.source import Path

HANDLES: Final = ("kommunen", "foreningen", "stiftelsen", "regionen")
BOARDS: Final = ("Socialnämnden", "Arbetsmarknadsnämnden", "Kultur & fritid", "KS")
SERIES: Final = ("AKI", "KPI", "Okänd")
CONFIGURATION: Final = """\
sek_per_eur = 11.3

[index.AKI]
unit = "percent"
values = {2017 = 2, 2018 = 2.1, 2019 = 1.5, 2020 = 0, 2021 = 3, 2022 = -1, 2023 = 7.25, 2024 = 2, 2025 = 3}

[index.KPI]
unit = "level"
values = {2018 = 100, 2019 = 101.7, 2020 = 102.3, 2022 = 113, 2023 = 120.5, 2024 = 123.123456, 2018-10 = 100, 2020-10 = 103, 2021-10 = 104, 2022-10 = 114, 2023-10 = 121}
editions = [{since = 2025-01-01, values = {2018 = 80, 2024 = 98.5, 2025 = 99, 2018-10 = 80, 2024-10 = 99}}]

[buyers."Exempels kommun"]
reference = "[0-9]{3}Z"
"""

# ------------------------------------------------------------------ scalars
unlikely = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")) | st.sampled_from(" \n#:|<&*'\"\\{}%$=+-@"),
    min_size=1,
    max_size=20,
).filter(lambda text: not forbidden(text))  # fmt: skip
texts = st.sampled_from(
    ["Handledning", "Lokaler", "Exempels kommun", "Föreningen Åäö", "KS 2024/17", "150Z", "deltagare", "0", "null", "true", "2024", "9" * 20, "x" * 300, "ord " * 60 + "slut", "två\nrader", "=1+1", "<b>&amp;</b>", "{{ 7 * 7 }}", "*a* [b](c) `d`", "a|b", " ", "åäö😀", "../../x", "IOP201"]
) | unlikely  # fmt: skip
seldom = st.integers(0, 19).map(lambda number: number == 19)
days = seldom.flatmap(
    lambda far: st.dates(date(1990, 1, 1), date(2199, 12, 31)) if far else st.dates(date(2019, 1, 1), date(2027, 12, 31))
)  # fmt: skip
years = seldom.flatmap(lambda far: st.integers(1990, 2199) if far else st.integers(2019, 2027))
first_days = years.map(lambda year: f"{year}-01-01")
last_days = years.map(lambda year: f"{year}-12-31")
day_texts = days.map(str) | first_days | last_days
partial_dates = day_texts | day_texts.map(lambda day: day[:7]) | years.map(str)
ore = st.integers(0, 10**8).map(lambda cents: f"{cents // 100}.{cents % 100:02}")
kronor = (
    st.sampled_from(["0", "1", "0.01", "99.99", "450000", "120000", "1000000", "9999999999999", "9999999999999.99"])
    | st.integers(0, 3_000_000).map(str)
    | ore
)  # fmt: skip
rates = st.sampled_from(["0", "2", "2.5", "-50", "100", "1.2345", "-0.5"])
quantities = st.sampled_from(["0", "1", "37.5", "400", "0.0001", "999999999"]) | st.integers(0, 2000).map(str)  # fmt: skip
periods = (
    st.tuples(years, st.sampled_from(["H1", "H2", "T1", "T3", "Q1", "Q4", "01", "12"])).map(lambda parts: f"{parts[0]}-{parts[1]}")
    | years.map(str)
    | st.tuples(day_texts, day_texts).map(lambda both: "/".join(sorted(both)))
)  # fmt: skip
month_days = days.map(lambda day: f"{day:%m-%d}").filter(lambda text: text != "02-29")

SCALARS: Final[dict[Any, st.SearchStrategy[Any]]] = {
    scalars.Text: texts,
    scalars.Title: texts | st.just("Ö" * scalars.LONGEST_NAME),
    scalars.Name: texts | st.just("Å" * scalars.LONGEST_NAME),
    scalars.Words: texts,
    scalars.Slug: st.sampled_from(["exempel-2020", "annat-2023", "a", "x" * 64]),
    scalars.Flag: st.sampled_from(["true", "false"]),
    scalars.Kronor: kronor,
    scalars.Percent: st.sampled_from(["0", "50", "80", "100", "33.33", "25"]),
    scalars.Rate: rates,
    scalars.Quantity: quantities,
    scalars.Count: st.sampled_from(["0", "1", "2", "4", "30", "1000000"]),
    scalars.Members: st.sampled_from(["1", "2", "8", "1000000"]),
    scalars.PaymentDays: st.sampled_from(["0", "30", "365"]),
    scalars.Length: st.sampled_from(["1", "3", "6", "12", "18", "600"]),
    scalars.Years: st.sampled_from(["1", "2", "3", "50"]),
    scalars.Month: st.sampled_from(["1", "10", "12"]),
    scalars.IndexPeriod: st.sampled_from(["2018", "2020", "2018-10", "2022-10"]),
    scalars.IndexLevel: st.sampled_from(["100", "101.7", "384.04"]),
    scalars.Lag: st.sampled_from(["0", "1", "2", "10"]),
    scalars.Year: years.map(str),
    scalars.Day: day_texts,
    scalars.PartialDate: partial_dates,
    scalars.AnyDate: partial_dates | st.just("unknown"),
    scalars.MonthDay: month_days,
    scalars.PeriodText: periods,
    End: partial_dates | last_days | st.just("open"),
    NoticeBy: month_days | partial_dates,
    AnyEvery: st.sampled_from(["month", "quarter", "tertial", "half_year", "year", "3 years"]),
    Dues: st.lists(partial_dates | month_days, min_size=1, max_size=2),
    scalars.Inhabitants: st.sampled_from(["1", "41200", "1500000"]),
    identifiers.OrgNumber: st.sampled_from(["212000-0449", "822001-3331"]),
    identifiers.Gln: st.just("7332776000001"),
    identifiers.PeppolId: st.sampled_from(["0007:2120000449", "0088:7332776000001", "9999:x-1"]),
    identifiers.Bankgiro: st.just("160-9908"),
    identifiers.Plusgiro: st.just("286543-4"),
    identifiers.Iban: st.just("SE4550000000058398257466"),
    identifiers.VatNumber: st.just("SE212000044901"),
}

# What a value under this name is rather than any: it means something elsewhere, or is seldom round.
fractions = st.integers(1, 20_000_000).map(
    lambda number: f"{number // 10_000}.{number % 10_000:04}"
)
NAMED: Final[dict[tuple[Any, str], st.SearchStrategy[Any]]] = {
    (scalars.Text, "series"): st.sampled_from(SERIES),
    (scalars.Text, "board"): st.sampled_from(BOARDS) | texts,
    (scalars.Text, "rule"): st.sampled_from([each for rule in ALL for each in (rule.code, rule.name)]) | texts,
    (scalars.Text, "number"): st.sampled_from(["F1", "F2", "3", "A-100"]),
    (scalars.Text, "of"): st.sampled_from(["F1", "F2", "3"]),
    (scalars.Text, "country"): st.sampled_from(["SE", "NO", "Sverige"]),
    (scalars.Text, "unit"): st.sampled_from(["deltagare", "timme"]) | texts,
    (scalars.Kronor, "unit_price"): ore | kronor,
    (scalars.Quantity, "units"): fractions | quantities,
    (scalars.Quantity, "hours_per_year"): fractions | quantities,
}  # fmt: skip

WEIGHTS: Final = (("100",), ("70", "30"), ("33.33", "33.33", "33.34"))

TOTALS: Final = st.sampled_from(["5000000", "900000", "1234567.89"])
# Keys that are there more often than others, since nothing much happens without them.
LIKELY: Final = {
    "validity": 9,
    "economy": 8,
    "start": 7,
    "invoicing": 7,
    "log": 7,
    "item": 7,
    "end": 6,
    "base_year": 6,
    "interval": 6,
    "board": 5,
}
BASES: Final = (("amount",), ("total",), ("total", "spread"), ("by_year",), ("unit_price", "units"), ("unit_price", "hours_per_year"), ("unit_price", "units_by_year"), ("remainder",), ())  # fmt: skip
BASIS: Final = {key for keys in BASES for key in keys}


NEEDED: Final = {"id", "title", "parties", "economy"}


# ------------------------------------------------------------------ blocks
class Drawer:
    """Draws values of the model's types; *odds* in ten of the keys that may be left out are there."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.odds = draw(st.sampled_from([1, 3, 3, 5, 8]))
        count = draw(st.integers(2, len(HANDLES)))
        self.handles = st.sampled_from(HANDLES[:count])

    def chance(self, odds: int) -> bool:
        """Return yes *odds* times in ten."""
        return self.draw(st.integers(1, 10)) > 10 - odds

    def block(self, model: type[BaseModel], **known: Any) -> dict[str, Any]:  # noqa: ANN401 - as drawn
        """Return a block: its required keys, and some of the others."""
        hints = get_type_hints(model, include_extras=True)
        result = dict(known)
        for name, field in model.model_fields.items():
            odds = max(self.odds, LIKELY.get(name, 0))
            if name not in known and (field.is_required() or self.chance(odds)):
                result[name] = self.value(hints[name], name)
        return result

    def value(self, hint: Any, name: str) -> Any:  # noqa: ANN401 - any type expression, any value
        """Return a value of a type; *name* is the key that it stands under."""
        if hint in KINDS:
            return KINDS[hint](self)
        if hint in SCALARS:
            return self.draw(NAMED.get((hint, name), SCALARS[hint]))
        origin, inner = get_origin(hint), [each for each in get_args(hint) if each is not NoneType]
        if origin is Annotated:
            return self.value(inner[0], name)
        if origin in {Union, UnionType}:
            return self.value(self.draw(st.sampled_from(inner)), name)
        if origin is Literal:
            return self.draw(st.sampled_from(inner))
        if origin in {tuple, dict}:
            parts = [
                [self.value(each, name) for each in inner if each is not ...]
                for _ in range(self.draw(st.integers(0, 3)))
            ]
            return dict(parts) if origin is dict else [part for (part,) in parts]
        return self.block(hint)

    def rows(self) -> list[dict[str, Any]]:
        """Return rows, nearly all of which state an amount in one of the ways to do so."""
        hints = get_type_hints(Contribution, include_extras=True)
        rows = []
        for _ in range(self.draw(st.sampled_from([1, 1, 2, 2, 3, 4, 0]))):
            block = self.block(Contribution)
            if self.chance(4):  # what is asked for, by one or several committees
                block |= {"party": HANDLES[0], "receiver": HANDLES[1], "form": "cash"}
            if self.chance(9):
                keys = self.draw(st.sampled_from(BASES))
                kept = {key: each for key, each in block.items() if key not in BASIS}
                block = kept | {key: self.value(hints[key], key) for key in keys}
            rows.append(block)
        return rows

    def composite(self) -> list[dict[str, Any]]:
        """Return series whose weights make 100."""
        weights = self.draw(st.sampled_from(WEIGHTS))
        return [self.block(WeightedSeries, weight=each) for each in weights]

    def economy(self) -> dict[str, Any]:
        """Return an economy; one with a remainder states a total that leaves one."""
        block = self.block(Economy)
        if any("remainder" in row for row in block["contributions"]) and self.chance(9):
            block["stated"] = {**block.get("stated", {}), "total": self.draw(TOTALS)}
            for row in block["contributions"]:
                row.update({"remainder": "true"} if "remainder" in row else {})
        return block

    def invoicing(self) -> list[dict[str, Any]]:
        """Return blocks that nearly all have a seller and a buyer of the usual kind."""
        likely = {"seller": HANDLES[1], "buyer": HANDLES[0]}
        return [
            self.block(Invoicing, **(likely if self.chance(8) else {}))
            for _ in range(self.draw(st.sampled_from([1, 1, 1, 2, 3, 0])))
        ]

    def parties(self) -> dict[str, Any]:
        """Return parties under the handles that other blocks name."""
        number = self.draw(st.integers(2, len(HANDLES)))
        roles = ("public", "civil", *(self.draw(st.sampled_from(["civil", "funder", "public"])) for _ in HANDLES))  # fmt: skip
        return {
            handle: self.party(role) for handle, role in zip(HANDLES[:number], roles, strict=False)
        }

    def party(self, role: str) -> dict[str, Any]:
        """Return a party, nearly always with a name."""
        from iopctl.model.parties import Party

        block = self.block(Party, role=role)
        if self.chance(9):
            block.pop("count", None)
            block["name"] = self.draw(texts)
        return block

    def boards(self) -> Any:  # noqa: ANN401 - a name, names, or percent by name
        """Return who pays: one, several, or several with percent."""
        names = self.draw(st.lists(st.sampled_from(BOARDS), min_size=1, max_size=3, unique=True))
        parts = {1: ["100"], 2: ["33.33", "66.67"], 3: ["50", "0.01", "49.99"]}[len(names)]
        return self.draw(st.sampled_from([names[0], names, dict(zip(names, parts, strict=True))]))

    def log(self) -> list[dict[str, Any]]:
        """Return events in the order of their days."""
        kinds = [get_args(each)[0] for each in get_args(get_args(LoggedEvent)[0])]
        events = []
        for _ in range(self.draw(st.integers(0, 5))):
            kind = self.draw(st.sampled_from(kinds))
            events.append(
                self.block(kind, event=get_args(kind.model_fields["event"].annotation)[0])
            )
        return sorted(events, key=lambda each: str(each["date"]))


HINTS: Final = get_type_hints(Agreement, include_extras=True)
# Types whose values hang together with others, or are spelled in several ways.
KINDS: Final[dict[Any, Callable[[Drawer], Any]]] = {
    Boards: Drawer.boards,
    Handle: lambda drawer: drawer.draw(drawer.handles),
    Handles: lambda drawer: drawer.draw(
        drawer.handles | st.lists(drawer.handles, min_size=1, max_size=3, unique=True)
    ),
    Economy: Drawer.economy,
    get_type_hints(CompositeIndex, include_extras=True)["composite"]: Drawer.composite,
    Invoicings: Drawer.invoicing,
    HINTS["parties"]: Drawer.parties,
    HINTS["log"]: Drawer.log,
    get_type_hints(Economy, include_extras=True)["contributions"]: Drawer.rows,
}


# ------------------------------------------------------------------ agreements
class Dumper(yaml.CSafeDumper):
    """Writes equal parts out, without the anchors that agreements do without."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        """Take no two parts for one."""
        return True


def written(data: dict[str, Any]) -> str:
    """Return the text of an agreement."""
    return yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000)


@st.composite
def agreements(draw: st.DrawFn, id_: str = "drawn-2024") -> str:
    """Draw the text of an agreement that reads."""
    data = Drawer(draw).block(Agreement, id=id_)
    text = mended(data)
    assume(text is not None)
    return str(text)


def mended(data: dict[str, Any]) -> str | None:
    """Return the text of *data* without what keeps it from being read; None where little is left."""
    for _ in range(60):
        text = written(data)
        found = portfolio.document(Input("drawn.yaml", text.encode()))
        if found.agreement is not None:
            return text
        paths = {each.finding.path for each in found.diagnostics}
        for path in sorted(paths, key=_backwards):
            if not _without(data, path):
                return None
    return None


def _backwards(path: Path) -> list[tuple[int, str]]:
    return [(-each, "") if isinstance(each, int) else (0, each) for each in path]


def _without(data: Any, path: Path) -> bool:  # noqa: ANN401 - any part of an agreement
    """Take out the innermost thing on *path* that is there and may be left out."""
    steps: list[tuple[Any, str | int]] = []
    for part in path:
        keys = (
            range(len(data)) if isinstance(data, list) else data if isinstance(data, dict) else ()
        )
        if part not in keys:
            break
        steps.append((data, part))
        data = data[part]
    if not steps or (len(steps) == 1 and steps[0][1] in NEEDED):
        return False
    within, part = steps[-1]
    del within[part]
    return True
