"""Topics of `iopctl help`: each is listed, printed and true, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter

from iopctl import language
from iopctl.cli import completion
from iopctl.cli.commands import COMMANDS, loaded
from iopctl.cli.topics import TOPICS, text
from iopctl.config import Config
from iopctl.language import tr
from iopctl.model.index import INDEXES, AnyIndex
from iopctl.output.terminal import Screen
from iopctl.source import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.cli.topics import Topic
    from iopctl.language import Language
    from tests.conftest import Golden, Run


@pytest.fixture(params=language.LANGUAGES)
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    """Let texts be in each language in turn."""
    monkeypatch.setenv("IOPCTL_LANG", request.param)
    language.use(request.param)
    yield request.param
    language.use("en")


def test_every_topic_is_listed(run: Run, spoken: Language) -> None:
    """With the commands, under the name by which it is asked for."""
    listed = re.split(r"[\s,]+", run("--help").out)

    assert [tr(each.name) for each in TOPICS if tr(each.name) not in listed] == [], spoken
    assert run("help").out == run("--help").out


def test_every_topic_is_printed(run: Run, golden: Golden, spoken: Language) -> None:
    """By its name in the language, in capitals or not; each fits a screen."""
    printed = [run("help", tr(each.name).upper()) for each in TOPICS]

    assert {(each.code, each.err) for each in printed} == {(0, "")}
    assert [each.out for each in printed if each.out.count("\n") > 24] == []
    golden(f"help/topics.{spoken}.txt", "\n".join(each.out for each in printed))


@pytest.mark.usefixtures("spoken")
def test_english_names_are_known_in_every_language(run: Run) -> None:
    """What a page or a colleague calls it is understood."""
    assert [each.name for each in TOPICS if run("help", each.name).code] == []


def test_a_topic_has_no_name_of_a_command() -> None:
    """Else it could never be asked for."""
    assert {each.name for each in TOPICS} & COMMANDS.keys() == set()


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_topics_are_legible_on_a_narrow_screen(topic: Topic) -> None:
    """Nothing but what is to be typed is wider than it."""
    written = {row[0] for part in topic.parts if not isinstance(part, str) for row in part}
    lines = text(topic, Screen(width=40)).splitlines()

    assert [each for each in lines[1:] if len(each) > 40 and each.strip() not in written] == []


def test_commands_of_topics_are_there() -> None:
    """With the flags that stand beside them."""
    told = [
        row[0]
        for topic in TOPICS
        for part in topic.parts
        if not isinstance(part, str)
        for row in part
    ]
    lines = [each.split() for each in told if each.startswith("iopctl ")]

    assert len(lines) > 10
    for _, name, *words in lines:
        command = loaded(name)
        options = {each for one in command.params for each in one.opts}
        assert {each for each in words if each.startswith("-")} <= options
        assert not hasattr(command, "commands") or words[0] in command.commands


def test_the_topic_of_the_configuration_has_every_key() -> None:
    """Alone or as the head of a table."""
    (topic,) = (each for each in TOPICS if each.name == "configuration")
    told = re.findall(r"[a-z_]+", " ".join(row[0] for row in topic.parts[1]))

    assert sorted(told) == sorted(Config.model_fields)


def test_the_topic_of_raises_has_every_kind_of_index() -> None:
    """By an example that is of that kind, and nothing else that a file can't have."""
    (topic,) = (each for each in TOPICS if each.name == "index")
    written = [row[0] for part in topic.parts if not isinstance(part, str) for row in part]
    data = [(read(each.encode()).data or {})["index"] for each in written]
    kinds = [type(TypeAdapter(AnyIndex).validate_python(each)) for each in data]

    assert kinds == [*INDEXES, str]


def test_tab_offers_commands_and_topics() -> None:
    """Whatever help explains."""
    assert completion.topics("in") == ["index", "init", "invoice", "invoicing"]
