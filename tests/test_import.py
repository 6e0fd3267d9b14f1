"""Documents become drafts: each value with its place and words, in every form of document."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from iopctl import files
from iopctl.check.portfolio import document as read
from iopctl.input import Input
from iopctl.reading import opening
from iopctl.reading.importing import imported
from iopctl.reading.lines import ProtectedError
from iopctl.reading.overview import overview
from tests.document_files import document, lines

if TYPE_CHECKING:
    from tests.conftest import Golden, Run

ROOT = Path(__file__).parents[1]
SCHEMA = "../iopctl.schema.json"
FORMS = {
    "open-doors": "docx",
    "hamnen": "docx odt pdf",
    "kompassen": "docx rtf pdf",
    "hembygdsgarden": "html txt",
    "granslos": "odt",
    "langa-bordet": "txt docx",
    "memo": "docx",
    "ikf": "txt",
    "stadsmissionen": "txt",
    "ikf-memo": "txt",
    "fem-partnerskap": "txt",
    "tva-kolumner": "pdf",
    "grannar": "txt",
    "forslag": "txt",
    "skolgarden": "txt",
    "nattjouren": "txt",
}
PERSONS = re.compile(
    "Lindgren|Holm|Hallgren|Ström|Ahl|Mona Ek|Sund|Berg,|Blom|Sven Ek|Maria|Norén|Wikman"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder without agreements."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name: str, form: str) -> str:
    """Write a document into the folder of work, and return its name."""
    Path(f"{name}.{form}").write_bytes(document(name, form))
    return f"{name}.{form}"


def values(text: str) -> str:
    """Return a draft without its comments: what it states."""
    bare = re.sub(r"(?m)^ *#.*\n|  # .*$", "", text)
    return re.sub(r"(?m)^source: .*\n", "", bare)


@pytest.mark.parametrize("name", FORMS)
def test_a_document_becomes_a_draft(golden: Golden, name: str) -> None:
    """Each value has place and words; other forms of the same document say the same."""
    first, *others = FORMS[name].split()
    found = imported(lines(name, first), f"{name}.{first}")
    text = "---\n".join(found.texts(SCHEMA))

    golden(f"import/{name}.yaml", text)
    golden(
        f"import/{name}.err",
        "".join(f"{line}\n" for each in found.drafts for line in overview(each)),
    )
    for form in others:
        other = "---\n".join(imported(lines(name, form), "a").texts(SCHEMA))
        assert values(other) == values(text)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_command_prints_the_draft(run: Run, form: str) -> None:
    """As it was read, by a process of its own; what to look at is told beside it."""
    told = imported(lines("kompassen", form), f"kompassen.{form}")
    code, out, err = run("import", put("kompassen", form))

    assert (code, out) == (0, *told.texts(SCHEMA))
    assert err == "".join(f"{line}\n" for line in overview(told.drafts[0]))


@pytest.mark.parametrize("name", FORMS)
def test_a_draft_reads_and_names_no_person(name: str) -> None:
    """What is drafted is an agreement as it stands, and of whoever signed there is no trace."""
    text = (ROOT / f"tests/golden/import/{name}.yaml").read_text("utf-8")
    told = [read(Input("a.yaml", each.encode())) for each in text.split("---\n")]

    assert [each.line for one in told for each in one.diagnostics] == []
    assert not PERSONS.search(text)


# ------------------------------------------------------------------ the agreements of this repository
def drafts(name: str) -> list[dict[str, Any]]:
    """Return the data of the drafts of a text."""
    return [each.data for each in imported(lines(name, "txt"), "a.txt").drafts]


def record(name: str) -> dict[str, Any]:
    """Return the data of an agreement of this repository."""
    source = read(Input(name, (ROOT / f"agreements/{name}.yaml").read_bytes())).source
    data: dict[str, Any] = dict(source.data or {}) if source else {}
    return data


def figures(data: dict[str, Any], handles: dict[str, str]) -> dict[str, Any]:
    """Return what money, dates and duties rest on, parties called by their side."""

    def renamed(value: Any) -> Any:  # noqa: ANN401 - a record's data
        match value:
            case dict():
                return {handles.get(key, key): renamed(each) for key, each in value.items()}
            case list():
                return [renamed(each) for each in value]
            case str():
                return re.sub(r"(\d)%", r"\1 %", handles.get(value, value))
            case _:
                return value

    kept = ("parties", "validity", "economy", "invoicing", "follow_up", "volume")
    found: dict[str, Any] = renamed({key: data[key] for key in kept if key in data})
    for row in found["economy"]["contributions"]:
        row.pop("source", None)
        row.pop("category", None)
    if isinstance(found.get("invoicing"), dict):
        found["invoicing"] = [found["invoicing"]]
    for block in found.get("invoicing", []):
        block.pop("portal", None)
    return found


@pytest.mark.parametrize(
    ("document_name", "agreement"),
    [("ikf", "ikf-2023"), ("stadsmissionen", "stadsmissionen-2024"), ("ikf-memo", "ikf-2018")],
)
def test_the_agreements_of_this_repository(document_name: str, agreement: str) -> None:
    """Field by field: figures, parties, dates, index, invoicing and follow-up."""
    [draft] = drafts(document_name)
    ours = record(agreement)
    civil = [
        next(handle for handle, party in each["parties"].items() if party["role"] == "civil")
        for each in (draft, ours)
    ]
    expected = figures(ours, {civil[1]: "civil"})
    found = figures(draft, {civil[0]: "civil"})
    if agreement == "ikf-2018":  # the memo's own year; and the office that wrote it
        expected["economy"].pop("base_year")
        expected["parties"]["linkoping"].pop("department")

    assert found == expected


def test_the_partnerships_of_a_memo() -> None:
    """A draft for each, with its table's figures."""
    names = ("hoppfull-framtid", "bilda", "erikshjalpen-bilda", "ikf", "sprakvanner")
    expected = [record(f"{name}-2020") for name in names]
    found = drafts("fem-partnerskap")

    assert [each["title"] for each in found] == [each["title"] for each in expected]
    assert [sums(each) for each in found] == [sums(each) for each in expected]


def sums(data: dict[str, Any]) -> tuple[Any, ...]:
    """Return year, total, the public side's kronor and committees, and how many others there are."""
    economy = data["economy"]
    own, rest = economy["contributions"]
    others = rest["party"] if isinstance(rest["party"], list) else [rest["party"]]
    return (
        economy["base_year"],
        economy["stated"],
        own["amount"],
        own.get("board"),
        len(others),
        rest["remainder"],
    )


# ------------------------------------------------------------------ the command
@pytest.mark.usefixtures("folder")
def test_facts_as_data(run: Run) -> None:
    """Each fact with its page, line, heading and words; doubts beside them."""
    told = json.loads(run("import", put("kompassen", "pdf"), "--format", "json").out)
    [draft] = told["drafts"]
    facts = {each["path"]: each for each in draft["facts"]}

    assert told["schema"] == "iopctl/import/1"
    assert facts["validity.start"] == {
        "path": "validity.start",
        "value": "2024-07-01",
        "page": facts["validity.start"]["page"],
        "line": facts["validity.start"]["line"],
        "heading": "9. Giltighetstid",
        "words": "Detta avtal träder i kraft 2024-07-01 och gäller i tre år.",
        "doubt": "",
    }
    assert facts["parties.ramsunda.role"]["page"] is None


@pytest.fixture
def repository(folder: Path) -> Path:
    """Work in a repository that has the agreements of this one."""
    shutil.copytree(ROOT / "agreements", folder / "agreements")
    return folder


def test_a_draft_is_written(run: Run, repository: Path) -> None:
    """Beside the other agreements, under an id of its own; what they know of a party is taken."""
    Path("docs").mkdir()
    Path("docs/avtal.txt").write_bytes(document("ikf", "txt"))
    code, out, err = run("import", "docs/avtal.txt", "--write")
    written = (repository / "agreements/inkludering-pa-lika-villkor-2023.yaml").read_text("utf-8")

    assert code == 0
    assert "source: docs/avtal.txt\n" in written
    assert "  ikf:\n" in written
    assert "agreements/inkludering-pa-lika-villkor-2023.yaml is written" in err
    assert written.splitlines()[0] in out
    assert run("import", "docs/avtal.txt", "--write").code == 1


@pytest.mark.usefixtures("repository")
def test_known_parties_keep_their_handles(run: Run) -> None:
    """By number or name; what the document does not say is marked as taken from elsewhere."""
    Path("agreements/trasig.yaml").write_text("id: [", "utf-8")
    out = run("import", put("fem-partnerskap", "txt")).out

    assert "  stadsmissionen:\n" in out
    assert "  roda-korset:\n" in out
    assert "party: [erikshjalpen, bilda]" in out
    assert "# ? ur ikf-2023, inte ur dokumentet" in out or "# ? ur ikf-2018" in out


@pytest.mark.usefixtures("folder")
def test_the_first_draft_makes_its_folder(run: Run) -> None:
    """Where there are no agreements yet, and the folder is asked to be written into."""
    name = put("ikf", "txt")

    assert run("import", name).code == 0
    assert run("import", name, "--write").code == 0
    assert len(list(Path("agreements").iterdir())) == 1


def test_a_source_outside_of_the_repository_is_named_by_its_name(
    run: Run, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A record shows nobody's folders."""
    path = tmp_path_factory.mktemp("elsewhere") / "avtal.txt"
    path.write_bytes(document("ikf", "txt"))

    code, out, err = run("import", path)

    assert code == 0
    assert "source: avtal.txt\n" in out
    assert f"iopctl compare ID {path}" in err.splitlines()[-1]
    assert "name alone" not in run("import", put("ikf", "txt")).err
    assert folder.exists()


@pytest.mark.usefixtures("folder")
def test_a_file_that_is_not_there(run: Run) -> None:
    """One line, and what to do."""
    code, out, err = run("import", "saknas.pdf")

    assert (code, out) == (1, "")
    assert err.startswith("iopctl: saknas.pdf can't be opened: ")


# ------------------------------------------------------------------ what is no agreement
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Protokoll\n\nEkeby föreningsråd den 3 maj 2024", "minutes of a meeting (protokoll)"),
        ("Kallelse till årsmöte", "an agenda or a notice"),
        ("FAKTURA\n\nNr 12, Ekeby kommun, 5 000 kr", "an invoice (faktura)"),
        ("Ansökan om bidrag", "an application"),
        ("Verksamhetsberättelse 2023", "a report of what has been done"),
        ("Stadgar för Bryggan", "statutes"),
        ("Riktlinjer för partnerskap", "guidelines"),
        ("Överenskommelse\n\nmellan A och B", "no municipality or region together with"),
        (
            "Överenskommelse\n\nmellan Ekeby kommun och Föreningen Bryggan, om fika.",
            "neither a period nor what each party puts in",
        ),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_is_no_agreement_is_told(run: Run, text: str, told: str) -> None:
    """What it seems to be, or lacks; nothing is drafted."""
    Path("a.txt").write_text(text, "utf-8")
    code, out, err = run("import", "a.txt")

    assert (code, out) == (1, "")
    assert told in err
    assert err.count("\n") == 1


# ------------------------------------------------------------------ passwords
PASSWORD = "Vår2025"  # noqa: S105 - of a document made here


@pytest.fixture
def protected(folder: Path) -> str:
    """Put a PDF there that opens with a password."""
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(document("kompassen", "pdf"))))
    writer.encrypt(PASSWORD, algorithm="RC4-128")
    writer.write(folder / "hemlig.pdf")
    return "hemlig.pdf"


def test_a_password_is_asked_for(run: Run, protected: str) -> None:
    """Without a terminal, the way to give it is told; a wrong one is."""
    Path("ord").write_text("fel\n", "utf-8")

    assert (
        "it is protected by a password: give it with --password-file"
        in run("import", protected).err
    )
    assert "does not open it" in run("import", protected, "--password-file", "ord").err
    assert run("import", protected, "--password-file", "nej").code == 2


def test_the_reader_of_a_pdf_asks_for_its_password(protected: str) -> None:
    """In its own process as in that of the command."""
    locked = opening.Opening(Path(protected).read_bytes(), "pdf")

    with pytest.raises(ProtectedError, match="it is protected by a password"):
        opening.read(locked)
    with pytest.raises(ProtectedError, match="the password does not open it"):
        opening.read(locked._replace(password=PASSWORD[1:]))


def test_a_password_opens(run: Run, protected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a file, or typed on a terminal."""
    Path("ord").write_text(f"{PASSWORD}\r\n", "utf-8")
    shown = run("import", protected, "--password-file", "ord").out

    monkeypatch.setattr("getpass.getpass", lambda _: PASSWORD)
    monkeypatch.setattr("sys.stdin", Terminal())
    assert "title: Ungdomsgården Kompassen" in shown
    assert run("import", protected).out == shown


class Terminal:
    """Standard input where a person types."""

    def isatty(self) -> bool:
        """Say so."""
        return True

    def close(self) -> None:
        """As the process does that opens the document."""


def test_limits_of_a_file(folder: Path) -> None:
    """Documents may be larger than agreements, up to a bound."""
    (folder / "a").write_bytes(b"x" * 100)

    assert files.content("a", 50) == b"x" * 51
