"""Rows from sentences: who gives what, to what value, for how long."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from iopctl.reading.amounts import DocumentAmount, amounts
from iopctl.reading.clauses.instalments import is_plan
from iopctl.reading.economy import phrases
from iopctl.reading.economy.rows import IN_KIND, DocumentRow, described, item
from iopctl.reading.economy.tables import ELSEWHERE
from iopctl.reading.facts import evidence
from iopctl.reading.numbers import count, number
from iopctl.reading.sentences import split

if TYPE_CHECKING:
    from iopctl.reading.facts import DocumentReading
    from iopctl.reading.parties import Mention
    from iopctl.reading.sentences import Sentence

_LONGEST_ITEM: Final = 70
_TIMES_A_YEAR: Final[dict[str, tuple[str, Decimal]]] = {
    "month": ("månad", Decimal(12)),
    "quarter": ("kvartal", Decimal(4)),
}


def spoken(reading: DocumentReading) -> list[DocumentRow]:
    """Return the rows that sentences state."""
    found: list[DocumentRow] = []
    current: tuple[str, ...] = ()
    for sentence in reading.sentences:
        if sentence.topic in ELSEWHERE and not _is_summary(sentence):
            continue
        if sentence.passage.style == "heading":
            told = reading.parties.mentions(sentence.text)
            current = told[0].handles if told else ()
        elif sentence.passage.style != "row" and not is_plan(sentence.passage):
            found += _of_sentence(reading, sentence, current)
    return found


def _is_summary(sentence: Sentence) -> bool:
    """Whether a memo sums up here what is agreed on: it has no chapter on the economy itself."""
    return sentence.topic == "background" and bool(
        re.search(r"sammanfattning|summary", sentence.passage.place.heading, re.IGNORECASE)
    )


def _of_sentence(
    reading: DocumentReading, sentence: Sentence, current: tuple[str, ...]
) -> list[DocumentRow]:
    text = sentence.text
    found: list[DocumentRow] = []
    last = 0
    rest = phrases.REST.search(text)
    lent = phrases.LENT.search(text)
    if lent and not list(amounts(text)) and (row := _unpriced(reading, sentence, lent)):
        return [row]
    for hours in phrases.HOURS.finditer(text):
        row = _hours(reading, sentence, hours, current)
        if row:
            found.append(row)
            last = hours.end()
    for amount in amounts(text):
        before = text[last : amount.start] if amount.start > last else ""
        if amount.per == "hour" and found:
            found[-1].price = amount.kronor
            last = amount.end
            continue
        row = _of_amount(reading, sentence, amount, last, current)
        if row and not phrases.SUMMED.search(before):
            found.append(row)
        last = amount.end
    if rest:
        told = [
            each
            for each in reading.parties.mentions(text[: rest.start()])
            if each.start >= last - len(text)
        ]
        if told and re.search(
            r"står för|svarar för|bidrar|finansierar|covers|finances|bears", text
        ):
            found.append(_remainder(sentence, told[-1].handles, rest))
    return found


def _unpriced(
    reading: DocumentReading, sentence: Sentence, lent: re.Match[str]
) -> DocumentRow | None:
    """Return what the public side lets the other use, or does for it, without a price."""
    told = reading.parties.mentions(sentence.text[: lent.start()])
    public = told and all(reading.parties.role(each) == "public" for each in told[0].handles)
    what = lent["what"].strip(" ,")
    if not public or len(what) > _LONGEST_ITEM or phrases.OF.search(_following(sentence)):
        return None
    row = DocumentRow(told[0].handles, item(what), evidence(sentence, lent.start(), lent.end()))
    row.form = "in_kind"
    return row


def _following(sentence: Sentence) -> str:
    texts = split(sentence.passage.text)
    place = texts.index(sentence.text) if sentence.text in texts else len(texts)
    return texts[place + 1] if place + 1 < len(texts) else ""


# ------------------------------------------------------------------ hours
def _hours(
    reading: DocumentReading, sentence: Sentence, hours: re.Match[str], current: tuple[str, ...]
) -> DocumentRow | None:
    text = sentence.text
    told = reading.parties.mentions(text[: hours.start()])
    handles = told[-1].handles if told else current
    if not handles or not phrases.GIVES.search(text[: hours.start()]):
        return None
    value = number(hours["count"]) or count(hours["count"])
    row = DocumentRow(handles, "", evidence(sentence, hours.start(), hours.end()))
    row.hours_per_year = Decimal(value) if value is not None else None
    what = hours["what"].strip()
    if not what:
        with_ = phrases.WITH.search(phrases.WORTH.sub("", text[: hours.start()].rstrip()))
        what = _given(with_) if with_ else ""
    row.item = item(re.sub(r"^(?:av|of)\s", "", what)) or "Ideell tid"
    row.words = text
    return row


# ------------------------------------------------------------------ amounts
def _of_amount(
    reading: DocumentReading,
    sentence: Sentence,
    amount: DocumentAmount,
    last: int,
    current: tuple[str, ...],
) -> DocumentRow | None:
    text = sentence.text
    clause = text[max(text.rfind("; ", 0, amount.start), 0) : amount.end + 25]
    excluded = phrases.NOT_AGREED.search(text[last : amount.end + 25]) or phrases.NOT_AGREED.search(
        clause
    )
    if excluded or amount.per in {"hour", "unit"} or amount.kronor < 1000:
        return None
    before = text[last : amount.start]
    handles = _giver(reading, sentence, last, amount, current)
    gives = phrases.GIVES.search(text[: amount.end + 20]) or phrases.RECEIVES.search(text) or last
    if not handles or not gives:
        return None
    row = DocumentRow(handles, "", evidence(sentence, amount.start, amount.end), amount.kronor)
    row.words = text
    row.whole = amount.per == "whole" or bool(phrases.WHOLE.search(_and_next(sentence, amount)))
    if amount.per in _TIMES_A_YEAR:
        row.unit, row.units = _TIMES_A_YEAR[amount.per]
        row.price, row.amount = amount.kronor, None
    elif (
        amount.per == ""
        and not row.whole
        and not re.search(r"årlig|varje år|per år|annual|yearly|each year", text, re.IGNORECASE)
    ):
        row.doubt = "per år sägs inte uttryckligen"
    row.form = (
        "in_kind"
        if IN_KIND.search(_near(sentence, before))
        and not re.search(r"betalar|\bbetalas ut\b", before)
        else ""
    )
    label = _label(sentence, before, text[amount.end :])
    if reading.parties.first(label) and len(label) < 40 and not phrases.GRANT.search(label):
        label = _by_heading(sentence)
    described(row, label)
    return row


def _near(sentence: Sentence, before: str) -> str:
    """Return the words before an amount, and the sentence before where this one is of its value."""
    if not phrases.OF.search(sentence.text):
        return before
    texts = split(sentence.passage.text)
    place = texts.index(sentence.text) if sentence.text in texts else 0
    return " ".join(texts[max(place - 1, 0) : place + 1])


def _and_next(sentence: Sentence, amount: DocumentAmount) -> str:
    """Return what follows an amount, and the next sentence where it is of that amount."""
    texts = split(sentence.passage.text)
    place = texts.index(sentence.text) if sentence.text in texts else len(texts)
    following = texts[place + 1] if place + 1 < len(texts) else ""
    is_of_it = re.match(
        r"(?:beloppet|summan|bidraget|detta|the amount|this)\b", following, re.IGNORECASE
    )
    return f"{sentence.text[amount.end : amount.end + 60]} {following if is_of_it else ''}"


def _giver(
    reading: DocumentReading,
    sentence: Sentence,
    last: int,
    amount: DocumentAmount,
    current: tuple[str, ...],
) -> tuple[str, ...]:
    """Return whose the amount is: the party named last before it as one that gives."""
    text, listed = sentence.text, sentence.passage.style == "item"
    told = [each for each in reading.parties.mentions(text) if each.start < amount.start]
    here = [each for each in told if each.start >= last] or told[-1:]
    if listed and current:
        return current
    receives = phrases.RECEIVES.search(text[last : amount.start])
    if receives and here and reading.parties.role(here[0].handles[0]) == "civil":
        from_ = list(reading.parties.mentions(text[amount.end :]))
        publics = reading.parties.of_role("public")
        named = [each.handles for each in from_ if set(each.handles) <= set(publics)]
        return named[0] if named else publics if len(publics) == 1 else ()
    if here:
        return _acting(text, here).handles
    if current:
        return current
    if phrases.OF.search(text):
        return reading.parties.first(_near(sentence, ""))
    publics = reading.parties.of_role("public")
    paid = re.match(
        (
            r"(?:ersättning(?:en)?|bidrag(?:et)?|(?:ett )?(?:årligt"
            r" )?(?:verksamhets)?bidrag|stödet)\b.{0,40}(?:utgår|uppgår|är|lämnas|betalas)"
        ),
        text,
        re.IGNORECASE,
    )
    return publics if paid and len(publics) == 1 else ()


def _acting(text: str, told: list[Mention]) -> Mention:
    """Return the one that gives, of those that are named: it stands right beside the verb."""
    for each in told:
        after = phrases.VERB.search(text[max(each.start - 20, 0) : each.start])
        if after and after.end() == min(each.start, 20):
            return each
    lone = [each for each in told if not phrases.OF_ANOTHER.match(text[each.end - 1 :])]
    return (lone or told)[0]


def _label(sentence: Sentence, before: str, after: str) -> str:
    of = phrases.OF.search(sentence.text)
    if of and not phrases.SUMMED.search(of[0]):
        return (of["what"] or of["of"]).strip()
    bare = phrases.WORTH.sub("", before.rstrip())
    lends = phrases.LENDS.search(bare)
    if lends:
        return re.sub(
            r"^(?:en|ett|sina?|sitt|kommunens|regionens|the|its)\s", "", lends["what"].strip()
        )
    with_ = phrases.WITH.search(bare)
    if with_ and _given(with_) and not re.search(r"\d", _given(with_)):
        return _given(with_)
    to = phrases.TO.match(after)
    if to:
        return f"Bidrag till {to['what'].strip()}"
    if re.search(r"\b(?:står|svarar) för\s*$|\bdel är\s*$", bare + before[len(bare) :].rstrip()):
        return ""
    grant = phrases.GRANT.search(before)
    if grant:
        return grant[1].capitalize()
    return _by_heading(sentence)


def _by_heading(sentence: Sentence) -> str:
    heading = re.sub(r"^[\W\d]+", "", sentence.passage.place.heading)
    return heading if phrases.GRANT.fullmatch(heading) else "Bidrag"


def _given(match: re.Match[str]) -> str:
    groups = match.groupdict()
    text = (groups.get("what") or groups.get("of") or groups.get("more") or "").strip(" ,")
    text = re.sub(
        (
            r"\b(?:årligen|varje år|per år|annually|each year)\b,?\s?|^(?:\d+\s?(?:kr"
            r"|kronor)\s|ett bidrag\b|med\s|with\s|en\s|ett\s)"
        ),
        "",
        text,
    )
    return re.sub(r"\s(?:och är|som är|är|och|utan hyra)$", "", text).strip(" ,")


def _remainder(sentence: Sentence, handles: tuple[str, ...], rest: re.Match[str]) -> DocumentRow:
    through = re.search(
        r"(?:genom|i form av|through|by)\s([^.;]{4,80})", sentence.text[rest.end() :]
    )
    row = DocumentRow(
        handles, item(through[1]) if through else "", evidence(sentence, rest.start(), rest.end())
    )
    row.remainder = True
    return row
