"""Where a cursor stands in a text that may be half typed: the keys that lead there, and the word.

Lines and brackets are looked at, not YAML: what a parser refuses has an outline all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iopctl.source import Path

_LINE: Final = re.compile(
    r"""(?P<blanks>\ *)(?P<dashes>(?:-(?:\ +|$))*)
        (?:(?P<key>"[^"]*"|'[^']*'|[^\s"'\#{}\[\],&*!|>%@`-][^:\#{}\[\]]*?|-[^\s:]+)[ ]*:(?=\s|$))?
        (?P<rest>.*)""",
    re.VERBOSE,
)
# What most lines of a long list are like, and all that is to be known of them.
_PLAIN: Final = re.compile(r" *(?P<key>[a-z_]+): (?P<value>[^\[{|>#]+)")
_DASH: Final = re.compile(r"- *")
_COMMENT: Final = re.compile(r"(?:^|\s)#")
_TOKEN: Final = re.compile(
    r"""(?P<quoted>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\n]|'')*'?)|(?P<open>[\[{])|(?P<close>[\]}])
        |(?P<comma>,)|(?P<colon>:(?=[\s,\[\]{}]|$))|(?P<comment>(?<=\s)\#[^\n]*)|(?P<blank>\s+)
        |(?P<word>[^\s\[\]{},:"'\#]+|.)""",
    re.VERBOSE,
)


class Spot(NamedTuple):
    """Where a cursor stands: in the mapping or list at *path*, at the value of *key* or else a key.

    *typed* is the word before the cursor, and begins at *start*. *keys* are those of the mapping,
    with their scalars as written; they begin in column *indent* of their lines, or stand in
    *brackets*. *comment* tells that the cursor stands in a comment.
    """

    path: Path
    key: str | None
    typed: str
    start: int
    keys: Mapping[str, str]
    indent: int = 0
    brackets: bool = False
    comment: bool = False

    @property
    def value(self) -> Path:
        """The path of the value that is typed; that of the collection where a key is."""
        return self.path if self.key is None else (*self.path, self.key)

    def word(self, path: Path) -> str | None:
        """Return the word that says which event stands at *path*, if the cursor stands in it."""
        return self.keys.get("event") if path == self.path else None


@dataclass(eq=False)
class _Nest:
    """A mapping or list that is begun: its path, its column, and the key or item it has come to."""

    path: Path
    column: int
    kind: Literal["mapping", "list"]
    key: str = ""
    item: int = -1
    keys: dict[str, str] = field(default_factory=dict)
    brackets: bool = False

    @property
    def within(self) -> Path:
        """The path of what stands at its present key or item."""
        return (*self.path, self.item if self.kind == "list" else self.key)


def spot(text: str, cursor: int) -> Spot:
    """Return where the offset *cursor* stands."""
    return _Outline(text, cursor).spot()


class _Outline:
    """One reading of a text, line by line, until all is known of the place of the cursor."""

    def __init__(self, text: str, cursor: int) -> None:
        self._text = text
        self._cursor = cursor
        self._nests: list[_Nest] = [_Nest((), 0, "mapping")]
        self._at: _Nest | None = None
        self._spot: Spot | None = None
        self._quiet = -1  # the column of a key whose text goes on below it in a block

    def spot(self) -> Spot:
        offset = 0
        while offset <= len(self._text):
            end = self._text.find("\n", offset)
            end = len(self._text) if end < 0 else end
            line = self._text[offset:end].removesuffix("\r")
            after = self._line(line, offset)
            if self._spot and self._at not in self._nests:
                break
            offset = max(end, after) + 1
        found = self._spot or Spot((), None, "", self._cursor, {})
        return found if self._at is None else found._replace(keys=dict(self._at.keys))

    def _line(self, line: str, offset: int) -> int:
        """Read a line, and what its brackets hold; return the offset that it ends at."""
        here = offset <= self._cursor <= offset + len(line)
        plain = None if here else _PLAIN.fullmatch(line)
        if plain and self._quiet < 0 and self._nests[-1].column == plain.start("key"):
            nest = self._nests[-1]
            if nest.kind == "mapping":
                nest.key = plain["key"]
                nest.keys[nest.key] = plain["value"].strip(" \"'")
                return offset
        found = _LINE.match(line)
        blanks = len(found["blanks"]) if found else 0
        written = line[blanks:]
        is_empty = not written or written.startswith("#")
        if self._quiet >= 0 and (is_empty or blanks > self._quiet):
            if here and not self._spot:
                nest = self._nests[-1]
                self._found(nest, nest.key, self._cursor, self._cursor)
            return offset
        if found is None or is_empty:
            if here:
                self._empty(line, offset, blanks)
            return offset
        self._quiet = -1
        return self._entry(found, line, offset)

    def _empty(self, line: str, offset: int, blanks: int) -> None:
        """Note a cursor on a line without anything: its column tells what it is to belong to."""
        column = min(self._cursor - offset, blanks)
        nest = self._nest_of(column)
        comment = self._cursor - offset > blanks and line[blanks:].startswith("#")
        self._found(nest, None, self._cursor, self._cursor, comment=comment)

    def _nest_of(self, column: int) -> _Nest:
        while len(self._nests) > 1 and self._nests[-1].column > column:
            self._nests.pop()
        nest = self._nests[-1]
        if nest.column == column and nest.kind == "list" and len(self._nests) > 1:
            self._nests.pop()
            nest = self._nests[-1]
        if nest.column < column and nest.kind == "mapping" and nest.keys.get(nest.key) == "":
            nest = _Nest(nest.within, column, "mapping")
            self._nests.append(nest)
        return nest

    # -------------------------------------------------------------- a line with something
    def _entry(self, found: re.Match[str], line: str, offset: int) -> int:
        column = len(found["blanks"])
        for dash in _DASH.findall(found["dashes"]):
            self._item(column)
            column += len(dash)
        here = offset <= self._cursor <= offset + len(line)
        at = self._cursor - offset
        if found["key"] is None:
            begin = found.start("rest")
            rest = found["rest"]
            if rest.startswith(("{", "[")):
                return self._enclosed(self._nests[-1], offset + begin)
            if here:
                self._word(line, offset, begin, column)
            return offset
        self._mapping(column)
        nest = self._nests[-1]
        key = found["key"].strip("\"'")
        value = found["rest"].strip()
        nest.key, nest.keys[key] = key, _COMMENT.split(value)[0].strip(" \"'")
        start = found.end("rest") - len(found["rest"].lstrip())
        if value.startswith(("{", "[")) and not (here and at < start):
            return self._enclosed(nest, offset + start)
        if value.startswith(("|", ">")):
            self._quiet = column
        if here:
            self._beside(line, offset, found, start)
        return offset

    def _beside(self, line: str, offset: int, found: re.Match[str], start: int) -> None:
        """Note a cursor on the line of a key: in the key, or in the value beside it."""
        nest, at = self._nests[-1], self._cursor - offset
        colon = found.start("rest")
        if at < colon:
            self._found(nest, None, offset + found.start("key"), self._cursor)
            return
        commented = _COMMENT.search(line, colon, at)
        begin = min(start, at)
        self._found(nest, nest.key, offset + begin, self._cursor, comment=bool(commented))

    def _word(self, line: str, offset: int, begin: int, column: int) -> None:
        """Note a cursor in a word that is no key yet, or never will be."""
        at = self._cursor - offset
        nest = self._nests[-1]
        if nest.kind == "mapping" or nest.column > column:
            nest = self._nest_of(min(column, at))
        comment = bool(_COMMENT.search(line, 0, at))
        self._found(nest, None, offset + min(begin, at), self._cursor, comment=comment)

    def _item(self, column: int) -> None:
        """Begin the next item of the list whose dashes stand in *column*."""
        while len(self._nests) > 1 and self._nests[-1].column > column:
            self._nests.pop()
        nest = self._nests[-1]
        if nest.kind != "list" or nest.column != column:
            nest = _Nest(nest.within, column, "list")
            self._nests.append(nest)
        nest.item += 1

    def _mapping(self, column: int) -> None:
        """Come to the mapping whose keys stand in *column*."""
        while len(self._nests) > 1 and self._nests[-1].column > column:
            self._nests.pop()
        nest = self._nests[-1]
        if nest.kind == "list" and nest.column == column and len(self._nests) > 1:
            self._nests.pop()
        elif nest.column != column or nest.kind == "list":
            self._nests.append(_Nest(nest.within, column, "mapping"))

    # -------------------------------------------------------------- brackets
    def _enclosed(self, outer: _Nest, start: int) -> int:
        """Read brackets, and what stands behind them on their last line; return where they end."""
        after = self._brackets(outer, start)
        end = self._text.find("\n", after)
        return self._behind(outer, after, len(self._text) if end < 0 else end)

    def _brackets(self, outer: _Nest, start: int) -> int:
        """Read what stands in brackets; return where they end, or are given up as never closed."""
        nests: list[_Nest] = []
        begin = last = start
        for kind, token in self._tokens(start, outer.column):
            if self._spot is None and self._is_here(kind, token):
                self._in_brackets(nests, outer, begin)
            last = token.end()
            if kind == "open":
                nests.append(_begun(token[0], (nests or [outer])[-1]))
            elif kind in {"comma", "close"}:
                _ended(nests[-1], self._text[begin : token.start()])
                if kind == "close":
                    nests.pop()
                    if not nests:
                        break
            elif kind == "colon" and not nests[-1].key:
                nests[-1].key = self._text[begin : token.start()].strip().strip("\"'")
            if kind not in {"word", "quoted", "blank", "comment"}:
                begin = last
        if self._spot is None and start < self._cursor <= last and nests:
            self._in_brackets(nests, outer, begin)
        return last

    def _behind(self, outer: _Nest, after: int, end: int) -> int:
        """Note a cursor behind brackets, on the line that they end on."""
        if self._spot is None and after <= self._cursor <= end:
            comment = "#" in self._text[after : self._cursor]
            self._found(outer, outer.key, self._cursor, self._cursor, comment=comment)
        return after

    def _is_here(self, kind: str, token: re.Match[str]) -> bool:
        if kind in {"word", "quoted"}:
            return token.start() <= self._cursor <= token.end()
        return token.start() >= self._cursor

    def _tokens(self, start: int, column: int) -> Iterator[tuple[str, re.Match[str]]]:
        """Yield what stands from *start* on, until a line that the brackets can't go on with."""
        for token in _TOKEN.finditer(self._text, start):
            kind = str(token.lastgroup)
            if kind == "blank" and "\n" in token[0]:
                indent = len(token[0]) - token[0].rfind("\n") - 1
                following = self._text[token.end() : token.end() + 1]
                if indent <= column and following not in {"]", "}"}:
                    return
            yield kind, token

    def _in_brackets(self, nests: list[_Nest], outer: _Nest, begin: int) -> None:
        """Note a cursor in brackets, or just before them."""
        nest = nests[-1] if nests else outer
        key = nest.key or None if nests else outer.key or None
        self._found(nest, key, begin, self._cursor)

    def _found(
        self, nest: _Nest, key: str | None, start: int, end: int, *, comment: bool = False
    ) -> None:
        typed = self._text[start:end].lstrip()
        path = nest.path if nest.kind == "mapping" else nest.within
        self._at = nest
        self._spot = Spot(
            path=path,
            key=key if nest.kind == "mapping" else None,
            typed=typed,
            start=end - len(typed),
            keys={},
            indent=nest.column,
            brackets=nest.brackets,
            comment=comment,
        )


def _begun(bracket: str, outer: _Nest) -> _Nest:
    if bracket == "{":
        return _Nest(outer.within, outer.column, "mapping", brackets=True)
    return _Nest(outer.within, outer.column, "list", item=0, brackets=True)


def _ended(nest: _Nest, text: str) -> None:
    """Note the entry of brackets that has come to its end: the next one begins."""
    if nest.kind == "list":
        nest.item += 1
    elif nest.key:
        nest.keys[nest.key] = text.strip().strip("\"'")
        nest.key = ""
