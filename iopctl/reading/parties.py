"""The parties of a document: one for each organisation, and how the text speaks of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from iopctl.drafting.skeleton import slug
from iopctl.reading.names import PersonName, names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from iopctl.reading.passages import Passage

_COMMON: Final = frozenset(
    [
        "förening",
        "föreningen",
        "stiftelse",
        "stiftelsen",
        "kommun",
        "kommuns",
        "region",
        "regionen",
        "ideella",
        "ideell",
        "idéburna",
        "i",
        "och",
        "för",
        "av",
        "på",
        "vid",
        "the",
        "of",
        "and",
        "in",
        "for",
        "de",
        "kooperativet",
        "kooperativ",
        "internationella",
        "svenska",
        "riksförbundet",
        "distrikt",
        "södra",
        "norra",
        "östra",
        "västra",
        "association",
        "foundation",
        "municipality",
        "club",
        "society",
        "ek",
        "för",
        "ekonomisk",
        "fören",
    ]
)
_PUBLIC_WORDS: Final = (
    r"kommun(?:en)?s?",
    r"stadens?",
    r"region(?:en)?s?",
    r"förvaltningens?",
    r"the municipality(?:'s|’s)?",
    r"the region(?:'s|’s)?",
)
_CIVIL_WORDS: Final = (
    r"förening(?:en)?s?",
    r"stiftelsens?",
    r"kooperativets?",
    r"organisationens?",
    r"jourens?",
    r"klubbens?",
    r"församlingens?",
    r"studieförbundets?",
    r"förbundets?",
    r"den idéburna(?: parten| organisationen| aktören)?s?",
    r"idéburen part",
    r"den ideella parten",
    r"civilsamhällesaktören",
    r"the (?:association|foundation|organi[sz]ation|society|club)(?:'s|’s)?",
)
_ALL_PUBLIC: Final = (
    r"(?:de (?:två|tre|båda) )?(?:kommunerna|regionerna)s?|båda kommunerna|the municipalities"
)
_ALL_CIVIL: Final = (
    r"(?:de (?:två|tre|fyra|båda) )?föreningarnas?|de idéburna(?: parterna|"
    r" organisationerna)?s?|organisationernas?"
    r"|the associations(?:'|’)?"
)
_FUNDER: Final = re.compile(r"\bfinansiär(?:en)?\b|medfinansiär|\bfunder\b", re.IGNORECASE)
_STATED: Final = re.compile(
    r"(?:nedan(?:\s?kallad)?|härefter|i fortsättningen(?: kallad)?|i det"
    r" följande(?: kallad)?|hereinafter(?: referred to as| called)?|benämnd)"
    r"\s+[\"”“'(]?((?:[Tt]he )?[A-ZÅÄÖa-zåäö][\wåäö -]{2,30}?)[\"”“')]?(?=[,.;)]"
    r"|\s+(?:och|är|and)\b|\s\d|$)"
    r"|\([\"”“]?((?:the )?[a-zåäöA-ZÅÄÖ][\wåäö -]{2,30})[\"”“]?\)",
)
_SHORT_NAME: Final = re.compile(r"^\s*(?:\(([A-ZÅÄÖ]{2,8})\)|,\s([A-ZÅÄÖ]{2,8}),)")
_NEXT: Final = re.compile(r"\.\s+(?=[A-ZÅÄÖ])|,?\s(?:och|and|samt)\s(?=[A-ZÅÄÖ])")
_GENITIVE: Final = re.compile(r"s$")
_ENDS_IN_S: Final = re.compile(r"(?:fors|ås|näs|hus|nas|kas)$")  # as places do, without a genitive


@dataclass
class DocumentParty:
    """An organisation of the document, its handle, and the patterns of what the text calls it."""

    handle: str
    name: str
    role: str
    passage: Passage
    org_number: str = ""
    number_passage: Passage | None = None
    short_name: str = ""
    called: list[str] = field(default_factory=list)


@dataclass
class Mention:
    """A place where a text speaks of parties."""

    start: int
    end: int
    handles: tuple[str, ...]


class Parties:
    """The parties, the public ones first, and who is meant where a text speaks of them."""

    def __init__(self, members: Sequence[DocumentParty]) -> None:
        self.members = tuple(members)
        self.by_handle: Mapping[str, DocumentParty] = {each.handle: each for each in members}
        self._patterns = [(handles, re.compile(words)) for handles, words in self._words()]

    def of_role(self, role: str) -> tuple[str, ...]:
        """Return the handles of the parties of one side."""
        return tuple(each.handle for each in self.members if each.role == role)

    def role(self, handle: str) -> str:
        """Return the side of a party."""
        return self.by_handle[handle].role

    def _words(self) -> Iterator[tuple[tuple[str, ...], str]]:
        for each in self.members:
            for words in each.called:
                yield (each.handle,), rf"(?i:(?<![\w-]){words}(?![\wåäö-]))"
        for role, one, all_ in (
            ("public", _PUBLIC_WORDS, _ALL_PUBLIC),
            ("civil", _CIVIL_WORDS, _ALL_CIVIL),
        ):
            handles = self.of_role(role)
            if len(handles) == 1:
                yield handles, rf"(?i:(?<![\w-])(?:{'|'.join(one)})(?![\wåäö-]))"
            if handles:
                yield handles, rf"(?i:(?<![\w-])(?:{all_})(?![\wåäö-]))"

    def mentions(self, text: str) -> list[Mention]:
        """Return where *text* speaks of parties, in order; of overlapping ones the longest."""
        found = [
            Mention(match.start(), match.end(), handles)
            for handles, pattern in self._patterns
            for match in pattern.finditer(text)
        ]
        kept: list[Mention] = []
        for each in sorted(found, key=lambda one: (one.start, -one.end)):
            if not kept or each.start >= kept[-1].end:
                kept.append(each)
        return kept

    def first(self, text: str) -> tuple[str, ...]:
        """Return whom *text* speaks of first; () if of nobody."""
        found = self.mentions(text)
        return found[0].handles if found else ()


def parties(passages: Sequence[Passage]) -> Parties:
    """Return the parties that a document names; there may be none, or one side alone."""
    groups: list[list[PersonName]] = []
    named = names(passages)
    places = {_GENITIVE.sub("", each.name.split()[0]) for each in named if each.is_public}
    for each in (each for each in named if each.name not in places):
        group = next((group for group in groups if _same(group, each)), None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    groups = [group for group in groups if not _is_place(group, groups)]
    members: list[DocumentParty] = []
    for group in sorted(groups, key=lambda group: not group[0].is_public):
        members.append(_party(group, [each.handle for each in members], passages))
    for member in members:
        member.called += _called(member, members)
    return Parties(members)


def _same(group: Sequence[PersonName], each: PersonName) -> bool:
    if each.number and any(other.number == each.number for other in group):
        return True
    numbers = {other.number for other in group if other.number}
    if each.number and numbers:
        return False
    words = _words_of(each.name)
    return any(words <= _words_of(other.name) or _words_of(other.name) <= words for other in group)


def _words_of(name: str) -> set[str]:
    words = re.findall(r"\w+", name.lower())
    return {_GENITIVE.sub("", word) for word in words if word not in {"i", "och", "för", "av"}}


def _is_place(group: Sequence[PersonName], groups: Sequence[Sequence[PersonName]]) -> bool:
    """Whether a name is only the place that another party is named after, or not a side at all."""
    words = _words_of(group[0].name)
    others = [_words_of(other[0].name) for other in groups if other is not group]
    return not any(each.number for each in group) and any(words < other for other in others)


def _party(
    group: Sequence[PersonName], taken: Sequence[str], passages: Sequence[Passage]
) -> DocumentParty:
    longest = max(group, key=lambda each: len(each.name))
    first = next((each for each in group if each.number), longest)
    name = first.name.title() if first.name.isupper() else first.name
    name = name.replace(" Kommun", " kommun")
    role = "public" if any(each.is_public for each in group) else "civil"
    at = first.passage.text.find(first.name)
    after = first.passage.text[at + len(first.name) :][:160] if at >= 0 else ""
    after = _NEXT.split(after)[0]
    if role == "civil" and _FUNDER.search(first.passage.text[max(at - 30, 0) :][:160]):
        role = "funder"
    short = _SHORT_NAME.match(after) or _short_elsewhere(first.name, passages)
    short_name = (short[1] or short[2]) if short else ""
    handle = slug(short_name or _handle_words(name, role), taken)
    party = DocumentParty(
        handle, name, role, first.passage, first.number, first.passage, short_name
    )
    stated = _STATED.search(after)
    for alias in (stated[1] or stated[2],) if stated else ():
        if not re.search(r"\d|org|genom", alias) and alias.lower() not in {"org", "nedan"}:
            party.called.append(rf"{re.escape(alias.strip())}(?:e?n|et)?s?")
    return party


def _short_elsewhere(name: str, passages: Sequence[Passage]) -> re.Match[str] | None:
    head = r"\s".join(re.escape(word) for word in name.split()[:2])
    pattern = re.compile(
        (
            rf"{head}(?:\s(?!och|samt|and)\w+){{0,3}}?(?:\s\(([A-ZÅÄÖ]{{2,8}})\)"
            rf"|,\s([A-ZÅÄÖ]{{2,8}}),)"
        ),
        re.IGNORECASE,
    )
    for passage in passages:
        found = pattern.search(passage.text)
        if found and (found[1] or found[2]).isupper() and (found[1] or found[2]) != "IOP":
            return found
    return None


def _handle_words(name: str, role: str) -> str:
    bare = re.sub(r"\b(?:kommun|region)\b", "", name, flags=re.IGNORECASE).strip()
    if role == "public":
        return bare if _ENDS_IN_S.search(bare) else _GENITIVE.sub("", bare) or name
    words = [word for word in re.findall(r"[\w-]+", name) if word.lower() not in _COMMON]
    return " ".join(words[:2]) or name


def _called(party: DocumentParty, members: Sequence[DocumentParty]) -> list[str]:
    """Return the patterns of what a party is called: its names, and the words of it alone."""
    found = [rf"{re.escape(party.name)}s?"]
    if party.short_name:
        found.append(rf"{re.escape(party.short_name)}(?::?s)?")
    others = {
        word
        for other in members
        if other is not party
        for part in re.findall(r"\w+", other.name.lower())
        for word in (part, _GENITIVE.sub("", part))
    }
    for word in re.findall(r"[\w]+", party.name):
        bare = _GENITIVE.sub("", word) if party.role == "public" else word
        publics = [each for each in members if each.role == "public"]
        place = party.role == "public" and len(publics) > 1  # told apart by their places
        lone = word.lower() not in _COMMON and (place or bare.lower() not in others)
        if lone and len(word) > 3:
            found.append(rf"{re.escape(bare)}(?:en|et|n|t)?s?")
            if word.lower().endswith(("jouren", "föreningen", "alliansen", "huset", "kåren")):
                tail = re.sub(r"^.*?(?=jouren|föreningen|alliansen|huset|kåren)", "", word.lower())
                if len([m for m in members if m.role == party.role]) == 1:
                    found.append(rf"{tail}s?")
    return found
