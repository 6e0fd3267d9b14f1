"""Which organisations a document names as parties, by number, by signature and in its opening."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.reading.identifiers import organisations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.reading.passages import Passage

PUBLIC: Final = re.compile(
    (
        r"\b(?:kommun(?:en)?|region(?:en)?|landsting(?:et)?|kommunalförbund(?:et)?"
        r"|stad|municipality|county council)\b"
    ),
    re.IGNORECASE,
)
_PUBLIC_NUMBER: Final = ("212", "222", "232")
_WORD: Final = r"(?:[A-ZÅÄÖÉ]|\d+[A-ZÅÄÖ])[\w&'’./-]*"
_SMALL: Final = (
    r"(?:i|på|och|för|av|vid|the|of|and|in|for|de|region|ideella?|ekonomisk|södra"
    r"|norra|östra|västra|[a-zåäö-]*"
    r"(?:kommuns?|stad|förening(?:en)?|stiftelse(?:n)?|kår(?:en)?|mission(?:en)?"
    r"|krets(?:en)?|församling(?:en)?"
    r"|förbund(?:et)?|jour(?:en)?|klubb(?:en)?|hus(?:et)?|kooperativ(?:et)?"
    r"|kors(?:et)?|center|centrum))"
)
NAME: Final = rf"{_WORD}(?:[ -]{_WORD}|\s{_SMALL}(?=\s{_WORD})|\s{_SMALL}\b(?!\s+[a-zåäö]+\s))*"
_LEAD: Final = re.compile(
    r"^(?:.*\b(?:är|[Mm]ellan|[Bb]etween|mellan|between|with|med|och|samt|and"
    r"|part(?:en|er)?:?|hos|av)\s+)(?=[A-ZÅÄÖ])"
)
_CUT: Final = re.compile(
    r",?\s+(?:genom|nedan|härefter|i fortsättningen|företrädd|nedan kallad|med org"
    r"|med säte|org\.?\s?-?n|organisationsn"
    r"|är\b|hereinafter|represented|through|reg\b|registration|dnr\b|company)\b.*$"
    r"|\s*\((?:org|nedan|härefter|i det|hereinafter).*$",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile(
    (
        r"(?:[\s,:;(–-]|\b(?:org(?:anisations?)?\.?\s?-?\s?(?:nr|nummer|number|no)?\.?"
        r"|med|has|reg(?:istration)?\.?\s?(?:nr|no|number)\.?)(?=[\s:.,(]|$))*$"
    ),
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(
    r"^(?:box|postadress|telefon|tel|org|kommunen|föreningen|regionen|stiftelsen"
    r"|parterna|part|dnr|datum|ort|gln|peppol"
    r"|bankgiro|plusgiro|faktura|referens|kommun|förening|the association|the"
    r" municipality|organisation\w*|partnerskap\w*"
    r"|avtal\w*|samverkansavtal|överenskommelse\w*|idéburet|iop)\b[^a-zåäö]*$"
    r"|\d{3} ?\d{2}\b|@|^\W*$|^\d",
    re.IGNORECASE,
)
_CALLED: Final = re.compile(
    r"\((?:nedan|härefter|i fortsättningen|i det följande|hereinafter)[^)]*\)?", re.IGNORECASE
)
_SHORT: Final = re.compile(r"\(([A-ZÅÄÖ][A-ZÅÄÖ&-]{1,9})\)")


class PersonName(NamedTuple):
    """An organisation as one place of the document names it."""

    name: str
    number: str
    passage: Passage

    @property
    def is_public(self) -> bool:
        """Whether it is a municipality or region."""
        return bool(PUBLIC.search(self.name)) or self.number.startswith(_PUBLIC_NUMBER)


def names(passages: Sequence[Passage]) -> list[PersonName]:
    """Return the organisations that are named as parties, in the order of what says so."""
    found = [*_numbered(passages)]
    if len({each.number for each in found}) < 2 or not _has_both(found):
        found += _opening(passages)
    found += _unnumbered(passages, found) + _signed(passages)
    return found


def _has_both(found: Sequence[PersonName]) -> bool:
    return len({each.is_public for each in found}) > 1


# ------------------------------------------------------------------ beside a number
def _numbered(passages: Sequence[Passage]) -> Iterator[PersonName]:
    for place, passage in enumerate(passages):
        last = 0
        for start, end, number in organisations(passage.text):
            before = passage.text[last:start]
            if not re.search(
                r"(?:peppol|gln|0007:?|bankgiro|plusgiro|konto)\S*[\s:-]*$", before, re.IGNORECASE
            ):
                after = re.match(rf"[),\s:–-]*({NAME})", passage.text[end:])
                beside = clean(after[1]) if after and passage.style == "row" else ""
                name = name_at_end(before) or beside or _above(passages, place, before)
                if name:
                    yield PersonName(name, number, passage)
            last = end


def name_at_end(text: str) -> str:
    """Return the name that *text*, the words before a number, ends with; "" if with none."""
    text = _CALLED.sub("", _SHORT.sub("", _BESIDE.sub("", text)))
    for part in reversed(re.split(r"\s*(?:[,;·|•:]|\.\s|\()\s*", text)):
        name = clean(_LEAD.sub("", f" {part}").strip() if not _is_name(part) else part)
        if name:
            return name
    return ""


def _is_name(part: str) -> bool:
    return bool(re.fullmatch(NAME, part.strip()))


def clean(text: str) -> str:
    """Return a name without what is said of it; "" where it is none."""
    name = _CUT.sub("", _SHORT.sub("", text)).strip(' ,.;:()–-"”“')
    if re.search(r"\b\d{3} ?\d{2}\b", name):  # a postal code
        return ""
    name = re.sub(r"^\d{1,2}(?:\.\d+)*[.)]?\s+(?=[A-ZÅÄÖ])", "", name)
    name = re.sub(r"^(?:Mellan|Between|Och|Samt)\s+|\s+(?:För|For)\s.*$", "", name)
    found = re.search(rf"{NAME}$", name) or re.match(NAME, name)
    name = found[0].strip(" ,.;:()–-").replace(" Kommun", " kommun") if found else ""
    bad = _NO_NAME.search(name) or len(name) < 4 or not re.search(r"[a-zåäöA-ZÅÄÖ]{3}", name)
    return "" if bad else name


def _above(passages: Sequence[Passage], place: int, before: str) -> str:
    """Return the name on the line above a number that stands alone."""
    if _BESIDE.sub("", before).strip() or not place:
        return ""
    above = passages[place - 1]
    short = len(above.text) <= 80 and above.topic in {"parties", ""}
    return clean(above.text) if short else ""


# ------------------------------------------------------------------ in the opening
_BETWEEN: Final = re.compile(r"\b(?:mellan|between)\s+(.{8,300})", re.IGNORECASE)
_AND: Final = re.compile(
    r",\s*(?:samt\s+|och\s+|and\s+)?(?=[A-ZÅÄÖ])|\s+(?:och|samt|and|&)\s+(?=[A-ZÅÄÖ])"
)
_AGREED: Final = re.compile(
    r"(.{4,120}?)\s+har\s+(?:slutit|ingått|träffat|tecknat|kommit överens)"
    r"|(.{4,120}?),?\s+(?:slöt|tecknar|ingår|sluter)\b"
)
_WITH: Final = re.compile(
    rf"(?:partnerskap|IOP|avtal|överenskommelse|samverkan|partnership"
    rf"|agreement)(?:\s*\(IOP\))?(?:\s+(?:med|with)|,)\s+({NAME})"
)
_EARLY: Final = 30


def _opening(passages: Sequence[Passage]) -> list[PersonName]:
    found: list[PersonName] = []
    for passage in passages[:_EARLY]:
        told = _BETWEEN.search(passage.text)
        if told and ("och" in told[1] or "and" in told[1] or "samt" in told[1]):
            parts = [clean(part) for part in _AND.split(told[1]) if part]
            found += [PersonName(name, "", passage) for name in parts if name]
            if len(found) > 1:
                return found
    for passage in passages:
        if passage.style == "edge" or passage.topic == "proposal":
            continue
        agreed, with_ = _AGREED.match(passage.text), _WITH.search(passage.text)
        if agreed:
            parts = [clean(part) for part in _AND.split(agreed[1] or agreed[2]) if part]
            found += [PersonName(name, "", passage) for name in parts if name]
        if with_ and (name := clean(with_[1])):
            found.append(PersonName(name, "", passage))
    return found + _public(passages)


_PUBLIC_NAME: Final = re.compile(
    r"\b([A-ZÅÄÖ][a-zåäöé]+(?:[ -][A-ZÅÄÖ][a-zåäöé]+)? [Kk]ommun)\b|\b(Region"
    r" [A-ZÅÄÖ]\w+)\b|\b(\w+ Municipality|Municipality of \w+)\b"
)


def _public(passages: Sequence[Passage]) -> list[PersonName]:
    """Return the municipality or region that is named most."""
    many: dict[str, list[Passage]] = {}
    for passage in passages:
        for found in _PUBLIC_NAME.finditer(passage.text):
            many.setdefault(found[0], []).append(passage)
    if not many:
        return []
    name = max(many, key=lambda each: len(many[each]))
    return [PersonName(name, "", many[name][0])]


# ------------------------------------------------------------------ without a number, and signed
def _unnumbered(passages: Sequence[Passage], known: Sequence[PersonName]) -> list[PersonName]:
    """Return those that the same paragraph lists beside parties with numbers, with an address."""
    found: list[PersonName] = []
    texts = {each.passage for each in known if each.number}
    for passage in passages[: _EARLY + 10]:
        if passage not in texts:
            continue
        for part in re.split(r"\.\s|,\s*(?:samt|och)\s+|\s(?:samt)\s", passage.text):
            told = re.match(
                rf"\s*({NAME}),\s+[A-ZÅÄÖ][^,]{{2,40}}\d[^,]{{0,8}},\s*\d{{3}} ?\d{{2}}\s", part
            )
            if told and (name := clean(told[1])):
                found.append(PersonName(name, "", passage))
    return found


_FOR: Final = re.compile(rf"^(?:För|On behalf of|For)\s+({NAME})$")


def _signed(passages: Sequence[Passage]) -> list[PersonName]:
    found = []
    for passage in passages[len(passages) // 2 :]:
        for cell in passage.cells or (passage.text,):
            told = _FOR.match(cell)
            if told and (name := clean(told[1])):
                found.append(PersonName(name, "", passage))
    return found
