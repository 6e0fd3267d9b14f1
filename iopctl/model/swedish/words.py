"""Which key people mean who write its Swedish name: only where it can be but one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iopctl.model.swedish import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel

# Beside what the schema calls them.
_OTHER_NAMES: Final = {
    "titel": "title",
    "rubrik": "title",
    "namn": "name",
    "orgnr": "org_number",
    "organisationsnr": "org_number",
    "nämnd": "board",
    "belopp": "amount",
    "summa": "amount",
    "post": "item",
    "benämning": "item",
    "ändamål": "item",
    "typ": "kind",
    "startdatum": "start",
    "start": "start",
    "slutdatum": "end",
    "slut": "end",
    "från": "start",
    "från och med": "start",
    "fr.o.m.": "start",
    "till och med": "end",
    "t.o.m.": "end",
    "signerat": "signed",
    "undertecknad": "signed",
    "index": "index",
    "indexering": "index",
    "bidrag": "contributions",
    "insatser": "contributions",
    "bankgiro": "bankgiro",
    "plusgiro": "plusgiro",
    "referens": "reference",
    "er referens": "reference",
    "intervall": "interval",
    "fakturanr": "number",
    "nummer": "number",
    "kommentar": "note",
    "notering": "note",
    "uppföljning": "follow_up",
    "postnr": "postal_code",
    "styrgrupp": "steering_group",
}


def key_meant(word: str, places: Iterable[type[BaseModel]]) -> str | None:
    """Return the key that *word* means in a block that may be one of *places*.

    None where it means none of theirs, or several.
    """
    spelled = word.strip().casefold().replace("_", " ")
    blocks: Any = BLOCKS
    keys = {
        name: key for place in places if place in blocks for name, key in blocks[place].keys.items()
    }
    titled = {name for name, key in keys.items() if key.title.casefold() == spelled}
    if not titled and _OTHER_NAMES.get(spelled) in keys:
        return _OTHER_NAMES[spelled]
    return titled.pop() if len(titled) == 1 else None
