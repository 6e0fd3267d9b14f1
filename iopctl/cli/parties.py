"""Which party a word of the command line means: by handle, name or number, or a part of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iopctl.cli.cuts import stranger
from iopctl.errors import UserError
from iopctl.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iopctl.model import Party

_NAMED = 5  # parties in a message


def named(word: str, parties: Sequence[tuple[str, Party]]) -> dict[str, str]:
    """Return the identities of the parties that a word can mean, with what they are called.

    A part of a name counts where no party is called just so.
    """
    names = [
        (name.casefold(), each)
        for handle, each in parties
        for name in (handle, each.name, each.short_name, each.org_number)
        if name
    ]
    wanted = word.strip().casefold()
    exact = {each.identity: each.called for name, each in names if name == wanted}
    part = {each.identity: each.called for name, each in names if wanted and wanted in name}
    return exact or part


def one(option: str, word: str | None, parties: Sequence[tuple[str, Party]]) -> str | None:
    """Return the one party that a word means, by handle or identity; None without a word.

    Raises:
        UserError: it means none of them, or several.
    """
    if word is None or any(word == handle for handle, _ in parties):
        return word
    found = named(word, parties)
    if len(found) == 1:
        return next(iter(found))
    if found:
        names = ", ".join(list(found.values())[:_NAMED])
        raise UserError(
            tr(
                "{option} {word}: several are called so: {names}",
                option=option,
                word=word,
                names=names,
            )
        )
    raise stranger(option, word, list(dict.fromkeys(each.called for _, each in parties)))
