"""A draft as YAML, each value with the place and words that it rests on in a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iopctl.source.spelling import Indentation, lines, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.reading.draft import Draft
    from iopctl.reading.facts import Evidence, Fact
    from iopctl.reading.persons import Persons
    from iopctl.source import Path

WIDTH: Final = 100
_BLOCKS: Final = frozenset(
    {"parties", "validity", "economy", "invoicing", "follow_up", "legal", "volume", "log"}
)


class Writer:
    """Writes one draft; *persons* is whom no comment may name."""

    def __init__(self, draft: Draft, persons: Persons) -> None:
        self._draft = draft
        self._persons = persons

    def text(self, schema: str) -> str:
        """Return the draft as the text of a file; *schema* is where the format's schema lies."""
        head = [
            f"# yaml-language-server: $schema={schema}",
            (
                f"# Utkast ur {self._safe(str(self._draft.data['source']))}: intill varje"
                f" värde står var det står och med vilka ord."
            ),
            (
                "# Rader med # ? är osäkra: jämför dem med dokumentet, rätta, och stryk sedan"
                " kommentarerna."
            ),
        ]
        body = [line for key, value in self._draft.data.items() for line in self._key(key, value)]
        return "\n".join([*head, *body]) + "\n"

    def _key(self, key: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - a record's data
        if key in _BLOCKS:
            yield ""
        yield from self._block((key,), key, value, 0)

    def _block(self, path: Path, key: str, value: Any, indent: int) -> Iterator[str]:  # noqa: ANN401 - likewise
        pad = " " * indent
        fact = self._draft.facts.get(path)
        if fact is None and isinstance(value, dict) and value:
            yield from self._doubts(path, pad)
            yield f"{pad}{scalar(key)}:"
            for name, each in value.items():
                yield from self._block((*path, name), name, each, indent + 2)
            yield from self._doubts_below(path, value, pad + "  ")
        elif fact is None and isinstance(value, list) and value and isinstance(value[0], dict):
            yield from self._doubts(path, pad)
            yield f"{pad}{scalar(key)}:"
            for number, each in enumerate(value):
                yield from self._element((*path, number), each, indent + 2)
        else:
            yield from self._doubts(path, pad, fact)
            yield from self._commented(
                list(lines(f"{scalar(key)}:", value, indent, Indentation())), fact, pad
            )

    def _element(self, path: Path, value: dict[str, Any], indent: int) -> Iterator[str]:
        """Yield an element of a list: a row on a line with its comment, a block key by key."""
        pad = " " * indent
        fact = self._draft.facts.get(path)
        if fact is not None:
            yield from self._doubts(path, pad, fact)
            yield from self._commented(
                list(lines("-", dict(value), indent, Indentation())), fact, pad
            )
            return
        inner = [
            line
            for name, each in value.items()
            for line in self._block((*path, name), name, each, indent + 2)
        ]
        first = next(
            (place for place, line in enumerate(inner) if not line.lstrip().startswith("#")), 0
        )
        inner[first] = f"{pad}- {inner[first][indent + 2 :]}"
        yield from inner

    # -------------------------------------------------------------- comments
    def _commented(self, written: list[str], fact: Fact | None, pad: str) -> Iterator[str]:
        comment = self._comment(fact.evidence) if fact and fact.evidence else ""
        if comment and len(written) == 1 and len(written[0]) + len(comment) + 2 <= WIDTH:
            yield f"{written[0]}  {comment}"
        else:
            yield from [f"{pad}{comment}"] if comment else []
            yield from written

    def _comment(self, evidence: Evidence) -> str:
        return f'# {self._safe(evidence.place.told)}: "{self._safe(evidence.words)}"'

    def _doubts(self, path: Path, pad: str, fact: Fact | None = None) -> Iterator[str]:
        if fact and fact.doubt:
            yield f"{pad}# ? {self._safe(fact.doubt)}"
        for doubt in self._draft.doubts:
            if doubt.path == path:
                yield f"{pad}# ? {self._safe(doubt.told)}"

    def _doubts_below(self, path: Path, value: dict[str, Any], pad: str) -> Iterator[str]:
        """Yield the doubts about keys of a block that it does not have."""
        for doubt in self._draft.doubts:
            if doubt.path[:-1] == path and doubt.path[-1] not in value:
                yield f"{pad}# ? {self._safe(doubt.told)}"

    def _safe(self, text: str) -> str:
        """Return *text* on one line, without persons' names and what can't be seen."""
        shown = "".join(char if char.isprintable() else " " for char in text)
        return " ".join(self._persons.masked(shown).split())
