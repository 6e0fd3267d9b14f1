"""All that an editor has open, and the work on it: one text at a time, and the rest when idle.

What is stale is given up: a new version of a text ends the work on the one before.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Final, NamedTuple

from lsprotocol.types import Diagnostic, PublishDiagnosticsParams

from iopctl import check
from iopctl.check import portfolio
from iopctl.config import DEFAULT
from iopctl.editor import diagnostics
from iopctl.editor.manuscript import Manuscript
from iopctl.editor.ruler import Ruler
from iopctl.editor.shelf import Shelf, located, order, survey
from iopctl.files import Repository
from iopctl.input import Input

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from datetime import date
    from pathlib import PurePath

    from lsprotocol.types import TextDocumentContentChangeEvent

    from iopctl.check.diagnostics import Diagnostic as Told
    from iopctl.input import Unreadable

IDLE: Final = 0.3
"""Seconds without a change after which other files' findings are told."""
FIRST: Final = 0.09
"""Seconds after which what is found so far is told of a long text of which nothing is known."""
PACE: Final = 0.02
"""Seconds of work on a long text after which something else may have its turn."""
PAUSE: Final = 0.1
"""Seconds without a change after which a long text is looked at again: reading it blocks."""
CONFIGURATION: Final = "iopctl.toml"
NOWHERE: Final = Repository("", DEFAULT, {})
EMPTY: Final = Ruler("")


class Announcement(NamedTuple):
    """What the editor was told of a file."""

    found: list[Diagnostic]
    shelf: Shelf
    name: str


class Desk:
    """The open texts, and the repositories that they are part of.

    *today* says which day it is; *publish* tells the editor of findings, *complain* of what is
    wrong with the surroundings, *fail* of a bug.
    """

    def __init__(
        self,
        today: Callable[[], date],
        publish: Callable[[PublishDiagnosticsParams], None],
        complain: Callable[[str], None],
        fail: Callable[[BaseException], None],
    ) -> None:
        self.folders: list[PurePath] = []
        self.encoding = "utf-16"
        self._today = today
        self._publish = publish
        self._complain = complain
        self.fail = fail
        self._manuscripts: dict[str, Manuscript] = {}
        self._shelves: dict[str, Shelf] = {}
        self._shelf_of: dict[str, Shelf] = {}
        self._located: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._idle: dict[Shelf, asyncio.TimerHandle] = {}
        self._surveys: dict[Shelf, Event] = {}
        self._again: set[Shelf] = set()
        self._told: dict[str, Announcement] = {}
        self._problems: set[str] = set()
        self._readers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="survey")

    # -------------------------------------------------------------- what the editor does
    def receive(self, uri: str, path: PurePath | None, text: str, version: int | None) -> None:
        """Take a text that was opened."""
        name = uri.rpartition(":")[2]
        manuscript = Manuscript(uri, text, version, path, name, encoding=self.encoding)
        self._manuscripts[uri] = manuscript
        self._located[uri] = asyncio.Event()
        self._start(uri, self._settle(manuscript))

    def change(
        self, uri: str, changes: Sequence[TextDocumentContentChangeEvent], version: int | None
    ) -> None:
        """Take over changes of an open text; those of another are of no concern."""
        manuscript = self._manuscripts.get(uri)
        if manuscript is None:
            return
        manuscript.change(changes, version)
        if uri in self._shelf_of:
            self._start(uri, self._examine(manuscript, is_typed=True))

    def close(self, uri: str) -> None:
        """Let go of a text; the file that it is, if any, counts again."""
        manuscript = self._manuscripts.pop(uri, None)
        if manuscript is None:
            return
        self._cancel(uri)
        self._located.pop(uri).set()
        self._put(uri, [])
        shelf = self._shelf_of.pop(uri, None)
        if shelf:
            shelf.close(manuscript.name)
            self._survey_soon(shelf)

    def save(self) -> None:
        """Look at the disk again, where it may have changed."""
        for shelf in {*self._shelves.values(), *self._shelf_of.values()}:
            self._survey_soon(shelf)

    def move(self, folders: Sequence[PurePath]) -> None:
        """Work in other folders from now on."""
        self.folders = list(folders)
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget all but the open texts: the day, the configuration or the folders are others."""
        self._drop()
        self._shelves, self._shelf_of = {}, {}
        for event in self._located.values():
            event.clear()
        for uri in [each for each in self._told if each not in self._manuscripts]:
            self._put(uri, [])
        for manuscript in self._manuscripts.values():
            self._start(manuscript.uri, self._settle(manuscript))
        for folder in self.folders:
            self._start(f"folder {folder}", self._visit(folder))

    def stop(self) -> None:
        """End all work."""
        self._drop()
        self._readers.shutdown(wait=False, cancel_futures=True)

    def _drop(self) -> None:
        for stopped in self._surveys.values():
            stopped.set()
        for handle in self._idle.values():
            handle.cancel()
        for name in [*self._tasks]:
            self._cancel(name)
        self._surveys, self._again, self._idle = {}, set(), {}

    @property
    def is_busy(self) -> bool:
        """Whether there is work under way, or some that waits for an idle moment."""
        working = any(not each.done() for each in self._tasks.values())
        return working or any(not each.cancelled() for each in self._idle.values())

    async def settled(self, uri: str) -> tuple[Manuscript, Shelf] | None:
        """Return a text that is an agreement, once it is known where it belongs; else None."""
        if uri in self._located:
            await self._located[uri].wait()
        manuscript = self._manuscripts.get(uri)
        if manuscript is None or not self._is_agreement(manuscript):
            return None
        return manuscript, self._shelf_of[uri]

    def uri(self, shelf: Shelf, name: str) -> str:
        """Return the address of a file, as the editor writes it where it is open."""
        for manuscript in self._manuscripts.values():
            if manuscript.name == name and self._shelf_of.get(manuscript.uri) is shelf:
                return manuscript.uri
        return shelf.path(name).as_uri() if shelf.root.is_absolute() else name

    # -------------------------------------------------------------- the work
    def _start(self, name: str, work: Coroutine[None, None, None]) -> None:
        self._cancel(name)
        task = asyncio.get_running_loop().create_task(work)
        self._tasks[name] = task
        task.add_done_callback(self._finished)

    def _cancel(self, name: str) -> None:
        task = self._tasks.pop(name, None)
        if task:
            task.cancel()

    def _finished(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self.fail(error)

    async def _settle(self, manuscript: Manuscript) -> None:
        """Find out where a text belongs, and look at it."""
        shelf = Shelf(NOWHERE, self._today(), alone=True)
        if manuscript.path:
            shelf = await self._shelf(manuscript.path)
            manuscript.name = shelf.name(manuscript.path)
        self._shelf_of[manuscript.uri] = shelf
        self._located[manuscript.uri].set()
        await self._examine(manuscript)
        if not shelf.is_whole:
            self._survey_soon(shelf)

    async def _place(self, path: PurePath) -> Repository:
        loop = asyncio.get_running_loop()
        place, problem = await loop.run_in_executor(None, located, path, tuple(self.folders))
        self._complain_once(problem)
        return place

    async def _shelf(self, path: PurePath) -> Shelf:
        place = await self._place(path)
        shelf = self._shelves.get(place.root) or Shelf(place, self._today())
        self._complain_once(shelf.problem)
        if not shelf.holds(path):
            return Shelf(place, self._today(), alone=True)
        return self._shelves.setdefault(place.root, shelf)

    async def _visit(self, folder: PurePath) -> None:
        """Look at all agreements of a folder of work, though none is open."""
        place = await self._place(folder / CONFIGURATION)
        shelf = self._shelves.get(place.root) or Shelf(place, self._today())
        self._survey_soon(self._shelves.setdefault(place.root, shelf))

    async def _examine(self, manuscript: Manuscript, *, is_typed: bool = False) -> None:
        """Read a text, let each rule look at it, and tell what is found.

        While somebody types, a long one is left alone until there is a pause.
        """
        if is_typed and manuscript.is_long:
            await asyncio.sleep(PAUSE)
        shelf = self._shelf_of[manuscript.uri]
        if shelf.context.as_of != self._today():
            self.begin_anew()
            return
        if not self._is_agreement(manuscript):
            return
        loop = asyncio.get_running_loop()
        began = turn = loop.time()
        reading = manuscript.read(shelf.context)
        found: list[Told] = []
        for of_rule in portfolio.check(reading.document, reading.case) if reading.case else ():
            found += of_rule
            if loop.time() - turn > PACE:
                is_first = manuscript.is_long and manuscript.uri not in self._told
                if is_first and loop.time() - began > FIRST:
                    shown = shelf.selection.shown(found)
                    self._tell(manuscript, shelf, sorted(shown, key=lambda each: each.order))
                await asyncio.sleep(PACE / 8)  # a message comes in several steps
                turn = loop.time()
        content = Input(manuscript.name, manuscript.content)
        checked = check.of(reading.document, reading.case, found)
        shelf.put(content, checked, reading.document)
        self._tell(manuscript, shelf, shelf.own(manuscript.name))
        self._tell_others_later(shelf)

    def _is_agreement(self, manuscript: Manuscript) -> bool:
        """Whether a text is an agreement: by its folder, or once it has looked like one."""
        shelf = self._shelf_of[manuscript.uri]
        inside = shelf.folder is not None
        manuscript.is_agreement |= inside or manuscript.looks_like_one
        return manuscript.is_agreement

    # -------------------------------------------------------------- the disk
    def _survey_soon(self, shelf: Shelf) -> None:
        """Look at the disk now, or once more after the look that is under way."""
        if shelf in self._surveys:
            self._again.add(shelf)
        elif shelf.place.root:
            self._surveys[shelf] = Event()
            self._start(f"survey {id(shelf)}", self._survey(shelf))

    async def _survey(self, shelf: Shelf) -> None:
        loop, stopped = asyncio.get_running_loop(), self._surveys[shelf]
        self._again.add(shelf)
        while shelf in self._again:
            self._again.discard(shelf)
            asked = order(shelf)
            found = await loop.run_in_executor(self._readers, survey, asked, stopped.is_set)
            if found is None:
                self.begin_anew()
                return
            self._complain_once(found.problem)
            shelf.take(found)
            self.tell_all(shelf)
        del self._surveys[shelf]

    def _complain_once(self, problem: str) -> None:
        if problem and problem not in self._problems:
            self._problems.add(problem)
            self._complain(problem)

    # -------------------------------------------------------------- what is told
    def _tell(self, manuscript: Manuscript, shelf: Shelf, found: list[Told]) -> None:
        """Tell what is found in an open text."""
        manuscript.findings = found
        shown = self._shown(shelf, manuscript.ruler, found)
        told = Announcement(shown, shelf, manuscript.name)
        self._put(manuscript.uri, shown, manuscript.version, told)

    def _tell_others_later(self, shelf: Shelf) -> None:
        if handle := self._idle.pop(shelf, None):
            handle.cancel()
        if shelf.folder is not None and shelf.is_whole:
            loop = asyncio.get_running_loop()
            self._idle[shelf] = loop.call_later(IDLE, self.tell_all, shelf)

    def tell_all(self, shelf: Shelf) -> None:
        """Tell what is found in every file of a repository, where that is news."""
        if handle := self._idle.pop(shelf, None):
            handle.cancel()
        opened = {
            each.name: each
            for uri, each in self._manuscripts.items()
            if self._shelf_of.get(uri) is shelf and each.is_agreement
        }
        by_file = shelf.findings()
        for name, found in by_file.items():
            uri = self.uri(shelf, name)
            own = opened.get(name)
            if uri in self._manuscripts and (own is None or shelf.content(name) != own.content):
                continue  # its own turn is yet to come
            before = self._told.get(uri)
            content = own.text if own else shelf.content(name)
            ruler = Ruler(_decoded(content), self.encoding) if found else EMPTY
            shown = self._shown(shelf, ruler, found)
            if own:
                own.findings = found
            if shown != (before.found if before else []):
                version = own.version if own else None
                self._put(uri, shown, version, Announcement(shown, shelf, name))
        for uri, told in [*self._told.items()]:
            if told.shelf is shelf and told.name not in by_file and uri not in self._manuscripts:
                self._put(uri, [])

    def _shown(self, shelf: Shelf, ruler: Ruler, found: list[Told]) -> list[Diagnostic]:
        return [
            diagnostics.shown(each, ruler, lambda name: self.uri(shelf, name)) for each in found
        ]

    def _put(
        self,
        uri: str,
        found: list[Diagnostic],
        version: int | None = None,
        told: Announcement | None = None,
    ) -> None:
        if told and (found or uri in self._manuscripts):
            self._told[uri] = told
        else:
            self._told.pop(uri, None)
        self._publish(PublishDiagnosticsParams(uri, found, version))


def _decoded(content: str | bytes | Unreadable) -> str:
    if isinstance(content, str):
        return content
    return content.decode(errors="replace") if isinstance(content, bytes) else ""
