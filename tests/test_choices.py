"""Options of which one of several words is chosen: in Swedish or English, in help and by Tab."""

from __future__ import annotations

from enum import EnumType
from typing import TYPE_CHECKING, Any, get_args

import pytest

from iopctl.cli.choices import BUDGET_ROWS, EVENTS
from iopctl.cli.commands import COMMANDS, loaded
from iopctl.cli.misuse import choice_of, name_of
from iopctl.language import spoken, tr
from iopctl.model.choices import meant
from iopctl.model.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import AgreementText, Run

PROGRAMS = {"--format"}  # whose words name formats, in every language


def parameters() -> Iterator[tuple[str, Any]]:
    """Yield every parameter that takes one of several words, with its command's name."""
    for name in COMMANDS:
        command: Any = loaded(name)
        for each in getattr(command, "commands", {name: command}).values():
            for parameter in each.params:
                if parameter.type_descriptor.is_choice:
                    yield each.name, parameter


def values(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - a Literal, or an enumeration
    """Return the words that an annotation has."""
    return tuple(kind) if isinstance(kind, EnumType) else get_args(kind)


@pytest.mark.parametrize(("command", "parameter"), list(parameters()))
def test_every_choice_has_swedish_words(command: str, parameter: Any) -> None:  # noqa: ANN401 - the library's
    """As many as English ones, each a word of its own that a shell needs no quotes for."""
    choice = choice_of(parameter)
    if choice is None:
        assert name_of(parameter) in PROGRAMS, command
        return
    with spoken("sv"):
        words = choice.spoken

    assert tuple(choice.words.split("|")) == values(parameter.type_descriptor.annotation)
    assert len(words) == len(choice.words.split("|"))
    assert not any(each.split() != [each] for each in words)


def test_every_event_has_a_swedish_word() -> None:
    """Each one of its own that a shell needs no quotes for."""
    with spoken("sv"):
        words = EVENTS.spoken

    assert list(words.values()) == EVENTS.words.split("|")
    assert not any(each.split() != [each] for each in words)


@pytest.mark.parametrize("word", ["nämnd", "NÄMND", "board", " nämnd "])
def test_a_swedish_word_chooses_what_an_english_one_does(
    run: Run, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    """However it is capitalised."""
    monkeypatch.setenv("IOPCTL_LANG", "sv")

    assert run("budget", "--by", word).out == run("budget", "--by", "board").out


def test_help_and_errors_name_swedish_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that a person is to write, and the one that is the default."""
    monkeypatch.setenv("IOPCTL_LANG", "sv")
    told = run("budget", "--help").out

    assert "--by <avtal|part|nämnd|område|kategori|rad>" in told
    assert "[förval: avtal]" in told
    assert run("budget", "--by", "nåt").err == (
        "iopctl: --by nåt: skriv ett av avtal, part, nämnd, område, kategori, rad;"
        " se iopctl budget --help\n"
    )


@pytest.mark.parametrize(
    ("word", "event"),
    [("möte", "meeting"), ("avstämning", "meeting"), ("avböjd-option", "option_declined")],
)
def test_events_are_logged_by_their_swedish_names(
    run: Run, monkeypatch: pytest.MonkeyPatch, word: str, event: str
) -> None:
    """By the one that help names, and by others that mean the same; the file has the format's."""
    monkeypatch.setenv("IOPCTL_LANG", "sv")

    assert f"event: {event}" in run("log", "ikf-2023", word).out


def test_tab_offers_words_in_the_language() -> None:
    """As help has them."""
    with spoken("sv"):
        offered = BUDGET_ROWS.offered("K"), EVENTS.offered("av")

    assert offered == (["kategori"], ["avstämning", "avböjd-option"])


def test_what_an_event_lacks_is_told_in_swedish(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its kind, too."""
    monkeypatch.setenv("IOPCTL_LANG", "sv")

    assert run("log", "ikf-2023", "ändring").err == "iopctl: ändring kräver --effective\n"


@pytest.mark.parametrize("form", ["text", "json", "csv"])
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("list", "--sort", "färg"), "skriv en av avtal, titel, med"),
        (("check", "--baseline", "nej.json"), "nej.json finns inte: skriv den med"),
        (("budget", "--board", "Kulturnämnden"), "--board Kulturnämnden: det finns"),
        (("invoice", "ikf-2023", "--period", "Q2"), "--period Q2: skriv 2024, 2024-H1"),
    ],
)
def test_errors_are_in_the_person_s_language_in_every_format(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str, form: str
) -> None:
    """Programs read what is on standard output; a person reads what is wrong."""
    monkeypatch.setenv("IOPCTL_LANG", "sv")
    usual = [*words, *(() if form == "csv" and words[0] in {"check", "invoice"} else ("-f", form))]

    assert told in run(*usual).err


def test_a_column_goes_by_its_swedish_title_in_every_format(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The keys of what programs read stay as they are."""
    monkeypatch.setenv("IOPCTL_LANG", "sv")

    assert run("list", "--sort", "-slut", "-f", "json").out == (
        run("list", "--sort", "-end", "-f", "json").out
    )


def test_figures_as_written_have_a_decimal_comma(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, agreement_text: AgreementText
) -> None:
    """On an agreement's page, too."""
    monkeypatch.setenv("IOPCTL_LANG", "sv")
    file = tmp_path / "a.yaml"
    file.write_text(
        agreement_text().replace("base_year: 2024", "base_year: 2024\n  index: {percent: 2.5}"),
        "utf-8",
    )

    assert "2,5 %" in run("show", file).out


def alternatives(part: Any) -> Iterator[list[str]]:  # noqa: ANN401 - any part of a schema
    """Yield the words of each choice that the schema has, those of the log's events as one."""
    if isinstance(part, dict):
        yield from [part["enum"]] if "enum" in part else []
        for each in part.values():
            yield from alternatives(each)
    elif isinstance(part, list):
        for each in part:
            yield from alternatives(each)


def test_a_word_that_iopctl_shows_is_one_that_a_file_may_have() -> None:
    """What a table says of an event, an extension or a payment can be written back as it is."""
    choices = [*alternatives(schema()), EVENTS.words.split("|")]
    assert len(choices) > 15
    for words in choices:
        quoted = ", ".join(f"'{each}'" for each in words)
        with spoken("sv"):
            shown = {
                tr(key): word for word in map(str, words) for key in (word, word.replace("_", " "))
            }

        assert {text: meant(text, quoted) or text for text in shown} == shown
