"""The format can say what real agreements say, and every figure comes out as worked by hand.

Each file in `fixtures/` is a small agreement that shows one need; its first line says which.
The tables below are reckoned from the files by hand, never copied from the tool's output.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from iopctl.case.case import Case
from iopctl.case.payers import board_parts
from iopctl.case.share import share_of
from iopctl.case.stage import stage
from iopctl.check.portfolio import document
from iopctl.config import Config
from iopctl.input import Input
from iopctl.money import rounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from iopctl.case.dated import Certainty
    from iopctl.model import Agreement

FOLDER = Path(__file__).parent / "fixtures"
TODAY = date(2026, 1, 15)
AS_OF = {  # where the day matters: what rolls on, and what has not happened yet
    "extension-automatic": date(2021, 7, 1),
    "open-ended": date(2017, 6, 30),
}

# What the format must bear, each need with the files that show it.
NEEDS = {
    "an amount a year, for the whole period, year by year, per inhabitant, or not stated": [
        *("total-by-months", "total-in-one-payment", "by-year", "per-inhabitant", "not-priced"),
    ],
    "several cash rows for a party, raised or not": ["rows-indexed-or-not"],
    "contributions in kind on either side, by quantity and price": ["in-kind-on-both-sides"],
    "several non-profits, each with its part; agreements under another": [
        *("nine-civil-parties", "umbrella", "sub-agreement"),
    ],
    "several public parties and paying committees": [
        *("two-municipalities", "three-boards", "boards-in-percent"),
    ],
    "financiers beside the parties": ["other-funders"],
    "dates off the year's bounds, known to the month, or without end": [
        *("total-by-months", "broken-years", "known-to-the-month", "open-ended"),
    ],
    "extensions by both, by one, automatic, or none": [
        *("extension-mutual", "extension-option", "extension-automatic", "extension-none"),
        *("extension-by-turns", "with-a-gap"),
    ],
    "predecessors and amendments": ["successor", "amendment"],
    "drafts and agreements ended early": ["draft", "terminated"],
    "an index by series, with lag, bounds, share and rounding, or unspecified": [
        *("index-series", "index-levels", "index-compound", "index-unspecified"),
    ],
    "payments apart from the budget": [
        *("total-in-one-payment", "quarterly-then-tertial", "invoices-logged"),
    ],
    "an invoice block for each payer": ["two-municipalities"],
    "VAT and the money's name": ["taxed-compensation"],
    "what was spent, and the hours that it became": ["agreed-and-actual"],
    "volumes as places or people a year, with their outcomes": ["volumes-and-outcomes"],
    "meetings, reports, steering group and evaluation": ["governance"],
    "reports, meetings and other things on days, again and again, and after the end": [
        "duties-on-days",
    ],
    "decisions, also afterwards and on a condition": ["decided-afterwards"],
    "the legal assessment": ["legal-assessment"],
    "what becomes of unspent money": ["total-in-one-payment", "unspent-carried-over"],
    "notes on other grants, insurance and personal data": ["own-keys-and-notes"],
    "a share that is stated, a payer beside the responsible committee, dates half known": [
        "stated-share",
    ],
    "where each figure comes from, and a stated total that is not the rows'": [
        "stated-otherwise",
    ],
    "near relatives of an IOP": ["extension-automatic", "open-ended", "umbrella", "grant"],
}

# The series that the fixtures' indexes name; the values are made up.
SERIES = {
    "AKI": {"unit": "percent", "values": {"2009": "3.1", "2010": "2.4", "2011": "2.9"}},
    "KPI": {"unit": "level", "values": {"2020": "400", "2021": "410", "2022": "451"}},
    "PKV": {"unit": "percent", "values": {"2022": "3.4", "2023": "7.9", "2024": "-0.5"}},
}

# What each row gives in each decided year, in the order of the rows; None is unknown.
YEARS: dict[str, dict[int | None, list[int | Decimal | None]]] = {
    # 1 200 h × 250
    "agreed-and-actual": {
        2024: [900_000, 300_000, 200_000],
        2025: [900_000, 300_000, 200_000],
    },
    "amendment": {
        2023: [240_000, 220_000],  # 1 000 h × 220
        # To June 240 000 × 1.02 × 6/12 and 220 000 × 1.02 × 6/12;
        # from July 300 000 × 6/12 and 1 000 h × 230 × 6/12, whose base year is 2024.
        2024: [122_400, 112_200, 150_000, 115_000],
        2025: [306_000, 234_600],  # 300 000 × 1.02, 230 000 × 1.02
    },
    "boards-in-percent": {
        2020: [100_000, 590_000, 300_000],
        2021: [102_000, 601_800, 306_000],  # × 1.02
        2022: [104_040, 613_836, 312_120],  # × 1.0404
        2023: [106_121, 626_113, 318_362],  # × 1.061208: 106 120.80, 626 112.72, 318 362.40
    },
    "broken-years": {
        # 15–30 September is 16/30 of a month: 3 16/30 months of 12, of 120 000: 35 333.33.
        2023: [35_333, 35_333],
        2024: [120_000, 122_400],  # the second × 1.02: a new calendar year has begun
        2025: [60_000, 62_424],  # 6/12, the second of 120 000 × 1.0404 = 124 848
    },
    "by-year": {
        2021: [500_000, 200_000],
        2022: [650_000, 204_000],  # 200 000 × 1.02
        2023: [Decimal("662500.50"), 208_080],  # stands as written; 200 000 × 1.0404
        2024: [None, 212_242],  # not decided yet; 200 000 × 1.061208 = 212 241.60
    },
    "decided-afterwards": {2022: [250_000, 250_000]},
    "draft": {
        2027: [90_000, 88_000],  # 400 h × 220
        2028: [91_800, 89_760],  # × 1.02
    },
    # 15 September to 31 December is 3 16/30 months of 12, of 300 000: 88 333.33; then 8/12.
    "duties-on-days": {2015: [88_333, 88_333], 2016: [200_000, 200_000]},
    "extension-automatic": {
        # On 1 July 2021 the last day of notice, 30 June, has passed: 2022 is decided.
        2019: [240_000, 176_000],  # 800 h × 220, not indexed
        2020: [244_800, 176_000],  # 240 000 × 1.02
        2021: [249_696, 176_000],  # × 1.0404
        2022: [254_690, 176_000],  # × 1.061208 = 254 689.92
    },
    "extension-mutual": {
        2024: [1_710_000, 1_500_000],
        2025: [1_744_200, 1_530_000],  # × 1.02
        2026: [1_779_084, 1_560_600],  # × 1.0404
        2027: [1_814_666, 1_591_812],  # × 1.061208: 1 814 665.68
    },
    "extension-none": {2021: [700_000, 650_000], 2022: [700_000, 650_000]},
    "extension-by-turns": {
        2023: [500_000, 400_000],
        2024: [510_000, 400_000],  # × 1.02
        2025: [520_200, 400_000],  # × 1.0404
        2026: [530_604, 400_000],  # × 1.061208
    },
    "with-a-gap": {
        2019: [500_000, 400_000],
        2020: [500_000, 400_000],
        2022: [500_000, 400_000],
        2023: [250_000, 200_000],  # to 30 June: 6/12
    },
    "extension-option": {
        2019: [758_333, 408_333],  # 7/12 of 1 300 000 and 700 000: 758 333.33, 408 333.33
        2020: [1_300_000, 700_000],
        2021: [1_300_000, 700_000],
        2022: [541_667, 291_667],  # 5/12: 541 666.67, 291 666.67
    },
    "governance": {
        2018: [500_000, 480_000],
        2019: [500_000, 480_000],
        2020: [500_000, 480_000],
    },
    "grant": {2024: [75_000]},
    "in-kind-on-both-sides": {
        # 200 h × 275, 40 × 500, 400 h × 220, 300.5 h × 50
        2023: [100_000, 55_000, 20_000, 88_000, 15_025],
    },
    "index-compound": {
        # Four fifths of the series on last year's rounded sum, down to a whole hundred.
        2008: [247_700, 250_000],
        2009: [253_800, 250_000],  # 247 700 × (1 + 0.8 × 3.1 %) = 247 700 × 1.0248 = 253 842.96
        2010: [258_600, 250_000],  # 253 800 × (1 + 0.8 × 2.4 %) = 253 800 × 1.0192 = 258 672.96
        # From the base, unrounded, it would be 264 718.97 and so 264 700.
        2011: [264_500, 250_000],  # 258 600 × (1 + 0.8 × 2.9 %) = 258 600 × 1.0232 = 264 599.52
    },
    "index-levels": {
        2021: [200_000, 220_000],  # 1 000 h × 220, not indexed
        2022: [205_000, 220_000],  # a year behind: × 410/400
        2023: [225_500, 220_000],  # × 451/410, that is 1.1
    },
    "index-series": {
        2022: [1_000_000, 500_000],
        2023: [1_034_000, 500_000],  # the series' 2022: 3.4 %
        2024: [1_085_700, 500_000],  # its 2023 is 7.9 %, capped at 5: 1 034 000 × 1.05
        2025: [1_085_700, 500_000],  # its 2024 is −0.5 %, and the floor is 0
        2026: [None, 500_000],  # it has no 2025
    },
    "index-unspecified": {
        2023: [450_000, 350_000],
        2024: [None, 350_000],  # raised, but nobody knows by how much
    },
    "invoices-logged": {2023: [360_000, 400_000], 2024: [360_000, 400_000]},
    "known-to-the-month": {
        2018: [40_000, 30_000],  # from 1 September: 4/12
        2019: [120_000, 90_000],
        2020: [80_000, 60_000],  # to 31 August: 8/12
    },
    "legal-assessment": {
        2024: [1_200_000, 1_300_000],
        2025: [1_200_000, 1_300_000],
        2026: [1_200_000, 1_300_000],
    },
    "nine-civil-parties": {
        # The last but one is 3 × 15 000.
        2019: [
            *(620_000, 280_000),
            *(80_000, 60_000, 60_000, 40_000, 40_000, 20_000),
            *(45_000, 105_000),
        ],
    },
    "not-priced": {2023: [300_000, None, None]},  # unknown, not 0
    "open-ended": {
        # No end: shown to the close of the year that we are in.
        2015: [400_000, 400_000],  # from May: 8/12
        2016: [612_000, 612_000],  # × 1.02
        2017: [624_240, 624_240],  # × 1.0404
    },
    "other-funders": {2022: [600_000, 500_000, 400_000, 75_000]},
    "own-keys-and-notes": {2024: [20_000, 30_000, 45_000]},
    "per-inhabitant": {
        2022: [192_900, 198_000],  # 32 150 × 6, 900 h × 220
        2023: [194_466, 198_000],  # 32 411 × 6
    },
    "quarterly-then-tertial": {
        2023: [227_058, 183_333],  # from February: 11/12: 227 058.33, 183 333.33
        2024: [247_700, 200_000],
    },
    "rows-indexed-or-not": {
        2022: [333_333, 25_000, 40_000, 264_000],  # 1 200 h × 220
        2023: [343_333, 25_000, 0, 271_920],  # × 1.03: 343 332.99; the start was for 2022 alone
        2024: [353_633, 25_000, 0, 280_078],  # × 1.0609: 353 632.98, 280 077.60
    },
    "stated-otherwise": {2023: [200_000, 50_000, 250_000]},
    "stated-share": {2021: [400_000, None], 2022: [400_000, None]},
    "sub-agreement": {
        2021: [250_000, 90_000, 60_000],
        2022: [250_000, 90_000, 60_000],
        2023: [250_000, 90_000, 60_000],
    },
    "successor": {
        2023: [800_000, 800_000],
        2024: [800_000, 800_000],
        2025: [800_000, 800_000],
    },
    "taxed-compensation": {2024: [400_000, 96_000, 310_000]},  # before VAT
    "terminated": {
        2023: [120_000, 130_000],
        2024: [60_000, 65_000],  # to 30 June: 6/12
    },
    "three-boards": {
        2016: [600_000, 600_000, 200_000, 0, 1_500_000],  # 1 400 000 from the municipality
        2017: [0, 0, 0, 1_428_000, 1_500_000],
    },
    "total-by-months": {
        2021: [200_000, 80_000],  # September to December: 4/16 of 800 000 and of 320 000
        2022: [600_000, 240_000],  # 12/16
    },
    "total-in-one-payment": {
        None: [900_000],  # three years' total, in none of them
        2020: [150_000],
        2021: [150_000],
        2022: [150_000],
    },
    "two-municipalities": {
        2024: [400_000, 200_000, 30_000, 440_000],  # 2 000 h × 220
        2025: [408_000, 204_000, 30_600, 448_800],  # × 1.02
    },
    "umbrella": {year: [100_000, 100_000] for year in (2020, 2021, 2022, 2023)},
    "unspent-carried-over": {2023: [180_000, 200_000], 2024: [180_000, 200_000]},
    "volumes-and-outcomes": {2022: [900_000, 850_000], 2023: [900_000, 850_000]},
}

# What the options not yet taken would add, in years of their own.
OPTIONS: dict[tuple[str, date], dict[int, list[int]]] = {
    ("extension-mutual", date(2026, 1, 15)): {
        2028: [1_850_959, 1_623_648],  # × 1.08243216: 1 850 958.99, 1 623 648.24
        2029: [1_887_978, 1_656_121],  # × 1.1040808032: 1 887 978.17, 1 656 121.20
    },
    ("extension-by-turns", date(2026, 1, 15)): {
        2027: [270_608, 200_000],  # × 1.08243216 × 6/12: 270 608.04
    },
    ("extension-option", date(2022, 1, 31)): {  # the option is declined on 20 February
        2022: [758_333, 408_333],  # June to December: 7/12
        2023: [541_667, 291_667],  # January to May: 5/12
    },
    ("extension-option", date(2022, 2, 20)): {},
}

# The effective end, the latest end and the last day of notice, as a day sees them.
ENDS = [
    ("extension-mutual", "2025-06-09", "2025-12-31", "2029-12-31", "2025-06-30"),
    ("extension-mutual", "2025-06-10", "2027-12-31", "2029-12-31", "2027-06-30"),
    ("extension-by-turns", "2024-05-19", "2024-12-31", "2027-06-30", "2024-06-30"),
    ("extension-by-turns", "2024-05-20", "2026-12-31", "2027-06-30", "2026-06-30"),
    ("with-a-gap", "2021-12-07", "2020-12-31", None, None),
    ("with-a-gap", "2021-12-08", "2023-06-30", None, None),
    ("extension-option", "2022-02-19", "2022-05-31", "2023-05-31", "2022-02-28"),
    ("extension-option", "2022-02-20", "2022-05-31", "2022-05-31", "2022-02-28"),
    # Six months back from 1 January 2022 is 1 July 2021; the day before is the last.
    ("extension-automatic", "2021-06-30", "2021-12-31", None, "2021-06-30"),
    ("extension-automatic", "2021-07-01", "2022-12-31", None, "2022-06-30"),
    ("extension-automatic", "2026-01-15", "2026-12-31", None, "2026-06-30"),
    ("extension-none", "2026-01-15", "2022-12-31", "2022-12-31", None),
    ("known-to-the-month", "2026-01-15", "2020-08-31", "2020-08-31", None),
    ("open-ended", "2026-01-15", None, None, None),
    # Three months back from 1 January 2026 is 1 October; terminated, it ends on 30 June 2024,
    # and three months back from 1 July is 1 April.
    ("terminated", "2024-03-19", "2025-12-31", "2025-12-31", "2025-09-30"),
    ("terminated", "2024-03-20", "2024-06-30", "2024-06-30", "2024-03-31"),
]

# The state on a day, with half a year's lead before an end.
STAGES = [
    ("draft", "2027-03-01", "draft"),
    ("successor", "2022-12-31", "upcoming"),
    ("successor", "2023-01-01", "active"),
    ("extension-none", "2022-07-01", "expiring"),
    ("with-a-gap", "2020-12-31", "expiring"),
    ("with-a-gap", "2021-12-07", "expired"),
    ("with-a-gap", "2021-12-31", "upcoming"),
    ("with-a-gap", "2022-01-01", "active"),
    ("extension-none", "2023-01-01", "expired"),
    ("terminated", "2024-03-20", "expiring"),  # until its new end, 30 June
    ("terminated", "2024-07-01", "terminated"),
    ("open-ended", "2026-01-15", "active"),
]

# The public side's share of a year in percent, to two decimals; None is unknown.
SHARES: list[tuple[str, int, str | None]] = [
    ("total-by-months", 2022, "71.43"),  # 600 000 of 840 000
    ("stated-share", 2022, "45.00"),  # as the agreement states it
    ("in-kind-on-both-sides", 2023, "62.94"),  # 175 000 of 278 025
    ("nine-civil-parties", 2019, "66.67"),  # 900 000 of 1 350 000
    ("other-funders", 2022, "54.55"),  # 600 000 of 1 100 000; the funders' 475 000 on no side
    ("two-municipalities", 2024, "58.88"),  # 630 000 of 1 070 000
    ("three-boards", 2016, "48.28"),  # 1 400 000 of 2 900 000
    ("three-boards", 2017, "48.77"),  # 1 428 000 of 2 928 000
    ("amendment", 2024, "54.52"),  # 272 400 of 499 600
    ("by-year", 2023, "76.10"),  # 662 500.50 of 870 580.50
    ("by-year", 2024, None),  # the municipality's amount is not decided
    ("not-priced", 2023, None),  # two rows have no price
    ("total-in-one-payment", 2021, None),  # the municipality's total is in no year
    ("index-unspecified", 2024, None),
    ("grant", 2024, None),  # no row on the civil side: not 100 %
]

# Each committee's part of a row in a year.
BOARDS = {
    # 102 000 by 33.33, 33.33 and 33.34 %: 33 996.60, 33 996.60, 34 006.80; the two kronor left
    # go to the largest remainder and the first of the equal ones.
    ("boards-in-percent", 2021, 0): {
        "Barnnämnden": 33_997,
        "Socialnämnden": 33_996,
        "Kulturnämnden": 34_007,
    },
    # 104 040: 34 676.53 twice and 34 686.94, with two kronor left.
    ("boards-in-percent", 2022, 0): {
        "Barnnämnden": 34_677,
        "Socialnämnden": 34_676,
        "Kulturnämnden": 34_687,
    },
    # 626 113 by halves.
    ("boards-in-percent", 2023, 1): {"Barnnämnden": 313_057, "Socialnämnden": 313_056},
    ("three-boards", 2016, 2): {"Kulturnämnden": 200_000},
    ("three-boards", 2017, 3): {
        "Socialnämnden + Arbetsmarknadsnämnden + Kulturnämnden, division not stated": 1_428_000,
    },
}

# The invoices of a year, by the day each is to be sent: buyer, period, day, kronor before VAT.
INVOICES: dict[tuple[str, int], list[tuple[str, str, str, Decimal | int | None]]] = {
    ("total-in-one-payment", 2020): [
        ("kommunen", "2020-01-01/2022-12-31", "2020-02-01", 900_000),
    ],
    # The coordinator bills for all: 620 000 + 280 000.
    ("nine-civil-parties", 2019): [("kommunen", "2019", "2019-12-31", 900_000)],
    ("two-municipalities", 2025): [
        ("vikby", "2025-Q1", "2025-01-01", 51_000),  # 204 000 by 4, in advance
        ("vikby", "2025-Q2", "2025-04-01", 51_000),
        ("ekeby", "2025-H1", "2025-06-30", 204_000),  # 408 000 by 2, in arrears
        ("vikby", "2025-Q3", "2025-07-01", 51_000),
        ("vikby", "2025-Q4", "2025-10-01", 51_000),
        ("ekeby", "2025-H2", "2025-12-31", 204_000),
    ],
    # 227 058 over 2 + 3 + 3 + 3 months: 41 283.27 and three times 61 924.91.
    ("quarterly-then-tertial", 2023): [
        ("kommunen", "2023-02-01/2023-03-31", "2023-02-01", 41_283),
        ("kommunen", "2023-Q2", "2023-04-01", 61_925),
        ("kommunen", "2023-Q3", "2023-07-01", 61_925),
        ("kommunen", "2023-Q4", "2023-10-01", 61_925),
    ],
    # 247 700 by 3 is 82 566.67: the two kronor left go to the first two.
    ("quarterly-then-tertial", 2024): [
        ("kommunen", "2024-T1", "2024-04-30", 82_567),
        ("kommunen", "2024-T2", "2024-08-31", 82_567),
        ("kommunen", "2024-T3", "2024-12-31", 82_566),
    ],
    ("index-compound", 2009): [  # 253 800 by 4
        ("kommunen", "2009-Q1", "2009-01-01", 63_450),
        ("kommunen", "2009-Q2", "2009-04-01", 63_450),
        ("kommunen", "2009-Q3", "2009-07-01", 63_450),
        ("kommunen", "2009-Q4", "2009-10-01", 63_450),
    ],
    ("index-compound", 2010): [  # 258 600 by 3
        ("kommunen", "2010-T1", "2010-01-01", 86_200),
        ("kommunen", "2010-T2", "2010-05-01", 86_200),
        ("kommunen", "2010-T3", "2010-09-01", 86_200),
    ],
    # 500 000 with 25 % VAT; the premises are in kind and not billed.
    ("taxed-compensation", 2024): [("kommunen", "2024", "2024-12-31", 400_000)],
}

# The periods of one fixture that are still to be billed: a credit opens its period again.
OPEN = [  # with so many events of the log
    (0, ["2023-H1", "2023-H2", "2024-H1", "2024-H2"]),
    (1, ["2023-H2", "2024-H1", "2024-H2"]),
    (3, ["2023-H2", "2024-H1", "2024-H2"]),
    (4, ["2024-H1", "2024-H2"]),
]

# What else the files say, where nothing is reckoned.
SAYS: list[tuple[str, Callable[[Any], object], object]] = [
    ("by-year", lambda a: a.economy.contributions[0].item, "Samordnare"),
    ("decided-afterwards", lambda a: a.dnr, "KS 2022-17"),
    ("decided-afterwards", lambda a: a.log[0].conditional_on, "Fullmäktiges budget"),
    ("decided-afterwards", lambda a: a.validity.signed.first, date(2022, 3, 14)),
    ("draft", lambda a: a.status, "draft"),
    ("extension-automatic", lambda a: a.kind, "foreningsavtal"),
    ("governance", lambda a: a.follow_up.meetings_per_year, 4),
    ("governance", lambda a: a.follow_up.report_due, (2, 28)),
    ("governance", lambda a: a.follow_up.evaluation.due.last, date(2020, 5, 31)),
    ("governance", lambda a: a.follow_up.evaluation.before_renewal, True),
    ("governance", lambda a: a.follow_up.settled_until, date(2018, 12, 31)),
    ("governance", lambda a: a.log[1].outcome, {"besökare": 4200}),
    ("grant", lambda a: a.kind, "bidrag"),
    ("in-kind-on-both-sides", lambda a: a.economy.contributions[3].note, "Timpris enligt Leader"),
    ("known-to-the-month", lambda a: a.log[1].date.text, "2019"),
    ("legal-assessment", lambda a: a.legal.market, "no"),
    ("legal-assessment", lambda a: a.legal.procurement_assessed, date(2023, 10, 2)),
    ("legal-assessment", lambda a: a.legal.state_aid.basis, "de_minimis"),
    ("legal-assessment", lambda a: a.legal.state_aid.certificate, date(2023, 11, 15)),
    ("legal-assessment", lambda a: a.parties["stiftelsen"].register_number, "IBO-0042"),
    ("nine-civil-parties", lambda a: a.parties["ovriga"].count, 3),
    ("nine-civil-parties", lambda a: a.parties["radda"].coordinator, True),
    ("nine-civil-parties", lambda a: a.volume[1].party, "scouterna"),
    ("open-ended", lambda a: a.follow_up.review_every_years, 2),
    ("own-keys-and-notes", lambda a: a.tags, ("integration", "folkhälsa")),
    ("stated-otherwise", lambda a: a.economy.stated.total, 510_000),
    ("stated-share", lambda a: a.economy.stated.period_by_party, {"kommunen": 800_000}),
    ("stated-share", lambda a: a.invoicing[0].instalments[0].date.text, "2021-01"),
    ("stated-share", lambda a: a.log[0].date.text, "unknown"),
    ("stated-share", lambda a: a.log[0].proposed_by, "Fritidsnämnden"),
    ("stated-otherwise", lambda a: a.economy.contributions[2].source, "bilaga 2"),
    ("stated-otherwise", lambda a: a.exceptions[0].until, date(2024, 12, 31)),
    ("sub-agreement", lambda a: a.part_of, "umbrella"),
    ("successor", lambda a: a.succeeds, "extension-none"),
    ("taxed-compensation", lambda a: a.economy.label, "ersättning"),
    ("taxed-compensation", lambda a: a.invoicing[0].vat, "S"),
    ("taxed-compensation", lambda a: a.invoicing[0].vat_percent, 25),
    ("terminated", lambda a: a.log[0].effective, date(2024, 6, 30)),
    ("total-in-one-payment", lambda a: a.economy.unspent, "repay"),
    ("total-in-one-payment", lambda a: a.economy.stated.period_total, 1_350_000),
    ("two-municipalities", lambda a: a.invoicing[1].order_reference, "DLL1234567"),
    ("unspent-carried-over", lambda a: a.economy.unspent, "carry_over"),
    ("volumes-and-outcomes", lambda a: a.log[0].period.text, "2022-H1"),
    ("volumes-and-outcomes", lambda a: a.log[1].outcome["heltidsplatser"], Decimal("18.5")),
    ("volumes-and-outcomes", lambda a: [v.measure for v in a.volume], ["places", "per_year"]),
]


@cache
def agreement(name: str) -> Agreement:
    """Return the agreement of a fixture, which must have nothing to tell."""
    found = document(Input(name, (FOLDER / f"{name}.yaml").read_bytes()))
    assert found.agreement, found.diagnostics
    return found.agreement


def case_of(name: str, as_of: date = TODAY) -> Case:
    """Return a fixture's figures as *as_of* sees them."""
    return Case(agreement(name), as_of, Config.model_validate({"index": SERIES}))


def by_year(name: str, as_of: date, state: Certainty) -> dict[int | None, list[Decimal | None]]:
    """Return the rows' amounts in each year, in the order of the rows."""
    years: dict[int | None, list[Decimal | None]] = {}
    for figure in case_of(name, as_of).all_figures:
        if figure.state == state:
            years.setdefault(figure.year, []).append(figure.amount)
    return years


def test_every_need_has_its_fixture() -> None:
    """Each file shows a need, each need has a file, and each file has its figures below."""
    files = {path.stem for path in FOLDER.glob("*.yaml")}

    assert {name for names in NEEDS.values() for name in names} == files == set(YEARS)


@pytest.mark.parametrize("name", YEARS)
def test_each_row_gives_what_was_worked_by_hand(name: str) -> None:
    """Index, part years and rounding come out to the krona, and what is unknown stays so."""
    assert by_year(name, AS_OF.get(name, TODAY), "decided") == YEARS[name]


@pytest.mark.parametrize(("name", "as_of"), OPTIONS)
def test_options_stand_apart(name: str, as_of: date) -> None:
    """An option year has the amounts that it would have, and none once it is declined."""
    assert by_year(name, as_of, "option") == OPTIONS[name, as_of]


@pytest.mark.parametrize(("name", "as_of", "end", "latest", "notice"), ENDS)
def test_ends_and_notice_follow_the_log_and_the_calendar(
    name: str, as_of: str, end: str | None, latest: str | None, notice: str | None
) -> None:
    """The effective end, the latest end and the last day of notice are those of the day asked."""
    reach = case_of(name, date.fromisoformat(as_of)).reach
    days = (reach.end, reach.latest_end, reach.notice_day)

    assert tuple(day and day.isoformat() for day in days) == (end, latest, notice)


@pytest.mark.parametrize(("name", "as_of", "expected"), STAGES)
def test_the_state_follows_from_dates_and_log(name: str, as_of: str, expected: str) -> None:
    """Only a draft says what it is; all else is derived."""
    assert stage(case_of(name, date.fromisoformat(as_of))) == expected


@pytest.mark.parametrize(("name", "year", "percent"), SHARES)
def test_the_public_share_is_of_both_sides_alone(name: str, year: int, percent: str | None) -> None:
    """The share counts public and civil rows, and is unknown where one of them is."""
    found = share_of(case_of(name), year).percent

    assert (found and str(rounded(found, Decimal("0.01")))) == percent


@pytest.mark.parametrize(("name", "year", "row"), BOARDS)
def test_committees_share_a_row_to_the_krona(name: str, year: int, row: int) -> None:
    """A row is rounded first and then divided, and what is not divided stays whole."""
    figure = next(
        each for each in case_of(name).all_figures if (each.year, each.row) == (year, row)
    )
    parts = {board: amount.known for board, amount in board_parts(figure)}

    assert parts == BOARDS[name, year, row]


@pytest.mark.parametrize(("name", "year"), INVOICES)
def test_a_year_is_billed_to_the_krona(name: str, year: int) -> None:
    """Each buyer is billed by its own periods, and they add up to the year's budget."""
    found = [
        (each.buyer, each.period.text, each.due.isoformat(), each.amount)
        for each in case_of(name).bills
        if each.due.year == year
    ]

    assert found == INVOICES[name, year]


@pytest.mark.parametrize(("events", "periods"), OPEN)
def test_what_is_billed_is_not_billed_again(events: int, periods: list[str]) -> None:
    """A period is open until it is invoiced, and once more when that invoice is credited."""
    whole = agreement("invoices-logged")
    logged = whole.model_copy(update={"log": whole.log[:events]})
    found = Case(logged, date(2023, 1, 1)).bills

    assert [each.period.text for each in found if each.is_open] == periods


@pytest.mark.parametrize(("name", "part", "value"), SAYS)
def test_what_is_not_reckoned_is_read(
    name: str, part: Callable[[Any], object], value: object
) -> None:
    """The model gives back what the file says about everything that is no amount."""
    assert part(agreement(name)) == value
