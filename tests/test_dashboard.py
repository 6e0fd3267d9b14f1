"""The dashboard has everything on one page, and nothing in it acts but its own script."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl.check.rules import ALL
from iopctl.config import DEFAULT
from iopctl.errors import UserError
from iopctl.papers import dashboard
from iopctl.papers.dashboard import MARK, DashboardData
from tests.test_pictures import HOSTILE

if TYPE_CHECKING:
    from datetime import date

    from tests.conftest import AgreementText, Golden, Run

pytest.importorskip("vl_convert")

HERE = Path(__file__).parent
DAY = "2024-05-01"
FIXTURES = (
    "draft",
    "extension-option",
    "grant",
    "nine-civil-parties",
    "not-priced",
    "open-ended",
    "terminated",
    "three-boards",
    "volumes-and-outcomes",
)
FILES = (
    *sorted((HERE.parent / "agreements").glob("*.yaml")),
    *(HERE / "fixtures" / f"{name}.yaml" for name in FIXTURES),
)


class Reader(HTMLParser):
    """What a browser would make of a page: its elements, and where texts stand."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data.strip())


def page(run: Run, *words: str | Path) -> str:
    """Return the dashboard of some files."""
    result = run("report", "dashboard", *words, "-o", "-", "--as-of", DAY)

    assert (result.code, result.err) == (0, "")
    return result.out


def without_pictures(text: str) -> str:
    """Return a page without its drawings, script and style, which have tests of their own."""
    for element in ("svg", "script", "style"):
        text = re.sub(rf"<{element}\b.*?</{element}>", f"<{element}/>", text, flags=re.DOTALL)
    return re.sub("sha256-[^']+", "sha256-…", text)


def test_the_page(golden: Golden, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Key figures, pictures, agreements, deadlines and findings, in Swedish."""
    monkeypatch.chdir(HERE.parent)
    files = [file.relative_to(HERE.parent) for file in FILES]

    golden("dashboard.html", without_pictures(page(run, *files)))


def test_the_same_agreements_give_the_same_bytes(run: Run) -> None:
    """A page that changes has a reason to."""
    assert page(run, *FILES) == page(run, *FILES)


def test_a_portfolio_without_deadlines_and_findings(
    run: Run, tmp_path: Path, agreement_text: AgreementText
) -> None:
    """What is not there is said, by words and no empty table."""
    text = agreement_text("""
        validity: {start: 2024-01-01, end: open}
        legal: {procurement_assessed: 2023-10-01, state_aid: {basis: none}}
        """)
    (tmp_path / "exempel.yaml").write_text(text)
    (tmp_path / "iopctl.toml").write_text(
        'ignore = ["IOP1", "IOP2", "IOP3", "IOP4", "IOP5", "IOP6"]'
    )

    found = page(run, tmp_path / "exempel.yaml")

    assert "Inget är försenat, och inget ska göras inom ett år." in found


def test_what_is_unknown_is_empty_or_said(
    run: Run, tmp_path: Path, agreement_text: AgreementText
) -> None:
    """An agreement without dates and amounts has a row still."""
    text = agreement_text(
        "economy: {contributions: [{party: kommunen}, {party: foreningen}]}", without="validity"
    )
    (tmp_path / "exempel.yaml").write_text(text)

    found = Reader(page(run, tmp_path / "exempel.yaml")).texts

    assert {"IOP Exemplet", "okänd tid", "uppgift saknas"} <= set(found)


def test_three_hundred_agreements(run: Run, tmp_path: Path, agreement_text: AgreementText) -> None:
    """The page of a large portfolio can still be sent by mail, and has every agreement."""
    for number in range(300):
        text = agreement_text(f"id: exempel-{number}\ntitle: Exempel {number}")
        (tmp_path / f"exempel-{number}.yaml").write_text(text)

    found = page(run, tmp_path)

    assert found.count('<th scope="row"') == 300
    assert len(found.encode()) < 1_000_000


def test_without_the_script_there_is_no_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, as_of: date
) -> None:
    """A package that lacks a part says which."""
    monkeypatch.setattr("iopctl.output.documents._OURS", (str(tmp_path),))

    with pytest.raises(UserError, match=r"there is no template dashboard\.js"):
        dashboard.page(DashboardData((), (), (), DEFAULT, as_of, ()), ())


def test_texts_of_agreements_are_only_text(
    run: Run, tmp_path: Path, agreement_text: AgreementText
) -> None:
    """No text of any field becomes an element, an attribute or a template's code."""
    plain, hostile = (
        agreement_text(f"""
            title: '{text}'
            area: '{text}'
            parties:
              kommunen: {{role: public, name: '{text}', short_name: '{text}', board: '{text}'}}
              foreningen: {{role: civil, name: '{text}', department: '{text}'}}
            economy:
              contributions:
                - {{party: kommunen, item: '{text}', amount: 450000}}
                - {{party: foreningen, item: '{text}', amount: 1}}
            follow_up: {{meetings_per_year: 1, reports_per_year: 1, report_to: '{text}'}}
            volume: [{{unit: '{text}', target: 60}}]
            """)
        for text in ("Exempel " * 8 + "Exempel", HOSTILE)
    )
    (tmp_path / "plain.yaml").write_text(plain)
    (tmp_path / "hostile.yaml").write_text(hostile)

    expected, found = (
        Reader(page(run, tmp_path / f"{name}.yaml")) for name in ("plain", "hostile")
    )

    assert sorted(set(found.elements)) == sorted(set(expected.elements))
    assert found.elements.count("script") == 1
    assert {name for name, _ in found.attributes} == {name for name, _ in expected.attributes}
    assert HOSTILE in found.texts


def test_every_rule_has_a_subject() -> None:
    """A finding's text is English: what it is about is told in Swedish beside it."""
    assert {rule.code[len("IOP")] for rule in ALL} == dashboard.SUBJECTS.keys()


def test_the_page_lets_only_its_own_script_run(run: Run) -> None:
    """The browser is told the script's hash, and to load nothing at all."""
    found = page(run, *FILES)
    [script] = re.findall("<script>(.*?)</script>", found, re.DOTALL)
    [policy] = re.findall('Content-Security-Policy" content="(.*?)"', found)
    digest = b64encode(sha256(script.encode()).digest()).decode()

    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_the_page_needs_no_network(run: Run) -> None:
    """It has no address but the names of SVG's vocabularies, which nobody fetches."""
    addresses = set(re.findall(r"https?://[^\"' ]+", page(run, *FILES)))

    assert addresses == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_no_two_elements_have_one_id(run: Run) -> None:
    """Drawings in one page share its ids."""
    ids = [value for name, value in Reader(page(run, *FILES)).attributes if name == "id"]

    assert len(ids) == len(set(ids))


def test_an_older_dashboard_is_replaced_and_nothing_else(run: Run, tmp_path: Path) -> None:
    """A file of another kind is left as it is, unless that is asked for."""
    file = tmp_path / "page.html"
    words = ("report", "dashboard", FILES[0], "--as-of", DAY, "-o", file)

    assert run(*words).err == f"{file} is written\n"
    assert run(*words).code == 0
    assert MARK in file.read_text("utf-8")

    file.write_text("my own page")

    assert run(*words).code == 2
    assert file.read_text("utf-8") == "my own page"
    assert run(*words, "--force").code == 0


def test_own_templates_go_first(run: Run, tmp_path: Path) -> None:
    """A municipality may have a page of its own, with the same values."""
    (tmp_path / "dashboard.html").write_text("{{ as_of }}: {{ agreements | length }}\n")

    found = page(run, FILES[0], "--templates", tmp_path)

    assert found == "1 maj 2024: 1\n"


def test_broken_files_and_drafts_are_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreement_text: AgreementText
) -> None:
    """Who reads the page knows what its figures lack."""
    folder = tmp_path / "agreements"
    folder.mkdir()
    (folder / "good.yaml").write_text(agreement_text())
    (folder / "draft.yaml").write_text(agreement_text("id: utkast\nstatus: draft"))
    (folder / "broken.yaml").write_text("id: [")
    monkeypatch.chdir(tmp_path)

    refused = run("report", "dashboard", "-o", "-", "--as-of", DAY)
    found = run("report", "dashboard", "-o", "-", "--as-of", DAY, "--keep-going")

    assert (refused.code, refused.out) == (1, "")
    assert found.code == 0
    assert "utkast: agreements/broken.yaml, agreements/draft.yaml" in found.out


def test_names_of_files_are_shown_printable(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreement_text: AgreementText
) -> None:
    """Whatever bytes they are of: the page is UTF-8, and says nothing to a terminal."""
    folder = tmp_path / "agreements"
    folder.mkdir()
    (folder / "\udcff\x1b[2J.yaml").write_text(agreement_text(), "utf-8")
    (folder / "\n::error::x.yaml").write_text("id: [", "utf-8")
    monkeypatch.chdir(tmp_path)
    words = ("report", "dashboard", "--as-of", DAY, "--keep-going", "-o")

    assert run(*words, "d.html").code == 0
    page = Path("d.html").read_text("utf-8")
    assert r"agreements/\udcff\x1b[2J.yaml" in page
    assert r"agreements/\n::error::x.yaml" in page
    assert run(*words, "-").out == page


def test_what_the_last_year_came_to_is_a_key_figure(run: Run) -> None:
    """Where reports tell of it, with what is to be paid back."""
    file = HERE / "fixtures" / "agreed-and-actual.yaml"
    told = run("report", "dashboard", file, "-o", "-", "--as-of", "2025-06-01").out

    assert "Använt 2024" in told
    assert "att betala tillbaka" in told
