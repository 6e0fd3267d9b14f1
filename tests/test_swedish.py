"""A person who reads no English is told everything in Swedish: all commands, right and wrong."""

from __future__ import annotations

import ast
import gettext
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from iopctl import language
from iopctl.check.rules import ALL
from iopctl.cli.commands import COMMANDS
from iopctl.output import terminal
from iopctl.output.terminal import Screen
from tests.messages import HOUSE
from tests.test_cli_writing import Terminal
from tests.test_language import catalogue, forms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Golden, Run

ROOT: Final = HOUSE.parent
GIT: Final = shutil.which("git") or "git"
DAY: Final = ("--as-of", "2025-06-01")
AGREEMENTS: Final = ("ikf-2023", "stadsmissionen-2024")

# What people do in a year, right and wrong; the names are those of the golden files.
SHOWN: Final[dict[str, tuple[str, ...]]] = {
    "list": ("list", *DAY),
    "budget": ("budget", *DAY),
    "budget-boards": ("budget", "--by", "board", "--options", *DAY),
    "budget-category": ("budget", "--by", "category", *DAY),
    "budget-trail": ("budget", "ikf-2023", "--trail", *DAY),
    "budget-what-if": ("budget", "ikf-2023", "--what-if-index", "3.5", *DAY),
    "split": ("split", *DAY),
    "split-board": ("split", "--board", "Arbetsmarknadsnämnden", "--year", "2024", *DAY),
    "status": ("status", *DAY),
    "due": ("due", *DAY),
    "expiring": ("expiring", *DAY),
    "calendar": ("due", "--ics", "-", *DAY),
    "ledger": ("ledger", *DAY),
    "outcome": ("outcome", "--year", "2024", *DAY),
    "outcome-rows": ("outcome", "--by", "row", "--year", "2024", *DAY),
    "show": ("show", "stadsmissionen-2024", *DAY),
    "invoices": ("invoice", "--year", "2025", *DAY),
    "invoice": ("invoice", "ikf-2023", "--year", "2024", *DAY),
    "invoice-unready": ("invoice", "ikf-2023", "--year", "2024", "--format", "pdf", *DAY),
    "invoice-of-nothing": ("invoice", "ikf-2023", "--year", "2025", *DAY),
    "check": ("check", *DAY),
    "check-concise": ("check", "--format", "concise", *DAY),
    "check-markdown": ("check", "--format", "markdown", *DAY),
    "check-github": ("check", "--format", "github", *DAY),
    "check-junit": ("check", "--format", "junit", *DAY),
    "check-sarif": ("check", "--format", "sarif", *DAY),
    "check-statistics": ("check", "--statistics", *DAY),
    "check-diff": ("check", "--diff", *DAY),
    "rule": ("rule", "IOP210"),
    "rule-unknown": ("rule", "IOP999"),
    "new": (
        "new", "--title", "IOP Provet", "--public", "Exempels kommun", "--civil", "Föreningen X",
        "--start", "2026-01-01", "--end", "2026-12-31", *DAY,
    ),
    "new-unasked": ("new", "--title", "IOP Provet"),
    "renew": ("renew", "ikf-2023", "--as", "ikf-2025", *DAY),
    "extend": ("extend", "stadsmissionen-2024", *DAY),
    "extend-nothing": ("extend", "ikf-2023", *DAY),
    "amend": ("amend", "stadsmissionen-2024", "--effective", "2025-07-01", "--raise", "2", *DAY),
    "amend-nothing": ("amend", "stadsmissionen-2024", "--effective", "2025-07-01", *DAY),
    "amend-row": ("amend", "ikf-2023", "--effective", "2024-07-01", "--row", "X=1", *DAY),
    "log": ("log", "ikf-2023", "meeting", "--text", "Alla mål nås.", *DAY),
    "log-wrong": ("log", "ikf-2023", "invoice", "--number", "1", *DAY),
    "log-day": ("log", "ikf-2023", "meeting", "--date", "i går", *DAY),
    "set": ("set", "ikf-2023", "dnr", "AMN 2025-1", *DAY),
    "set-wrong": ("set", "ikf-2023", "validity.start", "i fjol", *DAY),
    "diff": ("diff", *DAY),
    "diff-unknown": ("diff", "ingen-gren", *DAY),
    "no-file": ("check", "finns-inte.yaml"),
    "no-command": ("budjet",),
    "no-option": ("budget", "--ar", "2024"),
    "no-value": ("budget", "--year", "24"),
    "no-id": ("show",),
    "no-report": ("report",),
    "no-day": ("due", "--within", "snart"),
    "years-reversed": ("budget", "--from", "2025", "--to", "2024"),
    "export": ("export", "-o", "tabeller.txt", *DAY),
    "memo": ("report", "memo", "ikf-2023", "--no-pictures", "-o", "memo.ods", *DAY),
    "import": ("import", "grannar.txt", *DAY),
    "import-nothing": ("import", "saknas.pdf"),
    "import-no-agreement": ("import", "fel/tabb.yaml"),
    "compare": ("compare", "stadsmissionen-2024", "stadsmissionen.txt", *DAY),
    "compare-like": ("compare", "ikf-2023", "ikf.txt", *DAY),
    "overview": ("report", "overview", "--year", "2024", "-o", "oversikt.md", "--force", *DAY),
    "proposal": (
        "report", "decision", "stadsmissionen-2024", "--proposal", "extend", "-o", "forslag.md",
        "--force", *DAY,
    ),
    "proposal-unsaid": ("report", "decision", "stadsmissionen-2024", *DAY),
    "dashboard": ("report", "dashboard", "-o", "sida.pdf"),
    "faults": ("check", "fel", *DAY),
    "faults-budget": ("budget", "fel", *DAY),
    "help": ("--help",),
    **{f"help-{name}": (name, "--help") for name in COMMANDS},
}  # fmt: skip
# What is wrong with these is told in full; each is a file of its own.
FAULTS: Final = {
    "bokstav": "id: a\ntitle: \u00e5\n".encode("cp1252"),
    "tabb": b"id: a\n\t title: b\n",
    "citat": b'id: a\ntitle: "b\n',
    "parentes": b"id: a\nparties: {a: b\n",
    "dubbel": b"id: a\nid: b\n",
    "ankare": b"id: &a b\ntitle: *a\n",
    "nyckel": b"id: a\ntitel: b\nparties: []\neconomy: 5\n",
    "varden": (
        "id: Avtal 1\ntitle: ''\n"
        "parties:\n  k: {role: kommun, name: K, org_number: 212000-0440}\n"
        "  f: {role: civil, name: F, bankgiro: 1-2, iban: SE1}\n"
        "validity: {start: 1/4 2024, end: 2023-12-31, years: 2, extension: {kind: none, times: 1}}\n"
        "economy:\n  base_year: i \u00e5r\n  index: {percent: 2, series: KPI}\n"
        "  contributions:\n    - {party: x, amount: 1.710}\n    - {amount: 5, total: 6}\n"
        "log:\n  - {date: 2024-02-30, event: fest}\n  - {date: 2024-01-01}\n"
    ).encode(),
}


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a git repository with the agreements, one of them changed, and with faulty files."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "agreements", folder / "agreements")
    (folder / "fel").mkdir()
    for name in ("grannar.txt", "ikf.txt", "stadsmissionen.txt"):
        shutil.copy(ROOT / "tests" / "documents" / name, folder)
    for name, text in FAULTS.items():
        (folder / "fel" / f"{name}.yaml").write_bytes(text)
    for words in (
        ["init", "-q", "-b", "main"],
        ["add", "agreements"],
        ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-q", "-m", "avtal"],
    ):
        subprocess.run([GIT, *words], cwd=folder, check=True, capture_output=True)
    changed = folder / "agreements/stadsmissionen-2024.yaml"
    before = changed.read_text("utf-8")
    changed.write_text(before.replace("amount: 1710000", "amount: 1720000"), "utf-8")
    return folder


@pytest.fixture
def told(
    run: Run, clone: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[str]:
    """Return all that a command of SHOWN says on a screen of 80 columns, and its exit code."""
    monkeypatch.chdir(clone)
    monkeypatch.setenv("IOPCTL_LANG", "sv")
    width = getattr(request, "param", 80)
    monkeypatch.setattr(terminal, "screen", lambda *_: Screen(width=width))
    code, out, err = run(*SHOWN[request.getfixturevalue("name")])
    yield f"{out}{err}[{code}]\n"
    language.use("en")


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a person at a terminal answer what `new` asks, not always at once."""
    lines = ("IOP Mötesplats Norr", "", "Föreningen X", "i vår", "1/1 2027", "2027", "tills vidare",
             "6", "mycket", "450 000 kr", "1 250,50", "", "", "2,5 %", "899900-0005", "8999000006",
             "50501055", "5050-1055", "ibland", "kvartal", "30",
             "kanske", "n")  # fmt: skip
    monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{line}\n" for line in lines)))


@pytest.mark.usefixtures("questions", "swedish")
def test_the_questions_of_new(
    run: Run, clone: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not understood is told, and asked again."""
    monkeypatch.chdir(clone)
    code, _, err = run("--lang", "sv", "new", *DAY)

    golden("sv/asked.txt", f"{err}[{code}]\n")
    assert english(err) == set()


def test_what_is_laid_out(run: Run, tmp_path: Path, golden: Golden) -> None:
    """The files of a new repository speak to who is to fill them in."""
    told = run("--lang", "sv", "init", tmp_path / "avtal", *DAY).out.replace(str(tmp_path), "")
    settings = (tmp_path / "avtal" / "iopctl.toml").read_text("utf-8")

    golden("sv/init.txt", f"{told}\n{settings}")
    assert english(told) == set()


every_command = pytest.mark.parametrize("name", SHOWN)


@every_command
def test_a_command_in_swedish(golden: Golden, name: str, told: str) -> None:
    """As a person sees it."""
    golden(f"sv/{name}.txt", told)


# ------------------------------------------------------------------ no English is left
# Words that every English sentence has one of, and no Swedish one has.
ENGLISH: Final = frozenset(
    """
    and are been but by can could did do does each for found from had has have how if into is it its
    may most must nor not nothing of only or should than that the their them then there these they
    this those to was were when where which who whose why will with without would write yes yet you
    your
    """.split()  # noqa: SIM905 - as a list it fills a page
)
_CODE: Final = re.compile(
    r"`[^`]*`|'[^'\n]*'|\"[^\"\n]*\"|\S*[_./:={}\[\]<>|#-]\S*|^\s*\d+ \|.*$|^\s*\|.*$", re.MULTILINE
)


def english(text: str) -> set[str]:
    """Return the English words of a text, but for what is code, a name or quoted."""
    return {each for each in re.findall(r"[^\W\d_]+", _CODE.sub(" ", text)) if each in ENGLISH}


QUOTED: Final = frozenset(
    {"calendar", "check-sarif", "import", "new", "renew", "amend", "log", "set", "check-diff"}
)
"""Whose output has data in it, or patches of files."""


@pytest.mark.parametrize("name", sorted(SHOWN.keys() - QUOTED))
def test_no_english_is_left(name: str, told: str) -> None:
    """But in what is quoted."""
    assert (name, english(told)) == (name, set())


def test_no_page_of_messages_has_english() -> None:
    """What every rule finds, and what stops a command, is listed in the docs."""
    lines = (ROOT / "docs/sv/felmeddelanden.md").read_text("utf-8").splitlines()
    told = {line: english(line.replace("`", " ")) for line in lines if line.startswith("- ")}

    assert {line: words for line, words in told.items() if words} == {}


def test_no_translation_is_english() -> None:
    """Nor half of one."""
    left = {
        translation: words
        for each in catalogue()
        if each.id
        for _, translation in forms(each)
        if (words := english(re.sub(r"\{[^}]*\}", "x", translation)))
    }

    assert left == {}


# ------------------------------------------------------------------ nothing is left unmarked
class Pseudo(gettext.NullTranslations):
    """A language in which each text that is marked stands between ⟦ and ⟧."""

    known: Final = frozenset(text for each in catalogue() if each.id for text, _ in forms(each))

    def gettext(self, message: str) -> str:
        """Return a text in brackets, if it is one that is translated."""
        return f"⟦{message}⟧" if message in self.known else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form for *n* in brackets."""
        return self.gettext(msgid1 if n == 1 else msgid2)


_INNERMOST: Final = re.compile(r"⟦[^⟦⟧]*⟧")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_FLAGS: Final = re.compile(
    r"--\S+|<[^>]*>|\[[^\]]*\]|\S*[_/.]\S*"
)  # of the library: a default in brackets


def unmarked(text: str) -> str:
    """Return what stands outside of all brackets."""
    while (less := _INNERMOST.sub(" ", text)) != text:
        text = less
    return text


def words_of_data() -> frozenset[str]:
    """Return the words that are nobody's text: of the agreements, of the format, of commands."""
    files = (*(ROOT / "agreements").glob("*.yaml"), ROOT / "iopctl.schema.json")
    data = [path.read_text("utf-8") for path in files]
    data += [*(" ".join(words) for words in SHOWN.values()), *map(bytes.decode, FAULTS_READ)]
    data += [f"{rule.code} {rule.name}" for rule in ALL]
    return frozenset(word.lower() for text in data for word in _WORD.findall(text))


FAULTS_READ: Final = tuple(text for name, text in FAULTS.items() if name != "bokstav")
# Of the formats themselves, of git, and names of programs and laws.
FORMATS: Final = frozenset(
    """
    iopctl help git repo rev head index yaml json csv xlsx pdf docx odt html markdown toml peppol bis
    active annual bryggan dashboard expect main overview umeå äger billing rfc parquet github gitlab sarif junit xml version encoding utf testsuites testsuite
    testcase failure failures tests system out type classname message name line col warning notice
    error endline endcolumn title file
    """.split()  # noqa: SIM905 - likewise
)


@pytest.mark.parametrize("told", [terminal.UNLIMITED], indirect=True)
@pytest.mark.parametrize("name", sorted(SHOWN.keys() - QUOTED - {"check-diff", "diff", "invoice"}))
def test_all_that_is_said_is_marked(
    name: str, told: str, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """In a language of brackets nothing but data, and words of the format, stands outside."""
    monkeypatch.setattr(language, "_catalogue", lambda _: Pseudo())
    out, err = run(*SHOWN[name])[1:]
    left = {word.lower() for word in _WORD.findall(_FLAGS.sub(" ", unmarked(out + err)))}

    assert told
    assert left - words_of_data() - FORMATS == set()


# ------------------------------------------------------------------ programs know no language
@pytest.mark.parametrize("form", ["json", "csv", "csv-rfc4180"])
@pytest.mark.parametrize(
    "name",
    [
        "list",
        "budget",
        "budget-trail",
        "split",
        "status",
        "due",
        "ledger",
        "outcome",
        "show",
        "diff",
    ],
)
def test_what_programs_read_is_the_same_in_every_language(
    run: Run, clone: Path, monkeypatch: pytest.MonkeyPatch, name: str, form: str
) -> None:
    """To the letter: keys, codes and words."""
    monkeypatch.chdir(clone)
    read = []
    for spoken in language.LANGUAGES:
        monkeypatch.setenv("IOPCTL_LANG", spoken)
        read.append(run(*SHOWN[name], "--format", form).out)
    language.use("en")

    assert read[0] == read[1] != ""


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--format", "json"),
        ("invoice", "--year", "2025", "--format", "json"),
        ("export", "-o", "-", "--format", "json"),
    ],
)
def test_so_it_is_with_findings_invoices_and_exports(
    run: Run, clone: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Likewise."""
    monkeypatch.chdir(clone)
    read = []
    for spoken in language.LANGUAGES:
        monkeypatch.setenv("IOPCTL_LANG", spoken)
        read.append(run(*words, *DAY).out)
    language.use("en")

    assert read[0] == read[1] != ""


# ------------------------------------------------------------------ what is added later
# What people are told by, and which of its arguments are texts.
TOLD_BY: Final = {
    "UserError": (0,),
    "Refused": (0,),
    "UnreadableError": (0,),
    "ProtectedError": (0,),
    "BadParameter": (0,),
    "Unreadable": (0, 1),
    "refusal": (1, 2),
    "terminal.say": (0,),
    "during": (0,),
    "watched": (1,),
}
_PLACE: Final = re.compile(r"\{[^}]*\}")


def bare(node: ast.AST) -> Iterator[str]:
    """Yield the words of a text that stands bare in the code: in no call that translates it."""
    match node:
        case ast.Constant(value=str(text)):
            yield from _WORD.findall(_PLACE.sub("", text))
        case ast.JoinedStr():
            for each in node.values:
                if isinstance(each, ast.Constant):
                    yield from bare(each)
                elif isinstance(each, ast.FormattedValue):
                    yield from bare(each.value)
        case ast.IfExp():
            yield from (*bare(node.body), *bare(node.orelse))
        case ast.BinOp():
            yield from (*bare(node.left), *bare(node.right))
        case _:
            return


def _texts_of(name: str) -> tuple[int, ...]:
    return TOLD_BY.get(name, TOLD_BY.get(name.rpartition(".")[2], ()))


@pytest.mark.parametrize(
    "path", sorted(HOUSE.rglob("*.py")), ids=lambda path: path.relative_to(HOUSE).as_posix()
)
def test_no_text_is_told_bare(path: Path) -> None:
    """An error, a remedy or a line on the terminal is a text of the catalogue."""
    tree = ast.parse(path.read_text("utf-8"))
    found = [
        (call.lineno, word)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for place in _texts_of(ast.unparse(call.func))
        if place < len(call.args)
        for word in bare(call.args[place])
        if word not in {"iopctl", "git"}
    ]

    assert found == []
