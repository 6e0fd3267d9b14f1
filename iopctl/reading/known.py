"""The parties that other agreements have: a draft calls them by the same handles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl.reading.facts import Doubt, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from iopctl.source import Path
    from iopctl.source.events import Value

_TAKEN: Final = ("short_name", "org_number", "peppol_id", "gln", "bankgiro", "plusgiro", "iban")
_ACCOUNTS: Final = frozenset({"bankgiro", "plusgiro", "iban"})
_HANDLES: Final = frozenset({"party", "receiver", "seller", "buyer"})


class RegisteredParty(NamedTuple):
    """A party as an agreement has it."""

    agreement: str
    handle: str
    data: Mapping[str, Any]


class Register:
    """Parties of agreements, to be asked for by number and by name."""

    def __init__(self) -> None:
        self._members: dict[str, RegisteredParty] = {}

    def add(self, agreement: str, parties: Mapping[str, Mapping[str, Any]]) -> None:
        """Note the parties of an agreement; the first that bears a number or name is kept."""
        for handle, data in parties.items():
            for key in ("org_number", "name", "short_name"):
                if data.get(key):
                    member = RegisteredParty(agreement, handle, data)
                    self._members.setdefault(str(data[key]).casefold(), member)

    def member(self, party: Mapping[str, Value]) -> RegisteredParty | None:
        """Return the party with the number, else the name, that a draft's *party* has."""
        keys = [party.get(key) for key in ("org_number", "name", "short_name")]
        found = (self._members.get(str(key).casefold()) for key in keys if key)
        member = next((each for each in found if each), None)
        same_side = member and member.data.get("role") == party.get("role")
        return member if same_side else None


def taken_over(facts: Iterable[Fact | Doubt], known: Register) -> Iterator[Fact | Doubt]:
    """Yield facts with the handles that known parties have, and what is known of them besides."""
    all_ = list(facts)
    told: dict[str, dict[str, Value]] = {}
    for each in all_:
        if isinstance(each, Fact) and each.path[0] == "parties":
            told.setdefault(str(each.path[1]), {}).setdefault(str(each.path[2]), each.value)
    members = {handle: member for handle, party in told.items() if (member := known.member(party))}
    names = {handle: member.handle for handle, member in members.items()}
    if len({names.get(handle, handle) for handle in told}) < len(told):
        names, members = {}, {}  # two parties would bear one handle
    for each in all_:
        yield _renamed(each, names)
    for handle, member in members.items():
        has_account = bool(_ACCOUNTS & told[handle].keys())
        for key in _TAKEN:
            if key in member.data and not (key in _ACCOUNTS and has_account):
                doubt = f"ur {member.agreement}, inte ur dokumentet"
                yield Fact(("parties", member.handle, key), str(member.data[key]), None, doubt)


def _renamed(each: Fact | Doubt, names: Mapping[str, str]) -> Fact | Doubt:
    path: Path = each.path
    if path[0] == "parties" or path[-2:-1] == ("by_party",):
        path = tuple(names.get(str(part), part) for part in path)
    if isinstance(each, Doubt):
        return each._replace(path=path)
    value = each.value
    if isinstance(value, dict):
        value = {key: _of(part, names) if key in _HANDLES else part for key, part in value.items()}
    elif path[-1] in {"seller", "buyer"}:
        value = _of(value, names)
    return each._replace(path=path, value=value)


def _of(value: Value, names: Mapping[str, str]) -> Value:
    if isinstance(value, list):
        return [_of(each, names) for each in value]
    return names.get(str(value), value)
