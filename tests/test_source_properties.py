"""What holds of every text that iopctl.source reads, good or bad."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from iopctl.characters import forbidden
from iopctl.source import Source, read
from iopctl.source.layout import layout_of_short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.source import Path, Span
    from iopctl.source.events import Value

AGREEMENT = """\
# yaml-language-server: $schema=../iopctl.schema.json
id: stadsmissionen-2024
title: "IOP: Östergötlands Stadsmission"   # som i avtalet
parties:
  linkoping: {role: public, name: Linköpings kommun, org_number: 212000-0449}
  stadsmissionen:
    role: civil
    name: 'Östergötlands Stadsmission'
purpose: |
  Arbete # och
  sysselsättning
economy:
  contributions:
    - {party: linkoping, amount: 1710000}
    - party: stadsmissionen
      amount:
log: []
""".encode()


class Dumper(yaml.SafeDumper):
    """Writes equal parts out, without the anchors that agreements do without."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        """Take no two parts for one."""
        return True


seen = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
signs = st.sampled_from(" \t#:-'\"[]{}|>%@`&*!?,~\\")
texts = st.text(seen | signs | st.just("\n"), max_size=30)
keys = st.text(seen | signs, min_size=1, max_size=12).filter(lambda key: key != "<<")
values = st.recursive(
    st.none() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Draw a mapping, written in one of PyYAML's manners."""
    text = yaml.dump(
        draw(st.dictionaries(keys, values, min_size=1, max_size=6)),
        Dumper=Dumper,
        default_style=draw(st.sampled_from([None, None, "'", '"', "|", ">"])),
        default_flow_style=draw(st.sampled_from([True, False, None])),
        indent=draw(st.integers(2, 6)),
        width=draw(st.sampled_from([20, 80, 10_000])),
        allow_unicode=draw(st.booleans()),
        explicit_start=draw(st.booleans()),
    )
    assume("!!null" not in text)  # so PyYAML writes nothing where everything is quoted
    return text


scribbles = st.text(
    st.sampled_from("ab: \n-[]{}#'\"|>&*!?,%@`~\\\t\r0\x00\x85\u2028\u202e\u200d\ufeffå😀"),
    max_size=60,
)
parsers = pytest.mark.parametrize("parser", [yaml.CBaseLoader, yaml.BaseLoader])


@contextmanager
def reading_with(parser: type) -> Iterator[None]:
    """Read with one of PyYAML's parsers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("iopctl.source.events._Parser", parser)
        layout_of_short.cache_clear()
        yield


def parts(data: Value, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """Yield every part of *data* with its path."""
    yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from parts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from parts(value, (*path, index))


def with_null(data: Value) -> object:
    """Return *data* as PyYAML's BaseLoader has it, for which nothing is the text `null`."""
    if isinstance(data, dict):
        return {key: with_null(value) for key, value in data.items()}
    if isinstance(data, list):
        return [with_null(value) for value in data]
    return "null" if data is None else data


def covered(source: Source, span: Span | None) -> str:
    """Return the text of a span, which must be there."""
    assert span is not None

    return source.text[span.start : span.end]


def assert_sound(raw: bytes) -> None:
    """Read anything, look everything up, and check what holds of every source."""
    source = read(raw)
    spans = [problem.span for problem in source.problems]
    for path, _ in parts(source.data):
        spans += [source.locate(path), source.value(path) or source.locate(path)]
    spans += [comment.span for comment in source.comments]
    lines = source.text.split("\n")

    assert source.data is not None or source.problems
    assert all(problem.message.isprintable() for problem in source.problems)
    assert not forbidden(repr(source.data))
    assert list(source.problems) == sorted(source.problems, key=lambda each: each.span.start)
    for line, column, end_line, end_column, start, end in spans:
        assert 0 <= start <= end <= len(source.text)
        assert source.text[:start] == "\n".join([*lines[: line - 1], lines[line - 1][: column - 1]])
        assert source.text[:end].count("\n") + 1 == end_line
        assert len(source.text[:end].rpartition("\n")[2]) + 1 == end_column


# ------------------------------------------------------------------ good texts
@parsers
@given(text=documents())
def test_data_is_what_a_loader_reads_without_converting(parser: type, text: str) -> None:
    """The builder agrees with PyYAML's own, which gives every scalar as text."""
    with reading_with(parser):
        source = read(text.encode())

    assert source.problems == ()
    assert with_null(source.data) == yaml.load(text, yaml.BaseLoader)  # noqa: S506 - only texts


@parsers
@given(text=documents())
def test_places_read_back_as_what_stands_there(parser: type, text: str) -> None:
    """A key's span is the key, and a scalar's span, read alone, is the scalar."""
    with reading_with(parser):
        source = read(text.encode())
        for path, value in parts(source.data):
            alone = covered(source, source.value(path))
            if path and isinstance(path[-1], str):
                key = yaml.load(covered(source, source.key(path)), yaml.BaseLoader)  # noqa: S506
                assert key == path[-1]
            if isinstance(value, str) and not re.match(r"[|>][-+]?[1-9]", alone):
                found = yaml.load(f"{alone}\n", yaml.BaseLoader)  # noqa: S506
                assert found.rstrip("\n") == value.rstrip("\n")


@given(documents())
def test_places_lie_in_those_of_their_parents(text: str) -> None:
    """A collection spans its children, and they follow each other."""
    source = read(text.encode())
    end: dict[Path, int] = {}
    for path, _ in parts(source.data):
        span = source.value(path)
        outer = source.value(path[:-1])
        assert span is not None
        assert outer is not None
        assert outer.start <= span.start <= span.end <= outer.end
        assert end.get(path[:-1], 0) <= span.start
        end[path[:-1]] = span.end if path else 0


@given(documents())
def test_both_parsers_give_the_same_places(text: str) -> None:
    """Without libyaml nothing changes but the time it takes."""
    places = []
    for parser in (yaml.CBaseLoader, yaml.BaseLoader):
        with reading_with(parser):
            source = read(text.encode())
            places.append(
                [(path, source.key(path), source.value(path)) for path, _ in parts(source.data)]
            )

    assert places[0] == places[1]


@given(documents())
def test_windows_files_have_the_same_lines(text: str) -> None:
    """CRLF and a byte order mark change no data, no line and no column."""
    unix, windows = read(text.encode()), read(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert windows.data == unix.data
    for path, _ in parts(unix.data):
        assert windows.locate(path)[:3] == unix.locate(path)[:3]
        assert covered(windows, windows.key(path)).replace("\r", "") == covered(
            unix, unix.key(path)
        )


@given(documents())
def test_a_number_sign_in_a_text_is_no_comment(text: str) -> None:
    """PyYAML writes no comments, so there are none, whatever the texts hold."""
    assert read(text.encode()).comments == ()


@given(st.lists(st.tuples(texts, seen), min_size=1, max_size=6))
def test_every_comment_is_found(rows: list[tuple[str, str]]) -> None:
    """A comment after a value is found, whatever the value holds."""
    lines = (json.dumps(value, ensure_ascii=False) + f"  # {words}\n" for value, words in rows)
    source = read("".join(f"k{i}: {line}" for i, line in enumerate(lines)).encode())

    assert [comment.text for comment in source.comments] == [words.strip() for _, words in rows]


# ------------------------------------------------------------------ any bytes
@given(st.binary(max_size=200))
def test_any_bytes_are_read(raw: bytes) -> None:
    """Nothing raises, and there is data or a reason why not."""
    assert_sound(raw)


@parsers
@given(text=scribbles)
def test_any_text_is_read(parser: type, text: str) -> None:
    """The same for texts made of what YAML gives a meaning."""
    with reading_with(parser):
        assert_sound(f"a: {text}\n".encode())


@parsers
@given(
    at=st.integers(0, len(AGREEMENT)),
    cut=st.integers(0, 8),
    put=scribbles.map(str.encode) | st.binary(max_size=4),
)
def test_any_damage_to_an_agreement_is_read(parser: type, at: int, cut: int, put: bytes) -> None:
    """The same for a good file with a piece cut out and another put in."""
    with reading_with(parser):
        assert_sound(AGREEMENT[:at] + put + AGREEMENT[at + cut :])
