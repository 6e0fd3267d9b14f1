"""`iopctl report`: where papers and their texts are found, and what is said of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from iopctl.money import NBSP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.conftest import AgreementText, Golden, Run

ROOT = Path(__file__).parent.parent
OVERVIEW = ("report", "overview", "--year", "2020", "--board", "Arbetsmarknadsnämnden")
MEMO_DAY = ("--as-of", "2021-02-12")
FORMATS = ["md", "html", "docx", "odt", "pdf"]


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a copy of the repository's agreements and texts."""
    for folder in ("agreements", "texts"):
        copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# ------------------------------------------------------------------ the papers
def test_the_overview_is_written_to_standard_output(run: Run, golden: Golden) -> None:
    """Markdown, with the texts that lie beside the agreements; nothing is left to say."""
    code, out, err = run(*OVERVIEW, *MEMO_DAY)

    assert (code, err) == (0, "")
    golden("reports/overview-2020.md", out)


def test_partnerships_of_one_title_have_texts_of_their_own(
    run: Run, agreement_text: AgreementText
) -> None:
    """The file that is begun has a section for each, and a text stands under its own."""
    for name in ("ljuset-2024", "ljuset-2025"):
        text = agreement_text("title: IOP Ljuset").replace("id: exempel-2024", f"id: {name}")
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    words = ("report", "overview", "ljuset-2024.yaml", "ljuset-2025.yaml", "--year", "2024")
    run(*words, "--texts", "egna.md")
    begun = Path("egna.md").read_text(encoding="utf-8")
    own = begun.replace(
        "## IOP Ljuset (ljuset-2025)\n", "## IOP Ljuset (ljuset-2025)\n\nDet gick bra.\n"
    )
    Path("egna.md").write_text(own, encoding="utf-8")
    code, out, _ = run(*words, "--texts", "egna.md")

    assert code == 0
    assert "## IOP Ljuset (ljuset-2024)\n" in begun
    assert out.count("Det gick bra.") == 1
    assert "Text saknas: IOP Ljuset (ljuset-2024)" in out


def test_what_is_yet_to_be_written_is_said(run: Run, golden: Golden) -> None:
    """The sections, and the file that they belong in."""
    code, out, err = run("report", "memo", "ikf-2018", "--as-of", "2019-04-24")

    assert code == 0
    assert err == "to be written in texts/memo-ikf-2018.md, each under its ##: Samråd, MBL\n"
    golden("reports/memo-ikf-2018.md", out)


def test_the_annual_report_is_on_the_last_year_that_is_over(run: Run, golden: Golden) -> None:
    """On 14 February 2025 that is 2024."""
    code, out, err = run("report", "annual", "stadsmissionen-2024", "--as-of", "2025-02-14")

    assert code == 0
    assert "texts/annual-stadsmissionen-2024-2024.md" in err
    golden("reports/annual-stadsmissionen-2024.md", out)


def test_the_overview_is_of_the_last_year_that_is_over(run: Run) -> None:
    """Of all committees, where none is named."""
    code, out, _ = run("report", "overview", "--as-of", "2021-02-12")

    assert code == 0
    assert out.startswith(
        "# Information om idéburna offentliga partnerskap 2020\n\nSamtliga nämnder"
    )


def test_what_is_no_partnership_is_left_out_and_said(
    run: Run, repository: Path, agreement_text: AgreementText
) -> None:
    """A grant in the same folder is told on standard error."""
    grant = agreement_text("id: bidrag-2020\nkind: bidrag\nvalidity: {start: 2020, end: 2020}")
    (repository / "agreements/bidrag-2020.yaml").write_text(grant, encoding="utf-8")

    _, out, err = run(*OVERVIEW, *MEMO_DAY)

    assert "not partnerships (kind: iop), and left out: bidrag-2020\n" in err
    assert "IOP Exemplet" not in out


# ------------------------------------------------------------------ texts and templates
def test_texts_may_lie_elsewhere(run: Run, repository: Path) -> None:
    """The default file need not be there; one that is named and is not there is begun."""
    (repository / "egna.md").write_text("## Bakgrund\n\nEgen text.\n", encoding="utf-8")

    assert "\n\nEgen text.\n\n" in run(*OVERVIEW, "--texts", "egna.md").out
    begun = run(*OVERVIEW, "--texts", "nya.md")
    assert begun.err.startswith(
        "nya.md is begun, with a heading for each section\nto be written in"
    )
    assert (repository / "nya.md").read_text("utf-8") == (
        "# Information om idéburna offentliga partnerskap 2020\n\n## Bakgrund\n\n## Kommunala mål\n"
        "\n## Jämställdhet\n\n## Samråd\n\n## MBL\n"
    )
    assert "is begun" not in run(*OVERVIEW, "--texts", "nya.md").err
    (repository / "texts/overview-2020.md").unlink()
    assert "[Text saknas: Bakgrund" in run(*OVERVIEW).out.replace("\\", "")


def test_sections_of_the_office_stand_where_they_are_written(run: Run, repository: Path) -> None:
    """After the one that they are written after, else last, but before who is told of it."""
    (repository / "egna.md").write_text(
        "## Egen inledning\n\nFörst.\n\n## Jämställdhet\n\nJa.\n\n## Barnperspektiv\n\nBarn.\n\n## *Klimat*\n\nGrönt.\n",
        encoding="utf-8",
    )
    out = run("report", "memo", "ikf-2023", "--texts", "egna.md").out
    headings = [line for line in out.splitlines() if line.startswith("## ")]

    assert headings[6:10] == ["## Jämställdhet", "## Barnperspektiv", r"## \*Klimat\*", "## Samråd"]
    assert headings[-2:] == ["## Egen inledning", "## Beslutet skickas till"]
    assert "\n\nBarn.\n\n" in out


def test_a_section_that_is_misspelt_is_no_section_of_its_own(run: Run, repository: Path) -> None:
    """Its text would stand beside the placeholder of the one that was meant."""
    (repository / "egna.md").write_text("## Jämstäldhet\n\nJa.\n", encoding="utf-8")
    code, _, err = run("report", "memo", "ikf-2023", "--texts", "egna.md")

    assert code == 2
    assert err == (
        "iopctl: egna.md:1: the paper has no section called Jämstäldhet: write Jämställdhet, if"
        " that is meant\n"
    )


def test_texts_that_all_papers_share(run: Run, repository: Path) -> None:
    """They stand where a paper's own file has nothing; other sections of theirs are left out."""
    (repository / "texts/common.md").write_text(
        "## MBL\n\nInget att förhandla om.\n\n## Jämställdhet\n\nAllmänt.\n\n## Annat\n\nX.\n",
        encoding="utf-8",
    )
    out = run("report", "memo", "ikf-2018", "--as-of", "2019-04-24").out

    assert "Inget att förhandla om." in out
    assert "Allmänt." not in out
    assert "## Annat" not in out


# ------------------------------------------------------------------ decisions and agreements
@pytest.mark.parametrize(
    ("proposal", "words"),
    [
        ("extend", ("--dnr", "AMN 2025-41")),
        ("renew", ("--until", "2025-12-31")),
        ("end", ()),
    ],
)
def test_a_memo_to_decide_on(run: Run, golden: Golden, proposal: str, words: Sequence[str]) -> None:
    """What is proposed, what it costs each year, and a place for all that such a memo has."""
    code, out, err = run(
        "report", "decision", "stadsmissionen-2024", "--proposal", proposal,
        "--as-of", "2025-06-01", *words,
    )  # fmt: skip

    assert code == 0
    assert "Barnperspektiv" in err
    golden(f"reports/decision-{proposal}.md", out)


def test_an_extension_by_a_part_of_a_year_costs_a_part(run: Run) -> None:
    """To June 2026: half of 1 779 084 kr, and of each row of the other side, to the krona."""
    out = run(
        "report", "decision", "stadsmissionen-2024", "--proposal", "extend",
        "--until", "2026-06-30", "--as-of", "2025-06-01",
    ).out.replace("\u00a0", " ")  # fmt: skip

    assert "| 2026 | 2 506 635 kr | 889 542 kr | enligt förslaget |" in out


@pytest.mark.parametrize(
    ("proposal", "until", "why"),
    [
        ("extend", "2020-01-01", "is not after 2025-12-31, when the agreement ends"),
        ("extend", "2025-12-31", "is not after 2025-12-31, when the agreement ends"),
        ("extend", "2040-12-31", "is after 2029-12-31, where its options end"),
        ("end", "2020-01-01", "is before 2025-06-01, and past"),
        ("end", "2026-01-01", "is after 2025-12-31, when the agreement ends"),
        ("renew", "2020-01-01", "is before 2025-06-01, and past"),
    ],
)
def test_no_day_is_proposed_that_can_not_be(run: Run, proposal: str, until: str, why: str) -> None:
    """An extension leads past the end, within the options; an end is neither past nor later."""
    told = run(
        "report", "decision", "stadsmissionen-2024", "--proposal", proposal,
        "--until", until, "--as-of", "2025-06-01",
    )  # fmt: skip

    assert told == (1 if proposal == "extend" else 2, "", f"iopctl: --until {until} {why}\n")


@pytest.mark.parametrize("proposal", ["extend", "end"])
def test_what_is_a_draft_is_neither_extended_nor_ended(run: Run, proposal: str) -> None:
    """Nobody has agreed on it."""
    path = ROOT / "tests/fixtures/draft.yaml"

    assert run("report", "decision", path, "--proposal", proposal) == (
        2,
        "",
        "iopctl: draft is a draft: there is nothing to extend or end\n",
    )


def test_the_memo_on_a_draft_tells_of_plans(run: Run) -> None:
    """Not of how it goes, as nothing goes on."""
    out = run("report", "memo", ROOT / "tests/fixtures/draft.yaml", "--as-of", "2026-01-01").out

    assert " planerar ett idéburet offentligt partnerskap (IOP). Partnerskapet är ett utkast" in out
    assert "hur det går" not in out


def test_what_goes_on_by_itself_ends_by_notice(run: Run) -> None:
    """Nothing happens to it unless somebody gives notice: that is what is decided."""
    path = str(ROOT / "tests/fixtures/extension-automatic.yaml")
    words = ("report", "decision", path, "--proposal", "end", "--as-of", "2022-06-01")

    assert "1. Kulturnämnden säger upp " in run(*words).out
    assert run(*words, "--until", "2030-12-31").code == 0


def test_what_can_not_be_extended_is_not_proposed(run: Run, repository: Path) -> None:
    """Where nothing is left, or nobody knows how long."""
    (repository / "x.yaml").write_text(
        (ROOT / "tests/fixtures/duties-on-days.yaml").read_text("utf-8"), "utf-8"
    )
    words = ("report", "decision", "x.yaml", "--proposal", "extend", "--as-of", "2016-01-01")
    none = run(*words)
    text = (repository / "x.yaml").read_text("utf-8")
    granted = text.replace("2016-08-31}", "2016-08-31, extension: {kind: mutual}}")
    (repository / "x.yaml").write_text(granted, "utf-8")

    assert none.err == (
        "iopctl: duties-on-days has no extension left: write --proposal renew or end\n"
    )
    assert "say it with --until" in run(*words).err


@pytest.mark.parametrize(
    "name", ["agreed-and-actual", "duties-on-days", "index-compound", "governance", "open-ended",
             "extension-automatic", "index-unspecified", "known-to-the-month", "by-year",
             "total-in-one-payment", "extension-option", "extension-none", "not-priced", "draft"]
)  # fmt: skip
def test_the_agreement_itself(run: Run, golden: Golden, name: str) -> None:
    """What its file has, in sentences, and a place for what guidelines ask for beside it."""
    file = ROOT / f"tests/fixtures/{name}.yaml"
    code, out, _ = run("report", "agreement", file, "--as-of", "2024-03-01")

    assert code == 0
    golden(f"reports/agreement-{name}.md", out)


def test_templates_of_the_repository_go_before_ours(run: Run, repository: Path) -> None:
    """And those of a folder that is named go before them."""
    for folder, text in (("templates", "# Kommunens\n"), ("andra", "# Andras\n")):
        (repository / folder).mkdir()
        (repository / folder / "memo.md").write_text(text, encoding="utf-8")
    memo = ("report", "memo", "ikf-2023", "--texts", "texts/none.md")
    (repository / "texts/none.md").write_text("", encoding="utf-8")

    assert run(*memo).out == run(*memo, "-o", "-").out == "# Kommunens\n"
    assert run(*memo, "--templates", "andra").out == "# Andras\n"


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("\n{{ finns_inte }}\n", "templates/memo.md:2: 'finns_inte' is undefined"),
        ("{% include '/etc/passwd' %}", "there is no template /etc/passwd"),
        ("\n\n{{ text.__globals__ }}", "templates/memo.md:3: access to attribute '__globals__'"),
        ("{% for %}", "templates/memo.md:1: Expected"),
        ("\n{{ text() }}", "templates/memo.md:2: _filled.<locals>.text() missing 1 required"),
        ("\n{{ picture('x') }}", "templates/memo.md:2: there is no picture x"),
        ("\n{{ title * 10 ** 9 }}", "templates/memo.md:2: it asks for more than"),
    ],
)
def test_a_template_that_misbehaves_is_one_line(
    run: Run, repository: Path, template: str, told: str
) -> None:
    """It names the template and the line; no file is read, and none is written."""
    (repository / "templates").mkdir()
    (repository / "templates/memo.md").write_text(template, encoding="utf-8")

    code, out, err = run("report", "memo", "ikf-2023", "-o", "paper.docx")

    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert told in err
    assert not (repository / "paper.docx").exists()


# ------------------------------------------------------------------ pictures
PICTURE = "![2023: "


def test_pictures_are_in_all_formats_but_markdown(run: Run, repository: Path) -> None:
    """Where people read the text itself they are in the way; --pictures has them there, too."""
    pytest.importorskip("vl_convert")
    pytest.importorskip("pypandoc")
    memo = ("report", "memo", "ikf-2023", "--as-of", "2023-02-01")

    assert PICTURE not in run(*memo).out
    assert PICTURE in run(*memo, "--pictures").out
    assert run(*memo, "-o", "one.html").code == 0
    assert run(*memo, "-o", "other.html", "--no-pictures").code == 0
    found = [(repository / f"{name}.html").read_text("utf-8") for name in ("one", "other")]
    assert ["<figcaption>" in each for each in found] == [True, False]
    assert "data:image/svg+xml;" in found[0]


@pytest.mark.parametrize("name", ["memo-ikf-2023", "common"])
def test_a_picture_that_can_not_be_sent_is_told_with_its_line(run: Run, name: str) -> None:
    """In the paper's own texts and in those of all papers; nothing is written."""
    pytest.importorskip("pypandoc")
    Path("texts", f"{name}.md").write_text(
        "# T\n\n## Samråd\n\n![a](data:image/svg+xml,%3Ca/%3E)\n"
    )

    code, _, err = run("report", "memo", "ikf-2023", "-o", "paper.html", "--no-pictures")

    assert (code, Path("paper.html").exists()) == (2, False)
    assert err == (
        f"iopctl: texts/{name}.md:5: a picture of the paper is SVG with <a>: take that out, or"
        " save it as PNG\n"
    )


def test_without_the_library_there_are_two_ways_out(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To install what draws pictures, or to do without them."""
    pytest.importorskip("pypandoc")
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    memo = ("report", "memo", "ikf-2023", "-o", "paper.docx")

    assert run(*memo) == (
        2,
        "",
        "iopctl: a picture needs more: install it with: pip install 'iopctl[reports]',"
        " or leave the pictures out with --no-pictures\n",
    )
    assert run(*memo, "--no-pictures").code == 0


# ------------------------------------------------------------------ files
def all_libraries() -> None:
    """Skip a test where a library is missing that some format needs."""
    for name in ("pypandoc", "typst", "vl_convert"):
        pytest.importorskip(name)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_paper_is_a_file(run: Run, repository: Path, suffix: str) -> None:
    """In the format of its suffix; one that is there is left alone unless --force says so."""
    all_libraries()
    file = repository / f"paper.{suffix}"
    words = (*OVERVIEW, *MEMO_DAY, "--no-pictures", "-o", file.name)

    assert run(*words) == (0, "", f"{file.name} is written\n")
    first = file.read_bytes()
    code, _, err = run(*words)
    assert (code, "is there already" in err) == (2, True)
    assert file.read_bytes() == first
    assert run(*words, "--force").code == 0
    assert file.read_bytes() == first


def test_the_same_paper_has_the_same_bytes(repository: Path) -> None:
    """In another process, time zone, language and hash seed, and from another folder."""
    all_libraries()
    code = (
        "import sys; from iopctl.cli import main\n"
        "for each in sys.argv[2:]:\n"
        "    try: main(['report', 'overview', 'agreements', '--year', '2020', '--as-of',"
        " '2021-02-12', '-o', f'{sys.argv[1]}.{each}'])\n"
        "    except SystemExit as left: assert not left.code, left.code\n"
    )
    surroundings = (
        {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"TZ": "America/Lima", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"},
    )
    for number, around in enumerate(surroundings):
        command = [sys.executable, "-c", code, str(repository / f"paper{number}"), *FORMATS]
        subprocess.run(command, check=True, env={**os.environ, **around}, capture_output=True)

    for each in FORMATS:
        one, other = (repository / f"paper{number}.{each}" for number in (0, 1))
        assert (each, one.read_bytes()) == (each, other.read_bytes())


def test_what_a_font_lacks_is_said(run: Run, repository: Path) -> None:
    """The file is written all the same."""
    all_libraries()
    (repository / "egna.md").write_text("## Bakgrund\n\nBra! 😀\n", encoding="utf-8")

    code, _, err = run(*OVERVIEW, "-o", "paper.pdf", "--texts", "egna.md")

    assert code == 0
    assert err.startswith("paper.pdf is written\nour fonts lack some characters of the paper")


# ------------------------------------------------------------------ what is refused
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("overview", "ikf-2023", "stadsmissionen-2024", "--year", "2030"),
            "no partnership has the year 2030: choose one of 2023, 2024, 2025",
        ),
        (
            ("overview", "--board", "Kulturnämnden", "--year", "2020"),
            "no partnership is Kulturnämnden's: the committees are Arbetsmarknadsnämnden, BIN",
        ),
        (
            ("annual", "stadsmissionen-2024", "--year", "2030"),
            "stadsmissionen-2024 has no year 2030: choose one of 2024, 2025",
        ),
        (
            ("memo", "ikf-2023", "--year", "2020"),
            "ikf-2023 has no year 2020: choose one of 2023, 2024",
        ),
        (("memo", "agreements"), "agreements are 8 agreements, and this paper is on one"),
        (
            ("memo", "ikf-2023", "-o", "paper.xls"),
            "--output paper.xls: name a file that ends in .md",
        ),
        (("memo", "ikf-2023", "-o", "paper"), "--output paper: name a file that ends in .md"),
        (
            ("memo", "ikf-2023", "-o", "agreements/ikf-2023.yaml/x.md"),
            "agreements/ikf-2023.yaml/x.md can't be written",
        ),
        (("memo", "ikf-2023", "--templates", "none"), "--templates none: is not there"),
    ],
)
def test_what_can_not_be_told_is_refused(run: Run, words: tuple[str, ...], told: str) -> None:
    """With what there is to choose from."""
    code, out, err = run("report", *words, "--as-of", "2026-11-22")

    assert (code, out) == (2, "")
    assert err.startswith(f"iopctl: {told}")


def test_an_agreement_without_any_year_is_told_for_those_that_it_may_hold_in(
    run: Run, repository: Path, agreement_text: AgreementText
) -> None:
    """Every amount of it is missing, but for what is stated a year; after its end there is none."""
    rows = "[{party: kommunen, item: Bidrag, amount: 1300000}, {party: foreningen, item: Lokal}]"
    bare = agreement_text(f"validity: {{end: 2024-05-31}}\neconomy: {{contributions: {rows}}}")
    (repository / "bar.yaml").write_text(bare, encoding="utf-8")
    told = run("report", "annual", "bar.yaml", "--year", "2024").out.replace(NBSP, " ")

    assert "| Exempels kommun | Bidrag |  | kontant | 1 300 000 kr per år, åren okända |" in told
    assert "| **Summa** | | | | **minst 1 300 000 kr, åren okända** |" in told
    assert run("report", "annual", "bar.yaml", "--year", "2025") == (
        2,
        "",
        "iopctl: exempel-2024 has no year 2025: no year is known\n",
    )


def test_agreements_without_committees_are_told(
    run: Run, repository: Path, agreement_text: AgreementText
) -> None:
    """There is none to choose from."""
    (repository / "utan.yaml").write_text(agreement_text(), encoding="utf-8")

    assert run("report", "overview", "utan.yaml", "--year", "2024", "--board", "BIN") == (
        2,
        "",
        "iopctl: no partnership is BIN's: none names a committee\n",
    )


def test_a_file_that_can_not_be_read_stops_the_paper(run: Run, repository: Path) -> None:
    """A committee is never given a part for the whole."""
    (repository / "agreements/trasig.yaml").write_text("id: [", encoding="utf-8")

    code, out, _ = run(*OVERVIEW)

    assert (code, out) == (1, "")


def test_an_agreement_that_says_little_is_written_all_the_same(
    run: Run, agreement_text: AgreementText, tmp_path: Path
) -> None:
    """Without days there is no notice; hours a week stand as they are."""
    rows = """
economy:
  contributions:
    - {party: kommunen, item: Bidrag, amount: 1000}
    - {party: foreningen, item: Ledare, hours_per_week: 10}
"""
    file = tmp_path / "exempel-2024.yaml"
    file.write_text(agreement_text(rows, without="validity"), "utf-8")
    code, out, _ = run("report", "agreement", file)

    assert code == 0
    assert "10 timmar i veckan" in out
    assert "Uppsägning ska ske" not in out
