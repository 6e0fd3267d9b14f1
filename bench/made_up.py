"""Made-up agreements, as many as are asked for: the n-th is the same in every run.

Run as a program, it writes them: python bench/made_up.py NUMBER FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from string import Template
from textwrap import fill, indent

IN_A_FOLDER = 100
ONE_IS_WRONG_IN = 50

CITIES = ("Linköping", "Norrköping", "Örebro", "Nyköping", "Jönköping", "Gävle", "Växjö", "Malmö")
COMMITTEES = {
    "Arbetsmarknadsnämnden": "Integration- och arbetsmarknadsförvaltningen",
    "Socialnämnden": "Socialförvaltningen",
    "Barn- och ungdomsnämnden": "Utbildningsförvaltningen",
    "Kultur- och fritidsnämnden": "Kultur- och fritidsförvaltningen",
}
ASSOCIATIONS = ("Kvinnojouren", "Stadsmissionen", "Läxhjälpen", "Röda Korset", "Nattvandrarna")
ITEMS = {
    "Handläggare": "staff",
    "Samordnare och ekonom": "administration",
    "Yrkescoacher": "staff",
    "Lokaler och lokalvård": "premises",
    "Utbildningsmaterial": "material",
    "Arbetskläder och -utrustning": "material",
}
ACTIVITIES = ("Restaurang och café", "Lager och logistik", "Butik", "Språkcafé", "Studiebesök")
SENTENCES = (
    "Partnerskapet ska ge målgruppen en väg till egen försörjning och ökad självtillit.",
    "Samspelet mellan den offentliga och den idéburna sektorn ger förutsättningar för delaktighet.",
    "Verksamheten vilar på integritet, dialog, långsiktighet, öppenhet och mångfald.",
    "Deltagarna anvisas av kommunen; även eget initiativ är möjligt efter samtal med föreningen.",
    "Aktiviteterna planeras och genomförs av volontärer och personal tillsammans.",
    "En bedömning görs för varje deltagare inför en placering, efter samtycke.",
)
AGREEMENT = Template("""\
# yaml-language-server: $$schema=iopctl.schema.json
id: $id
title: IOP $association i $city
area: Arbetsmarknad
dnr: KS $start-$chance
purpose: |
$purpose
target_group: Kommuninvånare som uppbär ekonomiskt bistånd
referral: Kommunens arbetsmarknadsenhet
activities: [$activities]

parties:
  kommunen:
    role: public
    name: ${city}s kommun
    org_number: $public
    board: $committee
    department: $department
    peppol_id: 0007:$digits
  foreningen:
    role: civil
    name: $association
    org_number: $civil  # kontrollerat mot registret
    bankgiro: $account

validity:
  start: $start-01-01
  end: $end-12-31
  notice_months: 6
  extension: {kind: mutual, times: 2, years: 1}

economy:
  base_year: $start
  index: {percent: $percent}  # varje nytt kalenderår
  stated: {total: $total}
  contributions:
$rows

invoicing:
  seller: foreningen
  buyer: kommunen
  recipient:
    lines: [${city}s kommun, Skanningcentralen $reference]
    postal_code: 581 81
    city: $city
  reference: $reference
  marking: "ID $chance, AKTIVITET: 450211"
  label: IOP $number
  interval: $interval
  payment_days: 30
  e_invoice: required

follow_up:
  meetings_per_year: 1
  reports_per_year: 1
  report_to: $committee
  settled_until: $end-12-31
volume: [{unit: platser, target: 70, measure: places}]
legal: {market: no, procurement_assessed: $start-01-01, state_aid: {basis: none}}
notes: >-
$notes

log:
  - {date: $start-01-01, event: decision, body: $committee, dnr: KS $start-$chance}
$log
""")
ROW = Template("""\
    - party: $party
      item: $item
      category: $category
      amount: $amount""")
YEAR = Template("""\
  - {date: $year-05-14, event: meeting, text: Alla grupper är igång.}
  - {date: $year-12-30, event: report, year: $year, outcome: {platser: 70}}""")
# What makes an agreement wrong: a text that every one of them has, and what takes its place.
FAULTS = (
    ("role: civil", "role: förening"),
    ("amount: ", "belopp: "),
    ("amount: ", "amount: 1 "),
    ("\nvalidity:\n", "\ntitle: Ännu en\nvalidity:\n"),
    ("  end: 20", "  end: 19"),
    ("  contributions:\n", "  contributions: [\n"),
    ("seller: foreningen", "seller: regionen"),
)


def agreement(number: int, *, pairs: int = 0, years: int = 0) -> str:
    """Return the text of an agreement: about 3 kB in 60 to 110 lines, and nothing wrong with it.

    Each side has as many contributions as there are *pairs*; it holds for *years*. Without these
    there are a few of both.
    """
    chance = Random(number)  # noqa: S311 - nothing is secret here
    start = chance.randrange(2018, 2022)
    end = start + (years or chance.randrange(2, 5)) - 1
    city = number % len(CITIES)
    public = checked(212_000_000 + city)
    committee, department = chance.choice(list(COMMITTEES.items()))
    rows = 2 * (pairs or chance.randrange(1, 5))
    amounts = [chance.randrange(400, 500) * 1000 for _ in range(rows)]
    return AGREEMENT.substitute(
        id=f"iop-{number:05d}",
        number=number,
        chance=chance.randrange(10_000, 99_999),
        association=f"{chance.choice(ASSOCIATIONS)} {number}",
        city=CITIES[city],
        public=public,
        digits=public.replace("-", ""),
        civil=checked(802_400_000 + number),
        account=checked(5_000_000 + number),
        committee=committee,
        department=department,
        reference=f"{100 + city}Z",
        activities=", ".join(chance.sample(ACTIVITIES, 3)),
        start=start,
        end=end,
        percent=chance.choice(("2", "2.5", "1.75")),
        interval=chance.choice(("yearly", "half_yearly", "quarterly")),
        total=sum(amounts),
        rows="\n".join(row(chance, place, amount) for place, amount in enumerate(amounts)),
        purpose=paragraph(chance, 3),
        notes=paragraph(chance, 4),
        log="\n".join(YEAR.substitute(year=year) for year in range(start, end + 1)),
    )


def row(chance: Random, place: int, amount: int) -> str:
    """Return a contribution of one side or the other."""
    item, category = chance.choice(list(ITEMS.items()))
    party = "foreningen" if place % 2 else "kommunen"
    return ROW.substitute(party=party, item=f"{item} {place + 1}", category=category, amount=amount)


def paragraph(chance: Random, sentences: int) -> str:
    """Return indented lines of text."""
    return indent(fill(" ".join(chance.sample(SENTENCES, sentences)), 92), "  ")


def checked(number: int) -> str:
    """Return a number with its check digit by Luhn's sum, and a hyphen before the last four."""
    digits = str(number)
    doubled = (divmod(2 * int(each), 10) for each in digits[::-2])
    check = -(sum(map(sum, doubled)) + sum(map(int, digits[-2::-2]))) % 10
    return f"{digits[:-3]}-{digits[-3:]}{check}"


def wrong(text: str, number: int) -> str:
    """Return *text* with one thing in it that makes it no agreement."""
    right, fault = FAULTS[number % len(FAULTS)]
    return text.replace(right, fault, 1)


def write(count: int, folder: Path, *, some_wrong: bool = False) -> None:
    """Write the first *count* agreements; *some_wrong* spoils one in fifty."""
    for number in range(count):
        text = agreement(number)
        if some_wrong and number % ONE_IS_WRONG_IN == ONE_IS_WRONG_IN - 1:
            text = wrong(text, number // ONE_IS_WRONG_IN)
        below = folder / f"{number // IN_A_FOLDER:03d}"
        below.mkdir(parents=True, exist_ok=True)
        (below / f"iop-{number:05d}.yaml").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]), some_wrong=True)
