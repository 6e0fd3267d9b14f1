"""Reading a bad file: what is wrong, where, and what to do; nothing raises."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category

import pytest
import yaml

from iopctl.characters import forbidden
from iopctl.source import Source, read

if TYPE_CHECKING:
    from tests.conftest import Golden

BROKEN = sorted((Path(__file__).parent / "broken" / "source").glob("*.yaml"))


def told(source: Source) -> str:
    """Write the problems as golden files have them."""
    return "".join(
        f"{span.line}:{span.column}-{span.end_line}:{span.end_column} {name}: {message}\n"
        f"  {remedy}\n"
        for name, span, message, remedy in source.problems
    )


def messages(text: str | bytes) -> list[str]:
    """Return each problem of a text as `line:column message`."""
    source = read(text if isinstance(text, bytes) else text.encode())
    return [f"{span.line}:{span.column} {message}" for _, span, message, _ in source.problems]


# ------------------------------------------------------------------ encodings
@pytest.mark.parametrize(("letter", "byte"), [("ö", "F6"), ("Ö", "D6"), ("é", "E9")])
def test_windows_encoding_is_recognised(letter: str, byte: str) -> None:
    """The first byte that is not UTF-8 is named, with the letter that it was meant to be."""
    source = read(f"id: a\ntitle: Link{letter}ping\n".encode("cp1252"))

    assert (source.data, source.text) == (None, "id: a\ntitle: Link\ufffdping\n")
    assert told(source) == (
        f"2:12-2:12 not-utf8: byte 0x{byte} is not UTF-8: "
        f"the file looks like Windows-1252, where it is '{letter}'\n"
        "  save the file with the encoding UTF-8\n"
    )


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ("id: ö".encode("mac-roman"), "1:5 byte 0x9A"),
        (b"\xef\xbb\xbf\nid: \xc3", "2:5 byte 0xC3"),
        (b"# \xc3\xa5 \xc0\xaf", "1:5 byte 0xC0"),
        (b"# \xed\xa0\x80", "1:3 byte 0xED"),
        (b"\x89PNG\r\n\x1a\n\xf6", "1:1 byte 0x89"),
        (b"id: \xf6 \x81", "1:5 byte 0xF6"),  # 0x81 is nothing in Windows-1252
    ],
)
def test_other_bytes_are_not_guessed_at(raw: bytes, place: str) -> None:
    """Where the file does not look like Windows-1252, only the byte is named."""
    assert messages(raw) == [f"{place} is not UTF-8"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_utf16_and_utf32_are_recognised(encoding: str, bom: str) -> None:
    """With or without a byte order mark, the message says what the file is."""
    name = encoding[:6].upper()

    assert messages(f"{bom}id: å\n".encode(encoding)) == [f"1:1 the file is {name}, not UTF-8"]


# ------------------------------------------------------------------ characters
def test_every_character_without_a_shape_is_refused() -> None:
    """Of all there are: controls, formats, surrogates, separators, private and noncharacters."""
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    unseen = [
        code
        for code, character in enumerate(every)
        if category(character) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
        or code % 0x10000 >= 0xFFFE
        or 0xFDD0 <= code < 0xFDF0
    ]

    assert forbidden(every) == [code for code in unseen if chr(code) not in "\t\n\r"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("0000", "control character"),
        ("001B", "control character"),
        ("007F", "control character"),
        ("0085", "control character"),
        ("00AD", "soft hyphen"),
        ("200B", "zero width space"),
        ("200D", "zero width joiner"),
        ("2028", "line separator"),
        ("202E", "right-to-left override"),
        ("2060", "word joiner"),
        ("E000", "private-use character"),
        ("FEFF", "zero width no-break space"),
        ("FFFE", "noncharacter"),
        ("E0041", "tag latin capital letter a"),
    ],
)
def test_an_unseen_character_is_named_and_never_shown(code: str, name: str) -> None:
    """In a text or a comment, raw or as an escape: the code point says which it is."""
    character = chr(int(code, 16))
    problem = f"U+{code} ({name})"

    assert messages(f"a: x{character}y\n") == [f"1:5 {problem} can't be seen by a reader"]
    assert messages(f"a: b\n# {character}\n") == [f"2:3 {problem} can't be seen by a reader"]
    assert messages(f'a: "\\U{code:0>8}"\n') == [
        f"1:4 {problem}, written as an escape, can't be seen by a reader"
    ]


def test_data_holds_no_unseen_character() -> None:
    """What follows may look for more mistakes without meeting one of them."""
    source = read('a: x\u202ey\nb: "\\e[31m\\r\\n"\n"c\\0": d\n'.encode())

    assert source.data == {"a": "x\ufffdy", "b": "\ufffd[31m\ufffd\n", "c\ufffd": "d"}
    assert source.text.startswith("a: x\u202ey")
    assert source.locate(("a",))[:4] == (1, 4, 1, 7)


def test_unseen_character_is_the_cause_of_what_is_odd_on_its_line() -> None:
    """A mark that splits a key off is told once, not as bad indentation too."""
    assert messages("a:\n\ufeff  b: 1\n") == [
        "2:1 U+FEFF (zero width no-break space) can't be seen by a reader"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👩‍👧‍👦 Förening",
        "🏳️‍🌈",
        "👩🏽‍⚕️",
        "Linko\u0308ping",
        "\u0378",
        "1\u00a0000",
        "a\tb",
        "å – ”ö” §",
    ],
)
def test_what_can_be_seen_is_text(text: str) -> None:
    """Emoji with their joiners, combining marks, unassigned code points and tabs may stand."""
    source = read(f"a: {text} # {text}\n".encode())

    assert (source.data, source.problems) == ({"a": text}, ())


def test_a_joiner_outside_an_emoji_is_refused() -> None:
    """Between letters, or at an end, nobody sees that it is there."""
    assert messages("a: x\u200dy 👩\u200d\n") == [
        "1:5 U+200D (zero width joiner) can't be seen by a reader",
        "1:9 U+200D (zero width joiner) can't be seen by a reader",
    ]


def test_bare_carriage_returns_are_one_problem() -> None:
    """Line ends of old Macs, and text that overwrites a line on the terminal."""
    source = read(b"a: 1\rb: 2\rc: 3\r")

    assert source.data == {"a": "1", "b": "2", "c": "3"}
    assert [problem.name for problem in source.problems] == ["forbidden-character"]
    assert messages(b"a: 1\r\n# x\ry\r\n") == [
        "2:4 U+000D (carriage return) stands without a line feed"
    ]


# ------------------------------------------------------------------ limits
def test_depth_is_limited() -> None:
    """Twenty collections in each other are read, the twenty-first stops the reading."""
    assert read(f"x: {'[' * 19}{']' * 19}\n".encode()).problems == ()
    assert messages(f"x: {'[' * 20}{']' * 20}\n") == [
        "1:23 more than 20 lists and mappings stand in each other"
    ]


@pytest.mark.parametrize("sign", ["[", "{a: ", "- ", "? ", "\n[", "[? "])
def test_bombs_of_brackets_end_at_once(sign: str) -> None:
    """What keeps the parser alone busy for minutes is refused at its twenty-first level."""
    source = read(b"x:\n " + sign.encode() * 200_000)

    assert source.data is None
    assert len(source.problems) == 1


def test_number_of_values_is_limited() -> None:
    """A hundred thousand values are read; more are no agreement."""
    assert messages("x:\n" + "- 1\n" * 99_999) == []
    assert messages("x:\n" + "- 1\n" * 100_000) == ["1:1 the file has more than 100000 values"]


def test_size_of_the_file_is_limited() -> None:
    """Of a file over 1 MiB nothing is read, and nothing kept."""
    head = b"x: 1\n#"

    assert read(head + b" " * (2**20 - len(head))).problems == ()
    assert messages(head + b" " * (2**20 - len(head) + 1)) == [
        "1:1 the file is larger than 1048576 bytes"
    ]


def test_length_of_texts_and_keys_is_limited() -> None:
    """A text has up to 100 000 characters, a key up to 100; the message shows the key's start."""
    assert messages(f"{'k' * 100}: {'v' * 100_000}\n") == []
    assert messages(f"{'k' * 101}: {'v' * 100_001}\n") == [
        f"1:1 key '{'k' * 40}…' has 101 characters, more than 100",
        "1:104 the text has 100001 characters, more than 100000",
    ]


def test_of_many_problems_the_first_are_told_and_the_rest_counted() -> None:
    """Twenty of a kind are told one by one, whatever else there is."""
    found = messages("k: 1\n" * 50 + "a: &b 1\n")

    assert len(found) == 22
    assert found[0] == "2:1 key 'k' is written twice, first on line 1"
    assert found[-2:] == [
        "21:1 29 more of this kind follow",
        "51:4 '&b' is an anchor, which agreements do without",
    ]


def test_many_syntax_problems_behind_unseen_characters() -> None:
    """What is not told because of its cause is counted all the same."""
    counts = [each for each in messages("'': 1 # \0\n" * 30) if "more" in each]

    assert counts == ["20:1 10 more of this kind follow", "20:9 10 more of this kind follow"]


# ------------------------------------------------------------------ problems
@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken_file_is_told_in_plain_words(path: Path, golden: Golden) -> None:
    """Every mistake has its place, its words and its remedy."""
    golden(path.with_suffix(".txt"), told(read(path.read_bytes())))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken_file_is_told_the_same_without_libyaml(
    path: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pure parser has other words for the same mistakes; ours are the same."""
    monkeypatch.setattr("iopctl.source.events._Parser", yaml.BaseLoader)

    golden(path.with_suffix(".txt"), told(read(path.read_bytes())))


@pytest.mark.parametrize("escape", ["\\q", "\\xZZ", "\\U00110000", "\\UFFFFFFFF"])
def test_odd_escapes_raise_nothing_without_libyaml(
    escape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pure parser leaves some of them to Python, which raises errors of its own."""
    monkeypatch.setattr("iopctl.source.events._Parser", yaml.BaseLoader)
    (problem,) = read(f'a: 1\nb: "{escape}"\n'.encode()).problems

    assert problem.message == "what follows '\\' in double quotes is no escape"
    assert problem.span.line == 2


@pytest.mark.parametrize("text", ["", "\n", "# bara\n", "---\n", "\ufeff"])
def test_empty_file_is_said_to_be_empty(text: str) -> None:
    """A file without a value is told so, however it is empty."""
    (problem,) = read(text.encode()).problems

    assert (problem.name, problem.message) == ("not-a-mapping", "the file is empty")


@pytest.mark.parametrize("text", ["hej", "42", "null", "[]", "- a", "'a: b'"])
def test_file_must_be_a_mapping(text: str) -> None:
    """A list or a text is no agreement."""
    assert [problem.name for problem in read(text.encode()).problems] == ["not-a-mapping"]


def test_problems_before_a_syntax_error_are_told() -> None:
    """The parser can't go on after it, but what was found stays found."""
    assert messages("a: &b 1\na: 2\nc: [\n") == [
        "1:4 '&b' is an anchor, which agreements do without",
        "2:1 key 'a' is written twice, first on line 1",
        "3:4 the bracket '[' is never closed",
    ]


def test_first_of_two_keys_is_kept() -> None:
    """The data is that of the key which the message points back to."""
    source = read(b"a: {b: 1}\na: {b: 2, c: 3}\n")

    assert source.data == {"a": {"b": "1"}}
    assert source.locate(("a", "b"))[:4] == (1, 8, 1, 9)


def test_what_is_refused_leaves_the_rest_readable() -> None:
    """Beside anchors, tags, aliases and odd keys there may be more mistakes to find."""
    source = read(b"a: &x 1\nb: !!int 2\nc: *x\n<<: {d: 4}\n'': 5\ne: 6\n")

    assert source.data == {"a": "1", "b": "2", "c": None, "e": "6"}
    assert [problem.span.line for problem in source.problems] == [1, 2, 3, 4, 5]
