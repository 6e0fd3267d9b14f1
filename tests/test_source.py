"""Reading a good file: its data as written, and the place of everything in it."""

from __future__ import annotations

import pytest
import yaml

from iopctl.source import Path, Source, Span, dotted, read

AGREEMENT = """\
# schema: iop
id: exempel-2024   # the file's name
title: "IOP: Exemplet # 1"
purpose: |  # a block
  Att fler # kommer
  i arbete

activities: [Café, 'Butik', {namn: x}]
validity:
  start: 2024-01-01
  end:
economy:
  contributions:
    - {party: kommunen, amount: 450000}
    - party: föreningen
      item: >-
        Lokaler

# the end
log: []
"""


def written(source: Source, span: Span | None) -> str | None:
    """Return the text that a span covers."""
    return None if span is None else source.text[span.start : span.end]


@pytest.fixture(params=["libyaml", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read with libyaml, and as where PyYAML was built without it."""
    if request.param == "pure":
        monkeypatch.setattr("iopctl.source.events._Parser", yaml.BaseLoader)
    return str(request.param)


@pytest.fixture
def agreement(parser: str) -> Source:  # noqa: ARG001 - its effect is wanted
    """Return a text with every style of key, value and comment."""
    return read(AGREEMENT.encode())


# ------------------------------------------------------------------ data
def test_every_scalar_stays_text(agreement: Source) -> None:
    """No number, date or truth is guessed; quotes and blocks mean what YAML says."""
    assert agreement.problems == ()
    assert agreement.data == {
        "id": "exempel-2024",
        "title": "IOP: Exemplet # 1",
        "purpose": "Att fler # kommer\ni arbete\n",
        "activities": ["Café", "Butik", {"namn": "x"}],
        "validity": {"start": "2024-01-01", "end": None},
        "economy": {
            "contributions": [
                {"party": "kommunen", "amount": "450000"},
                {"party": "föreningen", "item": "Lokaler"},
            ]
        },
        "log": [],
    }


@pytest.mark.parametrize("text", ["0123", "12:30", "NO", "yes", "1_0", "2023-02-30", ".nan", "="])
def test_what_a_loader_would_convert_is_left_alone(text: str) -> None:
    """What YAML 1.1 makes numbers, truths and errors of is what stands in the file."""
    assert read(f"x: {text}\n".encode()).data == {"x": text}


@pytest.mark.parametrize("text", ["", "~", "null"])
def test_nothing_is_plain(text: str) -> None:
    """Nothing is written plain; in quotes it is text."""
    assert read(f"x: {text}\n".encode()).data == {"x": None}
    assert read(f"x: '{text}'\n".encode()).data == {"x": text}


@pytest.mark.parametrize("word", ["Null", "NULL", "none", "nil"])
def test_other_words_for_nothing_are_text(word: str) -> None:
    """The format has three spellings of nothing, and no more."""
    assert read(f"x: {word}\n".encode()).data == {"x": word}


@pytest.mark.parametrize(
    "text", ["---\nid: a\n", "---\nid: a\n...\n", "id: a\n...\n# slut\n", "id: a"]
)
def test_marks_round_a_single_document_are_fine(text: str) -> None:
    """`---` and `...` say nothing where there is one document."""
    source = read(text.encode())

    assert (source.data, source.problems) == ({"id": "a"}, ())


# ------------------------------------------------------------------ places
@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("id",), "id", "exempel-2024"),
        (("title",), "title", '"IOP: Exemplet # 1"'),
        (("purpose",), "purpose", "|  # a block\n  Att fler # kommer\n  i arbete"),
        (("activities",), "activities", "[Café, 'Butik', {namn: x}]"),
        (("activities", 0), "Café", "Café"),
        (("activities", 2), "{namn: x}", "{namn: x}"),
        (("activities", 2, "namn"), "namn", "x"),
        (("validity",), "validity", "start: 2024-01-01\n  end:"),
        (("validity", "end"), "end", ""),
        (("economy", "contributions", 0, "amount"), "amount", "450000"),
        (("economy", "contributions", 1, "item"), "item", ">-\n        Lokaler"),
        (("log",), "log", "[]"),
        (("log", 0), None, None),
        (("economy", "index"), None, None),
    ],
)
def test_key_and_value_are_found(
    agreement: Source, path: tuple[str | int, ...], key: str | None, value: str | None
) -> None:
    """A path leads to its key and its value; an item of a list is its own key."""
    assert written(agreement, agreement.key(path)) == key
    assert written(agreement, agreement.value(path)) == value


def test_block_ends_with_its_last_child(agreement: Source) -> None:
    """Neither blank lines nor comments nor the next key belong to a block."""
    value = written(agreement, agreement.value(("economy",)))

    assert value is not None
    assert value.startswith("contributions:")
    assert value.endswith("item: >-\n        Lokaler")


def test_the_whole_mapping_has_a_place(agreement: Source) -> None:
    """The empty path is the whole mapping, from its first key to its last value."""
    value = written(agreement, agreement.value(()))

    assert value == AGREEMENT.removeprefix("# schema: iop\n").rstrip("\n")


def test_lines_and_columns_count_code_points_from_one() -> None:
    """A character is one column, whatever its bytes; the end is exclusive."""
    source = read("å: 😀\nb: 'två\n\n  rader'\n".encode())

    assert source.value(("å",)) == Span(1, 4, 1, 5, 3, 4)
    assert source.value(("b",)) == Span(2, 4, 4, 9, 8, 22)


@pytest.mark.parametrize(
    ("path", "named"),
    [
        (("id",), "exempel-2024"),  # a scalar: its value
        (("validity",), "validity"),  # a mapping: its key
        (("activities",), "activities"),  # a list: its key
        (("validity", "end"), "end"),  # an empty value: its key
        (("validity", "signed"), "validity"),  # missing: its parent
        (("economy", "index", "percent"), "economy"),
        (("economy", "contributions", 0), "{party: kommunen, amount: 450000}"),
        (("economy", "contributions", 9, "amount"), "contributions"),
        (("economy", "«tag»", "contributions", 0, "amount"), "450000"),  # a part not written
        (("parties",), ""),
        ((), ""),
    ],
)
def test_locate_names_the_nearest_written_thing(
    agreement: Source, path: tuple[str | int, ...], named: str
) -> None:
    """Whatever a rule or the model complains about, there is a place to point at."""
    assert written(agreement, agreement.locate(path)) == named


def test_what_stands_nowhere_is_at_the_start(agreement: Source) -> None:
    """A field missing at the top, and any path in an unreadable text, is at the first line."""
    start = Span(1, 1, 1, 1, 0, 0)

    assert agreement.locate(("parties",)) == start
    assert read(b"id: [").locate(("id",)) == start


def test_unreadable_text_has_no_places() -> None:
    """Where there is no data there is nothing to look up, and nothing raises."""
    source = read(b"id: a  # b\nid: [\n")

    assert source.data is None
    assert (source.key(("id",)), source.value(("id",)), source.style(("id",))) == (None, None, None)
    assert source.comments == ()


@pytest.mark.parametrize(
    ("path", "style"),
    [
        (("id",), "plain"),
        (("title",), "double"),
        (("activities", 1), "single"),
        (("purpose",), "literal"),
        (("economy", "contributions", 1, "item"), "folded"),
        (("validity",), "block"),
        (("activities",), "flow"),
        (("activities", 2), "flow"),
        (("parties",), None),
    ],
)
def test_style_is_known(agreement: Source, path: tuple[str | int, ...], style: str | None) -> None:
    """An editor can write a value as its neighbours are written."""
    assert agreement.style(path) == style
    assert agreement.flow(path) == (style == "flow")


@pytest.mark.parametrize(
    ("text", "path", "value", "after"),
    [
        ("? a\nb: 1\n", ("a",), "", "\nb: 1\n"),  # no value, and no colon to stand after
        ("x: {a, b: 1}\n", ("x", "a"), "", ", b: 1}\n"),
        ("x: [a: 1, b]\n", ("x", 0), "a: 1", ", b]\n"),  # a mapping without braces
        ("x:\n- 1\n-\n\n# c\ny: 2\n", ("x",), "- 1\n-", "\n\n# c\ny: 2\n"),
        ("x: |+\n  a\n\n\ny: 1\n", ("x",), "|+\n  a", "\n\n\ny: 1\n"),
        ("x: |\ny: 1\n", ("x",), "|", "\ny: 1\n"),
        ("x: 'a'  # c\ny: 1\n", ("x",), "'a'", "  # c\ny: 1\n"),
    ],
)
def test_places_stop_where_the_value_does(
    parser: str, text: str, path: tuple[str | int, ...], value: str, after: str
) -> None:
    """A value never runs on to the next token, where both parsers put some of its ends."""
    source = read(text.encode())
    span = source.value(path)

    assert span is not None, parser
    assert (source.text[span.start : span.end], source.text[span.end :]) == (value, after)


# ------------------------------------------------------------------ comments
def test_comments_are_found_between_scalars(agreement: Source) -> None:
    """A "#" in a text is none; a comment knows whether it has its line alone."""
    found = [(comment.span.line, comment.text, comment.own_line) for comment in agreement.comments]

    assert found == [
        (1, "schema: iop", True),
        (2, "the file's name", False),
        (4, "a block", False),
        (19, "the end", True),
    ]


def test_a_comment_spans_its_sign_and_its_words() -> None:
    """The span is from "#" to the line's end; a line end of Windows is no part of it."""
    source = read(b"a: b#c  # d \r\n  # \xc3\xa5\r\nx: {}  #\r\n")

    assert [written(source, each.span) for each in source.comments] == ["# d ", "# å", "#"]
    assert [each.text for each in source.comments] == ["d", "å", ""]
    assert [each.own_line for each in source.comments] == [False, True, False]


# ------------------------------------------------------------------ line ends
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_windows_files_read_the_same(agreement: Source, bom: bytes, newline: str) -> None:
    """A byte order mark and CRLF change neither the data nor any line or column."""
    source = read(bom + AGREEMENT.replace("\n", newline).encode())
    same = source.value(("economy", "contributions", 1))
    expected = agreement.value(("economy", "contributions", 1))

    assert (source.data, source.problems) == (agreement.data, ())
    assert source.newline == newline
    assert same is not None
    assert expected is not None
    assert same[:4] == expected[:4]


@pytest.mark.parametrize(
    ("text", "newline"),
    [
        ("", "\n"),
        ("a: 1\rb", "\n"),
        ("a: 1\r", "\n"),
        ("a: 1\nb: 2\r\n", "\n"),
        ("a: 1\r\nb: 2\n", "\r\n"),
    ],
)
def test_newline_is_the_first_in_the_file(text: str, newline: str) -> None:
    """An editor goes on with the line end that the file begins with."""
    assert read(text.encode()).newline == newline


@pytest.mark.parametrize(
    ("path", "data", "told"),
    [
        (("invoicing", 0, "label"), {"invoicing": {"seller": "a"}}, "invoicing.label"),
        (("invoicing", 0, "label"), {"invoicing": [{}, {}]}, "invoicing.1.label"),
        (("invoicing", 2, "label"), {"invoicing": [{}]}, "invoicing.3.label"),
        (("invoicing", 0, "label"), {}, "invoicing.1.label"),
        (("rows", 0, "party", 1), {"rows": [{"party": ["a", "b"]}]}, "rows.1.party.2"),
        (("rows", 0, "party", 0), {"rows": [{"party": "a"}]}, "rows.1.party"),
        (("rows", 0), None, "rows.1"),
    ],
)
def test_a_path_as_the_data_has_it(path: Path, data: object, told: str) -> None:
    """What stands alone in place of a list has no number."""
    assert dotted(path, data) == told
