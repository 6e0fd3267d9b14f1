"""One of several words, chosen on the command line in the language that is used, or in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeVar

from iopctl.language import marked, tr
from iopctl.output import TableFormat
from iopctl.output.terminal import Color

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Chosen = TypeVar("Chosen")


class Alternatives(Generic[Chosen]):
    """The words that an option or an argument takes, `one|another`, which a catalogue translates.

    It is what typer calls a parser: it reads what a person wrote.
    """

    def __init__(
        self, words: str, kind: Callable[[str], Chosen], short: Mapping[str, str] | None = None
    ) -> None:
        """Take the words as code has them, what makes a value of one, and short words for some."""
        self._words = words
        self._kind = kind
        self._short = short or {}

    @property
    def words(self) -> str:
        """The words as code has them."""
        return self._words

    @property
    def spoken(self) -> dict[str, str]:
        """The words as a person reads them, each with the one that code has."""
        return dict(zip(tr(self.words).split("|"), self.words.split("|"), strict=True))

    def __call__(self, word: str) -> Chosen:
        """Return what *word* chooses.

        Raises:
            ValueError: it is none of the words; typer tells it as one of its own choices.
        """
        from iopctl.model.choices import meant

        values = self.words.split("|")
        known = {each.casefold(): value for each, value in self.spoken.items()} | dict(self._short)
        quoted = ", ".join(f"'{each}'" for each in values)
        found = known.get(word.strip().casefold()) or meant(word, quoted)
        if found is None:
            raise ValueError(f"{word!r} is not one of {', '.join(map(repr, self.spoken))}.")
        return self._kind(found)

    def offered(self, incomplete: str) -> list[str]:
        """Offer the words that begin so, as a person reads them."""
        start = incomplete.casefold()
        return [each for each in self.spoken if each.casefold().startswith(start)]


class EventKinds(Alternatives[str]):
    """The kinds of event that a log may have, as the model has them: it is loaded when asked."""

    def __init__(self) -> None:
        super().__init__("", str)

    @property
    def words(self) -> str:
        """The words that files have, sort by sort."""
        from iopctl.model.log import SORTS, words_of

        return "|".join(words_of(*SORTS))

    @property
    def spoken(self) -> dict[str, str]:
        """The words as a person reads them; a shell needs no quotes for any."""
        return {tr(each).replace(" ", "-"): each for each in self.words.split("|")}


BUDGET_ROWS: Final = Alternatives(marked("agreement|party|board|area|category|row"), str)
OUTCOME_ROWS: Final = Alternatives(marked("agreement|row|volume"), str)
PROPOSALS: Final = Alternatives(marked("extend|renew|end"), str)
COLORS: Final = Alternatives(marked("auto|always|never"), Color)
TABLES: Final = Alternatives(
    marked("about|agreements|parties|rows|budget|split|outcome|deadlines|ledger|log"), str
)
TABLE_FORMATS: Final = Alternatives(
    "|".join(TableFormat), TableFormat, {"md": str(TableFormat.MARKDOWN)}
)
EVENTS: Final = EventKinds()
