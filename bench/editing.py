"""How long an editor waits for `iopctl lsp`: keystroke by keystroke, through its pipes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

import made_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Message = dict[str, Any]

KEYSTROKES = 100
AGREEMENTS = 300
PAIRS_OF_ROWS = 2500
DAY = "2026-11-22"


class Goal(NamedTuple):
    """What was measured, in its unit, and the most that it may be."""

    line: str
    found: float
    most: float
    unit: str = "ms"

    def __str__(self) -> str:
        verdict = "reached" if self.found <= self.most else "MISSED"
        return f"{self.line:44} {self.found:9.1f} {self.unit:4} (at most {self.most:g}: {verdict})"


class Session:
    """A server, and what is said to it."""

    def __init__(self, command: Sequence[str], root: Path) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._number = 0
        folder = {"uri": root.as_uri(), "name": root.name}
        self.ask("initialize", processId=None, capabilities={}, workspaceFolders=[folder])
        self.tell("initialized")

    def tell(self, method: str, **params: object) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: object) -> None:
        """Send a request, and wait for its answer."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        self._until(lambda message: message.get("id") == self._number)

    def told(self, uri: str, version: int) -> None:
        """Wait until the findings of a version are told."""
        wanted = {"uri": uri, "version": version}
        self._until(lambda message: wanted.items() <= message.get("params", {}).items())

    def rest(self, seconds: float) -> None:
        """Read what comes within some seconds."""
        self.tell("workspace/didChangeWatchedFiles", changes=[])
        end = perf_counter() + seconds
        while perf_counter() < end:
            self.ask("textDocument/hover", textDocument={"uri": ""}, position=START)

    @property
    def memory(self) -> float:
        """The most MiB that the server has had, where the system tells."""
        status = Path(f"/proc/{self._process.pid}/status")
        lines = status.read_text("utf-8").splitlines() if status.is_file() else []
        return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024

    def end(self) -> None:
        """Leave as an editor does."""
        self.ask("shutdown")
        self.tell("exit")
        self._process.wait()

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        pipe = self._process.stdin
        if pipe:
            pipe.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            pipe.flush()

    def _until(self, is_it: Callable[[Message], bool]) -> None:
        for message in self._messages():
            if is_it(message):
                return

    def _messages(self) -> Iterator[Message]:
        pipe = self._process.stdout
        while pipe:
            length = 0
            while (header := pipe.readline()).strip():
                name, _, value = header.partition(b":")
                length = int(value) if name == b"Content-Length" else length
            yield json.loads(pipe.read(length))


START = {"line": 0, "character": 0}


def measured(command: Sequence[str], folder: Path) -> list[Goal]:
    """Return what an editor waits for, in a repository of so many agreements."""
    root = folder / "editing"
    made_up.write(AGREEMENTS, root / "agreements")
    session = Session([*command, "lsp", "--as-of", DAY], root)
    path = sorted(root.rglob("*.yaml"))[7]
    opening = _opening(session, path, path.read_text("utf-8"))
    session.rest(3)
    typing = [_keystroke(session, path.as_uri(), version) for version in range(2, KEYSTROKES + 2)]
    held = session.memory
    long = root / "agreements" / "iop-lang.yaml"
    text = made_up.agreement(1, pairs=PAIRS_OF_ROWS).replace("id: iop-00001", "id: iop-lang")
    first = _opening(session, long, text)
    session.end()
    typing.sort()
    return [
        Goal("a file of 3 kB is opened: first findings", opening, 150),
        Goal("a keystroke in it: findings, in the middle", median(typing), 50),
        Goal("19 keystrokes of 20", typing[len(typing) * 19 // 20], 50),
        Goal("5 000 rows are opened: first findings", first, 150),
        Goal(f"memory with {AGREEMENTS} agreements", held, 150, "MiB"),
    ]


def _opening(session: Session, path: Path, text: str) -> float:
    item = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
    start = perf_counter()
    session.tell("textDocument/didOpen", textDocument=item)
    session.told(path.as_uri(), 1)
    return (perf_counter() - start) * 1000


def _keystroke(session: Session, uri: str, version: int) -> float:
    """Type a letter at the end of a line, or take it away again."""
    at = {"line": 2, "character": 5}
    after = {"line": 2, "character": 6}
    change = (
        {"range": {"start": at, "end": at}, "text": "x"}
        if version % 2 == 0
        else {"range": {"start": at, "end": after}, "text": ""}
    )
    start = perf_counter()
    session.tell(
        "textDocument/didChange",
        textDocument={"uri": uri, "version": version},
        contentChanges=[change],
    )
    session.told(uri, version)
    return (perf_counter() - start) * 1000
