"""The committees' papers: every cell is the documents', and nothing missing goes unsaid."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl.config import DEFAULT
from iopctl.errors import UserError
from iopctl.papers import annual, memo, overview
from iopctl.papers.annual import annual as of_annual
from iopctl.papers.filling import missing
from iopctl.papers.memo import memo as of_memo
from iopctl.papers.overview import overview as of_overview
from iopctl.papers.partnership import (
    Partnership,
    departments,
    held_years,
    participants,
    public_side,
    verdict,
)
from iopctl.papers.texts import none, texts
from tests.test_budget import TODAY, case_of, everything, repository, text
from tests.test_report_partnership import fixture, own

if TYPE_CHECKING:
    from iopctl.case.case import Case
    from iopctl.papers.texts import Texts
    from tests.conftest import AgreementText, Golden

ROOT = Path(__file__).parent.parent
BOARD = "Arbetsmarknadsnämnden"
NONE = none("texts/none.md")

# The table of the memo of February 2021: the partnership, its associations, participants in 2020,
# target group, referral, value a year, the municipality's cost a year, and activity.
TABLE_OF_2021 = [
    (
        "Bromodellen – Vägen till anställningsbarhet",
        "Erikshjälpen och Bilda",
        "44 deltagare",
        "Nyanlända, vuxna, som har eller löper risk för försörjningsstöd. >10h/v.",
        "AMC.",
        "1 791 200 kr",
        "1 150 000 kr",
        "Bildande insatser. Arbetspraktik i verkstad, butik.",
    ),
    (
        "Hoppfull framtid",
        "Linköpings Stadsmission",
        "39 deltagare",
        "Nyanlända, vuxna, som har eller löper risk för försörjningsstöd. >20h/v.",
        "AMC.",
        "2 080 500 kr",
        "1 100 000 kr",
        "Arbetsträning i arbetsteam: 2nd hand (butik) Café (café) Von Dufva (restaurangkök)",
    ),
    (
        "Inkludering på lika villkor",
        "IKF",
        "60 deltagare",
        "Vuxna nyanlända, f a kvinnor men alla är välkomna. <10h/v.",
        "Team utreda. Eget initiativ.",
        "454 000 kr",
        "230 000 kr",
        "Hälsogrupper m gemensam yoga, lätt jympa. Utflykter i Linköping.",
    ),
    (
        "Kompletterande språkträning",
        "Bilda",
        "55 vuxna",
        "Föräldralediga, nyanlända.",
        "Familjecentraler, AMC, vuxenutbildningen Eget initiativ.",
        "897 626 kr",
        "590 000 kr varav hälften finansieras av BIN",
        "Öva svenska dagtid, med barnpassning.",
    ),
    (
        "Språkvänner",
        "Linköping södra Röda korset",
        "Nyanlända: 151, Etablerade: 92, Matchningar: 74, Språkvänspar: 74",
        "Etablerade i Sverige samt nyanlända. Alla åldrar.",
        "Eget initiativ.",
        "1 077 600 kr",
        "600 000 kr",
        "Språkcaféer, pop-up-caféer, walk n’ talk. Språkvänsmatchning.",
    ),
]

# What the memo lacks: value, cost, the committee's own part, the other side's, and the share.
ECONOMY_OF_2021 = [
    ("1 791 200 kr", "1 150 000 kr", "1 150 000 kr", "641 200 kr", "64,2 %", "över"),
    ("2 080 500 kr", "1 100 000 kr", "1 100 000 kr", "980 500 kr", "52,9 %", "inom"),
    ("454 000 kr", "230 000 kr", "230 000 kr", "224 000 kr", "50,7 %", "inom"),
    # That of 2018, whose days nobody wrote down, may hold in the year.
    (
        *("430 000 kr, åren okända", "230 000 kr, åren okända", "230 000 kr, åren okända"),
        *("200 000 kr, åren okända", "uppgift saknas", "uppgift saknas"),
    ),
    ("897 626 kr", "590 000 kr", "295 000 kr", "307 626 kr", "65,7 %", "över"),
    ("1 077 600 kr", "600 000 kr", "600 000 kr", "477 600 kr", "55,7 %", "inom"),
    (
        *("minst 6 300 926 kr", "minst 3 670 000 kr", "minst 3 375 000 kr"),
        *("minst 2 630 926 kr", "58,2 %", "inom"),
    ),
]


def written(name: str) -> Texts:
    """Return the texts in the repository for a paper."""
    file = f"texts/{name}.md"
    return texts((ROOT / file).read_text("utf-8"), file)


def of_2020(given: Texts = NONE, board: str | None = BOARD) -> str:
    """Return the overview of 2020, as of the day of the memo."""
    day = date(2021, 2, 12)
    sheets = [case_of(path.read_text("utf-8"), day) for path in sorted(ROOT.glob("agreements/*"))]
    return overview.markdown(of_overview(sheets, 2020, board, day, DEFAULT), given)


def of_agreement(given: str, as_of: date = date(2024, 6, 1), board: str | None = None) -> str:
    """Return the overview of 2024 of a single agreement."""
    return overview.markdown(
        of_overview([case_of(given, as_of)], 2024, board, as_of, DEFAULT), NONE
    )


def cells(markdown: str, first: str) -> list[tuple[str, ...]]:
    """Return the rows of the table whose first column is *first*, as people read them."""
    table, _, _ = markdown[markdown.index(f"| {first} |") :].partition("\n\n")
    rows = (re.split(r"(?<!\\)\|", line)[1:-1] for line in table.splitlines()[2:])
    return [tuple(plain(cell) for cell in row) for row in rows]


def plain(cell: str) -> str:
    """Return a cell as people read it."""
    return re.sub(r"\\(.)", r"\1", cell).replace("\u00a0", " ").strip(" *")


# ------------------------------------------------------------------ the papers of the repository
def test_the_overview_has_the_table_of_2021_cell_for_cell() -> None:
    """Eight columns of five partnerships."""
    markdown = of_2020().replace("| Partnerskap | Förening", "| IOP | Förening")

    assert cells(markdown, "IOP") == TABLE_OF_2021


def test_the_overview_has_the_shares_that_the_memo_lacks() -> None:
    """The committee's own part, the sums, and 58,2 % in all."""
    markdown = of_2020().replace("| Partnerskap | Värde", "| Ekonomi | Värde")

    assert [row[1:] for row in cells(markdown, "Ekonomi")] == ECONOMY_OF_2021


def test_overview_2020(golden: Golden) -> None:
    """The whole paper, with the texts in the repository."""
    markdown = of_2020(written("overview-2020"))

    golden("reports/overview-2020.md", markdown)
    assert missing(markdown) == ()


def test_memo_ikf_2018(golden: Golden) -> None:
    """The memo of 2019, with what nobody has written marked."""
    found = of_memo(case_of(text("ikf-2018"), date(2019, 4, 24)), None)
    markdown = memo.markdown(found, written("memo-ikf-2018"))

    golden("reports/memo-ikf-2018.md", markdown)
    assert missing(markdown) == ("Samråd", "MBL")


def test_annual_stadsmissionen_2024(golden: Golden) -> None:
    """A year of which the log has nothing."""
    each = Partnership(case_of(text("stadsmissionen-2024"), date(2025, 2, 14)), 2024)
    markdown = annual.markdown(of_annual(each), NONE)

    golden("reports/annual-stadsmissionen-2024.md", markdown)
    assert missing(markdown) == ("Sammanfattning", "Erfarenheter", "Nästa år")


def test_overview_of_many_kinds(golden: Golden) -> None:
    """Ended ones apart, others who pay, totals that no year divides, what nobody has priced."""
    names = (
        "other-funders",
        "total-in-one-payment",
        "volumes-and-outcomes",
        "boards-in-percent",
        "by-year",
        "terminated",
    )
    given = [fixture(name, 2022).case for name in names]

    golden(
        "reports/overview-of-kinds.md",
        overview.markdown(of_overview(given, 2022, None, TODAY, DEFAULT), NONE),
    )


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("governance", 2019),
        ("invoices-logged", 2023),
        ("nine-civil-parties", 2019),
        ("total-in-one-payment", 2021),
        ("two-municipalities", 2024),
    ],
)
def test_annual_of_many_kinds(golden: Golden, name: str, year: int) -> None:
    """Duties settled and missed, invoices sent, rows of several parties, a payment for all years."""
    found = of_annual(fixture(name, year))

    golden(f"reports/annual-{name}.md", annual.markdown(found, NONE))


@pytest.mark.parametrize("name", ["amendment", "decided-afterwards", "governance", "umbrella"])
def test_memo_of_many_kinds(golden: Golden, name: str) -> None:
    """Terms that have changed, decisions, a meeting, an agreement that is no partnership."""
    given = case_of((ROOT / f"tests/fixtures/{name}.yaml").read_text("utf-8"))

    golden(f"reports/memo-{name}.md", memo.markdown(of_memo(given, None), NONE))


@pytest.mark.parametrize("each", everything(), ids=lambda each: each.agreement.id)
def test_every_agreement_has_its_papers(each: Case) -> None:
    """What an agreement can hold can be told, each year, without a word of code."""
    papers = [memo.markdown(of_memo(each, None), NONE)]
    for year in held_years(each):
        found = Partnership(each, year)
        alone = of_overview([each], year, None, TODAY, DEFAULT)
        papers.append(overview.markdown(alone, NONE))
        papers.append(annual.markdown(of_annual(found), NONE))

    assert not re.search(r"None|Decimal|datetime|[{}]|organisations|jointly", "".join(papers))


# ------------------------------------------------------------------ texts
def test_an_empty_section_is_seen() -> None:
    """A placeholder stands where a text is missing, in bold and with the section's name."""
    markdown = of_2020()

    assert "## Kommunala mål\n\n**\\[Text saknas: Kommunala mål\\]**\n" in markdown
    assert missing(markdown) == ("Bakgrund", "Kommunala mål", "Jämställdhet", "Samråd", "MBL")


def test_what_people_write_takes_the_place_of_what_is_assumed() -> None:
    """The proposed decision is theirs to change, and Markdown stays Markdown."""
    own_text = texts("## Förslag till beslut\n\n1. *Godkänns*\n2. Skickas vidare\n", "t.md")
    markdown = of_2020(own_text)

    assert "## Förslag till beslut\n\n1. *Godkänns*\n2. Skickas vidare\n" in markdown
    assert "handlingarna" not in markdown


def test_a_text_without_a_section_is_refused() -> None:
    """A misspelt heading is told with its line: its text would be lost."""
    wrong = texts("## Bakgrund\n\na\n\n## Komunala mål\n\nb\n", "texts/t.md")

    with pytest.raises(UserError, match=r"texts/t\.md:5: the paper has no section called Komunala"):
        of_2020(wrong)


def test_a_partnership_that_has_not_reported_has_a_place_for_it(
    agreement_text: AgreementText,
) -> None:
    """A text under its title is taken; without one, the placeholder names it."""
    day = date(2024, 6, 1)
    found = of_overview([case_of(agreement_text(), day)], 2024, None, day, DEFAULT)
    told = texts("## IOP Exemplet\n\nDet gick bra.\n", "t.md")

    assert "### IOP Exemplet\n\nDet gick bra.\n" in overview.markdown(found, told)
    assert "IOP Exemplet" in missing(overview.markdown(found, NONE))


def test_a_missing_text_is_named_as_people_write_it() -> None:
    """Without what Markdown needs."""
    assert missing(r"**\[Text saknas: a\|b \<c\>\]**") == ("a|b <c>",)


def test_a_users_template_is_taken(tmp_path: Path) -> None:
    """Its sections are its own, and what it asks for and is not there is told."""
    (tmp_path / "memo.md").write_text('# {{ title }}\n\n{{ text("Eget") }}\n', encoding="utf-8")
    found = of_memo(case_of(text("ikf-2023")), None)

    assert memo.markdown(found, NONE, [str(tmp_path)]) == (
        "# Inkludering på lika villkor\n\n**\\[Text saknas: Eget\\]**\n"
    )
    (tmp_path / "memo.md").write_text("\n{{ titel }}\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"memo\.md:2: 'titel' is undefined"):
        memo.markdown(found, NONE, [str(tmp_path)])


# ------------------------------------------------------------------ the cells
@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            own("sprakvanner-2020", 2020),
            "Nyanlända: 151, Etablerade: 92, Matchningar: 74, Språkvänspar: 74",
        ),
        (own("stadsmissionen-2024", 2024), "70 platser samtidigt (mål)"),
        (own("ikf-2023", 2023), "60 deltagare per år (mål)"),
        (
            fixture("volumes-and-outcomes", 2022),
            "halvår 1 2022: platser: 15, deltagare: 88; halvår 2 2022: deltagare: 91,"
            " heltidsplatser: 18,5, i arbete: 34",
        ),
        (fixture("volumes-and-outcomes", 2023), "20 platser samtidigt, 200 deltagare per år (mål)"),
        (
            fixture("nine-civil-parties", 2019),
            "500 barn per år, 40 lägerplatser samtidigt (Scouterna Storvik) (mål)",
        ),
        (fixture("not-priced", 2023), "uppgift saknas"),
    ],
)
def test_participants_are_the_outcome_else_the_target(found: Partnership, expected: str) -> None:
    """A target is marked as one, and periods are not added up."""
    assert participants(found) == expected


@pytest.mark.parametrize(
    ("board", "expected"),
    [
        ("{Nämnden: 50, BIN: 50}", "450 000 kr varav hälften finansieras av BIN"),
        ("{Nämnden: 75, BIN: 25}", "450 000 kr varav en fjärdedel finansieras av BIN"),
        (
            "{Nämnden: 45, BIN: 30, SN: 25}",
            "450 000 kr varav 30 % finansieras av BIN och en fjärdedel av SN",
        ),
        ("BIN", "450 000 kr som finansieras av BIN"),
        ("[Nämnden, BIN]", "450 000 kr som delas med BIN, hur anges inte"),
        ("Nämnden", "450 000 kr"),
    ],
)
def test_cost_tells_what_other_committees_pay(
    agreement_text: AgreementText, board: str, expected: str
) -> None:
    """In the memo's own way: 590 000 kr varav hälften finansieras av BIN."""
    changes = f"""
        parties:
          kommunen: {{role: public, name: Exempels kommun, board: Nämnden}}
          foreningen: {{role: civil, name: Föreningen Exemplet}}
        economy: {{contributions: [{{party: kommunen, amount: 450000, board: {board}}}]}}
    """
    markdown = of_agreement(agreement_text(changes), board=None if board == "BIN" else "Nämnden")

    assert cells(markdown, "Partnerskap")[0][6] == expected


def test_cost_tells_kronor_where_rows_are_divided_in_different_ways() -> None:
    """Percent of one row are not those of the whole."""
    found = of_overview(
        [fixture("boards-in-percent", 2020).case], 2020, "Barnnämnden", TODAY, DEFAULT
    )

    assert cells(overview.markdown(found, NONE), "Partnerskap")[0][6] == (
        "690 000 kr varav 328 330 kr finansieras av Socialnämnden och 33 340 kr av Kulturnämnden"
    )


def test_what_the_parties_stand_by_is_told(agreement_text: AgreementText) -> None:
    """A deviation has its reason in the paper, and the verdict says that there is one."""
    changes = """
        exceptions: [{rule: IOP210, reason: Föreningen växer in i sin del}]
        economy:
          base_year: 2024
          stated: {total: 1000}
          contributions: [{party: kommunen, amount: 900}, {party: foreningen, amount: 90}]
    """
    markdown = of_agreement(agreement_text(changes))

    assert "- IOP Exemplet: Föreningen växer in i sin del\n" in markdown
    assert (
        cells(markdown.replace("| Partnerskap | Värde", "| E | Värde"), "E")[0][5]
        == "över, förklarad"
    )
    assert (
        "överenskommelsen anger värdet till 1 000 kr, men posterna blir tillsammans 990 kr"
        in markdown.replace("\u00a0", " ")
    )


@pytest.mark.parametrize(
    ("contributions", "expected"),
    [
        ("[{party: kommunen, amount: 39}, {party: foreningen, amount: 61}]", "under"),
        ("[{party: kommunen, amount: 40}, {party: foreningen, amount: 60}]", "inom"),
        ("[{party: kommunen, amount: 61}, {party: foreningen, amount: 39}]", "över"),
        ("[{party: kommunen, amount: 61}, {party: foreningen}]", "uppgift saknas"),
    ],
)
def test_verdict_is_told_in_swedish(
    agreement_text: AgreementText, contributions: str, expected: str
) -> None:
    """As split has it, bounds included."""
    found = case_of(agreement_text(f"economy: {{contributions: {contributions}}}"))

    assert verdict(Partnership(found, 2024)) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Exempels kommun", "Exempels kommun"], "kommunen"),
        (["Exempels kommun", "Storvik stad"], "kommunerna"),
        (["Region Exempel", "Region Storvik"], "regionerna"),
        (["Region Exempel"], "regionen"),
        (["Exempels kommun", "Region Exempel"], "den offentliga sidan"),
    ],
)
def test_the_public_side_is_called_what_it_is(
    agreement_text: AgreementText, names: list[str], expected: str
) -> None:
    """A region is no municipality."""
    given = [
        Partnership(case_of(agreement_text().replace("Exempels kommun", name)), 2024)
        for name in names
    ]

    assert public_side(given) == expected


def test_departments_are_those_of_the_papers_committee() -> None:
    """Each once; the office of another committee does not send the paper."""
    given = [Partnership(each, 2020, BOARD) for each in repository()]

    assert departments(given) == (
        "Utbildnings- och arbetsmarknadsförvaltningen, Utbildningskontoret,"
        " Integration- och arbetsmarknadsförvaltningen"
    )
    assert departments([Partnership(each, 2020, "Annan") for each in repository()]) == ""


def test_an_invoice_for_two_periods_is_told_once(agreement_text: AgreementText) -> None:
    """Its amount stands beside the first of them, so that the column adds up."""
    changes = """
        invoicing: {seller: foreningen, buyer: kommunen, interval: half_yearly}
        log: [{date: 2024-12-02, event: invoice, number: 7, period: 2024, amount: 450000}]
    """
    found = of_annual(Partnership(case_of(agreement_text(changes)), 2024))

    assert cells(annual.markdown(found, NONE), "Period") == [
        ("halvår 1 2024", "225 000 kr", "7, 2 december 2024", "450 000 kr"),
        ("halvår 2 2024", "225 000 kr", "samma faktura", ""),
        ("Summa", "450 000 kr", "", "450 000 kr"),
    ]


def test_an_invoice_that_none_asks_for_stands_alone(agreement_text: AgreementText) -> None:
    """What was billed without a block of invoicing is told all the same."""
    changes = "log: [{date: 2024-12-02, event: invoice, number: 7, period: 2024, amount: 450000}]"
    found = of_annual(Partnership(case_of(agreement_text(changes)), 2024))

    assert cells(annual.markdown(found, NONE), "Period") == [
        ("2024", "", "7, 2 december 2024", "450 000 kr"),
        ("Summa", "0 kr", "", "450 000 kr"),
    ]


def test_a_partnership_without_a_civil_party_is_told_so(agreement_text: AgreementText) -> None:
    """The cell is not empty."""
    changes = """
        parties: {kommunen: {role: public, name: Exempels kommun}}
        economy: {contributions: [{party: kommunen, amount: 1}]}
    """

    assert cells(of_agreement(agreement_text(changes)), "Partnerskap")[0][1] == "uppgift saknas"


# ------------------------------------------------------------------ what others write is no markup
HOSTILE = [
    "a|b",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "=cmd|' /C calc'!A0",
    "](http://x.se)",
    "[a](http://x.se) ![b](http://x.se/b.png)",
    "`x`{=html}",
    "# rubrik",
    "- lista",
    "1. lista",
    "> citat",
    "*fet* _kursiv_ ~~struken~~",
    "&lt;b&gt; &amp;",
    "$x$ \\(y\\) \\",
    "---",
    "===",
    '@ref #import "x" #read("/etc/passwd") // c /* d */',
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_of_a_file_is_markup(agreement_text: AgreementText, hostile: str) -> None:
    """The paper has the same lines and cells as with a plain word, and the text is there."""
    plain, attacked = (of_agreement(filled(agreement_text, each)) for each in ("x", hostile))

    assert len(attacked.splitlines()) == len(plain.splitlines())
    assert [len(row) for row in cells(attacked, "Partnerskap")] == [8]
    assert "<script>" not in attacked
    assert not re.search(r"(?<!\\)\]\(", attacked)


def filled(agreement_text: AgreementText, word: str) -> str:
    """Return an agreement with *word* wherever people write."""
    quoted = "'" + word.replace("'", "''") + "'"
    return agreement_text(
        f"""
        title: {quoted}
        dnr: {quoted}
        purpose: {quoted}
        target_group: {quoted}
        referral: {quoted}
        activities: [{quoted[:-1]} a', b]
        parties:
          kommunen: {{role: public, name: {quoted}, board: {quoted}, department: {quoted}}}
          foreningen: {{role: civil, name: {quoted}, short_name: {quoted}}}
        economy:
          contributions:
            - {{party: kommunen, item: {quoted}, quantity: {quoted}, amount: 450000}}
            - {{party: foreningen, item: {quoted}, amount: 450000}}
        volume: [{{unit: {quoted}, target: 1}}]
        follow_up: {{report_to: {quoted}, meetings_per_year: 1, reports_per_year: 1}}
        exceptions: [{{rule: IOP201, reason: {quoted}}}]
        log:
          - {{date: 2024-02-01, event: decision, body: {quoted}, dnr: {quoted}, text: {quoted}}}
          - {{date: 2024-03-01, event: meeting, outcome: {{{quoted}: 1}}, text: {quoted}}}
          - {{date: 2024-05-01, event: report, year: 2024, outcome: {{{quoted}: 1}}, text: {quoted}}}
          - {{date: 2024-05-02, event: invoice, number: {quoted}, period: 2024, amount: 450000}}
        """
    )


def test_a_text_of_several_paragraphs_keeps_them(agreement_text: AgreementText) -> None:
    """Lines are joined, and blank lines part paragraphs."""
    changes = """
        log:
          - date: 2024-05-01
            event: report
            year: 2024
            text: |
              Första raden
              och andra.

              Andra stycket.
    """

    assert "\n\nFörsta raden och andra.\n\nAndra stycket.\n\n" in of_agreement(
        agreement_text(changes)
    )
