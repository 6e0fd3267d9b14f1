"""What may be written where the cursor stands: keys, choices, names, and what others have said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    CompletionList,
    InsertTextFormat,
    InsertTextMode,
    MarkupContent,
    MarkupKind,
    TextEdit,
)

from iopctl.check.rules import ALL
from iopctl.check.rules.page import page
from iopctl.check.selection import FOUND_BY_RULES
from iopctl.check.silences import BY_COMMENT
from iopctl.drafting import precedents
from iopctl.editor import grammar, outline
from iopctl.source.spelling import Indentation, flow, lines, scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from iopctl.check.facts import Facts
    from iopctl.check.rules import Context
    from iopctl.drafting.precedents import Precedent
    from iopctl.editor.grammar import Slot
    from iopctl.editor.manuscript import LastAgreement, Manuscript
    from iopctl.editor.outline import Spot
    from iopctl.editor.words import Wording

TRIGGERS: Final = (" ", ":", "-", "[", "{", ",", "\n")
_OF_WORDS: Final = "abcdefghijklmnopqrstuvwxyzIOP0123456789-"
IGNORE: Final = "iopctl: ignore["
_STEP: Final = 2


class Around(NamedTuple):
    """What is known beside the text itself: other agreements, the day and the configuration."""

    facts: Sequence[Facts]
    precedents: Sequence[Precedent]
    context: Context
    snippets: bool = False


class Completion(NamedTuple):
    """Something that may be written: as it is listed, as it is inserted, and what is said of it."""

    label: str
    text: str
    detail: str = ""
    told: str = ""
    kind: CompletionItemKind = CompletionItemKind.Value
    is_snippet: bool = False


def completion(manuscript: Manuscript, offset: int, around: Around, say: Wording) -> CompletionList:
    """Return what may be written at *offset*, the likeliest first."""
    text = manuscript.text.removeprefix("\ufeff")
    spot = outline.spot(text, offset)
    known = manuscript.known()
    if spot.comment:
        found = list(_comment(text, offset))
    elif spot.key is None and not _is_scalar_item(spot):
        found = [*_keys(spot, known, around, say)]
    else:
        found = [*_values(spot, known, around, say)]
    start = _word_start(text, offset) if spot.comment else spot.start
    place = manuscript.ruler.range(start, offset)
    follows = text[offset:].lstrip(" ").startswith(":")
    unique = {each.label: each for each in reversed(found)}
    items = [
        _item(each, number, TextEdit(place, _inserted(each, around, follows=follows)), around)
        for number, each in enumerate(each for each in found if unique[each.label] is each)
    ]
    return CompletionList(is_incomplete=False, items=items)


def _inserted(each: Completion, around: Around, *, follows: bool) -> str:
    if follows and each.kind is CompletionItemKind.Property:
        return each.label
    return each.text if around.snippets or not each.is_snippet else _plain(each.text)


def _plain(snippet: str) -> str:
    return snippet.removesuffix("$0").replace("\\$", "$").replace("\\}", "}").replace("\\\\", "\\")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")


def _item(each: Completion, number: int, edit: TextEdit, around: Around) -> CompletionItem:
    is_snippet = each.is_snippet and around.snippets
    return CompletionItem(
        label=each.label,
        kind=each.kind,
        detail=each.detail or None,
        documentation=MarkupContent(MarkupKind.Markdown, each.told) if each.told else None,
        sort_text=f"{number:04}",
        filter_text=each.label,
        insert_text_format=InsertTextFormat.Snippet if is_snippet else InsertTextFormat.PlainText,
        insert_text_mode=InsertTextMode.AsIs,  # lines below are indented for where they stand
        text_edit=edit,
    )


# ------------------------------------------------------------------ keys
def _keys(
    spot: Spot, known: LastAgreement | None, around: Around, say: Wording
) -> Iterator[Completion]:
    """Yield the keys that are not there yet: what must be there, then in the format's order."""
    slots = grammar.slots(spot.path, spot.word)
    left = [each for each in slots if each.key not in spot.keys]
    for slot in sorted(left, key=lambda each: not each.required):
        detail = f"{slot.title} ({say('required')})" if slot.required else slot.title
        yield Completion(
            slot.key,
            _opened(slot, spot),
            detail,
            slot.description,
            CompletionItemKind.Property,
            is_snippet=True,
        )
    if spot.path[:1] == ("invoicing",) or "invoicing" in spot.path[-2:]:
        yield from _as_others_ask(spot, known, around, say)
    if spot.path[-1:] == ("parties",):
        yield from _parties(spot, around, say)
    elif spot.path[-1:] == ("by_party",):
        yield from (each for each in _handles(known, say) if each.label not in spot.keys)
    elif spot.path[-1:] == ("outcome",):
        yield from (each for each in _units(known, around) if each.label not in spot.keys)


def _opened(slot: Slot, spot: Spot) -> str:
    """Return a key with what begins its value: on a line of its own where it is a block."""
    if spot.brackets:
        return f"{slot.key}: $0"
    indent = " " * (spot.indent + _STEP)
    if grammar.is_list(slot.form):
        return f"{slot.key}:\n{indent}- $0"
    if grammar.is_mapping(slot.form):
        return f"{slot.key}:\n{indent}$0"
    return f"{slot.key}: $0"


def _as_others_ask(
    spot: Spot, known: LastAgreement | None, around: Around, say: Wording
) -> Iterator[Completion]:
    """Yield what other agreements ask for of the same buyer, whole."""
    for key in precedents.OF_BUYER:
        if key not in spot.keys:
            for agreement, value in _asked(spot, known, around, key):
                text = f"{key}: {flow(value)}" if spot.brackets else _written(key, value, spot)
                yield Completion(
                    f"{key}: {flow(value)}",
                    _escaped(text),
                    say("as in {agreement}", agreement=agreement),
                    kind=CompletionItemKind.Snippet,
                    is_snippet=True,
                )


def _asked(
    spot: Spot, known: LastAgreement | None, around: Around, key: str
) -> Iterator[tuple[str, Any]]:
    handle = spot.keys.get("buyer", "")
    party = known.agreement.parties.get(handle) if known else None
    if party:
        own = known.agreement.id if known else ""
        others = [each for each in around.precedents if each.id != own]
        yield from precedents.asked_by(others, party.identity, key)


def _written(key: str, value: Any, spot: Spot) -> str:  # noqa: ANN401 - what YAML has
    return "\n".join(lines(f"{key}:", value, spot.indent, Indentation()))[spot.indent :]


def _parties(spot: Spot, around: Around, say: Wording) -> Iterator[Completion]:
    """Yield the parties of other agreements, each whole."""
    for handle, agreement, party in precedents.parties(around.precedents):
        if handle not in spot.keys and not spot.brackets:
            detail = say("as in {agreement}", agreement=agreement)
            text = _escaped(_written(scalar(handle), dict(party), spot))
            name = f"{party.get('name')}"
            yield Completion(
                handle, text, detail, name, CompletionItemKind.Snippet, is_snippet=True
            )


# ------------------------------------------------------------------ values
def _is_scalar_item(spot: Spot) -> bool:
    """Whether an item of a list stands here that is a word."""
    is_item = bool(spot.path) and isinstance(spot.path[-1], int)
    return is_item and not grammar.slots(spot.path, spot.word)


def _values(
    spot: Spot, known: LastAgreement | None, around: Around, say: Wording
) -> Iterator[Completion]:
    path = spot.value
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    for choice in grammar.choices(path, spot.word):
        kind = CompletionItemKind.EnumMember
        yield Completion(choice.word, choice.word, told=choice.meaning, kind=kind)
    yield from _known(key, known, around, say)
    if key in precedents.OF_BUYER and "invoicing" in path:
        for agreement, value in _asked(spot, known, around, key):
            detail = say("as in {agreement}", agreement=agreement)
            yield Completion(flow(value), flow(value), detail, kind=CompletionItemKind.Reference)
    found = grammar.slot(path, spot.word) if spot.key else None
    for each in grammar.examples(found.form) if found else ():
        if isinstance(each, str | int):
            text = scalar(str(each), brackets=spot.brackets)
            yield Completion(text, text, say("for example"), kind=CompletionItemKind.Text)


def _known(
    key: str, known: LastAgreement | None, around: Around, say: Wording
) -> Iterator[Completion]:
    """Yield the names that may stand under a *key*: of parties, agreements, rules, and so on."""
    match key:
        case "party" | "receiver" | "seller" | "buyer":
            yield from _handles(known, say)
        case "succeeds" | "part_of":
            yield from _ids(known, around)
        case "rule":
            yield from _rules(FOUND_BY_RULES)
        case "date" | "settled_until":
            yield from _words([around.context.as_of.isoformat()])
        case "series":
            yield from _words(around.context.config.index)
        case "unit":
            yield from _units(known, around)
        case "item":
            yield from _words(each for one in around.precedents for each in one.items)
        case _:
            return


def _handles(known: LastAgreement | None, say: Wording) -> Iterator[Completion]:
    for handle, party in known.case.terms[-1].parties.items() if known else ():
        told = say("{name}, {role}", name=party.called, role=say(party.role))
        yield Completion(handle, handle, told, kind=CompletionItemKind.Variable)


def _ids(known: LastAgreement | None, around: Around) -> Iterator[Completion]:
    own = known.agreement.id if known else ""
    for each in around.facts:
        if each.id != own:
            yield Completion(each.id, each.id, each.file, kind=CompletionItemKind.Reference)


def _rules(codes: Iterable[str]) -> Iterator[Completion]:
    wanted = frozenset(codes)
    for rule in ALL:
        if rule.code in wanted or rule.name in wanted:
            told = page(rule.doc).summary
            yield Completion(rule.name, rule.name, rule.code, told, CompletionItemKind.EnumMember)


def _units(known: LastAgreement | None, around: Around) -> Iterator[Completion]:
    own = [each.unit for each in known.agreement.volume] if known else []
    others = sorted({each for one in around.precedents for each in one.units})
    yield from (
        Completion(each, scalar(each, brackets=True)) for each in dict.fromkeys((*own, *others))
    )


def _words(found: Iterable[str]) -> Iterator[Completion]:
    yield from (Completion(each, scalar(each, brackets=True)) for each in sorted(set(found)))


# ------------------------------------------------------------------ comments
def _word_start(text: str, offset: int) -> int:
    return len(text[:offset].rstrip(_OF_WORDS))


def _comment(text: str, offset: int) -> Iterator[Completion]:
    """Yield the rules that a comment may silence, once it says that it does."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    if IGNORE in line and "]" not in line.rpartition(IGNORE)[2]:
        yield from _rules(BY_COMMENT)
