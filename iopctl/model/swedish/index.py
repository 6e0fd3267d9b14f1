"""What the keys of each kind of index mean."""

from typing import Final

from iopctl.model.index import (
    BaseNumber,
    BaseNumberIndex,
    CompositeIndex,
    KronorIndex,
    PercentIndex,
    SeriesIndex,
    StepsIndex,
    WeightedSeries,
)
from iopctl.model.swedish.key import Blocks, BlockText, Key

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
