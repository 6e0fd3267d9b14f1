"""What a run looks for before its command: the folder of work, and the language of texts."""

from __future__ import annotations

from typing import Final

from iopctl import language
from iopctl.errors import UserError
from iopctl.language import tr

_FOLDER: Final = "-C"


def settled(words: list[str]) -> list[str]:
    """Go where `-C` says, use the language that is asked for, and return the other words.

    The language is that of `--lang`, wherever it stands, else of IOPCTL_LANG, else of the
    configuration, else of the system.

    Raises:
        UserError: there is no such folder or language.
    """
    left, asked = _parted(_moved(words))
    if asked is not None:
        if asked not in language.LANGUAGES:
            raise UserError(
                tr(
                    "--lang {asked}: write one of {known}",
                    asked=asked,
                    known=", ".join(language.LANGUAGES),
                )
            )
        language.use(language.known(asked) or "en")
    elif not language.is_chosen():
        from iopctl.files import configuration

        if (configured := configuration.language()) is not None:
            language.use(configured)
    return left


def _moved(words: list[str]) -> list[str]:
    """Go to the folder of each `-C` before the command, and return the words after them.

    Raises:
        UserError: there is no such folder.
    """
    left = list(words)
    while left and left[0].startswith(_FOLDER):
        word = left.pop(0)
        from iopctl.files.configuration import go

        go(word.removeprefix(_FOLDER) or (left.pop(0) if left else ""))
    return left


def _parted(words: list[str]) -> tuple[list[str], str | None]:
    """Return the words without `--lang` and its value, and that value, None where it is not."""
    for place, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name == "--":
            break
        if name == "--lang":
            asked = value if equals else " ".join(words[place + 1 : place + 2])
            return words[:place] + words[place + 1 + (not equals) :], asked
    return words, None
