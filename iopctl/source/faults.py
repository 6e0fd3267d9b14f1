"""The catalogue of what can be wrong with a text before it is an agreement."""

from __future__ import annotations

from typing import Final, NamedTuple


class Fault(NamedTuple):
    """A kind of problem: its name, its message with room for values, and what to do."""

    name: str
    message: str
    remedy: str


TOO_LARGE: Final = "too-large"

# ------------------------------------------------------------------ bytes and characters
FILE_TOO_LARGE: Final = Fault(
    TOO_LARGE,
    "the file is larger than {limit} bytes",
    "an agreement has a few thousand: look whether this is the right file",
)
OTHER_ENCODING: Final = Fault(
    "not-utf8", "the file is {encoding}, not UTF-8", "save it with the encoding UTF-8"
)
UNDECODABLE: Final = Fault(
    "not-utf8", "byte 0x{byte:02X} is not UTF-8{guess}", "save the file with the encoding UTF-8"
)
BARE_RETURN: Final = Fault(
    "forbidden-character",
    "U+000D (carriage return) stands without a line feed",
    "save the file with the line ends of Unix (LF) or Windows (CRLF)",
)
UNSEEN: Final = Fault(
    "forbidden-character", "{character} can't be seen by a reader", "delete the character"
)
UNSEEN_ESCAPE: Final = Fault(
    "forbidden-character",
    "{character}, written as an escape, can't be seen by a reader",
    "delete the escape",
)

# ------------------------------------------------------------------ the shape of the file
EMPTY: Final = Fault("not-a-mapping", "the file is empty", "write an agreement in it")
NO_MAPPING: Final = Fault(
    "not-a-mapping", "the file is no mapping", "write lines of the form 'key: value'"
)
TOO_DEEP: Final = Fault(
    TOO_LARGE,
    "more than {limit} lists and mappings stand in each other",
    "put a text that begins with brackets or dashes in quotes",
)
TOO_MANY: Final = Fault(TOO_LARGE, "the file has more than {limit} values", "write fewer")
LONG_TEXT: Final = Fault(
    TOO_LARGE, "the text has {length} characters, more than {limit}", "shorten it"
)
LONG_KEY: Final = Fault(
    TOO_LARGE, "key {key} has {length} characters, more than {limit}", "shorten it"
)

# ------------------------------------------------------------------ keys
DUPLICATE: Final = Fault(
    "duplicate-key",
    "key {key} is written twice, first on line {line}",
    "keep one of them, or join what stands under both",
)
NO_KEY: Final = Fault("yaml-syntax", "a key is missing before ':'", "write the key")
COMMA_IN_NUMBER: Final = Fault(
    "yaml-syntax",
    "a comma separates keys here, so that {written} would be read as {read}",
    "write {meant}",
)
COMMA_IN_TEXT: Final = Fault(
    "yaml-syntax",
    "a comma separates keys here, so that {written} would be read as {read}",
    "put a text that holds commas in quotes, and write decimals after a point",
)
KEY_NOT_TEXT: Final = Fault(
    "yaml-feature",
    "a list or mapping stands in place of a key",
    "put a text that begins with brackets or dashes in quotes",
)

# ------------------------------------------------------------------ what YAML has besides
MERGE_KEY: Final = Fault(
    "yaml-feature", "'<<' is a merge key, which agreements do without", "write the merged keys out"
)
ANCHOR: Final = Fault(
    "yaml-feature",
    "{anchor} is an anchor, which agreements do without",
    "write the value out wherever it belongs, or put a text that begins with '&' in quotes",
)
ALIAS: Final = Fault(
    "yaml-feature",
    "an alias stands here, which agreements do without",
    "write the value out, or put a text that begins with '*' in quotes",
)
TAG: Final = Fault(
    "yaml-feature",
    "{tag} is a tag, which agreements do without",
    "delete it, or put a text that begins with '!' in quotes",
)
DIRECTIVE: Final = Fault(
    "yaml-feature", "the line is a directive, which agreements do without", "delete the line"
)
SECOND_DOCUMENT: Final = Fault(
    "yaml-feature", "a second document begins", "write one agreement in a file"
)

# ------------------------------------------------------------------ syntax, in plain words
CONFLICT: Final = Fault(
    "yaml-syntax",
    "a merge conflict of git is not resolved",
    "choose between the two versions and delete the lines of '<<<<<<<', '=======' and '>>>>>>>'",
)
TAB: Final = Fault("yaml-syntax", "a tab stands where lines are indented", "use spaces")
OPEN_QUOTE: Final = Fault(
    "yaml-syntax",
    "the quote {character} is never closed (the text runs on to line {end_line})",
    "close it where the text ends",
)
OPEN_BRACKET: Final = Fault("yaml-syntax", "the bracket {character} is never closed", "close it")
NO_COMMA: Final = Fault(
    "yaml-syntax",
    "a comma or the closing bracket is missing (the bracket was opened on line {bracket_line})",
    "add it, or put a text that holds brackets, commas or ': ' in quotes",
)
NO_QUOTES: Final = Fault(
    "yaml-syntax", "a text can't begin with {character} without quotes", "put the text in quotes"
)
COLON: Final = Fault(
    "yaml-syntax", "': ' stands in a text without quotes", "put the whole text in quotes"
)
DEEPER: Final = Fault(
    "yaml-syntax",
    "a key is indented under a line that already has its value",
    "line it up with the keys beside it, or put a text that holds ': ' in quotes",
)
NO_SPACE: Final = Fault("yaml-syntax", "no space follows ':'", "write 'key: value'")
NO_COLON: Final = Fault(
    "yaml-syntax",
    "the line is no 'key: value'",
    "write a key and ': ', or indent the line if it continues the text above",
)
AFTER_QUOTE: Final = Fault(
    "yaml-syntax",
    "text follows a closing quote (the quote was opened on line {last_line})",
    "close the quote where the text ends, and write '' for a quote inside single quotes",
)
AFTER_BRACKET: Final = Fault(
    "yaml-syntax", "text follows a closing bracket", "put the whole text in quotes"
)
ITEM_AMONG_KEYS: Final = Fault(
    "yaml-syntax", "a list item stands among keys", "write it under the key that it belongs to"
)
KEY_AMONG_ITEMS: Final = Fault(
    "yaml-syntax",
    "a key stands among list items",
    "begin the line with '- ', or line it up with the keys that it belongs to",
)
LIST_BESIDE_KEY: Final = Fault(
    "yaml-syntax", "a list begins on the line of its key", "begin it on a line of its own"
)
UNLIKE_ABOVE: Final = Fault(
    "yaml-syntax",
    "the line is indented unlike any above it",
    "line it up with the keys beside it",
)
NO_VALUE: Final = Fault(
    "yaml-syntax", "a value is missing before {character}", "write it, or put the text in quotes"
)
ESCAPE: Final = Fault(
    "yaml-syntax",
    "what follows '\\' in double quotes is no escape",
    "write '\\\\' for a backslash, or use single quotes",
)
BLOCK_TEXT: Final = Fault(
    "yaml-syntax",
    "text stands beside '|' or '>'",
    "begin it on the next line, or put it in quotes",
)
AFTER_END: Final = Fault(
    "yaml-syntax", "text follows the end of the document ('...')", "delete the line '...'"
)
UNEXPECTED: Final = Fault(
    "yaml-syntax", "{character} is not expected here", "put the text that it belongs to in quotes"
)
