"""The agreements in the repository say what their source documents say, figure by figure.

The documents themselves are not here: the tables below hold their figures, and where in the
document each stands. A figure that is not in them has been made up, and one that is missing
from a file has been lost.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from iopctl.check.portfolio import document
from iopctl.input import Input
from iopctl.source import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOLDER = Path(__file__).parent.parent / "agreements"
SCHEMA = "# yaml-language-server: $schema=../iopctl.schema.json"
OWN_WORDS = ("notes", "text")  # only their figures are the document's


class Fact(NamedTuple):
    """What a document says: the path in the file, the value, and where the document has it."""

    path: str
    value: str
    where: str


IKF_2018 = [
    Fact("source", "003_e317d034ac65eea6.txt", "the memo of 2019"),
    Fact("parties.linkoping.name", "Linköpings kommun", "Ärende"),
    Fact("parties.linkoping.board", "Arbetsmarknadsnämnden", "Förslag till beslut"),
    Fact("parties.linkoping.department", "Utbildningskontoret", "the sender"),
    Fact("parties.ikf.name", "Internationella Kvinnoföreningen i Linköping", "the heading"),
    Fact("parties.ikf.short_name", "IKF", "Bakgrund"),
    Fact("validity.signed", "2018-06", "Ärende: juni 2018"),
    Fact("validity.years", "2", "Bakgrund: över två år"),
    Fact("validity.extension.kind", "unspecified", "Bakgrund: möjlighet till förlängning"),
    Fact("validity.extension.years", "2", "Bakgrund: två år i taget"),
    Fact("economy.base_year", "2019", "the memo's year, by its ground of April 2019"),
    Fact("economy.stated.total", "430000", "Ekonomiska konsekvenser"),
    Fact("economy.contributions.0.amount", "230000", "Ekonomiska konsekvenser"),
    Fact("economy.contributions.1.remainder", "true", "the memo has no amount for the other side"),
    Fact("follow_up.meetings_per_year", "2", "Ärende: minst två gånger per år"),
    Fact("volume.0.target", "60", "Bakgrund: 60 deltagare i taget"),
    Fact("volume.0.measure", "places", "Bakgrund: i taget"),
    Fact("log.0.date", "2019-04", "Beslutsunderlag: april 2019"),
    Fact("log.0.outcome.deltagare", "70", "Bakgrund: just nu 70 deltagare"),
    Fact("notes", "6", "Kommunala mål: målområde 6"),
]

INVOICE_TO_LINKOPING = [
    Fact(
        "invoicing.recipient.lines.0",
        "Integration- och arbetsmarknadsförvaltningen",
        "the invoice's address",
    ),
    Fact("invoicing.recipient.lines.1", "Skanningcentralen 150Z", "the invoice's address"),
    Fact("invoicing.recipient.postal_code", "581 81", "the invoice's address"),
    Fact("invoicing.recipient.city", "LINKÖPING", "the invoice's address"),
    Fact("invoicing.reference", "150Z", "Referenskod"),
    Fact("invoicing.marking", "ID 150010, AKTIVITET: 450211", "Märkning"),
    Fact("invoicing.e_invoice", "required", "Elektronisk faktura skickas"),
]

IKF_2023 = [
    Fact("source", "000_445b154ad0863ea1.txt", "the agreement"),
    Fact("title", "Inkludering på lika villkor", "the heading"),
    Fact("parties.linkoping.org_number", "212000-0449", "the first paragraph"),
    Fact("parties.linkoping.board", "Arbetsmarknadsnämnden", "the first paragraph"),
    Fact("parties.ikf.name", "Internationella Kvinnoföreningen Linköping", "the first paragraph"),
    Fact("parties.ikf.short_name", "IKF", "the first paragraph"),
    Fact("parties.ikf.org_number", "822001-3331", "the first paragraph"),
    Fact("validity.start", "2023-01-01", "Giltighet"),
    Fact("validity.end", "2024-12-31", "Giltighet"),
    Fact("economy.base_year", "2023", "Giltighet; Ekonomi: för varje nytt kalenderår"),
    Fact("economy.index.percent", "2", "Ekonomi"),
    Fact("economy.stated.total", "910000", "Ekonomi: sammanlagda värdet"),
    Fact("economy.stated.by_party.linkoping", "450000", "Ekonomi: totalt, kommunens del"),
    Fact("economy.stated.by_party.ikf", "450000", "Ekonomi: totalt, IKF:s del"),
    Fact("economy.contributions.0.item", "Handledning", "Ekonomi, first row"),
    Fact("economy.contributions.0.hours_per_week", "30", "Ekonomi, first row"),
    Fact("economy.contributions.0.hours_per_year", "1200", "Ekonomi, first row"),
    Fact("economy.contributions.0.amount", "330000", "Ekonomi, first row"),
    Fact("economy.contributions.1.item", "Administration/ekonomi", "Ekonomi, second row"),
    Fact("economy.contributions.1.hours_per_week", "11", "Ekonomi, second row"),
    Fact("economy.contributions.1.hours_per_year", "440", "Ekonomi, second row"),
    Fact("economy.contributions.1.amount", "120000", "Ekonomi, second row"),
    Fact(
        "economy.contributions.2.item",
        "Individuella motiverande samtal/familjepedagog",
        "Ekonomi, third row",
    ),
    Fact("economy.contributions.2.hours_per_week", "30", "Ekonomi, third row"),
    Fact("economy.contributions.2.hours_per_year", "1200", "Ekonomi, third row"),
    Fact("economy.contributions.2.amount", "330000", "Ekonomi, third row"),
    Fact("economy.contributions.3.item", "Administration/samordning", "Ekonomi, fourth row"),
    Fact("economy.contributions.3.hours_per_week", "4", "Ekonomi, fourth row"),
    Fact("economy.contributions.3.hours_per_year", "160", "Ekonomi, fourth row"),
    Fact("economy.contributions.3.amount", "45000", "Ekonomi, fourth row"),
    Fact("economy.contributions.4.item", "Lokalkostnader", "Ekonomi, fifth row"),
    Fact("economy.contributions.4.amount", "75000", "Ekonomi, fifth row"),
    *INVOICE_TO_LINKOPING,
    Fact("invoicing.label", "IOP Internationella kvinnoföreningen IKF", "Ange"),
    Fact("invoicing.interval", "yearly", "Ekonomi: en gång per år"),
    Fact("follow_up.meetings_per_year", "2", "Uppföljning: minst två gånger per år"),
    Fact("follow_up.reports_per_year", "1", "Uppföljning: en gång per år"),
    Fact("follow_up.report_to", "Arbetsmarknadsnämnden", "Uppföljning"),
    Fact("volume.0.target", "60", "Organisation och samverkan: minst 60 deltagare per år"),
    Fact("volume.0.measure", "per_year", "Organisation och samverkan"),
]

STADSMISSIONEN_2024 = [
    Fact("source", "002_d0e8d13d20859bc9.txt", "the agreement"),
    Fact("parties.linkoping.org_number", "212000-0449", "Parter"),
    Fact("parties.linkoping.board", "Arbetsmarknadsnämnden", "Parter"),
    Fact("parties.linkoping.peppol_id", "0007:2120000449", "8 Ekonomi"),
    Fact("parties.linkoping.gln", "7332776000001", "8 Ekonomi"),
    Fact("parties.stadsmissionen.name", "Östergötlands Stadsmission", "Parter"),
    Fact("parties.stadsmissionen.org_number", "822001-0022", "Parter"),
    Fact("validity.start", "2024-01-01", "9 Giltighet"),
    Fact("validity.end", "2025-12-31", "9 Giltighet"),
    Fact("validity.extension.kind", "mutual", "9 Giltighet: om alla parter är överens"),
    Fact("validity.extension.times", "2", "9 Giltighet: två gånger två år"),
    Fact("validity.extension.years", "2", "9 Giltighet: två gånger två år"),
    Fact("economy.base_year", "2024", "9 Giltighet; 8 Ekonomi: för varje nytt kalenderår"),
    Fact("economy.index.percent", "2", "8 Ekonomi"),
    Fact("economy.stated.total", "4818600", "8 Ekonomi: totalt"),
    Fact("economy.contributions.0.quantity", "3 st á 100 %", "8 Ekonomi, Handläggare"),
    Fact("economy.contributions.0.amount", "1710000", "8 Ekonomi, Handläggare"),
    Fact("economy.contributions.1.quantity", "18 st á 20 %", "8 Ekonomi, Yrkescoacher"),
    Fact("economy.contributions.1.amount", "1750000", "8 Ekonomi, Yrkescoacher"),
    Fact("economy.contributions.2.quantity", "100 %", "8 Ekonomi, Verksamhetsledare"),
    Fact("economy.contributions.2.amount", "681600", "8 Ekonomi, Verksamhetsledare"),
    Fact("economy.contributions.3.amount", "180000", "8 Ekonomi, Lokaler"),
    Fact("economy.contributions.4.amount", "120000", "8 Ekonomi, Utbildningsmaterial"),
    Fact("economy.contributions.5.amount", "377000", "8 Ekonomi, Arbetskläder"),
    *INVOICE_TO_LINKOPING,
    Fact("invoicing.label", "IOP Östergötlands Stadsmission", "Ange"),
    Fact("follow_up.meetings_per_year", "2", "10 Uppföljning: minst 2 gånger per år"),
    Fact("follow_up.reports_per_year", "1", "10 Uppföljning: en gång per år"),
    Fact("follow_up.report_to", "Arbetsmarknadsnämnden", "10 Uppföljning"),
    Fact("volume.0.target", "70", "6 Omfattning: 70 platser"),
    Fact("volume.0.measure", "places", "6 Omfattning"),
    Fact("notes", "11 8 9 2023", "11 Uppsägning och hävning; the example of a period in 8"),
]


def row_of_2021(cells: Sequence[str], *more: Fact) -> list[Fact]:
    """Return the facts of one row of the table in the memo of February 2021."""
    title, target_group, referral, value, cost, activity = cells
    return [
        Fact("source", "004_9b03c66e94f1862c.txt", "the memo of February 2021"),
        Fact("title", title, "the table, IOP"),
        Fact("target_group", target_group, "the table, Målgrupp"),
        Fact("referral", referral, "the table, Anvisning"),
        Fact("activities.0", activity, "the table, Aktivitet"),
        Fact("parties.linkoping.name", "Linköpings kommun", "Bakgrund"),
        Fact("parties.linkoping.board", "Arbetsmarknadsnämnden", "Ärende"),
        Fact(
            "parties.linkoping.department",
            "Utbildnings- och arbetsmarknadsförvaltningen",
            "the sender",
        ),
        Fact("economy.base_year", "2020", "the table, Antal deltagare 2020"),
        Fact("economy.stated.total", value, "the table, Värde/år"),
        Fact("economy.contributions.0.amount", cost, "the table, ANs kostnad/år"),
        Fact("economy.contributions.1.remainder", "true", "the table has no civil amount"),
        Fact("log.0.date", "2021-02", "Ärende: februari 2021"),
        Fact("log.0.year", "2020", "Sammanfattning och återrapport 2020"),
        *more,
    ]


HOPPFULL_FRAMTID_2020 = row_of_2021(
    (
        "Hoppfull framtid",
        "Nyanlända, vuxna, som har eller löper risk för försörjningsstöd. >20h/v.",
        "AMC.",
        "2080500",
        "1100000",
        "Arbetsträning i arbetsteam: 2nd hand (butik) Café (café) Von Dufva (restaurangkök)",
    ),
    Fact("parties.stadsmissionen.name", "Linköpings Stadsmission", "the table, Förening"),
    Fact("log.0.outcome.deltagare", "39", "the table, Antal deltagare 2020"),
)

BILDA_2020 = row_of_2021(
    (
        "Kompletterande språkträning",
        "Föräldralediga, nyanlända.",
        "Familjecentraler, AMC, vuxenutbildningen Eget initiativ.",
        "897626",
        "590000",
        "Öva svenska dagtid, med barnpassning.",
    ),
    Fact("parties.bilda.name", "Bilda", "the table, Förening"),
    Fact(
        "economy.contributions.0.board.Arbetsmarknadsnämnden", "50", "the table: hälften är BIN:s"
    ),
    Fact("economy.contributions.0.board.BIN", "50", "the table: hälften finansieras av BIN"),
    Fact("log.0.outcome.vuxna", "55", "the table, Antal deltagare 2020"),
    Fact("log.0.text", "23", "Återrapport, Kompletterande språkträning: 23 mars"),
)

ERIKSHJALPEN_BILDA_2020 = row_of_2021(
    (
        "Bromodellen – Vägen till anställningsbarhet",
        "Nyanlända, vuxna, som har eller löper risk för försörjningsstöd. >10h/v.",
        "AMC.",
        "1791200",
        "1150000",
        "Bildande insatser. Arbetspraktik i verkstad, butik.",
    ),
    Fact("parties.erikshjalpen.name", "Erikshjälpen", "the table, Förening"),
    Fact("parties.bilda.name", "Bilda", "the table, Förening"),
    Fact("economy.contributions.1.party.0", "erikshjalpen", "the table does not divide it"),
    Fact("economy.contributions.1.party.1", "bilda", "the table does not divide it"),
    Fact("log.0.outcome.deltagare", "44", "the table, Antal deltagare 2020"),
)

IKF_2020 = row_of_2021(
    (
        "Inkludering på lika villkor",
        "Vuxna nyanlända, f a kvinnor men alla är välkomna. <10h/v.",
        "Team utreda. Eget initiativ.",
        "454000",
        "230000",
        "Hälsogrupper m gemensam yoga, lätt jympa. Utflykter i Linköping.",
    ),
    Fact("parties.ikf.short_name", "IKF", "the table, Förening"),
    Fact("log.0.outcome.deltagare", "60", "the table, Antal deltagare 2020"),
)

SPRAKVANNER_2020 = row_of_2021(
    (
        "Språkvänner",
        "Etablerade i Sverige samt nyanlända. Alla åldrar.",
        "Eget initiativ.",
        "1077600",
        "600000",
        "Språkcaféer, pop-up-caféer, walk n’ talk. Språkvänsmatchning.",
    ),
    Fact("parties.roda-korset.name", "Linköping södra Röda korset", "the table, Förening"),
    Fact("log.0.outcome.Nyanlända", "151", "the table, Antal deltagare 2020"),
    Fact("log.0.outcome.Etablerade", "92", "the table, Antal deltagare 2020"),
    Fact("log.0.outcome.Matchningar", "74", "the table, Antal deltagare 2020"),
    Fact("log.0.outcome.Språkvänspar", "74", "the table, Antal deltagare 2020"),
    Fact("log.0.text", "94 8 44 65", "Återrapport, Språkvänner"),
)

FACTS = {
    "bilda-2020": BILDA_2020,
    "erikshjalpen-bilda-2020": ERIKSHJALPEN_BILDA_2020,
    "hoppfull-framtid-2020": HOPPFULL_FRAMTID_2020,
    "ikf-2018": IKF_2018,
    "ikf-2020": IKF_2020,
    "ikf-2023": IKF_2023,
    "sprakvanner-2020": SPRAKVANNER_2020,
    "stadsmissionen-2024": STADSMISSIONEN_2024,
}


def leaves(data: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield every value of a file with its dotted path; of our own words, only the figures."""
    match data:
        case dict():
            for key, value in data.items():
                yield from leaves(value, (*path, key))
        case list():
            for i, value in enumerate(data):
                yield from leaves(value, (*path, str(i)))
        case _:
            text = str(data)
            figures = " ".join(re.findall(r"\d+", text))
            yield ".".join(path), figures if path[-1] in OWN_WORDS else text


def written(name: str) -> dict[str, str]:
    """Return the values of an agreement in the repository by their dotted paths."""
    return dict(leaves(read((FOLDER / f"{name}.yaml").read_bytes()).data))


def kronor(name: str, path: str) -> Decimal:
    """Return an amount of an agreement in the repository."""
    return Decimal(written(name)[f"economy.{path}"])


def test_every_agreement_has_its_table() -> None:
    """No file of the repository goes unchecked."""
    assert sorted(FACTS) == sorted(path.stem for path in FOLDER.iterdir())


@pytest.mark.parametrize("name", FACTS)
def test_what_the_source_says_is_in_the_file(name: str) -> None:
    """Every fact of the table stands in the file, at its path and as it is."""
    values = written(name)

    assert {fact.path: fact.value for fact in FACTS[name]} == {
        fact.path: values.get(fact.path) for fact in FACTS[name]
    }


@pytest.mark.parametrize("name", FACTS)
def test_no_figure_in_the_file_is_made_up(name: str) -> None:
    """Every value with a digit in it comes from the table."""
    figures = {path for path, value in written(name).items() if re.search(r"\d", value)}

    assert figures - {fact.path for fact in FACTS[name]} - {"id"} == set()


@pytest.mark.parametrize("name", FACTS)
def test_no_fact_is_stated_twice(name: str) -> None:
    """A path stands once in a table, so that no row hides another."""
    paths = [fact.path for fact in FACTS[name]]

    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("name", FACTS)
def test_the_file_is_in_the_format(name: str) -> None:
    """Every file is read as an agreement, with nothing to tell."""
    found = document(Input(name, (FOLDER / f"{name}.yaml").read_bytes()))

    assert found.diagnostics == ()


@pytest.mark.parametrize("name", FACTS)
def test_the_file_is_named_after_its_id(name: str) -> None:
    """File and id agree, and the first line gives editors the schema."""
    assert written(name)["id"] == name
    assert (FOLDER / f"{name}.yaml").read_text("utf-8").splitlines()[0] == SCHEMA


def test_the_total_that_ikf_2023_states_is_kept() -> None:
    """The agreement states 910 000 where its rows are 900 000, and the file repairs neither."""
    rows = sum(kronor("ikf-2023", f"contributions.{i}.amount") for i in range(5))

    assert kronor("ikf-2023", "stated.total") == 910_000
    assert rows == 900_000


def test_the_rows_of_stadsmissionen_2024_are_the_stated_total() -> None:
    """The rows are 4 818 600 as stated, of which the municipality carries 35.5 %."""
    rows = [kronor("stadsmissionen-2024", f"contributions.{i}.amount") for i in range(6)]

    assert sum(rows) == kronor("stadsmissionen-2024", "stated.total")
    assert round(rows[0] / sum(rows) * 100, 1) == Decimal("35.5")


def test_the_table_of_2021_adds_up() -> None:
    """The five partnerships of 2020 cost 3 670 000 of a worth of 6 300 926, which is 58.2 %."""
    names = [name for name in FACTS if name.endswith("-2020")]
    costs = [kronor(name, "contributions.0.amount") for name in names]
    values = [kronor(name, "stated.total") for name in names]
    shares = [round(cost / value * 100, 1) for cost, value in zip(costs, values, strict=True)]

    assert [str(share) for share in shares] == ["65.7", "64.2", "52.9", "50.7", "55.7"]
    assert sum(costs) == 3_670_000
    assert sum(values) == 6_300_926
    assert round(sum(costs) / sum(values) * 100, 1) == Decimal("58.2")


def test_invoices_differ_by_their_label_alone() -> None:
    """Both agreements that are invoiced carry the same reference and marking."""
    one, other = (
        {path: value for path, value in written(name).items() if path.startswith("invoicing.")}
        for name in ("ikf-2023", "stadsmissionen-2024")
    )

    assert one["invoicing.reference"] == other["invoicing.reference"]
    assert one["invoicing.marking"] == other["invoicing.marking"]
    assert one["invoicing.label"] != other["invoicing.label"]
