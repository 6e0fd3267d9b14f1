"""What an agreement says of its money's nature and of the law, in sentences for the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from iopctl.localised import in_full

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.model.economy import Economy
    from iopctl.model.follow_up import Legal, StateAid

_UNSPENT: Final = {
    "repay": "Medel som inte har använts betalas tillbaka.",
    "carry_over": "Medel som inte har använts förs över till nästa år.",
    "keep": "Medel som inte har använts behålls av mottagaren.",
}
_INITIATIVES: Final = {
    "civil": "Initiativet kom från den idéburna sidan.",
    "public": "Initiativet kom från den offentliga sidan.",
    "joint": "Initiativet kom från båda sidorna.",
}
_MARKETS: Final = {
    "yes": "Det finns andra som skulle göra samma sak mot betalning.",
    "no": "Det finns ingen marknad för verksamheten.",
}
_GROUNDS: Final = {
    "none": "Pengarna är inte statligt stöd",
    "de_minimis": "Pengarna är stöd av mindre betydelse (förordning 2023/2831)",
    "sgei": "Pengarna är ersättning för en tjänst av allmänt ekonomiskt intresse"
    " (förordning 2023/2832)",
    "other": "Pengarna är statligt stöd som är tillåtet på annan grund",
}


def unspent(economy: Economy) -> str:
    """Return what becomes of money that is not used; empty where that is not said."""
    return _UNSPENT[economy.unspent] if economy.unspent else ""


def of_money(economy: Economy) -> str:
    """Return what the agreement calls the public side's money, and what becomes of the rest."""
    called = f"Överenskommelsen kallar pengarna {economy.label}." if economy.label else ""
    return " ".join(filter(None, (called, unspent(economy))))


def assessment(legal: Legal | None) -> str:
    """Return what was assessed before the agreement, in sentences; empty where nothing is said."""
    return " ".join(_assessed(legal)) if legal else ""


def _assessed(legal: Legal) -> Iterator[str]:
    if legal.initiative:
        yield _INITIATIVES[legal.initiative]
    if legal.market:
        yield _MARKETS[legal.market]
    if legal.procurement_assessed:
        day = in_full(legal.procurement_assessed)
        yield f"Den {day} bedömdes att överenskommelsen inte är ett köp enligt LOU."
    if legal.state_aid:
        yield _state_aid(legal.state_aid)


def _state_aid(found: StateAid) -> str:
    ground = _GROUNDS[found.basis]
    if found.certificate is None:
        return f"{ground}."
    return f"{ground}, mottagarens intyg är från den {in_full(found.certificate)}."
