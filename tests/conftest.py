"""What every test may ask for: a run of iopctl, golden files, an agreement to vary, a day."""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.internal.conjecture import providers

from iopctl import installation, language

GOLDEN_FOLDER = Path(__file__).parent / "golden"

AGREEMENT = """\
id: exempel-2024
title: IOP Exemplet
parties:
  kommunen: {role: public, name: Exempels kommun}
  foreningen: {role: civil, name: Föreningen Exemplet}
validity: {start: 2024-01-01, end: 2025-12-31}
economy:
  base_year: 2024
  contributions:
    - {party: kommunen, item: Handledning, amount: 450000}
    - {party: foreningen, item: Lokaler, amount: 450000}"""

# `make test` draws the same examples everywhere: no change is blamed for another run's luck, nor
# for a busy machine. They follow from the seed in pyproject.toml alone.
settings.register_profile(
    "test",
    settings.get_profile("default"),  # where CI is set, hypothesis would begin with another
    database=None,
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
# `make fuzz` draws new ones, and begins with those that it found wrong the last time.
settings.register_profile(
    "fuzz",
    settings.get_profile("test"),
    database=DirectoryBasedExampleDatabase(".hypothesis/examples"),
    max_examples=200,
    print_blob=True,
)
# `make mutants` asks whether a test would see a fault at all: the first examples tell.
settings.register_profile("mutants", settings.get_profile("test"), max_examples=15)
settings.load_profile("test")

# The programs that tests start are alike: what the first of them compiles, the others find.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


class Result(NamedTuple):
    """What a run of iopctl left: its exit code and all that it wrote.

    A byte that is not UTF-8 stands in the text as a surrogate, so that none is lost.
    """

    code: int
    out: str
    err: str


Run = Callable[..., Result]
Golden = Callable[[str | Path, str], None]
AgreementText = Callable[..., str]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites golden files."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


IN_CI = pytest.StashKey[bool]()
SERVICES = ("CI", "GITHUB_ACTIONS", "GITLAB_CI")


def pytest_configure(config: pytest.Config) -> None:
    """Let no test depend on the service that it runs in, nor on what earlier tests have loaded.

    The service's variables go before the first fixture, of whatever scope, can see them. And
    hypothesis draws now and then a constant of a module that happens to be loaded.
    """
    config.stash[IN_CI] = any(service in os.environ for service in SERVICES)
    for service in SERVICES:
        os.environ.pop(service, None)
    if config.getoption("--hypothesis-profile") != "fuzz":
        none = providers._local_constants  # noqa: SLF001 - there is no setting for it
        providers._get_local_constants = lambda: none  # noqa: SLF001 - likewise


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in CI that skipped a test: what CI does not try, nobody does."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.stash[IN_CI] and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _plain_surroundings(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Give each test an empty home and cache, and no wishes of the terminal that it runs in.

    It begins at the root, in English: the words of a command before it may have changed both.
    """
    monkeypatch.chdir(Path(__file__).parents[1])
    language.use("en")
    home = str(tmp_path_factory.mktemp("home"))
    for folder in ("HOME", "USERPROFILE", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(folder, home)
    for wish in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(wish, raising=False)
    monkeypatch.setenv("IOPCTL_LANG", "en")
    monkeypatch.setattr(installation, "_noted", lambda: None)  # as from a registry


@pytest.fixture
def swedish() -> Iterator[None]:
    """Let texts be in Swedish during the test."""
    language.use("sv")
    yield
    language.use("en")


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run iopctl in this process, as its entry point does: `run("budget", folder)`."""

    def run_main(*words: str | Path) -> Result:
        from iopctl import cli

        main: Callable[[list[str]], int | None] = cli.main
        with pytest.raises(SystemExit) as leaving:
            sys.exit(main([str(word) for word in words]))
        out, err = (
            written.decode(errors="surrogateescape") for written in capfdbinary.readouterr()
        )
        return Result(int(leaving.value.code or 0), out, err)

    return run_main


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a whole output with tests/golden/NAME, or with the file at an absolute path."""

    def compare(name: str | Path, text: str) -> None:
        path = GOLDEN_FOLDER / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        elif not path.is_file():
            pytest.fail(f"no {path}; write it with: make golden", pytrace=False)
        elif text != (expected := path.read_bytes().decode()):
            pytest.fail(_difference(path, expected, text), pytrace=False)

    return compare


def _difference(path: Path, expected: str, text: str) -> str:
    """Return the lines that differ, with the characters that the eye takes for others replaced."""
    visible = str.maketrans("\u00a0\r", "⍽␍")
    return "".join(
        difflib.unified_diff(
            expected.translate(visible).splitlines(keepends=True),
            text.translate(visible).splitlines(keepends=True),
            fromfile=str(path),
            tofile="this run",
        )
    )


@pytest.fixture
def as_of() -> date:
    """Return the day that tests call today: inside the agreement that `agreement_text` gives."""
    return date(2024, 6, 1)


@pytest.fixture
def agreement_text() -> AgreementText:
    """Return a valid agreement's text, the blocks in *changes* put in place of its own.

    `agreement_text("validity: {start: 2024-01-01}")`; *without* names a block to leave out.
    """

    def varied(changes: str = "", *, without: str = "") -> str:
        text = f"{AGREEMENT}\n{dedent(changes)}"
        blocks = (block.strip("\n") for block in re.split(r"\n(?=[a-z])", text))
        latest = {block.partition(":")[0]: block for block in blocks}
        return "".join(f"{block}\n" for key, block in latest.items() if key != without)

    return varied
