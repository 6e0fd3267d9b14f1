"""No text acts on a terminal or a CI service, and no stream is a reason for a traceback."""

from __future__ import annotations

import io
import os
import signal
import sys
import unicodedata
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.characters import forbidden
from iopctl.errors import UserError
from iopctl.output import terminal
from iopctl.output.terminal import (
    PIPE,
    PLAIN,
    Color,
    Screen,
    bold,
    encodable,
    harmless,
    in_markup,
    printable,
    screen,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import ReadableBuffer

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such device or signal")
any_text = st.text(st.characters())


class Slow(io.BytesIO):
    """A stream without a buffer, which takes three bytes at a time."""

    def write(self, data: ReadableBuffer, /) -> int:
        """Take the first three bytes of *data*."""
        return super().write(bytes(data)[:3])


class Console(io.BytesIO):
    """What keeps all that a terminal would show."""

    def isatty(self) -> bool:
        """Return that it is one."""
        return True


@pytest.fixture
def tty(monkeypatch: pytest.MonkeyPatch) -> Iterator[TextIO]:
    """Return a terminal that knows colour and has no size."""
    pty = pytest.importorskip("pty")
    keyboard, display = pty.openpty()
    monkeypatch.setenv("TERM", "xterm-256color")
    with os.fdopen(display, "w", encoding="utf-8") as stream:
        yield stream
    os.close(keyboard)


@pytest.fixture
def full() -> Iterator[TextIO]:
    """Return a full disk; closing it at the end fails where something is still to be written."""
    with Path("/dev/full").open("w", encoding="utf-8") as stream:
        yield stream


def written(
    monkeypatch: pytest.MonkeyPatch, text: str, console: str, encoding: str | None
) -> bytes:
    """Return what arrives when *text* is written to a *console* that translates line ends."""
    buffer = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(buffer, encoding=console, newline="\r\n"))
    terminal.write(text, encoding)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("one\ntwo\r\n", r"one\ntwo\r\n"),
        ("\x00\x7f\x9b", r"\x00\x7f\x9b"),
        ("\u202eevil\u2066", r"\u202eevil\u2066"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("line\u2028break", r"line\u2028break"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("half\ud800", r"half\ud800"),
    ],
)
def test_what_a_terminal_acts_on_is_escaped(text: str, expected: str) -> None:
    """Control, bidirectional and zero-width characters, line ends and surrogates are shown."""
    assert expected == printable(text)


@pytest.mark.parametrize(
    "text", ["Åke's café – 1\u00a0000 \u2265 5 %", "👍🏽 日本 e\u0301", r"C:\x"]
)
def test_what_is_seen_stays(text: str) -> None:
    """Letters, signs, spaces that show, emoji and combining marks are no danger."""
    assert text == printable(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::add-mask::x", r"\x3a:add-mask::x"),
        ("word ::stop-commands::x", r"word \x3a:stop-commands::x"),
        ("\u00a0::add-mask::x", "\u00a0\\x3a:add-mask::x"),
        ("see ##[group]x", r"see \x23#[group]x"),
        ("x##vso[task.setvariable]", r"x\x23#vso[task.setvariable]"),
        ("##TeamCity[message]", r"\x23#TeamCity[message]"),
        ("section_start:1:x", r"\x73ection_start:1:x"),
        ("10::30 ## [1] # subsection_end:", "10::30 ## [1] # subsection_end:"),
    ],
)
def test_commands_to_a_ci_service_are_inert(text: str, expected: str) -> None:
    """What a CI service obeys is escaped wherever wrapping may put it, and nothing else is."""
    assert expected == printable(text)


@pytest.mark.parametrize(
    "text",
    ["👩‍👩‍👧‍👦 Förening", "🏳️‍🌈", "👩🏽‍⚕️", "\U0001fae8\U0001fadf", "Linko\u0308ping", "å\u2009kr"],
)
def test_what_a_file_may_show_is_shown(text: str) -> None:
    """An emoji keeps its joiners, also one that is younger than this Python."""
    assert (text, []) == (printable(text), forbidden(text))


def test_a_joiner_elsewhere_is_seen() -> None:
    """It could make two names look the same."""
    assert printable("x\u200dy 👩\u200d") == "x\\u200dy 👩\\u200d"


@given(any_text)
def test_printable_text_has_nothing_hidden(text: str) -> None:
    """No control, format or private character, surrogate or line end is left, at any place."""
    result = printable(text)

    assert forbidden(result) == []
    assert {unicodedata.category(c) for c in result}.isdisjoint({"Cc", "Co", "Cs", "Zl", "Zp"})
    assert result == printable(result)


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "≥\u00a0120 – ö"),
        ("cp1252", ">=\u00a0120 – ö"),
        ("cp850", ">=\u00a0120 - ö"),
        ("ascii", ">=\u00a0120 - \\xf6"),
    ],
)
def test_what_an_encoding_lacks_becomes_ascii(encoding: str, expected: str) -> None:
    """Signs become the ASCII that looks like them, letters escapes; no-break spaces stay."""
    assert expected == encodable("≥\u00a0120 – ö", encoding)


@given(any_text, st.sampled_from(["utf-8", "cp1252", "cp850", "ascii"]))
def test_encodable_text_fits_the_encoding(text: str, encoding: str) -> None:
    """After that, no-break spaces are all that the stream may have to replace."""
    encodable(text, encoding).replace("\u00a0", " ").encode(encoding)


def test_bytes_that_are_no_text_stay_an_error() -> None:
    """The error handler is for writing and never guesses at what it reads."""
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", PLAIN)


def test_output_keeps_its_line_ends_in_the_streams_encoding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A narrow encoding gets what it can show, and no stream translates line ends."""
    assert written(monkeypatch, "≥\u00a01 ö\n─", "cp1252", None) == b">=\xa01 \xf6\n-"
    assert written(monkeypatch, "≥\u00a01\r\n", "ascii", None) == b">= 1\r\n"


def test_output_can_be_in_another_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format for programs is UTF-8 on every console."""
    assert "\ufeffö".encode() == written(monkeypatch, "\ufeffö", "cp850", "utf-8")


def test_output_comes_after_what_was_written_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the stream's own buffer is not overtaken."""
    buffer = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(buffer, encoding="utf-8"))
    sys.stdout.write("first, ")
    terminal.write("second")

    assert buffer.getvalue() == b"first, second"


def test_output_is_whole_where_the_stream_takes_it_in_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A stream without a buffer may take less than it is given; nothing is lost."""
    slow = Slow()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(slow, encoding="utf-8"))
    terminal.write("1 710 000 kronor")

    assert slow.getvalue() == b"1 710 000 kronor"


@posix
def test_full_disk_is_an_error_once(full: TextIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is said in one line, and Python's own ending does not fail on it again."""
    monkeypatch.setattr(sys, "stdout", full)

    with pytest.raises(UserError, match="cannot write the result: No space left on device"):
        terminal.write("lost")


@posix
def test_talk_is_silent_on_a_full_disk(full: TextIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where even the error cannot be told, the exit code has to."""
    monkeypatch.setattr(sys, "stderr", full)

    terminal.say("lost")


def test_closed_streams_are_an_error_or_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python has no stream at all where its descriptor was closed."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    terminal.prepare()
    terminal.say("lost")

    assert screen() == PIPE
    with pytest.raises(UserError, match="standard output is closed"):
        terminal.write("lost")


@posix
def test_reader_that_has_gone_ends_the_process_by_its_signal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """SIGPIPE is sent with its default effect; held back here, it is found waiting."""
    reading, writing = os.pipe()
    os.close(reading)
    monkeypatch.setattr(sys, "stdout", os.fdopen(writing, "w", encoding="utf-8"))
    before = signal.getsignal(signal.SIGPIPE)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPIPE})
    try:
        with pytest.raises(SystemExit) as leaving:
            terminal.write("lost")
        assert signal.SIG_DFL is signal.getsignal(signal.SIGPIPE)
        assert signal.sigwait(signal.sigpending()) == signal.SIGPIPE
    finally:
        signal.signal(signal.SIGPIPE, before)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGPIPE})

    assert leaving.value.code == 141
    sys.stdout.close()


def test_talk_is_printable_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A message may have lines of its own, and each is made harmless."""
    terminal.say("iopctl: \x1b]0;title\n::add-mask::x")

    assert capsys.readouterr() == ("", "iopctl: \\x1b]0;title\n\\x3a:add-mask::x\n")


def test_talk_is_bounded(capsys: pytest.CaptureFixture[str]) -> None:
    """A file may have a name, or a value, that would drown all else."""
    terminal.say(f"{'x' * 9999}\ny")

    assert capsys.readouterr().err == f"{'x' * terminal.LONGEST_TOLD}…\ny\n"


def test_talk_breaks_no_word_at_the_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is too wide goes on below, behind the blanks that it began with and two more."""
    told = Console()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(told, encoding="utf-8"))
    monkeypatch.setenv("COLUMNS", "20")
    terminal.say("iopctl: not ready, for want of:\n  invoicing.label (Ange), which is to be asked")

    assert told.getvalue().decode() == (
        "iopctl: not ready,\n  for want of:\n"
        "  invoicing.label\n    (Ange), which is\n    to be asked\n"
    )


def test_prepared_streams_write_what_others_send(monkeypatch: pytest.MonkeyPatch) -> None:
    """A help text with a dash survives an ASCII console, and what is no file is left alone."""
    buffer = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(buffer, encoding="ascii"))
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    terminal.prepare()
    sys.stdout.write("2024–2025")
    sys.stdout.flush()

    assert buffer.getvalue() == b"2024-2025"


def test_pipe_has_no_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is piped is never wrapped, whatever width the surroundings name."""
    monkeypatch.setenv("COLUMNS", "40")

    assert screen().width == terminal.UNLIMITED


@pytest.mark.parametrize(
    ("columns", "expected"),
    [("40", 40), ("1", 1), ("1000000000", 10**9), ("0", 80), ("-5", 80), ("wide", 80), ("", 80)],
)
def test_width_is_a_number_whatever_columns_says(
    columns: str, expected: int, tty: TextIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """COLUMNS is obeyed where it is a width; here the terminal itself has no size."""
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(sys, "stdout", tty)
    monkeypatch.setattr(sys, "__stdout__", tty)

    assert expected == screen().width


@pytest.mark.parametrize(
    ("expected", "choice", "environment"),
    [
        (True, Color.AUTO, {}),
        (False, Color.AUTO, {"TERM": "dumb"}),
        (True, Color.AUTO, {"TERM": "dumb", "WT_SESSION": "1"}),
        (True, Color.AUTO, {"NO_COLOR": ""}),
        (False, Color.AUTO, {"NO_COLOR": "1", "FORCE_COLOR": "1"}),
        (True, Color.ALWAYS, {"NO_COLOR": "1"}),
        (False, Color.NEVER, {"FORCE_COLOR": "1"}),
    ],
)
def test_terminal_is_colored_unless_told_otherwise(
    *,
    expected: bool,
    choice: Color,
    environment: dict[str, str],
    tty: TextIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The option comes before NO_COLOR, that before FORCE_COLOR, that before the terminal."""
    monkeypatch.setattr(sys, "stdout", tty)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert expected == screen(choice).color


def test_pipe_is_colored_only_when_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gets no escape sequences unless someone asks for them."""
    assert not screen().color

    monkeypatch.setenv("FORCE_COLOR", "1")

    assert screen().color


def test_bold_needs_colour() -> None:
    """Without colour no escape sequence is written, not even for bold type."""
    assert bold("Total", Screen(color=True)) == "\x1b[1mTotal\x1b[0m"
    assert bold("Total", Screen(color=False)) == "Total"


def test_a_text_is_made_harmless_line_by_line() -> None:
    """Its tabs and its line ends stay, and those of Windows with them."""
    text = "::a::\tb\r\n\x1b[2J\u202e##vso[x]\n"

    assert harmless(text) == "\\x3a:a::\tb\r\n\\x1b[2J\\u202e\\x23#vso[x]\n"
    assert harmless("å\n") == "å\n"


def test_markup_is_made_harmless_by_its_own_means() -> None:
    """A browser, and what makes a document of Markdown, still read what is meant."""
    page = "::a::\x1b\n<style>\n::after { }</style>\n::b::<script>\n::c::</script>##vso[x]"

    assert in_markup(page) == (
        "&#58;:a::&#27;\n<style>\n::after { }</style>\n&#58;:b::<script>\n::c::</script>&#35;#vso[x]"
    )
    assert unescape(in_markup("::a::\u202e")) == "::a::\u202e"


@given(any_text)
def test_what_is_harmless_has_nothing_hidden(text: str) -> None:
    """In any line."""
    for line in harmless(text).split("\n"):
        assert all(printable(part) == part for part in line.removesuffix("\r").split("\t"))
