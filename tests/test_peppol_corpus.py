"""Well-meant agreements, all pairs of what they may say: each document passes, none warns.

And provocations: agreements whose e-invoice every access point would refuse. None is written, and
each is refused with the field to mend, by the command, the listing and the rule alike.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

import pytest

from iopctl.case.case import Case
from iopctl.case.ledger import Posting
from iopctl.case.needs import electronic
from iopctl.case.needs.need import Medium
from iopctl.case.readiness import readiness
from iopctl.check import checked
from iopctl.check.portfolio import document
from iopctl.check.rules import Context
from iopctl.config import DEFAULT
from iopctl.input import Input
from iopctl.invoices.invoice import Issue, credit_note, invoice
from iopctl.invoices.peppol import xml
from iopctl.model.log import InvoiceSent
from tests.official_rules import findings, is_newest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Run

DAY = date(2027, 1, 15)

# ------------------------------------------------------------------ well-meant agreements
# What an agreement may say in each respect: parts of its text, under the names of the places.
Choice = dict[str, str]
AXES: dict[str, tuple[Choice, ...]] = {
    "buyer": (
        {"peppol": "0007:2199000122"},
        {"peppol": "0088:7399990000019", "buyer_more": ", gln: 7399990000019"},
        {"peppol": "0192:991825827"},
        {"peppol": "0208:0202239951", "buyer_more": ", vat_number: SE219900012201"},
        {"peppol": "0184:DK16356706"},
        {"own_peppol": "peppol_id: 0096:1234567890", "peppol": "0002:123456789"},
    ),
    "seller": (
        {"account": "bankgiro: 991-2346"},
        {"account": "plusgiro: 999123-3"},
        {"account": "iban: SE4550000000058398257466"},
        {"account": "bankgiro: 991-2346, f_tax: true", "seller_peppol": "0007:8999000121"},
        {"account": "bankgiro: 991-2346, gln: 7399990000026", "seller_peppol": "9930:DE123456789"},
    ),
    "country": (
        {"country": "SE"},
        {"country": "AX", "buyer_country": "SE"},
        {"country": "SE", "buyer_country": "FI"},
        {"country": "SE", "buyer_country": "XI"},
        {"country": "FR", "buyer_country": "DE"},
        {"country": "DE"},
        {"country": "IT"},
        {"country": "GR"},
        {"country": "NO"},
    ),
    "vat": (
        {},
        {"vat": "vat: O"},
        {"vat": "vat: E\n  vat_reason: Social omsorg", "registered": "vat_number: SE899900012101"},
        {"vat": "vat: S\n  vat_percent: 25", "registered": "vat_number: SE899900012101"},
        {"vat": "vat: S\n  vat_percent: 12", "registered": "vat_number: SE899900012101"},
        {"vat": "vat: S\n  vat_percent: 6", "registered": "vat_number: SE899900012101"},
    ),
    "reference": (
        {"codes": "reference: 150Z\n  marking: Ansvar 7"},
        {"codes": "order_reference: DLL1234567"},
        {"codes": "reference: 150Z\n  contract_reference: BUN 2023-310"},
        {"codes": 'reference: "<&>"\n  marking: "ID 1, \'å\' ]]>"\n  payment_reference: "1234566"'},
    ),
    "when": (
        {"when": "interval: yearly\n  timing: advance"},
        {"when": "interval: half_yearly\n  timing: arrears"},
        {"when": "interval: tertial"},
        {"when": "interval: quarterly\n  timing: advance", "start": "2026-02-12"},
        {"when": "interval: monthly\n  timing: arrears", "start": "2026-10-01"},
        {"when": "instalments:\n    - {date: 2026-03-01, amount: 450000, period: 2026}"},
    ),
    "rows": (
        {},
        {"index": "  index: {percent: 2.5}\n  base_year: 2024\n"},
        {"rows": "    - {party: kommunen, category: material, amount: 33333.33}\n"},
        {"board": "board: {Barnnämnden: 33.33, Socialnämnden: 66.67}, ", "boards": "both"},
    ),
}
EXCLUDED = {
    # Instalments are the agreement's own amounts: what they differ from is another test's.
    ("when", 5): {"rows": {1, 2, 3}},
    # What Italy, Greece and Norway ask of a seller without a Swedish VAT number.
    ("country", 6): {"seller": {3}},
    ("country", 7): {"vat": {0, 1}},
    ("country", 8): {"vat": {0, 1}},
}
AGREEMENT = """\
id: ljuset
title: IOP Ljuset
parties:
  kommunen:
    {{role: public, name: Storviks kommun, org_number: 219900-0122, peppol_id: {peppol}{buyer_more}}}
  ljuset:
    {{role: civil, name: Föreningen Ljuset, org_number: 899900-0121, {account}{registered}{seller_peppol},
     address: {{lines: [Storgatan 1], postal_code: 999 40, city: STORVIK, country: {country}}}}}
validity: {{start: {start}, end: 2026-12-31}}
economy:
{index}  rounding: {{unit: 0.01}}
  contributions:
    - {{party: kommunen, item: Personal, {board}amount: 450000}}
{rows}    - {{party: ljuset, item: Lokaler, amount: 120000}}
invoicing:
"""
BLOCK = """\
  seller: ljuset
  buyer: kommunen
  recipient: {{lines: [Fakturor, Box 1, Plan 2], postal_code: 999 40, city: STORVIK, country: {buyer_country}}}
  label: IOP Ljuset
  payment_days: 30
  {codes}
  {when}
"""


def agreement(choice: Choice) -> str:
    """Return the text of an agreement that says what is chosen."""
    said = {
        "buyer_more": "",
        "registered": "",
        "seller_peppol": "",
        "buyer_country": "SE",
        "start": "2026-01-01",
        "index": "",
        "rows": "",
        "board": "",
        **choice,
    }
    if said["registered"]:
        said["registered"] = f", {said['registered']}"
    if said["seller_peppol"]:
        said["seller_peppol"] = f", peppol_id: {said['seller_peppol']}"
    block = BLOCK.format(**said)
    block += "".join(f"  {said[key]}\n" for key in ("vat", "own_peppol") if key in said)
    if "boards" in said:
        listed = "  - " + block.strip().replace("\n", "\n  ") + "\n    board: "
        block = f"{listed}Barnnämnden\n{listed}Socialnämnden\n"
    return AGREEMENT.format(**said) + block


def fits(row: dict[str, int]) -> bool:
    """Whether the choices may stand beside each other."""
    return not any(
        row.get(axis) == number and row.get(other) in numbers
        for (axis, number), others in EXCLUDED.items()
        for other, numbers in others.items()
    )


def pairs(row: dict[str, int]) -> set[tuple[tuple[str, int], tuple[str, int]]]:
    """Return the pairs of choices in a row."""
    return set(combinations(sorted(row.items()), 2))


def all_pairs() -> Iterator[dict[str, int]]:
    """Yield choices, one of each axis, so that every pair that may stand together does once."""
    axes = {axis: range(len(choices)) for axis, choices in AXES.items()}
    wanted = {
        pair
        for one, other in combinations(sorted(axes), 2)
        for first, second in product(axes[one], axes[other])
        for pair in pairs({one: first, other: second})
        if fits({one: first, other: second})
    }
    while wanted:
        row = dict(min(wanted))
        for axis in axes.keys() - row.keys():
            row[axis] = max(
                (number for number in axes[axis] if fits({**row, axis: number})),
                key=lambda number: len(wanted & pairs({**row, axis: number})),
            )
        wanted -= pairs(row)
        yield row


def case_of(text: str) -> Case:
    """Return an agreement that can be read, and under which nothing is an error."""
    found = document(Input("ljuset.yaml", text.encode()))
    assert found.agreement, (found.diagnostics, text)
    return Case(found.agreement, DAY)


def documents(case: Case) -> Iterator[bytes]:
    """Yield every invoice of an agreement, and the credit note of each."""
    for number, bill in enumerate(case.bills, 1):
        assert readiness(case, bill, Medium.PEPPOL).reasons == ()
        assert electronic(bill)
        made = invoice(case.agreement, bill, Issue(f"2026-{number}", bill.due))
        yield xml(made)
        sent = InvoiceSent(
            event="invoice",
            date=bill.due.isoformat(),
            number=f"2026-{number}",
            period=bill.period.text,
            amount=f"{made.net:.2f}",
        )
        yield xml(credit_note(case.agreement, bill, Issue(f"K-{number}", DAY), Posting(0, sent)))


def test_what_is_well_meant_passes_every_rule() -> None:
    """Every invoice and credit note of agreements that have all pairs of what may be said."""
    told = []
    tried = 0
    for row in all_pairs():
        choice: Choice = {}
        for axis, number in row.items():
            choice |= AXES[axis][number]
        for found in documents(case_of(agreement(choice))):
            tried += 1
            told += [(row, each) for each in findings(found.decode())]

    assert told == []
    assert tried > 300


# ------------------------------------------------------------------ provocations
class Provocation(NamedTuple):
    """What is changed in a sound agreement, the field that is to be mended, and who asks for it.

    *told* is the rule that `check` tells it by; *fatal* the official rule that would be broken.
    """

    change: dict[str, str]
    field: str
    told: str
    fatal: str = ""


SOUND = """\
id: ljuset
title: IOP Ljuset
parties:
  kommunen: {role: public, name: Storviks kommun, org_number: 219900-0122, peppol_id: 0007:2199000122}
  ljuset:
    role: civil
    name: Föreningen Ljuset
    org_number: 899900-0121
    bankgiro: 991-2346
    vat_number: SE899900012101
    f_tax: false
    address: {lines: [Storgatan 1], postal_code: 999 40, city: STORVIK, country: SE}
validity: {start: 2026-01-01, end: 2026-12-31}
economy:
  contributions:
    - {party: kommunen, item: Personal, amount: 450000}
    - {party: ljuset, item: Lokaler, amount: 120000}
invoicing:
  seller: ljuset
  buyer: kommunen
  recipient: {lines: [Fakturor], postal_code: 999 41, city: STORVIK, country: "SE"}
  reference: 150Z
  marking: Ansvar 7
  label: IOP Ljuset
  interval: yearly
  timing: advance
  payment_days: 30
  e_invoice: required
  vat: O
"""
READING = ("IOP014", "IOP019", "IOP102")  # what reads the file tells it by the place
BUYER_ID, SELLER_ID = "parties.kommunen.peppol_id", "parties.ljuset.peppol_id"
THEIR_COUNTRY, OUR_COUNTRY = "invoicing.recipient.country", "parties.ljuset.address.country"
TAXED = "vat: S\n  vat_percent: 25"
REASON = "vat_reason: Momspliktig uthyrning"
OUR_ADDRESS = "address: {lines: [Storgatan 1], postal_code: 999 40, city: STORVIK, country: SE}"


def buyer_id(peppol_id: str) -> dict[str, str]:
    """Return the change to another Peppol-ID of the buyer."""
    return {"0007:2199000122": peppol_id}


def their_country(code: str) -> dict[str, str]:
    """Return the change to another country of the invoice's address."""
    return {'country: "SE"': f"country: {code}"}


def abroad(code: str, **more: str) -> dict[str, str]:
    """Return the change to a seller in another country."""
    return {"country: SE}": f"country: {code}}}", **more}


def excepted(rule: str) -> str:
    """Return the exception by which the parties stand by what they lack."""
    return f"vat: O\nexceptions:\n  - {{rule: {rule}, reason: Kommunen har ingen}}"


PROVOCATIONS = {
    **{
        f"country-{code}": Provocation(their_country(code), THEIR_COUNTRY, "IOP416", "BR-CL-14")
        for code in ("UK", "EL", "EU", "XX", "ZZ", "AN", "XK", "se", "Sverige", "SWE", "'00'")
    },
    "our-country": Provocation(abroad("UK"), OUR_COUNTRY, "IOP416", "BR-CL-14"),
    **{
        f"scheme-{scheme}": Provocation(
            buyer_id(f"{scheme}:2199000122"), BUYER_ID, "IOP108", "PEPPOL-EN16931-CL008"
        )
        for scheme in (
            "9955",
            "7000",
            "9907",
            "9901",
            "0203",
            "0037",
            "0193",
            "0202",
            "0212",
            "0215",
        )
    },
    "our-scheme": Provocation(
        {"bankgiro:": "peppol_id: 9955:8999000121\n    bankgiro:"}, SELLER_ID, "IOP108", "BR-CL-25"
    ),
    "scheme-of-block": Provocation(
        {"vat: O": "vat: O\n  peppol_id: 9955:1"}, "invoicing.peppol_id", "IOP108", "BR-CL-25"
    ),
    **{
        f"digits-{peppol_id}": Provocation(buyer_id(peppol_id), BUYER_ID, told)
        for peppol_id, told in (
            ("0007:2199000123", "IOP102"),
            ("0007:219900012", "IOP019"),
            ("0088:7399990000018", "IOP102"),
            ("0088:739999000001", "IOP019"),
            ("0192:991825828", "IOP102"),
            ("0208:0202239952", "IOP102"),
            ("0208:0000000000", "IOP102"),
            ("0096:ABCDEFGHIJ", "IOP019"),
            ("0184:1635670", "IOP019"),
            ("0198:16356706", "IOP019"),
            ("0151:51824753557", "IOP102"),
            ("0106:123456789", "IOP019"),
            ("0190:123", "IOP019"),
            ("0201:ABC", "IOP019"),
            ("0210:ABC", "IOP019"),
            ("0211:IT00743110158", "IOP102"),
            ("9944:NL123456789", "IOP019"),
        )
    },
    **{
        f"{code}-seller": Provocation(abroad(code), OUR_COUNTRY, "IOP417", fatal)
        for code, fatal in (
            ("DK", "DK-R-014"),
            ("GR", "GR-R-004-1"),
            ("IS", "IS-R-002"),
            ("NL", "NL-R-003"),
            ("NO", "NO-R-002"),
        )
    },
    "taxed-seller-in-DK": Provocation(
        abroad("DK", **{"vat: O": TAXED}), OUR_COUNTRY, "IOP417", "DK-R-014"
    ),
    "within-DE": Provocation(
        abroad("DE", **their_country("DE")), OUR_COUNTRY, "IOP417", "DE-R-002"
    ),
    "IT-without-street": Provocation(
        abroad("IT", **{"{lines: [Storgatan 1], ": "{"}),
        "parties.ljuset.address.lines",
        "IOP417",
        "IT-R-002",
    ),
    "IT-without-city": Provocation(
        abroad("IT", **{"999 40, city: STORVIK, ": "999 40, "}),
        "parties.ljuset.address.city",
        "IOP417",
        "IT-R-003",
    ),
    "IT-without-code": Provocation(
        abroad("IT", **{"postal_code: 999 40, ": ""}),
        "parties.ljuset.address.postal_code",
        "IOP417",
        "IT-R-004",
    ),
    "IT-with-f-skatt": Provocation(
        abroad("IT", **{"f_tax: false": "f_tax: true"}), OUR_COUNTRY, "IOP417", "IT-R-001"
    ),
    "code-in-the-note": Provocation(
        {"label: IOP Ljuset": "label: 'Hus #12b# Ljuset'"}, "invoicing.label", "IOP409", "BR-CL-08"
    ),
    "code-across-the-note": Provocation(
        {"marking: Ansvar 7": "marking: 'Ansvar #1'", "label: IOP Ljuset": "label: '# Ljuset'"},
        "invoicing.marking",
        "IOP409",
        "BR-CL-08",
    ),
    "reason-beside-rate": Provocation(
        {"vat: O": f"{TAXED}\n  {REASON}"}, "invoicing.vat_reason", "IOP413"
    ),
    "no-rate": Provocation({"vat: O": "vat: S"}, "invoicing.vat_percent", "IOP413"),
    "rate-of-20": Provocation(
        {"vat: O": "vat: S\n  vat_percent: 20"}, "invoicing.vat_percent", "IOP413", "SE-R-006"
    ),
    "rate-outside-vat": Provocation(
        {"vat: O": "vat: O\n  vat_percent: 25"}, "invoicing.vat_percent", "IOP413"
    ),
    "rate-of-exempt": Provocation(
        {"vat: O": f"vat: E\n  vat_percent: 25\n  {REASON}"}, "invoicing.vat_percent", "IOP413"
    ),
    "taxed-without-number": Provocation(
        {"vat: O": TAXED, "    vat_number: SE899900012101\n": ""},
        "parties.ljuset.vat_number",
        "IOP413",
        "BR-S-02",
    ),
    "taxed-without-our-address": Provocation(
        {"vat: O": TAXED, f"    {OUR_ADDRESS}\n": ""}, "parties.ljuset.address", "IOP413"
    ),
    "taxed-without-their-address": Provocation(
        {
            "vat: O": excepted("recipient-missing").replace("vat: O", TAXED),
            '  recipient: {lines: [Fakturor], postal_code: 999 41, city: STORVIK, country: "SE"}\n': "",
        },
        "invoicing.recipient",
        "IOP404",
    ),
    "exempt-without-reason": Provocation(
        {"vat: O": "vat: E"}, "invoicing.vat_reason", "IOP413", "BR-E-10"
    ),
    "exempt-without-registration": Provocation(
        {"vat: O": f"vat: E\n  {REASON}", "    vat_number: SE899900012101\n": ""},
        "parties.ljuset.vat_number",
        "IOP413",
        "BR-E-02",
    ),
    "no-reference": Provocation(
        {"  reference: 150Z\n": "", "vat: O": excepted("reference-missing")},
        "invoicing.reference",
        "IOP401",
        "PEPPOL-EN16931-R003",
    ),
    "no-account": Provocation(
        {"    bankgiro: 991-2346\n": "", "vat: O": excepted("account-missing")},
        "parties.ljuset.bankgiro",
        "IOP410",
        "BR-61",
    ),
    "no-term": Provocation(
        {"  payment_days: 30\n": "", "vat: O": excepted("payment-days-missing")},
        "invoicing.payment_days",
        "IOP412",
    ),
    "no-number": Provocation(
        {"    org_number: 899900-0121\n": "", "vat: O": excepted("org-number-missing")},
        "parties.ljuset.org_number",
        "IOP415",
        "BR-CO-26",
    ),
    "no-peppol-id": Provocation(
        {", peppol_id: 0007:2199000122": "", "vat: O": excepted("peppol-id-missing")},
        BUYER_ID,
        "IOP411",
        "PEPPOL-EN16931-R010",
    ),
    "nobody-pays": Provocation(
        {"name: Storviks kommun": "count: 2", "vat: O": excepted("party-unnamed")},
        "parties.kommunen.name",
        "IOP414",
        "BR-07",
    ),
    **{
        f"blank-{name}": Provocation({old: f'"{blank}"'}, field, "IOP014")
        for blank in ("\u00a0",)
        for name, old, field in (
            ("reference", "150Z", "invoicing.reference"),
            ("marking", "Ansvar 7", "invoicing.marking"),
            ("seller", "Föreningen Ljuset", "parties.ljuset.name"),
            ("buyer", "Storviks kommun", "parties.kommunen.name"),
            ("country", '"SE"', "invoicing.recipient.country"),
        )
    },
    "blank-reason": Provocation(
        {"vat: O": 'vat: E\n  vat_reason: " "'}, "invoicing.vat_reason", "IOP014"
    ),
    "organisation": Provocation(
        {"899900-0121": "899900-0122"}, "parties.ljuset.org_number", "IOP102"
    ),
    "vat-number-of-14": Provocation(
        {"SE899900012101": "SE8999000121"}, "parties.ljuset.vat_number", "IOP019"
    ),
    "gln": Provocation({"vat: O": "vat: O\n  gln: 7399990000018"}, "invoicing.gln", "IOP102"),
}


NEWS = {
    "within-DE",
    *(f"scheme-{scheme}" for scheme in ("9901", "0037", "0193", "0202", "0212", "0215")),
}
"""What only rules newer than those of PyPI refuse."""


def provoked(name: str) -> str:
    """Return the text of an agreement that provokes."""
    text = SOUND
    for old, new in PROVOCATIONS[name].change.items():
        assert old in text
        text = text.replace(old, new)
    return text


def test_what_provokes_is_otherwise_sound(run: Run, tmp_path: Path) -> None:
    """Without its change the agreement makes an e-invoice, and nothing is told of it."""
    (tmp_path / "ljuset.yaml").write_text(SOUND, encoding="utf-8")
    made = run("invoice", tmp_path / "ljuset.yaml", "--year", "2026", "-f", "peppol",
               "--number", "1", "--date", "2026-01-01")  # fmt: skip

    assert (made.code, made.err) == (0, "")
    assert findings(made.out) == []


@pytest.mark.parametrize(
    "peppol_id",
    [
        "0007:2199000122",
        "0088:7399990000019",
        "0096:1234567890",
        "0106:12345678",
        "0151:51824753556",
        "0190:12345678901234567890",
        "0192:991825827",
        "0198:DK16356706",
        "0201:UFABC1",
        "0208:0202239951",
        "0210:00743110157",
        "0210:RSSMRA70A01H501S",
        "0211:IT00743110157",
        "9944:NL123456789B12",
    ],
)
def test_a_peppol_id_that_is_built_as_its_scheme_asks_passes(peppol_id: str) -> None:
    """We are no stricter than the rules with what is right."""
    case = case_of(SOUND.replace("0007:2199000122", peppol_id))

    assert [findings(each.decode()) for each in documents(case)] == [[], []]


@pytest.mark.parametrize("name", PROVOCATIONS)
def test_no_provocation_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The command refuses it and names the field, or the line of what can't even be read."""
    monkeypatch.chdir(tmp_path)  # where there are no other agreements to read
    case, text = PROVOCATIONS[name], provoked(name)
    path = tmp_path / "ljuset.yaml"
    path.write_text(text, encoding="utf-8")
    made = run("invoice", path, "--year", "2026", "-f", "peppol", "--number", "1", "--date",
               "2026-01-01", "-o", tmp_path)  # fmt: skip

    assert made.code == 1
    assert [each.name for each in tmp_path.iterdir()] == ["ljuset.yaml"]
    if case.told in READING:
        changed = next(iter(case.change.values())).split("\n")[-1]
        line = text[: text.index(changed)].count("\n") + 1
        assert f"ljuset.yaml:{line}:" in made.err
    else:
        assert f"  {case.field} (" in made.err


@pytest.mark.parametrize("name", PROVOCATIONS)
def test_check_tells_of_every_provocation(name: str) -> None:
    """By the rule that the need names, before anyone writes an invoice."""
    found = checked(Input("ljuset.yaml", provoked(name).encode()), Context(DEFAULT, DAY))

    assert PROVOCATIONS[name].told in {each.code for each in found.diagnostics}


def test_what_is_refused_would_break_a_rule() -> None:
    """Were it written all the same, the official rules would not let it pass, if they are new."""
    passed = {}
    for name, provocation in PROVOCATIONS.items():
        if provocation.fatal and (is_newest() or name not in NEWS):
            case = case_of(provoked(name))
            made = invoice(case.agreement, case.bills[0], Issue("1", date(2026, 1, 1)))
            broken = {each.partition(":")[0] for each in findings(xml(made).decode())}
            if provocation.fatal not in broken:
                passed[name] = broken

    assert passed == {}
