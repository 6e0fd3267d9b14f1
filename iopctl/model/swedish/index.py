"""An index in Swedish: what its keys mean, and what it is called in a line and in a clause."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from iopctl.localised import in_kronor, in_letters, listed, month_name, number
from iopctl.model.index import (
    NEW_YEAR,
    AnyIndex,
    BaseNumber,
    BaseNumberIndex,
    CompositeIndex,
    KronorIndex,
    PercentIndex,
    SeriesIndex,
    StepsIndex,
    WeightedSeries,
    is_compound,
    raise_day,
)
from iopctl.model.swedish.key import Blocks, BlockText, Key
from iopctl.money import HUNDRED, NBSP

SERIES: Final = Key(
    "Indexserie",
    "Namnet på en serie vars värden står i iopctl.toml, under [index.NAMN].",
    ("PKV",),
)
LAG: Final = Key(
    "Eftersläpning",
    "Hur många år serien ligger efter: 1 betyder att beloppet för 2024 räknas upp med"
    " seriens värde för 2023. Utelämnas: 0.",
    (1,),
)
MONTH: Final = Key(
    "Månad",
    "Månaden vars värde används, med dess nummer: 10 är oktober. Utelämnas: seriens årsvärde.",
    (10,),
)
PASS_THROUGH: Final = Key(
    "Genomslag",
    "Hur mycket av seriens förändring som beloppen följer, i procent. Utelämnas: 100.",
    (80,),
)
CAP: Final = Key(
    "Tak",
    "Högsta uppräkning ett år, i procent, efter genomslaget.",
    (5,),
)
FLOOR: Final = Key(
    "Golv",
    "Lägsta uppräkning ett år, i procent. Med 0 sänks beloppen aldrig.",
    (0,),
)
RAISE_ON: Final = Key(
    "Räknas upp den",
    "Dagen varje år då beloppen räknas upp: före den gäller förra årets. Utelämnas: 01-01.",
    ("05-01",),
)
COMPOUND: Final = Key(
    "Räknas upp från",
    "Vilket belopp som räknas upp. Utelämnas: exact.",
    choices={
        "exact": "Basårets belopp gånger alla uppräkningar, avrundat en gång.",
        "rounded": "Förra årets avrundade belopp.",
    },
)

BLOCKS: Blocks = {
    PercentIndex: BlockText(
        "Fast procent",
        "Samma procent varje år.",
        {
            "percent": Key("Procent per år", "Fast uppräkning varje nytt kalenderår.", (2, 2.5)),
            "raise_on": RAISE_ON,
            "compound": COMPOUND,
        },
    ),
    StepsIndex: BlockText(
        "Procent år för år",
        "En procentsats för varje år, så som avtalet anger dem.",
        {
            "steps": Key(
                "Procent år för år",
                "Varje år med sin procent, till exempel {2025: 2, 2026: 3}. Ett år som saknas är"
                " okänt, så skriv 0 för ett år utan uppräkning.",
            ),
            "raise_on": RAISE_ON,
            "compound": COMPOUND,
        },
    ),
    KronorIndex: BlockText(
        "Fast belopp",
        "Så många kronor mer för varje år.",
        {
            "kronor": Key(
                "Kronor per år",
                "Vad beloppet för ett helt år höjs med varje år. Gäller en enda post.",
                (5000,),
            ),
            "raise_on": RAISE_ON,
        },
    ),
    SeriesIndex: BlockText(
        "Indexserie",
        "En serie och dess förändring sedan året före.",
        {
            "series": SERIES,
            "lag_years": LAG,
            "month": MONTH,
            "pass_through": PASS_THROUGH,
            "cap": CAP,
            "floor": FLOOR,
            "raise_on": RAISE_ON,
            "compound": COMPOUND,
        },
    ),
    BaseNumberIndex: BlockText(
        "Index mot bastal",
        "En serie och hela dess förändring sedan ett bastal, som i hyresavtal.",
        {
            "series": SERIES,
            "base": Key(
                "Bastal",
                "Perioden som förändringen räknas från, och det tal som avtalet anger för den.",
            ),
            "lag_years": LAG,
            "pass_through": Key(
                "Genomslag",
                "Hur stor del av basårets belopp som följer indexet, i procent. Utelämnas: 100.",
                (90,),
            ),
            "cap": Key("Tak", "Högsta ökning från året före, i procent.", (5,)),
            "floor": Key(
                "Golv",
                "Lägsta ändring från året före, i procent. Med 0 sänks beloppen aldrig.",
                (0,),
            ),
            "base_is_floor": Key(
                "Lägst basbeloppet",
                "Skriv true om beloppet aldrig blir lägre än basårets, som i många hyresavtal."
                " Utelämnas: false.",
            ),
            "raise_on": RAISE_ON,
        },
    ),
    BaseNumber: BlockText(
        "Bastal",
        "Det indextal som förändringar räknas från.",
        {
            "period": Key(
                "Basperiod",
                "Bastalets år eller månad. En månad betyder att samma månad läses av varje år.",
                ("2022-10", 2022),
            ),
            "value": Key(
                "Tal",
                "Talet som avtalet anger. Utelämnas: seriens värde för perioden.",
                (384.04,),
            ),
        },
    ),
    CompositeIndex: BlockText(
        "Sammanvägt index",
        "Flera serier som vägs samman, till exempel löner och priser.",
        {
            "composite": Key("Delar", "Serierna med sina vikter, som tillsammans är 100 procent."),
            "pass_through": PASS_THROUGH,
            "cap": CAP,
            "floor": FLOOR,
            "raise_on": RAISE_ON,
            "compound": COMPOUND,
        },
    ),
    WeightedSeries: BlockText(
        "Del av index",
        "En serie med sin vikt i ett sammanvägt index.",
        {
            "series": SERIES,
            "weight": Key("Vikt", "Seriens del av det hela, i procent.", (70,)),
            "lag_years": LAG,
            "month": MONTH,
        },
    ),
}


# ------------------------------------------------------------------ in a line of an invoice
def in_words(index: AnyIndex) -> str:
    """Return an index as a line has it: `index 2 % per år`, `80 % av index AKI`."""
    told = _named(index)
    return f"{told}, avrundat varje år" if is_compound(index) else told


def _named(index: AnyIndex) -> str:
    match index:
        case "unspecified":
            return "index"
        case PercentIndex():
            return f"index {_percent(index.percent)} per år"
        case StepsIndex():
            return listed([f"{_percent(each)} {year}" for year, each in index.steps.items()])
        case KronorIndex():
            return f"{in_kronor(index.kronor)} per år"
        case SeriesIndex():
            return _part_of(index.pass_through, f"index {index.series}{_of_month(index.month)}")
        case BaseNumberIndex():
            since = f"index {index.series} från bastalet för {_period(index.base.period)}"
            return _part_of(index.pass_through, since)
        case CompositeIndex():
            parts = [
                f"{_percent(each.weight)} {each.series}{_of_month(each.month)}"
                for each in index.composite
            ]
            return _part_of(index.pass_through, f"index av {listed(parts)}")


def _of_month(month: int | None) -> str:
    return "" if month is None else f" för {month_name(month)}"


# ------------------------------------------------------------------ in a clause of an agreement
def in_clause(index: AnyIndex) -> str:
    """Return how amounts are raised, after `räknas upp`: ` vid varje årsskifte med 2 % per år`."""
    return _change(index, _when(index)) + "".join(f", {each}" for each in _bounds(index))


def _when(index: AnyIndex) -> str:
    month, day = raise_day(index)
    if (month, day) == NEW_YEAR:
        return "vid varje årsskifte"
    return f"den {day} {month_name(month)} varje år"


def _bounds(index: AnyIndex) -> Iterator[str]:
    """Yield what a raise may be at most and at least, and what it is reckoned from."""
    for word, bound in (("högst", "cap"), ("lägst", "floor")):
        percent = getattr(index, bound, None)
        if percent is not None:
            yield f"{word} {_percent(percent)} per år"
    if getattr(index, "base_is_floor", False):
        yield "aldrig under basårets belopp"
    if is_compound(index):
        yield "räknat på föregående års avrundade belopp"


def _change(index: AnyIndex, when: str) -> str:
    """Return *when* amounts are raised, and by what: a percentage, kronor, or what a series has."""
    start = f" {when} med "
    match index:
        case "unspecified":
            return ". Hur det görs bestäms av parterna"
        case PercentIndex():
            return start + f"{_percent(index.percent)} per år"
        case StepsIndex():
            return start + listed([f"{_percent(e)} för {y}" for y, e in index.steps.items()])
        case KronorIndex():
            return start + f"{in_kronor(index.kronor)} per år"
        case SeriesIndex():
            return (
                start
                + f"{_share(index.pass_through)} {index.series}{_by_value(index, index.month)}"
            )
        case BaseNumberIndex():
            return start + f"{_share(index.pass_through)} {index.series} {_since(index)}"
        case CompositeIndex():
            return start + _weighed(index)


def _since(index: BaseNumberIndex) -> str:
    base = index.base
    value = "" if base.value is None else f" {number(base.value)}"
    return f"sedan bastalet{value} för {_period(base.period)}{_by_value(index, base.month)}"


def _weighed(index: CompositeIndex) -> str:
    parts = [
        f"{_percent(each.weight)} av {each.series}{_by_value(each, each.month)}"
        for each in index.composite
    ]
    told = f"den sammanvägda förändringen i index: {listed(parts)}"
    return _part_of(index.pass_through, told)


def _period(period: str) -> str:
    year, _, month = period.partition("-")
    return f"{month_name(int(month))} {year}" if month else year


def _share(pass_through: Decimal) -> str:
    return _part_of(pass_through, "förändringen i index")


def _by_value(index: SeriesIndex | BaseNumberIndex | WeightedSeries, month: int | None) -> str:
    """Return which value of a series counts, where that is not the year's own."""
    if not index.lag_years and month is None:
        return ""
    back = {0: "samma år", 1: "året före"}
    of = f"{month_name(month)} " if month else ""
    year = back.get(index.lag_years) or f"{in_letters(index.lag_years)} år före"
    return f" (värdet för {of}{year})"


def _percent(value: Decimal) -> str:
    return f"{number(value)}{NBSP}%"


def _part_of(pass_through: Decimal, whole: str) -> str:
    return whole if pass_through == HUNDRED else f"{_percent(pass_through)} av {whole}"
