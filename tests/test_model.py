"""What an agreement file may say, and the words in which everything else is refused."""

from __future__ import annotations

from decimal import Decimal
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.check.portfolio import document
from iopctl.input import Input

if TYPE_CHECKING:
    from iopctl.model import Agreement
    from tests.conftest import AgreementText

AMOUNT = "economy: {base_year: 2024, contributions: [{party: kommunen, amount: %s}]}"
PARTY = "parties: {kommunen: {role: public, name: Ekeby kommun, %s}}"
ROW = "economy: {base_year: 2024, contributions: [{party: kommunen, %s}]}"
ECONOMY = "economy: {base_year: 2024, contributions: [], %s}"
VALIDITY = "validity: {%s}"
LOG = "log: [%s]"


def read(text: str) -> Agreement:
    """Return the agreement that a text is, which nothing is wrong with."""
    found = document(Input("x.yaml", text.encode()))

    assert [each.line for each in found.diagnostics] == []
    assert found.agreement is not None
    return found.agreement


def told(text: str) -> list[str]:
    """Return what is wrong with a text, without the file's name and the place."""
    return [
        each.line.split(" ", 1)[1] for each in document(Input("x.yaml", text.encode())).diagnostics
    ]


@pytest.mark.parametrize("text", ["0", "1710000", "1710000.50", '"450000"', "9999999999999.99"])
def test_an_amount_has_one_spelling(agreement_text: AgreementText, text: str) -> None:
    """Digits, and two decimals for öre; quotes carry no meaning."""
    row = read(agreement_text(AMOUNT % text)).economy.contributions[0]

    assert row.amount == Decimal(text.strip('"'))


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("1 710 000", "1710000"),
        ("1.710.000", "1710000"),
        ("1 710 000 kr", "1710000"),
        ("1\u00a0710\u00a0000", "1710000"),
        ("1\u202f710\u202f000 kr", "1710000"),
        ("1\u2009710\u2009000", "1710000"),
        ('"1,710,000"', "1710000"),
        ("1'710'000", "1710000"),
        ('"1710000,50"', "1710000.50"),
        ("1710000.5", "1710000.50"),
        ('"1710000:-"', "1710000"),
        ("SEK 1710000", "1710000"),
        ("1710000 kronor", "1710000"),
        ("1710000.-", "1710000"),
        ('"1710000 "', "1710000"),
    ],
)
def test_an_amount_as_people_paste_it_is_refused_with_the_right_spelling(
    agreement_text: AgreementText, pasted: str, meant: str
) -> None:
    """What is meant is clear, so the message shows how it is written, and can fix it."""
    found = document(Input("x.yaml", agreement_text(AMOUNT % pasted).encode())).diagnostics

    assert [each.finding.remedy for each in found] == [f"write {meant}"]
    assert [each.finding.fix and each.finding.fix.text for each in found] == [meant]


@pytest.mark.parametrize(
    "text",
    [
        "-1710000",
        "-0",
        "+5",
        "0123",
        "1e3",
        "12:30",
        "0x1A",
        "1_000",
        ".5",
        "5.",
        "1.005",
        '"1,710"',
        "NaN",
        ".inf",
        "två miljoner",
        "1.2.3",
        "１７１００００",
        "17100٠٠",
        "−5",
        "99999999999999",
        '""',
        "tre kr och 50 kr",
        '"1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 x"',
    ],
)
def test_what_is_no_clear_amount_is_refused_without_a_guess(
    agreement_text: AgreementText, text: str
) -> None:
    """Signs, exponents, bases, other digits and words are never taken for kronor."""
    found = document(Input("x.yaml", agreement_text(AMOUNT % text).encode()))

    assert found.agreement is None
    assert [each.name for each in found.diagnostics] == ["amount-spelling"]
    assert [each.finding.fix for each in found.diagnostics] == [None]


@given(st.integers(min_value=0, max_value=10**13 - 1), st.integers(min_value=0, max_value=99))
def test_an_amount_keeps_its_ore(kronor: int, ore: int) -> None:
    """No amount that a file can hold loses anything on its way in."""
    from iopctl.model.scalars import amount

    assert amount(f"{kronor}.{ore:02}") == Decimal(kronor) + Decimal(ore) / 100


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("id: NO", "IOP018 id-spelling: found 'NO'; write lower-case letters a-z and digits"),
        ("id: con", "IOP018 id-spelling: found 'con'"),
        ("id: 42", "IOP018 id-spelling: found '42'"),
        (f"id: {'a' * 65}", f"IOP018 id-spelling: found '{'a' * 40}…'"),
        ('title: ""', "IOP014 text-empty: the text is empty; write it, or take the key out"),
        ("title: [a]", "IOP012 wrong-shape: found a list where text is wanted; write text"),
        ("title: {a: b}", "IOP012 wrong-shape: found a mapping where text is wanted"),
        ("title:", "IOP012 wrong-shape: found nothing where text is wanted"),
        ("activities: [1]", "IOP012 wrong-shape: found '1', which has no word; write it in words"),
        ("tags: a", "IOP012 wrong-shape: found 'a' where a list is wanted"),
        (
            "parties: {kommunen: {role: public, name: K, inhabitants: 10000}}",
            "IOP012 wrong-shape: found '10000', which does not say of which year; write"
            " inhabitants: {2024: 10000}",
        ),
        (
            ROW % "unit_price: 6, units_by_year: många",
            "IOP012 wrong-shape: found 'många', which does not say of which year; write"
            " units_by_year: {2024: 32150}",
        ),
        (
            "economy: {stated: {by_party: 5.5}, contributions: []}",
            "IOP012 wrong-shape: found '5.5', which does not say of which party; write"
            " by_party: {kommunen: 5.5}",
        ),
        ("economy: x", "IOP012 wrong-shape: found 'x' where a mapping is wanted"),
        ("parties: []", "IOP012 wrong-shape: found a list where a mapping is wanted"),
        ("kind: avtal", "IOP013 choice-unknown: found 'avtal'; write one of: iop, samverkansavtal"),
        ("titel: x", "IOP010 key-unknown: the key 'titel' is unknown here; write title"),
        ("qq: x", "IOP010 key-unknown: the key 'qq' is unknown here; take it out, or begin it"),
        (
            ROW % "amont: 5",
            "IOP010 key-unknown: the key 'amont' is unknown here; write amount",
        ),
        (
            AMOUNT % "[5]",
            "IOP012 wrong-shape: found a list where an amount such as 1710000 or 1710000.50",
        ),
        (AMOUNT % "{a: 5}", "IOP012 wrong-shape: found a mapping where an amount such as"),
        (VALIDITY % "start: 2023-02-30", "IOP017 date-spelling: found '2023-02-30', which is no"),
        (VALIDITY % "start: 2023-2-3", "IOP017 date-spelling: found '2023-2-3'; write 2023-02-03"),
        (VALIDITY % "start: 2023/02/03", "IOP017 date-spelling: found '2023/02/03'; write 2023-02-03"),
        (VALIDITY % "start: 20230203", "IOP017 date-spelling: found '20230203'; write 2023-02-03"),
        (VALIDITY % "start: 20231302", "IOP017 date-spelling: found '20231302', which is no day"),
        (VALIDITY % "start: 2023-02-03 00:00:00", "IOP017 date-spelling: found '2023-02-03 00:00:00'; write 2023-02-03"),
        (VALIDITY % "start: 31/1 2023", "IOP017 date-spelling: found '31/1 2023'; write 2023-01-31"),
        (VALIDITY % "start: 31.01.2023", "IOP017 date-spelling: found '31.01.2023'; write 2023-01-31"),
        (VALIDITY % "start: 31/2 2023", "IOP017 date-spelling: found '31/2 2023', which is no day"),
        (VALIDITY % "start: 1/2 2023", "IOP017 date-spelling: found '1/2 2023', which is no day"),
        (VALIDITY % "start: 1989-12-31", "IOP017 date-spelling: found '1989-12-31'"),
        (VALIDITY % "notice_by: 02-29", "IOP017 date-spelling: found '02-29'; write month and day"),
        (VALIDITY % "notice_by: x", "IOP017 date-spelling: found 'x', which is no day"),
        (VALIDITY % "start: 2024-01-01, end: open, notice_months: 6 månader", "IOP016 number-spelling: found '6 månader'; write 6"),
        (VALIDITY % "start: 2024-01-01, end: open, notice_months: 6 år", "IOP016 number-spelling: found '6 år'; write a whole number between 1 and 600"),
        (VALIDITY % "start: 2024-01-01, end: open, notice_months: 700 månader", "IOP016 number-spelling: found '700 månader'; write a whole number between 1 and 600"),
        (VALIDITY % "start: 2024-01-01, years: 2 år", "IOP016 number-spelling: found '2 år'; write 2"),
        (VALIDITY % "years: 0", "IOP016 number-spelling: found '0'; write a whole number of years"),
        (LOG % "{date: 2024, event: extension, until: 2024-05}", "IOP017 date-spelling: found '2024-05'; write the whole date"),
        (LOG % "{date: 2024, event: report, period: v7}", "IOP017 date-spelling: found 'v7', which is no period"),
        (LOG % "{date: 2024, event: träff}", "IOP013 choice-unknown: the event is 'träff'; write one of: decision, meeting"),
        (LOG % "{date: 2024, event: möte}", "IOP013 choice-unknown: the event is 'möte'; write meeting"),
        (LOG % "{date: 2024, event: utbetalning, period: 2024, amount: 5}", "IOP013 choice-unknown: the event is 'utbetalning'; write payment"),
        (LOG % "{date: 2024}", "IOP011 key-missing: the event does not say what happened; add event:"),
        (LOG % "x", "IOP011 key-missing: the event does not say what happened; add event:"),
        (LOG % "{date: 2024, event: invoice, number: 1, period: 2024}", "IOP011 key-missing: amount is missing; add amount:"),
        (
            LOG % "{date: 2024-05, event: meeting}, {date: 2024-03-01, event: meeting}",
            "IOP022 contradiction: the event of 2024-03-01 stands after that of 2024-05",
        ),
        (
            LOG % ", ".join(["{date: 2024, event: amendment, effective: 2024-05-01, terms: {volume: []}}"] * 501),
            "IOP022 contradiction: the log has 501 amendments, more than 500; write what holds now as an agreement",
        ),
        (
            f"validity: {{start: 2024-01-01, end: 2029-12-31}}\neconomy: {{contributions: [{', '.join(['{party: kommunen, amount: 1}'] * 18_000)}]}}",
            "IOP007 too-large: 18000 rows in 6 years are more than 105000 figures; put rows of one kind together",
        ),
        (
            f"validity: {{start: 2024-01-01, end: 2024-12-31}}\neconomy: {{contributions: [{', '.join(['{party: kommunen, amount: 1}'] * 1000)}]}}\ninvoicing: [{', '.join(['{seller: foreningen, buyer: kommunen, start: 2024-01, end: 2024-12}'] * 501)}]",
            "IOP007 too-large: 1000 rows and 501 blocks of invoicing come to 501000 parts of invoices, more than 500000; put rows of one kind together",
        ),
        (
            LOG % f"{{date: 2024, event: amendment, effective: 2024-05-01, terms: {{economy: {{contributions: [{', '.join(['{party: kommunen, board: [A, B], amount: 1}'] * 2000)}]}}}}}}, {{date: 2024, event: amendment, effective: 2024-05-01, terms: {{invoicing: [{{seller: foreningen, buyer: kommunen, instalments: [{', '.join(['{date: 2024-05-01, amount: 1, period: 2024}'] * 251)}]}}]}}}}",
            "IOP007 too-large: 2000 rows and 1 blocks of invoicing come to 502000 parts of invoices",
        ),
        ("title: " + "x" * 1001, "IOP007 too-large: the title has 1001 characters, more than 1000; shorten it"),
        (PARTY % f"department: {'x ' * 501}", "IOP007 too-large: found 1001 characters, more than 1000; shorten it"),
        (PARTY % f"board: {'x' * 1001}", "IOP007 too-large: found 1001 characters, more than 1000; shorten it"),
        ("notes: a " + "x" * 1001, "IOP007 too-large: a word of the text has 1001 characters, more than 1000; part it"),
        (PARTY % "org_number: 212000-044", "IOP019 identifier-spelling: found '212000-044'; write an organisation number"),
        (PARTY % "org_number: 2120000449", "IOP019 identifier-spelling: found '2120000449'; write 212000-0449"),
        (PARTY % "org_number: 16212000-0449", "IOP019 identifier-spelling: found '16212000-0449'; write 212000-0449"),
        (PARTY % "org_number: 1699212000-0449", "IOP019 identifier-spelling: found '1699212000-0449'; write an organisation"),
        (PARTY % "org_number: 198001011234", "IOP103 personal-number: this has the form of a personal identity number"),
        (PARTY % "org_number: 800101+1234", "IOP103 personal-number: this has the form of a personal identity number"),
        (PARTY % "bankgiro: 1609908", "IOP019 identifier-spelling: found '1609908'; write 160-9908"),
        (PARTY % "plusgiro: 28 65 43-4", "IOP019 identifier-spelling: found '28 65 43-4'; write 286543-4"),
        (PARTY % "iban: se45 5000 0000 0583 9825 7466", "IOP019 identifier-spelling: found 'se45 5000 0000 0583 9825 7466'; write SE4550000000058398257466"),
        (PARTY % "gln: 733 2776 00000 1", "IOP019 identifier-spelling: found '733 2776 00000 1'; write 7332776000001"),
        (PARTY % "peppol_id: 0007:212000-0449", "IOP019 identifier-spelling: found '0007:212000-0449'; write 0007:2120000449"),
        (PARTY % "start: 2025, end: 2024", "IOP301 validity-reversed: the party's end 2024 is before its start 2025"),
        (PARTY % "org_number: 212000-0448", "IOP102 check-digit-wrong: organisation number 212000-0448 has a check digit"),
        (PARTY % "org_number: 800101-1234", "IOP103 personal-number: this has the form of a personal identity number"),
        (PARTY % "gln: 7332776000002", "IOP102 check-digit-wrong: GLN 7332776000002"),
        (PARTY % "gln: 733277600000", "IOP019 identifier-spelling: found '733277600000'; write a GLN"),
        (PARTY % "peppol_id: 0007:2120000448", "IOP102 check-digit-wrong: Peppol-ID 0007:2120000448"),
        (PARTY % "peppol_id: 0007:21200004", "IOP019 identifier-spelling: found '0007:21200004'; write a Peppol-ID"),
        (PARTY % "peppol_id: 0088:7332776000002", "IOP102 check-digit-wrong: Peppol-ID 0088:7332776000002"),
        (PARTY % "peppol_id: 2120000449", "IOP019 identifier-spelling: found '2120000449'; write a Peppol-ID"),
        (PARTY % "bankgiro: 160-9909", "IOP102 check-digit-wrong: bankgiro 160-9909"),
        (PARTY % "plusgiro: 286543-5", "IOP102 check-digit-wrong: plusgiro 286543-5"),
        (PARTY % "iban: SE4550000000058398257467", "IOP102 check-digit-wrong: IBAN SE45"),
        (PARTY % "vat_number: SE212000044801", "IOP102 check-digit-wrong: VAT number SE2120"),
        (PARTY % "f_tax: kanske", "IOP013 choice-unknown: found 'kanske'; write true or false"),
        (PARTY % "f_tax: ja", "IOP013 choice-unknown: found 'ja'; write true"),
        (VALIDITY % "end: tills vidare", "IOP017 date-spelling: found 'tills vidare'; write open"),
        (VALIDITY % "end: obestämt", "IOP017 date-spelling: found 'obestämt', which is no day; write 2024-12-31, 2024-12 or 2024; or open, where"),
        (VALIDITY % "end: 31 december 2025", "IOP017 date-spelling: found '31 december 2025'; write 2025-12-31"),
        (VALIDITY % "start: den 1 Mars 2024", "IOP017 date-spelling: found 'den 1 Mars 2024'; write 2024-03-01"),
        (VALIDITY % "start: mars 2024", "IOP017 date-spelling: found 'mars 2024'; write 2024-03"),
        (VALIDITY % "start: 30 februari 2024", "IOP017 date-spelling: found '30 februari 2024', which is no day"),
        (LOG % "{date: 2024, event: extension, start: 2025-01-01, until: 2024-12-31}", "IOP301 validity-reversed: the end 2024-12-31 is before the start 2025-01-01"),
        (LOG % "{date: unknown, event: meeting}", "IOP017 date-spelling: found 'unknown', which is no day"),
        (
            "log: [{date: 2024-03-01, event: decision}, {date: unknown, event: decision}, {date: 2024-02-01, event: decision}]",
            "IOP022 contradiction: the event of 2024-02-01 stands after that of 2024-03-01",
        ),
        ("economy: {index: {percent: '2,5 %'}, contributions: []}", "IOP016 number-spelling: found '2,5 %'; write 2.5"),
        ("follow_up: {duties: [{kind: rapport, every: kvartal}]}", "IOP013 choice-unknown: found 'kvartal'; write quarter"),
        ("follow_up: {duties: [{kind: report, every: dag}]}", "IOP013 choice-unknown: found 'dag'; write month, quarter"),
        ("märkning: x", "IOP010 key-unknown: the key 'märkning' is unknown here; take it out"),
        ("invoicing: {seller: foreningen, buyer: kommunen, märkning: x}", "IOP010 key-unknown: the key 'märkning' is unknown here; write marking"),
        ("ekonomi: {}", "IOP010 key-unknown: the key 'ekonomi' is unknown here; write economy"),
        (ROW % "belopp: 5", "IOP010 key-unknown: the key 'belopp' is unknown here; write amount"),
        (ROW % "belopp_per_år: 5", "IOP010 key-unknown: the key 'belopp_per_år' is unknown here; write amount"),
        (PARTY % "count: 2", "IOP021 half-stated: a party has a name, or a count where nobody"),
        (PARTY % "bankgiro: 160-9908, plusgiro: 286543-4", "IOP020 stated-twice: bankgiro and plusgiro are both given"),
        (ROW % "amount: 5, total: 6", "IOP020 stated-twice: amount and total are both given"),
        (ROW % "amount: 5, spread: months", "IOP021 half-stated: spread says how a total is divided"),
        (ROW % "units: 5, units_by_year: {2024: 5}", "IOP020 stated-twice: units and units_by_year are both"),
        (ROW % "amount: 5, start: 2025, end: 2024", "IOP301 validity-reversed: the row's end 2024 is before its start 2025"),
        (ROW % "amount: 5, board: {A: 50, B: 49}", "IOP022 contradiction: the committees' shares add up to 99 %, not 100"),
        (ROW % "amount: 5, board: {A: [50]}", "IOP012 wrong-shape: found a list where a percentage"),
        (ROW % "amount: 5, board: {A: 33.333, B: 66.667}", "IOP016 number-spelling: found '33.333'; write a percentage such as 50"),
        (ROW % "amount: 5, board: {A: 100.01}", "IOP016 number-spelling: found '100.01'"),
        (ROW % "amount: 5, board: []", "IOP021 half-stated: no committee is named; name one, or take board out"),
        (ROW.replace("party: kommunen", "party: [kommunen, kommunen]") % "amount: 5", "IOP020 stated-twice: a party is named twice"),
        (ROW % "amount: 5, board: [A, A]", "IOP020 stated-twice: a committee is named twice"),
        (ROW % "amount: 5, board: ''", "IOP014 text-empty: a committee's name is empty"),
        (PARTY.replace("name: Ekeby kommun, ", "") % "count: 0", "IOP016 number-spelling: found '0'; write a whole number"),
        (PARTY.replace("name: Ekeby kommun, ", "") % "count: 1000001", "IOP016 number-spelling: found '1000001'; write a whole number"),
        (LOG % "{date: 2024, event: report, year: 2023, period: 2023}", "IOP020 stated-twice: year and period are both given"),
        (
            "invoicing: {seller: foreningen, buyer: kommunen, start: 2025, end: 2024}",
            "IOP301 validity-reversed: the end 2024 is before the start 2025",
        ),
        ("parties: {x-egen: {role: public, name: X}}", "IOP101 party-unknown: 'kommunen' is no party of this agreement"),
        (ROW % "by_year: {2024x: 5}", "IOP016 number-spelling: found '2024x'; write a year between 1990 and 2199"),
        (ROW % "remainder: true", "IOP021 half-stated: a remainder is the stated total less the other rows"),
        ("economy: {contributions: [{party: stiftelsen, amount: 5}]}", "IOP101 party-unknown: 'stiftelsen' is no party of this agreement; name one of: kommunen, foreningen"),
        ("economy: {contributions: [{party: [], amount: 5}]}", "IOP021 half-stated: the row names no party"),
        ("parties: {}", "IOP101 party-unknown: 'kommunen' is no party of this agreement; add it under parties"),
        (ECONOMY % "index: {}", "IOP021 half-stated: an index is of one kind, and nothing says which; give one of percent, steps, kronor, series, composite; write index: unspecified"),
        (ECONOMY % "index: {percent: 2, series: AKI}", "IOP021 half-stated: an index is of one kind, and percent, series are given"),
        (ECONOMY % "index: {percent: 2, cap: 3}", "IOP010 key-unknown: the key 'cap' does not go with percent; take it out: compound, raise_on may stand there"),
        (ECONOMY % "index: {series: AKI, cap: 1, floor: 2}", "IOP022 contradiction: the cap 1 is below the floor 2"),
        (ECONOMY % "index: {percent: -51}", "IOP016 number-spelling: found '-51'; write percent a year such as 2 or 2.5"),
        (ECONOMY % "index: oklart", "IOP013 choice-unknown: found 'oklart'; write one of: unspecified"),
        (ECONOMY % "rounding: {unit: 0}", "IOP022 contradiction: amounts can't be rounded to 0 kr"),
        (
            "economy: {stated: {total: 5}, contributions: [{party: kommunen, remainder: true}, {party: foreningen, remainder: true}]}",
            "IOP020 stated-twice: two rows are the remainder",
        ),
        (
            "economy: {stated: {total: 5}, contributions: [{party: kommunen, amount: 6}, {party: foreningen, remainder: true}]}",
            "IOP022 contradiction: the other rows are 1 kr more than the stated total",
        ),
        (VALIDITY % "start: 2024-01-01, end: 2023-12-31", "IOP301 validity-reversed: the end 2023-12-31 is before the start 2024-01-01"),
        (VALIDITY % "start: 2024-01-01, end: 2175", "IOP022 contradiction: 2024-01-01 to 2175-12-31 is more than 50 years"),
        (VALIDITY % "end: open, years: 2", "IOP022 contradiction: an open-ended agreement has no length"),
        (VALIDITY % "years: 2, months: 3", "IOP020 stated-twice: years and months are both given"),
        (VALIDITY % "notice_months: 2, notice_by: 06-30", "IOP020 stated-twice: notice_months and notice_by are both"),
        (VALIDITY % "extension: {kind: none, times: 2}", "IOP022 contradiction: there is no extension, yet it has"),
        (VALIDITY % "extension: {kind: option, options: [{}]}", "IOP021 half-stated: an extension has no length; add years or months"),
        (VALIDITY % "extension: {kind: option, options: [{years: 1}], times: 2}", "IOP020 stated-twice: options and the number or length of all are both given"),
        (VALIDITY % "extension: {kind: none, options: [{years: 1}]}", "IOP022 contradiction: there is no extension, yet it has"),
        (VALIDITY % "extension: {kind: automatic}", "IOP021 half-stated: an automatic extension has no length"),
        (VALIDITY % "extension: {kind: mutual, years: 1, months: 1}", "IOP020 stated-twice: years and months are both given"),
        ("volume: [{unit: platser, target: 5}, {unit: platser, target: 6}]", "IOP020 stated-twice: the volume of platser is given twice"),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_with_the_remedy(
    agreement_text: AgreementText, changes: str, expected: str
) -> None:
    """Each refusal names the rule, the values in hand and what to do."""
    assert [each for each in told(agreement_text(changes)) if each.startswith(expected)]


@pytest.mark.parametrize(
    "changes",
    [
        "volume: [{unit: platser, measure: places}, {unit: platser, measure: per_year}, {unit: platser, party: foreningen}]",
        PARTY % "org_number: 212000-0449, gln: 7332776000001, peppol_id: 0007:2120000449",
        PARTY % "peppol_id: 0088:7332776000001, bankgiro: 160-9908, vat_number: SE212000044901",
        PARTY % "peppol_id: 9915:test, plusgiro: 286543-4, f_tax: true",
        PARTY % "iban: SE4550000000058398257466",
    ],
)
def test_identifiers_that_fit_are_kept(agreement_text: AgreementText, changes: str) -> None:
    """Organisation number, GLN, Peppol-ID, VAT number and accounts with right check digits."""
    read(agreement_text(changes + "\neconomy: {contributions: []}"))


def test_all_problems_of_a_file_are_told_at_once(agreement_text: AgreementText) -> None:
    """One pass finds what is wrong in each block, in the order of the lines."""
    text = agreement_text(
        "id: X\ntitle: ''\nvalidity: {start: 2024-13}\neconomy: {contributions: x}"
    )

    assert [each.split(" ")[0] for each in told(text)] == ["IOP018", "IOP014", "IOP017", "IOP012"]


def test_keys_of_the_users_own_are_kept_out(agreement_text: AgreementText) -> None:
    """A key that begins with x- is not judged, at any depth."""
    changes = "x-diarium: {any: [thing]}\nvalidity: {start: 2024, x-kommentar: [1, 2]}"

    assert read(agreement_text(changes)).validity is not None


AMENDED = """
    log:
      - date: 2024-11-01
        event: amendment
        effective: 2025-01-01
        terms:
          parties: {kommunen: {role: public, name: Kommunen}, ny: {role: civil, name: Nya}}
          %s
"""


def test_a_party_of_an_amendment_may_be_named_in_it(agreement_text: AgreementText) -> None:
    """Its rows and invoices are its own parties'."""
    read(agreement_text(AMENDED % "economy: {contributions: [{party: ny, amount: 5}]}"))


OWN_ROWS = "economy: {contributions: [{party: ny, amount: 5}]}"


@pytest.mark.parametrize(
    ("before", "terms", "expected"),
    [
        ("", "", ["foreningen from 2025-01-01"]),
        ("volume: [{unit: platser, party: foreningen}]", OWN_ROWS, ["foreningen from 2025-01-01"]),
        (
            "invoicing: {seller: foreningen, buyer: kommunen}",
            OWN_ROWS,
            ["foreningen from 2025-01-01"],
        ),
        (
            "economy: {stated: {by_party: {ny: 5}}, contributions: [{party: ny, receiver: ny}]}",
            OWN_ROWS,
            ["ny", "ny", "ny"],
        ),
    ],
)
def test_a_party_is_named_only_where_it_is_one(
    agreement_text: AgreementText, before: str, terms: str, expected: list[str]
) -> None:
    """Neither before the amendment that brings it, nor after the one that leaves it out."""
    text = agreement_text(before + "\n" + dedent(AMENDED % terms))
    found = document(Input("x.yaml", text.encode())).diagnostics

    assert [each.finding.message for each in found] == [
        f"'{handle}' is no party of this agreement{since and ' '}{since}"
        for handle, _, since in (each.partition(" ") for each in expected)
    ]


@pytest.mark.parametrize(
    ("validity", "years"),
    [
        ("start: 2024-01-01, end: 2025-12-31", 2),
        ("start: 2024-07-01, end: 2025-06-30, extension: {kind: mutual, times: 2, months: 18}", 5),
        (
            "start: 2024, end: 2024, extension: {kind: mutual, options: [{years: 1}, {months: 6}]}",
            3,
        ),
        ("start: 2024, end: 2025, extension: {kind: automatic, years: 1}", 20),
        ("start: 2024, end: 2025, extension: {kind: mutual, times: 2}", 20),
        ("start: 2024, end: open", 20),
        ("end: 2024", 20),
    ],
)
def test_a_validity_bounds_the_years_of_its_rows(
    agreement_text: AgreementText, validity: str, years: int
) -> None:
    """With all of its extensions; what is left open is taken to be twenty."""
    found = read(agreement_text(f"validity: {{{validity}}}")).validity

    assert found is not None
    assert found.most_years == years


def test_amended_rows_count_as_well(agreement_text: AgreementText) -> None:
    """As do the years of an amended validity."""
    rows = ", ".join(["{party: kommunen, amount: 1}"] * 2101)
    terms = f"{{validity: {{start: 2024, end: 2073}}, economy: {{contributions: [{rows}]}}}}"
    log = f"log: [{{date: 2024, event: amendment, effective: 2024-05-01, terms: {terms}}}]"

    assert told(agreement_text(log))[0].startswith("IOP007 too-large: 2101 rows in 50 years are")


def test_a_disordered_log_is_not_cut_off(agreement_text: AgreementText) -> None:
    """A log that is no list, or whose events are no mappings, is told and not crashed on."""
    assert told(agreement_text("log: x")) != []
    assert told(agreement_text("log: [{event: amendment, terms: x}]")) != []
    assert told(agreement_text("log: [[]]")) != []


def test_nothing_remains_of_a_total_that_is_not_stated(agreement_text: AgreementText) -> None:
    """Without a stated total there is no remainder to reckon."""
    assert read(agreement_text()).economy.remaining is None


def test_what_pydantic_alone_refuses_is_told_too() -> None:
    """An error of a type that has no words of its own still names its place."""
    from pydantic import TypeAdapter, ValidationError

    from iopctl.model.agreement import Agreement
    from iopctl.model.problems import problems

    with pytest.raises(ValidationError) as refused:
        TypeAdapter(int).validate_python([])
    (problem,) = problems(refused.value, Agreement)

    assert (problem.rule, problem.message) == ("wrong-shape", "found a list")
