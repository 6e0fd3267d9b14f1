"""Texts in Swedish and English: which language is chosen, and that no text lacks its translation."""

from __future__ import annotations

import ctypes
import string
from datetime import UTC, datetime
from io import BytesIO
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from iopctl import language
from iopctl.model.spoken import SPOKEN
from tests.messages import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

    from tests.conftest import Run

FOLDER = language.CATALOGUES / "sv" / "LC_MESSAGES"
SOURCE = FOLDER / "iopctl.po"
COMPILED = FOLDER / "iopctl.mo"


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """Leave the language as the other tests expect it."""
    yield
    language.use("en")


def catalogue() -> Catalog:
    """Return the Swedish catalogue as it stands in the repository."""
    with SOURCE.open("rb") as file:
        return pofile.read_po(file, locale="sv")


def extracted() -> Catalog:
    """Return what the source has to be translated."""
    found = Catalog(charset="utf-8", project="iopctl", locale="sv", fuzzy=False)
    for each in messages():
        name = (each.text, each.plural) if each.plural else each.text
        found.add(name, locations=[(each.where, 0)])
    return found


def updated() -> Catalog:
    """Return the catalogue with the texts that the source has now, old translations kept."""
    old = catalogue()
    new = extracted()
    for each in new:
        known = old.get(each.id[0] if isinstance(each.id, tuple) else each.id) if each.id else None
        if known is not None and known.string:
            each.string = known.string
    return new


def written(given: Catalog) -> bytes:
    """Return a catalogue as its file has it."""
    file = BytesIO()
    pofile.write_po(
        file, given, sort_output=True, omit_header=False, width=100, include_lineno=False
    )
    lines = file.getvalue().decode().splitlines(keepends=True)
    return "".join(
        each
        for each in lines
        if not each.startswith(
            (
                '"POT-Creation',
                '"PO-Rev',
                '"Generated-By',
                '"Last-T',
                '"Language-Team',
                '"Report',
                "# FIRST",
                "# Copyright",
                "# Swedish",
                "# This file",
                "#\n",
            )
        )
    ).encode()


def compiled(given: Catalog) -> bytes:
    """Return a catalogue as gettext reads it: without the dates that its file has not, either."""
    file = BytesIO()
    undated = pofile.read_po(BytesIO(written(given)), locale="sv")
    undated.creation_date = undated.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    write_mo(file, undated)
    return file.getvalue()


def fields(text: str) -> set[str]:
    """Return the places of a text that values are put in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def forms(message: Message) -> list[tuple[str, str]]:
    """Return each form of a message beside its translation."""
    originals = message.id if isinstance(message.id, tuple | list) else [message.id]
    translations = message.string if isinstance(message.string, tuple | list) else [message.string]
    return [(originals[min(place, 1)], each or "") for place, each in enumerate(translations)]


def test_the_catalogue_has_every_text_of_the_source(request: pytest.FixtureRequest) -> None:
    """And no other; `make docs` brings it up to date, and leaves the translating to a person."""
    new = updated()
    if request.config.getoption("--update-golden"):
        SOURCE.write_bytes(written(new))
        COMPILED.write_bytes(compiled(new))

    assert SOURCE.read_bytes() == written(new)
    assert COMPILED.read_bytes() == compiled(new)


def test_every_text_is_translated() -> None:
    """None is left in English for want of a translation."""
    missing = [each.id for each in catalogue() if each.id and not all(t for _, t in forms(each))]

    assert missing == []


def test_a_translation_names_the_same_places() -> None:
    """A value is neither lost nor asked for in vain."""
    other = [
        (text, translation)
        for each in catalogue()
        if each.id and each.string
        for text, translation in forms(each)
        if "{" in text + translation and fields(text) != fields(translation)
    ]

    assert other == []


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "sv_SE.UTF-8"}, "en"),
        ({"LC_MESSAGES": "sv", "LANG": "en_GB"}, "sv"),
        ({"IOPCTL_LANG": "en", "LC_ALL": "sv_SE.UTF-8"}, "en"),
        ({"IOPCTL_LANG": "sv"}, "sv"),
    ],
)
def test_the_language_of_the_surroundings(environment: dict[str, str], expected: str) -> None:
    """Its own variable first, then the system's as POSIX ranks them; English else."""
    assert language.of_surroundings(environment) == expected


@pytest.mark.parametrize(
    "words", [("--lang", "sv", "--help"), ("--help", "--lang=sv"), ("budget", "--lang", "sv", "-h")]
)
def test_lang_holds_wherever_it_stands(run: Run, words: tuple[str, ...]) -> None:
    """Before the command or behind it."""
    assert run(*words).out.startswith("Användning: iopctl")


@pytest.mark.parametrize("words", [("--lang",), ("--lang", "de"), ("--lang=",)])
def test_another_language_is_refused(run: Run, words: tuple[str, ...]) -> None:
    """Rather than answered in one that was not asked for."""
    assert (
        run("budget", *words).err == f"iopctl: --lang {''.join(words[1:])}: write one of sv, en\n"
    )


def test_words_after_two_dashes_are_no_options(run: Run) -> None:
    """A file may be called so."""
    assert "--lang" in run("show", "--", "--lang").err


def test_swedish_by_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to ask for it where the system speaks it."""
    monkeypatch.setenv("IOPCTL_LANG", "sv")

    assert "Visa" in run("--help").out
    assert language.current() == "sv"


@pytest.mark.parametrize(("number", "expected"), [(1053, "sv"), (1033, "en"), (1031, "en")])
def test_windows_has_no_such_variables(
    monkeypatch: pytest.MonkeyPatch, number: int, expected: str
) -> None:
    """There the language of the system's own texts is asked for, by its number."""
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: number)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(language, "os", SimpleNamespace(name="nt", environ={}))

    assert language.of_surroundings({}) == expected


def test_a_text_of_a_number() -> None:
    """One is no plural."""
    told = [language.counted("{number} file", "{number} files", each) for each in (1, 2)]

    assert told == ["1 file", "2 files"]


def test_words_of_the_format_are_spoken_in_swedish() -> None:
    """A table says *utbetalning*, where the file and JSON say payout; no word is left as it is."""
    language.use("sv")
    same = {word for word in SPOKEN if language.tr(word) == word}

    assert language.tr("payout") == "utbetalning utan faktura"
    assert same <= {"administration", "bidrag", "material", "option", "samverkansavtal", "tertial"}
