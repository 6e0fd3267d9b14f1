"""What is told of open texts and the files around them: always what a check would tell."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path, PurePath
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lsprotocol.types import (
    PublishDiagnosticsParams,
    TextDocumentContentChangeWholeDocument,
)

from iopctl.check import portfolio
from iopctl.check.rules import Context
from iopctl.check.run import Run as CheckRun
from iopctl.check.selection import selection
from iopctl.config import config
from iopctl.editor import desk as desks
from iopctl.editor import manuscript
from iopctl.editor import shelf as shelves
from iopctl.editor.desk import Desk
from iopctl.input import Input
from tests.conftest import AGREEMENT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

TODAY = date(2024, 6, 1)
CONFIG = 'ignore = ["legal-assessment-missing"]\n[severity]\nagreement-unknown = "error"\n'
NEXT = AGREEMENT.replace("id: exempel-2024", "id: nasta-2026\nsucceeds: exempel-2024").replace(
    "2024-01-01, end: 2025", "2026-01-01, end: 2027"
)


class Told:
    """What a desk tells an editor, kept by file."""

    def __init__(self) -> None:
        self.now: dict[str, list[str]] = {}
        self.versions: list[tuple[str, int | None]] = []
        self.problems: list[str] = []
        self.bugs: list[BaseException] = []

    def publish(self, params: PublishDiagnosticsParams) -> None:
        """Keep what is told of a file, as concise lines."""
        name = params.uri.rpartition("/")[2]
        self.versions.append((name, params.version))
        self.now[name] = [f"{each.range.start}: {each.code}" for each in params.diagnostics]


@pytest.fixture(autouse=True)
def _short_idleness(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for long who tells of other files."""
    monkeypatch.setattr(desks, "IDLE", 0.01)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository in which one agreement follows the other."""
    folder = tmp_path / "agreements"
    folder.mkdir()
    (tmp_path / "iopctl.toml").write_text(CONFIG, "utf-8")
    (folder / "exempel-2024.yaml").write_text(AGREEMENT, "utf-8")
    (folder / "nasta-2026.yaml").write_text(NEXT, "utf-8")
    return tmp_path


@asynccontextmanager
async def at_work(
    *folders: Path, today: Callable[[], date] = lambda: TODAY
) -> AsyncIterator[tuple[Desk, Told]]:
    """Give a desk in these folders of work, and what it tells; nothing may go wrong with it."""
    told = Told()
    desk = Desk(today, told.publish, told.problems.append, told.bugs.append)
    desk.move([PurePath(each) for each in folders])
    yield desk, told
    await rest(desk)
    desk.stop()
    assert told.bugs == []


async def rest(desk: Desk) -> None:
    """Wait until there is nothing left to be done."""
    while desk.is_busy:
        await asyncio.sleep(0.002)


def start(desk: Desk, path: Path, text: str | None = None) -> str:
    """Open a file, by default as it is; return its address."""
    desk.receive(
        path.as_uri(), PurePath(path), path.read_text("utf-8") if text is None else text, 1
    )
    return path.as_uri()


def change(desk: Desk, uri: str, text: str, version: int = 2) -> None:
    """Make all of an open text another."""
    desk.change(uri, [TextDocumentContentChangeWholeDocument(text)], version)


def checked(repository: Path, opened: dict[str, str]) -> dict[str, list[str]]:
    """Return what a check tells of the files, those that are *opened* with their texts."""
    paths = sorted((repository / "agreements").glob("*.yaml"))
    texts = {path.name: path.read_bytes() for path in paths}
    texts |= {name: text.encode("utf-8", "surrogatepass") for name, text in opened.items()}
    named = {
        f"agreements/{name}": Input(f"agreements/{name}", each) for name, each in texts.items()
    }
    chosen = config(CONFIG, "iopctl.toml")
    found = CheckRun(named, {}, Context(chosen, TODAY), selection(chosen)).findings()
    by_file: dict[str, list[str]] = {name: [] for name in texts}
    for each in found:
        place = f"{each.span.line - 1}:{each.span.column - 1}"
        by_file[each.file.removeprefix("agreements/")].append(f"{place}: {each.code}")
    return by_file


# ------------------------------------------------------------------ the same as a check
LINES = st.sampled_from(
    [
        "id: nasta-2026", "succeeds: finns-inte", "title:", "x: [", "validity: {start: 2024-07-01}",
        "    - {party: kommunen, amount: 1 000}", "log:", "  - {date: 2024-05-01, event: meeting}",
        "exceptions: [{rule: IOP603, reason: x}]", "\tåäö", "# iopctl: ignore[IOP602]", "kind: \ud800", "",
    ]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
@given(
    st.lists(st.tuples(st.integers(0, 12), st.booleans(), LINES), min_size=1, max_size=8),
    st.sampled_from(["\n", "\r\n"]),
)
def test_after_any_edits_it_tells_what_a_check_tells(
    repository: Path, edits: list[tuple[int, bool, str]], newline: str
) -> None:
    """Lines are put in and taken out; each time, all files' findings are those of a check."""

    async def session() -> None:
        text = AGREEMENT
        async with at_work(repository) as (desk, told):
            uri = start(desk, repository / "agreements" / "exempel-2024.yaml")
            for version, (line, is_new, content) in enumerate(edits, 2):
                lines = text.split("\n")
                lines[line : line + 1 - is_new] = [content]
                text = "\n".join(lines)
                written = text.replace("\n", newline)
                change(desk, uri, written, version)
                await rest(desk)

                expected = checked(repository, {"exempel-2024.yaml": written})
                assert {
                    name: found
                    for name, found in told.now.items()
                    if found or name == "exempel-2024.yaml"
                } == {
                    name: found
                    for name, found in expected.items()
                    if found or name == "exempel-2024.yaml"
                }

    asyncio.run(session())


def test_other_files_are_told_of_when_idle(repository: Path) -> None:
    """What a change does to another file is told of that one, and taken back with the change."""

    async def session() -> None:
        async with at_work(repository) as (desk, told):
            uri = start(desk, repository / "agreements" / "exempel-2024.yaml")
            await rest(desk)
            before = dict(told.now)
            change(desk, uri, AGREEMENT.replace("exempel-2024", "annat-2024"))
            await rest(desk)
            during = dict(told.now)
            change(desk, uri, AGREEMENT, 3)
            await rest(desk)

            assert "1:10: IOP603" in during["nasta-2026.yaml"]
            assert "0:4: IOP602" in during["exempel-2024.yaml"]
            assert told.now == before

    asyncio.run(session())


def test_a_text_that_waits_for_its_turn_is_not_told_of_as_it_was(repository: Path) -> None:
    """What is told under a version was found in it."""

    async def session() -> None:
        async with at_work(repository) as (desk, told):
            uri = start(desk, repository / "agreements" / "exempel-2024.yaml")
            await rest(desk)
            found = await desk.settled(uri)
            assert found
            change(desk, uri, "id: [")
            desk.tell_all(found[1])
            assert ("exempel-2024.yaml", 2) not in told.versions
            await rest(desk)
            assert told.now["exempel-2024.yaml"] == ["0:4: IOP004"]

    asyncio.run(session())


def test_the_disk_is_looked_at_again(repository: Path) -> None:
    """Files that others write, take away or rename are seen at the next save."""

    async def session() -> None:
        folder = repository / "agreements"
        async with at_work(repository) as (desk, told):
            await rest(desk)
            (folder / "nasta-2026.yaml").write_text(
                NEXT.replace("succeeds: exempel", "succeeds: fel"), "utf-8"
            )
            (folder / "trasig.yaml").write_text("id: [", "utf-8")
            desk.save()
            desk.save()
            desk.save()
            await rest(desk)
            assert "1:10: IOP603" in told.now["nasta-2026.yaml"]
            assert told.now["trasig.yaml"] == ["0:4: IOP004"]

            (folder / "trasig.yaml").unlink()
            desk.save()
            await rest(desk)
            assert told.now["trasig.yaml"] == []

    asyncio.run(session())


def test_a_closed_text_is_its_file_again(repository: Path) -> None:
    """What was not saved is forgotten."""

    async def session() -> None:
        async with at_work(repository) as (desk, told):
            uri = start(desk, repository / "agreements" / "nasta-2026.yaml", "id: [")
            await rest(desk)
            assert told.now["nasta-2026.yaml"] == ["0:4: IOP004"]
            desk.close(uri)
            await rest(desk)
            assert told.now["nasta-2026.yaml"] == checked(repository, {})["nasta-2026.yaml"]
            assert await desk.settled(uri) is None

    asyncio.run(session())


# ------------------------------------------------------------------ the surroundings
def test_a_new_configuration_counts_at_once(repository: Path) -> None:
    """It is read again at a save; one that can't be read is told of once, and the old one counts."""

    async def session() -> None:
        async with at_work(repository) as (desk, told):
            uri = start(desk, repository / "agreements" / "exempel-2024.yaml")
            await rest(desk)
            (repository / "iopctl.toml").write_text("ignore = []\n", "utf-8")
            desk.save()
            await rest(desk)
            assert [each for each in told.now["exempel-2024.yaml"] if "IOP611" in each] != []

            (repository / "iopctl.toml").write_text("ignore = [", "utf-8")
            desk.save()
            await rest(desk)
            desk.save()
            await rest(desk)
            assert len(told.problems) == 1
            assert "iopctl.toml" in told.problems[0]
            found = await desk.settled(uri)
            assert found

            (repository / "iopctl.toml").write_text('ignore = ["finns-inte"]\n', "utf-8")
            desk.save()
            await rest(desk)
            assert "'finns-inte' is no rule" in told.problems[1]

    asyncio.run(session())


def test_a_broken_configuration_keeps_no_text_from_being_looked_at(repository: Path) -> None:
    """The defaults count until it can be read."""

    async def session() -> None:
        (repository / "iopctl.toml").write_text("ignore = [", "utf-8")
        async with at_work(repository) as (desk, told):
            start(desk, repository / "agreements" / "exempel-2024.yaml", "id: [")
            await rest(desk)
            assert told.now["exempel-2024.yaml"] == ["0:4: IOP004"]
            assert len(told.problems) == 1

    asyncio.run(session())


def test_a_new_day_is_another_answer(repository: Path) -> None:
    """A server that stands open over midnight looks from the day that it is."""
    days = [TODAY]

    async def session() -> None:
        async with at_work(repository, today=lambda: days[-1]) as (desk, told):
            uri = start(desk, repository / "agreements" / "exempel-2024.yaml")
            await rest(desk)
            before = told.now["exempel-2024.yaml"]
            days.append(date(2026, 3, 1))
            change(desk, uri, AGREEMENT)
            await rest(desk)
            assert "5:37: IOP304" not in before
            assert any("IOP304" in each for each in told.now["exempel-2024.yaml"])

    asyncio.run(session())


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("annat/agreements/a.yaml", "id: [", ["0:4: IOP004"]),
        ("annat/docker-compose.yaml", "services: [", None),
        ("annat/avtal.yaml", "parties: [", ["0:9: IOP004"]),
        ("annat/agreements/.dold.yaml", "x: [", None),
        ("annat/agreements/las.txt", "x: [", None),
    ],
)
def test_what_is_an_agreement(
    tmp_path: Path, name: str, text: str, found: list[str] | None
) -> None:
    """By its folder, or by what it says; other files of YAML are left alone."""

    async def session() -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
        async with at_work() as (desk, told):
            uri = start(desk, path)
            await rest(desk)
            assert told.now.get(path.name) == found
            assert ((await desk.settled(uri)) is None) == (found is None)
            desk.save()
            desk.close(uri)

    asyncio.run(session())


def test_a_text_without_a_file(repository: Path) -> None:
    """It is an agreement once it looks like one, and has no name that could differ from its id."""

    async def session() -> None:
        async with at_work(repository) as (desk, told):
            desk.receive("untitled:Untitled-1", None, "", 1)
            await rest(desk)
            assert "untitled:Untitled-1" not in told.now
            change(desk, "untitled:Untitled-1", AGREEMENT)
            change(desk, "untitled:Untitled-1", AGREEMENT, 3)
            await rest(desk)
            assert [each for each in told.now["untitled:Untitled-1"] if "IOP60" in each] == []
            assert ("untitled:Untitled-1", 3) in told.versions
            desk.receive("untitled:Untitled-3", None, "", 1)
            desk.close("untitled:Untitled-3")
            desk.receive("untitled:Untitled-2", None, "", 1)
            change(desk, "untitled:Untitled-2", "parties: [")
            desk.save()
            desk.close("untitled:Untitled-1")
            assert told.now["untitled:Untitled-1"] == []

    asyncio.run(session())


def test_several_folders_are_apart(tmp_path: Path) -> None:
    """The same id in two of them is no matter; one that is left is told of no more."""

    async def session() -> None:
        for name in ("a", "b"):
            (tmp_path / name / "agreements").mkdir(parents=True)
            (tmp_path / name / "agreements" / f"{name}.yaml").write_text(AGREEMENT, "utf-8")
        async with at_work(tmp_path / "a", tmp_path / "b") as (desk, told):
            await rest(desk)
            assert ["IOP601" in str(told.now[name]) for name in ("a.yaml", "b.yaml")] == [
                False,
                False,
            ]
            desk.move([PurePath(tmp_path / "a")])
            await rest(desk)
            assert told.now["b.yaml"] == []
            assert told.now["a.yaml"] != []

    asyncio.run(session())


# ------------------------------------------------------------------ speed
def test_a_long_text_is_told_of_in_parts(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found so far is told first, and a change ends the work on what it changed."""
    monkeypatch.setattr(desks, "FIRST", 0)
    monkeypatch.setattr(manuscript, "LONG", 0)
    monkeypatch.setattr(desks, "PACE", 0)

    async def session() -> None:
        async with at_work(repository) as (desk, told):
            uri = start(desk, repository / "agreements" / "exempel-2024.yaml")
            while ("exempel-2024.yaml", 1) not in told.versions:
                await asyncio.sleep(0)
            for version in range(2, 6):
                change(desk, uri, AGREEMENT + "\n" * version, version)
                await asyncio.sleep(0)
            await rest(desk)
            own = [
                version
                for name, version in told.versions
                if name == "exempel-2024.yaml" and version
            ]
            assert own[0] == 1
            assert set(own).isdisjoint({2, 3, 4})
            assert own[-1] == 5

    asyncio.run(session())


def test_a_long_text_is_read_once_for_a_word(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading it takes longer than the next letter: only a pause tells that there is none."""
    monkeypatch.setattr(manuscript, "LONG", 0)
    monkeypatch.setattr(desks, "PAUSE", 0.05)
    read: list[str] = []

    def counted(given: Input) -> portfolio.Document:
        read.append(given.name)
        return document(given)

    document = portfolio.document
    monkeypatch.setattr(portfolio, "document", counted)

    async def session() -> None:
        async with at_work(repository) as (desk, told):
            uri = start(desk, repository / "agreements" / "exempel-2024.yaml")
            await rest(desk)
            read.clear()
            for version in range(2, 6):
                change(desk, uri, AGREEMENT + "\n" * version, version)
                await asyncio.sleep(0)
            await rest(desk)
            assert told.versions[-1] == ("exempel-2024.yaml", 5)
            assert len(read) == 1

    asyncio.run(session())


def test_a_slow_repository_blocks_nobody(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the disk gives no answer, an open text is told of by itself, at every change."""
    disk = Event()

    def slow(given: shelves.Order, stopped: Callable[[], bool]) -> shelves.Survey | None:
        disk.wait(20)
        return shelves.survey(given, stopped)

    async def session() -> None:
        monkeypatch.setattr(desks, "survey", slow)
        async with at_work(repository) as (desk, told):
            uri = start(desk, repository / "agreements" / "nasta-2026.yaml")
            for version, text in enumerate(("id: [", NEXT), 2):
                change(desk, uri, text, version)
                while ("nasta-2026.yaml", version) not in told.versions:
                    await asyncio.sleep(0.002)
                broken = told.now["nasta-2026.yaml"] == ["0:4: IOP004"]
                assert broken == (text == "id: [")
            assert await desk.settled(uri)
            assert "exempel-2024.yaml" not in told.now
            disk.set()
            await rest(desk)
            assert "exempel-2024.yaml" in told.now

    asyncio.run(session())


def test_very_many_files_are_compared_when_idle(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once there is what the text says by itself, with what was last found between files."""
    monkeypatch.setattr(shelves, "MOST_AT_ONCE", 1)

    async def session() -> None:
        async with at_work(repository) as (desk, told):
            uri = start(desk, repository / "agreements" / "nasta-2026.yaml")
            await rest(desk)
            change(desk, uri, NEXT.replace("succeeds: exempel", "succeeds: fel"))
            await rest(desk)
            assert (
                told.now["nasta-2026.yaml"]
                == checked(
                    repository,
                    {"nasta-2026.yaml": NEXT.replace("succeeds: exempel", "succeeds: fel")},
                )["nasta-2026.yaml"]
            )

    asyncio.run(session())


def test_a_bug_is_told_and_work_goes_on(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that raises ends the look at one version of one text, and nothing else."""
    told = Told()

    def broken(*_: Any) -> Any:  # noqa: ANN401 - takes the place of a check
        raise ZeroDivisionError

    async def session() -> None:
        desk = Desk(lambda: TODAY, told.publish, told.problems.append, told.bugs.append)
        with monkeypatch.context() as patch:
            patch.setattr(portfolio, "check", broken)
            uri = start(desk, repository / "agreements" / "exempel-2024.yaml")
            await rest(desk)
        change(desk, uri, AGREEMENT)
        await rest(desk)
        desk.stop()

    asyncio.run(session())

    assert list(map(type, told.bugs)) == [ZeroDivisionError]
    assert ("exempel-2024.yaml", 2) in told.versions


def test_a_look_at_the_disk_can_be_left_early(repository: Path) -> None:
    """What was seen until then counts; the rest is seen at the next look."""
    place, _ = shelves.located(PurePath(repository / "agreements" / "a.yaml"), [])
    shelf = shelves.Shelf(place, TODAY)
    found = shelves.survey(shelves.order(shelf), lambda: True)

    assert found
    assert (dict(found.copies), len(found.names)) == ({}, 2)
    shelf.take(found)
    assert not shelf.is_whole
