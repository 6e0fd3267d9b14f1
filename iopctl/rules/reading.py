"""What makes a file unreadable as an agreement: series 0xx, and identifiers that can't be right."""

from __future__ import annotations

from iopctl.diagnostics import Severity
from iopctl.rules.rule import Rule


def _error(code: str, name: str, doc: str) -> Rule:
    return Rule(code, name, Severity.ERROR, doc)


RULES = (
    _error("IOP001", "not-readable", "The file can't be opened as a regular file."),
    _error("IOP002", "not-utf8", "The file's bytes are not UTF-8."),
    _error("IOP003", "forbidden-character", "The file holds a character that a reader can't see."),
    _error("IOP004", "yaml-syntax", "The file is not YAML."),
    _error("IOP005", "yaml-feature", "The file uses a part of YAML that agreements do without."),
    _error("IOP006", "duplicate-key", "A key is written twice in one mapping."),
    _error("IOP007", "too-large", "The file, a value or the nesting is beyond the limits."),
    _error("IOP008", "not-a-mapping", "The file is not one mapping of keys."),
    _error("IOP010", "key-unknown", "A key is none of the format's."),
    _error("IOP011", "key-missing", "A key that every agreement has is missing."),
    _error("IOP012", "wrong-shape", "A list, mapping or text stands where another is wanted."),
    _error("IOP013", "choice-unknown", "A word is none of those that the key may have."),
    _error("IOP014", "text-empty", "A text is empty."),
    _error("IOP015", "amount-spelling", "An amount is not written as 1710000 or 1710000.50."),
    _error("IOP016", "number-spelling", "A number is not written as the key wants it."),
    _error("IOP017", "date-spelling", "A date or period is not written as the key wants it."),
    _error("IOP018", "id-spelling", "An id is not lower-case ASCII words joined by hyphens."),
    _error("IOP019", "identifier-spelling", "An identifier does not have its form."),
    _error("IOP020", "stated-twice", "One thing is stated in two ways."),
    _error(
        "IOP021", "half-stated", "Something is stated that needs another key, or one of several."
    ),
    _error("IOP022", "contradiction", "Two things that are stated can't both hold."),
    _error("IOP101", "party-unknown", "A party is named that is not among the parties."),
    _error("IOP102", "check-digit-wrong", "An identifier's check digit does not fit."),
    _error("IOP103", "personal-number", "A personal identity number stands in the file."),
    _error("IOP301", "validity-reversed", "A period ends before it starts."),
    _error("IOP601", "id-twice", "Two files have the same id."),
)
BY_NAME = {rule.name: rule for rule in RULES}
