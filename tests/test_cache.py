"""What is kept between runs: it saves work, and never says what a new check would not say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from iopctl import config
from iopctl.check import beside, checked, company, kept
from iopctl.check.diagnostics import Diagnostic, Finding, Related, RelatedPlace, Severity
from iopctl.check.rules import Context
from iopctl.check.run import PAYS
from iopctl.files import cache
from iopctl.input import Input, Unreadable
from iopctl.output.diagnostics import Findings, json_
from iopctl.source import Span
from iopctl.source.places import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import AgreementText, Run

HERE = Path(__file__).parent
CASES = [
    *sorted((HERE / "rules").glob("*.yaml")),
    *sorted((HERE / "broken").glob("IOP*")),
    *sorted((HERE / "fixtures").glob("*.yaml")),
]
AS_OF = date(2024, 6, 1)
NAME = "0" * 64
FOUND = Diagnostic(
    file="a/\udce5.yaml",
    span=Span(1, 2, 3, 4, 5, 6),
    code="IOP201",
    name="stated-total-differs",
    severity=Severity.WARNING,
    finding=Finding(
        ("economy", "contributions", 0),
        "{amount} kr on {day} of {others}: {nothing}",
        remedy="compare",
        related=(Related(("id",), "there"),),
        fix=Edit(("id",), "x"),
        amount=config.DEFAULT.benchmark.share,
        day=AS_OF,
        others=("b", ("c", 1)),
        nothing=None,
    ),
    excerpt="economy:",
    related=(RelatedPlace(Span(1, 1, 1, 1, 0, 0), "there"),),
    reason="so agreed",
)


@pytest.fixture
def folder() -> Path:
    """Return the folder of the entries, of which there is one."""
    cache.keep(NAME, b"[]")
    (found,) = Path.home().rglob(NAME)
    return found.parent


# ------------------------------------------------------------------ entries
def test_what_is_kept_is_found_under_its_name_alone() -> None:
    """In the user's own folder, where another may neither read nor write."""
    cache.keep(NAME, b"[1]")

    assert cache.entry(NAME) == b"[1]"
    assert cache.entry("1" * 64) is None
    assert all(each.stat().st_mode & 0o077 == 0 for each in Path.home().rglob("check"))


def test_a_later_entry_takes_the_place_of_an_earlier_one(folder: Path) -> None:
    """And leaves nothing else in the folder."""
    cache.keep(NAME, b"[2]")

    assert cache.entry(NAME) == b"[2]"
    assert [each.name for each in folder.iterdir()] == [NAME]


def test_an_entry_with_any_other_byte_is_none(folder: Path) -> None:
    """Whichever byte is changed, lost or added, it is not believed."""
    whole = (folder / NAME).read_bytes()
    changed = [whole[:at] + bytes([byte ^ 1]) + whole[at + 1 :] for at, byte in enumerate(whole)]
    cut = [whole[:at] for at in range(len(whole))]
    for each in (*changed, *cut, whole + b" ", b"", b"\n", whole * 2):
        (folder / NAME).write_bytes(each)
        assert cache.entry(NAME) is None


def test_an_entry_of_another_name_is_none(folder: Path) -> None:
    """What was found in other files, or on another day, can't be put in its place."""
    (folder / NAME).rename(folder / ("1" * 64))

    assert cache.entry("1" * 64) is None


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_what_is_no_file_is_no_entry(folder: Path, kind: str) -> None:
    """A link is not followed, and nobody waited for who might write to a pipe."""
    path = folder / NAME
    path.rename(folder / "elsewhere")
    match kind:
        case "link":
            path.symlink_to("elsewhere")
        case "folder":
            path.mkdir()
        case _:
            os.mkfifo(path)

    assert cache.entry(NAME) is None


def test_a_folder_that_cant_be_written_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run goes on without it."""
    nowhere = Path.home() / "file"
    nowhere.touch()
    for variable in ("HOME", "XDG_CACHE_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(variable, str(nowhere))
    cache.keep(NAME, b"[]")

    assert cache.entry(NAME) is None


def test_nothing_is_kept_in_a_repository() -> None:
    """Who may propose a change to its files could otherwise say what is found in them."""
    (Path.home() / ".git").mkdir()
    cache.keep(NAME, b"[]")

    assert cache.entry(NAME) is None
    assert list(Path.home().rglob(NAME)) == []


def test_nothing_is_read_from_a_repository(folder: Path) -> None:
    """Not even what would be right."""
    assert cache.entry(NAME) == b"[]"

    (folder / ".git").touch()

    assert cache.entry(NAME) is None


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps it in the user's own profile")
def test_a_folder_that_others_have_a_say_in_is_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They could put findings there, or none, in place of what was found."""
    for mode in (0o777, 0o770, 0o702):
        folder.chmod(mode)
        assert cache.entry(NAME) is None
    folder.chmod(0o700)
    assert cache.entry(NAME) == b"[]"
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
        assert cache.entry(NAME) is None
    monkeypatch.delattr(os, "geteuid")
    assert cache.entry(NAME) == b"[]"


def test_a_folder_without_a_fixed_place_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would lie in whatever repository the run takes place."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    cache.keep(NAME, b"[]")

    assert list(tmp_path.rglob("*")) == []


def test_the_folder_stays_small(folder: Path) -> None:
    """Only the newest entries are kept, and none that is very large."""
    for number in range(2 * cache.MOST_ENTRIES):
        cache.keep(f"{number:064d}", b"[]")
        os.utime(folder / f"{number:064d}", (number, number))
    cache.keep("f" * 64, b" " * cache.MOST_BYTES)

    assert len(list(folder.iterdir())) == cache.MOST_ENTRIES
    assert cache.entry(f"{2 * cache.MOST_ENTRIES - 1:064d}") == b"[]"
    assert cache.entry("f" * 64) is None


def test_keys_tell_parts_apart() -> None:
    """Where one part ends and the next begins counts, too."""
    several: tuple[list[bytes], ...] = ([b"ab", b"c"], [b"a", b"bc"], [b"abc"], [b"abc", b""], [])

    assert len({cache.key(parts) for parts in several}) == len(several)
    assert cache.key([b"a"]) == cache.key([b"a"])


@pytest.mark.parametrize("changed", ["money.py", "check/rules/economy.py", "files/cache.py"])
def test_a_change_of_the_code_makes_another_key(tmp_path: Path, changed: str) -> None:
    """What other code made of the same files is never believed."""
    package = copytree(HERE.parent / "iopctl", tmp_path / "iopctl")
    before = key_of(package)
    with (package / changed).open("a") as module:
        module.write("\n")

    assert key_of(package) != before


def key_of(package: Path) -> str:
    """Return the key that the code of *package* gives to nothing."""
    code = "from iopctl.files import cache; print(cache.key([]))"
    surroundings = {**os.environ, "PYTHONPATH": str(package.parent)}
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, env=surroundings, cwd=package.parent, capture_output=True, text=True, check=True
    ).stdout


# ------------------------------------------------------------------ findings as bytes
def shown(found: list[Diagnostic]) -> tuple[list[str], object]:
    """Return all that is ever shown of findings."""
    return [each.line for each in found], json_.objects(Findings([], AS_OF, found))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_findings_are_read_as_they_were_written(path: Path) -> None:
    """Whatever the rules put in them."""
    given = Input(path.name, path.read_bytes() if path.is_file() else b"")
    found = list(checked(given, Context(config.DEFAULT, AS_OF)).diagnostics)
    again = kept.read(kept.written(found))

    assert again is not None
    assert shown(again) == shown(found)


def test_every_part_of_a_finding_is_kept() -> None:
    """With the types that its values have."""
    found = kept.read(kept.written([FOUND]))

    assert found
    again = found[0]
    assert again._replace(finding=FOUND.finding) == FOUND
    assert all(
        getattr(again.finding, part) == getattr(FOUND.finding, part) for part in Finding.__slots__
    )


def test_a_value_that_json_lacks_is_not_kept() -> None:
    """Rather than kept as something else."""
    written = kept.written([FOUND._replace(finding=Finding((), "{x}", x={"a"}))])

    assert kept.read(written) is None


def varied(value: object) -> Iterator[object]:
    """Yield *value* with each of its parts lost, or something else in its place."""
    yield from (None, [], {}, "x", 1.5, [value], [None])
    if isinstance(value, list):
        for at, part in enumerate(value):
            yield value[:at] + value[at + 1 :]
            yield from ([*value[:at], each, *value[at + 1 :]] for each in varied(part))
    if isinstance(value, dict):
        for key, part in value.items():
            yield {other: each for other, each in value.items() if other != key}
            yield from ({**value, key: each} for each in varied(part))


def test_an_entry_of_another_shape_is_none_or_can_be_shown() -> None:
    """No shape whatever makes the run end in a bug."""
    entry = json.loads(kept.written([FOUND]))
    refused = 0
    for each in varied(entry):
        found = kept.read(json.dumps(each).encode())
        refused += found is None
        shown(found or [])

    assert refused > 100


@pytest.mark.parametrize(
    "data", [b"", b"{", b"1", b"\xff", b"[" * 100_000, b'"x"', b"[[]]", b"null"]
)
def test_what_is_no_entry_is_none(data: bytes) -> None:
    """Neither as JSON nor as findings."""
    assert kept.read(data) is None


# ------------------------------------------------------------------ runs
@pytest.fixture
def tree(tmp_path: Path, agreement_text: AgreementText, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of work with so many agreements that what is found in them is kept."""
    monkeypatch.chdir(tmp_path)
    for number in range(PAYS):
        text = agreement_text(f"id: nr-{number}\nvalidity: {{start: 2024-01-01}}")
        (tmp_path / f"nr-{number}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def entries() -> list[Path]:
    """Return the entries of the cache."""
    return [path for path in Path.home().rglob("*") if len(path.name) == len(NAME)]


def test_a_second_run_says_the_same(run: Run, tree: Path) -> None:
    """Out of what the first one kept."""
    first = run("check", tree, "--format", "json", "--as-of", AS_OF)
    (entry,) = entries()
    second = run("check", tree, "--format", "json", "--as-of", AS_OF)

    assert second == first
    assert first.out.count('"code"') > PAYS
    cache.keep(entry.name, b"[]")
    assert '"findings": []' in run("check", tree, "--format", "json", "--as-of", AS_OF).out


def test_no_cache_checks_anew(run: Run, tree: Path) -> None:
    """And keeps nothing."""
    first = run("check", tree, "--no-cache", "--as-of", AS_OF)

    assert entries() == []
    run("check", tree, "--as-of", AS_OF)
    cache.keep(entries()[0].name, b"[]")
    assert run("check", tree, "--no-cache", "--as-of", AS_OF) == first


@pytest.mark.parametrize("data", [b"{}", b"[[]]", b"[null]", b'["x"]', b"\0"])
def test_an_odd_entry_is_passed_over(run: Run, tree: Path, data: bytes) -> None:
    """The check is made anew, and what it finds is kept in its place."""
    first = run("check", tree, "--as-of", AS_OF)
    (entry,) = entries()
    kept_before = cache.entry(entry.name)
    cache.keep(entry.name, data)

    assert run("check", tree, "--as-of", AS_OF) == first
    assert cache.entry(entry.name) == kept_before


def test_few_files_leave_nothing(run: Run, tree: Path) -> None:
    """They are checked sooner than looked up."""
    for path in list(tree.glob("*.yaml"))[1:]:
        path.unlink()
    run("check", tree)

    assert entries() == []


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: (tree / "nr-0.yaml").write_text("", encoding="utf-8"),
        lambda tree: (tree / "nr-0.yaml").rename(tree / "other.yaml"),
        lambda tree: (tree / "nr-0.yaml").unlink(),
        lambda tree: (tree / "more.yaml").write_text("", encoding="utf-8"),
        lambda tree: (tree / "link.yaml").symlink_to("nr-0.yaml"),
        lambda tree: (tree / "iopctl.toml").write_text("benchmark.tolerance = 0", encoding="utf-8"),
    ],
    ids=["text", "name", "less", "more", "link", "configuration"],
)
def test_a_change_is_seen(run: Run, tree: Path, change: Callable[[Path], object]) -> None:
    """Of a text, a name, the files there are, or the configuration."""
    before = run("check", tree, "--as-of", AS_OF)
    change(tree)
    after = run("check", tree, "--as-of", AS_OF)

    assert after != before or len(entries()) == 2
    assert after == run("check", tree, "--no-cache", "--as-of", AS_OF)


@pytest.mark.parametrize(
    "words", [("--as-of", "2029-01-01"), ("--ignore", "6xx"), ("--select", "2xx")], ids=" ".join
)
def test_other_questions_have_other_answers(run: Run, tree: Path, words: tuple[str, str]) -> None:
    """What was found on another day, or by other rules, is not taken for it."""
    run("check", tree, "--as-of", AS_OF)
    asked = words if "--as-of" in words else (*words, "--as-of", str(AS_OF))

    assert run("check", tree, *asked) == run("check", tree, *asked, "--no-cache")
    assert len(entries()) == 2


# ------------------------------------------------------------------ what files say to others
def said(given: Input) -> company.FileStatements:
    """Return what a file says to others."""
    found = beside(given, Context(config.DEFAULT, AS_OF))
    return found.silences, found.facts


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_what_a_file_says_is_read_as_it_was_written(path: Path) -> None:
    """Its days, organisations, numbers and aid, and what it silences."""
    given = Input(path.name, path.read_bytes() if path.is_file() else b"")

    assert company.read(company.written({given: said(given)}), [given]) == {given: said(given)}


def test_what_holds_other_bytes_has_said_nothing() -> None:
    """Nor what has another name, or none at all."""
    given = Input("a.yaml", b"id: a\n")
    unread = Input("b.yaml", Unreadable("is a folder", ""))
    written = company.written({given: said(given), unread: ((), None)})
    others = [given._replace(name="b.yaml"), given._replace(content=b"id: b\n"), unread]

    assert company.read(written, others) == {}
    assert list(company.read(written, [*others, given])) == [given]


def test_what_was_said_in_another_shape_is_nothing_or_can_be_told(
    agreement_text: AgreementText,
) -> None:
    """No shape whatever makes the run end in a bug."""
    text = agreement_text("""\
        id: a
        succeeds: b
        validity: {start: 2024-01-01, end: 2024-12-31}
        legal: {state_aid: {basis: de_minimis}}
        invoicing: {seller: foreningen, buyer: kommunen, label: Stöd}
        exceptions: [{rule: IOP201, reason: Så kom parterna överens, until: 2024-12-31}]
        log: [{date: 2024-02-01, event: invoice, number: "1", period: 2024, amount: 5}]
        """)
    given = Input("a.yaml", text.encode())
    entry = json.loads(company.written({given: said(given)}))
    found = [company.read(json.dumps(each).encode(), [given]) for each in varied(entry)]
    silences, facts = said(given)

    assert silences
    assert facts
    assert all((facts.numbered, facts.billings, facts.organisations, facts.aid))
    assert found.count({}) > 100


LOGGED = (
    "invoice",
    "--number",
    "A1",
    "--period",
    "2024",
    "--amount",
    "5",
    "--seller",
    "foreningen",
)
DATED = ("--date", "2024-05-01", "--as-of", AS_OF)


@pytest.fixture
def many(tree: Path) -> Path:
    """Return a folder of agreements with as many beside one as are kept."""
    text = (tree / "nr-1.yaml").read_text("utf-8").replace("nr-1", "nr-x")
    (tree / "nr-x.yaml").write_text(text, "utf-8")
    (tree / "agreements").mkdir()
    for path in tree.glob("*.yaml"):
        path.rename(tree / "agreements" / path.name)
    return tree


def never(*_: object) -> None:
    """Fail where nothing is to be read."""
    raise AssertionError


@pytest.mark.usefixtures("many")
def test_others_are_read_once_for_many_events(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later command says the same without a look at those that are as they were."""
    words = ("log", "nr-7", *LOGGED, *DATED)
    first = run(*words)
    (entry,) = entries()
    with monkeypatch.context() as patched:
        patched.setattr("iopctl.check.run.beside", never)
        assert run(*words) == first
    cache.keep(entry.name, b"[]")

    assert run(*words) == first
    assert first.code == 0


@pytest.mark.usefixtures("many")
def test_what_another_file_says_anew_is_heard(run: Run) -> None:
    """A number that it has used since is told."""
    assert run("log", "nr-7", *LOGGED, *DATED).code == 0
    assert run("log", "nr-9", *LOGGED, *DATED, "--write").code == 0

    assert "IOP609" in run("log", "nr-7", *LOGGED, *DATED).err
