"""The questions of `iopctl new`: answers as people spell them, and a way back."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl.cli.writing import answer, read_as
from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iopctl.drafting.repricing import Data
    from iopctl.drafting.skeleton import Answers

BACK: Final = "<"
_OPEN: Final = frozenset({"open", "tills vidare", "löpande", "until further notice"})
_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "maj", "jun"),
    *("jul", "aug", "sep", "okt", "nov", "dec"),
)
_IN_FIGURES: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[ /.-](\d{4})")
_IN_WORDS: Final = re.compile(r"(?:den )?(\d{1,2}) ([a-zåäö]{3})[a-zåäö]*\.? (\d{4})")


class Question(NamedTuple):
    """What is asked for *key*: of which *kind* an answer is, and what nothing at all means."""

    key: str
    text: str
    kind: Any
    needed: bool = False
    usual: str = ""


def asked(given: Answers, known: Mapping[str, Data]) -> Answers:
    """Return what is *given* with a person's answers to what it lacks.

    *known* has by name what other agreements say of a party; one may be told by its short name.

    Raises:
        Abort: there is no more to come.
    """
    told: dict[str, str] = {}
    terminal.say(tr("{back} goes back to the question before", back=BACK))
    while (question := _next(given, known, told)) is not None:
        text = _answer(question, told)
        if text is None:
            if told:
                told.popitem()
            continue
        told[question.key] = text
    amounts = tuple(value for key, value in told.items() if key.startswith("amount "))
    plain: dict[str, Any] = {
        key: value for key, value in told.items() if key in given._fields and key != "civil"
    }
    civil = (told["civil"],) if "civil" in told else given.civil
    return given._replace(**plain, civil=civil, amounts=given.amounts or amounts)


def _next(given: Answers, known: Mapping[str, Data], told: Mapping[str, str]) -> Question | None:
    questions = _questions(given, known, told)
    return next((each for each in questions if each.key not in told), None)


def _questions(
    given: Answers, known: Mapping[str, Data], told: Mapping[str, str]
) -> Iterator[Question]:
    from iopctl.model.scalars import Kronor, PartialDate, Rate, Text
    from iopctl.model.validity import End

    usual = _usual(known)
    every = (
        Question("title", tr("What is the agreement called?"), Text, needed=True),
        Question("public", tr("Which municipality or region?"), Text, needed=True, usual=usual),
        Question("civil", tr("Which non-profit?"), Text, needed=True),
        Question("start", tr("Its first day, as 2027-01-01?"), PartialDate),
        Question("end", tr("Its last day, or open?"), End),
    )
    yield from (each for each in every if not getattr(given, each.key))
    parties = (given.public or told.get("public", ""), *(given.civil or (told.get("civil", ""),)))
    if not given.amounts:
        for number, name in enumerate(parties):
            text = tr("What does {name} give a year, in kronor?", name=_named(name, known))
            yield Question(f"amount {number}", text, Kronor)
    more = (
        Question("board", tr("Which committee decides and pays?"), Text),
        Question("area", tr("Which field of work?"), Text),
        Question("percent", tr("By how many percent is it raised each year?"), Rate),
    )
    yield from (each for each in more if not getattr(given, each.key))


def _usual(known: Mapping[str, Data]) -> str:
    """Return the one public party of all other agreements; "" where there are several."""
    names = Counter(name for name, told in known.items() if told.get("role") == "public")
    return next(iter(names)) if len(names) == 1 else ""


def _named(name: str, known: Mapping[str, Data]) -> str:
    """Return the whole name of a party that is told by its short one."""
    whole = (
        each
        for each, told in known.items()
        if name.casefold() in {each.casefold(), str(told.get("short_name", "")).casefold()}
    )
    return next(whole, name)


def names(given: Answers, known: Mapping[str, Data]) -> Answers:
    """Return *given* with the whole names of parties that are told by their short ones."""
    civil = tuple(_named(each, known) for each in given.civil)
    return given._replace(public=_named(given.public, known), civil=civil)


def _answer(question: Question, told: Mapping[str, str]) -> str | None:
    """Return an answer that can be read, "" where none is needed; None to go back."""
    hint = f" [{question.usual}]" if question.usual else ""
    hint = hint or ("" if question.needed else f" ({tr('may be left empty')})")
    while True:
        text = answer(f"{question.text}{hint}") or question.usual
        if text == BACK:
            return None
        if not text:
            if question.needed:
                continue
            return ""
        try:
            return _read(question, text, told)
        except UserError as error:
            terminal.say(str(error))


def _read(question: Question, text: str, told: Mapping[str, str]) -> str:
    """Return an answer as files have it.

    Raises:
        UserError: it can't be read, or is a last day that is none or before the first.
    """
    write = text
    if question.key in {"start", "end"}:
        write = spelled(text)
    elif question.key.startswith("amount "):
        write = _kronor(text)
    read_as(question.kind, write, tr("the answer"))
    if question.key == "end" and write != "open":
        if len(write) < len("2027-12-31"):
            raise UserError(tr("{text} is no day: write the last one, as 2027-12-31", text=write))
        if write < told.get("start", ""):
            raise UserError(
                tr("{text} is before the first day, {start}", text=write, start=told["start"])
            )
    return write


def _kronor(text: str) -> str:
    """Return an amount without its blanks and its unit: 450000 for `450 000 kr`."""
    found = re.sub(r"\s|(?:kr|kronor|sek|:-)\.?\Z", "", text.lower())
    return found if found.isdigit() else text


def spelled(text: str) -> str:
    """Return a day as files have it, where people spell it otherwise; all else as it is."""
    plain = " ".join(text.lower().split())
    if plain in _OPEN:
        return "open"
    if found := _IN_FIGURES.fullmatch(plain):
        day, month, year = (int(each) for each in found.groups())
        return f"{year}-{month:02}-{day:02}"
    if (found := _IN_WORDS.fullmatch(plain)) and found[2] in _MONTHS:
        return f"{found[3]}-{_MONTHS.index(found[2]) + 1:02}-{int(found[1]):02}"
    return text
