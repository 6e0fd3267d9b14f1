"""A repository in which whoever proposed it has tried everything: no command serves him.

The names of its files, its links, its configuration, its templates and texts are drawn; so is the
command. Whatever they are, a command ends soon, by an exit code of its own, in lines that neither
a terminal nor a CI service acts on; it reads and writes nothing outside.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.conftest import AGREEMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Run

GIT: Final = shutil.which("git") or "git"
IDENTITY: Final = ("-c", "user.name=T", "-c", "user.email=t@example.org")
TOLD: Final = "geheim-4711"
MOST_SECONDS: Final = 10
COMMANDS: Final = (
    "check", "check --diff", "check --format github", "check --format json", "check --format sarif",
    "check --format junit", "check --format gitlab", "check --format markdown", "check --fix",
    "check --baseline b.json --write-baseline", "check --changed-since HEAD", "list", "status", "due",
    "due --ics -", "expiring", "budget", "budget --format markdown", "split", "show a", "diff", "diff HEAD",
    "invoice --year 2024", "invoice a --year 2024", "invoice a --year 2024 -f html --number 1 --date 2024-12-31",
    "log a meeting", "log a meeting --write", "extend a --write", "amend a --effective 2025-01-01 --raise 2",
    "renew a --as b-2026 --write", "new c --title C --public K --civil F --write",
    "report overview --year 2024", "report memo a", "report annual a --year 2024",
    "export -o -  --format json", "export -o - --format csv", "export -o out/", "init new",
)  # fmt: skip

COMMANDS_TO_CI: Final = (
    "::error::x",
    "##vso[task.x]y",
    "section_start:1:x",
    "##[group]x",
    "##teamcity[x]",
)
NAMES: Final = st.builds(
    lambda start, middle, end: f"{start}{middle}{end}.yaml".replace("/", "-"),
    st.sampled_from(["a", "", "-", "å", "\udcff", " "]),
    st.sampled_from(
        ["", "\n", "\r", "\x1b[2J", "\x1b]8;;x\x07", "\u202e", "\u200b", "\x7f", "\x85", "\t"]
    ),
    st.sampled_from(["", *COMMANDS_TO_CI, "[red]", "%s{0}", "<script>", "=1+1", "`x`"]),
)
TEXTS: Final = st.sampled_from([
    AGREEMENT, f"{AGREEMENT}\nx: 1\n", "id: [", "", "\xff", "title: \x1b[31m", f"{AGREEMENT}\nstatus: draft\n",
    AGREEMENT.replace("450000", "450 000 kr"), AGREEMENT.replace("IOP Exemplet", "##vso[x]\n  ::error::y"),
    AGREEMENT.replace("Handledning", '"::add-mask::x\\n##[y]"'), AGREEMENT.replace("exempel-2024", "a"),
])  # fmt: skip
LINKS: Final = st.sampled_from([
    "agreements", "agreements/sub", "agreements/l.yaml", "templates", "templates/x", "templates/invoice.txt",
    "texts", "texts/overview-2024.md", "iopctl.toml", "pyproject.toml", "out", "new", "b.json", "sub/conf",
])  # fmt: skip
NUMBERS: Final = st.sampled_from(["1", "-1", "1e5", "1e999999999", "1e99999999999999999999", "9" * 5000, "0x" + "f" * 9000, "nan", "inf", "0.1", "2024-01-01", "true"])  # fmt: skip
KEYS: Final = st.sampled_from(["folder", "sek_per_eur", "report_due", "lead.expiry_months", "benchmark.share", "index.A.values", "index.A.unit", "buyers.x.reference", "buyers.'Exempels kommun'.reference", "severity.IOP210", "select", "ignore", '"::error::x"', "'\\u001b'", ".".join("a" * 2000)])  # fmt: skip
PATTERNS: Final = st.sampled_from(["(a|)" * 48 + "b", "a*a*a*b", "(a+)+b", "[[a]]", "[a--b]", "a{99999999999}", "(?P<x>a)\\1", "\\", "("])  # fmt: skip
VALUES: Final = st.one_of(
    NUMBERS,
    PATTERNS.map(lambda form: f"'{form}'"),
    st.sampled_from(["'sub/conf'", "'..'", "'/etc'", "''", "'templates'", "'\\n::error::x'", "[" * 3000, "[[1]]", "{a = 1}", '"\\u001b[2J"', '"\\ud800"', "'x'"]),
)  # fmt: skip
CONFIGURATIONS: Final = st.one_of(
    st.lists(st.tuples(KEYS, VALUES).map(" = ".join), max_size=3).map("\n".join),
    st.sampled_from(["", "\xff", "[[tool]]", "a = 1\n" * 10_000, "# " * 40_000, f"[{'a.' * 30_000}a]", f"{'a.' * 30_000}a = 1", "folder = 'sub/conf'"]),
)  # fmt: skip
TEMPLATES: Final = st.sampled_from([
    "", "{{ x }}", "::error::x\n", "\x1b[2J", "\u202e", '{% include "x/secret.yaml" %}', '{% include "../secret.yaml" %}',
    '{% include "invoice.txt" %}', "{{ ''.__class__.__mro__ }}", "##vso[task.x]\n\x1b", "{% for x in range(9) %}::stop::{% endfor %}",
])  # fmt: skip
MARKDOWN: Final = st.sampled_from(["## Inledning\n\n::error::x\n##vso[y]\nsection_start:1:z\n", "## A\n\x1b[2J", "x", "## Sammanfattning\n\n```\n::stop::\n```\n"])  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which each repository is laid out anew, beside a secret."""
    place = tmp_path_factory.mktemp("hostile")
    (place / "outside").mkdir()
    for name in ("secret.yaml", "a.yaml", "invoice.txt", "overview-2024.md", "iopctl.toml"):
        (place / "outside" / name).write_text(f"api_token: {TOLD}\n", "utf-8")
    return place


def laid_out(place: Path, files: dict[str, str], links: set[str], made: dict[str, str]) -> Path:
    """Lay a repository out: agreements by their names, other files by theirs, links to outside."""
    here = place / "here"
    shutil.rmtree(here, ignore_errors=True)
    here.mkdir()
    for name, text in {
        **{f"agreements/{name}": text for name, text in files.items()},
        **made,
    }.items():
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("latin-1" if text == "\xff" else "utf-8", "surrogatepass"))
    for words in (["init", "-q"], [*IDENTITY, "commit", "-q", "--allow-empty", "-m", "A"]):
        subprocess.run([GIT, *words], cwd=here, check=True)
    for link in sorted(links, key=len, reverse=True):
        path = here / link
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        last = Path(link).name
        path.symlink_to(place / "outside" / (last if "." in last else ""))
    return here


def outside(place: Path) -> dict[str, bytes]:
    """Return all that lies outside the repository."""
    return {str(path): path.read_bytes() for path in (place / "outside").rglob("*")}


def acted_on(text: str) -> Iterator[str]:
    """Yield what a terminal or a CI service would act on."""
    for line in text.split("\n"):
        for character in line:
            if (
                unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
                and character not in "\t\r"
            ):
                yield f"{character!a} in {line!a}"
        if re.match(r"\s*(::|section_(start|end):)", line) or re.search(
            r"##(vso|teamcity)?\[", line
        ):
            yield f"command in {line!a}"


def judged(place: Path, run: Run, command: str) -> None:
    """Run a command in the repository, and see what is to hold of every one."""
    before, began = outside(place), process_time()
    here = Path.cwd()
    os.chdir(place / "here")
    try:
        found = run(
            *command.split(),
            *([] if command.startswith(("diff", "init")) else ["--as-of", "2025-06-01"]),
        )
    finally:
        os.chdir(here)
    shown = found.out.removeprefix("\ufeff") + found.err
    if "github" in command:  # the format itself is made of commands, one to a line
        shown = re.sub(r"(?m)^::(error|warning|notice) file=[^:,\n]*,line=[0-9]+,.*$", "", shown)

    assert found.code in {0, 1, 2}, shown
    assert process_time() - began < MOST_SECONDS
    assert [*acted_on(shown)] == []
    assert TOLD not in shown
    assert outside(place) == before


LAID_OUT: Final = {
    "files": st.dictionaries(NAMES, TEXTS, min_size=1, max_size=3),
    "links": st.sets(LINKS, max_size=2),
    "made": st.fixed_dictionaries({}, optional={
        "iopctl.toml": CONFIGURATIONS,
        "templates/invoice.txt": TEMPLATES,
        "templates/invoice.html": TEMPLATES,
        "templates/overview.md": TEMPLATES,
        "texts/overview-2024.md": MARKDOWN,
        "b.json": st.sampled_from(["", "[]", "::error::"]),
        ".gitattributes": st.just("* filter=x"),
    }),
}  # fmt: skip


@settings(suppress_health_check=[*HealthCheck], max_examples=60)
@given(command=st.sampled_from(COMMANDS), **LAID_OUT)
@example(
    command="check --diff",
    files={"a\n::add-mask::x\x1b.yaml": AGREEMENT.replace("450000", "450 000 kr")},
    links=set(),
    made={},
)
@example(command="check", files={"a.yaml": AGREEMENT}, links={"agreements"}, made={})
@example(
    command="invoice a --year 2024",
    files={"a.yaml": AGREEMENT.replace("exempel-2024", "a")},
    links={"templates/x"},
    made={"templates/invoice.txt": '{% include "x/secret.yaml" %}'},
)
@example(
    command="new c --title C --public K --civil F --write",
    files={"a.yaml": AGREEMENT},
    links={"agreements"},
    made={},
)
@example(command="export -o out/", files={"a.yaml": AGREEMENT}, links={"out"}, made={})
@example(command="init new", files={"a.yaml": AGREEMENT}, links={"new"}, made={})
@example(
    command="report overview --year 2024",
    files={"a.yaml": AGREEMENT},
    links=set(),
    made={"texts/overview-2024.md": "## Inledning\n\n::error::x\n"},
)
def test_nothing_hostile_gets_through(
    place: Path,
    run: Run,
    command: str,
    files: dict[str, str],
    links: set[str],
    made: dict[str, str],
) -> None:
    """Whatever the repository holds, and whichever command meets it."""
    laid_out(place, files, links, made)
    judged(place, run, command)


# ------------------------------------------------------------------ what stands in a file
WHOLE: Final = f"""{AGREEMENT}
invoicing:
  - {{seller: foreningen, buyer: kommunen, reference: 150Z, label: IOP, marking: ID 1, interval: quarterly,
     timing: arrears, payment_days: 30, recipient: {{lines: [Fakturor], postal_code: 123 45, city: Staden}}}}
follow_up: {{meetings_per_year: 2, reports_per_year: 1}}
log:
  - {{date: 2024-02-01, event: meeting, text: Uppstart}}
  - {{date: 2024-04-01, event: invoice, number: 1, period: 2024-Q1, amount: 112500}}
"""
TOKENS: Final = st.sampled_from([
    "\0", "\x1b[2J", "\u202e", "\u200b", "\ufeff", "\u00a0", "\u2028", "\ue000", "\U0001f469\u200d\U0001f680", "\t", "\r", "\r\n",
    "&a", "*a", "<<: *a", "!!python/object/apply:os.system", "%TAG ! x", "---\n", "...\n", "? ", "|\n", ">-\n", "'", '"', "# ",
    "{", "}", "[" * 40, "[" * 5000, "{a: " * 50, "- " * 100, "9" * 5000, "1e999", "0x1f", "1_000", "NaN", "~", "null", "yes",
    "2024-02-30", "9999-12-31", "0001-01-01", "-1", "1 710 000", "1.710.000,50", "100", "0", "__class__: x", "self: 1",
    "x-own: {a: [1, 2]}", "amount: 1", "\namount: 1\n", "\n::error::x\n", "##vso[task]", "id: b", "a" * 200_000, "\n" * 2000,
])  # fmt: skip
ENCODINGS: Final = st.sampled_from(
    ["utf-8", "utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32-be"]
)
READING: Final = tuple(each for each in COMMANDS if " a" not in each and "--changed" not in each)


@st.composite
def varied(draw: st.DrawFn) -> bytes:
    """Return an agreement in which a few stretches are put in, left out, doubled or changed."""
    text = WHOLE
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 60)))
        between = draw(st.one_of(st.just(""), TOKENS, st.just(2 * text[start:end])))
        text = text[:start] + between + text[end:]
    return text.encode(draw(ENCODINGS), "replace")


@settings(suppress_health_check=[*HealthCheck], max_examples=60)
@given(command=st.sampled_from(READING), content=varied())
@example(command="budget", content=b"[" * 100_000)
@example(command="check --format json", content=b"a: &a [*a]\n" * 1000)
@example(command="due", content=b"\xff\xfe" + WHOLE.encode("utf-16-le"))
def test_no_content_of_a_file_breaks_a_command(
    place: Path, run: Run, command: str, content: bytes
) -> None:
    """It is refused with its place, or what it says is shown."""
    here = laid_out(place, {}, set(), {})
    (here / "agreements").mkdir(parents=True)
    (here / "agreements" / "exempel-2024.yaml").write_bytes(content)

    judged(place, run, command)


# ------------------------------------------------------------------ many at once
WRITING: Final = (
    "log a meeting --text M{n}", "log a meeting --text N{n}", "extend a --date 2025-06-01",
    "amend a --effective 2025-07-01 --raise 2 --date 2025-06-01", "renew a --as b-{n}", "renew a --as b",
    "invoice a --period 2024-Q2 --number {n} --date 2024-07-01 -o out --record -f text",
    "invoice a --period 2024-Q3 --number 7 --date 2024-10-01 -o out --record -f text",
    "invoice a --year 2024 --all --number 1{n} --date 2024-12-31 -o out --record -f text",
)  # fmt: skip
EXTENDABLE: Final = WHOLE.replace("exempel-2024", "a").replace(
    "end: 2025-12-31", "end: 2025-12-31, extension: {kind: mutual, times: 3, years: 1}"
)


@settings(
    suppress_health_check=[*HealthCheck], max_examples=2, phases=[Phase.explicit, Phase.generate]
)
@given(commands=st.lists(st.sampled_from(WRITING), min_size=4, max_size=8))
@example(commands=[WRITING[-3]] * 4 + [WRITING[-1]] * 4)
def test_what_many_do_at_once_is_done_whole_or_refused(
    place: Path, run: Run, commands: list[str]
) -> None:
    """Whatever is said to be done is there, once; whatever is not is told."""
    here = laid_out(place, {"a.yaml": EXTENDABLE}, set(), {})
    (here / "out").mkdir()
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "iopctl", *command.format(n=number).split(), "--as-of", "2025-06-01",
             *([] if command.startswith("invoice") else ["--write"])],
            cwd=here, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for number, command in enumerate(commands)
    ]  # fmt: skip
    told = [each.communicate(timeout=300)[1] for each in runs]
    text = (here / "agreements" / "a.yaml").read_text("utf-8")
    periods = re.findall("event: invoice, .*period: ([^,}]+)", text)
    found = run("check", here / "agreements", "--format", "concise", "--as-of", "2025-06-01")

    assert [each.returncode for each in runs if each.returncode not in {0, 1, 2}] == [], told
    assert all(each.returncode == 0 or told[number] for number, each in enumerate(runs))
    assert len(periods) == len(set(periods))
    assert [line for line in found.out.splitlines() if "IOP0" in line or "IOP424" in line] == []
    for number, (command, each) in enumerate(zip(commands, runs, strict=True)):
        if each.returncode == 0 and command.startswith("log"):
            assert len(re.findall(rf"text: {command.format(n=number).split()[-1]}\b", text)) == 1
    logged = re.findall("event: invoice, number: ([^,]+)", text)
    files = [path.stem.rpartition("_")[2] for path in (here / "out").iterdir()]
    assert sorted(files) == sorted(set(logged) - {"1"})
