"""What is found between files: told of the right one, naming the others, and not without need."""

from __future__ import annotations

import json
import pickle
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import pytest

from iopctl.check import checked, findings, portfolio
from iopctl.check.facts import Between, Facts
from iopctl.check.rules import Context
from iopctl.config import Config, config
from iopctl.input import Input
from iopctl.source import read

if TYPE_CHECKING:
    from iopctl.check.diagnostics import Diagnostic
    from tests.conftest import AgreementText

AS_OF = date(2024, 6, 1)
INVOICING = "invoicing: {seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP}"
PARTIES = """\
parties:
  kommunen: {{role: public, name: Exempels kommun, {public}}}
  foreningen: {{role: civil, name: Föreningen Exemplet, {civil}}}
"""


def told(
    files: dict[str, str], code: str, config: Config | None = None
) -> list[tuple[str, int, str]]:
    """Return file, line and message of what one rule finds between *files*."""
    context = Context(config or Config(), AS_OF)
    results = [checked(Input(name, text.encode()), context) for name, text in files.items()]
    found = findings(results, context, lambda name: read(files[name].encode()))
    return [_place(each) for each in found if each.code == code]


def _place(each: Diagnostic) -> tuple[str, int, str]:
    return each.file, each.span.line, each.advice.replace("\u00a0", " ")


def facts_of(text: str) -> Facts:
    """Return the facts of one file."""
    found = checked(Input("exempel-2024.yaml", text.encode()), Context(Config(), AS_OF)).facts
    assert found
    return found


# ------------------------------------------------------------------ facts
def test_facts_of_an_agreement(agreement_text: AgreementText) -> None:
    """They are the little that others are compared with, and can be written as JSON."""
    found = facts_of(agreement_text(INVOICING))

    assert (found.file, found.id) == ("exempel-2024.yaml", "exempel-2024")
    assert found.start == Between(date(2024, 1, 1), date(2024, 1, 1))
    assert [each.name for each in found.organisations] == ["Exempels kommun", "Föreningen Exemplet"]
    assert [(each.path, each.buyer) for each in found.billings] == [
        (("invoicing", 0), "Exempels kommun")
    ]
    assert json.dumps(asdict(found), default=str)


@pytest.mark.parametrize(
    ("validity", "start", "end"),
    [
        ("{start: 2024-01-15, end: 2025-06-30}", ("2024-01-15",) * 2, ("2025-06-30",) * 2),
        ("{start: 2024-02, end: 2025}", ("2024-02-01", "2024-02-29"), ("2025-01-01", "2025-12-31")),
        ("{start: 2024, years: 2}", ("2024-01-01", "2024-12-31"), ("2025-12-31",) * 2),
        ("{start: 2024-01-01, end: open}", ("2024-01-01",) * 2, None),
        ("{signed: 2024-01-01}", None, None),
    ],
)
def test_days_may_be_known_to_the_month_or_year(
    agreement_text: AgreementText,
    validity: str,
    start: tuple[str, str] | None,
    end: tuple[str, str] | None,
) -> None:
    """Then they lie between two."""
    found = facts_of(agreement_text(f"validity: {validity}"))
    expected = [each and Between(*map(date.fromisoformat, each)) for each in (start, end)]

    assert [found.start, found.end] == expected
    assert found.is_open is ("open" in validity)


def test_who_is_not_named_is_no_organisation(agreement_text: AgreementText) -> None:
    """A number of parties has no name to compare."""
    text = agreement_text("""\
        parties:
          kommunen: {role: public, name: Exempels kommun}
          foreningen: {role: civil, count: 9}
        """)

    assert [each.name for each in facts_of(text).organisations] == ["Exempels kommun"]


@pytest.mark.parametrize(
    ("invoicing", "seller"),
    [
        ("{seller: foreningen, buyer: kommunen}", "Föreningen Exemplet"),
        ("[{seller: foreningen, buyer: kommunen}, {seller: kommunen, buyer: foreningen}]", None),
        ("[]", None),
    ],
)
def test_seller_of_an_invoice(
    agreement_text: AgreementText, invoicing: str, seller: str | None
) -> None:
    """It is the only one that sends invoices, unless the log names one."""
    log = "log: [{date: 2024-03-01, event: invoice, number: 7, period: 2024, amount: 1%s}]"
    logged = facts_of(agreement_text(f"invoicing: {invoicing}\n{log % ''}"))
    named = facts_of(agreement_text(f"invoicing: {invoicing}\n{log % ', seller: foreningen'}"))

    assert [each.seller for each in logged.numbered] == [seller]
    assert [each.seller for each in named.numbered] == ["Föreningen Exemplet"]


def test_a_number_that_is_dated_ahead_is_used(agreement_text: AgreementText) -> None:
    """The invoice of January that was made in December has its number."""
    log = "log: [{date: 2024-06-02, event: invoice, number: 7, period: 2024, amount: 1}]"

    assert [each.number for each in facts_of(agreement_text(log)).numbered] == ["7"]


def test_what_a_file_gives_can_be_sent_between_processes(agreement_text: AgreementText) -> None:
    """It holds no model and no text of the file, and depends on nothing but what it is made of."""
    exception = "exceptions: [{rule: IOP201, reason: Nej.}]"
    given = Input("a.yaml", agreement_text(f"{INVOICING}\n{exception}").encode())
    found = checked(given, Context(Config(), AS_OF))
    sent = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own

    assert [each.line for each in sent.diagnostics] == [each.line for each in found.diagnostics]
    assert (sent.silences, sent.facts) == (found.silences, found.facts)


# ------------------------------------------------------------------ names and ids
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("exempel-2024.yaml", []),
        ("agreements/old/exempel-2024.yml", []),
        ("<stdin>", []),
        (
            "agreements/Exempel-2024.yaml",
            [
                "the file is called Exempel-2024.yaml, the agreement 'exempel-2024';"
                " call the file exempel-2024.yaml, or correct the id"
            ],
        ),
    ],
)
def test_file_name(agreement_text: AgreementText, name: str, expected: list[str]) -> None:
    """Whichever folder it lies in; standard input has no name of its own."""
    found = told({name: agreement_text()}, "IOP602")

    assert [message for _, _, message in found] == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("succeeds: annat-2020", ["succeeds names 'annat-2020', which is none of the agreements"]),
        ("part_of: annat-2020", ["part_of names 'annat-2020', which is none of the agreements"]),
        ("part_of: exempel-2024", ["part_of names 'exempel-2024', which is itself"]),
        ("part_of: lokalen-2024", []),
    ],
)
def test_agreements_that_are_named(
    agreement_text: AgreementText, key: str, expected: list[str]
) -> None:
    """They are there, and another one."""
    files = {"a.yaml": agreement_text(key), "b.yaml": agreement_text("id: lokalen-2024")}
    found = [message for _, _, message in told(files, "IOP603")]

    assert [
        message[: len(start)] for message, start in zip(found, expected, strict=True)
    ] == expected


@pytest.mark.parametrize(
    ("before", "after", "code", "message"),
    [
        ("{start: 2022-01-01, end: 2023-12-31}", "{start: 2024-01-01}", "", ""),
        ("{start: 2022-01-01, end: 2023}", "{start: 2024}", "", ""),
        ("{start: 2022-01-01, end: 2023}", "{start: 2023-07-01}", "", ""),
        ("{start: 2022-01-01}", "{start: 2024-01-01}", "", ""),
        ("{start: 2022-01-01, end: 2023-12-31}", "{end: 2025-12-31}", "", ""),
        (
            "{start: 2022-01-01, end: 2024-01-01}",
            "{start: 2024-01-01}",
            "IOP604",
            "it starts 2024-01-01, and forra-2022, which it succeeds, ends 2024-01-01 (b.yaml)",
        ),
        (
            "{start: 2022-01-01, end: open}",
            "{start: 2024-01-01}",
            "IOP604",
            "it starts 2024-01-01, and forra-2022, which it succeeds, ends never (b.yaml)",
        ),
        (
            "{start: 2022-01-01, end: 2023-12-30}",
            "{start: 2024-01-01}",
            "IOP605",
            "it starts 2024-01-01, and forra-2022, which it succeeds, ended 2023-12-30 (b.yaml)",
        ),
        (
            "{start: 2022-01-01, end: 2022}",
            "{start: 2024}",
            "IOP605",
            "it starts 2024-01-01, and forra-2022, which it succeeds, ended 2022-12-31 (b.yaml)",
        ),
    ],
)
def test_succession(
    agreement_text: AgreementText, before: str, after: str, code: str, message: str
) -> None:
    """One agreement starts on the day after the other has ended, as far as that is known."""
    files = {
        "a.yaml": agreement_text(f"validity: {after}\nsucceeds: forra-2022"),
        "b.yaml": agreement_text(f"id: forra-2022\nvalidity: {before}"),
    }
    found = {each: told(files, each) for each in ("IOP604", "IOP605")}

    assert [each for each, places in found.items() if places] == ([code] if code else [])
    assert all(places[0][2].startswith(message) for places in found.values() if places)


def test_succession_of_a_draft_is_not_judged(agreement_text: AgreementText) -> None:
    """Its dates are not agreed on."""
    files = {
        "a.yaml": agreement_text("status: draft\nsucceeds: forra-2022"),
        "b.yaml": agreement_text("id: forra-2022\nvalidity: {start: 2022-01-01, end: open}"),
    }

    assert told(files, "IOP604") == []


# ------------------------------------------------------------------ organisations
def test_what_most_files_say_is_taken_for_right(agreement_text: AgreementText) -> None:
    """However early the odd one comes; of as many, the first is."""
    numbers = {"a.yaml": "899900-0014", "b.yaml": "899900-0006", "c.yaml": "899900-0006"}
    files = {
        name: agreement_text(
            f"id: i{name[0]}\n"
            + PARTIES.format(public="org_number: 219900-0007", civil=f"org_number: {number}")
        )
        for name, number in numbers.items()
    }
    found = told(files, "IOP606")

    assert [each[:2] for each in found] == [("a.yaml", 5)]
    assert "organisation number of Föreningen Exemplet is 899900-0014 here, and" in found[0][2]
    assert "899900-0006 in b.yaml, c.yaml" in found[0][2]
    files.pop("c.yaml")
    assert [each[:2] for each in told(files, "IOP606")] == [("b.yaml", 5)]


@pytest.mark.parametrize(
    ("one", "other", "called"),
    [
        ("gln: 7332776000001", "gln: 7362120000340", "GLN"),
        ("peppol_id: 0007:2120000449", "peppol_id: 0007:2199000007", "Peppol-ID"),
        ("gln: 7332776000001", "peppol_id: 0007:2199000007", ""),
        ("gln: 7332776000001", "gln: 7332776000001", ""),
    ],
)
def test_addresses_of_an_organisation(
    agreement_text: AgreementText, one: str, other: str, called: str
) -> None:
    """What only one file has is compared with nothing."""
    files = {
        f"{name}.yaml": agreement_text(
            f"id: i{name}\n"
            + PARTIES.format(public=f"org_number: 212000-0449, {address}", civil="f_tax: true")
        )
        for name, address in (("a", one), ("b", other))
    }
    found = told(files, "IOP606")

    assert [each[:2] for each in found] == ([("b.yaml", 4)] if called else [])
    assert all(f"the {called} of 212000-0449 is" in message for _, _, message in found)


def test_another_unit_has_another_reference(agreement_text: AgreementText) -> None:
    """References are compared within a department or committee alone."""

    def text(id_: str, board: str, reference: str) -> str:
        parties = PARTIES.format(public=f"board: {board}", civil="f_tax: true")
        block = INVOICING.replace("150Z", reference)
        return agreement_text(f"id: {id_}\n{parties}\n{block}")

    files = {
        "a.yaml": text("ia", "KS", "150Z"),
        "b.yaml": text("ib", "AN", "105Z"),
        "c.yaml": text("ic", "KS", "510Z"),
    }
    found = told(files, "IOP607")

    assert [each[0] for each in found] == ["c.yaml"]
    assert "the reference is 510Z here, and 150Z for the same unit in a.yaml" in found[0][2]


# ------------------------------------------------------------------ invoices
@pytest.mark.parametrize(
    ("first", "second", "told_of"),
    [
        ("", "", True),
        ("validity: {start: 2022-01-01, end: 2023-12-31}", "", False),
        ("", "validity: {start: 2026-01-01, end: 2026-12-31}", False),
        ("", "validity: {signed: 2022-01-01}", True),
        ("", INVOICING.replace("label: IOP", "label: IOP Lokalen"), False),
        ("", INVOICING.replace("150Z", "151Z"), False),
        ("", INVOICING.replace("reference: 150Z, ", ""), False),
        (INVOICING.replace(", label: IOP", ""), INVOICING.replace(", label: IOP", ""), True),
    ],
)
def test_labels_tell_invoices_apart(
    agreement_text: AgreementText, first: str, second: str, *, told_of: bool
) -> None:
    """Where all else is the same, and both agreements may hold on the same day."""
    files = {
        "a.yaml": agreement_text(f"{INVOICING}\n{first}"),
        "b.yaml": agreement_text(f"id: lokalen-2024\n{INVOICING}\n{second}"),
    }

    assert [each[0] for each in told(files, "IOP608")] == (["b.yaml"] if told_of else [])


def test_two_sellers_in_one_agreement_may_share_a_label(agreement_text: AgreementText) -> None:
    """Their invoices come from different senders."""
    block = "{seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP}"
    text = agreement_text(f"invoicing: [{block}, {block}]")

    assert told({"a.yaml": text}, "IOP608") == []


@pytest.mark.parametrize(("count", "told_of"), [(2, 2), (6, 6), (7, 1), (40, 1)])
def test_a_marking_that_many_share_is_told_once(
    agreement_text: AgreementText, count: int, told_of: int
) -> None:
    """Few files are each told of; of a buyer's practice the first file tells, and names six."""
    files = {
        f"i{each:02}.yaml": agreement_text(
            f"id: i{each:02}\n"
            "invoicing: {seller: foreningen, buyer: kommunen, marking: A1,"
            f" label: IOP {each}}}"
        )
        for each in range(count)
    }
    found = told(files, "IOP612")

    assert [each[0] for each in found] == list(files)[:told_of]
    assert found[0][2].count(".yaml") == min(count - 1, 6)


# ------------------------------------------------------------------ state aid
def aided(agreement_text: AgreementText, basis: str, amount: int, changes: str = "") -> str:
    """Return an agreement that gives the non-profit *amount* a year as aid on a ground."""
    return agreement_text(f"""\
legal: {{procurement_assessed: 2023-10-02, state_aid: {{basis: {basis}}}}}
validity: {{start: 2024-01-01, end: 2027-12-31}}
economy:
  contributions:
    - {{party: kommunen, item: Bidrag, amount: {amount}}}
    - {{party: foreningen, item: Lokaler, amount: {amount}}}
{changes}""")


RATE = config("sek_per_eur = 11.25", "iopctl.toml")  # 300 000 euros are 3 375 000 kronor


@pytest.mark.parametrize(
    ("basis", "amount", "count"),
    [
        ("de_minimis", 1125000, 0),
        ("de_minimis", 1125001, 1),
        ("sgei", 1125001, 0),
        ("sgei", 2812501, 1),
        ("none", 9000000, 0),
        ("other", 9000000, 0),
    ],
)
def test_ceiling_of_state_aid(
    agreement_text: AgreementText, basis: str, amount: int, count: int
) -> None:
    """Three years may give 300 000 euros, or 750 000 for services of general interest."""
    files = {"a.yaml": aided(agreement_text, basis, amount)}

    assert len(told(files, "IOP610", RATE)) == count
    assert told(files, "IOP610") == []


def test_aid_of_several_agreements_is_added(agreement_text: AgreementText) -> None:
    """Each is told what all give in the worst three years, and which the others are."""
    later = "validity: {start: 2025-01-01, end: 2027-12-31}"
    files = {
        "a.yaml": aided(agreement_text, "de_minimis", 600000),
        "b.yaml": aided(agreement_text, "de_minimis", 700000, f"id: ib\n{later}"),
        "c.yaml": aided(agreement_text, "sgei", 700000, "id: ic"),
    }
    found = told(files, "IOP610", RATE)

    assert [each[:2] for each in found] == [("a.yaml", 11), ("b.yaml", 11)]
    assert found[0][2].startswith(
        "Föreningen Exemplet gets 3 900 000 kr in 2025 to 2027, or 346 667 euros, and de_minimis"
        " aid ends at 300 000 euros"
    )


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ("{party: kommunen, total: 4000000}", 1),
        ("{party: kommunen, item: Bidrag}", 0),
        ("{party: kommunen, amount: 2000000, receiver: kommunen}", 0),
        ("{party: kommunen, amount: 2000000, receiver: [foreningen, kommunen]}", 0),
        ("{party: kommunen, amount: 2000000, form: in_kind, receiver: foreningen}", 1),
    ],
)
def test_what_counts_as_aid(agreement_text: AgreementText, rows: str, count: int) -> None:
    """All that one non-profit gets, in kind and undivided totals too; not what nobody knows."""
    economy = f"economy: {{contributions: [{rows}]}}"
    files = {"a.yaml": aided(agreement_text, "de_minimis", 0, economy)}

    assert len(told(files, "IOP610", RATE)) == count


# ------------------------------------------------------------------ reading commands
def test_reading_commands_know_of_ids_that_are_twice(agreement_text: AgreementText) -> None:
    """They count the first agreement alone, and say so in the words of the rule."""
    files = [Input(name, agreement_text().encode()) for name in ("b.yaml", "a.yaml")]
    found = portfolio.load(files)

    assert [(each.file, each.code) for each in found.diagnostics] == [("b.yaml", "IOP601")]
    assert len(found.readable) == 1
