"""The language that people read: English in the code, Swedish by catalogue (gettext).

What programs read (keys, codes, CSV, JSON) is no language, and never asks for one.
"""

from __future__ import annotations

import gettext
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Language: TypeAlias = Literal["sv", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
VARIABLE: Final = "IOPCTL_LANG"
DOMAIN: Final = "iopctl"
CATALOGUES: Final = Path(__file__).parent / "locale"

_OF_THE_SYSTEM: Final = ("LC_ALL", "LC_MESSAGES", "LANG")  # as POSIX ranks them


class _Chosen:
    """The catalogue that texts are looked up in, and whose it is; and the language of the person.

    Who is spoken to stays the same while a text is made for others.
    """

    person: Language = "en"
    language: Language = "en"
    catalogue = gettext.NullTranslations()


def use(language: Language) -> None:
    """Let texts be in *language* from now on."""
    _Chosen.person = _Chosen.language = language
    _Chosen.catalogue = _catalogue(language)


def current() -> Language:
    """Return the language that texts are in."""
    return _Chosen.language


def known(word: str) -> Language | None:
    """Return the language that *word* names, as `sv`, `sv_SE.UTF-8` or `en-GB`; None for others."""
    code = word.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return next((each for each in LANGUAGES if each == code), None)


def is_chosen(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether IOPCTL_LANG says which language texts are in."""
    return bool(environment.get(VARIABLE))


def of_surroundings(environment: Mapping[str, str] = os.environ) -> Language:
    """Return the language of IOPCTL_LANG, else of the system; English where neither is known."""
    for name in (VARIABLE, *_OF_THE_SYSTEM):
        if word := environment.get(name):
            return known(word) or "en"
    return known(_of_windows()) or "en"


def _of_windows() -> str:
    """Return the language that Windows shows its own texts in; "" elsewhere."""
    if os.name != "nt":
        return ""
    import ctypes
    from locale import windows_locale

    number: int = ctypes.windll.kernel32.GetUserDefaultUILanguage()  # type: ignore[attr-defined] # of Windows alone
    return windows_locale.get(number, "")


# ------------------------------------------------------------------ texts
def tr(text: str, /, **values: object) -> str:
    """Return *text* in the language that is used, *values* put in the places that it names."""
    translated = _Chosen.catalogue.gettext(text) if text else ""
    return translated.format_map(values) if values else translated


def counted(one: str, many: str, number: int, /, **values: object) -> str:
    """Return the text for *number* things, which stands at `{number}`: `1 file`, `2 files`."""
    translated = _Chosen.catalogue.ngettext(one, many, number)
    return translated.format_map({"number": number, **values})


@contextmanager
def for_programs(*, applies: bool = True) -> Iterator[None]:
    """Let texts be English meanwhile, where *applies*: what programs read has no language."""
    with spoken("en" if applies else current()):
        yield


@contextmanager
def for_person() -> Iterator[None]:
    """Let texts be in the person's language meanwhile, also amid what is made for programs.

    What a person types and is told has it, whatever the result is for.
    """
    with spoken(_Chosen.person):
        yield


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Let texts be in *language* meanwhile, whatever was chosen: as a Swedish document has them."""
    chosen = _Chosen.language, _Chosen.catalogue
    _Chosen.language, _Chosen.catalogue = language, _catalogue(language)
    try:
        yield
    finally:
        _Chosen.language, _Chosen.catalogue = chosen


@contextmanager
def of_libraries() -> Iterator[None]:
    """Let the texts that libraries look up by gettext's own functions be in the language, too.

    Elsewhere they stay English, by which what the command line finds wrong is known.
    """
    domain, asked = gettext.textdomain(), os.environ.get("LANGUAGE")
    os.environ["LANGUAGE"] = current()
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
    try:
        yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop("LANGUAGE")
        os.environ |= {} if asked is None else {"LANGUAGE": asked}


def _catalogue(language: Language) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, CATALOGUES, [language])


def both(words: Iterable[str]) -> str:
    """Join words as a sentence of two has them: `year and period`."""
    return tr(" and ").join(words)


def each_once(names: Iterable[str | None]) -> str:
    """Return names as one text, each of them once, without those that are empty."""
    return ", ".join(dict.fromkeys(filter(None, names)))


def marked_counted(one: str, many: str) -> tuple[str, str]:
    """Return both forms of a text of a number as they are: `counted` translates them."""
    return one, many


def marked(text: str) -> str:
    """Return *text* as it is: it is translated where it is shown, by `tr`."""
    return text


def of_system(error: Exception) -> str:
    """Return why the system could not, in the language that is used where its words are known."""
    return tr((getattr(error, "strerror", None) or str(error)).lower())


_OF_SYSTEM: Final = (
    marked("no such file or directory"),
    marked("permission denied"),
    marked("operation not permitted"),
    marked("is a directory"),
    marked("not a directory"),
    marked("file exists"),
    marked("file name too long"),
    marked("no space left on device"),
    marked("No space left on device"),
    marked("disk quota exceeded"),
    marked("read-only file system"),
    marked("too many open files"),
    marked("too many levels of symbolic links"),
    marked("input/output error"),
    marked("Input/output error"),
    marked("bad file descriptor"),
    marked("Bad file descriptor"),
    marked("directory not empty"),
    marked("resource temporarily unavailable"),
    marked("cannot allocate memory"),
    marked("embedded null byte"),
)
