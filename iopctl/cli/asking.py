"""The questions of `iopctl new`: answers as people spell them, and a way back.

What its options say is read as the answers are.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl.cli import spellings
from iopctl.cli.spellings import of_option
from iopctl.cli.writing import answer
from iopctl.drafting.precedents import PrecedentValue, identity, invoicing_for
from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.output import terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iopctl.cli.spellings import Spelling
    from iopctl.drafting.precedents import Precedent
    from iopctl.drafting.repricing import Data
    from iopctl.drafting.skeleton import Answers

BACK: Final = "<"
ACCOUNTS: Final = frozenset({"bankgiro", "plusgiro", "iban"})


class Question(NamedTuple):
    """What is asked for *key*: how an answer is read, and what nothing at all means."""

    key: str
    text: str
    read: Spelling
    needed: bool = False
    usual: str = ""


class KnownAnswers(NamedTuple):
    """What is told of an agreement, and what is known of its parties, by name."""

    answers: Answers
    known: dict[str, Data]


def asked(given: KnownAnswers, precedents: Iterable[Precedent]) -> KnownAnswers:
    """Return what is *given* with a person's answers to what it lacks.

    *precedents* are what other agreements say; a party may be told by its short name.

    Raises:
        Abort: there is no more to come.
    """
    others = list(precedents)
    told: dict[str, str] = {}
    terminal.say(tr("{back} goes back to the question before", back=BACK))
    while (question := _next(given, others, told)) is not None:
        text = _answer(question)
        if text is None:
            if told:
                told.popitem()
            continue
        told[question.key] = text
    return _with(given, told)


def _with(given: KnownAnswers, told: Mapping[str, str]) -> KnownAnswers:
    """Return what was *given* with what a person has *told*."""
    answers, known = given
    plain: dict[str, Any] = {
        key: value for key, value in told.items() if key in answers._fields and key != "civil"
    }
    civil = (told["civil"],) if "civil" in told else answers.civil
    amounts = tuple(value for key, value in told.items() if key.startswith("amount "))
    invoicing = {key: PrecedentValue(_value(key, told[key])) for key in INVOICING if told.get(key)}
    answers = names(
        answers._replace(
            **plain,
            civil=civil,
            amounts=answers.amounts or amounts,
            invoicing={**answers.invoicing, **invoicing},
        ),
        known,
    )
    every = {name: dict(data) for name, data in known.items()}
    for number, name in enumerate((answers.public, *answers.civil)):
        if org_number := told.get(f"number {number}"):
            every.setdefault(name, {})["org_number"] = org_number
        if number == 1 and (account := told.get("account")):
            every.setdefault(name, {})[spellings.kind_of_account(account)] = account
    return KnownAnswers(answers, every)


def _next(given: KnownAnswers, others: list[Precedent], told: Mapping[str, str]) -> Question | None:
    questions = _questions(given, others, told)
    return next((each for each in questions if each.key not in told), None)


def _questions(
    given: KnownAnswers, others: list[Precedent], told: Mapping[str, str]
) -> Iterator[Question]:
    from iopctl.model.scalars import Kronor, Length, Rate

    answers, known = given
    start = answers.start or told.get("start", "")
    usual = _usual(known)
    every = (
        Question("title", tr("What is the agreement called?"), readable, needed=True),
        Question("public", tr("Which municipality or region?"), readable, needed=True, usual=usual),
        Question("civil", tr("Which non-profit?"), readable, needed=True),
        Question("start", tr("Its first day, as 2027-01-01?"), _first_day),
        Question("end", tr("Its last day, or open?"), _last_day(start)),
        Question("notice_months", tr("How many months is the notice?"), spellings.of(Length)),
    )
    yield from (each for each in every if not getattr(answers, each.key))
    parties = (
        answers.public or told.get("public", ""),
        *(answers.civil or (told.get("civil", ""),)),
    )
    whole = [_named(each, known) for each in parties]
    if not answers.amounts:
        for number, name in enumerate(whole):
            asks = tr("What does {name} give a year, in kronor?", name=name)
            yield Question(f"amount {number}", asks, spellings.of(Kronor))
    board = known.get(whole[0], {}).get("board", "")
    more = (
        Question("board", tr("Which committee decides and pays?"), readable, usual=board),
        Question("area", tr("Which field of work?"), readable),
        Question("percent", tr("By how many percent is it raised each year?"), spellings.of(Rate)),
    )
    yield from (each for each in more if not getattr(answers, each.key))
    yield from _of_parties(whole, known)
    yield from _of_invoices(whole[0], known, others)


def _of_parties(names: list[str], known: Mapping[str, Data]) -> Iterator[Question]:
    """Yield the questions that other agreements have not answered: numbers, and the account."""
    from iopctl.model.identifiers import OrgNumber

    for number, name in enumerate(names):
        if "org_number" not in known.get(name, {}):
            text = tr("The organisation number of {name}?", name=name)
            yield Question(f"number {number}", text, spellings.of(OrgNumber))
    seller = names[1]
    if not ACCOUNTS & {*known.get(seller, {})}:
        text = tr("The bankgiro, plusgiro or IBAN of {name}?", name=seller)
        yield Question("account", text, spellings.account)


def _of_invoices(
    buyer: str, known: Mapping[str, Data], others: list[Precedent]
) -> Iterator[Question]:
    """Yield the questions on invoices; what all the buyer's agreements say is not asked again."""
    said = invoicing_for(others, identity({"name": buyer, **known.get(buyer, {})}) or buyer)
    usual = {key: str(each.value) for key, each in said.items() if each.is_proposal}
    texts = {
        "recipient": tr("Where do invoices go, as: Fakturor, Box 1, 123 45 ORTEN?"),
        "reference": tr("Which reference does {name} want on them?", name=buyer),
        "interval": tr("How often: yearly, half_yearly, tertial, quarterly or monthly?"),
        "payment_days": tr("Within how many days are they paid?"),
    }
    for key, text in texts.items():
        is_known = key in said and not said[key].is_proposal
        if not is_known and not (key == "recipient" and "address" in known.get(buyer, {})):
            yield Question(key, text, INVOICING[key], usual=usual.get(key, ""))


def _usual(known: Mapping[str, Data]) -> str:
    """Return the one public party of all other agreements; "" where there are several."""
    names = Counter(name for name, told in known.items() if told.get("role") == "public")
    return next(iter(names)) if len(names) == 1 else ""


def _named(name: str, known: Mapping[str, Data]) -> str:
    """Return the whole name of a party that is told by its short one: the one known best."""
    whole = [
        each
        for each, told in known.items()
        if name and name.casefold() in {each.casefold(), str(told.get("short_name", "")).casefold()}
    ]
    return max(whole, key=lambda each: len(known[each]), default=name)


def names(given: Answers, known: Mapping[str, Data]) -> Answers:
    """Return *given* with the whole names of parties that are told by their short ones."""
    civil = tuple(_named(each, known) for each in given.civil)
    return given._replace(public=_named(given.public, known), civil=civil)


def _answer(question: Question) -> str | None:
    """Return an answer that can be read, "" where none is needed; None to go back."""
    hint = f" [{tr(question.usual)}]" if question.usual else ""
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
            return question.read(text)
        except UserError as error:
            terminal.say(str(error))


# ------------------------------------------------------------------ answers as files have them
def understood(options: Answers) -> Answers:
    """Return what *options* say, in the spelling that files have.

    Raises:
        UserError: one is not understood; it is named.
    """
    from iopctl.model.scalars import Kronor, Rate

    start = of_option("--start", options.start, _first_day)
    return options._replace(
        title=of_option("--title", options.title, readable),
        public=of_option("--public", options.public, readable),
        civil=tuple(of_option("--civil", each, readable) for each in options.civil),
        start=start,
        end=of_option("--end", options.end, _last_day(start)),
        amounts=tuple(
            of_option("--amount", each, spellings.of(Kronor)) for each in options.amounts
        ),
        percent=of_option("--index", options.percent, spellings.of(Rate)),
        board=of_option("--board", options.board, readable),
        area=of_option("--area", options.area, readable),
    )


def _first_day(text: str) -> str:
    from iopctl.model.scalars import PartialDate

    return spellings.of(PartialDate)(spellings.day(text))


def _last_day(start: str) -> Spelling:
    """Return how the last day is read: a whole one, not before the *start*."""
    from iopctl.model.validity import End

    def read(text: str) -> str:
        write = spellings.of(End)(spellings.day(text))
        if write != "open" and len(write) < len("2027-12-31"):
            raise UserError(tr("{text} is no day: write the last one, as 2027-12-31", text=write))
        if write < start:
            raise UserError(tr("{text} is before the first day, {start}", text=write, start=start))
        return write

    return read


def _payment_days(text: str) -> str:
    from iopctl.model.scalars import PaymentDays

    return spellings.of(PaymentDays)(text)


def readable(words: str) -> str:
    """Return a text that files may have: one that a reader can see."""
    from iopctl.source.spelling import scalar

    scalar(words)
    return words


INVOICING: Final[dict[str, Spelling]] = {
    "recipient": spellings.address,
    "reference": readable,
    "interval": spellings.interval,
    "payment_days": _payment_days,
}


def _value(key: str, text: str) -> Any:  # noqa: ANN401 - a value of a file
    return spellings.address_data(text) if key == "recipient" else text
